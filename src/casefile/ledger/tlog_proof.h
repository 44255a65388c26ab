/*
 * tlog_proof.h - one file that proves one entry (c2sp.org/tlog-proof).
 *
 *     c2sp.org/tlog-proof@v1
 *     extra base64 of the opened leaf (leaf.h)
 *     index 17
 *     base64 of a digest               a line for each of the proof
 *
 *     the checkpoint, a signed note to the end
 *
 * With the entry's body and a key one trusts, that is all one needs.
 */
#ifndef MADAI_TLOG_PROOF_H
#define MADAI_TLOG_PROOF_H

#include "checkpoint.h"
#include "leaf.h"
#include "merkle.h"

#define TLOG_PROOF_BYTES_MAX (NOTE_BYTES_MAX + 8192)

struct tlog_proof {
    struct leaf leaf;
    struct digest salt;
    uint64_t index;
    struct merkle_proof path;
    struct slice note; /* the checkpoint; borrowed from the proof's bytes */
};

/* The file, in the arena. ERROR_LIMIT. */
MUST_CHECK bool tlog_proof_write(struct arena *, const struct tlog_proof *,
                                 struct slice *file, struct error *);

/* Takes it apart without judging it. ERROR_CORRUPT. */
MUST_CHECK bool tlog_proof_read(struct slice file, struct tlog_proof *,
                                struct error *);

/* That the body is the entry's and that the entry stands in the tree of a
 * checkpoint that the key signed: ERROR_TAMPERED, ERROR_CORRUPT,
 * ERROR_NOT_FOUND (signed by another key). `checkpoint` may be NULL. */
MUST_CHECK bool tlog_proof_check(const struct tlog_proof *, struct slice body,
                                 const struct note_key *,
                                 struct checkpoint *checkpoint, struct error *);

#endif
