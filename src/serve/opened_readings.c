/*
 * opened_readings.c - see opened_readings.h.
 */
#include "opened_readings.h"

#include <stdlib.h>

#include "lists.h"

enum { SLOTS = 256, KEPT = 16 };
#define BYTES_MAX ((size_t)64 << 20)

struct opened_readings {
    struct opened_reading slots[SLOTS];
    uint64_t used;
    size_t bytes;
};

struct opened_readings *opened_readings_new(struct error *error)
{
    struct opened_readings *readings = calloc(1, sizeof *readings);
    if (readings == NULL)
        error_set(error, ERROR_LIMIT, "no memory for readings");
    return readings;
}

static void let_go(struct opened_readings *readings,
                   struct opened_reading *opened)
{
    readings->bytes -= opened->bytes;
    json_decref(opened->reading);
    json_decref(opened->ids);
    json_decref(opened->keys);
    *opened = (struct opened_reading){0};
}

void opened_readings_free(struct opened_readings *readings)
{
    if (readings == NULL)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        let_go(readings, &readings->slots[i]);
    free(readings);
}

/* A free slot, or that of the longest unused; as many are let go as makes
 * room for the bytes, but those of the last few calls stay. */
static struct opened_reading *room_for(struct opened_readings *readings,
                                       size_t bytes)
{
    for (;;) {
        struct opened_reading *free_slot = NULL, *oldest = NULL;
        for (size_t i = 0; i < SLOTS; i++) {
            struct opened_reading *slot = &readings->slots[i];
            if (slot->document == 0)
                free_slot = slot;
            else if (oldest == NULL || slot->used < oldest->used)
                oldest = slot;
        }
        bool is_over = readings->bytes + bytes > BYTES_MAX && oldest != NULL &&
                       oldest->used + KEPT < readings->used;
        if (free_slot != NULL && !is_over)
            return free_slot;
        let_go(readings, oldest);
    }
}

/* All objects that have an id, in whatever layer they are. */
static json_t *ids_of(json_t *reading)
{
    json_t *ids = json_object();
    void *layer = json_object_iter(reading);
    for (; layer != NULL && ids != NULL;
         layer = json_object_iter_next(reading, layer)) {
        size_t i;
        json_t *object, *values = json_object_iter_value(layer);
        if (strcmp(json_object_iter_key(layer), "sentences") == 0 ||
            strcmp(json_object_iter_key(layer), "names") == 0)
            continue;
        json_array_foreach(values, i, object)
        {
            const char *id = json_string_value(json_object_get(object, "id"));
            if (id != NULL)
                json_object_set(ids, id, object);
        }
    }
    return ids;
}

static bool open_into(struct opened_reading *opened, struct casefile *casefile,
                      struct arena *arena, struct error *error)
{
    struct case_reading reading;
    if (!reading_get(casefile, opened->document, arena, &reading, error))
        return false;
    snprintf(opened->sha256, sizeof opened->sha256, "%s", reading.sha256);
    opened->text = reading.text;
    if (reading.text == 0)
        return true;
    opened->reading = json_read(reading.body, error);
    if (opened->reading == NULL)
        return error_prefix(error, "the reading");
    opened->ids = ids_of(opened->reading);
    opened->keys = list_keys(casefile, opened->document, error);
    /* Parsed it takes some ten times its bytes. */
    opened->bytes = reading.body.length * 10;
    return opened->keys != NULL &&
           (opened->ids != NULL ||
            error_set(error, ERROR_LIMIT, "no memory for the reading"));
}

const struct opened_reading *
opened_reading_get(struct opened_readings *readings, struct casefile *casefile,
                   int64_t document, struct error *error)
{
    struct case_reading about;
    struct arena *arena = arena_new((size_t)8 << 30);
    struct opened_reading *found = NULL;
    if (arena == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    bool is_well = reading_about(casefile, document, arena, &about, error);
    for (size_t i = 0; i < SLOTS && is_well && found == NULL; i++)
        if (readings->slots[i].document == document)
            found = &readings->slots[i];
    if (found != NULL && strcmp(found->sha256, about.sha256) != 0) {
        let_go(readings, found);
        found = NULL;
    }
    if (is_well && found == NULL) {
        struct opened_reading opened = {.document = document};
        is_well = open_into(&opened, casefile, arena, error);
        if (is_well)
            found = room_for(readings, opened.bytes);
        readings->bytes += opened.bytes;
        if (is_well)
            *found = opened;
        else
            let_go(readings, &opened);
    }
    arena_release(arena);
    if (found != NULL)
        found->used = ++readings->used;
    return is_well ? found : NULL;
}
