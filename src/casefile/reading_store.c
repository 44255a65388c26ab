/*
 * reading_store.c - see reading_store.h.
 */
#include "reading_store.h"

#include "contents.h"
#include "documents.h"
#include "entries.h"
#include "findings.h"
#include "passages.h"
#include "reviews.h"
#include "sql.h"

/* What one document's findings may take while they are made. */
#define READING_CEILING ((size_t)8 << 30)

struct keeping {
    struct casefile *casefile;
    int64_t document;
    int64_t text_id;
    struct slice text;
    struct case_document about;
    struct case_text version;
    struct case_reading reading;
    json_t *json;
    struct arena *arena;
    struct error *error;
};

json_t *reading_body(const char *document_sha256, const char *text_sha256,
                     const struct case_reading *reading, struct error *error)
{
    return json_make(error, "{s:s,s:s,s:s,s:s,s:s}", "madai", "reading/1",
                     "document", document_sha256, "text", text_sha256, "reader",
                     reading->reader, "sha256", reading->sha256);
}

static bool store_row(struct keeping *keeping)
{
    struct case_reading *reading = &keeping->reading;
    const char *date = json_string_value(
        json_object_get(json_object_get(keeping->json, "document"), "date"));
    json_t *body = reading_body(keeping->about.sha256, keeping->version.sha256,
                                reading, keeping->error);
    bool is_stored =
        body != NULL && entry_append(keeping->casefile, ENTRY_READING, body,
                                     &reading->entry, keeping->error);
    json_decref(body);
    return is_stored &&
           sql_run(keeping->casefile, QUERY_READING_INSERT, keeping->error,
                   sql_integer(keeping->document), sql_integer(reading->entry),
                   sql_integer(keeping->text_id), sql_text(reading->reader),
                   sql_text(date), sql_text(reading->sha256),
                   sql_blob(reading->body));
}

/* Each finding learns in which passage it begins. */
static bool store_findings(struct keeping *keeping)
{
    struct findings findings;
    struct passages passages;
    if (!findings_of_reading(keeping->json, keeping->about.sha256,
                             keeping->text, keeping->arena, &findings,
                             keeping->error) ||
        !passages_cut(keeping->json, keeping->text, keeping->arena, &passages,
                      keeping->error) ||
        !passages_insert(keeping->casefile, keeping->document, keeping->text,
                         &passages, keeping->error))
        return false;
    for (size_t i = 0; i < findings.count; i++) {
        struct finding *finding = &findings.items[i];
        finding->document = keeping->document;
        finding->passage = passages_at(&passages, finding->span.begin);
    }
    return findings_insert(keeping->casefile, &findings, keeping->error);
}

/* What was written is what was meant, before it is committed. */
static bool read_back(struct keeping *keeping)
{
    struct case_reading stored;
    return reading_get(keeping->casefile, keeping->document, keeping->arena,
                       &stored, keeping->error);
}

static bool keep(struct keeping *keeping)
{
    return document_get(keeping->casefile, keeping->document, keeping->arena,
                        &keeping->about, keeping->error) &&
           text_get(keeping->casefile, keeping->text_id, &keeping->version,
                    keeping->error) &&
           sha256_hex(keeping->reading.body, keeping->reading.sha256,
                      keeping->error) &&
           reading_forget(keeping->casefile, keeping->document,
                          keeping->error) &&
           store_row(keeping) && store_findings(keeping) &&
           read_back(keeping) &&
           reviews_carry_over(keeping->casefile, keeping->document,
                              keeping->text, keeping->error);
}

