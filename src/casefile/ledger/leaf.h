/*
 * leaf.h - what the tree holds of an entry: `madai/leaf/v1`.
 *
 * An entry is a body (bytes: what was done, with the hashes of what it was
 * done to) and a salt (32 random bytes), which the case keeps. The leaf holds
 * only a commitment to the body under the salt. Without salt nobody who holds
 * a document that he suspects to be in the case can find it out from the
 * leaf; once salt and body are erased, nothing is left to find, and the tree
 * stands all the same.
 *
 * The leaf is text, so that a stranger can read it, with one way to write it:
 *
 *     madai/leaf/v1
 *     kind document
 *     time 2024-05-01T12:00:00Z
 *     key 3f0c...                     64 digits
 *     commitment 9a41...              64 digits
 *
 * each line ended by a line feed. `key` is the fingerprint (note.h) of the key
 * that was in force when the entry was made, zeros before there was any.
 * commitment = HMAC-SHA256(salt, body). An opened leaf has one more line,
 * `salt` and 64 digits, which is not part of what is hashed.
 */
#ifndef MADAI_LEAF_H
#define MADAI_LEAF_H

#include "digest.h"

#define LEAF_KIND_SIZE 33 /* 1 to 32 of a-z and '-', a letter first; a NUL */
#define LEAF_TIME_SIZE 21 /* YYYY-MM-DDTHH:MM:SSZ and a NUL */
#define LEAF_TEXT_MAX 320 /* of a leaf, opened or not, with a NUL */

/* Kinds that a verifier must understand; all others are the case's own. */
#define LEAF_KIND_KEY "key"       /* body: key_change.h */
#define LEAF_KIND_EXPORT "export" /* body: docs/case-file-format.md */

struct leaf {
    char kind[LEAF_KIND_SIZE];
    char time[LEAF_TIME_SIZE]; /* a moment that exists, in UTC */
    struct digest key;
    struct digest commitment;
};

/* Fills a leaf. ERROR_USAGE where kind or time is not as said above. */
MUST_CHECK bool leaf_make(const char *kind, const char *time,
                          const struct digest *key, const struct digest *salt,
                          struct slice body, struct leaf *, struct error *);

/* The commitment alone; a fresh salt is digest_random(). */
struct digest leaf_commitment(const struct digest *salt, struct slice body);

/* Writes the leaf, with a NUL after it; gives the length without it. The
 * second form is the opened leaf. */
size_t leaf_write(const struct leaf *, char text[LEAF_TEXT_MAX]);
size_t leaf_write_opened(const struct leaf *, const struct digest *salt,
                         char text[LEAF_TEXT_MAX]);

/* Reads just what leaf_write writes; ERROR_CORRUPT for anything else. */
MUST_CHECK bool leaf_read(struct slice, struct leaf *, struct error *);
MUST_CHECK bool leaf_read_opened(struct slice, struct leaf *,
                                 struct digest *salt, struct error *);

/* merkle_leaf of what leaf_write writes. */
struct digest leaf_hash(const struct leaf *);

/* ERROR_TAMPERED where the body is not the one committed to. */
MUST_CHECK bool leaf_check_body(const struct leaf *, const struct digest *salt,
                                struct slice body, struct error *);

/* Says whether the moment is one that LEAF_TIME_SIZE describes. */
bool leaf_time_is_valid(struct slice);

#endif
