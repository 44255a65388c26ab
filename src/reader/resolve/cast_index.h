/*
 * cast_index.h - words to party: the hash table behind cast.h.
 */
#ifndef MADAI_CAST_INDEX_H
#define MADAI_CAST_INDEX_H

#include "cast.h"

struct cast_entry {
    uint64_t key; /* 0: free */
    uint32_t party;
};

/* The party under the key; PARTY_NONE, or CAST_SEVERAL. */
uint32_t cast_index_find(const struct cast_index *, uint64_t key);

/* Puts a party under the key in place of what was there. */
MUST_CHECK bool cast_index_put(struct cast *, uint64_t key, uint32_t party,
                               struct error *);

/* Puts a party under the key; when another has it, it is CAST_SEVERAL's. */
MUST_CHECK bool cast_index_share(struct cast *, uint64_t key, uint32_t party,
                                 struct error *);

#endif
