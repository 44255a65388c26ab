/*
 * casefile_parts.h - what a casefile is made of. Of casefile/ alone.
 */
#ifndef MADAI_CASEFILE_PARTS_H
#define MADAI_CASEFILE_PARTS_H

#include <sqlite3.h>

#include "casefile.h"
#include "merkle.h"
#include "queries.h"
#include "sha256.h"

struct casefile {
    sqlite3 *database;
    char *path;
    sqlite3_stmt *statements[QUERY_COUNT]; /* as far as they were used */
    struct sha256 *hash;                   /* for content that comes or goes */
    struct merkle_frontier frontier;       /* of the ledger, in a transaction */
    struct digest key;                     /* in force, in a transaction */
    fts5_api *fts5;                        /* of the connection */
    char *kept_as; /* the file of before, where it was brought forward */
    bool is_writing;
    bool is_shared; /* this program has it open elsewhere too */
    unsigned wait; /* milliseconds */
};

/* Who holds the lock, as an error; always false. */
bool casefile_say_holder(const struct casefile *, struct error *);

/* Brings a file of this earlier version forward, all steps or none, after a
 * copy of it was made beside it (migration.c). */
MUST_CHECK bool casefile_migrate(struct casefile *, int64_t version,
                                 struct error *);

/* What a transaction needs to know before it can append (entries.c). */
MUST_CHECK bool entries_load(struct casefile *, struct error *);

/* passage_rank and passage_marks for the search (search_functions.c). */
MUST_CHECK bool search_functions_add(struct casefile *, struct error *);

/* Splits a text into words as the indexes do, calling back for each (fts5.h's
 * xTokenize). */
MUST_CHECK bool
search_tokens(struct casefile *, struct slice text, void *context,
              int (*take)(void *context, int flags, const char *token,
                          int length, int begin, int end),
              struct error *);

#endif
