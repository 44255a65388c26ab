/*
 * link_copies.h - which texts are copies of others, whole or in part.
 *
 * Of each text its shingles of SHINGLE_WORDS words are hashed; kept are those
 * whose hash is 0 modulo 2^SHINGLE_SHIFT, or all where the text is short: a
 * sample by value (Broder 1997), so that two texts keep the same ones of what
 * they share, and the share of the sample is the share of the text. Pairs are
 * found over shingles that few texts have.
 */
#ifndef MADAI_LINK_COPIES_H
#define MADAI_LINK_COPIES_H

#include "link_parts.h"

enum { SHINGLE_WORDS = 5, SHINGLE_SHIFT = 2 };

MUST_CHECK bool copies_sample(const struct words *, struct arena *,
                              struct part_document *, struct error *);

/* Two documents, one < other, and what share of each lies in both, in
 * thousandths. */
struct copy {
    uint32_t one, other;
    uint32_t of_one, of_other;
};
struct copies {
    struct copy *items;
    size_t count;
    size_t capacity;
};

/* All pairs of which one holds at least `least` thousandths of the other. */
MUST_CHECK bool copies_find(struct part_document *const *, size_t count,
                            uint32_t least, struct arena *, struct copies *,
                            struct error *);

#endif
