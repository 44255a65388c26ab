/*
 * queue.h - many workers, one output, in the order of the input.
 *
 * Each document has a number, counted from 0. Whoever has the lowest number
 * not yet finished writes straight out; the others write into memory, at
 * most QUEUE_BYTES each, and then wait. So the order is kept, memory is
 * bounded, and a slow reader of our output slows the input down.
 *
 * Invariants
 *   1. A number is opened once and closed once, by the same thread.
 *   2. Every number below an open one has been opened or will be, so the
 *      lowest one never waits for anybody.
 *   3. At most `slots` documents are between open and written.
 *   4. After a failure to write nothing more is written and nobody waits.
 */
#ifndef MADAI_QUEUE_H
#define MADAI_QUEUE_H

#include <stdint.h>

#include "error.h"
#include "slice.h"

#define QUEUE_BYTES ((size_t)1 << 20)

struct queue;
struct queue_entry;

/* Findings go to one descriptor, complaints to another. NULL: no memory. */
struct queue *queue_new(int output, int complaints, size_t slots);
void queue_free(struct queue *); /* nobody may be using it */

/* Waits until there is room for `number`. NULL once writing has failed. */
struct queue_entry *queue_open(struct queue *, uint64_t number);

/* Appends; the entry is the context, so that this can be a sink. */
MUST_CHECK bool queue_write(void *entry, struct slice, struct error *);

/* A line for stderr, printed when it is this document's turn: "madai: " and
 * the words, made safe for a terminal. Told once at most; later is lost. */
void queue_complain(struct queue_entry *, const struct error *);

/* The document is done. */
void queue_close(struct queue_entry *);

enum queue_end { QUEUE_WELL, QUEUE_READER_GONE, QUEUE_FAILED };

/* How the writing went so far; the error is set where it failed. */
enum queue_end queue_end(struct queue *, struct error *);

#endif
