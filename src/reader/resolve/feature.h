/*
 * feature.h - what is seen around a place, as keys of a table of weights.
 *
 * A feature is a kind and a word ("a1 killed": killed stands just before).
 * The layer that looks makes them in one place, for reading and for learning
 * (train/findings.py); for reading they are looked up in the layer's table,
 * each row counts once, and sums of whole numbers decide: the same on every
 * machine.
 */
#ifndef MADAI_FEATURE_H
#define MADAI_FEATURE_H

#include "word.h"

struct feature_sink {
    void (*take)(void *, struct slice key);
    void *context;
};

void feature_give(const struct feature_sink *, const char *kind, struct slice);

/* The word at a token, "#" for what begins with a digit; and under the other
 * kind its first column in the table, or "^" for a word with a capital that
 * is neither in the table nor a function word. */
void feature_word(const struct feature_sink *, const char *kind,
                  const char *class_kind, const struct table *classes,
                  const struct text *, uint32_t token);

/* Words of the tokens that are no function words, each as "kind word". */
void feature_bag(const struct feature_sink *, const char *kind,
                 const struct text *, struct span tokens);

/* The first column of the table's row for the word at a token, or NULL. */
const char *feature_class(const struct table *, const struct text *,
                          uint32_t token);

enum { WEIGHED_MOST = 128, WEIGHTS_MOST = 24 };

/* Rows of a table of weights that were met. */
struct weighing {
    const struct table *table; /* columns: whole numbers parted by spaces */
    const struct table_row *rows[WEIGHED_MOST];
    size_t count;
};

/* A feature_sink's `take`; the context is a struct weighing. */
void weighing_take(void *, struct slice key);
/* Sums of the first `count` weights of all rows. */
void weighing_sums(const struct weighing *, int32_t *sums, size_t count);
/* The largest of `count` sums; the first of equals. */
size_t weighing_best(const int32_t *sums, size_t count);

#endif
