/*
 * linking.c - see linking.h.
 */
#include "linking.h"

#include <stdlib.h>

#include "case_link.h"
#include "entries.h"

struct link_room {
    const char *case_path;
    pthread_mutex_t lock;
    pthread_t thread;
    bool has_thread; /* to be joined; the answering thread's */
    /* Under the lock. */
    bool is_running, has_failed;
    uint64_t tried; /* length of the ledger that was linked last */
    json_t *whole;
    struct error error;
};

struct link_room *linking_new(const char *case_path, struct error *error)
{
    struct link_room *room = calloc(1, sizeof *room);
    if (room == NULL) {
        error_set(error, ERROR_LIMIT, "no memory for links");
        return NULL;
    }
    room->case_path = case_path;
    pthread_mutex_init(&room->lock, NULL);
    return room;
}

void linking_free(struct link_room *room)
{
    if (room == NULL)
        return;
    if (room->has_thread)
        pthread_join(room->thread, NULL);
    json_decref(room->whole);
    pthread_mutex_destroy(&room->lock);
    free(room);
}

/* {"12": "letter.txt"} the other way round. */
static json_t *inverted(json_t *names)
{
    const char *id;
    json_t *name, *documents = json_object();
    json_object_foreach(names, id, name)
    {
        json_object_set_new(documents, json_string_value(name),
                            json_integer(strtoll(id, NULL, 10)));
    }
    return documents;
}

struct ranked {
    size_t members, number;
};

static int by_members(const void *one, const void *other)
{
    const struct ranked *a = one, *b = other;
    if (a->members != b->members)
        return a->members > b->members ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* Numbers of the items, those with most members first. */
static json_t *ranked(const json_t *items)
{
    size_t count = json_array_size(items);
    json_t *order = json_array();
    struct ranked *ranks = calloc(count + 1, sizeof *ranks);
    for (size_t i = 0; i < count && ranks != NULL; i++)
        ranks[i] = (struct ranked){json_array_size(json_object_get(
                                       json_array_get(items, i), "members")),
                                   i};
    if (ranks != NULL)
        qsort(ranks, count, sizeof *ranks, by_members);
    for (size_t i = 0; i < count && ranks != NULL; i++)
        json_array_append_new(order, json_integer((json_int_t)ranks[i].number));
    free(ranks);
    return order;
}

static json_t *link_opened(struct casefile *casefile, uint64_t *entries,
                           struct error *error)
{
    struct link *link = NULL;
    const struct link_result *result;
    json_t *lists = NULL, *names = NULL, *whole = NULL;
    if (entry_count(casefile, entries, error) &&
        (names = case_document_names(casefile, error)) != NULL &&
        case_link(casefile, &link, &result, error) &&
        (lists = link_json(result, error)) != NULL) {
        whole = json_pack("{s:O,s:o,s:{s:o,s:o},s:I}", "lists", lists,
                          "documents", inverted(names), "order", "actors",
                          ranked(json_object_get(lists, "actors")), "incidents",
                          ranked(json_object_get(lists, "incidents")),
                          "entries", (json_int_t)*entries);
        if (whole == NULL)
            error_set(error, ERROR_LIMIT, "no memory for links");
    }
    json_decref(lists);
    json_decref(names);
    link_release(link);
    return whole;
}

static void *run(void *context)
{
    struct link_room *room = context;
    struct error error = {.kind = ERROR_NONE};
    uint64_t entries = 0;
    json_t *whole = NULL;
    struct casefile *casefile =
        casefile_open(room->case_path, CASEFILE_READ, &error);
    if (casefile != NULL) {
        casefile_share(casefile);
        if (casefile_begin_read(casefile, &error))
            whole = link_opened(casefile, &entries, &error);
    }
    casefile_close(casefile);
    pthread_mutex_lock(&room->lock);
    room->is_running = false;
    room->has_failed = whole == NULL;
    room->error = error;
    if (whole != NULL) {
        json_decref(room->whole);
        room->whole = whole;
        room->tried = entries;
    }
    pthread_mutex_unlock(&room->lock);
    return NULL;
}

/* Under the lock, where nothing runs. */
static void start(struct link_room *room, uint64_t entries)
{
    if (room->has_thread)
        pthread_join(room->thread, NULL);
    room->tried = entries;
    room->has_failed = false;
    room->has_thread = pthread_create(&room->thread, NULL, run, room) == 0;
    room->is_running = room->has_thread;
    if (!room->has_thread) {
        room->has_failed = true;
        error_set(&room->error, ERROR_LIMIT, "no thread for links");
    }
}

enum linking_state linking_get(struct link_room *room, uint64_t entries,
                               json_t **whole, struct error *error)
{
    enum linking_state state = LINKING_READY;
    pthread_mutex_lock(&room->lock);
    /* A thread that runs no more has left its last words, and holds no lock. */
    if (!room->is_running && room->tried != entries)
        start(room, entries);
    if (room->is_running)
        state = LINKING_AT_WORK;
    else if (room->has_failed) {
        state = LINKING_FAILED;
        *error = room->error;
    }
    *whole = json_incref(room->whole);
    pthread_mutex_unlock(&room->lock);
    return state;
}
