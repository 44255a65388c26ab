/*
 * heads.h - from the words' vectors of one window to pieces with links.
 *
 * Pieces are of this window alone; label.c puts windows together.
 */
#ifndef MADAI_HEADS_H
#define MADAI_HEADS_H

#include "beside.h"
#include "label.h"
#include "links.h"

/* A piece of a window: words count from the window's first. */
struct found {
    struct span words;
    uint8_t type; /* enum name_type, piece_role ...: of the head asked */
    float probability;
    uint32_t link; /* index of the target among the same head's, or NONE */
    float link_probability;
    bool is_likely; /* no part of the best sequence: heads_find_likely */
};

/* Reads the heads of a model and has one thread's scratch memory. */
struct heads;
MUST_CHECK struct heads *heads_new(const struct model *, struct error *);
void heads_free(struct heads *); /* NULL is allowed */

/* The scores of all heads for these words; the vectors are kept in mind for
 * the links and must live until the last heads_find. */
void heads_score(struct heads *, const float *vectors, size_t words);

/* All pieces of one head, HEAD_OUTER to HEAD_ACTS, in order; borrowed until
 * the next call of this or of heads_beside. */
size_t heads_find(struct heads *, enum head, const struct found **);

/* Likewise, and single words that are a piece with a probability of `least` or
 * more though the best sequence has none there. */
size_t heads_find_likely(struct heads *, enum head, float least,
                         const struct found **);

/* Whether the model can tell frames; acts with who takes part; MUC-4's roles.
 */
bool heads_have_frames(const struct heads *);
bool heads_have_acts(const struct heads *);
bool heads_have_roles(const struct heads *);
/* Mentions, without who they are (antecedents.h). */
bool heads_have_mentions(const struct heads *);
/* The vector of a word of the window. */
const float *heads_vector(const struct heads *, uint32_t word);

/* The most probable label of a word by HEAD_PREDICATES to HEAD_POLARITIES,
 * and how probable it is. */
size_t heads_word(struct heads *, enum head, uint32_t word, float *probability);

/* What stands beside a word, by HEAD_ARGUMENTS to HEAD_EXTENTS, among
 * words at most BESIDE_REACH away; probabilities only of participants. In
 * order; borrowed until the next call of this or of heads_find. */
size_t heads_beside(struct heads *, enum head, uint32_t word, struct span among,
                    const struct found **);

#endif
