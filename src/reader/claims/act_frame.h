/*
 * act_frame.h - what stands to a predicate, and how: its arguments as the
 * shape of the sentence shows them.
 *
 * act_roles.c asks this interface alone for phrases; where a parser or a head
 * of the network knows the arguments of a predicate, its knowledge takes the
 * place of `voice`, `side` and `path` here and nothing else changes.
 */
#ifndef MADAI_ACT_FRAME_H
#define MADAI_ACT_FRAME_H

#include "act_draft.h"

#define FRAME_NONE UINT32_MAX
enum { FRAME_PHRASES_MAX = 64, FRAME_PATH_MAX = 5 };

/* A noun phrase of a sentence, found once for all its acts. */
struct act_phrase {
    struct span tokens;   /* with its "of ..." */
    struct span base;     /* without */
    uint32_t head;        /* its noun, name or pronoun */
    uint32_t preposition; /* the token before it, or FRAME_NONE */
    bool is_owner;        /* "Rotich" of "Rotich's arrest", "his" */
    bool is_joined;       /* to the one before, by a comma or "and" */
};

struct act_phrases {
    struct span sentence;
    struct act_phrase items[FRAME_PHRASES_MAX];
    uint32_t count;
};

/* How a phrase stands to a predicate. */
struct act_argument {
    struct span tokens;
    uint32_t head;
    char side; /* l left, r right; c before the noun in its own phrase, m the
                * noun behind the participle ("wounded men"), o its owner */
    uint32_t rank;        /* phrases without a preposition between the two */
    uint32_t preposition; /* or FRAME_NONE; one that is joined has the
                           * preposition of the first */
    bool is_joined;
    bool is_subject; /* of the verb, also over "who", "and", "to" */
    char path[FRAME_PATH_MAX + 1]; /* what lies between: v verb, w "who",
                                    * c "and", "," */
};

struct act_frame {
    char voice; /* see act_voice */
    struct act_argument arguments[FRAME_PHRASES_MAX];
    uint32_t count;
};

/* The noun, name or pronoun of a phrase. */
uint32_t act_head_of(const struct acts *, struct span base);

/* The noun phrases of a sentence; at most FRAME_PHRASES_MAX, from its
 * beginning. */
void act_phrases_find(const struct acts *, struct span sentence,
                      struct act_phrases *);

/* The arguments of an act in its sentence. Time grows with the phrases times
 * the tokens near them, both bounded. */
void act_frame_find(const struct acts *, const struct act_phrases *,
                    const struct act_draft *, struct act_frame *);

#endif
