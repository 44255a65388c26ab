/*
 * input.c - which document is next; lines are cut here, under one lock.
 */
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A line's buffer above this is given back after use. */
#define LINE_KEPT ((size_t)4 << 20)

struct input {
    pthread_mutex_t lock;
    char **paths;
    size_t count;
    bool is_lines;
    size_t next_path;
    uint64_t next_number;
    /* The file of lines that is being read. */
    int descriptor; /* -1: none */
    const char *path;
    uint64_t line;
    size_t begin, end; /* what of `block` is still to come */
    char block[65536];
};

struct input *input_new(char **paths, size_t count, bool is_lines)
{
    struct input *input = calloc(1, sizeof *input);
    if (input == NULL)
        return NULL;
    pthread_mutex_init(&input->lock, NULL);
    input->paths = paths;
    input->count = count;
    input->is_lines = is_lines;
    input->descriptor = -1;
    return input;
}

static void lines_close(struct input *input)
{
    if (input->descriptor > STDIN_FILENO)
        close(input->descriptor);
    input->descriptor = -1;
}

void input_free(struct input *input)
{
    if (input == NULL)
        return;
    lines_close(input);
    pthread_mutex_destroy(&input->lock);
    free(input);
}

void input_item_release(struct input_item *item)
{
    free(item->bytes);
    memset(item, 0, sizeof *item);
}

static bool lines_open(struct input *input, struct error *error)
{
    struct stat status;
    input->path = input->paths[input->next_path++];
    input->line = 0;
    input->begin = input->end = 0;
    input->descriptor = strcmp(input->path, "-") == 0
                            ? STDIN_FILENO
                            : open(input->path, O_RDONLY | O_CLOEXEC);
    if (input->descriptor < 0)
        return error_errno(error, errno, "cannot open");
    if (fstat(input->descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
        lines_close(input);
        return error_errno(error, EISDIR, "cannot read");
    }
    return true;
}

/* Fills the block; false at the end of the file, or with an error. */
static bool block_fill(struct input *input, struct error *error)
{
    ssize_t count;
    do
        count = read(input->descriptor, input->block, sizeof input->block);
    while (count < 0 && errno == EINTR);
    input->begin = 0;
    input->end = count > 0 ? (size_t)count : 0;
    return count > 0 || (count < 0 && error_errno(error, errno, "cannot read"));
}

/* Appends, unless the line is too long already: then the rest of it is read
 * and forgotten. */
static void item_append(struct input_item *item, const char *bytes,
                        size_t length)
{
    if (item->error.kind != ERROR_NONE || length == 0)
        return;
    size_t needed = item->length + length;
    if (needed > JSON_BYTES_MAX) {
        error_set(&item->error, ERROR_LIMIT, "line longer than %zu bytes",
                  JSON_BYTES_MAX);
        return;
    }
    if (needed > item->capacity) {
        size_t wanted =
            needed > item->capacity * 2 ? needed : item->capacity * 2;
        char *grown = realloc(item->bytes, wanted);
        if (grown == NULL) {
            error_set(&item->error, ERROR_LIMIT, "no memory for the line");
            return;
        }
        item->bytes = grown;
        item->capacity = wanted;
    }
    memcpy(item->bytes + item->length, bytes, length);
    item->length = needed;
}

/* The next line without its end; false where the file has none any more. A
 * file that cannot be read further gives one item that says so. */
static bool line_next(struct input *input, struct input_item *item)
{
    bool has_begun = false;
    item->line = ++input->line;
    for (;;) {
        if (input->begin == input->end && !block_fill(input, &item->error)) {
            lines_close(input);
            return has_begun || item->error.kind != ERROR_NONE;
        }
        has_begun = true;
        const char *from = input->block + input->begin;
        size_t there = input->end - input->begin;
        const char *stop = memchr(from, '\n', there);
        size_t length = stop != NULL ? (size_t)(stop - from) : there;
        item_append(item, from, length);
        input->begin += length + (stop != NULL ? 1 : 0);
        if (stop != NULL)
            return true;
    }
}

static bool is_blank(const struct input_item *item)
{
    for (size_t i = 0; i < item->length; i++)
        if (strchr(" \t\r", item->bytes[i]) == NULL || item->bytes[i] == '\0')
            return false;
    return item->error.kind == ERROR_NONE;
}

static void item_clear(struct input_item *item)
{
    if (item->capacity > LINE_KEPT)
        input_item_release(item);
    item->length = 0;
    item->line = 0;
    item->error.kind = ERROR_NONE;
}

static bool lines_next(struct input *input, struct input_item *item)
{
    for (;;) {
        item_clear(item);
        if (input->descriptor < 0) {
            if (input->next_path == input->count)
                return false;
            bool is_open = lines_open(input, &item->error);
            item->path = input->path;
            if (!is_open)
                return true;
        }
        item->path = input->path;
        if (line_next(input, item) && !is_blank(item))
            return true;
    }
}

bool input_next(struct input *input, struct input_item *item)
{
    pthread_mutex_lock(&input->lock);
    bool is_there;
    if (input->is_lines) {
        is_there = lines_next(input, item);
    } else {
        item_clear(item);
        is_there = input->next_path < input->count;
        if (is_there)
            item->path = input->paths[input->next_path++];
    }
    if (is_there)
        item->number = input->next_number++;
    pthread_mutex_unlock(&input->lock);
    return is_there;
}
