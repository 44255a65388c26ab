/*
 * cast_index.c - open addressing over 64-bit hashes. The hashes alone are
 * compared: two phrases of one text that share one by chance would be joined,
 * which at 2^64 does not happen.
 */
#include "cast_index.h"

enum { FIRST_CAPACITY = 256 };

static struct cast_entry *slot_of(const struct cast_index *index, uint64_t key)
{
    size_t at = (size_t)(key ^ (key >> 32)) & (index->capacity - 1);
    while (index->entries[at].key != 0 && index->entries[at].key != key)
        at = (at + 1) & (index->capacity - 1);
    return &index->entries[at];
}

uint32_t cast_index_find(const struct cast_index *index, uint64_t key)
{
    if (index->capacity == 0)
        return PARTY_NONE;
    const struct cast_entry *slot = slot_of(index, key);
    return slot->key == 0 ? PARTY_NONE : slot->party;
}

static bool grow(struct cast *cast, struct error *error)
{
    struct cast_index old = cast->index;
    struct cast_index next = {.capacity = old.capacity == 0 ? FIRST_CAPACITY
                                                            : old.capacity * 2,
                              .count = old.count};
    next.entries =
        arena_take(cast->arena, next.capacity, sizeof *next.entries, error);
    if (next.entries == NULL)
        return false;
    for (size_t i = 0; i < old.capacity; i++)
        if (old.entries[i].key != 0)
            *slot_of(&next, old.entries[i].key) = old.entries[i];
    cast->index = next;
    return true;
}

bool cast_index_put(struct cast *cast, uint64_t key, uint32_t party,
                    struct error *error)
{
    if (cast->index.count * 2 >= cast->index.capacity && !grow(cast, error))
        return false;
    key = key == 0 ? 1 : key;
    struct cast_entry *slot = slot_of(&cast->index, key);
    cast->index.count += slot->key == 0;
    *slot = (struct cast_entry){key, party};
    return true;
}

bool cast_index_share(struct cast *cast, uint64_t key, uint32_t party,
                      struct error *error)
{
    uint32_t there = cast_index_find(&cast->index, key);
    if (there != PARTY_NONE && there != party)
        party = CAST_SEVERAL;
    return cast_index_put(cast, key, party, error);
}
