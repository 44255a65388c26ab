/*
 * entries.h - the case's side of its ledger: what was done becomes an entry,
 * in the transaction that does it.
 *
 * A body is JSON with sorted keys, compact, in UTF-8: the bytes that are
 * stored are the ones that are committed to. Its member `holds`, where it has
 * one, lists the hashes of all content that the entry seals.
 */
#ifndef MADAI_ENTRIES_H
#define MADAI_ENTRIES_H

#include "casefile.h"
#include "json.h"
#include "leaf.h"
#include "merkle.h"
#include "note.h"
#include "signing_key.h"

#define ENTRY_CASE "case"         /* the first: origin of the ledger */
#define ENTRY_DOCUMENT "document" /* an original came in */
#define ENTRY_TEXT "text"         /* a text was drawn from it */
#define ENTRY_READING "reading"   /* a text was read */
#define ENTRY_REVIEW "review"     /* a person decided */
#define ENTRY_ERASE "erase"       /* content was erased by law */
#define ENTRY_IMPORT "import"     /* another case's work joined this one */

/* Appends an entry within the transaction that is open. `body` is borrowed.
 * `position` may be NULL. */
MUST_CHECK bool entry_append(struct casefile *, const char *kind,
                             const json_t *body, int64_t *position,
                             struct error *);
/* The same with a body that is bytes already. */
MUST_CHECK bool entry_append_bytes(struct casefile *, const char *kind,
                                   struct slice body, int64_t *position,
                                   struct error *);

/* The first entry, with a fresh origin. */
MUST_CHECK bool entry_of_case(struct casefile *, struct error *);

/* The name under which this ledger's checkpoints are signed. */
MUST_CHECK bool entry_origin(struct casefile *, char origin[NOTE_NAME_SIZE],
                             struct error *);

struct entry {
    uint64_t position;
    struct leaf leaf;
    struct digest salt;
    struct slice body; /* empty, and no salt, once erased; the arena's */
    bool is_erased;
};

/* ERROR_NOT_FOUND; ERROR_TAMPERED for a row that is no entry. */
MUST_CHECK bool entry_get(struct casefile *, uint64_t position, struct arena *,
                          struct entry *, struct error *);
MUST_CHECK bool entry_count(struct casefile *, uint64_t *count, struct error *);

/* The tree's nodes as they are stored; the casefile is the context. */
struct merkle_source entry_nodes(struct casefile *);

/* Root and size of the ledger as it is now. */
MUST_CHECK bool entry_root(struct casefile *, uint64_t *size, struct digest *,
                           struct error *);

/* The sealed key in force, or NULL in `sealed` where there is none yet. */
MUST_CHECK bool entry_key_in_force(struct casefile *, struct arena *,
                                   char **sealed, struct error *);

/* Puts a key in force: the first, or one that `before` (opened) hands over
 * to. The sealed secret is kept in the file. Within a transaction. */
MUST_CHECK bool entry_key_change(struct casefile *,
                                 const struct signing_key *before,
                                 const struct signing_key *after,
                                 const char *sealed, struct arena *,
                                 struct error *);

/* The ledger as it is, signed and kept; the note is the arena's. Within a
 * transaction. */
MUST_CHECK bool entry_checkpoint(struct casefile *, const struct signing_key *,
                                 struct arena *, struct slice *note,
                                 struct error *);

#endif
