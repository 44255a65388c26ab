/*
 * layout.h - running text in lines of a given width, with a margin.
 *
 * All that comes from a document goes through terminal_glyph, so nothing in
 * it can steer a terminal. White space of any kind is one blank; a word that
 * is longer than a line is cut. Style is taken back at the end of each line
 * and begun again on the next, since pagers forget it there.
 *
 * After a failure to write, every call does nothing; ask layout_end.
 */
#ifndef MADAI_LAYOUT_H
#define MADAI_LAYOUT_H

#include "error.h"
#include "json.h"
#include "slice.h"

enum style { STYLE_PLAIN, STYLE_STRONG, STYLE_QUIET, STYLE_ACT };

struct layout {
    struct json_sink sink;
    unsigned width;
    unsigned margin;
    bool has_colour;
    /* Below: its own. */
    struct error error;
    unsigned column;       /* columns already on the line */
    bool has_blank;        /* a blank is owed before the next word */
    enum style style;      /* of what comes next */
    enum style begun;      /* of what was written last */
    enum style word_style; /* of the first letter in hand */
    size_t word_length;
    unsigned word_columns;
    char word[1024];
};

void layout_style(struct layout *, enum style);

/* Text of a document, or words of ours. */
void layout_text(struct layout *, struct slice);
void layout_words(struct layout *, const char *);

/* Ends the line, if one is begun; and then leaves one empty. */
void layout_line(struct layout *);
void layout_gap(struct layout *);

/* Where the next line begins: `columns` from the left. `mark`, which is
 * shorter and ends in the column before it, stands before its first line. */
void layout_margin(struct layout *, unsigned columns, const char *mark);

/* Words at the right end of the line, on the next one if there is no room;
 * at least two columns stay free before them. Ends the line. */
void layout_right(struct layout *, enum style, const char *);

/* How many columns a text takes, counted no further than `limit`. */
unsigned layout_columns(struct slice, unsigned limit);

/* False, with the error, where writing failed. */
MUST_CHECK bool layout_end(struct layout *, struct error *);

#endif
