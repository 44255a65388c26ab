/*
 * jobs.h - what takes long, done beside the answering: documents are added,
 * read again, the whole case is verified. One at a time.
 */
#ifndef MADAI_JOBS_H
#define MADAI_JOBS_H

#include "server.h"

enum { JOB_TOLD_MAX = 20000 }; /* documents or faults told of, then counted */

MUST_CHECK struct job_room *jobs_new(struct server *, struct error *);
/* Asks what runs to stop, and waits for it. NULL is allowed. */
void jobs_free(struct job_room *);

/* What is to be done, by name: "add" the uploads of these numbers, "example",
 * "read" what has no reading yet, "verify". The object has `uploads`,
 * `facts` and `checkpoint` where they matter; borrowed. ERROR_USAGE; where
 * something runs already ERROR_IO. */
MUST_CHECK bool job_start(struct job_room *, const json_t *wanted,
                          struct error *);
void job_stop(struct job_room *);
bool job_is_verifying(struct job_room *); /* so that nothing can be written */

/* The job that runs, or ran last; what it told from number `after` on, at
 * most `limit`. Yours to json_decref; NULL: no memory. */
MUST_CHECK json_t *job_state(struct job_room *, uint64_t after, uint64_t limit,
                             struct error *);

#endif
