/*
 * pdf_layout.h - runs of a paper as lines of type (pango). Of write_pdf.c
 * alone. Lengths are points, 1/72 of an inch.
 */
#ifndef MADAI_PDF_LAYOUT_H
#define MADAI_PDF_LAYOUT_H

#include <pango/pangocairo.h>

#include "paper.h"

struct pdf_mark {
    size_t byte; /* in the layout's text */
    size_t note;
};

struct pdf_line {
    PangoLayoutLine *line; /* borrowed from the layout */
    double x, baseline, height;
    size_t mark_begin, mark_end; /* notes that it refers to */
};

struct pdf_text {
    PangoLayout *layout;
    struct pdf_line *lines;
    size_t count;
    struct pdf_mark *marks;
    size_t mark_count;
};

struct pdf_style {
    const char *font; /* "Liberation Serif 11" */
    double width;
    double leading; /* line height, 1.0 for the font's own */
    PangoAlignment align;
    bool is_justified;
};

/* Words that come together with their attributes. */
struct pdf_words {
    GString *text;
    PangoAttrList *attributes;
    struct pdf_mark *marks;
    size_t mark_count, mark_room;
    double size; /* of the type, for numbers above the line */
};
void pdf_words_begin(struct pdf_words *, double size);
void pdf_words_free(struct pdf_words *);
/* Line ends become blanks, control bytes go, what is no UTF-8 is U+FFFD. */
void pdf_words_add(struct pdf_words *, struct slice, unsigned style,
                   const char *language);
/* A number above the line: where a note is called, or where it stands. */
void pdf_words_number(struct pdf_words *, size_t number);
void pdf_words_runs(struct pdf_words *, const struct paper *,
                    const struct runs *);

/* Sets the words; they are used up. pdf_text_free gives all back. */
void pdf_text_set(struct pdf_text *, PangoContext *, struct pdf_words *,
                  const struct pdf_style *);
void pdf_text_free(struct pdf_text *);
double pdf_text_height(const struct pdf_text *, size_t first, size_t end);

#endif
