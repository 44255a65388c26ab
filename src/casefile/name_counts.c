/*
 * name_counts.c - see name_counts.h.
 */
#include "name_counts.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "sql.h"

static bool is_letter(utf8proc_int32_t code_point)
{
    switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return true;
    default:
        return false;
    }
}

/* Calls back for each run of letters and digits; cuts `folded` up. */
static bool each_word(char *folded, bool (*each)(void *, const char *),
                      void *context)
{
    char *begin = NULL;
    size_t length = strlen(folded);
    for (size_t at = 0; at <= length;) {
        utf8proc_int32_t code_point = -1;
        utf8proc_ssize_t step = utf8proc_iterate(
            (const utf8proc_uint8_t *)folded + at, -1, &code_point);
        bool is_in = at < length && step > 0 && is_letter(code_point);
        if (is_in && begin == NULL)
            begin = folded + at;
        if (!is_in && begin != NULL) {
            folded[at] = '\0';
            if (!each(context, begin))
                return false;
            begin = NULL;
        }
        at += step > 0 && at < length ? (size_t)step : 1;
    }
    return true;
}

bool name_words(const char *names, bool (*each)(void *, const char *word),
                void *context, struct error *error)
{
    utf8proc_uint8_t *folded = NULL;
    if (names == NULL)
        return true;
    utf8proc_ssize_t length = utf8proc_map(
        (const utf8proc_uint8_t *)names, 0, &folded,
        UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
            UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    if (length == UTF8PROC_ERROR_NOMEM)
        return error_set(error, ERROR_LIMIT, "out of memory");
    if (length < 0)
        return true; /* no UTF-8: no words to be had */
    bool is_well = each_word((char *)folded, each, context);
    free(folded);
    return is_well;
}

bool name_counts_begin(struct name_counts *counts, struct error *error)
{
    *counts = (struct name_counts){.arena = arena_new((size_t)8 << 30)};
    return counts->arena != NULL ||
           error_set(error, ERROR_LIMIT, "out of memory");
}

void name_counts_end(struct name_counts *counts)
{
    arena_release(counts->arena);
    *counts = (struct name_counts){0};
}

struct counting {
    struct name_counts *counts;
    struct error *error;
};

static bool take_word(void *context, const char *word)
{
    const struct counting *counting = context;
    struct name_counts *counts = counting->counts;
    const char *copy =
        arena_string(counts->arena, slice_of(word), counting->error);
    return copy != NULL &&
           list_push(counts->arena, &counts->words, copy, counting->error);
}

bool name_counts_add(struct name_counts *counts, const char *names,
                     struct error *error)
{
    struct counting counting = {counts, error};
    return name_words(names, take_word, &counting, error);
}

/* What is the same to it is the same, byte for byte: no ties. */
static int compare_words(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

static bool store_word(struct casefile *casefile, const char *word, size_t uses,
                       bool is_added, struct error *error)
{
    struct sql_value text = sql_text(word);
    struct sql_value number = sql_integer((int64_t)uses);
    if (is_added)
        return sql_run(casefile, QUERY_NAME_WORD_ADD, error, text, number);
    return sql_run(casefile, QUERY_NAME_WORD_DROP, error, text, number) &&
           sql_run(casefile, QUERY_NAME_WORD_SWEEP, error, text);
}

bool name_counts_store(struct name_counts *counts, struct casefile *casefile,
                       bool is_added, struct error *error)
{
    const char **words = counts->words.items;
    size_t count = counts->words.count;
    if (count > 1)
        qsort(words, count, sizeof *words, compare_words);
    for (size_t at = 0, next; at < count; at = next) {
        for (next = at + 1; next < count; next++)
            if (strcmp(words[next], words[at]) != 0)
                break;
        if (!store_word(casefile, words[at], next - at, is_added, error))
            return false;
    }
    return true;
}
