/*
 * interventions.h - what was done to get an answer: letters, complaints,
 * reports, lawsuits, questions; by whom, to whom, and what came of it.
 *
 * Words of data/intervention-words.tsv are candidates; whether one is an
 * intervention, and of which kind, is weighed by what stands around it
 * (data/intervention-weights.tsv, learnt by train/findings.py from the train
 * part of the corpus). By whom and to whom follow the grammar around the
 * word; what came of it the words of data/response-words.tsv behind it.
 */
#ifndef MADAI_INTERVENTIONS_H
#define MADAI_INTERVENTIONS_H

#include "claim_at.h"
#include "feature.h"
#include "mention_at.h"

/* Fills reading->interventions, once actors, claims, acts, the document's
 * facts and times are there. Time grows with the text; scratch memory is taken
 * from the second arena. ERROR_LIMIT. */
MUST_CHECK bool interventions_find(struct reading *, struct arena *,
                                   struct arena *scratch, struct error *);

/* What follows is for the files of this layer and for train/findings.py. */

/* A word that may tell of an intervention; all in tokens. */
struct attempt {
    struct span tokens; /* with the carrier before it ("lodged a complaint") */
    struct span word;   /* the word of the table alone */
    struct span sentence;            /* that it stands in */
    const struct table_row *row;     /* of intervention_table */
    const struct table_row *carrier; /* or NULL */
};

/* What came of it, by the words that say so. */
struct response {
    enum response_status status;
    struct span tokens; /* empty: nothing is said */
};

struct attempt_context {
    const struct reading *reading;
    const struct mention_list *mentions;
    struct claim_finder *claims;
};

/* The candidate that begins at `at`; false where there is none. */
bool attempt_at(const struct text *, struct span sentence, uint32_t at,
                struct attempt *);

/* Calls `take` with every feature; candidates in order of the text. */
void attempt_features(struct attempt_context *, const struct attempt *,
                      void (*take)(void *, struct slice), void *);

/* The first words behind the candidate that tell what came of it, in its
 * sentence or the two after it in its paragraph. */
struct response attempt_response(const struct text *, const struct attempt *);

/* By whom and to whom; what is not known stays empty. `claim` is the claim
 * that tells it, or READING_NONE. */
void attempt_parties(const struct attempt_context *, const struct attempt *,
                     uint32_t claim, struct intervention *);

/* Which acts it is about, each as it is first told; the arena's. What is not
 * known stays empty. ERROR_LIMIT. */
MUST_CHECK bool attempt_about(const struct reading *, const struct attempt *,
                              struct arena *, struct intervention *,
                              struct error *);

#endif
