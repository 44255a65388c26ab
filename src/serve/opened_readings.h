/*
 * opened_readings.h - readings that were looked at lately, parsed: a list of
 * fifty claims asks for as many, and a person goes back and forth.
 */
#ifndef MADAI_OPENED_READINGS_H
#define MADAI_OPENED_READINGS_H

#include "casefile.h"
#include "json.h"
#include "sha256.h"

struct opened_reading {
    int64_t document;
    char sha256[SHA256_HEX_SIZE]; /* of the reading; empty: not read yet */
    int64_t text;                 /* id of the text that it points into */
    json_t *reading;              /* NULL where there is none */
    json_t *ids;                  /* its objects by id */
    json_t *keys;                 /* short names of findings by id */
    uint64_t used;
    size_t bytes;
};

struct opened_readings;

MUST_CHECK struct opened_readings *opened_readings_new(struct error *);
void opened_readings_free(struct opened_readings *);

/* The reading as it stands now. Borrowed until the next call but sixteen;
 * readings above 64 MiB in all are let go, the longest unused first. */
MUST_CHECK const struct opened_reading *
opened_reading_get(struct opened_readings *, struct casefile *,
                   int64_t document, struct error *);

#endif
