/*
 * search.c - see search.h.
 */
#include "search.h"

#include <stdlib.h>

#include "casefile_parts.h"
#include "contents.h"
#include "findings.h"
#include "search_words.h"
#include "sql.h"

struct searching {
    struct casefile *casefile;
    const struct search *search;
    struct search_words words;
    struct arena *arena;
    struct search_hits *hits;
    struct error *error;
};

static bool collect(struct searching *searching, struct rows rows,
                    bool is_finding)
{
    bool is_well = true;
    while (is_well && rows_next(&rows)) {
        struct search_hit hit = {.score = rows_real(&rows, 1)};
        hit.date = rows_string(&rows, 3, searching->arena);
        if (is_finding)
            hit.finding = rows_integer(&rows, 0);
        else
            hit.document = rows_integer(&rows, 0); /* the passage, for now */
        searching->hits->seen = (uint64_t)rows_integer(&rows, 2);
        is_well =
            list_push(searching->arena, searching->hits, hit, searching->error);
    }
    return rows_end(&rows) && is_well;
}

static bool find_passages(struct searching *searching)
{
    const struct search *search = searching->search;
    return collect(searching,
                   sql_rows(searching->casefile,
                            search->by_date ? QUERY_SEARCH_PASSAGES_BY_DATE
                                            : QUERY_SEARCH_PASSAGES,
                            searching->error,
                            sql_text(searching->words.passages),
                            sql_integer(SEARCH_LOOKED_AT), sql_null(),
                            sql_integer((int64_t)search->limit),
                            sql_integer((int64_t)search->offset)),
                   false);
}

/* What is rarest, as far as one knows without asking; see search_findings. */
static const char *what_leads(const struct search_words *words)
{
    if (words->findings != NULL)
        return "names";
    if (words->passages != NULL)
        return "words";
    if (words->first != NULL)
        return "dates";
    if (words->status != NULL && strcmp(words->status, "unreviewed") != 0)
        return "status";
    return words->kind_count == 1 ? "kind" : "all";
}

/* Whether so few findings have the names that each may be asked by itself. */
static bool names_are_few(struct searching *searching, bool *are_few)
{
    enum { FEW = 1000 };
    const struct search_words *words = &searching->words;
    int64_t count = 0;
    *are_few = false;
    if (words->findings == NULL || words->passages == NULL)
        return true;
    struct rows rows =
        sql_rows(searching->casefile, QUERY_SEARCH_NAMED, searching->error,
                 sql_text(words->findings), sql_integer(FEW));
    if (rows_next(&rows))
        count = rows_integer(&rows, 0);
    *are_few = count < FEW;
    return rows_end(&rows);
}

static bool find_findings(struct searching *searching)
{
    const struct search *search = searching->search;
    const struct search_words *words = &searching->words;
    bool are_few;
    return names_are_few(searching, &are_few) &&
           collect(searching,
                   sql_rows(searching->casefile, QUERY_SEARCH_FINDINGS,
                            searching->error, sql_text(words->findings),
                            sql_integer(SEARCH_LOOKED_AT),
                            sql_integer(search->by_date),
                            sql_integer((int64_t)search->limit),
                            sql_integer((int64_t)search->offset),
                            sql_text(words->first), sql_text(words->last),
                            sql_text(words->status), sql_text(words->passages),
                            sql_text(words->kinds), sql_text(what_leads(words)),
                            sql_integer(are_few)),
                   true);
}

/* Tokens of a passage on their way to bytes. */
struct tokens {
    const int32_t *pairs;
    size_t pair_count;
    int32_t token;
    uint32_t base;
    struct search_hit *hit;
    struct arena *arena;
    struct error *error;
};

static int take_token(void *context, int flags, const char *token, int length,
                      int begin, int end)
{
    struct tokens *tokens = context;
    (void)flags;
    (void)token;
    (void)length;
    for (size_t i = 0; i < tokens->pair_count; i++) {
        int32_t first = tokens->pairs[2 * i];
        int32_t count = tokens->pairs[2 * i + 1];
        if (tokens->token == first)
            tokens->hit->marks[i].begin = tokens->base + (uint32_t)begin;
        if (tokens->token == first + count - 1)
            tokens->hit->marks[i].end = tokens->base + (uint32_t)end;
    }
    tokens->token++;
    return SQLITE_OK;
}

