/*
 * lists.c - see lists.h.
 */
#include "lists.h"

#include "sql.h"

static bool document_push(struct rows *rows, struct arena *arena,
                          struct listed_documents *documents,
                          struct error *error)
{
    struct listed_document document = {
        .id = rows_integer(rows, 0),
        .sha256 = rows_string(rows, 1, arena),
        .name = rows_string(rows, 2, arena),
        .date = rows_string(rows, 3, arena),
        .bytes = (uint64_t)rows_integer(rows, 4),
        .is_held = rows_integer(rows, 5) != 0,
        .is_read = rows_integer(rows, 6) != 0,
        .findings = (uint64_t)rows_integer(rows, 7),
        .claims = (uint64_t)rows_integer(rows, 8),
        .decided = (uint64_t)rows_integer(rows, 9),
    };
    documents->total = (uint64_t)rows_integer(rows, 10);
    return list_push(arena, documents, document, error);
}

/* The order of adding is that of the table; all else has to be sorted. */
bool list_documents(struct casefile *casefile,
                    const struct documents_wanted *wanted, struct arena *arena,
                    struct listed_documents *documents, struct error *error)
{
    bool is_well = true;
    bool is_plain = wanted->order == DOCUMENTS_ADDED &&
                    (wanted->name == NULL || *wanted->name == '\0');
    *documents = (struct listed_documents){0};
    struct sql_value name = sql_text(wanted->name),
                     limit = sql_integer((int64_t)wanted->limit),
                     offset = sql_integer((int64_t)wanted->offset);
    struct rows rows =
        is_plain ? sql_rows(casefile, QUERY_LIST_DOCUMENTS_ADDED, error, name,
                            limit, offset)
                 : sql_rows(casefile, QUERY_LIST_DOCUMENTS_SORTED, error, name,
                            limit, offset, sql_integer((int64_t)wanted->order));
    while (is_well && rows_next(&rows))
        is_well = document_push(&rows, arena, documents, error);
    if (!rows_end(&rows) || !is_well)
        return false;
    return !is_plain || document_count(casefile, &documents->total, error);
}

static bool counts_take(struct rows rows, struct arena *arena,
                        struct counts *counts, struct error *error)
{
    bool is_well = true;
    *counts = (struct counts){0};
    while (is_well && rows_next(&rows)) {
        struct counted counted = {.name = rows_string(&rows, 0, arena),
                                  .count = (uint64_t)rows_integer(&rows, 1),
                                  .documents = (uint64_t)rows_integer(&rows, 2),
                                  .finding = rows_integer(&rows, 3)};
        counts->total = (uint64_t)rows_integer(&rows, 4);
        is_well = list_push(arena, counts, counted, error);
    }
    return rows_end(&rows) && is_well;
}

bool list_counts(struct casefile *casefile, enum counted_by by, uint64_t limit,
                 struct arena *arena, struct counts *counts,
                 struct error *error)
{
    static const enum query queries[COUNT_BY] = {
        QUERY_LIST_KINDS,    QUERY_LIST_STATUSES, QUERY_LIST_SAYS,
        QUERY_LIST_SPEAKERS, QUERY_LIST_ACTS,     QUERY_LIST_PLACES,
        QUERY_LIST_MONTHS};
    return counts_take(
        sql_rows(casefile, queries[by], error, sql_integer((int64_t)limit)),
        arena, counts, error);
}

bool list_place_months(struct casefile *casefile, uint64_t limit,
                       struct arena *arena, struct place_months *months,
                       struct error *error)
{
    bool is_well = true;
    *months = (struct place_months){0};
    struct rows rows = sql_rows(casefile, QUERY_LIST_PLACE_MONTHS, error,
                                sql_integer((int64_t)limit));
    while (is_well && rows_next(&rows)) {
        struct place_month one = {.place = rows_string(&rows, 0, arena),
                                  .month = rows_string(&rows, 1, arena),
                                  .count = (uint64_t)rows_integer(&rows, 2)};
        is_well = list_push(arena, months, one, error);
    }
    return rows_end(&rows) && is_well;
}

