/*
 * sql.c - see sql.h.
 */
#include "sql.h"

#include <assert.h>

#include "casefile_parts.h"

/* A code of SQLite's, as a kind of ours. */
static enum error_kind kind_of(int code)
{
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
        return ERROR_LIMIT;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CONSTRAINT:
        return ERROR_CORRUPT;
    default:
        return ERROR_IO;
    }
}

static const char *words_of(int code)
{
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return "out of memory";
    case SQLITE_FULL:
        return "the disk is full; nothing of this was kept";
    case SQLITE_READONLY:
        return "the case file cannot be written";
    case SQLITE_CANTOPEN:
        return "cannot open the case file, or its journal beside it";
    case SQLITE_NOTADB:
        return "not a case file";
    case SQLITE_CORRUPT:
        return "the case file is damaged";
    case SQLITE_TOOBIG:
        return "too long for the case file";
    default:
        return NULL;
    }
}

bool sql_failed(struct casefile *casefile, struct error *error)
{
    int code = sqlite3_extended_errcode(casefile->database);
    if ((code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED)
        return casefile_say_holder(casefile, error);
    if ((code & 0xFF) == SQLITE_IOERR)
        return error_set(error, ERROR_IO,
                         "the disk failed (%d); nothing of this was kept",
                         code);
    if (words_of(code) != NULL)
        return error_set(error, kind_of(code), "%s", words_of(code));
    return error_set(error, kind_of(code), "%s",
                     sqlite3_errmsg(casefile->database));
}

static bool bind(sqlite3_stmt *statement, int at, const struct sql_value *value)
{
    const char *data = value->bytes.length > 0 ? value->bytes.data : "";
    switch (value->type) {
    case SQL_INTEGER_VALUE:
        return sqlite3_bind_int64(statement, at, value->integer) == SQLITE_OK;
    case SQL_REAL_VALUE:
        return sqlite3_bind_double(statement, at, value->real) == SQLITE_OK;
    case SQL_TEXT_VALUE:
        return sqlite3_bind_text64(statement, at, data, value->bytes.length,
                                   SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK;
    case SQL_BLOB_VALUE:
        return sqlite3_bind_blob64(statement, at, data, value->bytes.length,
                                   SQLITE_STATIC) == SQLITE_OK;
    case SQL_NULL_VALUE:
        break;
    }
    return sqlite3_bind_null(statement, at) == SQLITE_OK;
}

static sqlite3_stmt *prepared(struct casefile *casefile, enum query query)
{
    sqlite3_stmt **statement = &casefile->statements[query];
    if (*statement == NULL &&
        sqlite3_prepare_v3(casefile->database, query_texts[query], -1,
                           SQLITE_PREPARE_PERSISTENT, statement,
                           NULL) != SQLITE_OK)
        return NULL;
    return *statement;
}

struct rows sql_rows_(struct casefile *casefile, enum query query,
                      struct error *error, size_t count,
                      const struct sql_value *values)
{
    struct rows rows = {.casefile = casefile, .error = error};
    sqlite3_stmt *statement = prepared(casefile, query);
    bool is_bound = statement != NULL;
    assert(statement == NULL || !sqlite3_stmt_busy(statement));
    for (size_t i = 0; i < count && is_bound; i++)
        is_bound = bind(statement, (int)i + 1, &values[i]);
    rows.statement = statement;
    if (!is_bound)
        rows.is_failed = !sql_failed(casefile, error);
    return rows;
}

bool rows_next(struct rows *rows)
{
    if (rows->is_failed)
        return false;
    int code = sqlite3_step(rows->statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        rows->is_failed = !sql_failed(rows->casefile, rows->error);
    return code == SQLITE_ROW;
}

bool rows_end(struct rows *rows)
{
    if (rows->statement != NULL) {
        sqlite3_reset(rows->statement);
        sqlite3_clear_bindings(rows->statement);
    }
    rows->statement = NULL;
    return !rows->is_failed;
}

bool sql_run_(struct casefile *casefile, enum query query, struct error *error,
              size_t count, const struct sql_value *values)
{
    struct rows rows = sql_rows_(casefile, query, error, count, values);
    while (rows_next(&rows))
        ;
    return rows_end(&rows);
}

bool sql_number(struct casefile *casefile, enum query query, int64_t *number,
                struct error *error)
{
    struct rows rows = sql_all_rows(casefile, query, error);
    *number = rows_next(&rows) ? rows_integer(&rows, 0) : 0;
    return rows_end(&rows);
}

int64_t sql_last_id(struct casefile *casefile)
{
    return sqlite3_last_insert_rowid(casefile->database);
}

int64_t rows_integer(const struct rows *rows, int column)
{
    return sqlite3_column_int64(rows->statement, column);
}

static uint32_t place_of(int64_t number)
{
    return number < 0 || number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
}

struct span rows_span(const struct rows *rows, int column)
{
    return (struct span){place_of(rows_integer(rows, column)),
                         place_of(rows_integer(rows, column + 1))};
}

double rows_real(const struct rows *rows, int column)
{
    return sqlite3_column_double(rows->statement, column);
}

/* Text and blob alike: blob first, so that nothing is converted. */
struct slice rows_slice(const struct rows *rows, int column)
{
    const char *data = sqlite3_column_blob(rows->statement, column);
    int length = sqlite3_column_bytes(rows->statement, column);
    return (struct slice){data != NULL ? data : "", (size_t)length};
}

bool rows_is_null(const struct rows *rows, int column)
{
    return sqlite3_column_type(rows->statement, column) == SQLITE_NULL;
}

char *rows_string(struct rows *rows, int column, struct arena *arena)
{
    if (rows_is_null(rows, column))
        return NULL;
    char *copy = arena_string(arena, rows_slice(rows, column), rows->error);
    rows->is_failed = rows->is_failed || copy == NULL;
    return copy;
}

bool sql_script(struct casefile *casefile, enum query query,
                struct error *error)
{
    return sqlite3_exec(casefile->database, query_texts[query], NULL, NULL,
                        NULL) == SQLITE_OK ||
           sql_failed(casefile, error);
}
