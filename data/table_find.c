/*
 * table_find.c - looking a key up in a compiled table.
 */
#include "table.h"

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

const struct table_row *table_find(const struct table *table, struct slice key)
{
    const struct table_row *row = table_from(table, key);
    return row != NULL && compare(key, row) == 0 ? row : NULL;
}
