/*
 * findings.h - what a reading says, a row each, so that it can be found,
 * reviewed and pointed to.
 *
 * A finding has a short name, made from its document, its kind and its
 * passage, so that it survives a new reading: 'c-' (the kind's letter) and
 * twelve digits of base 32. Where two of a kind have the same passage the
 * second is hashed with a number; 60 bits make a meeting of two unlikely.
 */
#ifndef MADAI_FINDINGS_H
#define MADAI_FINDINGS_H

#include "casefile.h"
#include "json.h"
#include "sha256.h"

/* All strings are the arena's that it was read into; NULL: nothing said. */
struct finding {
    int64_t id;
    char key[CASEFILE_KEY_SIZE];
    int64_t document;
    const char *kind;  /* actor, claim, act, figure, time, place,
                          intervention, citation */
    const char *local; /* its id in the reading; NULL: added by hand */
    const char *who;   /* names, parted by "; " */
    const char *says;  /* speech act */
    const char *act;   /* codes, parted by blanks */
    const char *place; /* names, parted by "; " */
    const char *first; /* dates it may be about */
    const char *last;
    struct span span;
    char quote_sha256[SHA256_HEX_SIZE];
    double confidence; /* below 0: none given */
    const char *status;
    int64_t passage;
};

enum { FINDING_KINDS = 8 };
extern const char *const finding_kinds[FINDING_KINDS];

/* Lists of one lifespan. */
struct findings {
    struct finding *items;
    size_t count;
    size_t capacity;
};

/* The findings of a reading, in the arena; not stored. `sha256` is the
 * document's, `text` what was read. ERROR_BAD_INPUT where the reading is not
 * as docs/reading.md says, or points outside the text. */
MUST_CHECK bool findings_of_reading(const json_t *reading, const char *sha256,
                                    struct slice text, struct arena *,
                                    struct findings *, struct error *);

/* The short name of a finding; `number` counts those of the same kind and
 * place, from 0. */
MUST_CHECK bool finding_key(const char *sha256, const char *kind, struct span,
                            unsigned number, char key[CASEFILE_KEY_SIZE],
                            struct error *);

/* Stores the finding, gives it its id, and lets search find it; or all of
 * them, which costs less than one by one. */
MUST_CHECK bool finding_insert(struct casefile *, struct finding *,
                               struct error *);
MUST_CHECK bool findings_insert(struct casefile *, struct findings *,
                                struct error *);
/* Lets search find one that is stored, and is not in its index. */
MUST_CHECK bool finding_index(struct casefile *, const struct finding *,
                              struct error *);
/* Writes who, says, act, place, dates, span, quote, status, passage anew. */
MUST_CHECK bool finding_change(struct casefile *, const struct finding *,
                               struct error *);
/* Forgets all findings of a document, in search too. */
MUST_CHECK bool findings_delete(struct casefile *, int64_t document,
                                struct error *);

/* The finding that a person means by its name or the beginning of one.
 * ERROR_NOT_FOUND; ERROR_USAGE where several could be meant. */
MUST_CHECK bool finding_find(struct casefile *, const char *word,
                             struct arena *, struct finding *, struct error *);
MUST_CHECK bool finding_get(struct casefile *, int64_t id, struct arena *,
                            struct finding *, struct error *);
MUST_CHECK bool findings_of_document(struct casefile *, int64_t document,
                                     struct arena *, struct findings *,
                                     struct error *);

/* All findings of the rows, which are of the table's columns. Of casefile/
 * alone. */
struct rows;
MUST_CHECK bool findings_take(struct rows *, struct arena *, struct findings *,
                              struct error *);

#endif
