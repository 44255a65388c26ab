/*
 * documents.c - see documents.h.
 */
#include "documents.h"

#include "contents.h"
#include "entries.h"
#include "sql.h"

const char *const document_fact_names[DOCUMENT_FACTS] = {
    "name",        "date",        "source",        "url",       "note",
    "obtained_by", "obtained_at", "obtained_from", "shard_root"};

void document_facts_list(const struct document_facts *facts,
                         const char *values[DOCUMENT_FACTS])
{
    const char *list[DOCUMENT_FACTS] = {
        facts->name,        facts->date,          facts->source,
        facts->url,         facts->note,          facts->obtained_by,
        facts->obtained_at, facts->obtained_from, facts->shard_root};
    memcpy(values, list, sizeof list);
}

json_t *document_body(const struct case_document *document, struct error *error)
{
    const char *values[DOCUMENT_FACTS];
    json_t *body = json_make(error, "{s:s,s:s,s:I,s:s,s:[s]}", "madai",
                             "document/1", "sha256", document->sha256, "bytes",
                             (json_int_t)document->bytes, "held",
                             document->content != 0 ? "here" : "elsewhere",
                             "holds", document->sha256);
    document_facts_list(&document->facts, values);
    if (body == NULL || json_put_words(body, document_fact_names, values,
                                       DOCUMENT_FACTS, error))
        return body;
    json_decref(body);
    return NULL;
}

json_t *text_body(const struct case_document *document,
                  const struct case_text *text, struct error *error)
{
    if (text->map != 0)
        return json_make(
            error, "{s:s,s:s,s:s,s:I,s:I,s:s,s:s,s:[s,s]}", "madai", "text/1",
            "document", document->sha256, "sha256", text->sha256, "bytes",
            (json_int_t)text->bytes, "version", (json_int_t)text->version,
            "method", text->method, "map", text->map_sha256, "holds",
            text->sha256, text->map_sha256);
    return json_make(error, "{s:s,s:s,s:s,s:I,s:I,s:s,s:[s]}", "madai",
                     "text/1", "document", document->sha256, "sha256",
                     text->sha256, "bytes", (json_int_t)text->bytes, "version",
                     (json_int_t)text->version, "method", text->method, "holds",
                     text->sha256);
}

static bool append(struct casefile *casefile, const char *kind, json_t *body,
                   int64_t *entry, struct error *error)
{
    bool is_appended =
        body != NULL && entry_append(casefile, kind, body, entry, error);
    json_decref(body);
    return is_appended;
}

static bool insert_document(struct casefile *casefile,
                            struct case_document *document, struct error *error)
{
    const struct document_facts *facts = &document->facts;
    if (!append(casefile, ENTRY_DOCUMENT, document_body(document, error),
                &document->entry, error) ||
        !sql_run(casefile, QUERY_DOCUMENT_INSERT, error,
                 sql_integer(document->entry), sql_text(document->sha256),
                 sql_integer((int64_t)document->bytes),
                 document->content != 0 ? sql_integer(document->content)
                                        : sql_null(),
                 sql_slice(slice_of(facts->name)), sql_text(facts->date),
                 sql_text(facts->source), sql_text(facts->url),
                 sql_text(facts->note), sql_text(facts->obtained_by),
                 sql_text(facts->obtained_at), sql_text(facts->obtained_from),
                 sql_text(facts->shard_root)))
        return false;
    document->id = sql_last_id(casefile);
    return true;
}

/* Both kinds of adding; `original` is NULL for one that is elsewhere. */
static bool add(struct casefile *casefile, const struct slice *original,
                const char *sha256, uint64_t bytes,
                const struct document_facts *facts, int64_t *id,
                struct error *error)
{
    struct case_document document = {.bytes = bytes, .facts = *facts};
    bool is_there;
    if (!document_is_known(casefile, sha256, &is_there, error))
        return false;
    if (is_there)
        return error_set(error, ERROR_USAGE, "is in the case already");
    memcpy(document.sha256, sha256, SHA256_HEX_SIZE);
    if ((original != NULL && !content_keep(casefile, *original, sha256,
                                           &document.content, error)) ||
        !insert_document(casefile, &document, error))
        return false;
    *id = document.id;
    return true;
}

bool document_add(struct casefile *casefile, struct slice original,
                  const char *sha256, const struct document_facts *facts,
                  int64_t *id, struct error *error)
{
    return add(casefile, &original, sha256, original.length, facts, id, error);
}

bool document_add_elsewhere(struct casefile *casefile, const char *sha256,
                            uint64_t bytes, const struct document_facts *facts,
                            int64_t *id, struct error *error)
{
    return add(casefile, NULL, sha256, bytes, facts, id, error);
}

