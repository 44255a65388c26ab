/*
 * link_rarity.h - how uncommon a word is in the case: in how many documents
 * it stands, as a length in bits of how many times more there are.
 */
#ifndef MADAI_LINK_RARITY_H
#define MADAI_LINK_RARITY_H

#include "link_words.h"

struct rarity_entry {
    uint64_t word;
    uint32_t documents;
};

struct rarity {
    const struct rarity_entry *items;
    size_t count;
    uint32_t documents;
};

struct rarity_draft {
    struct {
        uint64_t word;
        uint32_t document;
    } * items;
    size_t count, capacity;
    struct arena *arena;
    struct error *error;
};

MUST_CHECK bool rarity_add(struct rarity_draft *, struct bag,
                           uint32_t document);
MUST_CHECK bool rarity_close(struct rarity_draft *, uint32_t documents,
                             struct rarity *);

/* In halves of bits: 2 * log2(documents / those that have it), about; for a
 * word that none has, as for one that one has. */
int32_t rarity_of(const struct rarity *, uint64_t word);
/* In how many documents. */
uint32_t rarity_documents(const struct rarity *, uint64_t word);
/* Of the words in both; -1 where there is none. */
int32_t rarity_of_rarest(const struct rarity *, struct bag, struct bag);
/* The sum over the words in both, and over those of one. */
int32_t rarity_sum(const struct rarity *, struct bag, struct bag);

#endif
