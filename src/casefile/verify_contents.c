/*
 * verify_contents.c - what the ledger seals: originals, texts, readings,
 * reviews; and the passages of the findings.
 */
#include "contents.h"
#include "documents.h"
#include "reading_store.h"
#include "reviews.h"
#include "sql.h"
#include "verify_parts.h"

static void report(struct verifying *verifying, uint64_t bytes)
{
    verifying->counts->bytes += bytes;
    progress_report(verifying->verify->progress, verifying->counts->bytes,
                    verifying->total_bytes);
}

/* The bytes, and that they are the ones that the row names. */
static bool check_content(struct verifying *verifying, int64_t id,
                          const char *sha256, uint64_t bytes, const char *where)
{
    struct rows rows = sql_rows(verifying->casefile, QUERY_CONTENT_GET,
                                verifying->error, sql_integer(id));
    bool is_there = rows_next(&rows);
    bool is_same = is_there &&
                   slice_equals(rows_slice(&rows, 0), slice_of(sha256)) &&
                   (uint64_t)rows_integer(&rows, 1) == bytes;
    if (!rows_end(&rows))
        return false;
    if (!is_same) {
        verify_fault(verifying, is_there ? "altered" : "missing",
                     "%s: its bytes", where);
        return true;
    }
    report(verifying, bytes);
    return content_check(verifying->casefile, id, NULL, verifying->error) ||
           verify_told(verifying, where);
}

static bool check_map(struct verifying *verifying,
                      const struct case_document *document,
                      const struct case_text *text)
{
    char where[256];
    snprintf(where, sizeof where, "document %.150s: the map of text %lld",
             document->facts.name, (long long)text->version);
    return text->map == 0 ||
           check_content(verifying, text->map, text->map_sha256,
                         text->map_bytes, where);
}

/* Each version of the text, from 1 without a gap. */
static bool check_texts(struct verifying *verifying,
                        const struct case_document *document)
{
    struct case_text text;
    int64_t version = 0;
    char where[256];
    LIST(int64_t) ids = {0};
    bool is_well = true;
    struct rows rows = sql_rows(verifying->casefile, QUERY_TEXT_OF_DOCUMENT,
                                verifying->error, sql_integer(document->id));
    while (is_well && rows_next(&rows))
        is_well = list_push(verifying->moment, &ids, rows_integer(&rows, 0),
                            verifying->error);
    if (!rows_end(&rows) || !is_well)
        return false;
    for (size_t i = 0; i < ids.count; i++) {
        snprintf(where, sizeof where, "document %.150s: text %zu",
                 document->facts.name, i + 1);
        if (!text_get(verifying->casefile, ids.items[i], &text,
                      verifying->error)) {
            if (!verify_told(verifying, where))
                return false;
            continue;
        }
        verifying->counts->texts++;
        if (text.version != ++version)
            verify_fault(verifying, "reordered", "%s", where);
        if (!verify_body(verifying, text.entry, ENTRY_TEXT,
                         text_body(document, &text, verifying->error), where) ||
            (text.content != document->content &&
             !check_content(verifying, text.content, text.sha256, text.bytes,
                            where)) ||
            !check_map(verifying, document, &text))
            return false;
        if (text.content == document->content &&
            strcmp(text.sha256, document->sha256) != 0)
            verify_fault(verifying, "altered", "%s", where);
    }
    return true;
}

static bool check_document(struct verifying *verifying,
                           const struct case_document *document)
{
    char where[256];
    snprintf(where, sizeof where, "document %.150s (%.12s...)",
             document->facts.name, document->sha256);
    if (!verify_body(verifying, document->entry, ENTRY_DOCUMENT,
                     document_body(document, verifying->error), where))
        return false;
    verifying->counts->elsewhere += document->content == 0;
    return (document->content == 0 ||
            check_content(verifying, document->content, document->sha256,
                          document->bytes, where)) &&
           check_texts(verifying, document);
}

