/*
 * table_find.c - looking a key up in a compiled table.
 */
#include "table.h"

#include "table_hash.h"

static int compare(struct slice key, const struct table_row *row)
{
    size_t shared = key.length < row->length ? key.length : row->length;
    int order = memcmp(key.data, row->key, shared);
    if (order != 0)
        return order;
    return (key.length > row->length) - (key.length < row->length);
}

const struct table_row *table_from(const struct table *table, struct slice key)
{
    size_t low = 0;
    size_t high = table->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(key, &table->rows[middle]) <= 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low == table->count ? NULL : &table->rows[low];
}

/* The row of the key whose hash this is. */
static const struct table_row *find(const struct table *table, struct slice key,
                                    uint32_t hash)
{
    size_t slot = table_hash_end(hash) & table->mask;
    for (; table->slots[slot] != 0; slot = (slot + 1) & table->mask) {
        const struct table_row *row = &table->rows[table->slots[slot] - 1];
        if (row->length == key.length &&
            memcmp(row->key, key.data, key.length) == 0)
            return row;
    }
    return NULL;
}

const struct table_row *table_find(const struct table *table, struct slice key)
{
    return find(table, key,
                table_hash_on(TABLE_HASH_BEGIN, key.data, key.length));
}

const struct table_row *table_longest(const struct table *table,
                                      const char *bytes, const size_t *ends,
                                      uint32_t *count)
{
    uint32_t hashes[TABLE_ENDS_MAX];
    uint32_t hash = TABLE_HASH_BEGIN;
    for (uint32_t i = 0; i < *count; i++) {
        size_t from = i == 0 ? 0 : ends[i - 1];
        hash = table_hash_on(hash, bytes + from, ends[i] - from);
        hashes[i] = hash;
    }
    for (; *count > 0; (*count)--) {
        struct slice key = {bytes, ends[*count - 1]};
        const struct table_row *row = find(table, key, hashes[*count - 1]);
        if (row != NULL)
            return row;
    }
    return NULL;
}
