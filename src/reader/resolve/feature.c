/*
 * feature.c - see feature.h.
 */
#include "feature.h"

#include "token.h"

void feature_give(const struct feature_sink *sink, const char *kind,
                  struct slice word)
{
    char key[WORD_KEY_MAX];
    size_t length = strlen(kind);
    if (length + 1 + word.length > sizeof key)
        return;
    memcpy(key, kind, length);
    key[length++] = ' ';
    memcpy(key + length, word.data, word.length);
    sink->take(sink->context, (struct slice){key, length + word.length});
}

const char *feature_class(const struct table *classes, const struct text *text,
                          uint32_t token)
{
    char buffer[WORD_KEY_MAX];
    const struct table_row *row = table_find(
        classes, word_key(text, (struct span){token, token + 1}, buffer));
    return row == NULL ? NULL : row->columns[0];
}

void feature_word(const struct feature_sink *sink, const char *kind,
                  const char *class_kind, const struct table *classes,
                  const struct text *text, uint32_t token)
{
    char buffer[WORD_KEY_MAX];
    struct slice key = word_key(text, (struct span){token, token + 1}, buffer);
    const char *class = feature_class(classes, text, token);
    if (token_flags(text, token) & CHARACTER_NUMBER)
        key = slice_of("#");
    feature_give(sink, kind, key);
    if (class != NULL)
        feature_give(sink, class_kind, slice_of(class));
    else if (word_is_capital(text, token) && word_kinds(text, token) == 0)
        feature_give(sink, class_kind, slice_of("^"));
}

void feature_bag(const struct feature_sink *sink, const char *kind,
                 const struct text *text, struct span tokens)
{
    char buffer[WORD_KEY_MAX];
    for (uint32_t at = tokens.begin; at < tokens.end; at++)
        if (token_flags(text, at) & CHARACTER_LETTER &&
            word_kinds(text, at) == 0)
            feature_give(sink, kind,
                         word_key(text, (struct span){at, at + 1}, buffer));
}

void weighing_take(void *context, struct slice key)
{
    struct weighing *weighing = context;
    const struct table_row *row = table_find(weighing->table, key);
    if (row == NULL || weighing->count == WEIGHED_MOST)
        return;
    for (size_t i = 0; i < weighing->count; i++)
        if (weighing->rows[i] == row)
            return;
    weighing->rows[weighing->count++] = row;
}

static void add_weights(const char *at, int32_t *sums, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool is_less = *at == '-';
        int32_t weight = 0;
        for (at += is_less; *at >= '0' && *at <= '9'; at++)
            weight = weight * 10 + (*at - '0');
        sums[i] += is_less ? -weight : weight;
        at += *at == ' ';
    }
}

void weighing_sums(const struct weighing *weighing, int32_t *sums, size_t count)
{
    memset(sums, 0, count * sizeof *sums);
    for (size_t i = 0; i < weighing->count; i++)
        add_weights(weighing->rows[i]->columns[0], sums, count);
}

size_t weighing_best(const int32_t *sums, size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (sums[i] > sums[best])
            best = i;
    return best;
}
