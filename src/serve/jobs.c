/*
 * jobs.c - see jobs.h.
 */
#include "jobs.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "api_events.h"
#include "case_add.h"
#include "page_files.h"
#include "uploads.h"
#include "verify.h"

enum job_how { JOB_NONE, JOB_RUNS, JOB_DONE, JOB_STOPPED, JOB_FAILED };
static const char *const how_names[] = {"none", "running", "done", "stopped",
                                        "failed"};

struct job_room {
    struct server *server;
    pthread_mutex_t lock;
    pthread_t thread;
    bool has_thread; /* to be joined */
    atomic_bool is_stopping;
    /* Of the job; under the lock. */
    uint64_t number;
    enum job_how how;
    const char *kind;
    uint64_t done, total, added, known, refused;
    json_t *told;   /* an array */
    json_t *counts; /* of verify, or NULL */
    uint64_t untold;
    struct error error;
    /* The job's own. */
    json_t *wanted;
    uint64_t numbers[UPLOADS_MAX];
    char *folders[UPLOADS_MAX];
    size_t folder_count;
    /* Kept from the first reading on. */
    const struct model *model;
    const struct gazetteer *gazetteer;
};

struct job_room *jobs_new(struct server *server, struct error *error)
{
    struct job_room *room = calloc(1, sizeof *room);
    if (room == NULL) {
        error_set(error, ERROR_LIMIT, "no memory for jobs");
        return NULL;
    }
    room->server = server;
    room->kind = "none";
    pthread_mutex_init(&room->lock, NULL);
    return room;
}

static void clear(struct job_room *room)
{
    json_decref(room->told);
    json_decref(room->counts);
    json_decref(room->wanted);
    room->told = room->counts = room->wanted = NULL;
    room->done = room->total = room->added = room->known = room->refused = 0;
    room->untold = 0;
    room->folder_count = 0;
    room->error.kind = ERROR_NONE;
}

void jobs_free(struct job_room *room)
{
    if (room == NULL)
        return;
    job_stop(room);
    if (room->has_thread)
        pthread_join(room->thread, NULL);
    clear(room);
    pthread_mutex_destroy(&room->lock);
    free(room);
}

void job_stop(struct job_room *room) { atomic_store(&room->is_stopping, true); }

bool job_is_verifying(struct job_room *room)
{
    pthread_mutex_lock(&room->lock);
    bool is_so = room->how == JOB_RUNS && strcmp(room->kind, "verify") == 0;
    pthread_mutex_unlock(&room->lock);
    return is_so;
}

/* Numbers only: short, and nothing of the case. The room is locked. */
static json_t *numbers_of(const struct job_room *room)
{
    return json_pack("{s:I,s:s,s:s,s:I,s:I,s:I,s:I,s:I,s:I}", "number",
                     (json_int_t)room->number, "kind", room->kind, "state",
                     how_names[room->how], "done", (json_int_t)room->done,
                     "total", (json_int_t)room->total, "added",
                     (json_int_t)room->added, "known", (json_int_t)room->known,
                     "refused", (json_int_t)room->refused, "told",
                     (json_int_t)(json_array_size(room->told) + room->untold));
}

static void tell_listeners(struct job_room *room)
{
    pthread_mutex_lock(&room->lock);
    json_t *numbers = numbers_of(room);
    pthread_mutex_unlock(&room->lock);
    char *text = numbers != NULL ? json_dumps(numbers, JSON_COMPACT) : NULL;
    if (text != NULL)
        events_tell(room->server->events, "job", text);
    free(text);
    json_decref(numbers);
}

