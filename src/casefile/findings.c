/*
 * findings.c - see findings.h.
 */
#include "findings.h"

#include <stdlib.h>

#include "casefile_parts.h"
#include "name_counts.h"
#include "sql.h"

bool finding_key(const char *sha256, const char *kind, struct span span,
                 unsigned number, char key[CASEFILE_KEY_SIZE],
                 struct error *error)
{
    /* Crockford's digits: none that is taken for another. */
    static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";
    enum { LENGTH = 12 };
    char words[160], hex[SHA256_HEX_SIZE];
    snprintf(words, sizeof words, "madai/finding/v1\n%s\n%s\n%u-%u\n%u\n",
             sha256, kind, span.begin, span.end, number);
    if (!sha256_hex(slice_of(words), hex, error))
        return false;
    hex[16] = '\0';
    uint64_t bits = strtoull(hex, NULL, 16);
    /* The letters of ids in readings; l, for law, is a citation's. */
    key[0] = strcmp(kind, "intervention") == 0 ? 'v'
             : strcmp(kind, "act") == 0        ? 'i'
             : strcmp(kind, "citation") == 0   ? 'l'
                                               : kind[0];
    key[1] = '-';
    for (size_t i = 0; i < LENGTH; i++)
        key[2 + i] = digits[bits >> (59 - 5 * i) & 31];
    key[2 + LENGTH] = '\0';
    return true;
}

static unsigned digit_of(char hex)
{
    return (unsigned)(hex <= '9' ? hex - '0' : hex - 'a' + 10);
}

/* The row's bytes for a hash in hex. */
static struct slice hash_bytes(const char *hex, char bytes[32])
{
    for (size_t i = 0; i < 32; i++)
        bytes[i] = (char)(digit_of(hex[2 * i]) << 4 | digit_of(hex[2 * i + 1]));
    return (struct slice){bytes, 32};
}

bool finding_index(struct casefile *casefile, const struct finding *finding,
                   struct error *error)
{
    return sql_run(casefile, QUERY_FINDING_INDEX_INSERT, error,
                   sql_integer(finding->id), sql_text(finding->who),
                   sql_text(finding->says), sql_text(finding->act),
                   sql_text(finding->place));
}

/* The row and its words in the search, but for those of names. */
static bool insert(struct casefile *casefile, struct finding *finding,
                   struct error *error)
{
    char hash[32];
    if (!sql_run(casefile, QUERY_FINDING_INSERT, error, sql_text(finding->key),
                 sql_integer(finding->document), sql_text(finding->kind),
                 sql_text(finding->local), sql_text(finding->who),
                 sql_text(finding->says), sql_text(finding->act),
                 sql_text(finding->place), sql_text(finding->first),
                 sql_text(finding->last), sql_integer(finding->span.begin),
                 sql_integer(finding->span.end),
                 sql_blob(hash_bytes(finding->quote_sha256, hash)),
                 finding->confidence >= 0 ? sql_real(finding->confidence)
                                          : sql_null(),
                 sql_text(finding->status),
                 finding->passage != 0 ? sql_integer(finding->passage)
                                       : sql_null()))
        return false;
    finding->id = sql_last_id(casefile);
    return finding_index(casefile, finding, error);
}

/* Adds or takes away the uses of the words in all their names. */
static bool count_names(struct casefile *casefile,
                        const struct finding *findings, size_t count,
                        bool is_added, struct error *error)
{
    struct name_counts counts;
    bool is_well = name_counts_begin(&counts, error);
    for (size_t i = 0; i < count && is_well; i++)
        is_well = name_counts_add(&counts, findings[i].who, error) &&
                  name_counts_add(&counts, findings[i].place, error);
    is_well = is_well && name_counts_store(&counts, casefile, is_added, error);
    name_counts_end(&counts);
    return is_well;
}

bool findings_insert(struct casefile *casefile, struct findings *findings,
                     struct error *error)
{
    for (size_t i = 0; i < findings->count; i++)
        if (!insert(casefile, &findings->items[i], error))
            return false;
    return count_names(casefile, findings->items, findings->count, true, error);
}

bool finding_insert(struct casefile *casefile, struct finding *finding,
                    struct error *error)
{
    return insert(casefile, finding, error) &&
           count_names(casefile, finding, 1, true, error);
}

/* Takes the finding, as it is stored, out of the search. */
static bool unindex(struct casefile *casefile, const struct finding *finding,
                    struct error *error)
{
    return sql_run(casefile, QUERY_FINDING_INDEX_DELETE, error,
                   sql_integer(finding->id));
}

