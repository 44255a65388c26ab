/*
 * block.h - which pairs are worth a look: those that share a key.
 *
 * Of a key that more than `crowd` nodes have, each node is paired with the
 * next `neighbours` only, in their order, so that pairs grow with the nodes.
 */
#ifndef MADAI_BLOCK_H
#define MADAI_BLOCK_H

#include "link_words.h"

struct block_entry {
    uint64_t key;
    uint32_t node;
};

struct blocks {
    struct block_entry *items;
    size_t count;
    size_t capacity;
    uint32_t crowd, neighbours;
};

/* "one << 32 | other" with one < other, sorted. */
struct block_pairs {
    uint64_t *items;
    size_t count;
    size_t capacity;
};

MUST_CHECK bool block_add(struct arena *, struct blocks *, uint64_t key,
                          uint32_t node, struct error *);

/* All pairs; each comes as often as it shares keys. */
MUST_CHECK bool block_pair(struct blocks *, struct arena *,
                           struct block_pairs *, struct error *);

/* Each once. */
void block_once(struct block_pairs *);

#endif