/* Every entry of a document or text has its row. */
static bool check_rows_there(struct verifying *verifying)
{
    for (uint64_t i = 0; i < verifying->size; i++) {
        struct entry entry;
        struct case_document document;
        struct case_text text = {.id = 1};
        struct review review;
        int64_t of;
        bool is_there = true;
        arena_reset(verifying->moment);
        if (!entry_get(verifying->casefile, i, verifying->moment, &entry,
                       verifying->error)) {
            if (!verify_was_told(verifying)) /* when the ledger was walked */
                return false;
            continue;
        }
        if (entry.is_erased)
            continue;
        bool is_well = true;
        if (strcmp(entry.leaf.kind, ENTRY_DOCUMENT) == 0)
            is_well = document_by_entry(verifying->casefile, (int64_t)i,
                                        verifying->moment, &document, &is_there,
                                        verifying->error);
        else if (strcmp(entry.leaf.kind, ENTRY_TEXT) == 0)
            is_well = text_by_entry(verifying->casefile, (int64_t)i, &text, &of,
                                    verifying->error);
        else if (strcmp(entry.leaf.kind, ENTRY_REVIEW) == 0)
            is_well = review_by_entry(verifying->casefile, (int64_t)i,
                                      verifying->moment, &review, &is_there,
                                      verifying->error);
        if (!is_well)
            return false;
        if (!is_there || text.id == 0)
            verify_fault(verifying, "missing", "the %s of entry %llu",
                         entry.leaf.kind, (unsigned long long)i);
    }
    return true;
}

static bool check_strays(struct verifying *verifying)
{
    int64_t stray = 0, unused;
    struct rows rows =
        sql_all_rows(verifying->casefile, QUERY_CHUNK_LOST, verifying->error);
    if (rows_next(&rows))
        verify_fault(verifying, "added", "bytes that belong to no document");
    if (!rows_end(&rows) ||
        !sql_number(verifying->casefile, QUERY_CONTENT_UNUSED, &unused,
                    verifying->error))
        return false;
    for (stray = 0; stray < unused; stray++)
        verify_fault(verifying, "added", "content that no document has");
    return true;
}

/* A text of a document that is not there was met by nobody. */
static bool check_text_count(struct verifying *verifying)
{
    int64_t count;
    if (!sql_number(verifying->casefile, QUERY_TEXT_COUNT, &count,
                    verifying->error))
        return false;
    if ((uint64_t)count != verifying->counts->texts)
        verify_fault(verifying, "added", "a text that no document has");
    return true;
}

static bool sum_bytes(struct verifying *verifying)
{
    struct rows rows =
        sql_all_rows(verifying->casefile, QUERY_CONTENT_LIST, verifying->error);
    while (rows_next(&rows))
        verifying->total_bytes += (uint64_t)rows_integer(&rows, 2);
    return rows_end(&rows);
}

bool verify_documents(struct verifying *verifying)
{
    struct case_document document = {0};
    bool is_there = true;
    if (!sum_bytes(verifying))
        return false;
    while (is_there) {
        arena_reset(verifying->moment);
        if (!document_after(verifying->casefile, document.id, verifying->moment,
                            &document, &is_there, verifying->error) ||
            (is_there && !check_document(verifying, &document)))
            return false;
        verifying->counts->documents += is_there;
    }
    return check_text_count(verifying) && check_rows_there(verifying) &&
           check_strays(verifying);
}

/* That each passage stands in the text as it was found. */
static bool check_passages(struct verifying *verifying,
                           const struct case_document *document,
                           struct slice text, const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        char sha256[SHA256_HEX_SIZE];
        struct span span = finding->span;
        verifying->counts->findings++;
        if (span.begin > span.end || span.end > text.length) {
            verify_fault(verifying, "altered",
                         "finding %s: its passage lies outside the text",
                         finding->key);
            continue;
        }
        if (!sha256_hex(slice_at(text, span), sha256, verifying->error))
            return false;
        if (strcmp(sha256, finding->quote_sha256) != 0)
            verify_fault(verifying, "altered",
                         "finding %s of %.150s: its passage", finding->key,
                         document->facts.name);
    }
    return true;
}

