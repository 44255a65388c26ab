/*
 * file.c - reading and mapping whole files.
 */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool file_too_large(size_t limit, struct error *error)
{
    return error_set(error, ERROR_LIMIT, "longer than %zu bytes", limit);
}

static bool file_open(const char *path, int *descriptor, struct stat *status,
                      struct error *error)
{
    bool is_stdin = strcmp(path, "-") == 0;
    *descriptor = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (*descriptor < 0)
        return error_errno(error, errno, "cannot open");
    if (fstat(*descriptor, status) == 0 && !S_ISDIR(status->st_mode))
        return true;
    error_errno(error, S_ISDIR(status->st_mode) ? EISDIR : errno,
                "cannot read");
    if (!is_stdin)
        close(*descriptor);
    return false;
}

/* Makes room for more; NULL leaves the old bytes to the caller. */
static char *buffer_grow(char *buffer, size_t *capacity, size_t most)
{
    size_t wanted = *capacity < most / 2 ? *capacity * 2 : most;
    char *grown = realloc(buffer, wanted);
    if (grown != NULL)
        *capacity = wanted;
    return grown;
}

/* Reads to the end; the size is only a first guess, since a pipe has none
 * and a file may grow. One byte over the limit is room enough to notice. */
static char *read_all(int descriptor, size_t guess, size_t limit,
                      size_t *length, struct error *error)
{
    const size_t most = limit < SIZE_MAX ? limit + 1 : limit;
    size_t capacity = guess < most ? guess + 1 : most;
    char *buffer = malloc(capacity);
    *length = 0;
    while (buffer != NULL) {
        ssize_t count = read(descriptor, buffer + *length, capacity - *length);
        if (count == 0)
            return buffer;
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            error_errno(error, errno, "cannot read");
            free(buffer);
            return NULL;
        }
        *length += (size_t)count;
        if (*length > limit) {
            file_too_large(limit, error);
            free(buffer);
            return NULL;
        }
        if (*length < capacity)
            continue;
        char *grown = buffer_grow(buffer, &capacity, most);
        if (grown == NULL)
            free(buffer);
        buffer = grown;
    }
    error_set(error, ERROR_LIMIT, "no memory for the file");
    return NULL;
}

bool file_read(const char *path, size_t limit, struct file *file,
               struct error *error)
{
    int descriptor;
    struct stat status;
    if (!file_open(path, &descriptor, &status, error))
        return false;
    /* A pipe and the files of /proc say nothing of their length. */
    size_t size = S_ISREG(status.st_mode) ? (size_t)status.st_size : 0;
    size_t length;
    char *bytes = NULL;
    if (size > limit)
        file_too_large(limit, error);
    else
        bytes = read_all(descriptor, size > 0 ? size : 65536, limit, &length,
                         error);
    if (descriptor != STDIN_FILENO)
        close(descriptor);
    if (bytes == NULL)
        return false;
    *file = (struct file){.bytes = {bytes, length}, .is_mapped = false};
    return true;
}

static bool map_descriptor(int descriptor, const struct stat *status,
                           size_t limit, struct file *file, struct error *error)
{
    if (!S_ISREG(status->st_mode))
        return error_set(error, ERROR_IO, "not a regular file");
    if (status->st_size > 0 && (uintmax_t)status->st_size > limit)
        return file_too_large(limit, error);
    size_t length = (size_t)status->st_size;
    if (length == 0) {
        *file = (struct file){.bytes = {"", 0}, .is_mapped = true};
        return true;
    }
    void *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED)
        return error_errno(error, errno, "cannot map");
    *file = (struct file){.bytes = {bytes, length}, .is_mapped = true};
    return true;
}

bool file_map(const char *path, size_t limit, struct file *file,
              struct error *error)
{
    int descriptor;
    struct stat status;
    if (!file_open(path, &descriptor, &status, error))
        return false;
    bool is_mapped = map_descriptor(descriptor, &status, limit, file, error);
    if (descriptor != STDIN_FILENO)
        close(descriptor);
    return is_mapped;
}

void file_close(struct file *file)
{
    /* The bytes are const for all others; here they end. */
    void *bytes = (void *)(uintptr_t)file->bytes.data;
    if (!file->is_mapped)
        free(bytes);
    else if (file->bytes.length > 0)
        munmap(bytes, file->bytes.length);
    *file = (struct file){0};
}
