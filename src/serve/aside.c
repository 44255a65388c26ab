/*
 * aside.c - see aside.h.
 */
#include "aside.h"

#include <stdlib.h>

#include "http_reply.h"

#define ASIDE_MEMORY ((size_t)2 << 30)

struct aside_room {
    pthread_mutex_t lock;
    pthread_cond_t ended;
    unsigned running;
};

struct aside {
    struct aside_room *room;
    struct MHD_Connection *connection;
    struct aside_work work;
    struct arena *arena;
    struct aside_answer answer;
    struct error error;
    bool is_well;
};

struct aside_room *asides_new(struct error *error)
{
    struct aside_room *room = calloc(1, sizeof *room);
    if (room == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    pthread_mutex_init(&room->lock, NULL);
    pthread_cond_init(&room->ended, NULL);
    return room;
}

void asides_end(struct aside_room *room)
{
    if (room == NULL)
        return;
    pthread_mutex_lock(&room->lock);
    while (room->running > 0)
        pthread_cond_wait(&room->ended, &room->lock);
    pthread_mutex_unlock(&room->lock);
}

void asides_free(struct aside_room *room)
{
    if (room == NULL)
        return;
    pthread_cond_destroy(&room->ended);
    pthread_mutex_destroy(&room->lock);
    free(room);
}

void aside_free(struct aside *aside)
{
    if (aside == NULL)
        return;
    if (aside->work.release != NULL)
        aside->work.release(aside->work.context);
    arena_release(aside->arena);
    free(aside);
}

/* The answering thread wakes when this one has nothing left to do with the
 * request; the room outlives both. */
static void *run(void *context)
{
    struct aside *aside = context;
    struct aside_room *room = aside->room;
    aside->is_well = aside->work.run(aside->work.context, aside->arena,
                                     &aside->answer, &aside->error);
    pthread_mutex_lock(&room->lock);
    MHD_resume_connection(aside->connection);
    room->running--;
    pthread_cond_broadcast(&room->ended);
    pthread_mutex_unlock(&room->lock);
    return NULL;
}

static bool take_place(struct aside_room *room)
{
    pthread_mutex_lock(&room->lock);
    bool has_place = room->running < ASIDE_MOST;
    room->running += has_place;
    pthread_mutex_unlock(&room->lock);
    return has_place;
}

static void give_place(struct aside_room *room)
{
    pthread_mutex_lock(&room->lock);
    room->running--;
    pthread_mutex_unlock(&room->lock);
}

bool aside_begin(struct request *request, const struct aside_work *work,
                 struct error *error)
{
    pthread_t thread;
    pthread_attr_t detached;
    struct aside_room *room = request->server->asides;
    struct aside *aside = calloc(1, sizeof *aside);
    if (aside == NULL || (aside->arena = arena_new(ASIDE_MEMORY)) == NULL) {
        free(aside);
        if (work->release != NULL)
            work->release(work->context);
        return error_set(error, ERROR_LIMIT, "out of memory");
    }
    aside->room = room;
    aside->connection = request->connection;
    aside->work = *work;
    if (!take_place(room)) {
        aside_free(aside);
        return error_set(error, ERROR_IO, "too much is being made at once");
    }
    request->aside = aside;
    MHD_suspend_connection(request->connection);
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    if (pthread_create(&thread, &detached, run, aside) != 0) {
        error_set(&aside->error, ERROR_LIMIT, "no thread for it");
        MHD_resume_connection(request->connection);
        give_place(room);
    }
    pthread_attr_destroy(&detached);
    return true;
}

enum MHD_Result aside_answer(struct request *request)
{
    const struct aside *aside = request->aside;
    const struct aside_answer *answer = &aside->answer;
    if (!aside->is_well)
        return reply_error(request, &aside->error);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        answer->bytes.length, (void *)(uintptr_t)answer->bytes.data,
        MHD_RESPMEM_MUST_COPY);
    for (size_t i = 0; i < ASIDE_HEADERS && response != NULL; i++)
        if (answer->headers[i][0] != NULL)
            (void)!MHD_add_response_header(response, answer->headers[i][0],
                                           answer->headers[i][1]);
    return reply_response(request, MHD_HTTP_OK, response, answer->type, NULL);
}
