/*
 * link_fit.c - fits the trees of train/link.py.
 *
 *     link_fit TREES STEP HOLD < PAIRS > MODEL
 *
 * Gradient boosting (Friedman 2001) on the logistic loss, of trees whose
 * levels ask one question each (Kohavi and Li 1995); each tree sees some of
 * the pairs and of the features (Friedman 2002).
 *
 * PAIRS, in 32-bit words of this machine: pairs, features, folds; the number
 * of bins of each feature; then of each pair its answer (0, 1), its fold, and
 * the bin of each feature. MODEL, as text: of each pair the score of the trees
 * that were fitted without its fold; then the bias, and of each tree its
 * questions "feature bin", then the values of its leaves.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { DEPTH = 4, LEAVES = 1 << DEPTH, BINS_MOST = 64, EVERYTHING = -1 };

struct pairs {
    int32_t count, features, folds;
    int32_t *bins; /* of each feature */
    uint8_t *answers;
    int32_t *fold;
    uint8_t **columns; /* of each feature */
};

struct tree {
    int32_t feature[DEPTH], least[DEPTH];
    double value[LEAVES];
};

struct shape {
    int trees;
    double step, hold;
};

struct sums {
    double gradient, weight;
};

static uint64_t random_state;

/* xorshift64* (Vigna 2016), as a number from 0 up to 1. */
static double chance(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (double)((random_state * UINT64_C(2685821657736338717)) >> 11) /
           9007199254740992.0;
}

static void *room(size_t count, size_t size)
{
    void *found = calloc(count > 0 ? count : 1, size);
    if (found == NULL) {
        fprintf(stderr, "link_fit: no memory\n");
        exit(1);
    }
    return found;
}

static int32_t number(void)
{
    int32_t value;
    if (fread(&value, sizeof value, 1, stdin) != 1) {
        fprintf(stderr, "link_fit: the pairs end early\n");
        exit(1);
    }
    return value;
}

static struct pairs read_pairs(void)
{
    struct pairs its = {
        .count = number(), .features = number(), .folds = number()};
    its.bins = room((size_t)its.features, sizeof *its.bins);
    its.answers = room((size_t)its.count, 1);
    its.fold = room((size_t)its.count, sizeof *its.fold);
    its.columns = room((size_t)its.features, sizeof *its.columns);
    for (int32_t f = 0; f < its.features; f++) {
        its.bins[f] = number();
        its.columns[f] = room((size_t)its.count, 1);
        if (its.bins[f] > BINS_MOST)
            exit(1);
    }
    for (int32_t i = 0; i < its.count; i++) {
        its.answers[i] = (uint8_t)number();
        its.fold[i] = number();
        for (int32_t f = 0; f < its.features; f++)
            its.columns[f][i] = (uint8_t)number();
    }
    return its;
}

/* What a split of every leaf by each bin of the feature gains; the best. */
static double best_bin(const struct sums (*sums)[BINS_MOST], int leaves,
                       int32_t bins, double hold, int32_t *best)
{
    double gains[BINS_MOST] = {0}, most = -1;
    for (int leaf = 0; leaf < leaves; leaf++) {
        struct sums all = {0, 0}, low = {0, 0};
        for (int32_t b = 0; b < bins; b++) {
            all.gradient += sums[leaf][b].gradient;
            all.weight += sums[leaf][b].weight;
        }
        for (int32_t b = 0; b + 1 < bins; b++) {
            low.gradient += sums[leaf][b].gradient;
            low.weight += sums[leaf][b].weight;
            double high = all.gradient - low.gradient;
            gains[b] += low.gradient * low.gradient / (low.weight + hold) +
                        high * high / (all.weight - low.weight + hold);
        }
    }
    for (int32_t b = 0; b + 1 < bins; b++)
        if (gains[b] > most) {
            most = gains[b];
            *best = b + 1;
        }
    return most;
}

struct fitting {
    const struct pairs *pairs;
    struct shape shape;
    int32_t *some; /* the pairs that a tree sees */
    int32_t some_count;
    uint8_t *leaf; /* of each of them */
    double *score, *gradient, *weight;
};

static void grow(struct fitting *in, struct tree *tree)
{
    static struct sums sums[LEAVES][BINS_MOST];
    const struct pairs *pairs = in->pairs;
    uint8_t *asked = room((size_t)pairs->features, 1);
    for (int32_t f = 0; f < pairs->features; f++)
        asked[f] = chance() < 0.4;
    for (int32_t k = 0; k < in->some_count; k++)
        in->leaf[k] = 0;
    for (int level = 0; level < DEPTH; level++) {
        double best = -1;
        tree->feature[level] = 0;
        tree->least[level] = 1;
        for (int32_t f = 0; f < pairs->features; f++) {
            int32_t bin = 1;
            if (!asked[f] || pairs->bins[f] < 2)
                continue;
            for (int leaf = 0; leaf < 1 << level; leaf++)
                for (int32_t b = 0; b < pairs->bins[f]; b++)
                    sums[leaf][b] = (struct sums){0, 0};
            for (int32_t k = 0; k < in->some_count; k++) {
                int32_t i = in->some[k];
                struct sums *at = &sums[in->leaf[k]][pairs->columns[f][i]];
                at->gradient += in->gradient[i];
                at->weight += in->weight[i];
            }
            double gain =
                best_bin((const struct sums(*)[BINS_MOST])sums, 1 << level,
                         pairs->bins[f], in->shape.hold, &bin);
            if (gain > best) {
                best = gain;
                tree->feature[level] = f;
                tree->least[level] = bin;
            }
        }
        for (int32_t k = 0; k < in->some_count; k++)
            in->leaf[k] =
                (uint8_t)(in->leaf[k] << 1 |
                          (pairs->columns[tree->feature[level]][in->some[k]] >=
                           tree->least[level]));
    }
    free(asked);
}

