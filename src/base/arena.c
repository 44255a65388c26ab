/*
 * arena.c - chunks for small takes, blocks of their own for large takes and
 * for lists (built with AddressSanitizer: for all takes).
 *
 * Invariants
 *   1. `used` is the sum of all takes and list capacities, each rounded up
 *      to its alignment, and never above `ceiling`.
 *   2. Every block is in the ring of its arena and is freed with it; the head
 *      of a list's block stands just before its items: realloc finds it there.
 *   3. Memory handed out by arena_take is zero, also after a reset.
 */
#include "arena.h"

#include <assert.h>
#include <stdlib.h>

#include "arena_fail.h"

#define ALIGNMENT_MAX ((size_t)64) /* a cache line, an AVX-512 register */
#define CHUNK_SIZE ((size_t)64 * 1024)

#if defined(__SANITIZE_ADDRESS__)
#define TAKES_ARE_BLOCKS true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TAKES_ARE_BLOCKS true
#endif
#endif
#ifndef TAKES_ARE_BLOCKS
#define TAKES_ARE_BLOCKS false
#endif

/* Stands BLOCK_HEAD bytes before those of a block, so that they too are
 * aligned. */
struct block {
    struct block *next;
    struct block *previous;
};
#define BLOCK_HEAD ALIGNMENT_MAX

struct chunk {
    struct chunk *next;
};
#define CHUNK_HEAD ALIGNMENT_MAX

struct arena {
    size_t ceiling;
    size_t used;
    size_t fail_at;       /* counts down to the take that fails; 0: never */
    struct chunk *chunks; /* the current one first */
    size_t chunk_used;    /* of the current one, its head included */
    struct block ring;    /* of blocks */
};

struct arena *arena_new(size_t ceiling)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (arena == NULL)
        return NULL;
    arena->ceiling = ceiling;
    arena->ring = (struct block){&arena->ring, &arena->ring};
    return arena;
}

static void arena_free_blocks(struct arena *arena)
{
    while (arena->ring.next != &arena->ring) {
        struct block *block = arena->ring.next;
        arena->ring.next = block->next;
        free(block);
    }
    arena->ring.previous = &arena->ring;
}

/* Frees all chunks from this one on. */
static void chunk_free(struct chunk *chunk)
{
    while (chunk != NULL) {
        struct chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
}

void arena_release(struct arena *arena)
{
    if (arena == NULL)
        return;
    arena_free_blocks(arena);
    chunk_free(arena->chunks);
    free(arena);
}

void arena_reset(struct arena *arena)
{
    arena_free_blocks(arena);
    if (arena->chunks != NULL) {
        chunk_free(arena->chunks->next);
        arena->chunks->next = NULL;
    }
    arena->chunk_used = CHUNK_HEAD;
    arena->used = 0;
}

size_t arena_used(const struct arena *arena) { return arena->used; }

void arena_fail_at(struct arena *arena, size_t take) { arena->fail_at = take; }

static size_t round_up(size_t bytes, size_t alignment)
{
    return (bytes + alignment - 1) / alignment * alignment;
}

/* Whether `more` bytes may be added to what is used; also the place where a
 * test makes a take fail. */
static bool arena_allows(struct arena *arena, size_t more, struct error *error)
{
    if (arena->fail_at > 0 && --arena->fail_at == 0)
        return error_set(error, ERROR_LIMIT, "out of memory");
    if (more > arena->ceiling - arena->used)
        return error_set(error, ERROR_LIMIT,
                         "needs more than %zu bytes of memory", arena->ceiling);
    return true;
}

static void block_link(struct arena *arena, struct block *block)
{
    block->next = arena->ring.next;
    block->previous = &arena->ring;
    block->next->previous = block;
    arena->ring.next = block;
}

static void *take_block(struct arena *arena, size_t bytes)
{
    void *memory;
    if (posix_memalign(&memory, ALIGNMENT_MAX, BLOCK_HEAD + bytes) != 0)
        return NULL;
    block_link(arena, memory);
    return (char *)memory + BLOCK_HEAD;
}

static void *take_from_chunk(struct arena *arena, size_t bytes,
                             size_t alignment)
{
    size_t start = round_up(arena->chunk_used, alignment);
    if (arena->chunks == NULL || start + bytes > CHUNK_SIZE) {
        void *memory;
        if (posix_memalign(&memory, ALIGNMENT_MAX, CHUNK_SIZE) != 0)
            return NULL;
        struct chunk *chunk = memory;
        chunk->next = arena->chunks;
        arena->chunks = chunk;
        start = CHUNK_HEAD;
    }
    arena->chunk_used = start + bytes;
    return (char *)arena->chunks + start;
}

void *arena_take(struct arena *arena, size_t count, size_t size,
                 struct error *error)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) ||
        bytes > PTRDIFF_MAX / 2) {
        error_set(error, ERROR_LIMIT, "no memory for %zu times %zu bytes",
                  count, size);
        return NULL;
    }
    if (bytes == 0)
        bytes = 1;
    size_t alignment =
        bytes >= ALIGNMENT_MAX ? ALIGNMENT_MAX : _Alignof(max_align_t);
    size_t rounded = round_up(bytes, alignment);
    if (!arena_allows(arena, rounded, error))
        return NULL;
    void *memory = TAKES_ARE_BLOCKS || rounded > CHUNK_SIZE / 4
                       ? take_block(arena, bytes)
                       : take_from_chunk(arena, rounded, alignment);
    if (memory == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    arena->used += rounded;
    return memset(memory, 0, bytes);
}

char *arena_string(struct arena *arena, struct slice slice, struct error *error)
{
    char *copy = arena_take(arena, slice.length + 1, 1, error);
    if (copy != NULL && slice.length > 0)
        memcpy(copy, slice.data, slice.length);
    return copy;
}

/* Half as much again: a large list leaves at most a third unused. */
static bool list_next_capacity(size_t needed, size_t old, size_t size,
                               size_t *capacity)
{
    size_t smallest = size < 256 ? 256 / size : 1;
    size_t grown = old + old / 2;
    *capacity = grown > needed ? grown : needed;
    if (*capacity < smallest)
        *capacity = smallest;
    return *capacity <= PTRDIFF_MAX / 2 / size;
}

bool list_reserve_(struct arena *arena, void **items, size_t *capacity,
                   size_t needed, size_t size, struct error *error)
{
    if (needed <= *capacity)
        return true;
    size_t wanted;
    if (!list_next_capacity(needed, *capacity, size, &wanted))
        return error_set(error, ERROR_LIMIT, "no memory for %zu items", needed);
    size_t more = (wanted - *capacity) * size;
    if (!arena_allows(arena, more, error))
        return false;

    /* The list's pointer has another type: read and write it as bytes. */
    char *old;
    memcpy(&old, items, sizeof old);
    struct block *block = old == NULL ? NULL : (void *)(old - BLOCK_HEAD);
    struct block *grown = realloc(block, BLOCK_HEAD + wanted * size);
    if (grown == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    if (old == NULL) {
        block_link(arena, grown);
    } else {
        grown->previous->next = grown;
        grown->next->previous = grown;
    }
    char *moved = (char *)grown + BLOCK_HEAD;
    memcpy(items, &moved, sizeof moved);
    *capacity = wanted;
    arena->used += more;
    return true;
}
