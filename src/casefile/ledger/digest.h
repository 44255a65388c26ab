/*
 * digest.h - 32 bytes of SHA-256, as the ledger uses them.
 *
 * Leaves, nodes and commitments are short and many, so they are hashed by
 * libsodium, which cannot fail and takes no memory. Whole documents are
 * hashed by sha256.h, which uses the processor's instructions.
 *
 * In text a digest is 64 lower-case hexadecimal digits or, where a format of
 * others asks for it, canonical base64 (RFC 4648, section 4, with padding).
 */
#ifndef MADAI_DIGEST_H
#define MADAI_DIGEST_H

#include "error.h"
#include "slice.h"

#define DIGEST_SIZE 32
#define DIGEST_HEX_SIZE 65    /* 64 digits and a NUL */
#define DIGEST_BASE64_SIZE 45 /* 44 characters and a NUL */

struct digest {
    uint8_t bytes[DIGEST_SIZE];
};

struct digest digest_of(struct slice);

/* HMAC-SHA256 (RFC 2104) under a key of 32 bytes. */
struct digest digest_keyed(const struct digest *key, struct slice);

/* 32 bytes that nobody can foretell. */
struct digest digest_random(void);

bool digest_equals(const struct digest *, const struct digest *);

void digest_to_hex(const struct digest *, char hex[DIGEST_HEX_SIZE]);
void digest_to_base64(const struct digest *, char text[DIGEST_BASE64_SIZE]);

/* False for what the functions above would not have written: other lengths,
 * capitals, bits left over. */
MUST_CHECK bool digest_from_hex(struct slice, struct digest *);
MUST_CHECK bool digest_from_base64(struct slice, struct digest *);

#endif
