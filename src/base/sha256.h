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

#endif