static bool check_findings(struct verifying *verifying,
                           const struct case_document *document,
                           const struct case_reading *reading,
                           struct slice text)
{
    struct findings findings;
    if (!findings_of_document(verifying->casefile, document->id,
                              verifying->moment, &findings, verifying->error) ||
        !check_passages(verifying, document, text, &findings))
        return false;
    json_t *json = json_read(reading->body, verifying->error);
    if (json == NULL)
        return verify_told(verifying, document->facts.name);
    bool is_well =
        verify_compare_findings(verifying, document->facts.name,
                                document->sha256, json, text, &findings) &&
        verify_search_document(verifying, document, json, text, &findings);
    json_decref(json);
    return is_well;
}

/* What was not read has no findings, nor passages to be found. */
static bool check_unread(struct verifying *verifying,
                         const struct case_document *document)
{
    static const struct findings none = {0};
    struct findings findings;
    json_t *nothing = json_object();
    if (nothing == NULL)
        return error_set(verifying->error, ERROR_LIMIT, "out of memory");
    bool is_well =
        findings_of_document(verifying->casefile, document->id,
                             verifying->moment, &findings, verifying->error);
    for (size_t i = 0; is_well && i < findings.count; i++)
        verify_fault(verifying, "added",
                     "finding %s of %.150s: it was not read",
                     findings.items[i].key, document->facts.name);
    is_well = is_well && verify_search_document(verifying, document, nothing,
                                                (struct slice){"", 0}, &none);
    json_decref(nothing);
    return is_well;
}

static bool check_reading(struct verifying *verifying,
                          const struct case_document *document)
{
    struct case_reading reading;
    struct case_text text = {0};
    struct slice bytes;
    char where[256];
    snprintf(where, sizeof where, "the reading of %.150s",
             document->facts.name);
    verify_search_count(verifying);
    if (!reading_get(verifying->casefile, document->id, verifying->moment,
                     &reading, verifying->error))
        return verify_told(verifying, where);
    verifying->counts->unread += reading.text == 0;
    verifying->counts->readings += reading.text != 0;
    if (reading.text == 0)
        return check_unread(verifying, document);
    if (!text_get(verifying->casefile, reading.text, &text, verifying->error))
        return verify_told(verifying, where);
    if (!verify_body(verifying, reading.entry, ENTRY_READING,
                     reading_body(document->sha256, text.sha256, &reading,
                                  verifying->error),
                     where))
        return false;
    if (!content_read(verifying->casefile, text.content, verifying->moment,
                      &bytes, verifying->error))
        return verify_was_told(verifying); /* with the documents */
    return check_findings(verifying, document, &reading, bytes);
}

bool verify_findings(struct verifying *verifying)
{
    struct case_document document = {0};
    bool is_there = true;
    if (!verify_search_begin(verifying))
        return false;
    while (is_there) {
        arena_reset(verifying->moment);
        if (!document_after(verifying->casefile, document.id, verifying->moment,
                            &document, &is_there, verifying->error) ||
            (is_there && !check_reading(verifying, &document)))
            return false;
    }
    return verify_search_end(verifying);
}

bool verify_reviews(struct verifying *verifying)
{
    struct review review = {0};
    bool is_there = true;
    for (;;) {
        struct case_document document;
        char where[64];
        arena_reset(verifying->moment);
        if (!review_after(verifying->casefile, review.id, verifying->moment,
                          &review, &is_there, verifying->error))
            return false;
        if (!is_there)
            return true;
        verifying->counts->reviews++;
        snprintf(where, sizeof where, "review %.20s",
                 review.key != NULL ? review.key : "without a key");
        if (!document_get(verifying->casefile, review.document,
                          verifying->moment, &document, verifying->error)) {
            if (!verify_told(verifying, where))
                return false;
            continue;
        }
        if (!verify_body(
                verifying, review.entry, ENTRY_REVIEW,
                review_body(&review, document.sha256, verifying->error), where))
            return false;
    }
}