static int leaf_of(const struct pairs *pairs, const struct tree *tree,
                   int32_t i)
{
    int leaf = 0;
    for (int level = 0; level < DEPTH; level++)
        leaf = leaf << 1 |
               (pairs->columns[tree->feature[level]][i] >= tree->least[level]);
    return leaf;
}

static void settle(struct fitting *in, struct tree *tree)
{
    struct sums sums[LEAVES] = {{0, 0}};
    for (int32_t k = 0; k < in->some_count; k++) {
        sums[in->leaf[k]].gradient += in->gradient[in->some[k]];
        sums[in->leaf[k]].weight += in->weight[in->some[k]];
    }
    /* In thousandths, as the program will have them. */
    for (int leaf = 0; leaf < LEAVES; leaf++)
        tree->value[leaf] = rint(1000 * in->shape.step * sums[leaf].gradient /
                                 (sums[leaf].weight + in->shape.hold)) /
                            1000;
}

/* Fits on all pairs but those of a fold; every pair gets its score. */
static double fit(struct fitting *in, int32_t fold, struct tree *trees)
{
    const struct pairs *pairs = in->pairs;
    double yes = 0, seen = 0;
    random_state = UINT64_C(0x9e3779b97f4a7c15);
    for (int32_t i = 0; i < pairs->count; i++)
        if (pairs->fold[i] != fold) {
            yes += pairs->answers[i];
            seen++;
        }
    double share = fmin(fmax(yes / fmax(seen, 1), 1e-4), 1 - 1e-4);
    double bias = rint(1000 * log(share / (1 - share))) / 1000;
    for (int32_t i = 0; i < pairs->count; i++)
        in->score[i] = bias;
    for (int t = 0; t < in->shape.trees; t++) {
        in->some_count = 0;
        for (int32_t i = 0; i < pairs->count; i++) {
            if (pairs->fold[i] == fold || chance() >= 0.6)
                continue;
            double p = 1 / (1 + exp(-in->score[i]));
            in->gradient[i] = pairs->answers[i] - p;
            in->weight[i] = p * (1 - p) + 1e-6;
            in->some[in->some_count++] = i;
        }
        grow(in, &trees[t]);
        settle(in, &trees[t]);
        for (int32_t i = 0; i < pairs->count; i++)
            in->score[i] += trees[t].value[leaf_of(pairs, &trees[t], i)];
    }
    return bias;
}

static void print_model(double bias, const struct tree *trees, int count)
{
    printf("%ld\n", lrint(1000 * bias));
    for (int t = 0; t < count; t++) {
        for (int level = 0; level < DEPTH; level++)
            printf("%d %d ", trees[t].feature[level], trees[t].least[level]);
        for (int leaf = 0; leaf < LEAVES; leaf++)
            printf("%ld%c", lrint(1000 * trees[t].value[leaf]),
                   leaf + 1 < LEAVES ? ' ' : '\n');
    }
}

int main(int count, char **words)
{
    if (count != 4)
        return 2;
    struct pairs pairs = read_pairs();
    size_t n = (size_t)pairs.count;
    struct fitting in = {.pairs = &pairs,
                         .shape = {(int)strtol(words[1], NULL, 10),
                                   strtod(words[2], NULL),
                                   strtod(words[3], NULL)},
                         .some = room(n, sizeof *in.some),
                         .leaf = room(n, 1),
                         .score = room(n, sizeof *in.score),
                         .gradient = room(n, sizeof *in.gradient),
                         .weight = room(n, sizeof *in.weight)};
    struct tree *trees = room((size_t)in.shape.trees, sizeof *trees);
    double *left_out = room(n, sizeof *left_out);
    for (int32_t fold = 0; fold < pairs.folds; fold++) {
        fit(&in, fold, trees);
        for (size_t i = 0; i < n; i++)
            if (pairs.fold[i] == fold)
                left_out[i] = in.score[i];
    }
    for (size_t i = 0; i < n; i++)
        printf("%.4f\n", left_out[i]);
    double bias = fit(&in, EVERYTHING, trees);
    print_model(bias, trees, in.shape.trees);
    return 0;
}