bool list_actor_names(struct casefile *casefile, const char *name,
                      uint64_t limit, uint64_t offset, struct arena *arena,
                      struct counts *counts, struct error *error)
{
    return counts_take(sql_rows(casefile, QUERY_LIST_ACTORS, error,
                                sql_text(name), sql_integer((int64_t)limit),
                                sql_integer((int64_t)offset)),
                       arena, counts, error);
}

bool list_actor_findings(struct casefile *casefile, const char *name,
                         uint64_t limit, struct arena *arena,
                         struct findings *findings, struct error *error)
{
    struct rows rows = sql_rows(casefile, QUERY_LIST_ACTOR_FINDINGS, error,
                                sql_text(name), sql_integer((int64_t)limit));
    return findings_take(&rows, arena, findings, error);
}

bool list_chronology(struct casefile *casefile,
                     const struct chronology_wanted *wanted,
                     struct arena *arena, struct findings *findings,
                     struct error *error)
{
    struct rows rows =
        sql_rows(casefile, QUERY_LIST_CHRONOLOGY, error,
                 sql_slice(slice_of(wanted->from != NULL ? wanted->from : "")),
                 sql_slice(slice_of(wanted->to != NULL ? wanted->to : "")),
                 sql_text(wanted->who), sql_text(wanted->act),
                 sql_text(wanted->place), sql_integer((int64_t)wanted->limit),
                 sql_integer((int64_t)wanted->offset));
    return findings_take(&rows, arena, findings, error);
}

bool list_findings_in(struct casefile *casefile, int64_t document,
                      struct span span, uint64_t limit, struct arena *arena,
                      struct findings *findings, struct error *error)
{
    struct rows rows =
        sql_rows(casefile, QUERY_LIST_FINDINGS_IN, error, sql_integer(document),
                 sql_integer(span.begin), sql_integer(span.end),
                 sql_integer((int64_t)limit));
    return findings_take(&rows, arena, findings, error);
}

bool list_findings_of(struct casefile *casefile, int64_t document,
                      const char *kind, uint64_t limit, uint64_t offset,
                      struct arena *arena, struct findings *findings,
                      struct error *error)
{
    struct rows rows =
        sql_rows(casefile, QUERY_LIST_FINDINGS_OF, error, sql_integer(document),
                 sql_text(kind), sql_integer((int64_t)limit),
                 sql_integer((int64_t)offset));
    return findings_take(&rows, arena, findings, error);
}

json_t *list_keys(struct casefile *casefile, int64_t document,
                  struct error *error)
{
    json_t *keys = json_object();
    bool is_well = keys != NULL || error_set(error, ERROR_LIMIT, "no memory");
    struct rows rows =
        sql_rows(casefile, QUERY_FINDING_LOCALS, error, sql_integer(document));
    while (is_well && rows_next(&rows)) {
        struct slice local = rows_slice(&rows, 0), key = rows_slice(&rows, 1);
        is_well = json_object_setn_new(keys, local.data, local.length,
                                       json_stringn(key.data, key.length)) == 0;
        if (!is_well)
            error_set(error, ERROR_LIMIT, "no memory for the names");
    }
    if (rows_end(&rows) && is_well)
        return keys;
    json_decref(keys);
    return NULL;
}

bool reading_about(struct casefile *casefile, int64_t document,
                   struct arena *arena, struct case_reading *reading,
                   struct error *error)
{
    *reading = (struct case_reading){0};
    struct rows rows =
        sql_rows(casefile, QUERY_READING_ABOUT, error, sql_integer(document));
    if (rows_next(&rows)) {
        struct slice hash = rows_slice(&rows, 3);
        reading->entry = rows_integer(&rows, 0);
        reading->text = rows_integer(&rows, 1);
        reading->reader = rows_string(&rows, 2, arena);
        snprintf(reading->sha256, sizeof reading->sha256, "%.*s",
                 (int)hash.length, hash.data);
    }
    return rows_end(&rows);
}

bool reading_count(struct casefile *casefile, uint64_t *count,
                   struct error *error)
{
    int64_t number = 0;
    bool is_counted = sql_number(casefile, QUERY_READING_COUNT, &number, error);
    *count = (uint64_t)number;
    return is_counted;
}
