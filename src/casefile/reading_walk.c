/*
 * reading_walk.c - see reading_walk.h. Readings may come from strangers: what
 * is not of the right type counts as not there, but a place outside the text
 * is refused, since everything rests on places.
 */
#include "reading_walk.h"

#include <ctype.h>
#include <string.h>

static const char *const layers[] = {
    "actors", "claims", "acts", "figures", "times", "places", "interventions"};

static bool index_ids(struct reading_walk *walk)
{
    size_t i;
    json_t *object;
    for (size_t layer = 0; layer < sizeof layers / sizeof *layers; layer++)
        json_array_foreach(json_object_get(walk->reading, layers[layer]), i,
                           object)
        {
            const char *id = json_string_value(json_object_get(object, "id"));
            if (id == NULL || !json_is_object(object))
                return error_set(walk->error, ERROR_BAD_INPUT,
                                 "an object of \"%s\" has no id",
                                 layers[layer]);
            if (json_object_get(walk->ids, id) != NULL)
                return error_set(walk->error, ERROR_BAD_INPUT,
                                 "the id '%.20s' is given twice", id);
            if (json_object_set(walk->ids, id, object) != 0)
                return error_set(walk->error, ERROR_LIMIT, "out of memory");
        }
    return true;
}

static bool add_told(struct reading_walk *walk, const char *claim, json_t *act)
{
    json_t *list = json_object_get(walk->told, claim);
    if (list == NULL && (list = json_array()) != NULL &&
        json_object_set_new(walk->told, claim, list) != 0)
        list = NULL;
    return (list != NULL && json_array_append(list, act) == 0) ||
           error_set(walk->error, ERROR_LIMIT, "out of memory");
}

/* Which acts each claim tells: the acts know it the other way round. */
static bool index_told(struct reading_walk *walk)
{
    size_t i, j;
    json_t *act, *id;
    json_array_foreach(json_object_get(walk->reading, "acts"), i, act)
    {
        json_array_foreach(json_object_get(act, "claims"), j, id)
        {
            if (json_is_string(id) &&
                !add_told(walk, json_string_value(id), act))
                return false;
        }
    }
    return true;
}

