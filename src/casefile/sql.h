/*
 * sql.h - the statements of queries.sql, prepared once, with values that know
 * their type and rows that remember their failure. Of casefile/ alone.
 *
 *     struct rows rows = sql_rows(casefile, QUERY_DOCUMENT_AFTER, error,
 *                                 sql_integer(3));
 *     while (rows_next(&rows))
 *         ... rows_text(&rows, 1) ...
 *     if (!rows_end(&rows))
 *         return false;
 *
 * A statement is in use until rows_end; a second use of the same one before
 * that is a mistake of ours, and asserted against.
 */
#ifndef MADAI_SQL_H
#define MADAI_SQL_H

#include <sqlite3.h>

#include "casefile.h"
#include "queries.h"

enum sql_type {
    SQL_NULL_VALUE,
    SQL_INTEGER_VALUE,
    SQL_REAL_VALUE,
    SQL_TEXT_VALUE,
    SQL_BLOB_VALUE
};

struct sql_value {
    enum sql_type type;
    int64_t integer;
    double real;
    struct slice bytes; /* borrowed until rows_end */
};

static inline struct sql_value sql_null(void)
{
    return (struct sql_value){.type = SQL_NULL_VALUE};
}
static inline struct sql_value sql_integer(int64_t integer)
{
    return (struct sql_value){.type = SQL_INTEGER_VALUE, .integer = integer};
}
static inline struct sql_value sql_real(double real)
{
    return (struct sql_value){.type = SQL_REAL_VALUE, .real = real};
}
static inline struct sql_value sql_slice(struct slice bytes)
{
    return (struct sql_value){.type = SQL_TEXT_VALUE, .bytes = bytes};
}
/* NULL and the empty string are NULL in the table: nothing was said. */
static inline struct sql_value sql_text(const char *text)
{
    return text == NULL || *text == '\0' ? sql_null()
                                         : sql_slice(slice_of(text));
}
static inline struct sql_value sql_blob(struct slice bytes)
{
    return (struct sql_value){.type = SQL_BLOB_VALUE, .bytes = bytes};
}

struct rows {
    struct casefile *casefile;
    sqlite3_stmt *statement; /* NULL: it has failed, or ended */
    struct error *error;
    bool is_failed;
};

/* Begins; a failure is told by rows_end. */
struct rows sql_rows_(struct casefile *, enum query, struct error *,
                      size_t count, const struct sql_value *);
#define SQL_VALUES_(...)                                                       \
    sizeof((struct sql_value[]){__VA_ARGS__}) / sizeof(struct sql_value),      \
        (struct sql_value[])                                                   \
    {                                                                          \
        __VA_ARGS__                                                            \
    }
#define sql_rows(casefile, query, error, ...)                                  \
    sql_rows_((casefile), (query), (error), SQL_VALUES_(__VA_ARGS__))
#define sql_all_rows(casefile, query, error)                                   \
    sql_rows_((casefile), (query), (error), 0, NULL)

bool rows_next(struct rows *);
/* Ends the statement; false, with the error, where anything failed. */
MUST_CHECK bool rows_end(struct rows *);

/* Runs to its end; rows that come are passed over. */
MUST_CHECK bool sql_run_(struct casefile *, enum query, struct error *,
                         size_t count, const struct sql_value *);
#define sql_run(casefile, query, error, ...)                                   \
    sql_run_((casefile), (query), (error), SQL_VALUES_(__VA_ARGS__))
#define sql_do(casefile, query, error)                                         \
    sql_run_((casefile), (query), (error), 0, NULL)

/* The integer of the only row. */
MUST_CHECK bool sql_number(struct casefile *, enum query, int64_t *,
                           struct error *);
int64_t sql_last_id(struct casefile *);

/* Columns of the row that stands; borrowed until the next. */
int64_t rows_integer(const struct rows *, int column);
/* Two columns as a place; a number that no place has becomes UINT32_MAX, so
 * that what was touched is not taken for what it was. */
struct span rows_span(const struct rows *, int column);
double rows_real(const struct rows *, int column);
struct slice rows_slice(const struct rows *, int column);
bool rows_is_null(const struct rows *, int column);
/* A copy with a NUL; NULL where the column is NULL or memory is out (then
 * rows_end says so). */
char *rows_string(struct rows *, int column, struct arena *);

/* All statements at once, unprepared and of several: settings, tables. */
MUST_CHECK bool sql_script(struct casefile *, enum query, struct error *);

/* What SQLite says, as an error of ours. Always false. */
bool sql_failed(struct casefile *, struct error *);

#endif