/* Whether the text that stands is this one, with this map. */
static bool is_same_text(const struct case_text *before,
                         const struct case_text *made)
{
    return before->id != 0 && strcmp(before->sha256, made->sha256) == 0 &&
           strcmp(before->map_sha256, made->map_sha256) == 0;
}

static bool keep_map(struct casefile *casefile, struct slice map,
                     struct case_text *made, struct error *error)
{
    return map.length == 0 ||
           content_keep(casefile, map, made->map_sha256, &made->map, error);
}

/* `map` empty: none. */
static bool add_text(struct casefile *casefile, int64_t document,
                     struct slice text, struct slice map, const char *method,
                     int64_t *id, struct error *error)
{
    struct case_text before,
        made = {.bytes = text.length, .map_bytes = map.length};
    struct arena *arena = arena_new((size_t)1 << 24);
    struct case_document about;
    bool is_added = false;
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for a text");
    snprintf(made.method, sizeof made.method, "%s", method);
    if (!sha256_hex(text, made.sha256, error) ||
        (map.length > 0 && !sha256_hex(map, made.map_sha256, error)) ||
        !document_text(casefile, document, &before, error) ||
        !document_get(casefile, document, arena, &about, error))
        goto done;
    is_added = is_same_text(&before, &made);
    *id = before.id;
    made.version = before.version + 1;
    if (is_added ||
        !content_keep(casefile, text, made.sha256, &made.content, error) ||
        !keep_map(casefile, map, &made, error) ||
        !append(casefile, ENTRY_TEXT, text_body(&about, &made, error),
                &made.entry, error))
        goto done;
    is_added =
        sql_run(casefile, QUERY_TEXT_INSERT, error, sql_integer(made.entry),
                sql_integer(document), sql_integer(made.version),
                sql_integer(made.content), sql_text(made.method),
                made.map != 0 ? sql_integer(made.map) : sql_null());
    *id = sql_last_id(casefile);
done:
    arena_release(arena);
    return is_added;
}

bool document_add_text(struct casefile *casefile, int64_t document,
                       struct slice text, const char *method, int64_t *id,
                       struct error *error)
{
    return add_text(casefile, document, text, (struct slice){"", 0}, method, id,
                    error);
}

bool document_add_mapped_text(struct casefile *casefile, int64_t document,
                              struct slice text, struct slice map,
                              const char *method, int64_t *id,
                              struct error *error)
{
    return add_text(casefile, document, text, map, method, id, error);
}

bool document_is_known(struct casefile *casefile, const char *sha256,
                       bool *is_there, struct error *error)
{
    struct rows rows =
        sql_rows(casefile, QUERY_DOCUMENT_BY_HASH, error, sql_text(sha256));
    *is_there = rows_next(&rows);
    return rows_end(&rows);
}

static void hex_from_row(const struct rows *rows, int column,
                         char hex[SHA256_HEX_SIZE])
{
    struct slice text = rows_slice(rows, column);
    memset(hex, 0, SHA256_HEX_SIZE);
    if (text.length < SHA256_HEX_SIZE)
        memcpy(hex, text.data, text.length);
}

static void document_from_row(struct rows *rows, struct arena *arena,
                              struct case_document *document)
{
    enum { FIRST_FACT = 5 };
    struct document_facts *facts = &document->facts;
    const char **values[DOCUMENT_FACTS] = {
        &facts->name,        &facts->date,          &facts->source,
        &facts->url,         &facts->note,          &facts->obtained_by,
        &facts->obtained_at, &facts->obtained_from, &facts->shard_root};
    document->id = rows_integer(rows, 0);
    document->entry = rows_integer(rows, 1);
    hex_from_row(rows, 2, document->sha256);
    document->bytes = (uint64_t)rows_integer(rows, 3);
    document->content = rows_integer(rows, 4);
    for (int i = 0; i < DOCUMENT_FACTS; i++)
        *values[i] = rows_string(rows, FIRST_FACT + i, arena);
    if (facts->name == NULL)
        facts->name = "";
}

/* The only row; `count` says whether there were none, one, or more. */
static bool one_document(struct rows rows, struct arena *arena,
                         struct case_document *document, int *count)
{
    *count = 0;
    while (rows_next(&rows))
        if ((*count)++ == 0)
            document_from_row(&rows, arena, document);
    return rows_end(&rows);
}

bool document_by_hash(struct casefile *casefile, const char *sha256,
                      struct arena *arena, struct case_document *document,
                      struct error *error)
{
    int count;
    return one_document(sql_rows(casefile, QUERY_DOCUMENT_BY_HASH, error,
                                 sql_text(sha256)),
                        arena, document, &count) &&
           (count == 1 ||
            error_set(error, ERROR_NOT_FOUND,
                      "there is no document with SHA-256 '%.64s'", sha256));
}

static bool is_hex(const char *word)
{
    return strspn(word, "0123456789abcdef") == strlen(word);
}

