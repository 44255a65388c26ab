/*
 * settle.c - one type for the same words, and short forms that were missed.
 *
 * Invariant: the names stay in order and do not overlap.
 */
#include "settle.h"

#include <stdlib.h>

/* What a short form is worth: found by rule, right about twice in three. */
static const float SHORT_FORM = 0.6f;

struct sighting {
    uint64_t key; /* of the words */
    uint32_t name;
};

static int by_key(const void *left, const void *right)
{
    const struct sighting *a = left;
    const struct sighting *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->name < b->name ? -1 : a->name > b->name;
}

static void settle_types(struct labels *labels, const struct sighting *sorted,
                         size_t count)
{
    struct labelled_name *names = labels->names.items;
    for (size_t first = 0, end; first < count; first = end) {
        float sums[4] = {0};
        enum name_type best = NAME_PERSON;
        for (end = first; end < count && sorted[end].key == sorted[first].key;
             end++)
            sums[names[sorted[end].name].type] +=
                names[sorted[end].name].probability;
        for (enum name_type type = NAME_PERSON; type <= NAME_OTHER; type++)
            if (sums[type] > sums[best])
                best = type;
        for (size_t i = first; i < end; i++)
            names[sorted[i].name].type = best;
    }
}

static uint64_t key_of(const struct text *text, uint32_t token)
{
    return word_hash(text, (struct span){token, token + 1}, 'h');
}

/* The heads of bodies with names of several words. */
static size_t take_heads(const struct text *text, const struct labels *labels,
                         struct sighting *heads)
{
    size_t count = 0;
    for (size_t i = 0; i < labels->names.count; i++) {
        const struct labelled_name *name = &labels->names.items[i];
        if (name->type == NAME_ORGANISATION &&
            name->tokens.end > name->tokens.begin + 1)
            heads[count++] = (struct sighting){
                .key = key_of(text, word_head_of_body(text, name->tokens.begin,
                                                      name->tokens.end - 1))};
    }
    qsort(heads, count, sizeof *heads, by_key);
    return count;
}

static bool is_head(const struct text *text, uint32_t token,
                    const struct sighting *heads, size_t count)
{
    struct sighting wanted = {.key = key_of(text, token)};
    return count > 0 &&
           bsearch(&wanted, heads, count, sizeof *heads, by_key) != NULL;
}

/* "The Alliance" without its article, where it is a short form. */
static struct labelled_name without_article(const struct text *text,
                                            struct labelled_name name,
                                            const struct sighting *heads,
                                            size_t count)
{
    if (name.tokens.end == name.tokens.begin + 2 &&
        word_is(text, name.tokens.begin, "the") &&
        is_head(text, name.tokens.begin + 1, heads, count))
        name.tokens.begin++;
    return name;
}

/* A capitalised word behind "the" that is no beginning of something longer. */
static bool may_be_short(const struct text *text, uint32_t at)
{
    return at > 0 && word_is(text, at - 1, "the") &&
           word_is_capital(text, at) &&
           (at + 1 == text->tokens.count || !word_is_capital(text, at + 1));
}

/* Names and short forms between them, merged in order. */
static bool add_short_forms(const struct text *text, struct labels *labels,
                            const struct sighting *heads, size_t count,
                            struct arena *arena, struct error *error)
{
    struct labels all = {0};
    size_t next = 0;
    for (uint32_t at = 0; at < text->tokens.count; at++) {
        const struct labelled_name *name = &labels->names.items[next];
        if (next < labels->names.count && name->tokens.begin <= at) {
            if (!list_push(arena, &all.names,
                           without_article(text, *name, heads, count), error))
                return false;
            if (name->tokens.end > at)
                at = name->tokens.end - 1;
            next++;
            continue;
        }
        if (!may_be_short(text, at) || !is_head(text, at, heads, count))
            continue;
        struct labelled_name found = {.tokens = {at, at + 1},
                                      .type = NAME_ORGANISATION,
                                      .probability = SHORT_FORM};
        if (!list_push(arena, &all.names, found, error))
            return false;
    }
    labels->names.items = all.names.items;
    labels->names.count = all.names.count;
    labels->names.capacity = all.names.capacity;
    return true;
}

bool names_settle(const struct text *text, struct labels *labels,
                  struct arena *arena, struct error *error)
{
    size_t count = labels->names.count;
    if (count == 0)
        return true;
    struct sighting *sorted = arena_take(arena, count, sizeof *sorted, error);
    if (sorted == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = (struct sighting){
            word_hash(text, labels->names.items[i].tokens, 't'), i};
    qsort(sorted, count, sizeof *sorted, by_key);
    settle_types(labels, sorted, count);
    size_t heads = take_heads(text, labels, sorted);
    return add_short_forms(text, labels, sorted, heads, arena, error);
}
