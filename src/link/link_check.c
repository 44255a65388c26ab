/*
 * link_check.c - whether a reading that comes from elsewhere holds together.
 */
#include <stdlib.h>

#include "link_parts.h"

enum layer { ACTORS, CLAIMS, ACTS, FIGURES, TIMES, PLACES, VISITS, LAYERS };
static const char *const layer_names[LAYERS] = {
    "actors", "claims", "acts", "figures", "times", "places", "interventions"};

/* A field of a layer's items that names items of another: an id, a list of
 * ids, or a list of objects in which `inner` does. */
static const struct reference {
    enum layer from;
    const char *field, *inner;
    enum layer to;
} references[] = {
    {ACTORS, "roles", "of", ACTORS},    {CLAIMS, "parent", NULL, CLAIMS},
    {CLAIMS, "speaker", NULL, ACTORS},  {ACTS, "perpetrators", "actor", ACTORS},
    {ACTS, "victims", "actor", ACTORS}, {ACTS, "targets", "actor", ACTORS},
    {ACTS, "weapons", "actor", ACTORS}, {ACTS, "time", NULL, TIMES},
    {ACTS, "place", NULL, PLACES},      {ACTS, "claims", NULL, CLAIMS},
    {ACTS, "figures", NULL, FIGURES},   {ACTS, "same_as", NULL, ACTS},
    {FIGURES, "act", NULL, ACTS},       {FIGURES, "claims", NULL, CLAIMS},
    {VISITS, "by", "actor", ACTORS},    {VISITS, "to", "actor", ACTORS},
    {VISITS, "about", NULL, ACTS},      {VISITS, "time", NULL, TIMES},
};

struct named {
    const char *id;
    uint32_t place;
};

struct checking {
    const json_t *reading;
    struct {
        struct named *items;
        uint32_t count;
    } ids[LAYERS];
    struct arena *arena;
    struct error *error;
};

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->id, ((const struct named *)b)->id);
}

static bool list_layer(struct checking *in, enum layer layer)
{
    const json_t *items = json_object_get(in->reading, layer_names[layer]);
    size_t i, count = json_array_size(items);
    json_t *item;
    if (items != NULL && !json_is_array(items) && !json_is_null(items))
        return error_set(in->error, ERROR_BAD_INPUT, "%s are no list",
                         layer_names[layer]);
    if (count > LINK_ITEMS_MAX)
        return error_set(in->error, ERROR_LIMIT, "more than %u %s",
                         LINK_ITEMS_MAX, layer_names[layer]);
    struct named *ids = arena_take(in->arena, count, sizeof *ids, in->error);
    if (ids == NULL)
        return false;
    json_array_foreach(items, i, item)
    {
        const char *id = json_string_value(json_object_get(item, "id"));
        if (id == NULL || *id == '\0')
            return error_set(in->error, ERROR_BAD_INPUT, "%s %zu: no id",
                             layer_names[layer], i + 1);
        ids[i] = (struct named){id, (uint32_t)i};
    }
    if (count > 1)
        qsort(ids, count, sizeof *ids, compare);
    for (i = 1; i < count; i++)
        if (strcmp(ids[i - 1].id, ids[i].id) == 0)
            return error_set(in->error, ERROR_BAD_INPUT,
                             "%s: two are called '%.60s'", layer_names[layer],
                             ids[i].id);
    in->ids[layer].items = ids;
    in->ids[layer].count = (uint32_t)count;
    return true;
}

static uint32_t find(const struct checking *in, enum layer layer,
                     const char *id)
{
    const struct named wanted = {id, 0};
    const struct named *found =
        in->ids[layer].count > 0
            ? bsearch(&wanted, in->ids[layer].items, in->ids[layer].count,
                      sizeof wanted, compare)
            : NULL;
    return found != NULL ? found->place : LINK_NONE;
}

