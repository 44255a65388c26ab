/*
 * api_events.c - see api_events.h. A listener with nothing to hear is
 * suspended, which costs nothing; whoever tells something wakes it.
 */
#include "api_events.h"

#include <stdlib.h>

#include "http_reply.h"

struct listener {
    struct event_room *room;
    struct MHD_Connection *connection;
    uint64_t heard, ticks; /* how far it is */
    bool is_suspended;
};

struct event_room {
    pthread_mutex_t lock;
    char event[EVENT_BYTES_MAX]; /* as it goes out */
    size_t length;
    uint64_t told, ticks;
    bool is_ended;
    struct listener *listeners[LISTENERS_MAX];
};

struct event_room *events_new(struct error *error)
{
    struct event_room *room = calloc(1, sizeof *room);
    if (room == NULL)
        error_set(error, ERROR_LIMIT, "no memory for events");
    else
        pthread_mutex_init(&room->lock, NULL);
    return room;
}

void events_free(struct event_room *room)
{
    if (room == NULL)
        return;
    pthread_mutex_destroy(&room->lock);
    free(room);
}

/* The room is locked. */
static void wake_all(struct event_room *room)
{
    for (size_t i = 0; i < LISTENERS_MAX; i++) {
        struct listener *listener = room->listeners[i];
        if (listener == NULL || !listener->is_suspended)
            continue;
        listener->is_suspended = false;
        MHD_resume_connection(listener->connection);
    }
}

void events_tell(struct event_room *room, const char *name, const char *data)
{
    char event[EVENT_BYTES_MAX];
    int length =
        snprintf(event, sizeof event, "event: %s\ndata: %s\n\n", name, data);
    if (length < 0 || (size_t)length >= sizeof event)
        return; /* our own data is short */
    pthread_mutex_lock(&room->lock);
    memcpy(room->event, event, (size_t)length);
    room->length = (size_t)length;
    room->told++;
    wake_all(room);
    pthread_mutex_unlock(&room->lock);
}

size_t events_listener_count(struct event_room *room)
{
    size_t count = 0;
    pthread_mutex_lock(&room->lock);
    for (size_t i = 0; i < LISTENERS_MAX; i++)
        count += room->listeners[i] != NULL;
    pthread_mutex_unlock(&room->lock);
    return count;
}

void events_tick(struct event_room *room)
{
    pthread_mutex_lock(&room->lock);
    room->ticks++;
    wake_all(room);
    pthread_mutex_unlock(&room->lock);
}

void events_end(struct event_room *room)
{
    if (room == NULL)
        return;
    pthread_mutex_lock(&room->lock);
    room->is_ended = true;
    wake_all(room);
    pthread_mutex_unlock(&room->lock);
}

/* What it has not heard yet; else it sleeps. */
static ssize_t next_bytes(void *context, uint64_t position, char *bytes,
                          size_t most)
{
    static const char beat[] = ": still here\n\n";
    struct listener *listener = context;
    struct event_room *room = listener->room;
    ssize_t length = 0;
    (void)position;
    pthread_mutex_lock(&room->lock);
    if (room->is_ended) {
        length = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (listener->heard != room->told && room->length <= most) {
        memcpy(bytes, room->event, room->length);
        length = (ssize_t)room->length;
        listener->heard = room->told;
    } else if (listener->ticks != room->ticks && sizeof beat - 1 <= most) {
        memcpy(bytes, beat, sizeof beat - 1);
        length = (ssize_t)sizeof beat - 1;
        listener->ticks = room->ticks;
    } else {
        listener->is_suspended = true;
        MHD_suspend_connection(listener->connection);
    }
    pthread_mutex_unlock(&room->lock);
    return length;
}

static void leave(void *context)
{
    struct listener *listener = context;
    struct event_room *room = listener->room;
    pthread_mutex_lock(&room->lock);
    for (size_t i = 0; i < LISTENERS_MAX; i++)
        if (room->listeners[i] == listener)
            room->listeners[i] = NULL;
    pthread_mutex_unlock(&room->lock);
    free(listener);
}

static bool enter(struct event_room *room, struct listener *listener)
{
    bool has_place = false;
    pthread_mutex_lock(&room->lock);
    for (size_t i = 0; i < LISTENERS_MAX && !has_place; i++) {
        has_place = room->listeners[i] == NULL;
        if (has_place)
            room->listeners[i] = listener;
    }
    /* Something is said at once, so that who came knows that it hears. */
    listener->heard = room->told - (room->length > 0);
    listener->ticks = room->ticks - 1;
    pthread_mutex_unlock(&room->lock);
    return has_place;
}

enum MHD_Result events_listen(struct request *request)
{
    struct event_room *room = request->server->events;
    struct listener *listener = calloc(1, sizeof *listener);
    if (listener == NULL)
        return MHD_NO;
    listener->room = room;
    listener->connection = request->connection;
    if (!enter(room, listener)) {
        free(listener);
        return reply_refuse(request, MHD_HTTP_SERVICE_UNAVAILABLE,
                            "too many pages are open");
    }
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, 4 * EVENT_BYTES_MAX, next_bytes, listener, leave);
    if (response == NULL)
        leave(listener);
    return reply_response(request, MHD_HTTP_OK, response, "text/event-stream",
                          NULL);
}
