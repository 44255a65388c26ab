/*
 * entries.c - see entries.h.
 */
#include "entries.h"

#include <assert.h>

#include "casefile_parts.h"
#include "checkpoint.h"
#include "key_change.h"
#include "sql.h"

static struct slice bytes_of(const struct digest *digest)
{
    return (struct slice){(const char *)digest->bytes, sizeof digest->bytes};
}

static bool digest_from_row(const struct rows *rows, int column,
                            struct digest *digest)
{
    struct slice bytes = rows_slice(rows, column);
    if (bytes.length != sizeof digest->bytes)
        return false;
    memcpy(digest->bytes, bytes.data, sizeof digest->bytes);
    return true;
}

static bool store_node(void *context, unsigned level, uint64_t index,
                       const struct digest *digest, struct error *error)
{
    return sql_run(context, QUERY_NODE_INSERT, error, sql_integer(level),
                   sql_integer((int64_t)index), sql_blob(bytes_of(digest)));
}

static bool load_node(void *context, unsigned level, uint64_t index,
                      struct digest *digest, struct error *error)
{
    struct rows rows =
        sql_rows(context, QUERY_NODE_GET, error, sql_integer(level),
                 sql_integer((int64_t)index));
    bool is_there = rows_next(&rows) && digest_from_row(&rows, 0, digest);
    if (!rows_end(&rows))
        return false;
    return is_there || error_set(error, ERROR_TAMPERED,
                                 "the ledger's tree lacks node %llu of level "
                                 "%u",
                                 (unsigned long long)index, level);
}

struct merkle_source entry_nodes(struct casefile *casefile)
{
    return (struct merkle_source){load_node, casefile};
}

bool entry_count(struct casefile *casefile, uint64_t *count,
                 struct error *error)
{
    int64_t size;
    bool is_known = sql_number(casefile, QUERY_LEDGER_SIZE, &size, error);
    *count = is_known ? (uint64_t)size : 0;
    return is_known;
}

/* The key in force; zeros where there is none. */
static bool load_key(struct casefile *casefile, struct error *error)
{
    struct rows rows = sql_all_rows(casefile, QUERY_KEY_IN_FORCE, error);
    bool is_there = rows_next(&rows);
    bool is_well = !is_there || digest_from_row(&rows, 0, &casefile->key);
    if (!is_there)
        casefile->key = (struct digest){{0}};
    return rows_end(&rows) &&
           (is_well || error_set(error, ERROR_TAMPERED,
                                 "the fingerprint of the key is none"));
}

bool entries_load(struct casefile *casefile, struct error *error)
{
    uint64_t size;
    struct merkle_source source = entry_nodes(casefile);
    return entry_count(casefile, &size, error) &&
           merkle_load(&source, size, &casefile->frontier, error) &&
           load_key(casefile, error);
}

bool entry_root(struct casefile *casefile, uint64_t *size, struct digest *root,
                struct error *error)
{
    struct merkle_frontier frontier;
    struct merkle_source source = entry_nodes(casefile);
    if (!entry_count(casefile, size, error) ||
        !merkle_load(&source, *size, &frontier, error))
        return false;
    *root = merkle_root(&frontier);
    return true;
}

static bool insert_entry(struct casefile *casefile, uint64_t position,
                         const struct leaf *leaf, const struct digest *salt,
                         struct slice body, struct error *error)
{
    return sql_run(
        casefile, QUERY_LEDGER_INSERT, error, sql_integer((int64_t)position),
        sql_slice(slice_of(leaf->kind)), sql_slice(slice_of(leaf->time)),
        sql_blob(bytes_of(&leaf->key)), sql_blob(bytes_of(&leaf->commitment)),
        sql_blob(bytes_of(salt)), sql_blob(body));
}

/* What was written is what was meant, before it is committed. */
static bool read_back(struct casefile *casefile, uint64_t position,
                      const struct digest *hash, struct error *error)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    struct entry entry;
    bool is_same = false;
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for an entry");
    if (entry_get(casefile, position, arena, &entry, error) &&
        leaf_check_body(&entry.leaf, &entry.salt, entry.body, error)) {
        struct digest stored = leaf_hash(&entry.leaf);
        is_same = digest_equals(&stored, hash) ||
                  error_set(error, ERROR_IO,
                            "entry %llu was not written as it was meant",
                            (unsigned long long)position);
    }
    arena_release(arena);
    return is_same;
}

bool entry_append_bytes(struct casefile *casefile, const char *kind,
                        struct slice body, int64_t *position,
                        struct error *error)
{
    char time[CASEFILE_TIME_SIZE];
    struct leaf leaf;
    struct digest salt = digest_random();
    uint64_t at = casefile->frontier.size;
    struct merkle_sink sink = {store_node, casefile};
    assert(casefile->is_writing);
    casefile_time(time);
    if (!leaf_make(kind, time, &casefile->key, &salt, body, &leaf, error) ||
        !insert_entry(casefile, at, &leaf, &salt, body, error))
        return false;
    struct digest hash = leaf_hash(&leaf);
    if (position != NULL)
        *position = (int64_t)at;
    return merkle_append(&casefile->frontier, &hash, &sink, error) &&
           read_back(casefile, at, &hash, error);
}

