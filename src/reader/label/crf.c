/*
 * crf.c - Viterbi's algorithm in scores, forward and backward sums in scaled
 * weights (Rabiner 1989): no logarithm is needed.
 */
#include "crf.h"

#include "exponential.h"

#define BARRED (-1e4f) /* train/net.py has the same */

void crf_set(struct crf *crf, size_t labels, const float *transitions,
             const float *start)
{
    crf->labels = labels;
    for (size_t to = 0; to < labels; to++) {
        const bool is_inside = to != 0 && to % 2 == 0;
        crf->start[to] = start[to] + (is_inside ? BARRED : 0.0f);
        crf->start_weight[to] = exponential((double)crf->start[to]);
        for (size_t from = 0; from < labels; from++) {
            const bool is_barred = is_inside && from != to && from + 1 != to;
            crf->step[from][to] =
                transitions[from * labels + to] + (is_barred ? BARRED : 0.0f);
            crf->step_weight[from][to] =
                exponential((double)crf->step[from][to]);
        }
    }
}

/* The best label before `to`, and the score of coming from there. All but two
 * are barred before an I-. */
static uint8_t best_before(const struct crf *crf, const float *best, size_t to,
                           float *score)
{
    const bool is_inside = to != 0 && to % 2 == 0;
    const size_t first = is_inside ? to - 1 : 0;
    const size_t end = is_inside ? to + 1 : crf->labels;
    uint8_t found = (uint8_t)first;
    *score = best[first] + crf->step[first][to];
    for (size_t from = first + 1; from < end; from++) {
        const float path = best[from] + crf->step[from][to];
        if (path > *score) {
            *score = path;
            found = (uint8_t)from;
        }
    }
    return found;
}

void crf_decode(const struct crf *crf, struct crf_scores scores,
                struct crf_paths *paths, uint8_t *labels)
{
    float best[CRF_LABELS_MAX] = {0};
    for (size_t to = 0; scores.words > 0 && to < crf->labels; to++)
        best[to] = crf->start[to] + scores.scores[to];
    for (size_t word = 1; word < scores.words; word++) {
        float next[CRF_LABELS_MAX] = {0};
        for (size_t to = 0; to < crf->labels; to++) {
            paths->back[word][to] = best_before(crf, best, to, &next[to]);
            next[to] += scores.scores[word * scores.step + to];
        }
        memcpy(best, next, sizeof best);
    }
    uint8_t label = 0;
    for (size_t to = 1; to < crf->labels; to++)
        if (best[to] > best[label])
            label = (uint8_t)to;
    for (size_t word = scores.words; word-- > 0;) {
        labels[word] = label;
        label = paths->back[word][label];
    }
}

/* Divides by the sum and returns it. */
static double normalise(double *weights, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += weights[i];
    for (size_t i = 0; i < count; i++)
        weights[i] /= sum;
    return sum;
}

static void weights_of(const struct crf *crf, const float *scores,
                       double *weights)
{
    float most = scores[0];
    for (size_t i = 1; i < crf->labels; i++)
        most = scores[i] > most ? scores[i] : most;
    for (size_t i = 0; i < crf->labels; i++)
        weights[i] = exponential((double)scores[i] - (double)most);
}

/* The weight of coming to `to` at `word` from anywhere before. */
static double reach(const struct crf *crf,
                    const struct crf_marginals *marginals, size_t word,
                    size_t to)
{
    if (word == 0)
        return crf->start_weight[to];
    double sum = 0;
    for (size_t from = 0; from < crf->labels; from++)
        sum += marginals->before[word - 1][from] * crf->step_weight[from][to];
    return sum;
}

void crf_sum(const struct crf *crf, struct crf_scores scores,
             struct crf_marginals *marginals)
{
    marginals->words = scores.words;
    for (size_t word = 0; word < scores.words; word++) {
        double *weight = marginals->weight[word];
        double *before = marginals->before[word];
        weights_of(crf, scores.scores + word * scores.step, weight);
        for (size_t to = 0; to < crf->labels; to++)
            before[to] = reach(crf, marginals, word, to) * weight[to];
        const double scale = normalise(before, crf->labels);
        /* With the scale in the weights, the products below need no more. */
        for (size_t to = 0; to < crf->labels; to++)
            weight[to] /= scale;
    }
    for (size_t word = scores.words; word-- > 0;) {
        double *after = marginals->after[word];
        for (size_t from = 0; from < crf->labels; from++) {
            after[from] = word + 1 == scores.words ? 1.0 : 0.0;
            for (size_t to = 0; word + 1 < scores.words && to < crf->labels;
                 to++)
                after[from] += crf->step_weight[from][to] *
                               marginals->weight[word + 1][to] *
                               marginals->after[word + 1][to];
        }
    }
}

double crf_piece(const struct crf *crf, const struct crf_marginals *marginals,
                 struct span words, size_t begin)
{
    const size_t inside = begin + 1;
    double weight = reach(crf, marginals, words.begin, begin) *
                    marginals->weight[words.begin][begin];
    size_t label = begin;
    for (size_t word = words.begin + 1; word < words.end; word++) {
        weight *=
            crf->step_weight[label][inside] * marginals->weight[word][inside];
        label = inside;
    }
    if (words.end < marginals->words) {
        double rest = 0;
        for (size_t to = 0; to < crf->labels; to++)
            if (to != inside)
                rest += crf->step_weight[label][to] *
                        marginals->weight[words.end][to] *
                        marginals->after[words.end][to];
        weight *= rest;
    }
    return weight < 1.0 ? weight : 1.0;
}

bool crf_piece_next(const uint8_t *labels, size_t words, size_t at,
                    struct span *piece, size_t *type)
{
    while (at < words && labels[at] == 0)
        at++;
    if (at == words)
        return false;
    *type = (labels[at] - 1u) / 2;
    piece->begin = (uint32_t)at;
    do
        at++;
    while (at < words && labels[at] == 2 * *type + 2);
    piece->end = (uint32_t)at;
    return true;
}
