/*
 * bag_path.h - names of files in a bag, and the list that says what is in them.
 *
 * A bag travels between machines, file systems and archive formats, so its
 * names are plain: parts of A-Z a-z 0-9 . _ - that do not begin with a dot or
 * a dash, joined by '/'. What a document is called stands in its entry, not
 * here. No name can lead out of the bag.
 *
 * A manifest has a line for each file, `SHA-256, two blanks, name`, ascending
 * by the bytes of the name, so that one set of files has one manifest.
 */
#ifndef MADAI_BAG_PATH_H
#define MADAI_BAG_PATH_H

#include "arena.h"
#include "digest.h"

#define BAG_PATH_MAX 512 /* of a whole name */
#define BAG_PART_MAX 200

/* The files of a bag that are always there. */
#define BAG_DECLARATION "bagit.txt"
#define BAG_INFO "bag-info.txt"
#define BAG_MANIFEST "manifest-sha256.txt"
#define BAG_TAG_MANIFEST "tagmanifest-sha256.txt"
#define BAG_VERIFY "verify.py"
#define BAG_EXPLAIN "VERIFY.txt"
#define BAG_KEYS "ledger/keys"
#define BAG_CHECKPOINT "ledger/checkpoint"
#define BAG_LEAF_HASHES "ledger/leaf-hashes"
#define BAG_EXPORT "ledger/export.json"
/* Folders, with names of files that are numbers of entries or sizes. */
#define BAG_ENTRIES "data/entries/" /* N.json */
#define BAG_ORIGINALS "data/originals/"
#define BAG_TEXTS "data/texts/"
#define BAG_PROOFS "ledger/proofs/"   /* N.tlog-proof */
#define BAG_EARLIER "ledger/earlier/" /* SIZE.checkpoint, .tsr, .pem */

#define BAG_DECLARED "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

bool bag_path_is_valid(struct slice);

/* Whether `path` is FOLDER + a decimal number + `ending`; the number. */
bool bag_path_number(struct slice path, const char *folder, const char *ending,
                     uint64_t *number);

struct bag_line {
    const char *path; /* ends in NUL */
    struct digest digest;
};

struct bag_list {
    struct arena *arena;
    LIST(struct bag_line) lines;
};

/* Adds a line; the path is copied. ERROR_LIMIT. */
MUST_CHECK bool bag_list_add(struct bag_list *, struct slice path,
                             const struct digest *, struct error *);
/* Into the order of a manifest. */
void bag_list_sort(struct bag_list *);
/* The line of this path in a sorted list, or NULL. */
const struct bag_line *bag_list_find(const struct bag_list *, const char *path);
/* The manifest's text, in the list's arena; the list must be sorted. */
MUST_CHECK bool bag_list_write(const struct bag_list *, struct slice *text,
                               struct error *);
/* Reads just what bag_list_write writes: ERROR_TAMPERED, naming the line. */
MUST_CHECK bool bag_list_read(struct slice text, struct bag_list *,
                              struct error *);

#endif
