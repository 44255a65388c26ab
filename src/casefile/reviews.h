/*
 * reviews.h - what people decided about findings: accepted, corrected,
 * rejected, added by hand, merged, split; and taken back.
 *
 * Sealed: a review is never changed, only followed by another. It is made on
 * a passage, kept as W3C Web Annotation has it (place, quote, what stands
 * before and after), so that it finds its finding again after a new reading,
 * and its place in a better text.
 *
 * Invariants
 *   1. No reading changes or drops a review.
 *   2. A review that holds for a finding has a row in review_target; one that
 *      should and does not is stranded, and listed.
 */
#ifndef MADAI_REVIEWS_H
#define MADAI_REVIEWS_H

#include "casefile.h"
#include "findings.h"
#include "json.h"
#include "sha256.h"

/* Strings are the arena's that it was read into, or borrowed when given. */
struct review {
    int64_t id, entry;
    const char *key; /* NULL when given: one is made */
    int64_t document;
    const char *finding; /* key */
    const char *kind;
    const char *decision;
    const char *fields; /* JSON object, or NULL */
    const char *undoes; /* key of a review, or NULL */
    const char *text_sha256;
    struct span span;
    const char *quote, *prefix, *suffix;
    const char *reviewer;
    const char *time; /* NULL when given: now */
    const char *why;  /* or NULL */
};

enum { REVIEW_DECISIONS = 7 };
extern const char *const review_decisions[REVIEW_DECISIONS];

/* Decides about a finding. `fields` of a correction: values by name; those of
 * who, says, act, place, first, last and span ("12-40") change what search
 * and lists show. Those of a merge or split: {"with": [keys]}. Within a
 * transaction. `key` gets the review's short name. ERROR_USAGE. */
MUST_CHECK bool review_finding(struct casefile *, const struct finding *,
                               const struct review *given,
                               char key[CASEFILE_KEY_SIZE], struct error *);

/* Adds a finding by hand: `given` has document, kind, span, fields, reviewer,
 * why. ERROR_USAGE where the place is outside the text. */
MUST_CHECK bool review_add_finding(struct casefile *,
                                   const struct review *given,
                                   char finding[CASEFILE_KEY_SIZE],
                                   struct error *);

/* Takes back the review of this name, or the last one that stands for the
 * finding of this name. */
MUST_CHECK bool review_undo(struct casefile *, const char *word,
                            const struct review *given, struct error *);

/* Keeps a review that was made elsewhere, with its own key, time and passage;
 * `is_new` is false where it is there already. */
MUST_CHECK bool review_import(struct casefile *, const struct review *,
                              bool *is_new, struct error *);

/* Finds for each review of the document the finding it holds for now, and
 * lets it hold. `text` is what the findings point into. */
MUST_CHECK bool reviews_carry_over(struct casefile *, int64_t document,
                                   struct slice text, struct error *);

struct reviews {
    struct review *items;
    size_t count;
    size_t capacity;
};
MUST_CHECK bool reviews_of_document(struct casefile *, int64_t document,
                                    struct arena *, struct reviews *,
                                    struct error *);
MUST_CHECK bool reviews_of_finding(struct casefile *, const char *key,
                                   struct arena *, struct reviews *,
                                   struct error *);
/* Those that hold for the finding of this id. */
MUST_CHECK bool reviews_holding(struct casefile *, int64_t finding,
                                struct arena *, struct reviews *,
                                struct error *);
/* The last ones before `before` (0: of all), the newest first. */
MUST_CHECK bool reviews_last(struct casefile *, int64_t before, uint64_t limit,
                             struct arena *, struct reviews *, struct error *);
/* The next after `id` (0: the first). */
MUST_CHECK bool review_after(struct casefile *, int64_t id, struct arena *,
                             struct review *, bool *is_there, struct error *);
MUST_CHECK bool review_by_key(struct casefile *, const char *key,
                              struct arena *, struct review *, bool *is_there,
                              struct error *);
MUST_CHECK bool review_by_entry(struct casefile *, int64_t entry,
                                struct arena *, struct review *, bool *is_there,
                                struct error *);
/* Whether a later review takes it back; whether it should hold for a finding
 * and does not. */
MUST_CHECK bool review_is_undone(struct casefile *, const struct review *,
                                 bool *, struct error *);
MUST_CHECK bool review_is_stranded(struct casefile *, const struct review *,
                                   bool *, struct error *);

/* The body of its entry, made from the row. Yours to json_decref.
 * ERROR_BAD_INPUT: words that are no UTF-8. */
MUST_CHECK json_t *review_body(const struct review *,
                               const char *document_sha256, struct error *);

#endif
