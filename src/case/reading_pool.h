/*
 * reading_pool.h - texts read side by side for one who stores them in order.
 *
 * Whoever owns the case gives jobs and takes them back in the same order;
 * workers read them meanwhile, each with a labeller and an arena of its own.
 * While the owner waits for the disk the workers go on.
 *
 * Invariants
 *   1. A job is one thread's at a time: the owner's until given, a worker's
 *      until done, the owner's again once taken.
 *   2. At most `slots` jobs are between given and put back; besides the oldest
 *      that was not taken, they hold at most POOL_BYTES of files.
 *   3. Jobs are put back in the order in which they were taken.
 */
#ifndef MADAI_READING_POOL_H
#define MADAI_READING_POOL_H

#include <time.h>

#include "file.h"
#include "file_text.h"
#include "sha256.h"

#define POOL_BYTES ((uint64_t)512 << 20)

/* How many jobs the owner may have taken and not yet put back. */
enum { POOL_TAKEN_MAX = 32 };

struct gazetteer;
struct model;
struct reading_pool;

struct reading_job {
    /* From the owner. */
    const char *path; /* to open; NULL: `text` is given */
    const char *name; /* id of the reading */
    const char *date; /* YYYY-MM-DD, or NULL */
    int64_t document; /* the owner's own */
    size_t index;     /* the owner's own */
    struct slice text;
    /* The text is an original's bytes: to be converted first. */
    bool is_original;
    bool is_unsafe; /* --unsafe-parsing */
    /* Of a text that is none: what its page said of it; the arena's. */
    struct part_marks marks;
    struct arena *arena; /* what the text lives in, or NULL; released last */
    /* From the worker. */
    struct file file; /* where there is a path; text is its bytes */
    char sha256[SHA256_HEX_SIZE];
    bool is_known; /* not read, since the owner has it */
    /* A file that takes a converter: not read, since its original is to be
     * stored first. Give it again as an original. */
    bool is_foreign;
    struct file_text converted; /* of an original; `text` is its text then */
    char *json;                 /* the reading; NULL where nothing was read */
    size_t json_length;
    uint64_t words;     /* of the text that was read */
    struct error error; /* why it was not read, or ERROR_NONE */
    /* The pool's. */
    uint64_t number;
    uint64_t held;
    bool is_done;
};

/* `model` may be NULL: files are opened and hashed, not read. `is_known` may
 * be NULL; else it is asked by workers, so it must be safe for threads.
 * NULL, with the error, where not even one worker could start. */
MUST_CHECK struct reading_pool *
reading_pool_new(const struct model *model, const struct gazetteer *gazetteer,
                 unsigned threads, bool (*is_known)(void *, const char *sha256),
                 void *context, struct error *error);
void reading_pool_free(struct reading_pool *); /* waits for what is begun */

/* Room for one more job: zeroed, the owner's to fill and then to give; NULL
 * while all slots are taken. */
struct reading_job *reading_pool_slot(struct reading_pool *);
void reading_pool_give(struct reading_pool *, struct reading_job *);

/* The oldest job given and not yet taken, once it is done; NULL where there is
 * none. The owner's until reading_pool_put. */
struct reading_job *reading_pool_take(struct reading_pool *);

/* The same, but NULL also where it is not done by `deadline` (CLOCK_MONOTONIC)
 * or where POOL_TAKEN_MAX are taken. */
struct reading_job *reading_pool_take_by(struct reading_pool *,
                                         const struct timespec *deadline);
void reading_pool_put(struct reading_pool *, struct reading_job *);

/* "madai 0.1.0, model 12ab..., gazetteer 34cd...": what a case says of who
 * read. */
enum { READER_NAME_SIZE = 256 };
void reading_pool_reader(const struct model *, const struct gazetteer *,
                         char name[READER_NAME_SIZE]);

#endif
