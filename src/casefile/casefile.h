/*
 * casefile.h - one case, one file: opening it, and changing it all or not.
 *
 * The file is SQLite; schema.sql says what stands where. Rollback journal and
 * full synchronisation: what casefile_commit said yes to survives the power
 * going off. (Debian 12's SQLite 3.40.1 can lose a write-ahead log on reset,
 * and with less than full synchronisation acknowledged work was lost.)
 *
 * Invariants
 *   1. Whatever is done to a case is an entry of its ledger, in the same
 *      transaction (entries.h).
 *   2. What a transaction wrote is read back and hashed before its commit.
 *   3. A file that is no case, or of a later version, is never written to.
 *   4. A casefile is one thread's at a time; two programs take turns.
 */
#ifndef MADAI_CASEFILE_H
#define MADAI_CASEFILE_H

#include "arena.h"
#include "error.h"
#include "slice.h"

#define CASEFILE_VERSION 3
#define CASEFILE_KEY_SIZE                                                      \
    20 /* of a finding's or review's short name, + NUL                         \
        */

struct casefile; /* opaque; internals in casefile_parts.h */

enum casefile_mode { CASEFILE_READ, CASEFILE_WRITE };

/* Makes a new case, with the first entry of its ledger. ERROR_USAGE where the
 * file is there already; ERROR_IO; ERROR_LIMIT. Yours to close. */
MUST_CHECK struct casefile *casefile_create(const char *path,
                                            struct error *error);

/* Opens a case; one of an earlier version is brought forward, and the file as
 * it was kept beside it (casefile_kept_as). ERROR_NOT_FOUND; ERROR_CORRUPT
 * (damaged, or no case); ERROR_USAGE (made by a later madai); ERROR_IO. A
 * journal that a killed program left is rolled back first. Yours to close. */
MUST_CHECK struct casefile *casefile_open(const char *path, enum casefile_mode,
                                          struct error *error);
void casefile_close(struct casefile *); /* NULL is allowed */

/* The path of the file as it was before casefile_open brought it forward;
 * NULL where it did not. Borrowed. */
const char *casefile_kept_as(const struct casefile *);

/* How long to wait for another program that is writing: ten seconds, if
 * nobody says otherwise. */
void casefile_wait(struct casefile *, unsigned milliseconds);

/* Says that this program opens the file more than once: then nobody is asked
 * who holds it, for on Linux a look at a file drops all locks that the same
 * program has on it. */
void casefile_share(struct casefile *);

/* A transaction: everything until commit, or nothing. ERROR_IO with the other
 * program's name where one is writing and does not end. A commit that failed
 * has rolled back. */
MUST_CHECK bool casefile_begin(struct casefile *, struct error *);
MUST_CHECK bool casefile_commit(struct casefile *, struct error *);
void casefile_rollback(struct casefile *);

/* A transaction that only looks: what it sees does not change meanwhile. */
MUST_CHECK bool casefile_begin_read(struct casefile *, struct error *);

/* The moment, UTC, as all times of a case are written. */
#define CASEFILE_TIME_SIZE 21
void casefile_time(char time[CASEFILE_TIME_SIZE]);

#endif
