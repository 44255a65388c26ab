/*
 * whom.h - whom "he", "her", "they", "it" mean.
 *
 * The network finds the mentions of a text by their heads (label.h); which
 * earlier one a pronoun of the third person goes back to is weighed here, one
 * candidate against the other, as mention-ranking models do (P. Denis, J.
 * Baldridge, "Specialized models and ranking for coreference resolution",
 * 2008): how near it is and in what order, whether it opens its sentence,
 * speaks, is the one whose words the pronoun stands in, what gender and number
 * allow, what the network thinks. The weights (data/whom-weights.tsv) are
 * learnt from the train part of the corpus by train/findings.py. The network
 * alone was right of 3 in 10 such pronouns there.
 *
 * Where the model finds no mentions nothing is known here, and the rules of
 * speaker.h are alone.
 *
 * Limits: WHOM_MENTIONS mentions before a pronoun are looked at, of them
 * WHOM_CANDIDATES different ones. Time grows with the mentions.
 */
#ifndef MADAI_WHOM_H
#define MADAI_WHOM_H

#include "label.h"

struct cast;

#define WHOM_NONE UINT32_MAX
enum { WHOM_MENTIONS = 40, WHOM_CANDIDATES = 12 };

/* What the claims say of a mention; by its index in labels->mentions. */
struct whom_place {
    uint32_t teller; /* the mention in whose words it stands, or WHOM_NONE */
    bool is_source;  /* it speaks */
    bool is_quoted;  /* the words around it are in quotation marks */
};

/* For who learns: is shown every candidate, and nothing is decided. */
struct whom_probe {
    void *context;
    void (*seen)(void *context, struct span pronoun, struct span candidate);
    void (*feature)(void *context, struct slice key);
};

/* Decides for all pronouns of the text; `cast->whom` has the answers. `probe`
 * may be NULL. ERROR_LIMIT. */
MUST_CHECK bool whom_find(struct cast *, const struct whom_place *,
                          const struct whom_probe *, struct error *);

/* The mention whose head is this token, or WHOM_NONE; logarithmic. */
uint32_t whom_mention_at(const struct cast *, uint32_t token);

/* The mention (a name or a phrase) that the pronoun goes back to, or
 * WHOM_NONE. */
uint32_t whom_meant(const struct cast *, uint32_t token);

/* The party of the name that the token lies in, or PARTY_NONE. */
uint32_t whom_named(const struct cast *, uint32_t token);

/* A pronoun of the third person ("he", "their", "itself"). */
bool whom_is_pronoun(const struct text *, uint32_t token);

#endif
