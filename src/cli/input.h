/*
 * input.h - where documents come from: files, or lines of JSON.
 *
 * Workers take items one after the other; each item has a number, counted
 * from 0 in the order of the command line. Of a file of lines only the lines
 * that are being read are in memory.
 *
 * A document is opened from its item by the worker, so that files are read
 * and JSON is parsed side by side.
 */
#ifndef MADAI_INPUT_H
#define MADAI_INPUT_H

#include <stdint.h>

#include "error.h"
#include "file.h"
#include "file_text.h"
#include "json.h"
#include "slice.h"

/* One worker's; zeroed at first, used again for each item. */
struct input_item {
    uint64_t number;
    const char *path; /* borrowed from the command line */
    uint64_t line;    /* counted from 1; 0: the whole file */
    char *bytes;      /* of the line */
    size_t length;
    size_t capacity;
    struct error error; /* why there is nothing to read, or ERROR_NONE */
};

struct input;

/* `paths` is borrowed; "-" is standard input. NULL: no memory. */
struct input *input_new(char **paths, size_t count, bool is_lines);
void input_free(struct input *);

/* The next item; false at the end. Thread-safe. */
bool input_next(struct input *, struct input_item *);

void input_item_release(struct input_item *);

/* What a document is before it is read. All slices are borrowed from it. */
struct document {
    struct slice id;   /* valid UTF-8; empty where a line does not say */
    struct slice date; /* YYYY-MM-DD, or empty */
    struct slice claimed_date; /* what the file says; or empty */
    struct slice text;
    /* Below: its own. */
    char *name;
    struct file file;
    struct file_text converted;
    json_t *line;
};

/* Reads the item's file or line. On failure the id may be known, and the
 * error begins with it or with the place. `is_unsafe`: --unsafe-parsing. Close
 * it in any case. */
MUST_CHECK bool document_open(const struct input_item *, bool is_unsafe,
                              struct document *, struct error *);
void document_close(struct document *);

#endif
