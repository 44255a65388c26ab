/*
 * failing_part.c - see failing_part.h. The linker leads the functions of
 * arena.h, sha256.h and SQLite past those here (--wrap).
 */
#include "failing_part.h"

#include <assert.h>
#include <jansson.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "arena.h"
#include "sha256.h"

static sqlite3_mem_methods usual;
static enum part kind;
static enum query query;
static unsigned left;
static bool has_failed; /* a statement, and nobody has asked yet why */

static bool is_out(enum part of)
{
    return left > 0 && kind == of && --left == 0;
}

static void *take_sqlite(int bytes)
{
    return is_out(PART_SQLITE_MEMORY) ? NULL : usual.xMalloc(bytes);
}
static void *take_more_sqlite(void *memory, int bytes)
{
    return is_out(PART_SQLITE_MEMORY) ? NULL : usual.xRealloc(memory, bytes);
}
static void *take_json(size_t bytes)
{
    return is_out(PART_JSON) ? NULL : malloc(bytes);
}

struct arena *__real_arena_new(size_t ceiling);
void *__real_arena_take(struct arena *, size_t count, size_t size,
                        struct error *);
char *__real_arena_string(struct arena *, struct slice, struct error *);
bool __real_list_reserve_(struct arena *, void **items, size_t *capacity,
                          size_t needed, size_t size, struct error *);
struct sha256 *__real_sha256_new(struct error *);
bool __real_sha256_add(struct sha256 *, struct slice, struct error *);
bool __real_sha256_end(struct sha256 *, char hex[SHA256_HEX_SIZE],
                       struct error *);
bool __real_sha256_hex(struct slice, char hex[SHA256_HEX_SIZE], struct error *);
int __real_sqlite3_step(sqlite3_stmt *);
int __real_sqlite3_exec(sqlite3 *, const char *sql,
                        int (*)(void *, int, char **, char **), void *,
                        char **);
int __real_sqlite3_extended_errcode(sqlite3 *);

struct arena *__wrap_arena_new(size_t ceiling);
void *__wrap_arena_take(struct arena *, size_t count, size_t size,
                        struct error *);
char *__wrap_arena_string(struct arena *, struct slice, struct error *);
bool __wrap_list_reserve_(struct arena *, void **items, size_t *capacity,
                          size_t needed, size_t size, struct error *);
struct sha256 *__wrap_sha256_new(struct error *);
bool __wrap_sha256_add(struct sha256 *, struct slice, struct error *);
bool __wrap_sha256_end(struct sha256 *, char hex[SHA256_HEX_SIZE],
                       struct error *);
bool __wrap_sha256_hex(struct slice, char hex[SHA256_HEX_SIZE], struct error *);
int __wrap_sqlite3_step(sqlite3_stmt *);
int __wrap_sqlite3_exec(sqlite3 *, const char *sql,
                        int (*)(void *, int, char **, char **), void *,
                        char **);
int __wrap_sqlite3_extended_errcode(sqlite3 *);

struct arena *__wrap_arena_new(size_t ceiling)
{
    return is_out(PART_NEW_ARENAS) ? NULL : __real_arena_new(ceiling);
}

void *__wrap_arena_take(struct arena *arena, size_t count, size_t size,
                        struct error *error)
{
    if (!is_out(PART_ARENAS))
        return __real_arena_take(arena, count, size, error);
    error_set(error, ERROR_LIMIT, "out of memory");
    return NULL;
}

char *__wrap_arena_string(struct arena *arena, struct slice slice,
                          struct error *error)
{
    if (!is_out(PART_ARENAS))
        return __real_arena_string(arena, slice, error);
    error_set(error, ERROR_LIMIT, "out of memory");
    return NULL;
}

/* Room that is there is no take. */
bool __wrap_list_reserve_(struct arena *arena, void **items, size_t *capacity,
                          size_t needed, size_t size, struct error *error)
{
    if (needed > *capacity && is_out(PART_ARENAS))
        return error_set(error, ERROR_LIMIT, "out of memory");
    return __real_list_reserve_(arena, items, capacity, needed, size, error);
}

static bool cannot_hash(struct error *error)
{
    return error_set(error, ERROR_IO, "SHA-256 does not work here");
}

struct sha256 *__wrap_sha256_new(struct error *error)
{
    if (!is_out(PART_HASHES))
        return __real_sha256_new(error);
    cannot_hash(error);
    return NULL;
}

bool __wrap_sha256_add(struct sha256 *hash, struct slice bytes,
                       struct error *error)
{
    return is_out(PART_HASHES) ? cannot_hash(error)
                               : __real_sha256_add(hash, bytes, error);
}

bool __wrap_sha256_end(struct sha256 *hash, char hex[SHA256_HEX_SIZE],
                       struct error *error)
{
    return is_out(PART_HASHES) ? cannot_hash(error)
                               : __real_sha256_end(hash, hex, error);
}

bool __wrap_sha256_hex(struct slice bytes, char hex[SHA256_HEX_SIZE],
                       struct error *error)
{
    return is_out(PART_HASHES) ? cannot_hash(error)
                               : __real_sha256_hex(bytes, hex, error);
}

/* SQLite's copy of a statement has the same words up to its end. */
static bool fails_here(const char *sql)
{
    if (kind != PART_STATEMENTS || left == 0 || sql == NULL)
        return false;
    size_t length = strlen(sql);
    has_failed = strncmp(query_texts[query], sql, length) == 0 &&
                 strlen(query_texts[query]) <= length + 1 && --left == 0;
    return has_failed;
}

int __wrap_sqlite3_step(sqlite3_stmt *statement)
{
    return fails_here(sqlite3_sql(statement)) ? SQLITE_IOERR_READ
                                              : __real_sqlite3_step(statement);
}

int __wrap_sqlite3_exec(sqlite3 *database, const char *sql,
                        int (*each)(void *, int, char **, char **),
                        void *context, char **words)
{
    return fails_here(sql)
               ? SQLITE_IOERR_READ
               : __real_sqlite3_exec(database, sql, each, context, words);
}

int __wrap_sqlite3_extended_errcode(sqlite3 *database)
{
    if (!has_failed)
        return __real_sqlite3_extended_errcode(database);
    has_failed = false;
    return SQLITE_IOERR_READ;
}

void failing_part_install(void)
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

void failing_part_at(enum part of, unsigned count)
{
    kind = of;
    left = count;
    has_failed = false;
}

void failing_statement_at(enum query of, unsigned count)
{
    failing_part_at(PART_STATEMENTS, count);
    query = of;
}

bool failing_part_was_met(void) { return left == 0; }
