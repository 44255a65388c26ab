/*
 * erase.c - see erase.h.
 */
#include "erase.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "casefile_parts.h"
#include "contents.h"
#include "documents.h"
#include "entries.h"
#include "reading_store.h"
#include "reviews.h"
#include "search_index.h"
#include "sql.h"

struct erasing {
    struct casefile *casefile;
    json_t *positions;   /* of entries that lose their body */
    struct arena *arena; /* of one document */
    struct error *error;
};

static bool forget_entry(struct erasing *erasing, int64_t position)
{
    return sql_run(erasing->casefile, QUERY_LEDGER_ERASE, erasing->error,
                   sql_integer(position)) &&
           (json_array_append_new(erasing->positions, json_integer(position)) ==
                0 ||
            error_set(erasing->error, ERROR_LIMIT, "out of memory"));
}

/* Older readings have no row any more, but their entries name the document. */
static bool forget_entries_about(struct erasing *erasing, const char *sha256)
{
    uint64_t count;
    bool is_well = entry_count(erasing->casefile, &count, erasing->error);
    struct arena *arena = arena_new((size_t)1 << 30);
    if (arena == NULL)
        return error_set(erasing->error, ERROR_LIMIT, "out of memory");
    for (uint64_t i = 0; is_well && i < count; i++) {
        struct entry entry;
        arena_reset(arena);
        is_well =
            entry_get(erasing->casefile, i, arena, &entry, erasing->error);
        if (is_well && !entry.is_erased && entry.body.length > 0 &&
            memmem(entry.body.data, entry.body.length, sha256,
                   strlen(sha256)) != NULL)
            is_well = forget_entry(erasing, (int64_t)i);
    }
    arena_release(arena);
    return is_well;
}

static bool forget_texts(struct erasing *erasing,
                         const struct case_document *document)
{
    LIST(int64_t) contents = {0};
    bool is_well = true;
    struct rows rows = sql_rows(erasing->casefile, QUERY_TEXT_OF_DOCUMENT,
                                erasing->error, sql_integer(document->id));
    while (is_well && rows_next(&rows))
        is_well = list_push(erasing->arena, &contents, rows_integer(&rows, 2),
                            erasing->error) &&
                  (rows_integer(&rows, 7) == 0 ||
                   list_push(erasing->arena, &contents, rows_integer(&rows, 7),
                             erasing->error));
    if (!rows_end(&rows) || !is_well ||
        !sql_run(erasing->casefile, QUERY_TEXT_DELETE, erasing->error,
                 sql_integer(document->id)) ||
        !sql_run(erasing->casefile, QUERY_DOCUMENT_DELETE, erasing->error,
                 sql_integer(document->id)))
        return false;
    for (size_t i = 0; i < contents.count && is_well; i++)
        is_well =
            content_erase(erasing->casefile, contents.items[i], erasing->error);
    return is_well && (document->content == 0 ||
                       content_erase(erasing->casefile, document->content,
                                     erasing->error));
}

/* A merge or split of another document that names a finding of this one says
 * something of it: it goes too. */
static bool forget_reviews(struct erasing *erasing,
                           const struct case_document *document,
                           const struct findings *findings)
{
    struct review review = {0};
    bool is_there = true;
    for (;;) {
        bool goes;
        if (!review_after(erasing->casefile, review.id, erasing->arena, &review,
                          &is_there, erasing->error))
            return false;
        if (!is_there)
            return true;
        goes = review.document == document->id;
        for (size_t i = 0; i < findings->count && !goes; i++)
            goes = review.fields != NULL &&
                   strstr(review.fields, findings->items[i].key) != NULL;
        if (goes && (!forget_entry(erasing, review.entry) ||
                     !sql_run(erasing->casefile, QUERY_REVIEW_DELETE,
                              erasing->error, sql_integer(review.id))))
            return false;
    }
}

static bool erase_document(struct erasing *erasing, int64_t id)
{
    struct case_document document;
    struct findings findings;
    arena_reset(erasing->arena);
    return document_get(erasing->casefile, id, erasing->arena, &document,
                        erasing->error) &&
           findings_of_document(erasing->casefile, id, erasing->arena,
                                &findings, erasing->error) &&
           forget_reviews(erasing, &document, &findings) &&
           reading_forget(erasing->casefile, id, erasing->error) &&
           forget_texts(erasing, &document) &&
           forget_entries_about(erasing, document.sha256);
}

static bool append_erasure(struct erasing *erasing, size_t count,
                           const char *reviewer, const char *why)
{
    json_t *body =
        json_pack("{s:s,s:I,s:O,s:s,s:s*}", "madai", "erase/1", "documents",
                  (json_int_t)count, "entries", erasing->positions, "reviewer",
                  reviewer, "why", why);
    bool is_appended = body != NULL
                           ? entry_append(erasing->casefile, ENTRY_ERASE, body,
                                          NULL, erasing->error)
                           : error_set(erasing->error, ERROR_USAGE,
                                       "a reason that is no UTF-8");
    json_decref(body);
    return is_appended;
}

static bool erase_all(struct erasing *erasing, const int64_t *documents,
                      size_t count, const char *reviewer, const char *why)
{
    for (size_t i = 0; i < count; i++)
        if (!erase_document(erasing, documents[i]))
            return false;
    return search_index_anew(erasing->casefile, erasing->error) &&
           append_erasure(erasing, count, reviewer, why);
}

