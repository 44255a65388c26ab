/*
 * verify_search.c - that search finds what stands there, and nothing else.
 *
 * Passages are cut once more and held against their rows. What words are
 * looked up in is compared by sums: each word of a passage, with the place it
 * has there, is hashed under a key drawn for this run; the sum over all texts
 * has to be the sum over the index. Only where they differ are the sums taken
 * of each passage, to name the document. Beginnings of words have lists of
 * their own, which FTS5 shows to nobody: those are not compared.
 */
#include <stdlib.h>

#include "casefile_parts.h"
#include "documents.h"
#include "name_counts.h"
#include "passages.h"
#include "sql.h"
#include "verify_parts.h"

struct indexed {
    int64_t id, document;
    uint64_t sum;
};

/* One index, and what it should hold. */
struct word_index {
    const char *what;
    enum query make, words;
    LIST(struct indexed) rows;
    uint64_t sum;
};

struct verify_search {
    struct word_index passages, findings;
    uint64_t names; /* sum over the words of names */
    uint64_t keys[4];
    uint64_t begun, covered; /* documents that were read */
};

/* Constants of SplitMix64 (Steele, Lea, Flood 2014): any two inputs that
 * differ in one bit differ in about half of them after. */
static uint64_t mixed(uint64_t number)
{
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9U;
    number = (number ^ number >> 27) * 0x94D049BB133111EBU;
    return number ^ number >> 31;
}

static uint64_t hash_of(const struct verify_search *search, struct slice word)
{
    uint64_t hash = search->keys[0] + word.length;
    for (size_t i = 0; i < word.length; i++)
        hash = mixed(hash ^ (unsigned char)word.data[i]) + search->keys[1];
    return hash;
}

static uint64_t hash_at(const struct verify_search *search, int64_t id,
                        uint64_t offset, struct slice column, struct slice word)
{
    uint64_t place = mixed((uint64_t)id ^ search->keys[2]) +
                     mixed(offset ^ search->keys[3]) + hash_of(search, column);
    return mixed(hash_of(search, word) ^ mixed(place));
}

/* Words on their way from a text to a sum. */
struct summing {
    const struct verify_search *search;
    int64_t id;
    struct slice column;
    uint64_t offset;
    uint64_t sum;
};

static int sum_word(void *context, int flags, const char *token, int length,
                    int begin, int end)
{
    struct summing *summing = context;
    (void)flags;
    (void)begin;
    (void)end;
    summing->sum +=
        hash_at(summing->search, summing->id, summing->offset++,
                summing->column, (struct slice){token, (size_t)length});
    return SQLITE_OK;
}

static bool sum_text(struct verifying *verifying, int64_t id,
                     const char *column, struct slice text, uint64_t *sum)
{
    struct summing summing = {
        .search = verifying->search, .id = id, .column = slice_of(column)};
    bool is_summed = search_tokens(verifying->casefile, text, &summing,
                                   sum_word, verifying->error);
    *sum += summing.sum;
    return is_summed;
}

static bool add_row(struct verifying *verifying, struct word_index *index,
                    const struct indexed *row)
{
    index->sum += row->sum;
    return list_push(verifying->arena, &index->rows, *row, verifying->error);
}

bool verify_search_begin(struct verifying *verifying)
{
    struct verify_search *search =
        arena_take(verifying->arena, 1, sizeof *search, verifying->error);
    if (search == NULL)
        return false;
    struct digest random = digest_random();
    *search =
        (struct verify_search){.passages = {.what = "passages",
                                            .make = QUERY_PASSAGE_WORDS_NEW,
                                            .words = QUERY_PASSAGE_WORDS},
                               .findings = {.what = "findings",
                                            .make = QUERY_FINDING_WORDS_NEW,
                                            .words = QUERY_FINDING_WORDS}};
    memcpy(search->keys, random.bytes, sizeof search->keys);
    verifying->search = search;
    return true;
}

void verify_search_count(struct verifying *verifying)
{
    verifying->search->begun++;
}

/* The passage that search shows for a finding, as passage_at finds it. */
static int64_t passage_of(const struct indexed *rows,
                          const struct passages *passages, uint32_t place)
{
    size_t low = 0, high = passages->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (passages->items[middle].begin <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? 0 : rows[low - 1].id;
}

/* The rows of the document's passages, in order, if they are those expected:
 * `rows` then has as many. */
static bool read_rows(struct verifying *verifying, int64_t document,
                      const struct passages *expected, struct indexed *rows,
                      bool *are_same)
{
    size_t count = 0;
    *are_same = true;
    struct rows found = sql_rows(verifying->casefile, QUERY_PASSAGE_OF_DOCUMENT,
                                 verifying->error, sql_integer(document));
    while (*are_same && rows_next(&found)) {
        struct span span = rows_span(&found, 1);
        *are_same = count < expected->count &&
                    span.begin == expected->items[count].begin &&
                    span.end == expected->items[count].end;
        if (*are_same)
            rows[count++] = (struct indexed){.id = rows_integer(&found, 0),
                                             .document = document};
    }
    *are_same = *are_same && count == expected->count;
    return rows_end(&found);
}

static bool add_finding(struct verifying *verifying,
                        const struct finding *finding)
{
    struct verify_search *search = verifying->search;
    struct indexed row = {finding->id, finding->document, 0};
    char *act = NULL;
    if (finding->act != NULL) {
        size_t length = 0;
        act = arena_string(verifying->moment, slice_of(finding->act),
                           verifying->error);
        if (act == NULL)
            return false;
        for (const char *from = act; *from != '\0'; from++)
            if (*from != '-')
                act[length++] = *from;
        act[length] = '\0';
    }
    const char *const columns[][2] = {{"who", finding->who},
                                      {"says", finding->says},
                                      {"act", act},
                                      {"place", finding->place}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (columns[i][1] != NULL &&
            !sum_text(verifying, row.id, columns[i][0], slice_of(columns[i][1]),
                      &row.sum))
            return false;
    return add_row(verifying, &search->findings, &row);
}

static bool sum_name(void *context, const char *word)
{
    struct verify_search *search = context;
    search->names += mixed(hash_of(search, slice_of(word)));
    return true;
}

static bool add_findings(struct verifying *verifying, const char *name,
                         const struct findings *findings,
                         const struct indexed *rows,
                         const struct passages *passages)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        if (finding->passage != passage_of(rows, passages, finding->span.begin))
            verify_fault(verifying, "altered",
                         "finding %s of %.150s: search shows another passage",
                         finding->key, name);
        if (!add_finding(verifying, finding) ||
            !name_words(finding->who, sum_name, verifying->search,
                        verifying->error) ||
            !name_words(finding->place, sum_name, verifying->search,
                        verifying->error))
            return false;
    }
    return true;
}