bool document_find(struct casefile *casefile, const char *word,
                   struct arena *arena, struct case_document *document,
                   struct error *error)
{
    int count;
    if (!one_document(sql_rows(casefile, QUERY_DOCUMENT_BY_NAME, error,
                               sql_slice(slice_of(word))),
                      arena, document, &count))
        return false;
    if (count == 0 && strlen(word) >= 4 && is_hex(word) &&
        !one_document(
            sql_rows(casefile, QUERY_DOCUMENT_BY_PREFIX, error, sql_text(word)),
            arena, document, &count))
        return false;
    if (count > 1)
        return error_set(error, ERROR_USAGE,
                         "'%.100s' could be several documents; name one by "
                         "more of its SHA-256",
                         word);
    return count == 1 || error_set(error, ERROR_NOT_FOUND,
                                   "there is no document '%.100s'", word);
}

bool document_get(struct casefile *casefile, int64_t id, struct arena *arena,
                  struct case_document *document, struct error *error)
{
    int count;
    return one_document(
               sql_rows(casefile, QUERY_DOCUMENT_BY_ID, error, sql_integer(id)),
               arena, document, &count) &&
           (count == 1 ||
            error_set(error, ERROR_NOT_FOUND, "a document is missing"));
}

bool document_after(struct casefile *casefile, int64_t id, struct arena *arena,
                    struct case_document *document, bool *is_there,
                    struct error *error)
{
    int count;
    bool is_well = one_document(
        sql_rows(casefile, QUERY_DOCUMENT_AFTER, error, sql_integer(id)), arena,
        document, &count);
    *is_there = is_well && count == 1;
    return is_well;
}

bool document_by_entry(struct casefile *casefile, int64_t entry,
                       struct arena *arena, struct case_document *document,
                       bool *is_there, struct error *error)
{
    int count;
    bool is_well = one_document(
        sql_rows(casefile, QUERY_DOCUMENT_BY_ENTRY, error, sql_integer(entry)),
        arena, document, &count);
    *is_there = is_well && count == 1;
    return is_well;
}

bool document_count(struct casefile *casefile, uint64_t *count,
                    struct error *error)
{
    int64_t number;
    bool is_known = sql_number(casefile, QUERY_DOCUMENT_COUNT, &number, error);
    *count = (uint64_t)number;
    return is_known;
}

static void text_from_row(const struct rows *rows, struct case_text *text)
{
    struct slice method = rows_slice(rows, 5);
    text->id = rows_integer(rows, 0);
    text->version = rows_integer(rows, 1);
    text->content = rows_integer(rows, 2);
    hex_from_row(rows, 3, text->sha256);
    text->bytes = (uint64_t)rows_integer(rows, 4);
    text->entry = rows_integer(rows, 6);
    text->map = rows_integer(rows, 8);
    if (text->map != 0) {
        hex_from_row(rows, 9, text->map_sha256);
        text->map_bytes = (uint64_t)rows_integer(rows, 10);
    }
    snprintf(text->method, sizeof text->method, "%.*s", (int)method.length,
             method.data);
}

bool document_text(struct casefile *casefile, int64_t document,
                   struct case_text *text, struct error *error)
{
    *text = (struct case_text){0};
    struct rows rows =
        sql_rows(casefile, QUERY_TEXT_LAST, error, sql_integer(document));
    if (rows_next(&rows))
        text_from_row(&rows, text);
    return rows_end(&rows);
}

bool text_get(struct casefile *casefile, int64_t id, struct case_text *text,
              struct error *error)
{
    *text = (struct case_text){0};
    struct rows rows =
        sql_rows(casefile, QUERY_TEXT_BY_ID, error, sql_integer(id));
    if (rows_next(&rows))
        text_from_row(&rows, text);
    return rows_end(&rows) &&
           (text->id != 0 ||
            error_set(error, ERROR_NOT_FOUND, "a text is missing"));
}

bool text_by_entry(struct casefile *casefile, int64_t entry,
                   struct case_text *text, int64_t *document,
                   struct error *error)
{
    *text = (struct case_text){0};
    struct rows rows =
        sql_rows(casefile, QUERY_TEXT_BY_ENTRY, error, sql_integer(entry));
    if (rows_next(&rows)) {
        text_from_row(&rows, text);
        *document = rows_integer(&rows, 7);
    }
    return rows_end(&rows);
}

bool document_each_hash(struct casefile *casefile,
                        bool (*each)(void *, struct slice), void *context,
                        struct error *error)
{
    struct rows rows = sql_all_rows(casefile, QUERY_DOCUMENT_HASHES, error);
    bool goes_on = true;
    while (goes_on && rows_next(&rows))
        goes_on = each(context, rows_slice(&rows, 0));
    return rows_end(&rows) &&
           (goes_on || error_set(error, ERROR_LIMIT, "no memory for hashes"));
}
