/*
 * heads.h - from the words' vectors of one window to pieces with links.
 *
 * Pieces are of this window alone; label.c puts windows together.
 */
#ifndef MADAI_HEADS_H
#define MADAI_HEADS_H

#include "crf.h"
#include "label.h"
#include "links.h"

/* What is looked for: names, and the pieces of two layers of attributions. */
enum head { HEAD_OUTER, HEAD_INNER, HEAD_NAMES, HEAD_COUNT };

/* A piece of a window: words count from the window's first. */
struct found {
    struct span words;
    uint8_t type; /* enum name_type or enum piece_role */
    float probability;
    uint32_t link; /* index of the target among the same head's, or NONE */
    float link_probability;
};

/* Reads the heads of a model and has one thread's scratch memory. */
struct heads;
MUST_CHECK struct heads *heads_new(const struct model *, struct error *);
void heads_free(struct heads *); /* NULL is allowed */

/* The scores of all heads for these words; the vectors are kept in mind for
 * the links and must live until the last heads_find. */
void heads_score(struct heads *, const float *vectors, size_t words);

/* All pieces of one head, in order; borrowed until the next call. */
size_t heads_find(struct heads *, enum head, const struct found **);

#endif
