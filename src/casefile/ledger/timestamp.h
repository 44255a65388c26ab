/*
 * timestamp.h - a stranger's word on when a checkpoint existed (RFC 3161).
 *
 * The stamp is over SHA-256 of the whole signed note. The query goes out by
 * whatever way its owner likes (a mail, curl on another machine): nothing
 * here opens a connection. libcrypto's TS_ functions do the work, so a stamp
 * can also be checked without us: openssl ts -verify.
 */
#ifndef MADAI_TIMESTAMP_H
#define MADAI_TIMESTAMP_H

#include "arena.h"
#include "leaf.h"

#define TIMESTAMP_BYTES_MAX ((size_t)1 << 20)
#define TIMESTAMP_NAME_SIZE 256

/* The query as DER, in the arena: asks for the certificates, and carries a
 * nonce so that an old answer cannot be given. ERROR_LIMIT. */
MUST_CHECK bool timestamp_query(struct arena *, struct slice note,
                                struct slice *query, struct error *);

struct timestamp {
    char time[LEAF_TIME_SIZE];           /* fractions of a second cut off */
    char authority[TIMESTAMP_NAME_SIZE]; /* who signed, as one line */
};

/* Checks an answer: granted, to this query, over this note, signed by a
 * certificate for time stamping that leads to one of the `trusted` ones
 * (PEM, any number). The certificates are judged at the time of the stamp.
 * ERROR_CORRUPT: no answer at all; ERROR_BAD_INPUT: refused by the authority,
 * or `trusted` holds no certificate; ERROR_TAMPERED: anything that does not
 * hold. `query` may be empty when it is no longer known: the nonce is then
 * not compared. */
MUST_CHECK bool timestamp_check(struct slice answer, struct slice query,
                                struct slice note, struct slice trusted,
                                struct timestamp *, struct error *);

#endif
