/*
 * case_add.h - documents come into a case: files are read and hashed side by
 * side, and each is stored with its reading whole or not at all; those that are
 * ready within a fifth of a second share a transaction.
 *
 * A file that takes a converter is stored before it is parsed: it is converted
 * and read once all files are in, from the case. What lies in it (attachments)
 * becomes documents of their own.
 *
 * Killed at any moment, the case holds what was told as added, whole; adding
 * the same again goes on from there, since what is known is passed over.
 */
#ifndef MADAI_CASE_ADD_H
#define MADAI_CASE_ADD_H

#include "casefile.h"
#include "documents.h"

struct gazetteer;
struct model;

/* ADDED_UNREAD: the original is kept, but nothing could be read of it. */
enum added { ADDED, ADDED_KNOWN, ADDED_REFUSED, ADDED_UNREAD };

/* Told of each document as soon as that is durable; of one that was refused, or
 * kept unread, the error says why. */
struct add_told {
    enum added how;
    const char *sha256; /* empty where it could not be opened */
    const char *path;   /* as found; or the line's id */
    uint64_t bytes;
    uint64_t words; /* of its text; 0 where it was not read */
    const struct error *error;
};

struct case_add {
    struct casefile *casefile;
    const struct gazetteer *gazetteer; /* or NULL */
    const struct model *model; /* NULL: originals are kept, nothing is read */
    unsigned threads;
    bool is_unsafe;              /* --unsafe-parsing */
    bool is_dry;                 /* nothing is stored; what would be is told */
    struct document_facts facts; /* of all; the name is each one's own */
    bool (*tell)(void *context, const struct add_told *); /* false: stop */
    void (*found)(void *context, uint64_t count); /* how many there are */
    void *context;
};

/* Adds files, and folders with all that lies below. `case_path` is the case's
 * own file, which is passed over. A dry run needs no model, and looks no deeper
 * than what each file is. False, with the error, where the machine or
 * the case failed: what was told stands. */
MUST_CHECK bool case_add_files(const struct case_add *, char **paths,
                               size_t count, const char *case_path,
                               struct error *);

/* Adds texts with readings that were made elsewhere: one JSON object a line,
 * as `madai read --json --with-text` writes them. The original is recorded by
 * its hash as held elsewhere. A document that the case has gets the text as a
 * new version where it is another, and the reading in place of its own.
 * `shard_root` may be NULL. */
MUST_CHECK bool case_add_readings(const struct case_add *, const char *path,
                                  const char *shard_root, struct error *);

/* REREAD_UNREAD: only those that have no reading. REREAD_CONVERTED: from their
 * originals, converted anew; a text that is another becomes a new version. */
enum reread_which { REREAD_ALL, REREAD_UNREAD, REREAD_CONVERTED };

/* Reads documents again, and lets all reviews hold again. `words`: these
 * documents, or all where `count` is 0. The model must not be NULL. `path` in
 * what is told is the name. */
MUST_CHECK bool case_reread(const struct case_add *, char **words, size_t count,
                            enum reread_which, struct error *);

#endif
