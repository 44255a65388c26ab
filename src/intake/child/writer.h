/*
 * writer.h - what a converter says: paragraphs with their place, facts,
 * warnings, members.
 *
 * The writer makes any bytes clean (see conversion.h, invariant 1) and parts
 * paragraphs; a converter says only what is one. Saying cannot fail for the
 * converter: when the parent has gone, or memory has, the process ends. In
 * tests and fuzz targets a function of theirs gets the frames.
 *
 * Words of a paragraph may come in pieces, cut anywhere but within a
 * character. White space is folded: a run of it is one blank, and none stands
 * at a line's beginning or end.
 */
#ifndef MADAI_WRITER_H
#define MADAI_WRITER_H

#include "conversion.h"
#include "frame.h"

struct writer; /* opaque */

/* `send` gets whole frames; false ends the process. Ends the process where
 * there is no memory. */
struct writer *writer_new(bool (*send)(void *context, struct slice frame),
                          void *context);
void writer_free(struct writer *);

/* Frames to descriptor 1. */
struct writer *writer_to_parent(void);

/* From here on until writer_end words belong to one paragraph of this kind;
 * an open one is ended. A paragraph without words is none. */
void writer_begin(struct writer *, enum origin_kind);
/* The same, and no empty line before it: items of a list, rows of a table. */
void writer_begin_close(struct writer *, enum origin_kind);
void writer_words(struct writer *, struct slice);
void writer_line(struct writer *); /* a new line of the same paragraph */
void writer_end(struct writer *);
bool writer_is_open(const struct writer *);
bool writer_has_words(const struct writer *); /* the open paragraph */

/* Of all paragraphs, and pieces of them, from here on; 0: none. */
void writer_page(struct writer *, uint32_t page);
/* Where the line stands that is being written. A paragraph whose lines have
 * boxes has a place for each line; call it at the line's beginning. */
void writer_box(struct writer *, struct origin_box);
/* How sure the words in the box begun last are; see conversion.h. */
void writer_confidence(struct writer *, uint8_t percent);
/* From here on the words of the open paragraph are of this kind: it has an
 * origin for each piece. */
void writer_kind(struct writer *, enum origin_kind);

/* Words that are empty once they are clean say nothing. */
void writer_fact(struct writer *, const char *name, struct slice value,
                 const char *from);
void writer_warn(struct writer *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void writer_scan(struct writer *); /* there are pages without text */
/* The picture of such a page, as PGM; its bytes follow as a member's do. The
 * parent gives it to the helper that recognises letters. */
void writer_picture(struct writer *, uint32_t page);

void writer_member(struct writer *, struct slice name);
void writer_member_bytes(struct writer *, struct slice);

/* The last words: all was told; or why nothing can be. */
void writer_finish(struct writer *);
void writer_refuse(struct writer *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool writer_is_finished(const struct writer *);

/* Bytes of text so far. */
size_t writer_count(const struct writer *);

#endif
