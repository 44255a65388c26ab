/*
 * bag_check.h - whether a bag is what was signed.
 *
 * Reads the folder as something a stranger made: nothing in it is believed,
 * no link is followed, nothing is written. verify.py, which lies in every
 * bag, says the same of the same bag; docs/case-file-format.md says what is
 * checked, in the same order.
 *
 * A bag can always be made anew from end to end under another key. So a bag
 * that holds proves no more than: all of this was signed by this key. That
 * the key is the right one, or that nothing was cut back before, only
 * something from outside can show: see struct bag_trust.
 */
#ifndef MADAI_BAG_CHECK_H
#define MADAI_BAG_CHECK_H

#include "bag_path.h"
#include "checkpoint.h"
#include "file.h"
#include "leaf.h"
#include "progress.h"

#define BAG_ARENA_CEILING ((size_t)4 << 30)

/* What the one who checks holds himself; both may be empty. */
struct bag_trust {
    struct slice key;        /* fingerprint in hex, or a verifier's key */
    struct slice checkpoint; /* a signed note */
};

/* Told of each fault: which file (or "" for the bag) and what about it. */
struct bag_faults {
    void (*fault)(void *context, const char *path, const char *what);
    void *context;
};

struct bag_entry {
    uint64_t index;
    struct leaf leaf;
    struct digest salt;
    const char *path; /* of its body */
};

/* All in the arena that was given. Only what was reached before a fault
 * made going on useless is filled in. */
struct bag {
    const char *folder;
    struct bag_list payload; /* sorted */
    struct bag_list tags;    /* sorted */
    struct note_key *keys;
    size_t key_count;
    struct checkpoint checkpoint;
    struct digest *leaf_hashes; /* as many as the checkpoint's size */
    struct bag_entry *entries;  /* ascending; the last is the export */
    size_t entry_count;
    size_t fault_count; /* 0: it holds */
};

/* True when it could be checked: then `fault_count` says how it ended. False
 * where the machine failed, or there is no such folder: ERROR_NOT_FOUND,
 * ERROR_IO, ERROR_LIMIT. `progress` may be NULL; it counts files. Cost: every
 * file is read once, in pieces; memory goes with the number of files. */
MUST_CHECK bool bag_check(const char *folder, const struct bag_trust *,
                          const struct bag_faults *, const struct progress *,
                          struct arena *, struct bag *, struct error *);

/* The bytes of a file of the payload, hashed again against the manifest, so
 * that what is imported is what was checked. ERROR_TAMPERED, ERROR_NOT_FOUND,
 * ERROR_IO, ERROR_LIMIT. Yours to file_close. */
MUST_CHECK bool bag_file_read(const struct bag *, const char *path,
                              size_t limit, struct file *, struct error *);

#endif
