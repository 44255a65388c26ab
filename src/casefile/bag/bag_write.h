/*
 * bag_write.h - a bag (BagIt 1.0, RFC 8493) that proves what is in it.
 *
 * Knows nothing of where a case is kept; whoever exports pushes, in this order:
 *
 *     bag_begin
 *     bag_add_keys                       once
 *     bag_add_file, bag_file_...         originals, texts, readings, reviews
 *     bag_add_entry                      the entries that the bag opens; all
 *                                        of kind `key` must be among them
 *     bag_add_earlier                    checkpoints that others hold
 *     bag_seal                           gives the body of an `export` entry
 *         (append that entry to the ledger, sign a checkpoint over it)
 *     bag_finish
 *         (commit the case)
 *     bag_name
 *
 * The `export` entry holds the digests of all that was there before it, so
 * nothing can be taken out of the bag or put in without the signing key.
 *
 * All is written to FOLDER.partial, which becomes FOLDER at the end: what has
 * the name of a bag is whole, and the ledger it is of has its entry. Paths are
 * as bag_path.h says.
 *
 * Errors: ERROR_IO, ERROR_LIMIT, and ERROR_USAGE for a path that is none or
 * was used before; they name the path. After one only bag_writer_free helps.
 */
#ifndef MADAI_BAG_WRITE_H
#define MADAI_BAG_WRITE_H

#include "bag_path.h"
#include "checkpoint.h"
#include "leaf.h"
#include "merkle.h"

struct bag_writer; /* opaque */

/* `folder` must not exist, nor FOLDER.partial. `date` is YYYY-MM-DD, for
 * bag-info.txt. Yours to free; NULL on failure. */
MUST_CHECK struct bag_writer *bag_begin(const char *folder, const char *date,
                                        struct error *);

/* Frees the writer and, before bag_name was called, removes what it has
 * written. NULL is allowed. */
void bag_writer_free(struct bag_writer *);

/* The keys of the ledger, the first one first. */
MUST_CHECK bool bag_add_keys(struct bag_writer *, const struct note_key *keys,
                             size_t count, struct error *);

/* One file of the payload, whole or in pieces. `path` begins with "data/".
 * What is in BAG_ORIGINALS and BAG_TEXTS must be in `holds` of an entry that
 * the bag opens, or the bag will be refused by whoever checks it. */
MUST_CHECK bool bag_add_file(struct bag_writer *, const char *path,
                             struct slice bytes, struct error *);
MUST_CHECK bool bag_file_begin(struct bag_writer *, const char *path,
                               struct error *);
MUST_CHECK bool bag_file_add(struct bag_writer *, struct slice, struct error *);
MUST_CHECK bool bag_file_end(struct bag_writer *, struct error *);

/* An entry of the ledger, opened. */
MUST_CHECK bool bag_add_entry(struct bag_writer *, uint64_t index,
                              const struct leaf *, const struct digest *salt,
                              struct slice body, struct error *);

/* A checkpoint of before, of this size. `answer` (RFC 3161) and `chain` (PEM)
 * are both there or both empty. */
MUST_CHECK bool bag_add_earlier(struct bag_writer *, uint64_t size,
                                struct slice note, struct slice answer,
                                struct slice chain, struct error *);

/* Nothing can be added after this. The body is borrowed from the writer. */
MUST_CHECK bool bag_seal(struct bag_writer *, struct slice *body,
                         struct error *);

/* The ledger as it is after the `export` entry. */
struct bag_ledger {
    struct merkle_source nodes; /* level 0 is read from end to end */
    uint64_t size;              /* the `export` entry is the last */
    struct slice note;          /* the checkpoint of that size */
    struct leaf export_leaf;
    struct digest export_salt;
};
/* The bag is whole then, and on the disk, under the name FOLDER.partial. */
MUST_CHECK bool bag_finish(struct bag_writer *, const struct bag_ledger *,
                           struct error *);

/* Gives it its name. Where that fails the whole bag stays under the other
 * name, which the error tells: its entry is in the ledger already. */
MUST_CHECK bool bag_name(struct bag_writer *, struct error *);

#endif
