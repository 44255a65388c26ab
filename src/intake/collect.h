/*
 * collect.h - a helper's frames become a conversion, and nothing is believed.
 *
 * Checked: the order of frames, every length, that text is UTF-8 without
 * controls, that places lie in the text on borders and in order, every ceiling
 * of conversion.h, and what is unpacked against what came in.
 */
#ifndef MADAI_COLLECT_H
#define MADAI_COLLECT_H

#include "conversion.h"
#include "error.h"
#include "frame.h"

struct collect {
    struct arena *arena; /* what the conversion lives in; borrowed */
    struct conversion *conversion;
    size_t input;      /* bytes of the original */
    size_t unpacked;   /* bytes of text and members so far */
    uint32_t in_force; /* of enum sandbox_part; from the first frame */
    bool has_begun, has_ended;
    unsigned pictures; /* of pages, so far */
    struct {
        char *items;
        size_t count, capacity;
    } text, member;
    bool has_member, has_picture;
    uint32_t page; /* of the picture */
    /* Gets the picture of a page without text, PGM; NULL: they are passed over.
     * False, with the error, stops the helper. */
    bool (*look)(void *context, uint32_t page, struct slice picture,
                 struct error *);
    void *context;
    char *picture; /* as far as it has come */
    size_t picture_count, picture_room;
    /* Bytes of a frame that has not come whole. */
    char *held;
    size_t held_count, held_room;
};

/* `conversion` is zeroed but for its kind. */
void collect_begin(struct collect *, struct arena *, struct conversion *,
                   size_t input);

/* Bytes from the pipe, cut anywhere. False: stop the helper. ERROR_BAD_INPUT:
 * it refused the document, and why, or broke a rule; ERROR_LIMIT: memory. */
MUST_CHECK bool collect_take(struct collect *, struct slice, struct error *);

/* A picture of a page is no larger, and there are no more. */
#define COLLECT_PICTURE_MAX ((size_t)64 << 20)
#define COLLECT_PICTURES_MAX 500

/* No more comes. ERROR_BAD_INPUT where it stopped before its end. */
MUST_CHECK bool collect_end(struct collect *, struct error *);
void collect_release(struct collect *);

#endif