bool entry_append(struct casefile *casefile, const char *kind,
                  const json_t *body, int64_t *position, struct error *error)
{
    struct arena *arena = arena_new((size_t)1 << 30);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for an entry");
    const char *text = json_text(body, JSON_SORTED, arena, error);
    bool is_appended =
        text != NULL &&
        entry_append_bytes(casefile, kind, slice_of(text), position, error);
    arena_release(arena);
    return is_appended;
}

bool entry_of_case(struct casefile *casefile, struct error *error)
{
    char origin[NOTE_NAME_SIZE];
    checkpoint_new_origin(origin);
    json_t *body = json_pack("{s:s,s:s}", "madai", "case/1", "origin", origin);
    bool is_appended =
        body != NULL ? entry_append(casefile, ENTRY_CASE, body, NULL, error)
                     : error_set(error, ERROR_LIMIT, "no memory for an entry");
    json_decref(body);
    return is_appended;
}

static bool entry_from_row(struct rows *rows, struct arena *arena,
                           struct entry *entry)
{
    struct slice kind = rows_slice(rows, 1), time = rows_slice(rows, 2);
    *entry = (struct entry){.position = (uint64_t)rows_integer(rows, 0)};
    entry->is_erased = rows_is_null(rows, 5) && rows_is_null(rows, 6);
    if (kind.length >= sizeof entry->leaf.kind ||
        time.length >= sizeof entry->leaf.time ||
        !digest_from_row(rows, 3, &entry->leaf.key) ||
        !digest_from_row(rows, 4, &entry->leaf.commitment) ||
        (!entry->is_erased && !digest_from_row(rows, 5, &entry->salt)))
        return false;
    memcpy(entry->leaf.kind, kind.data, kind.length);
    memcpy(entry->leaf.time, time.data, time.length);
    entry->body.length = rows_slice(rows, 6).length;
    entry->body.data = entry->is_erased ? "" : rows_string(rows, 6, arena);
    return true;
}

bool entry_get(struct casefile *casefile, uint64_t position,
               struct arena *arena, struct entry *entry, struct error *error)
{
    struct rows rows = sql_rows(casefile, QUERY_LEDGER_ENTRY, error,
                                sql_integer((int64_t)position));
    bool is_there = rows_next(&rows);
    bool is_entry = is_there && entry_from_row(&rows, arena, entry);
    if (!rows_end(&rows))
        return false;
    if (!is_there)
        return error_set(error, ERROR_NOT_FOUND, "there is no entry %llu",
                         (unsigned long long)position);
    return is_entry || error_set(error, ERROR_TAMPERED, "entry %llu is none",
                                 (unsigned long long)position);
}

bool entry_origin(struct casefile *casefile, char origin[NOTE_NAME_SIZE],
                  struct error *error)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    struct entry entry;
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for an entry");
    json_t *body = entry_get(casefile, 0, arena, &entry, error)
                       ? json_read(entry.body, error)
                       : NULL;
    const char *name = json_string_value(json_object_get(body, "origin"));
    bool is_there = name != NULL && strlen(name) < NOTE_NAME_SIZE;
    if (is_there)
        memcpy(origin, name, strlen(name) + 1);
    else if (body != NULL)
        error_set(error, ERROR_TAMPERED, "entry 0 names no origin");
    json_decref(body);
    arena_release(arena);
    return is_there;
}

bool entry_key_in_force(struct casefile *casefile, struct arena *arena,
                        char **sealed, struct error *error)
{
    struct rows rows = sql_all_rows(casefile, QUERY_KEY_IN_FORCE, error);
    *sealed = rows_next(&rows) ? rows_string(&rows, 2, arena) : NULL;
    return rows_end(&rows);
}

bool entry_key_change(struct casefile *casefile,
                      const struct signing_key *before,
                      const struct signing_key *after, const char *sealed,
                      struct arena *arena, struct error *error)
{
    struct slice body;
    char public[NOTE_KEY_TEXT_SIZE];
    int64_t position;
    struct digest fingerprint = note_key_fingerprint(&after->key);
    note_key_write(&after->key, public);
    if (!key_change_write(arena, before, after, &body, error) ||
        !entry_append_bytes(casefile, LEAF_KIND_KEY, body, &position, error) ||
        !sql_run(casefile, QUERY_KEY_INSERT, error, sql_integer(position),
                 sql_blob(bytes_of(&fingerprint)), sql_text(public),
                 sql_text(sealed)))
        return false;
    casefile->key = fingerprint;
    return true;
}

bool entry_checkpoint(struct casefile *casefile, const struct signing_key *key,
                      struct arena *arena, struct slice *note,
                      struct error *error)
{
    struct digest root = merkle_root(&casefile->frontier);
    return checkpoint_sign(arena, casefile->frontier.size, &root, key, note,
                           error) &&
           sql_run(casefile, QUERY_CHECKPOINT_INSERT, error,
                   sql_integer((int64_t)casefile->frontier.size),
                   sql_slice(*note));
}