/* What SQLite says of one hit: pairs of 32-bit numbers, at any address. */
static bool take_marks(struct searching *searching, const struct rows *rows)
{
    struct search_hit *hit =
        &searching->hits->items[(size_t)rows_integer(rows, 0) - 1];
    struct slice pairs = rows_slice(rows, 1);
    hit->mark_count = pairs.length / (2 * sizeof(int32_t));
    hit->marks = arena_take(searching->arena, hit->mark_count,
                            sizeof *hit->marks, searching->error);
    int32_t *numbers = arena_take(searching->arena, hit->mark_count,
                                  2 * sizeof *numbers, searching->error);
    if (hit->marks == NULL || numbers == NULL)
        return false;
    memcpy(numbers, pairs.data, hit->mark_count * 2 * sizeof *numbers);
    struct tokens tokens = {.pairs = numbers,
                            .pair_count = hit->mark_count,
                            .base = hit->span.begin,
                            .hit = hit};
    return search_tokens(searching->casefile, hit->text, &tokens, take_token,
                         searching->error);
}

/* The passages shown are indexed by themselves for a moment: to ask the whole
 * index again for each would gather all matches of a beginning each time. */
static bool mark_all(struct searching *searching)
{
    struct casefile *casefile = searching->casefile;
    bool is_well = sql_script(casefile, QUERY_SHOWN_NEW, searching->error) &&
                   sql_do(casefile, QUERY_SHOWN_CLEAR, searching->error);
    for (size_t i = 0; i < searching->hits->count && is_well; i++)
        is_well = sql_run(casefile, QUERY_SHOWN_INSERT, searching->error,
                          sql_integer((int64_t)i + 1),
                          sql_slice(searching->hits->items[i].text));
    if (!is_well)
        return false;
    struct rows rows = sql_rows(casefile, QUERY_SHOWN_MARKS, searching->error,
                                sql_text(searching->words.passages));
    while (is_well && rows_next(&rows))
        is_well = take_marks(searching, &rows);
    return rows_end(&rows) && is_well;
}

static bool text_of_passage(struct searching *searching, int64_t passage,
                            struct search_hit *hit)
{
    int64_t content = 0;
    struct rows rows = sql_rows(searching->casefile, QUERY_PASSAGE_GET,
                                searching->error, sql_integer(passage));
    if (rows_next(&rows)) {
        hit->document = rows_integer(&rows, 0);
        hit->span = rows_span(&rows, 1);
        content = rows_integer(&rows, 3);
    }
    return rows_end(&rows) &&
           content_part(searching->casefile, content, hit->span,
                        searching->arena, &hit->text, searching->error);
}

/* From ids to what is shown. */
static bool fill(struct searching *searching, struct search_hit *hit)
{
    int64_t passage = hit->document;
    struct finding finding;
    if (hit->finding != 0) {
        if (!finding_get(searching->casefile, hit->finding, searching->arena,
                         &finding, searching->error))
            return false;
        passage = finding.passage;
        hit->document = finding.document;
    }
    hit->text = (struct slice){"", 0};
    return passage == 0 || text_of_passage(searching, passage, hit);
}

bool casefile_search(struct casefile *casefile, const struct search *search,
                     struct arena *arena, struct search_hits *hits,
                     struct error *error)
{
    struct searching searching = {.casefile = casefile,
                                  .search = search,
                                  .arena = arena,
                                  .hits = hits,
                                  .error = error};
    *hits = (struct search_hits){0};
    if (!search_words_parse(casefile, search->words, arena, &searching.words,
                            error))
        return false;
    hits->instead = searching.words.instead;
    if (!(searching.words.has_fields ? find_findings(&searching)
                                     : find_passages(&searching)))
        return false;
    for (size_t i = 0; i < hits->count; i++)
        if (!fill(&searching, &hits->items[i]))
            return false;
    return searching.words.passages == NULL || hits->count == 0 ||
           mark_all(&searching);
}
