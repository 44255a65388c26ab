/*
 * key_store.h - the keys, checkpoints and time stamps of a case, as rows.
 */
#ifndef MADAI_KEY_STORE_H
#define MADAI_KEY_STORE_H

#include "casefile.h"
#include "checkpoint.h"
#include "note.h"
#include "timestamp.h"

MUST_CHECK bool key_store_count(struct casefile *, size_t *, struct error *);
/* Calls back for each key, the first first, with the entry that put it in
 * force; stops where that says false. */
MUST_CHECK bool key_store_each(struct casefile *,
                               bool (*each)(void *, const struct note_key *,
                                            uint64_t entry),
                               void *context, struct error *);
/* Another passphrase for a key that the case has: ERROR_NOT_FOUND. */
MUST_CHECK bool key_store_reseal(struct casefile *, const struct note_key *,
                                 const char *sealed, struct error *);

struct kept_checkpoint {
    int64_t id;
    uint64_t size;
    struct slice note; /* the arena's */
};
/* The last one; id 0 where there is none. */
MUST_CHECK bool checkpoint_last(struct casefile *, struct arena *,
                                struct kept_checkpoint *, struct error *);
/* What somebody else may hold: one checkpoint of each size, the newest that
 * was stamped, else the newest. All is borrowed until the callback ends. */
struct earlier_checkpoint {
    uint64_t size;
    struct slice note;
    struct slice answer, trusted; /* of its time stamp; both empty: none */
};
/* Calls back for each, the shortest first; stops where that says false. */
MUST_CHECK bool
checkpoint_each_size(struct casefile *,
                     bool (*each)(void *, const struct earlier_checkpoint *),
                     void *context, struct error *);

/* A query to a time-stamping authority about the last checkpoint, kept until
 * the answer comes. Within a transaction; the DER is the arena's. */
MUST_CHECK bool stamp_ask(struct casefile *, struct arena *,
                          struct slice *query, struct error *);
/* Checks the answer to the last query and keeps it with the certificates. */
MUST_CHECK bool stamp_keep(struct casefile *, struct slice answer,
                           struct slice trusted, struct timestamp *,
                           struct error *);

#endif
