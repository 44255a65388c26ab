/*
 * text_map.c - see text_map.h. The bytes are a JSON object, "map/1":
 * docs/case-file-format.md.
 */
#include "text_map.h"

#include "contents.h"
#include "json.h"

/* begin end kind paragraph page left top right bottom confidence; what is left
 * out at the end is 0. */
enum { PLACE_NUMBERS_LEAST = 4, PLACE_NUMBERS = 10 };

static bool corrupt(struct error *error)
{
    return error_set(error, ERROR_CORRUPT, "what is stored is no map");
}

static bool read_place(const json_t *array, const json_t *kinds,
                       struct arena *arena, struct text_map *map,
                       struct error *error)
{
    uint32_t numbers[PLACE_NUMBERS] = {0};
    const size_t count = json_array_size(array);
    if (count < PLACE_NUMBERS_LEAST || count > PLACE_NUMBERS)
        return corrupt(error);
    for (size_t i = 0; i < count; i++) {
        const json_t *number = json_array_get(array, i);
        const json_int_t value = json_integer_value(number);
        if (!json_is_integer(number) || value < 0 || value > UINT32_MAX)
            return corrupt(error);
        numbers[i] = (uint32_t)value;
    }
    const char *kind = json_string_value(json_array_get(kinds, numbers[2]));
    const uint32_t before =
        map->places.count > 0
            ? map->places.items[map->places.count - 1].span.end
            : 0;
    if (kind == NULL || numbers[0] < before || numbers[1] < numbers[0])
        return corrupt(error);
    const struct text_place place = {
        .span = {numbers[0], numbers[1]},
        .kind = kind,
        .paragraph = numbers[3],
        .page = numbers[4],
        .box = {numbers[5], numbers[6], numbers[7], numbers[8]},
        .confidence = numbers[9]};
    return list_push(arena, &map->places, place, error);
}

static const char *copy(const json_t *string, struct arena *arena,
                        struct error *error)
{
    if (!json_is_string(string)) {
        corrupt(error);
        return NULL;
    }
    return arena_string(
        arena,
        (struct slice){json_string_value(string), json_string_length(string)},
        error);
}

static bool read_fact(const json_t *object, struct arena *arena,
                      struct text_map *map, struct error *error)
{
    const struct text_fact fact = {
        copy(json_object_get(object, "name"), arena, error),
        copy(json_object_get(object, "value"), arena, error),
        copy(json_object_get(object, "from"), arena, error)};
    return fact.name != NULL && fact.value != NULL && fact.from != NULL &&
           list_push(arena, &map->facts, fact, error);
}

/* The names of kinds, as often used as they are, are copied once. */
static bool copy_kinds(json_t *kinds, struct arena *arena, struct text_map *map,
                       struct error *error)
{
    struct {
        const char *from;
        const char *own;
    } names[64];
    const size_t count = json_array_size(kinds);
    if (count > sizeof names / sizeof *names)
        return corrupt(error);
    for (size_t i = 0; i < count; i++) {
        names[i].from = json_string_value(json_array_get(kinds, i));
        names[i].own = copy(json_array_get(kinds, i), arena, error);
        if (names[i].own == NULL)
            return false;
    }
    for (size_t i = 0; i < map->places.count; i++)
        for (size_t j = 0; j < count; j++)
            if (map->places.items[i].kind == names[j].from) {
                map->places.items[i].kind = names[j].own;
                break;
            }
    return true;
}

static bool read_all(const json_t *root, struct arena *arena,
                     struct text_map *map, struct error *error)
{
    json_t *kinds = json_object_get(root, "kinds");
    const json_t *places = json_object_get(root, "places");
    const json_t *facts = json_object_get(root, "metadata");
    const json_t *warnings = json_object_get(root, "warnings");
    const char *name = json_string_value(json_object_get(root, "madai"));
    if (name == NULL || strcmp(name, "map/1") != 0)
        return corrupt(error);
    for (size_t i = 0; i < json_array_size(places); i++)
        if (!read_place(json_array_get(places, i), kinds, arena, map, error))
            return false;
    for (size_t i = 0; i < json_array_size(facts); i++)
        if (!read_fact(json_array_get(facts, i), arena, map, error))
            return false;
    for (size_t i = 0; i < json_array_size(warnings); i++) {
        const char *words = copy(json_array_get(warnings, i), arena, error);
        if (words == NULL || !list_push(arena, &map->warnings, words, error))
            return false;
    }
    return copy_kinds(kinds, arena, map, error);
}

bool text_map_read(struct slice json, struct arena *arena, struct text_map *map,
                   struct error *error)
{
    struct error why = {.kind = ERROR_NONE};
    *map = (struct text_map){0};
    json_t *root = json_read(json, &why);
    if (root == NULL)
        return why.kind == ERROR_BAD_INPUT
                   ? corrupt(error)
                   : error_set(error, why.kind, "%s", why.text);
    bool is_read = read_all(root, arena, map, error);
    json_decref(root);
    return is_read;
}

bool text_map_get(struct casefile *casefile, const struct case_text *text,
                  struct arena *arena, struct text_map *map,
                  struct error *error)
{
    struct slice json;
    *map = (struct text_map){0};
    return text->map == 0 ||
           (content_read(casefile, text->map, arena, &json, error) &&
            text_map_read(json, arena, map, error) &&
            (map->places.count == 0 ||
             map->places.items[map->places.count - 1].span.end <= text->bytes ||
             corrupt(error)));
}

size_t text_map_first(const struct text_map *map, struct span span)
{
    size_t low = 0, high = map->places.count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (map->places.items[middle].span.end > span.begin)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

uint32_t text_map_page(const struct text_map *map, struct span span)
{
    const size_t first = text_map_first(map, span);
    return first < map->places.count &&
                   map->places.items[first].span.begin < span.end
               ? map->places.items[first].page
               : 0;
}