bool reading_keep(struct casefile *casefile, int64_t document, int64_t text_id,
                  struct slice text, const char *reader, struct slice json,
                  struct error *error)
{
    struct keeping keeping = {
        .casefile = casefile,
        .document = document,
        .text_id = text_id,
        .text = text,
        .reading = {.reader = reader, .body = json},
        .arena = arena_new(READING_CEILING),
        .error = error,
    };
    bool is_kept = false;
    if (keeping.arena == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    else if ((keeping.json = json_read(json, error)) != NULL)
        is_kept = keep(&keeping);
    json_decref(keeping.json);
    arena_release(keeping.arena);
    return is_kept;
}

bool reading_get(struct casefile *casefile, int64_t document,
                 struct arena *arena, struct case_reading *reading,
                 struct error *error)
{
    char sha256[SHA256_HEX_SIZE];
    *reading = (struct case_reading){0};
    struct rows rows = sql_rows(casefile, QUERY_READING_OF_DOCUMENT, error,
                                sql_integer(document));
    if (rows_next(&rows)) {
        struct slice hex = rows_slice(&rows, 3);
        reading->entry = rows_integer(&rows, 0);
        reading->text = rows_integer(&rows, 1);
        reading->reader = rows_string(&rows, 2, arena);
        snprintf(reading->sha256, sizeof reading->sha256, "%.*s",
                 (int)hex.length, hex.data);
        reading->body.length = rows_slice(&rows, 4).length;
        reading->body.data = rows_string(&rows, 4, arena);
    }
    if (!rows_end(&rows))
        return false;
    if (reading->text == 0)
        return true;
    return sha256_hex(reading->body, sha256, error) &&
           (strcmp(sha256, reading->sha256) == 0 ||
            error_set(error, ERROR_TAMPERED,
                      "the reading is not what its hash says"));
}

bool reading_text(struct casefile *casefile, int64_t document,
                  struct arena *arena, bool *is_read, struct slice *text,
                  struct error *error)
{
    int64_t id = 0;
    struct case_text version;
    *text = (struct slice){"", 0};
    struct rows rows =
        sql_rows(casefile, QUERY_READING_ABOUT, error, sql_integer(document));
    *is_read = rows_next(&rows);
    if (*is_read)
        id = rows_integer(&rows, 1);
    return rows_end(&rows) &&
           (!*is_read ||
            (text_get(casefile, id, &version, error) &&
             content_read(casefile, version.content, arena, text, error)));
}

bool reading_forget(struct casefile *casefile, int64_t document,
                    struct error *error)
{
    struct arena *arena = arena_new((size_t)8 << 30);
    struct slice text;
    bool is_read;
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_well =
        reading_text(casefile, document, arena, &is_read, &text, error) &&
        (!is_read || (findings_delete(casefile, document, error) &&
                      passages_delete(casefile, document, text, error) &&
                      sql_run(casefile, QUERY_READING_DELETE, error,
                              sql_integer(document))));
    arena_release(arena);
    return is_well;
}

/* What the keeping says of a document that has a reading already. */
static bool load(struct keeping *keeping)
{
    return document_get(keeping->casefile, keeping->document, keeping->arena,
                        &keeping->about, keeping->error) &&
           reading_get(keeping->casefile, keeping->document, keeping->arena,
                       &keeping->reading, keeping->error) &&
           text_get(keeping->casefile, keeping->reading.text, &keeping->version,
                    keeping->error) &&
           content_read(keeping->casefile, keeping->version.content,
                        keeping->arena, &keeping->text, keeping->error) &&
           (keeping->json = json_read(keeping->reading.body, keeping->error)) !=
               NULL;
}

static bool forget_findings(struct keeping *keeping)
{
    return findings_delete(keeping->casefile, keeping->document,
                           keeping->error) &&
           passages_delete(keeping->casefile, keeping->document, keeping->text,
                           keeping->error);
}

/* Findings from the reading that stands; `is_over`: there are some yet. */
static bool derive(struct casefile *casefile, int64_t document, bool is_over,
                   struct error *error)
{
    struct keeping keeping = {.casefile = casefile,
                              .document = document,
                              .arena = arena_new(READING_CEILING),
                              .error = error};
    bool is_derived = false;
    if (keeping.arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    if (load(&keeping))
        is_derived =
            (!is_over || forget_findings(&keeping)) &&
            store_findings(&keeping) &&
            reviews_carry_over(casefile, document, keeping.text, error);
    json_decref(keeping.json);
    arena_release(keeping.arena);
    return is_derived;
}

bool reading_settle(struct casefile *casefile, int64_t document,
                    struct error *error)
{
    return derive(casefile, document, true, error);
}

bool reading_derive(struct casefile *casefile, int64_t document,
                    struct error *error)
{
    return derive(casefile, document, false, error);
}
