/*
 * signing_key.h - the secret half: made, sealed under a passphrase, opened.
 *
 * Sealed it is text, and may lie in the case file for all to see:
 *
 *     madai/sealed-key/v1
 *     key NAME+id+base64              the verifier's key
 *     argon2id 3 268435456            passes, bytes of memory
 *     salt base64 of 16 bytes
 *     nonce base64 of 24 bytes
 *     sealed base64 of 48 bytes       the seed, and 16 bytes of Poly1305
 *
 * The key of XChaCha20-Poly1305 is Argon2id (RFC 9106, version 1.3, one lane)
 * of passphrase and salt; all lines before `sealed` are its associated data.
 *
 * Secrets are wiped where they were, as far as a program can: what the
 * machine swapped out or wrote on suspending is beyond it.
 */
#ifndef MADAI_SIGNING_KEY_H
#define MADAI_SIGNING_KEY_H

#include "note.h"

#define SEALED_KEY_SIZE 640 /* of the text, with a NUL */
#define SIGNING_KEY_SEED_SIZE 32

/* How dear a guess at the passphrase is. More than these most is refused, so
 * that a file of a stranger cannot eat the machine. */
struct sealing_cost {
    uint32_t passes; /* 1 to 64 */
    uint64_t memory; /* bytes: 8 KiB to 4 GiB */
};
extern const struct sealing_cost sealing_cost_usual; /* 3 passes, 256 MiB */

/* A new key of this name. ERROR_USAGE where it is no name for a key. */
MUST_CHECK bool signing_key_new(const char *name, struct signing_key *,
                                struct error *);
MUST_CHECK bool signing_key_from_seed(const char *name,
                                      const uint8_t seed[SIGNING_KEY_SEED_SIZE],
                                      struct signing_key *, struct error *);
/* Wipes it. A zeroed or wiped key is allowed. */
void signing_key_close(struct signing_key *);

/* ERROR_USAGE: an empty passphrase, a cost out of its bounds; ERROR_LIMIT: no
 * memory for it. Takes about a second at the usual cost. */
MUST_CHECK bool signing_key_seal(const struct signing_key *,
                                 struct slice passphrase, struct sealing_cost,
                                 char sealed[SEALED_KEY_SIZE], struct error *);

/* ERROR_CORRUPT: not a sealed key, or not the secret of the key it names;
 * ERROR_USAGE: the passphrase is wrong or the text was altered (nobody can
 * tell which); ERROR_LIMIT. */
MUST_CHECK bool signing_key_open(struct slice sealed, struct slice passphrase,
                                 struct signing_key *, struct error *);
/* The verifier's key alone; needs no passphrase. ERROR_CORRUPT. */
MUST_CHECK bool sealed_key_public(struct slice sealed, struct note_key *,
                                  struct error *);

#endif
