/*
 * migration.c - an older file becomes one of today: casefile_migrate.
 *
 * Invariants
 *   1. Before anything is changed a whole copy stands beside the file, under a
 *      name that no other file had: CASE.version-0, CASE.version-0.2, ...
 *   2. All steps are one transaction: the file is of the old version or of
 *      the new one.
 *   3. No step changes the ledger, nor what it has committed to.
 *   4. A file of a version has just the findings and passages that a program
 *      of this version makes of its readings. So whoever changes what is made
 *      of them adds a version with a step that empties those tables; `verify`
 *      then need not ask whether a row is of an older kind, or was touched.
 */
#include <stdlib.h>
#include <unistd.h>

#include "casefile_parts.h"
#include "erase.h"
#include "reading_store.h"
#include "sql.h"

/* The step from a version to the next, which sets the number too. After one
 * that empties the derived tables they are filled anew from the readings. */
static const struct step {
    enum query query;
    bool empties;
} steps[CASEFILE_VERSION] = {{QUERY_MIGRATE_0, false},
                             {QUERY_MIGRATE_1, true},
                             {QUERY_MIGRATE_2, false}};

static bool keep_copy(struct casefile *casefile, int64_t version,
                      struct error *error)
{
    enum { COPIES_MAX = 9 };
    char path[4096];
    int length = snprintf(path, sizeof path - 3, "%s.version-%lld",
                          casefile->path, (long long)version);
    if (length < 0 || (size_t)length >= sizeof path - 3)
        return error_set(error, ERROR_USAGE, "the path is too long");
    for (int i = 2; i <= COPIES_MAX && access(path, F_OK) == 0; i++)
        snprintf(path + length, 3, ".%d", i);
    char *kept_as = strdup(path);
    if (kept_as == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the case");
    if (casefile_copy(casefile, path, error)) {
        casefile->kept_as = kept_as;
        return true;
    }
    free(kept_as);
    return false;
}

static bool check_references(struct casefile *casefile, struct error *error)
{
    struct rows rows = sql_all_rows(casefile, QUERY_FOREIGN_KEY_CHECK, error);
    bool is_broken = rows_next(&rows);
    return rows_end(&rows) &&
           (!is_broken ||
            error_set(error, ERROR_CORRUPT,
                      "a row that points to another which is not there"));
}

/* What was touched or is damaged must not keep the rest from being opened:
 * its findings are missing then, and `verify` says so. */
static bool derive_one(struct casefile *casefile, int64_t document,
                       struct error *error)
{
    struct error why = {.kind = ERROR_NONE};
    if (reading_derive(casefile, document, &why) ||
        why.kind == ERROR_NOT_FOUND || why.kind == ERROR_TAMPERED ||
        why.kind == ERROR_BAD_INPUT)
        return true;
    *error = why;
    return false;
}

static bool derive_all(struct casefile *casefile, struct error *error)
{
    LIST(int64_t) documents = {0};
    struct arena *arena = arena_new((size_t)1 << 30);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_well = true;
    struct rows rows = sql_all_rows(casefile, QUERY_READING_LIST, error);
    while (is_well && rows_next(&rows))
        is_well = list_push(arena, &documents, rows_integer(&rows, 0), error);
    is_well = rows_end(&rows) && is_well;
    for (size_t i = 0; i < documents.count && is_well; i++)
        is_well = derive_one(casefile, documents.items[i], error);
    arena_release(arena);
    return is_well;
}

static bool take_steps(struct casefile *casefile, int64_t version,
                       struct error *error)
{
    bool is_empty = false;
    for (; version < CASEFILE_VERSION; version++) {
        if (!sql_script(casefile, steps[version].query, error))
            return false;
        is_empty = is_empty || steps[version].empties;
    }
    return (!is_empty || derive_all(casefile, error)) &&
           check_references(casefile, error);
}

/* Where the file still reads as it was, the copy is one too many. */
static void drop_copy(struct casefile *casefile, int64_t version)
{
    int64_t now;
    struct error ignored;
    if (casefile->kept_as != NULL &&
        sql_number(casefile, QUERY_SCHEMA_VERSION, &now, &ignored) &&
        now == version)
        unlink(casefile->kept_as);
}

bool casefile_migrate(struct casefile *casefile, int64_t version,
                      struct error *error)
{
    int64_t now;
    /* A transaction that looks keeps others from writing between the copy and
     * the first step; SQLite copies no file that it is writing itself. */
    if (!sql_script(casefile, QUERY_SETTINGS, error) ||
        !sql_script(casefile, QUERY_SETTINGS_MIGRATION, error) ||
        !casefile_begin_read(casefile, error))
        return false;
    if (sql_number(casefile, QUERY_SCHEMA_VERSION, &now, error) &&
        (now == version ||
         error_set(error, ERROR_IO,
                   "another program is bringing the case forward")) &&
        keep_copy(casefile, version, error) &&
        take_steps(casefile, version, error) &&
        casefile_commit(casefile, error))
        return true;
    casefile_rollback(casefile);
    drop_copy(casefile, version);
    return error_prefix(error, "bringing it forward from version %lld",
                        (long long)version);
}
