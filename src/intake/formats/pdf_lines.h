/*
 * pdf_lines.h - lines of pages, with their places, put together to a text:
 * running heads off, lines to paragraphs, hyphens undone, footnotes apart.
 *
 * Knows nothing of PDF: whoever has lines with boxes (a PDF's text layer,
 * characters that were recognised in a picture) gives them in reading order.
 */
#ifndef MADAI_PDF_LINES_H
#define MADAI_PDF_LINES_H

#include "arena.h"
#include "writer.h"

/* A word of a line that was recognised in a picture. */
struct page_word {
    uint32_t begin, end;            /* bytes of the line's text */
    float left, top, right, bottom; /* as the line's */
    uint8_t confidence;             /* percent, 1 to 99 */
};

struct page_line {
    struct slice text; /* UTF-8, not empty, without blanks at its ends */
    uint32_t page;     /* from 1 */
    float left, top, right, bottom; /* in points, from the upper left corner */
    float height;                   /* of its letters, the most common */
    const struct page_word *words;  /* borrowed; they are the whole text */
    size_t word_count;              /* 0: the line has one place */
    /* Found here. */
    bool is_left_out; /* a running head, a page number */
    bool is_footnote;
    bool is_row; /* of a table; by who puts lines in order */
};

struct page_lines {
    struct page_line *items;
    size_t count, capacity;
};

/* Says all of them. `height_of` is each page's, from 1 on at index 0; `pages`
 * how many there are. Uses the arena. */
MUST_CHECK bool page_lines_say(struct page_lines *, const float *height_of,
                               uint32_t pages, struct arena *, struct writer *,
                               struct error *);

#endif