bool reading_walk_begin(struct reading_walk *walk, const json_t *reading,
                        struct slice text, struct arena *arena,
                        struct error *error)
{
    *walk = (struct reading_walk){.reading = reading,
                                  .ids = json_object(),
                                  .told = json_object(),
                                  .text = text,
                                  .arena = arena,
                                  .error = error};
    if (!json_is_object(reading))
        error_set(error, ERROR_BAD_INPUT, "not a reading");
    else if (walk->ids == NULL || walk->told == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    else if (index_ids(walk) && index_told(walk))
        return true;
    reading_walk_end(walk);
    return false;
}

void reading_walk_end(struct reading_walk *walk)
{
    json_decref(walk->ids);
    json_decref(walk->told);
    walk->ids = walk->told = NULL;
}

const json_t *walk_by_id(const struct reading_walk *walk, const json_t *id)
{
    const char *name = json_string_value(id);
    return name == NULL ? NULL : json_object_get(walk->ids, name);
}

static bool one_span(struct reading_walk *walk, const json_t *pair,
                     struct span *span)
{
    const json_t *begin = json_array_get(pair, 0);
    const json_t *end = json_array_get(pair, 1);
    json_int_t from = json_integer_value(begin), to = json_integer_value(end);
    if (walk->is_failed)
        return false;
    if (json_array_size(pair) != 2 || !json_is_integer(begin) ||
        !json_is_integer(end) || from < 0 || to < from ||
        (uint64_t)to > walk->text.length) {
        walk->is_failed = true;
        return error_set(walk->error, ERROR_BAD_INPUT,
                         "a place that lies outside the text");
    }
    *span = (struct span){(uint32_t)from, (uint32_t)to};
    return true;
}

static bool is_one_span(const json_t *spans)
{
    return json_is_integer(json_array_get(spans, 0));
}

bool walk_span(struct reading_walk *walk, const json_t *spans,
               struct span *span)
{
    size_t i;
    json_t *pair;
    if (is_one_span(spans))
        return one_span(walk, spans, span);
    json_array_foreach(spans, i, pair)
    {
        struct span piece;
        if (!one_span(walk, pair, &piece))
            return false;
        if (i == 0)
            *span = piece;
        if (piece.begin < span->begin)
            span->begin = piece.begin;
        if (piece.end > span->end)
            span->end = piece.end;
    }
    return json_array_size(spans) > 0;
}

static void push(struct reading_walk *walk, struct name_list *list,
                 struct slice bytes)
{
    for (size_t i = 0; i < bytes.length && !walk->is_failed; i++) {
        /* A NUL would end the string early, a break would look odd. */
        char byte = (unsigned char)bytes.data[i] < 0x20 ? ' ' : bytes.data[i];
        walk->is_failed = !list_push(walk->arena, list, byte, walk->error);
    }
}

static bool is_of_word(char byte)
{
    return isalnum((unsigned char)byte) || (unsigned char)byte >= 0x80 ||
           byte == '-';
}

/* Whether the name stands in the list already, by itself or within a longer
 * one, as whole words: "Ali" is not in "Alice", nor the act killing in
 * attempted-killing. */
static bool has_name(const struct name_list *list, struct slice name)
{
    const char *end = list->items + list->count;
    for (const char *at = list->items; at < end; at++) {
        at = memmem(at, (size_t)(end - at), name.data, name.length);
        if (at == NULL)
            break;
        if ((at == list->items || !is_of_word(at[-1])) &&
            (at + name.length == end || !is_of_word(at[name.length])))
            return true;
    }
    return false;
}

void walk_add(struct reading_walk *walk, struct name_list *list,
              const char *separator, struct slice name)
{
    enum { NAMES_BYTES_MAX = 4000 };
    if (name.length == 0 || list->count + name.length > NAMES_BYTES_MAX)
        return;
    if (list->count == 0) {
        push(walk, list, name);
    } else if (!has_name(list, name)) {
        push(walk, list, slice_of(separator));
        push(walk, list, name);
    }
}

static void add_words(struct reading_walk *walk, struct name_list *list,
                      const json_t *pair)
{
    struct span span;
    if (one_span(walk, pair, &span))
        walk_add(walk, list, "; ", slice_at(walk->text, span));
}

void walk_add_span(struct reading_walk *walk, struct name_list *list,
                   const json_t *spans)
{
    size_t i;
    json_t *pair;
    if (is_one_span(spans))
        add_words(walk, list, spans);
    else
        json_array_foreach(spans, i, pair) add_words(walk, list, pair);
}

static struct slice string_of(const json_t *value)
{
    if (!json_is_string(value))
        return (struct slice){"", 0};
    return (struct slice){json_string_value(value), json_string_length(value)};
}

static struct slice string_member(const json_t *object, const char *key)
{
    return string_of(json_object_get(object, key));
}

void walk_add_actor(struct reading_walk *walk, struct name_list *list,
                    const json_t *id)
{
    const json_t *actor = walk_by_id(walk, id);
    size_t i;
    json_t *role;
    walk_add(walk, list, "; ", string_member(actor, "name"));
    json_array_foreach(json_object_get(actor, "roles"), i, role)
        walk_add(walk, list, "; ", string_member(role, "title"));
}

void walk_add_people(struct reading_walk *walk, struct name_list *list,
                     const json_t *people)
{
    size_t i;
    json_t *one;
    json_array_foreach(people, i, one)
    {
        walk_add_actor(walk, list, json_object_get(one, "actor"));
        walk_add_span(walk, list, json_object_get(one, "span"));
    }
}

static void add_place(struct reading_walk *walk, struct name_list *list,
                      const json_t *place)
{
    size_t i;
    json_t *outer;
    walk_add(walk, list, "; ", string_member(place, "name"));
    json_array_foreach(json_object_get(place, "within"), i, outer)
        walk_add(walk, list, "; ", string_of(outer));
}

void walk_add_places(struct reading_walk *walk, struct name_list *list,
                     const json_t *ids)
{
    size_t i;
    json_t *id;
    if (!json_is_array(ids))
        add_place(walk, list, walk_by_id(walk, ids));
    json_array_foreach(ids, i, id) add_place(walk, list, walk_by_id(walk, id));
}

static void add_time(const json_t *time, const char **first, const char **last)
{
    const char *from = json_string_value(json_object_get(time, "first"));
    const char *to = json_string_value(json_object_get(time, "last"));
    if (from != NULL && (*first == NULL || strcmp(from, *first) < 0))
        *first = from;
    if (to != NULL && (*last == NULL || strcmp(to, *last) > 0))
        *last = to;
}

void walk_times(const struct reading_walk *walk, const json_t *ids,
                const char **first, const char **last)
{
    size_t i;
    json_t *id;
    if (!json_is_array(ids))
        add_time(walk_by_id(walk, ids), first, last);
    json_array_foreach(ids, i, id) add_time(walk_by_id(walk, id), first, last);
}

static const char *keep(struct reading_walk *walk, struct slice text)
{
    const char *kept =
        walk->is_failed ? NULL : arena_string(walk->arena, text, walk->error);
    walk->is_failed = kept == NULL;
    return kept;
}

const char *walk_names(struct reading_walk *walk, const struct name_list *list)
{
    return list->count == 0
               ? NULL
               : keep(walk, (struct slice){list->items, list->count});
}

const char *walk_keep(struct reading_walk *walk, const char *text)
{
    return text == NULL ? NULL : keep(walk, slice_of(text));
}
