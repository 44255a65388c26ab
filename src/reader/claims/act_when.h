/*
 * act_when.h - when and where an act is said to have been: which of the times
 * and places around it are its own.
 *
 * Candidates are the points of time (the places) of the act's sentence and
 * the last ones before it. What is seen of each - on which side it stands,
 * how far, what stands between, who tells it, of what kind it is - speaks for
 * or against it by weights that are learnt from the train part of the corpus
 * (data/act-time-weights.tsv, data/act-place-weights.tsv; train/findings.py).
 * The best is taken if the sum is on its side, else none.
 *
 * Limits: CANDIDATES_MOST for an act. Time grows with the acts.
 */
#ifndef MADAI_ACT_WHEN_H
#define MADAI_ACT_WHEN_H

#include "reading.h"

enum { CANDIDATES_MOST = 11 };

/* A time or place that acts may have. */
struct circumstance {
    struct span span; /* bytes */
    uint32_t index;   /* of reading.times or reading.places */
    uint32_t claim;   /* whose content it stands in, or READING_NONE */
    const char *kind; /* "day", "town"; never NULL */
    bool is_head;     /* stands over a text, a post, a section */
};

struct circumstances {
    const struct reading *reading;
    const struct circumstance *items; /* in order of the text */
    size_t count;
    bool are_places;
};

/* Both borrow from the reading; the lists are the arena's. ERROR_LIMIT. */
MUST_CHECK bool circumstances_of_times(struct circumstances *,
                                       const struct reading *, struct arena *,
                                       struct error *);
MUST_CHECK bool circumstances_of_places(struct circumstances *,
                                        const struct reading *, struct arena *,
                                        struct error *);

/* One of them as a candidate of an act. */
struct circumstance_candidate {
    uint32_t at;    /* of the list */
    char side;      /* b: before the act in its sentence, a: behind it; p: in
                       its paragraph, f: further up */
    uint32_t rank;  /* 0: the nearest of its side */
    uint32_t count; /* of candidates in the sentence */
};

/* The candidates of an act, nearest of each side first; how many. */
size_t circumstances_near(const struct circumstances *, const struct act *,
                          struct circumstance_candidate[CANDIDATES_MOST]);

/* What is seen of a candidate: for reading and for learning. `act` is the
 * act's index. */
void circumstance_features(const struct circumstances *, uint32_t act,
                           const struct circumstance_candidate *,
                           void (*take)(void *, struct slice), void *context);

/* Sets `time` and `place` of every act. Scratch memory. ERROR_LIMIT. */
MUST_CHECK bool acts_when(struct reading *, struct arena *, struct error *);

#endif
