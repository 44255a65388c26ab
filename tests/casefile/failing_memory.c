/*
 * failing_memory.c - see failing_memory.h. The linker lets the functions of
 * arena.h be reached through those here (--wrap).
 */
#include "failing_memory.h"

#include <assert.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "arena.h"

static sqlite3_mem_methods usual;
static enum memory kind;
static unsigned left;

static bool is_out(enum memory of)
{
    return left > 0 && kind == of && --left == 0;
}

static void *take_sqlite(int bytes)
{
    return is_out(MEMORY_OF_SQLITE) ? NULL : usual.xMalloc(bytes);
}
static void *take_more_sqlite(void *memory, int bytes)
{
    return is_out(MEMORY_OF_SQLITE) ? NULL : usual.xRealloc(memory, bytes);
}
static void *take_json(size_t bytes)
{
    return is_out(MEMORY_OF_JSON) ? NULL : malloc(bytes);
}

struct arena *__real_arena_new(size_t ceiling);
void *__real_arena_take(struct arena *, size_t count, size_t size,
                        struct error *);
char *__real_arena_string(struct arena *, struct slice, struct error *);
bool __real_list_reserve_(struct arena *, void **items, size_t *capacity,
                          size_t needed, size_t size, struct error *);

struct arena *__wrap_arena_new(size_t ceiling);
void *__wrap_arena_take(struct arena *, size_t count, size_t size,
                        struct error *);
char *__wrap_arena_string(struct arena *, struct slice, struct error *);
bool __wrap_list_reserve_(struct arena *, void **items, size_t *capacity,
                          size_t needed, size_t size, struct error *);

struct arena *__wrap_arena_new(size_t ceiling)
{
    return is_out(MEMORY_OF_ARENAS) ? NULL : __real_arena_new(ceiling);
}

void *__wrap_arena_take(struct arena *arena, size_t count, size_t size,
                        struct error *error)
{
    if (!is_out(MEMORY_OF_ARENAS))
        return __real_arena_take(arena, count, size, error);
    error_set(error, ERROR_LIMIT, "out of memory");
    return NULL;
}

char *__wrap_arena_string(struct arena *arena, struct slice slice,
                          struct error *error)
{
    if (!is_out(MEMORY_OF_ARENAS))
        return __real_arena_string(arena, slice, error);
    error_set(error, ERROR_LIMIT, "out of memory");
    return NULL;
}

/* Room that is there is no take. */
bool __wrap_list_reserve_(struct arena *arena, void **items, size_t *capacity,
                          size_t needed, size_t size, struct error *error)
{
    if (needed > *capacity && is_out(MEMORY_OF_ARENAS))
        return error_set(error, ERROR_LIMIT, "out of memory");
    return __real_list_reserve_(arena, items, capacity, needed, size, error);
}

void failing_memory_install(void)
{
    sqlite3_mem_methods counted;
    int code = sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual);
    assert(code == SQLITE_OK);
    counted = usual;
    counted.xMalloc = take_sqlite;
    counted.xRealloc = take_more_sqlite;
    code = sqlite3_config(SQLITE_CONFIG_MALLOC, &counted);
    assert(code == SQLITE_OK);
    (void)code;
    json_set_alloc_funcs(take_json, free);
}

void failing_memory_at(enum memory of, unsigned count)
{
    kind = of;
    left = count;
}

bool failing_memory_was_met(void) { return left == 0; }
