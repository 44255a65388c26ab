/*
 * queue.c - see queue.h. One lock, one condition: documents are long and
 * workers few, so nothing finer is worth its price.
 */
#include "queue.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "terminal.h"

struct queue_entry {
    struct queue *queue;
    uint64_t number;
    char *bytes;
    size_t length;
    size_t capacity;
    struct error complaint;
    bool is_open;
    bool is_closed; /* waiting to be written by the one before it */
};

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t first; /* the lowest number not yet written */
    size_t slots;
    int output;
    int complaints;
    bool has_failed;
    int failure; /* errno of the first failed write */
    struct queue_entry entries[];
};

struct queue *queue_new(int output, int complaints, size_t slots)
{
    struct queue *queue =
        calloc(1, sizeof *queue + slots * sizeof queue->entries[0]);
    if (queue == NULL)
        return NULL;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->changed, NULL);
    queue->slots = slots;
    queue->output = output;
    queue->complaints = complaints;
    for (size_t i = 0; i < slots; i++)
        queue->entries[i].queue = queue;
    return queue;
}

void queue_free(struct queue *queue)
{
    if (queue == NULL)
        return;
    for (size_t i = 0; i < queue->slots; i++)
        free(queue->entries[i].bytes);
    pthread_cond_destroy(&queue->changed);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}

/* Everything out, or errno. */
static int write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t count = write(descriptor, bytes, length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        bytes += count;
        length -= (size_t)count;
    }
    return 0;
}

static void fail(struct queue *queue, int number)
{
    pthread_mutex_lock(&queue->lock);
    if (!queue->has_failed) {
        queue->has_failed = true;
        queue->failure = number;
    }
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

struct queue_entry *queue_open(struct queue *queue, uint64_t number)
{
    struct queue_entry *entry = &queue->entries[number % queue->slots];
    pthread_mutex_lock(&queue->lock);
    while (!queue->has_failed && number >= queue->first + queue->slots)
        pthread_cond_wait(&queue->changed, &queue->lock);
    bool is_welcome = !queue->has_failed;
    if (is_welcome) {
        assert(!entry->is_open);
        entry->number = number;
        entry->length = 0;
        entry->complaint.kind = ERROR_NONE;
        entry->is_open = true;
        entry->is_closed = false;
    }
    pthread_mutex_unlock(&queue->lock);
    return is_welcome ? entry : NULL;
}

/* Waits for the entry's turn; false once writing has failed. */
static bool wait_for_turn(struct queue_entry *entry)
{
    struct queue *queue = entry->queue;
    pthread_mutex_lock(&queue->lock);
    while (!queue->has_failed && entry->number != queue->first)
        pthread_cond_wait(&queue->changed, &queue->lock);
    bool is_well = !queue->has_failed;
    pthread_mutex_unlock(&queue->lock);
    return is_well;
}

/* Writes out what the entry holds. It must be its turn. */
static bool flush(struct queue_entry *entry)
{
    int number = write_all(entry->queue->output, entry->bytes, entry->length);
    entry->length = 0;
    if (number == 0)
        return true;
    fail(entry->queue, number);
    return false;
}

/* Grows towards QUEUE_BYTES; false when that is reached, or memory is out. */
static bool make_room(struct queue_entry *entry)
{
    if (entry->capacity >= QUEUE_BYTES)
        return false;
    size_t wanted = entry->capacity > 0 ? entry->capacity * 4 : 16384;
    char *grown = realloc(entry->bytes, wanted);
    if (grown == NULL)
        return false;
    entry->bytes = grown;
    entry->capacity = wanted;
    return true;
}

/* The words stand in queue_end; a sink only has to stop. */
static bool stopped(struct error *error)
{
    return error_set(error, ERROR_IO, "standard output is closed");
}

bool queue_write(void *context, struct slice bytes, struct error *error)
{
    struct queue_entry *entry = context;
    while (bytes.length > 0) {
        if (entry->length == entry->capacity && !make_room(entry)) {
            if (entry->capacity == 0)
                return error_set(error, ERROR_LIMIT, "no memory for output");
            if (!wait_for_turn(entry) || !flush(entry))
                return stopped(error);
        }
        size_t room = entry->capacity - entry->length;
        size_t count = bytes.length < room ? bytes.length : room;
        memcpy(entry->bytes + entry->length, bytes.data, count);
        entry->length += count;
        bytes.data += count;
        bytes.length -= count;
    }
    return true;
}

void queue_complain(struct queue_entry *entry, const struct error *error)
{
    if (entry->complaint.kind == ERROR_NONE)
        entry->complaint = *error;
}

/* With the lock held, and at its turn. */
static void write_out(struct queue *queue, struct queue_entry *entry)
{
    int number = queue->has_failed
                     ? 0
                     : write_all(queue->output, entry->bytes, entry->length);
    if (number != 0) {
        queue->has_failed = true;
        queue->failure = number;
    }
    if (entry->complaint.kind != ERROR_NONE && !queue->has_failed)
        terminal_complain(queue->complaints, entry->complaint.text);
    entry->is_open = entry->is_closed = false;
    queue->first++;
}

void queue_close(struct queue_entry *entry)
{
    struct queue *queue = entry->queue;
    pthread_mutex_lock(&queue->lock);
    entry->is_closed = true;
    while (queue->entries[queue->first % queue->slots].is_closed)
        write_out(queue, &queue->entries[queue->first % queue->slots]);
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->lock);
}

enum queue_end queue_end(struct queue *queue, struct error *error)
{
    pthread_mutex_lock(&queue->lock);
    bool has_failed = queue->has_failed;
    int failure = queue->failure;
    pthread_mutex_unlock(&queue->lock);
    if (!has_failed)
        return QUEUE_WELL;
    if (failure == EPIPE)
        return QUEUE_READER_GONE;
    error_errno(error, failure, "standard output");
    return QUEUE_FAILED;
}
