/*
 * actor_weigh.h - which class an actor has, by all that the text says of it.
 *
 * The table of classes (resolve/cast_class.c) knows names, titles and nouns.
 * What it says is one voice among others here: the words of the actor's
 * mentions and those around them, whose offices it holds, what acts it did
 * and suffered, who issues the document. Weights (data/actor-weights.tsv) are
 * learnt from the train part of the corpus by train/findings.py.
 *
 * Only the first mentions of an actor are looked at: time grows with actors
 * and acts.
 */
#ifndef MADAI_ACTOR_WEIGH_H
#define MADAI_ACTOR_WEIGH_H

#include "reading.h"

/* What acts make of actors, by actor: bits of families done and suffered. */
struct actor_context {
    const struct reading *reading;
    const uint64_t *done, *suffered; /* bits of enum act_code */
    const bool *is_speaker;
};

/* The arena's. ERROR_LIMIT. */
MUST_CHECK bool actor_context_make(struct actor_context *,
                                   const struct reading *, struct arena *,
                                   struct error *);

/* What is seen of an actor: for reading and for learning. */
void actor_features(const struct actor_context *, uint32_t actor,
                    void (*take)(void *, struct slice), void *context);

/* Sets the class of every actor. Scratch memory. ERROR_LIMIT. */
MUST_CHECK bool actors_weigh(struct reading *, struct arena *, struct error *);

#endif
