/*
 * uploads.h - files on their way from the browser into the case.
 *
 * They are kept in a folder of their own beside the case, since that is where
 * its owner wants such things to be, readable by the owner alone, until they
 * are added. Names are what the browser says, with folders: never absolute,
 * never upwards, nothing hidden.
 */
#ifndef MADAI_UPLOADS_H
#define MADAI_UPLOADS_H

#include "server.h"

#define UPLOAD_BYTES_MAX ((uint64_t)1 << 30)   /* of one file */
#define UPLOADS_BYTES_MAX ((uint64_t)16 << 30) /* of all that wait */
enum { UPLOADS_MAX = 10000, UPLOAD_NAME_MAX = 1024 };

/* The folder is made when the first file comes. */
MUST_CHECK struct upload_room *uploads_new(const char *case_path,
                                           struct error *);
void uploads_free(struct upload_room *); /* and what waits; NULL is allowed */

/* Opens a file for the request's body; its name is the query's. NULL:
 * ERROR_USAGE (no name), ERROR_LIMIT, ERROR_IO. */
MUST_CHECK struct upload *upload_begin(struct request *, struct error *);
MUST_CHECK bool upload_write(struct upload *, struct slice, struct error *);
/* All of it came: its number, from 1. The upload is gone. */
MUST_CHECK bool upload_end(struct upload *, uint64_t *number, struct error *);
void upload_abandon(struct upload *); /* NULL is allowed */

/* The folder of a file that came whole, for case_add_files: in it is the file
 * under its name. NULL where there is none, or it was taken. Borrowed until
 * it is removed. Taken files are the taker's to remove. */
const char *upload_take(struct upload_room *, uint64_t number);
void upload_remove(struct upload_room *, uint64_t number);

/* An invented document of ours as if it had come, for a person to try. */
MUST_CHECK bool upload_example(struct upload_room *, const char *name,
                               struct slice, uint64_t *number, struct error *);

#endif
