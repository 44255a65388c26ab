/*
 * ticker.h - a line on stderr that says how far long work has come.
 *
 * It stands only after a second of work, and is wiped at the end. Where
 * stderr is no terminal a new line is written every ten seconds instead.
 */
#ifndef MADAI_TICKER_H
#define MADAI_TICKER_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

/* Counted up by the workers. */
struct tally {
    _Atomic uint64_t documents;
    _Atomic uint64_t bytes;
    _Atomic uint64_t words; /* of texts that were read; 0: not counted */
    _Atomic uint64_t refused;
};

struct ticker;

/* `total` documents, 0 where it is not known. NULL where it could not be
 * started, which nobody needs to know. */
struct ticker *ticker_start(const struct tally *, uint64_t total);
void ticker_stop(struct ticker *); /* NULL is allowed */

#endif
