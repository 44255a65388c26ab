/*
 * contents.c - see contents.h.
 */
#include "contents.h"

#include "casefile_parts.h"
#include "sql.h"

static int64_t chunk_id(int64_t content, uint64_t number)
{
    return content * (int64_t)CONTENT_CHUNKS_MAX + (int64_t)number;
}

static bool insert_chunks(struct casefile *casefile, int64_t id,
                          struct slice bytes, struct error *error)
{
    uint64_t number = 0;
    if (bytes.length / CONTENT_CHUNK >= CONTENT_CHUNKS_MAX)
        return error_set(error, ERROR_LIMIT, "too long for a case");
    for (size_t at = 0; at < bytes.length; at += CONTENT_CHUNK) {
        size_t rest = bytes.length - at;
        struct slice chunk = {bytes.data + at,
                              rest < CONTENT_CHUNK ? rest : CONTENT_CHUNK};
        if (!sql_run(casefile, QUERY_CHUNK_INSERT, error,
                     sql_integer(chunk_id(id, number++)), sql_blob(chunk)))
            return false;
    }
    return true;
}

bool content_keep(struct casefile *casefile, struct slice bytes,
                  const char *sha256, int64_t *id, struct error *error)
{
    struct rows rows =
        sql_rows(casefile, QUERY_CONTENT_FIND, error, sql_text(sha256));
    bool is_there = rows_next(&rows);
    if (is_there)
        *id = rows_integer(&rows, 0);
    if (!rows_end(&rows))
        return false;
    if (is_there)
        return true;
    if (!sql_run(casefile, QUERY_CONTENT_INSERT, error, sql_text(sha256),
                 sql_integer((int64_t)bytes.length)))
        return false;
    *id = sql_last_id(casefile);
    return insert_chunks(casefile, *id, bytes, error) &&
           content_check(casefile, *id, NULL, error);
}

/* Its hash and length as they are recorded. */
static bool content_about(struct casefile *casefile, int64_t id,
                          char sha256[SHA256_HEX_SIZE], uint64_t *bytes,
                          struct error *error)
{
    struct rows rows =
        sql_rows(casefile, QUERY_CONTENT_GET, error, sql_integer(id));
    bool is_there = rows_next(&rows);
    if (is_there) {
        struct slice hex = rows_slice(&rows, 0);
        memset(sha256, 0, SHA256_HEX_SIZE);
        if (hex.length < SHA256_HEX_SIZE)
            memcpy(sha256, hex.data, hex.length);
        *bytes = (uint64_t)rows_integer(&rows, 1);
    }
    return rows_end(&rows) && (is_there || error_set(error, ERROR_NOT_FOUND,
                                                     "content is missing"));
}

bool content_check(struct casefile *casefile, int64_t id,
                   const struct json_sink *sink, struct error *error)
{
    char wanted[SHA256_HEX_SIZE], found[SHA256_HEX_SIZE];
    uint64_t length, seen = 0, number = 0;
    if (!content_about(casefile, id, wanted, &length, error))
        return false;
    bool is_well = true;
    struct rows rows = sql_rows(casefile, QUERY_CHUNK_LIST, error,
                                sql_integer(chunk_id(id, 0)),
                                sql_integer(chunk_id(id + 1, 0)));
    while (is_well && rows_next(&rows)) {
        struct slice chunk = rows_slice(&rows, 1);
        if (rows_integer(&rows, 0) != chunk_id(id, number++))
            break;
        seen += chunk.length;
        is_well = sha256_add(casefile->hash, chunk, error) &&
                  (sink == NULL || sink->write(sink->context, chunk, error));
    }
    is_well = rows_end(&rows) && is_well;
    /* In any case, so that the next begins anew. */
    is_well = sha256_end(casefile->hash, found, error) && is_well;
    return is_well &&
           ((seen == length && strcmp(wanted, found) == 0) ||
            error_set(error, ERROR_TAMPERED,
                      "the bytes are not what SHA-256 %.12s... says", wanted));
}

/* Fills a buffer whose size is known. */
struct filling {
    char *bytes;
    size_t length;
    size_t capacity;
};

static bool fill(void *context, struct slice bytes, struct error *error)
{
    struct filling *filling = context;
    if (bytes.length > filling->capacity - filling->length)
        return error_set(error, ERROR_TAMPERED, "longer than it should be");
    memcpy(filling->bytes + filling->length, bytes.data, bytes.length);
    filling->length += bytes.length;
    return true;
}

/* A length that was touched must not ask for all memory there is. */
static bool check_length(struct casefile *casefile, int64_t id, uint64_t length,
                         struct error *error)
{
    struct rows rows = sql_rows(casefile, QUERY_CHUNK_COUNT, error,
                                sql_integer(chunk_id(id, 0)),
                                sql_integer(chunk_id(id + 1, 0)));
    uint64_t chunks = rows_next(&rows) ? (uint64_t)rows_integer(&rows, 0) : 0;
    return rows_end(&rows) &&
           (length / CONTENT_CHUNK <= chunks ||
            error_set(error, ERROR_TAMPERED, "bytes are missing"));
}

bool content_read(struct casefile *casefile, int64_t id, struct arena *arena,
                  struct slice *bytes, struct error *error)
{
    char sha256[SHA256_HEX_SIZE];
    uint64_t length;
    struct filling filling = {0};
    struct json_sink sink = {fill, &filling};
    if (!content_about(casefile, id, sha256, &length, error) ||
        !check_length(casefile, id, length, error))
        return false;
    filling.capacity = (size_t)length;
    filling.bytes = arena_take(arena, (size_t)length + 1, 1, error);
    if (filling.bytes == NULL || !content_check(casefile, id, &sink, error))
        return false;
    *bytes = (struct slice){filling.bytes, filling.length};
    return true;
}

bool content_part(struct casefile *casefile, int64_t id, struct span place,
                  struct arena *arena, struct slice *bytes, struct error *error)
{
    size_t wanted = place.end > place.begin ? place.end - place.begin : 0;
    char *copy = arena_take(arena, wanted + 1, 1, error);
    size_t length = 0;
    if (copy == NULL)
        return false;
    struct rows rows =
        sql_rows(casefile, QUERY_CHUNK_LIST, error,
                 sql_integer(chunk_id(id, place.begin / CONTENT_CHUNK)),
                 sql_integer(chunk_id(id, place.end / CONTENT_CHUNK) + 1));
    size_t skip = place.begin % CONTENT_CHUNK;
    while (length < wanted && rows_next(&rows)) {
        struct slice chunk = rows_slice(&rows, 1);
        size_t there = chunk.length > skip ? chunk.length - skip : 0;
        size_t count = there < wanted - length ? there : wanted - length;
        memcpy(copy + length, chunk.data + skip, count);
        length += count;
        skip = 0;
    }
    *bytes = (struct slice){copy, length};
    return rows_end(&rows);
}

bool content_erase(struct casefile *casefile, int64_t id, struct error *error)
{
    if (!sql_run(casefile, QUERY_CONTENT_DELETE, error, sql_integer(id)))
        return false;
    if (sqlite3_changes(casefile->database) == 0)
        return true; /* something else still uses it */
    return sql_run(casefile, QUERY_CHUNK_DELETE, error,
                   sql_integer(chunk_id(id, 0)),
                   sql_integer(chunk_id(id + 1, 0)));
}
