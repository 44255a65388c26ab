/*
 * reading_pool.c - see reading_pool.h. One lock: documents are long, workers
 * few.
 */
#include "reading_pool.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "model.h"
#include "reading_json.h"

/* As for `madai read`: only a fault of ours or of the machine stops here. */
#define ARENA_CEILING ((size_t)64 << 30)
enum { SLOTS_A_THREAD = 4 };

struct pool_worker {
    struct reading_pool *pool;
    struct labeller *labeller;
    struct arena *arena;
    pthread_t thread;
};

struct reading_pool {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    const struct model *model;
    const struct gazetteer *gazetteer;
    bool (*is_known)(void *, const char *);
    void *context;
    struct reading_job *jobs; /* a ring: number % slots */
    size_t slots;
    uint64_t given, begun, taken, put; /* how many so far */
    uint64_t held;                     /* bytes of files in all jobs */
    bool is_ending;
    struct pool_worker *workers;
    unsigned ready, started;
};

void reading_pool_reader(const struct model *model,
                         const struct gazetteer *gazetteer,
                         char name[READER_NAME_SIZE])
{
    snprintf(name, READER_NAME_SIZE, "madai %s, model %s%s%s", MADAI_VERSION,
             model_sha256(model), gazetteer != NULL ? ", gazetteer " : "",
             gazetteer != NULL ? gazetteer_checksum(gazetteer) : "");
}

/* A buffer that grows: what a reading is written into. */
struct buffer {
    char *bytes;
    size_t length;
    size_t capacity;
};

static bool buffer_write(void *context, struct slice bytes, struct error *error)
{
    struct buffer *buffer = context;
    size_t needed = buffer->length + bytes.length;
    if (needed > buffer->capacity) {
        size_t wanted = needed > 2 * buffer->capacity ? needed + 4096
                                                      : 2 * buffer->capacity;
        char *grown = realloc(buffer->bytes, wanted);
        if (grown == NULL)
            return error_set(error, ERROR_LIMIT, "no memory for the reading");
        buffer->bytes = grown;
        buffer->capacity = wanted;
    }
    memcpy(buffer->bytes + buffer->length, bytes.data, bytes.length);
    buffer->length = needed;
    return true;
}

static uint64_t count_words(struct slice text)
{
    uint64_t count = 0;
    bool was_blank = true;
    for (size_t i = 0; i < text.length; i++) {
        const bool is_blank = (unsigned char)text.data[i] <= ' ';
        count += was_blank && !is_blank;
        was_blank = is_blank;
    }
    return count;
}

static bool read_job(struct pool_worker *worker, struct reading_job *job)
{
    struct reading reading;
    struct buffer buffer = {0};
    const struct part_marks *marks =
        job->is_original ? &job->converted.marks : &job->marks;
    const struct read_options options = {
        .id = slice_of(job->name),
        .date = slice_of(job->date != NULL ? job->date : ""),
        .claimed_date = job->is_original ? job->converted.date : slice_of(""),
        .marks = marks->items,
        .mark_count = marks->count,
        .gazetteer = worker->pool->gazetteer,
    };
    bool is_read = read_text(worker->labeller, job->text, &options,
                             worker->arena, &reading, &job->error) &&
                   reading_json_write(&reading, false,
                                      (struct json_sink){buffer_write, &buffer},
                                      &job->error);
    arena_reset(worker->arena);
    if (!is_read) {
        free(buffer.bytes);
        return false;
    }
    job->words = count_words(job->text);
    job->json = buffer.bytes;
    job->json_length = buffer.length;
    return true;
}

static uint64_t size_of(const char *path)
{
    struct stat status;
    if (strcmp(path, "-") == 0 || stat(path, &status) != 0)
        return 0;
    return (uint64_t)status.st_size;
}

/* Waits until the file may be held too; the oldest job never waits. */
static void hold(struct reading_pool *pool, struct reading_job *job)
{
    uint64_t size = job->path != NULL ? size_of(job->path) : job->text.length;
    pthread_mutex_lock(&pool->lock);
    while (job->number != pool->taken && pool->held + size > POOL_BYTES &&
           !pool->is_ending)
        pthread_cond_wait(&pool->changed, &pool->lock);
    job->held = size;
    pool->held += size;
    pthread_mutex_unlock(&pool->lock);
}

static bool open_job(struct reading_job *job)
{
    if (job->path == NULL)
        return true;
    if (!file_read(job->path, TEXT_BYTES_MAX, &job->file, &job->error))
        return false;
    job->text = job->file.bytes;
    return sha256_hex(job->text, job->sha256, &job->error);
}

static bool convert_job(struct reading_job *job)
{
    if (!file_text_open(job->text, job->name, job->is_unsafe, &job->converted,
                        &job->error))
        return false;
    job->text = job->converted.text;
    return true;
}

static void do_job(struct pool_worker *worker, struct reading_job *job)
{
    struct reading_pool *pool = worker->pool;
    if (job->error.kind != ERROR_NONE)
        return;
    hold(pool, job);
    if (!open_job(job))
        return;
    job->is_known = job->path != NULL && pool->is_known != NULL &&
                    pool->is_known(pool->context, job->sha256);
    if (job->path != NULL && !job->is_known)
        job->is_foreign =
            job->text.length > 0 && !convert_is_plain(job->text, job->name);
    if (job->is_known || job->is_foreign || pool->model == NULL)
        return;
    if (job->path != NULL && job->text.length == 0)
        error_set(&job->error, ERROR_BAD_INPUT, "empty, nothing to read");
    else if (!job->is_original || convert_job(job))
        (void)!read_job(worker, job);
}

