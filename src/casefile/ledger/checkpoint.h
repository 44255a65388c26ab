/*
 * checkpoint.h - a root with its size, signed (c2sp.org/tlog-checkpoint).
 *
 * The text of the note is three lines: the origin (which ledger), the number
 * of entries, and the root in base64. Whoever holds a checkpoint can later
 * tell whether the first entries are still what they were.
 *
 * Lines after the third are allowed by the specification and kept by those
 * who signed them; ours write none and read none.
 */
#ifndef MADAI_CHECKPOINT_H
#define MADAI_CHECKPOINT_H

#include "note.h"

struct checkpoint {
    char origin[NOTE_NAME_SIZE]; /* the name of its key */
    uint64_t size;
    struct digest root;
};

/* "madai.case/" and 32 hexadecimal digits: a name for a new ledger that says
 * nothing of what is in it. */
void checkpoint_new_origin(char origin[NOTE_NAME_SIZE]);

/* The signed note, in the arena. The origin is the key's name. */
MUST_CHECK bool checkpoint_sign(struct arena *, uint64_t size,
                                const struct digest *root,
                                const struct signing_key *, struct slice *note,
                                struct error *);

/* Reads a checkpoint and checks that this key signed it under the origin of
 * its own name: ERROR_CORRUPT, ERROR_TAMPERED, ERROR_NOT_FOUND (no signature
 * of this key). */
MUST_CHECK bool checkpoint_open(struct slice note, const struct note_key *,
                                struct checkpoint *, struct error *);

/* Reads it without asking who signed. ERROR_CORRUPT. */
MUST_CHECK bool checkpoint_read(struct slice note, struct checkpoint *,
                                struct error *);

#endif
