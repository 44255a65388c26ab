/*
 * mention_at.h - which actor stands at a place: the mentions of all actors in
 * one list, in order of the text.
 */
#ifndef MADAI_MENTION_AT_H
#define MADAI_MENTION_AT_H

#include "reading.h"

struct mention {
    struct span span; /* bytes */
    uint32_t actor;
};

struct mention_list {
    const struct mention *items; /* by begin; no two actors share a span */
    size_t count;
};

/* The arena's; n log n of the mentions. ERROR_LIMIT. */
MUST_CHECK bool mentions_in_order(struct mention_list *, const struct reading *,
                                  struct arena *, struct error *);

/* Index of the first mention that begins at the byte or behind it;
 * logarithmic. */
size_t mention_from(const struct mention_list *, uint32_t byte);

#endif
