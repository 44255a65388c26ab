/*
 * verify.h - is everything still as it was recorded, and if not, what is not.
 *
 * What holds afterwards: every original and text hashes to its name; every
 * row of a sealed table says what its entry in the ledger says, and there are
 * no others; every leaf, node and root of the tree follows from the entries;
 * every checkpoint was signed by a key of the ledger and covers its beginning;
 * every finding's passage stands where it says, and is what its reading and
 * reviews make of it; search finds what stands there. What it does not prove:
 * that nobody wrote the whole file anew. That is told by a checkpoint that
 * somebody else holds.
 */
#ifndef MADAI_VERIFY_H
#define MADAI_VERIFY_H

#include "casefile.h"
#include "progress.h"

struct verify_counts {
    uint64_t entries, documents, texts, readings, findings, reviews;
    uint64_t checkpoints, stamps;
    uint64_t bytes;     /* hashed */
    uint64_t elsewhere; /* originals that are not in the file */
    uint64_t unread;    /* documents without a reading */
    uint64_t erased;    /* entries whose content was erased by law */
    uint64_t faults;
};

struct verify {
    struct casefile *casefile;
    /* Told of each fault: what it is (altered, missing, added, reordered,
     * key unknown, cut back, damaged) and where. */
    void (*fault)(void *context, const char *what, const char *where);
    void *context;
    const struct progress *progress; /* bytes; may be NULL */
    /* Checkpoints that somebody else kept, each a signed note. */
    const struct slice *held;
    size_t held_count;
};

/* Checks all there is, and goes on after a fault. False, with the error, only
 * where the machine failed. Cost: reads the whole file once, nearly. */
MUST_CHECK bool casefile_verify(const struct verify *, struct verify_counts *,
                                struct error *);

#endif
