/*
 * file.h - the whole of a file as bytes.
 *
 * Documents are read into memory, so that nothing changes under the reader
 * when somebody edits them; a model is mapped, so that all processes share
 * one copy and only what is used is loaded.
 */
#ifndef MADAI_FILE_H
#define MADAI_FILE_H

#include "error.h"
#include "slice.h"

struct file {
    struct slice bytes; /* owned; gone with file_close */
    bool is_mapped;
};

/* Reads all of `path`, or of standard input where it is "-". Errors:
 * ERROR_NOT_FOUND, ERROR_IO, ERROR_LIMIT (more than `limit` bytes, or no
 * memory). They do not name the file: prefix them. Nothing is left open. */
MUST_CHECK bool file_read(const char *path, size_t limit, struct file *,
                          struct error *);

/* Maps a regular file for reading; the same errors. The bytes begin at a
 * page's border. Whoever shortens the file meanwhile kills the reader with
 * SIGBUS, so map only what is installed. */
MUST_CHECK bool file_map(const char *path, size_t limit, struct file *,
                         struct error *);

/* Gives the bytes back. A zeroed file is allowed. */
void file_close(struct file *);

#endif
