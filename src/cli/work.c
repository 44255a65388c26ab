/*
 * work.c - see work.h.
 */
#include "work.h"

#include <pthread.h>
#include <stdlib.h>

#include "model.h"
#include "reading_json.h"
#include "view_times.h"

/* What the findings of one document may take: far above what any text of
 * 4 GiB needs, so that only a fault of ours or of the machine stops at it. */
#define ARENA_CEILING ((size_t)64 << 30)

struct worker {
    struct work *work;
    struct labeller *labeller;
    struct arena *arena;
    struct input_item item;
    pthread_t thread;
};

static bool write_reading(const struct work *work,
                          const struct reading *reading,
                          struct queue_entry *entry, struct error *error)
{
    struct json_sink sink = {queue_write, entry};
    if (work->is_json)
        return reading_json_write(reading, work->has_text, sink, error) &&
               queue_write(entry, slice_of("\n"), error);
    if (work->view.kind == VIEW_TIMELINE)
        return view_timeline(reading, &work->view, sink, error);
    if (work->view.kind == VIEW_CALENDAR)
        return view_calendar(reading, &work->view, sink, error);
    return view_write(reading, &work->view, sink, error);
}

/* A line that could not be read still has its line in the output. */
static bool write_error(struct queue_entry *entry, struct slice id,
                        const struct error *why, struct error *error)
{
    struct json_sink sink = {queue_write, entry};
    return queue_write(entry, slice_of("{\"document\":{\"id\":"), error) &&
           (id.length > 0 ? json_write_string(id, sink, error)
                          : queue_write(entry, slice_of("null"), error)) &&
           queue_write(entry, slice_of("},\"error\":"), error) &&
           json_write_string(slice_of(why->text), sink, error) &&
           queue_write(entry, slice_of("}\n"), error);
}

/* Between two documents for people; a rule is no part of either. */
static bool write_rule(const struct work *work, uint64_t number,
                       struct queue_entry *entry, struct error *error)
{
    return work->is_json || work->view.kind == VIEW_CALENDAR || number == 0 ||
           queue_write(entry, slice_of("\n\n"), error);
}

static bool read_document(struct worker *worker,
                          const struct document *document,
                          struct queue_entry *entry, struct error *error)
{
    struct work *work = worker->work;
    struct reading reading;
    const struct read_options options = {
        .id = document->id,
        .date = document->date.length > 0 ? document->date : work->date,
        .claimed_date = document->claimed_date,
        .marks = document->converted.marks.items,
        .mark_count = document->converted.marks.count,
        .layers = work->layers,
        .gazetteer = work->gazetteer,
    };
    bool is_read = read_text(worker->labeller, document->text, &options,
                             worker->arena, &reading, error) &&
                   write_rule(work, worker->item.number, entry, error) &&
                   write_reading(work, &reading, entry, error);
    if (!is_read && error->kind != ERROR_BAD_INPUT)
        atomic_store(&work->is_out, true);
    return is_read;
}

static void read_item(struct worker *worker, struct queue_entry *entry)
{
    struct work *work = worker->work;
    struct document document;
    struct error error, late;
    bool is_read = document_open(&worker->item, worker->work->is_unsafe,
                                 &document, &error);
    if (is_read) {
        is_read = read_document(worker, &document, entry, &error);
        if (!is_read)
            error_prefix(&error, "%.100s", worker->item.path);
    }
    if (!is_read) {
        queue_complain(entry, &error);
        if (worker->item.line > 0 &&
            !write_error(entry, document.id, &error, &late))
            atomic_store(&work->is_out, true);
        atomic_fetch_add(&work->tally->refused, 1);
    }
    atomic_fetch_add(&work->tally->documents, 1);
    atomic_fetch_add(&work->tally->bytes, document.text.length);
    document_close(&document);
    arena_reset(worker->arena);
}

static void *work_through(void *context)
{
    struct worker *worker = context;
    struct work *work = worker->work;
    while (input_next(work->input, &worker->item)) {
        struct queue_entry *entry =
            queue_open(work->queue, worker->item.number);
        if (entry == NULL)
            break;
        read_item(worker, entry);
        queue_close(entry);
    }
    return NULL;
}

static bool worker_begin(struct worker *worker, struct work *work,
                         struct error *error)
{
    worker->work = work;
    worker->arena = arena_new(ARENA_CEILING);
    if (worker->arena == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for a worker");
    worker->labeller = labeller_new(work->model, error);
    return worker->labeller != NULL;
}

static void worker_end(struct worker *worker)
{
    input_item_release(&worker->item);
    labeller_free(worker->labeller);
    arena_release(worker->arena);
}

/* An empty list must not look like a text in which nothing was found. */
static void tell_what_is_missing(const struct work *work,
                                 const struct labeller *labeller)
{
    struct error error;
    if ((work->layers & READING_FRAMES) == 0 || labeller_has_frames(labeller))
        return;
    error_set(&error, ERROR_NONE,
              "the model knows no frames: that layer stays empty");
    complain(&error);
}

bool work_do(struct work *work, unsigned threads, struct error *error)
{
    struct worker *workers = calloc(threads, sizeof *workers);
    if (workers == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the workers");
    unsigned ready = 0, started = 1;
    bool is_ready = true;
    while (ready < threads && is_ready)
        is_ready = worker_begin(&workers[ready++], work, error);
    if (is_ready) {
        tell_what_is_missing(work, workers[0].labeller);
        /* Where no thread is to be had, this one does the work alone. */
        while (started < threads &&
               pthread_create(&workers[started].thread, NULL, work_through,
                              &workers[started]) == 0)
            started++;
        work_through(&workers[0]);
        for (unsigned i = 1; i < started; i++)
            pthread_join(workers[i].thread, NULL);
    }
    for (unsigned i = 0; i < ready; i++)
        worker_end(&workers[i]);
    free(workers);
    return is_ready;
}