/* Even free room within pages. SQLite attaches a second file for it. */
static bool write_anew(struct casefile *casefile, struct error *error)
{
    sqlite3_limit(casefile->database, SQLITE_LIMIT_ATTACHED, 1);
    bool is_written = sql_do(casefile, QUERY_VACUUM, error);
    sqlite3_limit(casefile->database, SQLITE_LIMIT_ATTACHED, 0);
    return is_written;
}

bool casefile_erase(struct casefile *casefile, const int64_t *documents,
                    size_t count, const char *reviewer, const char *why,
                    struct error *error)
{
    struct erasing erasing = {.casefile = casefile,
                              .positions = json_array(),
                              .arena = arena_new((size_t)8 << 30),
                              .error = error};
    bool is_done = false;
    if (erasing.positions == NULL || erasing.arena == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    else if (casefile_begin(casefile, error)) {
        is_done = erase_all(&erasing, documents, count, reviewer, why) &&
                  casefile_commit(casefile, error);
        if (!is_done)
            casefile_rollback(casefile);
    }
    json_decref(erasing.positions);
    arena_release(erasing.arena);
    return is_done && write_anew(casefile, error);
}

static bool names(const struct case_document *document, const char *words)
{
    const char *values[DOCUMENT_FACTS];
    document_facts_list(&document->facts, values);
    for (size_t i = 0; i < DOCUMENT_FACTS; i++)
        if (values[i] != NULL && strcasestr(values[i], words) != NULL)
            return true;
    return false;
}

/* content_read puts a NUL after; one within ends the search early, so each
 * piece is searched. */
static bool bytes_name(struct slice bytes, const char *words)
{
    bool is_named = false;
    for (size_t at = 0; at < bytes.length && !is_named;
         at += strlen(bytes.data + at) + 1)
        is_named = strcasestr(bytes.data + at, words) != NULL;
    return is_named;
}

/* In the bytes of the text, or of an original that was not read. */
static bool text_names(struct casefile *casefile,
                       const struct case_document *document, const char *words,
                       struct arena *arena, bool *is_named, struct error *error)
{
    struct case_text text;
    struct slice bytes = {"", 0};
    *is_named = names(document, words);
    if (!document_text(casefile, document->id, &text, error))
        return false;
    int64_t content = text.id != 0 ? text.content : document->content;
    if (content == 0 || *is_named)
        return true;
    if (!content_read(casefile, content, arena, &bytes, error))
        return false;
    *is_named = bytes_name(bytes, words);
    if (text.map == 0 || *is_named)
        return true;
    /* What the file said of itself: its author. */
    if (!content_read(casefile, text.map, arena, &bytes, error))
        return false;
    *is_named = bytes_name(bytes, words);
    return true;
}

bool casefile_naming(struct casefile *casefile, const char *words,
                     struct arena *arena, int64_t **documents, size_t *count,
                     struct error *error)
{
    LIST(int64_t) found = {0};
    struct case_document document = {0};
    bool is_there = true, is_named, is_well = *words != '\0';
    struct arena *moment = arena_new((size_t)8 << 30);
    if (moment == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    if (!is_well)
        error_set(error, ERROR_USAGE, "which person?");
    while (is_well && is_there) {
        arena_reset(moment);
        is_well =
            document_after(casefile, document.id, moment, &document, &is_there,
                           error) &&
            (!is_there ||
             (text_names(casefile, &document, words, moment, &is_named,
                         error) &&
              (!is_named || list_push(arena, &found, document.id, error))));
    }
    arena_release(moment);
    *documents = found.items;
    *count = found.count;
    return is_well;
}

/* SQLite's own copying, page by page, of one moment. */
static bool copy_pages(struct casefile *casefile, const char *path,
                       struct error *error)
{
    sqlite3 *target = NULL;
    int code = sqlite3_open_v2(
        path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *backup =
        code == SQLITE_OK
            ? sqlite3_backup_init(target, "main", casefile->database, "main")
            : NULL;
    if (backup != NULL) {
        sqlite3_backup_step(backup, -1);
        code = sqlite3_backup_finish(backup);
    } else if (code == SQLITE_OK) {
        code = SQLITE_ERROR;
    }
    bool is_copied =
        code == SQLITE_OK ||
        error_set(error, ERROR_IO, "cannot copy: %s", sqlite3_errstr(code));
    return sqlite3_close(target) == SQLITE_OK && is_copied;
}

static bool make_durable(const char *path, struct error *error)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    bool is_durable = descriptor >= 0 && fsync(descriptor) == 0;
    if (!is_durable)
        error_errno(error, errno, "cannot write the copy");
    if (descriptor >= 0)
        close(descriptor);
    return is_durable;
}

bool casefile_copy(struct casefile *casefile, const char *path,
                   struct error *error)
{
    char partial[4096];
    if (access(path, F_OK) == 0)
        return error_set(error, ERROR_USAGE, "%.150s is there already", path);
    int length = snprintf(partial, sizeof partial, "%s.partial", path);
    if (length < 0 || (size_t)length >= sizeof partial)
        return error_set(error, ERROR_USAGE, "the path is too long");
    int descriptor = open(partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return error_errno(error, errno, "cannot make the copy");
    close(descriptor);
    if (copy_pages(casefile, partial, error) && make_durable(partial, error) &&
        (rename(partial, path) == 0 ||
         error_errno(error, errno, "cannot name the copy")))
        return true;
    unlink(partial);
    return false;
}