bool finding_change(struct casefile *casefile, const struct finding *finding,
                    struct error *error)
{
    char hash[32];
    struct finding before;
    struct arena *arena = arena_new((size_t)1 << 24);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_out = finding_get(casefile, finding->id, arena, &before, error) &&
                  unindex(casefile, &before, error) &&
                  count_names(casefile, &before, 1, false, error);
    arena_release(arena);
    return is_out &&
           sql_run(casefile, QUERY_FINDING_CHANGE, error,
                   sql_integer(finding->id), sql_text(finding->who),
                   sql_text(finding->says), sql_text(finding->act),
                   sql_text(finding->place), sql_text(finding->first),
                   sql_text(finding->last), sql_integer(finding->span.begin),
                   sql_integer(finding->span.end),
                   sql_blob(hash_bytes(finding->quote_sha256, hash)),
                   sql_text(finding->status),
                   finding->passage != 0 ? sql_integer(finding->passage)
                                         : sql_null()) &&
           finding_index(casefile, finding, error) &&
           count_names(casefile, finding, 1, true, error);
}

static void finding_from_row(struct rows *rows, struct arena *arena,
                             struct finding *finding)
{
    const char **texts[] = {&finding->kind,  &finding->local, &finding->who,
                            &finding->says,  &finding->act,   &finding->place,
                            &finding->first, &finding->last};
    struct slice key = rows_slice(rows, 1), hash = rows_slice(rows, 13);
    *finding = (struct finding){.id = rows_integer(rows, 0)};
    snprintf(finding->key, sizeof finding->key, "%.*s", (int)key.length,
             key.data);
    finding->document = rows_integer(rows, 2);
    for (int i = 0; i < 8; i++)
        *texts[i] = rows_string(rows, 3 + i, arena);
    finding->span = rows_span(rows, 11);
    for (size_t i = 0; i < 32 && i < hash.length; i++)
        snprintf(finding->quote_sha256 + 2 * i, 3, "%02x",
                 (unsigned char)hash.data[i]);
    finding->confidence = rows_is_null(rows, 14) ? -1 : rows_real(rows, 14);
    finding->status = rows_string(rows, 15, arena);
    finding->passage = rows_integer(rows, 16);
}

static bool one_finding(struct rows rows, struct arena *arena,
                        struct finding *finding, int *count)
{
    *count = 0;
    while (rows_next(&rows))
        if ((*count)++ == 0)
            finding_from_row(&rows, arena, finding);
    return rows_end(&rows);
}

bool finding_find(struct casefile *casefile, const char *word,
                  struct arena *arena, struct finding *finding,
                  struct error *error)
{
    int count;
    if (!one_finding(sql_rows(casefile, QUERY_FINDING_BY_KEY, error,
                              sql_slice(slice_of(word))),
                     arena, finding, &count))
        return false;
    if (count == 0 && strlen(word) >= 4 && word[1] == '-' &&
        !one_finding(
            sql_rows(casefile, QUERY_FINDING_BY_PREFIX, error, sql_text(word)),
            arena, finding, &count))
        return false;
    if (count > 1)
        return error_set(error, ERROR_USAGE,
                         "'%.100s' could be several findings; write more of "
                         "its name",
                         word);
    return count == 1 || error_set(error, ERROR_NOT_FOUND,
                                   "there is no finding '%.100s'", word);
}

bool finding_get(struct casefile *casefile, int64_t id, struct arena *arena,
                 struct finding *finding, struct error *error)
{
    int count;
    return one_finding(
               sql_rows(casefile, QUERY_FINDING_BY_ID, error, sql_integer(id)),
               arena, finding, &count) &&
           (count == 1 ||
            error_set(error, ERROR_NOT_FOUND, "a finding is missing"));
}

bool findings_take(struct rows *rows, struct arena *arena,
                   struct findings *findings, struct error *error)
{
    bool is_well = true;
    *findings = (struct findings){0};
    while (is_well && rows_next(rows)) {
        struct finding finding;
        finding_from_row(rows, arena, &finding);
        is_well = list_push(arena, findings, finding, error);
    }
    return rows_end(rows) && is_well;
}

bool findings_of_document(struct casefile *casefile, int64_t document,
                          struct arena *arena, struct findings *findings,
                          struct error *error)
{
    struct rows rows = sql_rows(casefile, QUERY_FINDING_OF_DOCUMENT, error,
                                sql_integer(document));
    return findings_take(&rows, arena, findings, error);
}

bool findings_delete(struct casefile *casefile, int64_t document,
                     struct error *error)
{
    struct findings findings;
    struct arena *arena = arena_new((size_t)8 << 30);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_well =
        findings_of_document(casefile, document, arena, &findings, error);
    for (size_t i = 0; i < findings.count && is_well; i++)
        is_well = unindex(casefile, &findings.items[i], error);
    is_well = is_well && count_names(casefile, findings.items, findings.count,
                                     false, error);
    arena_release(arena);
    return is_well && sql_run(casefile, QUERY_FINDING_DELETE, error,
                              sql_integer(document));
}
