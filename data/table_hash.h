/*
 * table_hash.h - where the search for a key begins: the same when a table is
 * made (tools/table.c) and when it is asked.
 */
#ifndef MADAI_TABLE_HASH_H
#define MADAI_TABLE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* FNV-1a (Fowler, Noll, Vo), 32 bits, byte by byte; its upper half is folded
 * in at the end, since only the lowest bits are used. */
#define TABLE_HASH_BEGIN UINT32_C(2166136261)

static inline uint32_t table_hash_on(uint32_t hash, const char *bytes,
                                     size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * UINT32_C(16777619);
    return hash;
}

static inline uint32_t table_hash_end(uint32_t hash)
{
    return hash ^ (hash >> 16);
}

#endif