bool verify_search_document(struct verifying *verifying,
                            const struct case_document *document,
                            const json_t *reading, struct slice text,
                            const struct findings *findings)
{
    struct passages passages;
    bool are_same;
    if (!passages_cut(reading, text, verifying->moment, &passages,
                      verifying->error))
        return false;
    struct indexed *rows = arena_take(verifying->moment, passages.count,
                                      sizeof *rows, verifying->error);
    if (rows == NULL ||
        !read_rows(verifying, document->id, &passages, rows, &are_same))
        return false;
    if (!are_same) {
        verify_fault(verifying, "altered",
                     "the passages of %.150s are not those of its reading",
                     document->facts.name);
        return true;
    }
    for (size_t i = 0; i < passages.count; i++)
        if (!sum_text(verifying, rows[i].id, "words",
                      slice_at(text, passages.items[i]), &rows[i].sum) ||
            !add_row(verifying, &verifying->search->passages, &rows[i]))
            return false;
    verifying->search->covered++;
    return add_findings(verifying, document->facts.name, findings, rows,
                        &passages);
}

static int by_id(const void *a, const void *b)
{
    int64_t left = ((const struct indexed *)a)->id;
    int64_t right = ((const struct indexed *)b)->id;
    return left < right ? -1 : left > right;
}

/* Takes what the index holds from the sums: of each row where `is_each`, else
 * of all alone. `strays`: words of rows that are not there. */
static bool subtract(struct verifying *verifying, struct word_index *index,
                     bool is_each, uint64_t *strays)
{
    *strays = 0;
    struct rows rows =
        sql_all_rows(verifying->casefile, index->words, verifying->error);
    while (rows_next(&rows)) {
        struct indexed wanted = {.id = rows_integer(&rows, 0)};
        uint64_t hash = hash_at(verifying->search, wanted.id,
                                (uint64_t)rows_integer(&rows, 1),
                                rows_slice(&rows, 2), rows_slice(&rows, 3));
        index->sum -= hash;
        struct indexed *row =
            !is_each || index->rows.count == 0
                ? NULL
                : bsearch(&wanted, index->rows.items, index->rows.count,
                          sizeof wanted, by_id);
        if (row != NULL)
            row->sum -= hash;
        *strays += is_each && row == NULL;
    }
    return rows_end(&rows);
}

static bool name_faults(struct verifying *verifying, struct word_index *index)
{
    uint64_t strays;
    int64_t told = 0;
    if (index->rows.count > 0)
        qsort(index->rows.items, index->rows.count, sizeof *index->rows.items,
              by_id);
    if (!subtract(verifying, index, true, &strays))
        return verify_told(verifying, "what search looks words up in");
    for (size_t i = 0; i < index->rows.count; i++) {
        const struct indexed *row = &index->rows.items[i];
        struct case_document document;
        if (row->sum == 0 || row->document == told)
            continue;
        told = row->document;
        arena_reset(verifying->moment);
        if (!document_get(verifying->casefile, told, verifying->moment,
                          &document, verifying->error))
            return verify_told(verifying, "what search looks words up in");
        verify_fault(verifying, "altered",
                     "search looks %s of %.150s up under other words",
                     index->what, document.facts.name);
    }
    if (strays > 0)
        verify_fault(verifying, "added", "search knows %s that are not there",
                     index->what);
    return true;
}

static bool compare_index(struct verifying *verifying, struct word_index *index)
{
    uint64_t strays;
    if (!sql_script(verifying->casefile, index->make, verifying->error) ||
        !subtract(verifying, index, false, &strays))
        return verify_told(verifying, "what search looks words up in");
    return index->sum == 0 || name_faults(verifying, index);
}

static bool compare_names(struct verifying *verifying)
{
    struct verify_search *search = verifying->search;
    struct rows rows = sql_all_rows(verifying->casefile, QUERY_NAME_WORD_USES,
                                    verifying->error);
    while (rows_next(&rows))
        search->names -= mixed(hash_of(search, rows_slice(&rows, 0))) *
                         (uint64_t)rows_integer(&rows, 1);
    if (!rows_end(&rows))
        return false;
    if (search->names != 0)
        verify_fault(verifying, "altered",
                     "the words of names that search knows");
    return true;
}

bool verify_search_end(struct verifying *verifying)
{
    struct verify_search *search = verifying->search;
    /* What was not read again cannot be compared, and was told. */
    return search->covered != search->begun ||
           (compare_index(verifying, &search->passages) &&
            compare_index(verifying, &search->findings) &&
            compare_names(verifying));
}
