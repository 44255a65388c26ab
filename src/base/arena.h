/*
 * arena.h - memory with one lifespan: a document's, a request's.
 *
 * Everything taken from an arena lives until arena_reset or arena_release;
 * nothing in it is freed singly. An arena has a ceiling, stated at birth;
 * crossing it, or running out of memory, is ERROR_LIMIT and leaves the arena
 * as it was. What is counted are the takes, rounded up to their alignment, and
 * the capacities of lists; the arena's own books come to a chunk of 64 KiB at
 * most besides. In builds with AddressSanitizer each take is a malloc of its
 * own, so that an overrun is seen.
 *
 * A list is an array that grows inside its arena's lifespan. Its items may
 * move when it grows, so no pointer to one may be kept across a push; after
 * the last push `items` is stable. Lists grow by realloc, which on Linux moves
 * the pages of large ones and copies nothing, and by half, which leaves at
 * most a third unused. Items are aligned for any ordinary type.
 */
#ifndef MADAI_ARENA_H
#define MADAI_ARENA_H

#include <stddef.h>
#include <stdint.h>

#include "error.h"
#include "slice.h"

struct arena; /* opaque */

/* A new arena that will never hold more than `ceiling` bytes; NULL when
 * memory is out. Yours to release. */
MUST_CHECK struct arena *arena_new(size_t ceiling);
void arena_release(struct arena *); /* NULL is allowed */
void arena_reset(struct arena *);   /* forgets all, keeps some memory */
size_t arena_used(const struct arena *);

/* `count` * `size` zeroed bytes, aligned for any type (for 64-byte vectors
 * when it is 64 bytes or more in all); NULL and ERROR_LIMIT when that is too
 * much. A count or size of 0 gives a valid pointer. */
MUST_CHECK void *arena_take(struct arena *, size_t count, size_t size,
                            struct error *);

/* A copy of the bytes with a NUL after them. */
MUST_CHECK char *arena_string(struct arena *, struct slice, struct error *);

/* LIST(struct span) spans = {0};  then spans.items[i], spans.count. */
#define LIST(type)                                                             \
    struct {                                                                   \
        type *items;                                                           \
        size_t count;                                                          \
        size_t capacity;                                                       \
    }

/* Makes room for one more item; false and ERROR_LIMIT when that fails, and
 * the list is as it was. */
MUST_CHECK bool list_reserve_(struct arena *, void **items, size_t *capacity,
                              size_t needed, size_t size, struct error *);

/* list_push(arena, &list, value, error): true when it was appended. */
#define list_push(arena, list, value, error)                                   \
    (list_reserve_((arena), (void **)&(list)->items, &(list)->capacity,        \
                   (list)->count + 1, sizeof *(list)->items, (error)) &&       \
     ((list)->items[(list)->count] = (value), (list)->count++, true))

#endif
