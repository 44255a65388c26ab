/*
 * block.c - nodes that share a key.
 */
#include "block.h"

#include "link_sort.h"

#include <stdlib.h>

bool block_add(struct arena *arena, struct blocks *blocks, uint64_t key,
               uint32_t node, struct error *error)
{
    struct block_entry entry = {key, node};
    return list_push(arena, blocks, entry, error);
}

static int compare_entries(const void *a, const void *b)
{
    const struct block_entry *one = a, *other = b;
    if (one->key != other->key)
        return one->key < other->key ? -1 : 1;
    return one->node < other->node ? -1 : one->node > other->node;
}

static int compare_pairs(const void *a, const void *b)
{
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return one < other ? -1 : one > other;
}

static bool pair_up(const struct blocks *blocks, size_t first, size_t end,
                    struct arena *arena, struct block_pairs *pairs,
                    struct error *error)
{
    bool is_crowd = end - first > blocks->crowd;
    for (size_t i = first; i < end; i++) {
        size_t until = is_crowd && i + 1 + blocks->neighbours < end
                           ? i + 1 + blocks->neighbours
                           : end;
        for (size_t k = i + 1; k < until; k++) {
            uint64_t pair =
                (uint64_t)blocks->items[i].node << 32 | blocks->items[k].node;
            if (blocks->items[i].node != blocks->items[k].node &&
                !list_push(arena, pairs, pair, error))
                return false;
        }
    }
    return true;
}

bool block_pair(struct blocks *blocks, struct arena *arena,
                struct block_pairs *pairs, struct error *error)
{
    if (blocks->count > 1)
        qsort(blocks->items, blocks->count, sizeof *blocks->items,
              compare_entries);
    for (size_t i = 0, end; i < blocks->count; i = end) {
        for (end = i + 1; end < blocks->count &&
                          blocks->items[end].key == blocks->items[i].key;)
            end++;
        if (!pair_up(blocks, i, end, arena, pairs, error))
            return false;
    }
    if (pairs->count > 1)
        qsort(pairs->items, pairs->count, sizeof *pairs->items, compare_pairs);
    return true;
}

void block_once(struct block_pairs *pairs)
{
    size_t kept = 0;
    for (size_t i = 0; i < pairs->count; i++)
        if (kept == 0 || pairs->items[kept - 1] != pairs->items[i])
            pairs->items[kept++] = pairs->items[i];
    pairs->count = kept;
}

void sort_numbers(uint64_t *numbers, size_t count)
{
    if (count > 1)
        qsort(numbers, count, sizeof *numbers, compare_pairs);
}
