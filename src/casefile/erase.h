/*
 * erase.h - content that must go by law, and copies of the file.
 *
 * What goes: originals, texts, readings, findings, passages, reviews, the
 * index, and salt and body of every entry about them. What stays: that there
 * were entries, when, and of what kind; the proofs of all others; and an entry
 * that says how many were erased. FTS5 (3.40) keeps words it was told to
 * forget, so the index is made anew; deleted pages are overwritten, and the
 * file is written anew after. What a disk, a backup or a bag elsewhere keeps
 * is beyond it.
 */
#ifndef MADAI_ERASE_H
#define MADAI_ERASE_H

#include "casefile.h"

/* Erases documents, all or none, with its own transaction. `why` may be NULL
 * and must not name what is erased. */
MUST_CHECK bool casefile_erase(struct casefile *, const int64_t *documents,
                               size_t count, const char *reviewer,
                               const char *why, struct error *);

/* Documents in whose text or facts the words stand, as a phrase. */
MUST_CHECK bool casefile_naming(struct casefile *, const char *words,
                                struct arena *, int64_t **documents,
                                size_t *count, struct error *);

/* A copy of the case as it is, whole and on the disk before it has its name;
 * ERROR_USAGE where `path` is there already. */
MUST_CHECK bool casefile_copy(struct casefile *, const char *path,
                              struct error *);

#endif
