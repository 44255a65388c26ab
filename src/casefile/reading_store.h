/*
 * reading_store.h - a reading comes into the case: its JSON, its findings, its
 * passages; and what people decided is carried over to the new findings.
 */
#ifndef MADAI_READING_STORE_H
#define MADAI_READING_STORE_H

#include "casefile.h"
#include "json.h"
#include "sha256.h"

struct case_reading {
    int64_t entry, text; /* text: id; 0 where the document was not read */
    const char *reader;  /* the arena's, as the body is */
    char sha256[SHA256_HEX_SIZE];
    struct slice body; /* JSON, one line */
};

/* Keeps a reading in the place of the one before, with its findings, and
 * carries over the reviews. `json` is one line, without the text; `text` the
 * bytes that were read, which `text_id` keeps. Within a transaction.
 * ERROR_BAD_INPUT: the reading is none, or not of this text. */
MUST_CHECK bool reading_keep(struct casefile *, int64_t document,
                             int64_t text_id, struct slice text,
                             const char *reader, struct slice json,
                             struct error *);

/* The reading of a document, its body hashed and compared: ERROR_TAMPERED. */
MUST_CHECK bool reading_get(struct casefile *, int64_t document, struct arena *,
                            struct case_reading *, struct error *);

/* The text that the reading which stands was made of; an empty one where the
 * document was not read. */
MUST_CHECK bool reading_text(struct casefile *, int64_t document,
                             struct arena *, bool *is_read, struct slice *text,
                             struct error *);

/* Forgets the reading of a document, its findings and passages. */
MUST_CHECK bool reading_forget(struct casefile *, int64_t document,
                               struct error *);

/* Makes a document's findings anew from the reading that stands, and lets all
 * reviews hold again: after one was taken back. */
MUST_CHECK bool reading_settle(struct casefile *, int64_t document,
                               struct error *);

/* The same where nothing derived is there: the tables are new. ERROR_NOT_FOUND,
 * ERROR_TAMPERED or ERROR_BAD_INPUT where the reading or its text is not as it
 * was. */
MUST_CHECK bool reading_derive(struct casefile *, int64_t document,
                               struct error *);

/* The body of its entry, made from the row. Yours to json_decref. */
MUST_CHECK json_t *reading_body(const char *document_sha256,
                                const char *text_sha256,
                                const struct case_reading *, struct error *);

#endif
