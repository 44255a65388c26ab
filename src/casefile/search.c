/*
 * search.c - see search.h.
 */
#include "search.h"

#include <stdlib.h>

#include "casefile_parts.h"
#include "contents.h"
#include "documents.h"
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

static bool find_findings(struct searching *searching)
{
    const struct search *search = searching->search;
    const struct search_words *words = &searching->words;
    return collect(
        searching,
        sql_rows(searching->casefile,
                 words->findings != NULL ? QUERY_SEARCH_FINDINGS
                                         : QUERY_SEARCH_FINDINGS_UNNAMED,
                 searching->error, sql_text(words->findings),
                 sql_integer(SEARCH_LOOKED_AT), sql_integer(search->by_date),
                 sql_integer((int64_t)search->limit),
                 sql_integer((int64_t)search->offset), sql_text(words->first),
                 sql_text(words->last), sql_text(words->status),
                 sql_text(words->passages)),
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

/* Splits as the index was split, so that tokens can be counted. */
static bool tokenise(struct casefile *casefile, struct slice text,
                     struct tokens *tokens, struct error *error)
{
    void *context = NULL;
    fts5_tokenizer tokenizer;
    Fts5Tokenizer *made = NULL;
    const char *arguments[] = {"remove_diacritics", "2"};
    fts5_api *api = casefile->fts5;
    if (api->xFindTokenizer(api, "unicode61", &context, &tokenizer) !=
            SQLITE_OK ||
        tokenizer.xCreate(context, arguments, 2, &made) != SQLITE_OK)
        return error_set(error, ERROR_LIMIT, "out of memory");
    int code = tokenizer.xTokenize(made, tokens, FTS5_TOKENIZE_DOCUMENT,
                                   text.data, (int)text.length, take_token);
    tokenizer.xDelete(made);
    return code == SQLITE_OK || error_set(error, ERROR_LIMIT, "out of memory");
}

static bool mark(struct searching *searching, int64_t passage,
                 struct search_hit *hit)
{
    struct slice pairs = {"", 0};
    struct rows rows =
        sql_rows(searching->casefile, QUERY_SEARCH_MARKS, searching->error,
                 sql_text(searching->words.passages), sql_integer(passage));
    if (rows_next(&rows)) {
        pairs.length = rows_slice(&rows, 0).length;
        pairs.data = rows_string(&rows, 0, searching->arena);
    }
    if (!rows_end(&rows))
        return false;
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
    return tokenise(searching->casefile, hit->text, &tokens, searching->error);
}

static bool text_of_passage(struct searching *searching, int64_t passage,
                            struct search_hit *hit)
{
    struct case_text text;
    struct rows rows = sql_rows(searching->casefile, QUERY_PASSAGE_GET,
                                searching->error, sql_integer(passage));
    if (rows_next(&rows)) {
        hit->document = rows_integer(&rows, 0);
        hit->span = rows_span(&rows, 1);
    }
    return rows_end(&rows) &&
           document_text(searching->casefile, hit->document, &text,
                         searching->error) &&
           content_part(searching->casefile, text.content, hit->span,
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
    if (passage != 0 && !text_of_passage(searching, passage, hit))
        return false;
    if (passage == 0 || searching->words.passages == NULL)
        return true;
    return mark(searching, passage, hit);
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
    return true;
}
