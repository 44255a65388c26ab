/*
 * key_change.h - the body of an entry of kind `key`: from now on another key
 * signs.
 *
 * It is a JSON object with one member, `note`: a signed note of three lines,
 *
 *     madai/key-change/v1
 *     none, or the verifier's key until now
 *     the verifier's key from now on
 *
 * signed by the new key and, where there was one, by the old. Both names are
 * the ledger's origin, so that it cannot be played again in another ledger,
 * and its first line is no origin, so that it cannot be shown as a checkpoint.
 *
 * The entry itself still names the old key (leaf.h); those after it the new.
 */
#ifndef MADAI_KEY_CHANGE_H
#define MADAI_KEY_CHANGE_H

#include "note.h"

struct key_change {
    bool has_before; /* false: this is the first key */
    struct note_key before;
    struct note_key after;
};

/* The body, in the arena. `before` is NULL for a first key. ERROR_LIMIT;
 * ERROR_USAGE where both keys are the same or their names differ. */
MUST_CHECK bool key_change_write(struct arena *,
                                 const struct signing_key *before,
                                 const struct signing_key *after,
                                 struct slice *body, struct error *);

/* Reads a body and checks both signatures: ERROR_CORRUPT, ERROR_TAMPERED. */
MUST_CHECK bool key_change_read(struct slice body, struct key_change *,
                                struct error *);

#endif
