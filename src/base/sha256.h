/*
 * sha256.h - the name by which bytes are known: what `sha256sum` prints.
 */
#ifndef MADAI_SHA256_H
#define MADAI_SHA256_H

#include "error.h"
#include "slice.h"

#define SHA256_HEX_SIZE 65 /* 64 lower-case digits and a NUL */

/* ERROR_IO when libcrypto refuses, for instance by the machine's policy. */
MUST_CHECK bool sha256_hex(struct slice, char hex[SHA256_HEX_SIZE],
                           struct error *);

/* The same for bytes that come in pieces. sha256_end begins anew, so that one
 * can serve for many. Yours to free; NULL where libcrypto refuses. */
struct sha256;
MUST_CHECK struct sha256 *sha256_new(struct error *);
void sha256_free(struct sha256 *); /* NULL is allowed */
MUST_CHECK bool sha256_add(struct sha256 *, struct slice, struct error *);
MUST_CHECK bool sha256_end(struct sha256 *, char hex[SHA256_HEX_SIZE],
                           struct error *);

#endif
