/*
 * weigh.h - how much what is seen of two findings speaks for their belonging
 * together.
 *
 * Trees of a few questions each, all of one level asking the same ("oblivious"
 * trees, after Kohavi and Li 1995; summed as in Friedman 2001), learnt by
 * train/link.py from the train matters of corpus/ and kept in
 * data/link-weights.tsv. Whole numbers throughout.
 */
#ifndef MADAI_WEIGH_H
#define MADAI_WEIGH_H

#include "arena.h"

enum weigh_task {
    WEIGH_ACTORS,
    WEIGH_ACTS,
    WEIGH_REPEATS,
    WEIGH_CORROBORATES,
    WEIGH_CONTRADICTS,
    WEIGH_ANSWERS,
    WEIGH_TASKS
};
extern const char *const weigh_task_names[WEIGH_TASKS];

enum { WEIGH_DEPTH = 4, WEIGH_FEATURES = 96 };

struct weigh_tree {
    uint16_t feature[WEIGH_DEPTH];
    int32_t least[WEIGH_DEPTH]; /* the answer is yes from here on */
    int32_t value[1 << WEIGH_DEPTH];
};

/* From these log odds on, this share of the pairs was right, in thousandths,
 * on matters that were left out when the trees were learnt. */
struct weigh_knot {
    int32_t log_odds;
    int32_t chance;
};
enum { WEIGH_KNOTS = 24 };

struct weights {
    struct {
        struct weigh_tree *trees;
        uint32_t count;
        int32_t bias;
        struct weigh_knot knots[WEIGH_KNOTS];
        uint32_t knot_count;
    } tasks[WEIGH_TASKS];
};

MUST_CHECK bool weights_read(struct weights *, struct arena *, struct error *);

/* Log odds, in thousandths. */
int32_t weigh(const struct weights *, enum weigh_task, const int32_t *features);

/* How often a pair of these log odds was right, in thousandths: between two
 * knots straight; for a task without knots weigh_chance. */
uint32_t weigh_sure(const struct weights *, enum weigh_task, int32_t log_odds);

/* The same as a probability in thousandths. */
uint32_t weigh_chance(int32_t log_odds);

#endif
