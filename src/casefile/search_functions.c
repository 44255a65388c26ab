/*
 * search_functions.c - what the search asks of FTS5 beyond matching: how well
 * a passage fits, and where in it the words stand.
 *
 * passage_rank(passage_index): BM25's part for the passage alone. The weight
 * of rare words, which bm25() adds, needs a walk through all matches of every
 * word, seconds in a large case; with all words required, as they are unless
 * one asks otherwise, it changes little.
 *
 * passage_marks(passage_index): pairs of numbers of tokens, the first of a
 * match and how many, as 32-bit integers. The index holds no text; who has
 * it turns tokens into bytes (search.c).
 */
#include <stdlib.h>

#include "casefile_parts.h"
#include "sql.h"

/* Passages are cut to a length, so this mean need not be measured. */
#define USUAL_TOKENS 70.0

static void rank(const Fts5ExtensionApi *api, Fts5Context *fts,
                 sqlite3_context *result, int count, sqlite3_value **values)
{
    enum { PHRASES_MAX = 64 };
    static const double saturation = 1.2, length_weight = 0.75;
    unsigned found[PHRASES_MAX] = {0};
    int instances = 0, tokens = 0;
    (void)count;
    (void)values;
    if (api->xInstCount(fts, &instances) != SQLITE_OK ||
        api->xColumnSize(fts, 0, &tokens) != SQLITE_OK) {
        sqlite3_result_error_nomem(result);
        return;
    }
    for (int i = 0; i < instances; i++) {
        int phrase, column, token;
        if (api->xInst(fts, i, &phrase, &column, &token) == SQLITE_OK &&
            phrase < PHRASES_MAX)
            found[phrase]++;
    }
    double score = 0;
    double norm = saturation *
                  (1 - length_weight + length_weight * tokens / USUAL_TOKENS);
    for (size_t i = 0; i < PHRASES_MAX; i++)
        if (found[i] > 0)
            score += found[i] * (saturation + 1) / (found[i] + norm);
    sqlite3_result_double(result, score);
}

static void marks(const Fts5ExtensionApi *api, Fts5Context *fts,
                  sqlite3_context *result, int count, sqlite3_value **values)
{
    int instances = 0;
    (void)count;
    (void)values;
    if (api->xInstCount(fts, &instances) != SQLITE_OK) {
        sqlite3_result_error_nomem(result);
        return;
    }
    int32_t *pairs = calloc((size_t)instances + 1, 2 * sizeof *pairs);
    if (pairs == NULL) {
        sqlite3_result_error_nomem(result);
        return;
    }
    for (int i = 0; i < instances; i++) {
        int phrase = 0, column = 0, token = 0;
        if (api->xInst(fts, i, &phrase, &column, &token) == SQLITE_OK) {
            pairs[2 * (size_t)i] = token;
            pairs[2 * (size_t)i + 1] = api->xPhraseSize(fts, phrase);
        }
    }
    sqlite3_result_blob64(result, pairs,
                          (sqlite3_uint64)instances * 2 * sizeof *pairs, free);
}

bool search_tokens(struct casefile *casefile, struct slice text, void *context,
                   int (*take)(void *context, int flags, const char *token,
                               int length, int begin, int end),
                   struct error *error)
{
    void *maker = NULL;
    fts5_tokenizer tokenizer;
    Fts5Tokenizer *made = NULL;
    const char *arguments[] = {"remove_diacritics", "2"};
    fts5_api *api = casefile->fts5;
    if (api->xFindTokenizer(api, "unicode61", &maker, &tokenizer) !=
            SQLITE_OK ||
        tokenizer.xCreate(maker, arguments, 2, &made) != SQLITE_OK)
        return error_set(error, ERROR_LIMIT, "out of memory");
    int code = tokenizer.xTokenize(made, context, FTS5_TOKENIZE_DOCUMENT,
                                   text.data, (int)text.length, take);
    tokenizer.xDelete(made);
    return code == SQLITE_OK || error_set(error, ERROR_LIMIT, "out of memory");
}

/* FTS5 hands out its interface through a pointer in a statement. */
static fts5_api *fts5_of(struct casefile *casefile)
{
    sqlite3_stmt *statement = NULL;
    fts5_api *api = NULL;
    if (sqlite3_prepare_v2(casefile->database, query_texts[QUERY_FTS5_API], -1,
                           &statement, NULL) == SQLITE_OK &&
        sqlite3_bind_pointer(statement, 1, (void *)&api, "fts5_api_ptr",
                             NULL) == SQLITE_OK)
        sqlite3_step(statement);
    sqlite3_finalize(statement);
    return api;
}

bool search_functions_add(struct casefile *casefile, struct error *error)
{
    fts5_api *api = fts5_of(casefile);
    if (api == NULL)
        return error_set(error, ERROR_IO, "this SQLite has no FTS5");
    if (api->xCreateFunction(api, "passage_rank", NULL, rank, NULL) !=
            SQLITE_OK ||
        api->xCreateFunction(api, "passage_marks", NULL, marks, NULL) !=
            SQLITE_OK)
        return error_set(error, ERROR_LIMIT, "out of memory");
    casefile->fts5 = api;
    return true;
}