static bool is_there(struct checking *in, const json_t *value, enum layer to,
                     const char *from, size_t number, const char *field)
{
    if (value == NULL || json_is_null(value))
        return true;
    if (!json_is_string(value))
        return error_set(in->error, ERROR_BAD_INPUT, "%s %zu: %s is no id",
                         from, number, field);
    return find(in, to, json_string_value(value)) != LINK_NONE ||
           error_set(in->error, ERROR_BAD_INPUT,
                     "%s %zu: %s: no '%.60s' among the %s", from, number, field,
                     json_string_value(value), layer_names[to]);
}

/* An id, a list of ids, or a list of objects that have one. */
static bool are_there(struct checking *in, const json_t *value,
                      const char *inner, enum layer to, const char *from,
                      size_t number, const char *field)
{
    size_t i;
    json_t *one;
    if (!json_is_array(value))
        return inner != NULL || is_there(in, value, to, from, number, field);
    if (json_array_size(value) > LINK_ITEMS_MAX)
        return error_set(in->error, ERROR_LIMIT, "%s %zu: more than %u %s",
                         from, number, LINK_ITEMS_MAX, field);
    json_array_foreach(value, i, one)
    {
        const json_t *id = inner != NULL ? json_object_get(one, inner) : one;
        if (!is_there(in, id, to, from, number, field))
            return false;
    }
    return true;
}

static bool check_references(struct checking *in)
{
    for (size_t r = 0; r < sizeof references / sizeof *references; r++) {
        const struct reference *its = &references[r];
        const char *from = layer_names[its->from];
        size_t i;
        json_t *item;
        json_array_foreach(json_object_get(in->reading, from), i, item)
        {
            if (!are_there(in, json_object_get(item, its->field), its->inner,
                           its->to, from, i + 1, its->field))
                return false;
        }
    }
    return true;
}

static bool check_document(struct checking *in)
{
    const json_t *its = json_object_get(in->reading, "document");
    return are_there(in, json_object_get(its, "issuer"), NULL, ACTORS,
                     "document", 1, "issuer") &&
           are_there(in, json_object_get(its, "addressee"), NULL, ACTORS,
                     "document", 1, "addressee") &&
           are_there(in, json_object_get(json_object_get(its, "answers"), "by"),
                     NULL, ACTORS, "document", 1, "answers.by");
}

/* Follows each chain; a colour for each walk, so that all are walked once. */
static bool check_chain(struct checking *in, enum layer layer,
                        const char *field)
{
    const json_t *items = json_object_get(in->reading, layer_names[layer]);
    uint32_t count = in->ids[layer].count;
    uint32_t *seen = arena_take(in->arena, count, sizeof *seen, in->error);
    if (seen == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t at = i; at != LINK_NONE && seen[at] != i + 1;) {
            if (seen[at] != 0)
                break; /* walked before: it ended */
            seen[at] = i + 1;
            const char *next = json_string_value(
                json_object_get(json_array_get(items, at), field));
            at = next != NULL ? find(in, layer, next) : LINK_NONE;
            if (at != LINK_NONE && seen[at] == i + 1)
                return error_set(in->error, ERROR_BAD_INPUT,
                                 "%s: '%.60s' goes back to itself by %s",
                                 layer_names[layer], next, field);
        }
    return true;
}

bool link_check(const json_t *reading, struct error *error)
{
    struct checking in = {.reading = reading,
                          .arena = arena_new((size_t)1 << 28),
                          .error = error};
    const char *id = json_string_value(
        json_object_get(json_object_get(reading, "document"), "id"));
    if (in.arena == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for linking");
    bool is_well = true;
    for (int layer = 0; layer < LAYERS && is_well; layer++)
        is_well = list_layer(&in, (enum layer)layer);
    is_well = is_well && check_document(&in) && check_references(&in) &&
              check_chain(&in, CLAIMS, "parent") &&
              check_chain(&in, ACTS, "same_as");
    arena_release(in.arena);
    return is_well || (id != NULL && error_prefix(error, "%.100s", id));
}
