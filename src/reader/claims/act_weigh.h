/*
 * act_weigh.h - sums of learnt weights, by which the steps of acts decide.
 *
 * A question has its classes; each thing noticed around a word (a feature)
 * speaks for some of them and against others, in whole numbers, and the
 * largest sum decides. train/act_weights.py learns data/acts-weights.tsv from
 * the features themselves, which tests/tools/acts_dump.c prints: they are made
 * in one place only.
 */
#ifndef MADAI_ACT_WEIGH_H
#define MADAI_ACT_WEIGH_H

#include "table.h"
#include "word.h"

#include <stdbool.h>

enum {
    WEIGH_CLASSES = 44, /* the most classes of a question */
    WEIGH_FEATURES = 96,
    WEIGH_KEY_MAX = 64,
    WEIGH_UNIT = 16 /* whole numbers a natural logarithm of odds */
};

/* Told of every question with its features; for those who learn. */
struct act_probe {
    void *context;
    /* `key` is the question's letter, a space and the feature. */
    void (*feature)(void *context, struct slice key);
    /* Ends a question: the trigger, the other span asked about (empty where
     * there is none), in tokens; which classes may be answered. */
    void (*asked)(void *context, char question, struct span trigger,
                  struct span other, const uint8_t *options, uint32_t count);
};

struct act_weighing {
    const struct act_probe *probe; /* may be NULL */
    char question;
    const struct table_row *rows[WEIGH_FEATURES];
    uint32_t count;
};

/* Adds a feature made of a name and up to two values; each counts once, and
 * what does not fit into a key or is beyond WEIGH_FEATURES is left out. */
void weigh_add(struct act_weighing *, const char *name, struct slice value);
void weigh_add_both(struct act_weighing *, const char *name, struct slice one,
                    struct slice two);

/* The sums of `count` classes, from 0. */
void weigh_sum(const struct act_weighing *, int32_t *sums, uint32_t count);

/* The share of `one` among the given sums: e to the power of one, through
 * the sum of all; without the C library, the same on every machine. */
float weigh_share(const int32_t *sums, uint32_t count, uint32_t one);

/* What a share of question t is worth: how often acts of that share were
 * right in matters that neither weights nor network had learnt from. */
float weigh_confidence(float share);

#endif
