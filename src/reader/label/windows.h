/*
 * windows.h - a text cut into what the encoder can see at once.
 *
 * Invariants
 *   1. The cores of the windows, in order, are all tokens, each once.
 *   2. A core is whole paragraphs as far as they fit; a paragraph that is
 *      longer than a core is cut at the last end of a sentence that fits, and
 *      where there is none, where it is full.
 *   3. Around a core stand up to `context` pieces of what is next to it, so
 *      that its words see neighbours; what is found there belongs to the
 *      next window's core.
 */
#ifndef MADAI_WINDOWS_H
#define MADAI_WINDOWS_H

#include "encoder.h"
#include "text.h"

struct window {
    struct span tokens; /* with context */
    struct span core;
    uint32_t rows; /* pieces, with begin and end */
};

struct windows {
    const struct model *model;
    const struct text *text;
    const uint8_t *quotations; /* enum word_quotation of each token */
    uint32_t next;             /* first token of the next core */
    size_t paragraph;          /* the paragraph that it stands in */
};

/* The state of quotation of each token, in the arena; NULL and ERROR_LIMIT.
 * One byte a token. */
MUST_CHECK const uint8_t *windows_quotations(const struct text *,
                                             struct arena *, struct error *);

/* False at the end of the text. Linear in the window. */
bool window_next(struct windows *, struct window *);

/* Writes the window's pieces (`rows` of them) and the place of the first
 * piece of each token. */
void window_fill(const struct windows *, const struct window *,
                 struct encoder_piece *pieces, uint32_t *firsts);

#endif
