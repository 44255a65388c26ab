/*
 * crf.h - a linear-chain conditional random field over BIO labels: the best
 * sequence, and how probable a piece of it is.
 *
 * Labels are O (0), then B- (odd) and I- (even) of each type. An I- follows
 * only its own B- or I-. Nothing allocates; scores of a window come in
 * [words][step], the labels of this field first.
 */
#ifndef MADAI_CRF_H
#define MADAI_CRF_H

#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define CRF_LABELS_MAX ((size_t)48)
#define CRF_WORDS_MAX ((size_t)512)

struct crf {
    size_t labels;
    float step[CRF_LABELS_MAX][CRF_LABELS_MAX]; /* from, to */
    float start[CRF_LABELS_MAX];
    double step_weight[CRF_LABELS_MAX][CRF_LABELS_MAX]; /* e to those */
    double start_weight[CRF_LABELS_MAX];
};

/* Fills the field from learnt scores; what is barred gets a score so low that
 * no path takes it. */
void crf_set(struct crf *, size_t labels, const float *transitions,
             const float *start);

struct crf_scores {
    const float *scores;
    size_t step;
    size_t words; /* at most CRF_WORDS_MAX */
};

/* Scratch memory of crf_decode: the best label before each. */
struct crf_paths {
    uint8_t back[CRF_WORDS_MAX][CRF_LABELS_MAX];
};

/* The best label of each word; ties go to the lower label. */
void crf_decode(const struct crf *, struct crf_scores, struct crf_paths *,
                uint8_t *labels);

/* Sums over all sequences, each word's scaled to 1. */
struct crf_marginals {
    size_t words;
    double weight[CRF_WORDS_MAX][CRF_LABELS_MAX]; /* scores of the word */
    double before[CRF_WORDS_MAX][CRF_LABELS_MAX]; /* with all before it */
    double after[CRF_WORDS_MAX][CRF_LABELS_MAX];  /* of all after it */
};

void crf_sum(const struct crf *, struct crf_scores, struct crf_marginals *);

/* The probability that just the words of the span are a piece whose B- label
 * is `begin`. */
double crf_piece(const struct crf *, const struct crf_marginals *,
                 struct span words, size_t begin);

/* The next piece at or after word `at`: its span, and its type (0, 1 ...);
 * false where there is none. */
bool crf_piece_next(const uint8_t *labels, size_t words, size_t at,
                    struct span *piece, size_t *type);

#endif
