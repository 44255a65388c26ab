/*
 * place_words.c - see place_words.h.
 */
#include "place_words.h"

static const char *const why_words[] = {
    [WHY_NO_GAZETTEER] = "no gazetteer",
    [WHY_NOT_KNOWN] = "not in the gazetteer",
    [WHY_IN_DOUBT] = "several places are called so",
    [WHY_PERSON] = "a person here is called so",
    [WHY_ONLY_ONE] = "the only place of this name",
    [WHY_LARGEST] = "the best known place of this name",
    [WHY_BESIDE] = "beside %.*s",
    [WHY_AROUND] = "other names here are in %.*s too",
    [WHY_AT_NAMED] = "at %.*s, which its name says",
    [WHY_AT_BESIDE] = "at %.*s, which stands beside it",
    [WHY_AT_SENTENCE] = "at %.*s, which its sentence names",
};
_Static_assert(sizeof why_words / sizeof *why_words == WHY_COUNT,
               "words for each reason");

struct slice place_name(const struct gazetteer *gazetteer,
                        const struct place *place, struct slice text)
{
    struct gazetteer_place found;
    if (place->index != GAZETTEER_NONE && !place->is_at &&
        gazetteer_place_at(gazetteer, place->index, &found) &&
        found.name.length > 0)
        return found.name;
    return slice_at(text, place->span);
}

const char *place_kind(const struct gazetteer *gazetteer,
                       const struct place *place)
{
    struct gazetteer_place found;
    if (place->index != GAZETTEER_NONE && !place->is_at &&
        gazetteer_place_at(gazetteer, place->index, &found))
        return place_kind_names[found.kind];
    return place->facility;
}

bool place_point(const struct gazetteer *gazetteer, const struct place *place,
                 int32_t *lat, int32_t *lon)
{
    struct gazetteer_place found;
    if (place->index == GAZETTEER_NONE ||
        !gazetteer_place_at(gazetteer, place->index, &found) ||
        !found.has_point || (place->is_at && !place_is_small(&found)))
        return false;
    *lat = found.lat;
    *lon = found.lon;
    return true;
}

size_t place_within(const struct gazetteer *gazetteer,
                    const struct place *place,
                    struct slice names[PLACE_WITHIN_MAX])
{
    struct gazetteer_place found;
    size_t count = 0;
    uint32_t at = place->index;
    if (at == GAZETTEER_NONE || !gazetteer_place_at(gazetteer, at, &found))
        return 0;
    if (!place->is_at)
        at = found.within;
    for (; count < PLACE_WITHIN_MAX && at != GAZETTEER_NONE &&
           gazetteer_place_at(gazetteer, at, &found);
         at = found.within)
        names[count++] = found.name;
    return count;
}

struct slice place_why(const struct gazetteer *gazetteer,
                       const struct place *place, char words[PLACE_WHY_SIZE])
{
    struct gazetteer_place found = {.name = {"", 0}};
    const char *format = why_words[place->why];
    if (strchr(format, '%') == NULL)
        return slice_of(format);
    if (place->why_place == GAZETTEER_NONE ||
        !gazetteer_place_at(gazetteer, place->why_place, &found))
        found.name.length = 0;
    const char *hole = strchr(format, '%');
    snprintf(words, PLACE_WHY_SIZE, "%.*s%.*s%s", (int)(hole - format), format,
             (int)found.name.length, found.name.data, hole + sizeof "%.*s" - 1);
    return slice_of(words);
}