json_t *job_state(struct job_room *room, uint64_t after, uint64_t limit,
                  struct error *error)
{
    pthread_mutex_lock(&room->lock);
    json_t *state = numbers_of(room), *told = json_array();
    for (uint64_t i = after;
         i < json_array_size(room->told) && i - after < limit; i++)
        json_array_append(told, json_array_get(room->told, i));
    if (state != NULL && room->error.kind != ERROR_NONE)
        json_object_set_new(state, "why", json_string(room->error.text));
    if (state != NULL && room->counts != NULL)
        json_object_set(state, "counts", room->counts);
    pthread_mutex_unlock(&room->lock);
    if (state == NULL || json_object_set_new(state, "items", told) != 0) {
        json_decref(state);
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    return state;
}

/* The room is locked. */
static void keep_told(struct job_room *room, json_t *item)
{
    if (item != NULL && json_array_size(room->told) < JOB_TOLD_MAX &&
        json_array_append_new(room->told, item) == 0)
        return;
    json_decref(item);
    room->untold++;
}

/* Below the folder that an upload has for itself. */
static const char *shown_name(const struct job_room *room, const char *path)
{
    for (size_t i = 0; i < room->folder_count; i++) {
        size_t length = strlen(room->folders[i]);
        if (strncmp(path, room->folders[i], length) == 0 && path[length] == '/')
            return path + length + 1;
    }
    return path;
}

static bool document_told(void *context, const struct add_told *told)
{
    static const char *const words[] = {"added", "known", "refused", "unread"};
    struct job_room *room = context;
    pthread_mutex_lock(&room->lock);
    room->done++;
    room->added += told->how == ADDED;
    room->known += told->how == ADDED_KNOWN;
    const bool is_read = told->how == ADDED || told->how == ADDED_KNOWN;
    room->refused += !is_read;
    keep_told(room, json_pack("{s:s,s:s,s:s*,s:s*}", "how", words[told->how],
                              "name", shown_name(room, told->path), "document",
                              *told->sha256 != '\0' ? told->sha256 : NULL,
                              "why", is_read ? NULL : told->error->text));
    pthread_mutex_unlock(&room->lock);
    tell_listeners(room);
    return !atomic_load(&room->is_stopping);
}

static void documents_found(void *context, uint64_t count)
{
    struct job_room *room = context;
    pthread_mutex_lock(&room->lock);
    room->total = count;
    pthread_mutex_unlock(&room->lock);
    tell_listeners(room);
}

/* What the page says of where the documents came from. */
static struct document_facts facts_of(const json_t *wanted)
{
    const json_t *facts = json_object_get(wanted, "facts");
    return (struct document_facts){
        .date = json_string_value(json_object_get(facts, "date")),
        .source = json_string_value(json_object_get(facts, "source")),
        .url = json_string_value(json_object_get(facts, "url")),
        .note = json_string_value(json_object_get(facts, "note")),
        .obtained_by = json_string_value(json_object_get(facts, "obtained_by")),
        .obtained_at = json_string_value(json_object_get(facts, "obtained_at")),
        .obtained_from =
            json_string_value(json_object_get(facts, "obtained_from"))};
}

static bool add_or_read(struct job_room *room, struct casefile *casefile,
                        struct error *error)
{
    const struct serve *options = &room->server->options;
    if (room->model == NULL &&
        !options->know(options->context, &room->model, &room->gazetteer, error))
        return false;
    struct case_add add = {.casefile = casefile,
                           .gazetteer = room->gazetteer,
                           .model = room->model,
                           .threads = options->threads,
                           .facts = facts_of(room->wanted),
                           .tell = document_told,
                           .found = documents_found,
                           .context = room};
    if (strcmp(room->kind, "read") == 0)
        return case_reread(&add, NULL, 0, true, error);
    return case_add_files(&add, room->folders, room->folder_count,
                          options->case_path, error);
}

static void fault_told(void *context, const char *what, const char *where)
{
    struct job_room *room = context;
    pthread_mutex_lock(&room->lock);
    keep_told(room, json_pack("{s:s,s:s,s:s}", "how", "fault", "name", where,
                              "why", what));
    pthread_mutex_unlock(&room->lock);
}

static void progress_told(void *context, uint64_t done, uint64_t total)
{
    struct job_room *room = context;
    pthread_mutex_lock(&room->lock);
    bool is_step = done - room->done > total / 100 || done < room->done;
    if (is_step)
        room->done = done;
    room->total = total;
    pthread_mutex_unlock(&room->lock);
    if (is_step)
        tell_listeners(room);
}

static bool verify(struct job_room *room, struct casefile *casefile,
                   struct error *error)
{
    struct verify_counts counts;
    struct progress progress = {progress_told, room};
    const char *note =
        json_string_value(json_object_get(room->wanted, "checkpoint"));
    struct slice held = slice_of(note != NULL ? note : "");
    struct verify work = {.casefile = casefile,
                          .fault = fault_told,
                          .context = room,
                          .progress = &progress,
                          .held = &held,
                          .held_count = note != NULL ? 1 : 0};
    if (!casefile_verify(&work, &counts, error))
        return false;
    pthread_mutex_lock(&room->lock);
    room->done = room->total;
    room->counts = json_pack(
        "{s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:b}", "entries",
        (json_int_t)counts.entries, "documents", (json_int_t)counts.documents,
        "texts", (json_int_t)counts.texts, "readings",
        (json_int_t)counts.readings, "findings", (json_int_t)counts.findings,
        "reviews", (json_int_t)counts.reviews, "checkpoints",
        (json_int_t)counts.checkpoints, "stamps", (json_int_t)counts.stamps,
        "bytes", (json_int_t)counts.bytes, "elsewhere",
        (json_int_t)counts.elsewhere, "unread", (json_int_t)counts.unread,
        "erased", (json_int_t)counts.erased, "faults",
        (json_int_t)counts.faults, "held", (int)(note != NULL));
    pthread_mutex_unlock(&room->lock);
    return true;
}

static void finish(struct job_room *room, bool is_done,
                   const struct error *error)
{
    for (size_t i = 0; i < room->folder_count; i++)
        upload_remove(room->server->uploads, room->numbers[i]);
    pthread_mutex_lock(&room->lock);
    room->folder_count = 0;
    room->how = !is_done                          ? JOB_FAILED
                : atomic_load(&room->is_stopping) ? JOB_STOPPED
                                                  : JOB_DONE;
    if (!is_done)
        room->error = *error;
    pthread_mutex_unlock(&room->lock);
    tell_listeners(room);
}

static void *run(void *context)
{
    struct job_room *room = context;
    struct error error = {.kind = ERROR_NONE};
    bool is_done = false;
    struct casefile *casefile =
        casefile_open(room->server->options.case_path, CASEFILE_WRITE, &error);
    if (casefile != NULL) {
        casefile_share(casefile);
        is_done = strcmp(room->kind, "verify") == 0
                      ? verify(room, casefile, &error)
                      : add_or_read(room, casefile, &error);
    }
    casefile_close(casefile);
    finish(room, is_done, &error);
    return NULL;
}

static bool take_folder(struct job_room *room, uint64_t number,
                        struct error *error)
{
    const char *folder = upload_take(room->server->uploads, number);
    if (folder == NULL)
        return error_set(error, ERROR_NOT_FOUND, "there is no upload %llu",
                         (unsigned long long)number);
    room->numbers[room->folder_count] = number;
    /* Read only: paths_find wants what a command line is. */
    room->folders[room->folder_count++] = (char *)(uintptr_t)folder;
    return true;
}

static bool take_uploads(struct job_room *room, const json_t *wanted,
                         struct error *error)
{
    size_t i;
    json_t *number, *uploads = json_object_get(wanted, "uploads");
    if (!json_is_array(uploads) || json_array_size(uploads) == 0 ||
        json_array_size(uploads) > UPLOADS_MAX)
        return error_set(error, ERROR_USAGE, "which uploads?");
    json_array_foreach(uploads, i, number)
    {
        if (!json_is_integer(number) || json_integer_value(number) < 0)
            return error_set(error, ERROR_USAGE, "which uploads?");
        if (!take_folder(room, (uint64_t)json_integer_value(number), error))
            return false;
    }
    return true;
}

static bool take_examples(struct job_room *room, struct error *error)
{
    for (size_t i = 0; i < example_embedded_count; i++) {
        uint64_t number;
        struct slice bytes = {example_embedded[i].bytes,
                              example_embedded[i].length};
        if (!upload_example(room->server->uploads, example_embedded[i].name,
                            bytes, &number, error) ||
            !take_folder(room, number, error))
            return false;
    }
    return true;
}

/* Under the lock; nothing runs. */
static bool prepare(struct job_room *room, const json_t *wanted,
                    struct error *error)
{
    static const char *const kinds[] = {"add", "example", "read", "verify"};
    const char *word = json_string_value(json_object_get(wanted, "kind"));
    const char *kind = NULL;
    for (size_t i = 0; i < 4 && word != NULL; i++)
        if (strcmp(kinds[i], word) == 0)
            kind = kinds[i];
    if (kind == NULL)
        return error_set(error, ERROR_USAGE,
                         "kind is add, example, read or verify");
    clear(room);
    room->kind = kind;
    room->how = JOB_FAILED;
    room->number++;
    room->told = json_array();
    room->wanted = json_deep_copy(wanted);
    if (room->told == NULL || room->wanted == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    return (strcmp(kind, "add") != 0 || take_uploads(room, wanted, error)) &&
           (strcmp(kind, "example") != 0 || take_examples(room, error));
}

/* What is left to end of the job before; false while it runs. */
static bool is_free(struct job_room *room)
{
    pthread_mutex_lock(&room->lock);
    bool is_running = room->how == JOB_RUNS;
    pthread_mutex_unlock(&room->lock);
    if (!is_running && room->has_thread) {
        pthread_join(room->thread, NULL);
        room->has_thread = false;
    }
    return !is_running;
}

/* Nothing runs; under the lock. */
static bool begin(struct job_room *room, const json_t *wanted,
                  struct error *error)
{
    if (!prepare(room, wanted, error))
        return false;
    atomic_store(&room->is_stopping, false);
    room->how = JOB_RUNS;
    room->has_thread = pthread_create(&room->thread, NULL, run, room) == 0;
    if (!room->has_thread)
        room->how = JOB_FAILED;
    return room->has_thread ||
           error_set(error, ERROR_LIMIT, "no thread for it");
}

bool job_start(struct job_room *room, const json_t *wanted, struct error *error)
{
    if (!is_free(room))
        return error_set(error, ERROR_IO,
                         "something is being done; wait until it has ended");
    pthread_mutex_lock(&room->lock);
    bool is_begun = begin(room, wanted, error);
    size_t count = is_begun ? 0 : room->folder_count;
    if (!is_begun)
        room->folder_count = 0;
    pthread_mutex_unlock(&room->lock);
    for (size_t i = 0; i < count; i++)
        upload_remove(room->server->uploads, room->numbers[i]);
    if (is_begun)
        tell_listeners(room);
    return is_begun;
}
