/*
 * part_marks.c - see part_marks.h.
 */
#include "part_marks.h"

struct marking {
    struct arena *arena;
    struct part_marks *marks;
    struct error *error;
    uint32_t paragraph; /* of the last mark */
};

static bool kind_named(const char *name, enum part_kind *kind)
{
    for (int i = PART_BODY + 1; i <= PART_TABLE; i++)
        if (strcmp(part_kind_names[i], name) == 0) {
            *kind = (enum part_kind)i;
            return true;
        }
    return false;
}

/* Lines and words of one paragraph have one mark. */
static bool add(struct marking *to, struct span span, const char *name,
                uint32_t paragraph)
{
    struct part_mark mark = {.span = span};
    struct part_marks *marks = to->marks;
    if (!kind_named(name, &mark.kind))
        return true;
    struct part_mark *last =
        marks->count > 0 ? &marks->items[marks->count - 1] : NULL;
    if (last != NULL && last->kind == mark.kind && to->paragraph == paragraph) {
        last->span.end = span.end;
        return true;
    }
    to->paragraph = paragraph;
    return list_push(to->arena, marks, mark, to->error);
}

bool part_marks_of_conversion(const struct conversion *conversion,
                              struct arena *arena, struct part_marks *marks,
                              struct error *error)
{
    struct marking to = {.arena = arena, .marks = marks, .error = error};
    *marks = (struct part_marks){0};
    for (size_t i = 0; i < conversion->origins.count; i++) {
        const struct origin *origin = &conversion->origins.items[i];
        if (!add(&to, origin->span, origin_kind_names[origin->kind],
                 origin->paragraph))
            return false;
    }
    return true;
}

bool part_marks_of_map(const struct text_map *map, struct arena *arena,
                       struct part_marks *marks, struct error *error)
{
    struct marking to = {.arena = arena, .marks = marks, .error = error};
    *marks = (struct part_marks){0};
    for (size_t i = 0; i < map->places.count; i++) {
        const struct text_place *place = &map->places.items[i];
        if (!add(&to, place->span, place->kind, place->paragraph))
            return false;
    }
    return true;
}