static struct reading_job *next_job(struct reading_pool *pool)
{
    struct reading_job *job = NULL;
    pthread_mutex_lock(&pool->lock);
    while (pool->begun == pool->given && !pool->is_ending)
        pthread_cond_wait(&pool->changed, &pool->lock);
    if (!pool->is_ending)
        job = &pool->jobs[pool->begun++ % pool->slots];
    pthread_mutex_unlock(&pool->lock);
    return job;
}

static void *work_through(void *context)
{
    struct pool_worker *worker = context;
    struct reading_pool *pool = worker->pool;
    for (struct reading_job *job; (job = next_job(pool)) != NULL;) {
        do_job(worker, job);
        pthread_mutex_lock(&pool->lock);
        job->is_done = true;
        pthread_cond_broadcast(&pool->changed);
        pthread_mutex_unlock(&pool->lock);
    }
    return NULL;
}

static bool worker_begin(struct pool_worker *worker, struct reading_pool *pool,
                         struct error *error)
{
    worker->pool = pool;
    if (pool->model == NULL)
        return true;
    worker->arena = arena_new(ARENA_CEILING);
    if (worker->arena == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for a worker");
    worker->labeller = labeller_new(pool->model, error);
    return worker->labeller != NULL;
}

static bool workers_start(struct reading_pool *pool, unsigned threads,
                          struct error *error)
{
    pool->workers = calloc(threads, sizeof *pool->workers);
    if (pool->workers == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the workers");
    while (pool->ready < threads)
        if (!worker_begin(&pool->workers[pool->ready++], pool, error))
            return false;
    while (pool->started < threads &&
           pthread_create(&pool->workers[pool->started].thread, NULL,
                          work_through, &pool->workers[pool->started]) == 0)
        pool->started++;
    return pool->started > 0 ||
           error_set(error, ERROR_LIMIT, "no thread could be started");
}

/* Waiting goes by the clock that nobody sets. */
static void lock_init(struct reading_pool *pool)
{
    pthread_condattr_t attributes;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->changed, &attributes);
    pthread_condattr_destroy(&attributes);
}

struct reading_pool *reading_pool_new(const struct model *model,
                                      const struct gazetteer *gazetteer,
                                      unsigned threads,
                                      bool (*is_known)(void *, const char *),
                                      void *context, struct error *error)
{
    struct reading_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL) {
        error_set(error, ERROR_LIMIT, "no memory for the workers");
        return NULL;
    }
    lock_init(pool);
    pool->model = model;
    pool->gazetteer = gazetteer;
    pool->is_known = is_known;
    pool->context = context;
    pool->slots = (size_t)threads * SLOTS_A_THREAD + POOL_TAKEN_MAX;
    pool->jobs = calloc(pool->slots, sizeof *pool->jobs);
    if (pool->jobs == NULL)
        error_set(error, ERROR_LIMIT, "no memory for the workers");
    else if (workers_start(pool, threads, error))
        return pool;
    reading_pool_free(pool);
    return NULL;
}

static void job_release(struct reading_job *job)
{
    if (job->file.bytes.data != NULL)
        file_close(&job->file);
    free(job->json);
    file_text_close(&job->converted);
    arena_release(job->arena);
    memset(job, 0, sizeof *job);
}

void reading_pool_free(struct reading_pool *pool)
{
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->is_ending = true;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->started; i++)
        pthread_join(pool->workers[i].thread, NULL);
    for (unsigned i = 0; i < pool->ready; i++) {
        labeller_free(pool->workers[i].labeller);
        arena_release(pool->workers[i].arena);
    }
    for (size_t i = 0; pool->jobs != NULL && i < pool->slots; i++)
        job_release(&pool->jobs[i]);
    pthread_cond_destroy(&pool->changed);
    pthread_mutex_destroy(&pool->lock);
    free(pool->workers);
    free(pool->jobs);
    free(pool);
}

struct reading_job *reading_pool_slot(struct reading_pool *pool)
{
    /* Only the owner changes these two. */
    if (pool->given - pool->put >= pool->slots)
        return NULL;
    struct reading_job *job = &pool->jobs[pool->given % pool->slots];
    job->number = pool->given;
    return job;
}

void reading_pool_give(struct reading_pool *pool, struct reading_job *job)
{
    (void)job;
    pthread_mutex_lock(&pool->lock);
    pool->given++;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
}

/* `deadline` NULL: however long it takes. */
static struct reading_job *take(struct reading_pool *pool,
                                const struct timespec *deadline)
{
    struct reading_job *job = &pool->jobs[pool->taken % pool->slots];
    int waited = 0;
    pthread_mutex_lock(&pool->lock);
    while (!job->is_done && waited == 0)
        waited =
            deadline == NULL
                ? pthread_cond_wait(&pool->changed, &pool->lock)
                : pthread_cond_timedwait(&pool->changed, &pool->lock, deadline);
    bool is_done = job->is_done;
    /* The next may be the oldest now, which does not wait for room. */
    if (is_done) {
        pool->taken++;
        pthread_cond_broadcast(&pool->changed);
    }
    pthread_mutex_unlock(&pool->lock);
    return is_done ? job : NULL;
}

struct reading_job *reading_pool_take(struct reading_pool *pool)
{
    return pool->taken == pool->given ? NULL : take(pool, NULL);
}

struct reading_job *reading_pool_take_by(struct reading_pool *pool,
                                         const struct timespec *deadline)
{
    bool is_full = pool->taken - pool->put >= POOL_TAKEN_MAX;
    return is_full || pool->taken == pool->given ? NULL : take(pool, deadline);
}

void reading_pool_put(struct reading_pool *pool, struct reading_job *job)
{
    uint64_t held = job->held;
    assert(job->number == pool->put);
    job_release(job);
    pool->put++;
    pthread_mutex_lock(&pool->lock);
    pool->held -= held;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
}
