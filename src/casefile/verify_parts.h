/*
 * verify_parts.h - one verification under way. Of verify*.c alone.
 */
#ifndef MADAI_VERIFY_PARTS_H
#define MADAI_VERIFY_PARTS_H

#include "documents.h"
#include "entries.h"
#include "findings.h"
#include "verify.h"

struct verifying {
    const struct verify *verify;
    struct casefile *casefile;
    struct verify_counts *counts;
    struct arena *arena;  /* of all */
    struct arena *moment; /* of one row, reset after it */
    struct error *error;
    /* The ledger, once it was read. */
    uint64_t size;
    bool *is_named_erased; /* per entry: an erase entry says so */
    uint64_t total_bytes;
    struct verify_search *search; /* of verify_search.c */
};

void verify_fault(struct verifying *, const char *what, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* After a call that failed: a fault of the file is told, and it is true;
 * false where the machine failed. */
MUST_CHECK bool verify_told(struct verifying *, const char *where);
/* The same where the fault was told before, and is passed over. */
MUST_CHECK bool verify_was_told(struct verifying *);

/* That the entry of this position is of this kind and says what `body` says,
 * which is given to it to decref; NULL: it could not be made, and the error
 * says why. */
MUST_CHECK bool verify_body(struct verifying *, int64_t position,
                            const char *kind, json_t *body, const char *where);

MUST_CHECK bool verify_ledger(struct verifying *);
MUST_CHECK bool verify_documents(struct verifying *);
MUST_CHECK bool verify_findings(struct verifying *);
MUST_CHECK bool verify_reviews(struct verifying *);

/* That the document's findings are those of its reading, as reviews have it;
 * in the arena of the moment. */
MUST_CHECK bool verify_compare_findings(struct verifying *, const char *name,
                                        const char *sha256,
                                        const json_t *reading,
                                        struct slice text,
                                        const struct findings *);

/* Around the walk through all documents: begin, then for each that has a
 * reading count, and document where its text and reading hold; then end. */
MUST_CHECK bool verify_search_begin(struct verifying *);
void verify_search_count(struct verifying *);
MUST_CHECK bool verify_search_document(struct verifying *,
                                       const struct case_document *,
                                       const json_t *reading, struct slice text,
                                       const struct findings *);
MUST_CHECK bool verify_search_end(struct verifying *);

#endif
