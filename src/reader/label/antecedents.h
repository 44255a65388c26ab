/*
 * antecedents.h - which earlier mention one refers to, or none.
 *
 * Mentions are compared by the vectors of their heads: two maps, their
 * product, and a learnt score for the distance, one for words that are
 * spelled alike and one for others (Dobrovolskii 2021, in its simplest form).
 * Only the last ANTECEDENTS_MOST mentions are looked at: time is linear.
 */
#ifndef MADAI_ANTECEDENTS_H
#define MADAI_ANTECEDENTS_H

#include "model_parts.h"
#include "slice.h"

#define ANTECEDENTS_MOST 128
#define ANTECEDENT_NONE UINT32_MAX

struct antecedents;

/* `*antecedents` becomes NULL where the model has nothing of the kind.
 * ERROR_CORRUPT, ERROR_LIMIT. */
MUST_CHECK bool antecedents_new(const struct model *,
                                struct antecedents **antecedents,
                                struct error *);
void antecedents_free(struct antecedents *); /* NULL is allowed */

/* Forgets all mentions: a new text. */
void antecedents_begin(struct antecedents *);

/* The number (0 is the first since the beginning) of the earlier mention that
 * one refers to, or ANTECEDENT_NONE, and how probable that is among all that
 * could be; the mention is then remembered. `vector` is its head's, `word` its
 * bytes, `token` its place, not before that of the last. */
uint32_t antecedents_find(struct antecedents *, const float *vector,
                          struct slice word, uint32_t token,
                          float *probability);

#endif
