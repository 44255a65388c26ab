/*
 * key_store.c - see key_store.h.
 */
#include "key_store.h"

#include "casefile_parts.h"
#include "sql.h"

bool key_store_each(struct casefile *casefile,
                    bool (*each)(void *, const struct note_key *, uint64_t),
                    void *context, struct error *error)
{
    bool is_well = true, goes_on = true;
    struct rows rows = sql_all_rows(casefile, QUERY_KEY_LIST, error);
    while (is_well && goes_on && rows_next(&rows)) {
        struct note_key key;
        is_well = note_key_read(rows_slice(&rows, 1), &key, error);
        goes_on =
            is_well && each(context, &key, (uint64_t)rows_integer(&rows, 3));
    }
    return rows_end(&rows) && is_well;
}

static bool count_key(void *context, const struct note_key *key, uint64_t entry)
{
    size_t *count = context;
    (void)key;
    (void)entry;
    ++*count;
    return true;
}

bool key_store_count(struct casefile *casefile, size_t *count,
                     struct error *error)
{
    *count = 0;
    return key_store_each(casefile, count_key, count, error);
}

bool key_store_reseal(struct casefile *casefile, const struct note_key *key,
                      const char *sealed, struct error *error)
{
    struct digest fingerprint = note_key_fingerprint(key);
    struct slice bytes = {(const char *)fingerprint.bytes,
                          sizeof fingerprint.bytes};
    return sql_run(casefile, QUERY_KEY_RESEAL, error, sql_blob(bytes),
                   sql_text(sealed)) &&
           (sqlite3_changes(casefile->database) == 1 ||
            error_set(error, ERROR_NOT_FOUND,
                      "the sheet is of a key that the case does not have"));
}

bool checkpoint_last(struct casefile *casefile, struct arena *arena,
                     struct kept_checkpoint *last, struct error *error)
{
    *last = (struct kept_checkpoint){0};
    struct rows rows = sql_all_rows(casefile, QUERY_CHECKPOINT_LAST, error);
    if (rows_next(&rows)) {
        last->id = rows_integer(&rows, 0);
        last->size = (uint64_t)rows_integer(&rows, 1);
        last->note.length = rows_slice(&rows, 2).length;
        last->note.data = rows_string(&rows, 2, arena);
    }
    return rows_end(&rows);
}

bool checkpoint_each_size(struct casefile *casefile,
                          bool (*each)(void *,
                                       const struct earlier_checkpoint *),
                          void *context, struct error *error)
{
    bool goes_on = true;
    int64_t before = -1;
    struct rows rows = sql_all_rows(casefile, QUERY_CHECKPOINT_BY_SIZE, error);
    while (goes_on && rows_next(&rows)) {
        int64_t size = rows_integer(&rows, 0);
        if (size == before)
            continue;
        const struct earlier_checkpoint earlier = {
            .size = (uint64_t)size,
            .note = rows_slice(&rows, 1),
            .answer = rows_slice(&rows, 2),
            .trusted = rows_slice(&rows, 3)};
        goes_on = each(context, &earlier);
        before = size;
    }
    return rows_end(&rows) && goes_on;
}

bool stamp_ask(struct casefile *casefile, struct arena *arena,
               struct slice *query, struct error *error)
{
    struct kept_checkpoint last;
    if (!checkpoint_last(casefile, arena, &last, error))
        return false;
    if (last.id == 0)
        return error_set(error, ERROR_USAGE,
                         "there is no checkpoint to be stamped yet");
    return timestamp_query(arena, last.note, query, error) &&
           sql_run(casefile, QUERY_STAMP_INSERT, error, sql_integer(last.id),
                   sql_blob(*query));
}

bool stamp_keep(struct casefile *casefile, struct slice answer,
                struct slice trusted, struct timestamp *stamp,
                struct error *error)
{
    int64_t id = 0;
    bool is_well = true;
    struct rows rows = sql_all_rows(casefile, QUERY_STAMP_WAITING, error);
    if (rows_next(&rows)) {
        id = rows_integer(&rows, 0);
        is_well = timestamp_check(answer, rows_slice(&rows, 1),
                                  rows_slice(&rows, 2), trusted, stamp, error);
    }
    if (!rows_end(&rows) || !is_well)
        return false;
    if (id == 0)
        return error_set(error, ERROR_USAGE,
                         "no query waits for an answer (--tsa-request)");
    return sql_run(casefile, QUERY_STAMP_ANSWER, error, sql_integer(id),
                   sql_blob(answer), sql_slice(trusted), sql_text(stamp->time),
                   sql_text(stamp->authority));
}
