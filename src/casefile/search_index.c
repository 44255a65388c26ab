/*
 * search_index.c - see search_index.h.
 */
#include "search_index.h"

#include "documents.h"
#include "findings.h"
#include "reading_store.h"
#include "sql.h"

struct indexing {
    struct casefile *casefile;
    struct arena *arena; /* of one document */
    struct error *error;
};

static bool index_passages(struct indexing *indexing, int64_t document)
{
    struct slice text;
    bool is_read, is_well = true;
    if (!reading_text(indexing->casefile, document, indexing->arena, &is_read,
                      &text, indexing->error))
        return false;
    struct rows rows = sql_rows(indexing->casefile, QUERY_PASSAGE_OF_DOCUMENT,
                                indexing->error, sql_integer(document));
    while (is_well && rows_next(&rows)) {
        struct span span = rows_span(&rows, 1);
        is_well =
            span.end <= text.length && span.begin <= span.end
                ? sql_run(indexing->casefile, QUERY_PASSAGE_INDEX_INSERT,
                          indexing->error, sql_integer(rows_integer(&rows, 0)),
                          sql_slice(slice_at(text, span)))
                : error_set(indexing->error, ERROR_TAMPERED,
                            "a passage lies outside its text");
    }
    return rows_end(&rows) && is_well;
}

static bool index_findings(struct indexing *indexing, int64_t document)
{
    struct findings findings;
    if (!findings_of_document(indexing->casefile, document, indexing->arena,
                              &findings, indexing->error))
        return false;
    for (size_t i = 0; i < findings.count; i++)
        if (!finding_index(indexing->casefile, &findings.items[i],
                           indexing->error))
            return false;
    return true;
}

static bool index_documents(struct indexing *indexing)
{
    struct case_document document = {0};
    bool is_there = true;
    for (;;) {
        arena_reset(indexing->arena);
        if (!document_after(indexing->casefile, document.id, indexing->arena,
                            &document, &is_there, indexing->error))
            return false;
        if (!is_there)
            return true;
        if (!index_passages(indexing, document.id) ||
            !index_findings(indexing, document.id))
            return error_prefix(indexing->error, "%.100s", document.facts.name);
    }
}

bool search_index_anew(struct casefile *casefile, struct error *error)
{
    struct indexing indexing = {.casefile = casefile,
                                .arena = arena_new((size_t)8 << 30),
                                .error = error};
    if (indexing.arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_done = sql_do(casefile, QUERY_PASSAGE_INDEX_CLEAR, error) &&
                   sql_do(casefile, QUERY_FINDING_INDEX_CLEAR, error) &&
                   index_documents(&indexing);
    arena_release(indexing.arena);
    return is_done;
}
