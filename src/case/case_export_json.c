/*
 * case_export_json.c - readings.jsonl, case.json and reviews.jsonl: a case for
 * programs. case.json is what the documents say together (case_link.h).
 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "case_export.h"
#include "case_link.h"
#include "contents.h"
#include "documents.h"
#include "findings.h"
#include "reading_store.h"
#include "reviews.h"
#include "standing.h"

struct json_export {
    struct casefile *casefile;
    FILE *readings;
    FILE *reviews;
    json_t *names;            /* of documents */
    struct arena *arena;      /* of one document */
    struct findings findings; /* of that one */
    struct error *error;
};

static bool write_file(void *context, struct slice bytes, struct error *error)
{
    if (fwrite(bytes.data, 1, bytes.length, context) == bytes.length)
        return true;
    return error_errno(error, errno, "cannot write");
}

static bool write_line(FILE *file, const json_t *value, struct error *error)
{
    struct json_sink sink = {write_file, file};
    return json_write(value, sink, error) &&
           write_file(file, slice_of("\n"), error);
}

static bool write_review(struct json_export *export,
                         const struct review *review, bool is_undone)
{
    struct case_document document;
    if (!document_get(export->casefile, review->document, export->arena,
                      &document, export->error))
        return false;
    json_t *line = review_body(review, document.sha256, export->error);
    bool is_written =
        line != NULL &&
        json_object_set_new(line, "undone", json_boolean(is_undone)) == 0 &&
        write_line(export->reviews, line, export->error);
    json_decref(line);
    return is_written;
}

static bool take_reviews(struct json_export *export)
{
    struct review review = {0};
    bool is_there = true;
    for (;;) {
        bool is_undone;
        arena_reset(export->arena);
        if (!review_after(export->casefile, review.id, export->arena, &review,
                          &is_there, export->error))
            return false;
        if (!is_there)
            return true;
        if (!review_is_undone(export->casefile, &review, &is_undone,
                              export->error) ||
            !write_review(export, &review, is_undone))
            return false;
    }
}

/* Each finding's passage is held against its hash before anything is told of
 * it. */
static bool check_finding(struct json_export *export,
                          const struct finding *finding, struct slice text)
{
    char sha256[SHA256_HEX_SIZE];
    struct span span = finding->span;
    if (span.begin > span.end || span.end > text.length)
        return error_set(export->error, ERROR_TAMPERED,
                         "%s: its passage lies outside the text", finding->key);
    if (!sha256_hex(slice_at(text, span), sha256, export->error))
        return false;
    return strcmp(sha256, finding->quote_sha256) == 0 ||
           error_set(export->error, ERROR_TAMPERED,
                     "%s: its passage is not what it was", finding->key);
}

static bool add_reading(struct json_export *export,
                        const struct case_document *document,
                        const struct case_reading *reading)
{
    struct case_text about;
    struct slice text;
    if (!text_get(export->casefile, reading->text, &about, export->error) ||
        !content_read(export->casefile, about.content, export->arena, &text,
                      export->error) ||
        !findings_of_document(export->casefile, document->id, export->arena,
                              &export->findings, export->error))
        return false;
    json_t *json = json_read(reading->body, export->error);
    bool is_well = json != NULL;
    for (size_t i = 0; i < export->findings.count && is_well; i++)
        is_well = check_finding(export, &export->findings.items[i], text);
    if (is_well && json_object_set_new(json_object_get(json, "document"), "id",
                                       json_string(case_document_name(
                                           export->names, document->id))) != 0)
        is_well = error_set(export->error, ERROR_LIMIT, "out of memory");
    /* A text that is no UTF-8 has no place in JSON; its places stand. */
    json_t *string = is_well ? json_stringn(text.data, text.length) : NULL;
    if (string != NULL && json_object_set_new(json, "text", string) != 0)
        is_well = error_set(export->error, ERROR_LIMIT, "out of memory");
    is_well = is_well && write_line(export->readings, json, export->error);
    json_decref(json);
    return is_well;
}

static bool add_documents(struct json_export *export)
{
    struct case_document document = {0};
    struct case_reading reading;
    bool is_there = true;
    for (;;) {
        arena_reset(export->arena);
        if (!document_after(export->casefile, document.id, export->arena,
                            &document, &is_there, export->error))
            return false;
        if (!is_there)
            return true;
        if (!reading_get(export->casefile, document.id, export->arena, &reading,
                         export->error) ||
            (reading.text != 0 && !add_reading(export, &document, &reading)))
            return error_prefix(export->error, "%.100s", document.facts.name);
    }
}

static bool write_case(struct json_export *export, FILE *file)
{
    struct link *link = NULL;
    const struct link_result *result;
    if (!case_link(export->casefile, &link, &result, export->error))
        return false;
    json_t *whole = link_json(result, export->error);
    bool is_written = whole != NULL && write_line(file, whole, export->error);
    json_decref(whole);
    link_release(link);
    return is_written;
}

static FILE *create(const char *folder, const char *name, struct error *error)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wxe");
    if (file == NULL)
        error_errno(error, errno, name);
    return file;
}

static bool finish(FILE *file, struct error *error)
{
    if (file == NULL)
        return false;
    bool is_well =
        fflush(file) == 0 || error_errno(error, errno, "cannot write");
    return fclose(file) == 0 && is_well;
}

static bool write_all(struct json_export *export, const char *folder)
{
    FILE *file = create(folder, "case.json", export->error);
    export->readings = create(folder, "readings.jsonl", export->error);
    export->reviews = create(folder, "reviews.jsonl", export->error);
    bool is_well = file != NULL && export->readings != NULL &&
                   export->reviews != NULL && take_reviews(export) &&
                   add_documents(export) && write_case(export, file);
    is_well = finish(export->readings, export->error) && is_well;
    is_well = finish(export->reviews, export->error) && is_well;
    return finish(file, export->error) && is_well;
}

bool case_export_json(struct casefile *casefile, const char *folder,
                      struct error *error)
{
    struct json_export export = {.casefile = casefile,
                                 .arena = arena_new((size_t)8 << 30),
                                 .error = error};
    bool is_done = false;
    if (export.arena == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    else if (mkdir(folder, 0777) != 0)
        errno == EEXIST
            ? error_set(error, ERROR_USAGE, "%.150s is there already", folder)
            : error_errno(error, errno, "cannot make the folder");
    else if (casefile_begin_read(casefile, error)) {
        export.names = case_document_names(casefile, error);
        is_done = export.names != NULL && write_all(&export, folder);
        casefile_rollback(casefile);
    }
    json_decref(export.names);
    arena_release(export.arena);
    return is_done;
}
