/*
 * act_draft.h - acts in the making: all in tokens, before spans are bytes and
 * parties actors.
 *
 * The steps, in order, each a file: act_find (words that tell of an act, and
 * of which), act_sense (modality, polarity, degree), act_frame (what stands
 * to a predicate as agent, patient, instrument), act_roles (who is
 * perpetrator, victim, target, weapon), act_twins (the same act told again).
 *
 * What the words of a sentence speak for is learnt (act_weigh.h); what words
 * tell of an act at all stands in data/acts-lexicon.tsv.
 */
#ifndef MADAI_ACT_DRAFT_H
#define MADAI_ACT_DRAFT_H

#include "act.h"
#include "act_weigh.h"
#include "draft.h"

/* The most parties of one act, and of codes that a word may tell of. */
enum { ACT_PARTIES_MAX = 8, ACT_OPTIONS_MAX = 6 };

struct act_draft_party {
    struct span tokens;
    uint32_t party; /* of the cast, or PARTY_NONE */
    enum act_role role;
    enum act_degree degree;
};

struct act_draft {
    struct span trigger;
    uint32_t head; /* the trigger's own word: a verb where it has one */
    const struct table_row *row;
    const struct labelled_act *seen; /* by the network, or NULL */
    enum act_code code;
    float probability; /* of the code, calibrated */
    uint32_t draft;    /* the innermost claim that tells it, or none */
    enum act_modality modality;
    bool is_denied;
    uint32_t same_as; /* an earlier act, or READING_NONE */
    struct act_draft_party parties[ACT_PARTIES_MAX];
    uint32_t party_count;
};

struct acts {
    const struct text *text;
    const char *tags; /* see tag.h */
    const struct drafts *drafts;
    const struct labels *labels; /* what the network sees: act_network.h */
    struct cast *cast;
    struct arena *arena;
    const struct act_probe *probe; /* see act_weigh.h; may be NULL */
    uint32_t issuer, addressee;    /* parties, or PARTY_NONE */
    uint32_t *draft_of; /* by token: the innermost claim, or READING_NONE */
    LIST(struct act_draft) items; /* in order of the text */
};

/* All steps. `acts` comes with text, drafts, labels, cast, arena, probe, issuer
 * and addressee set. May make parties. */
MUST_CHECK bool acts_make(struct acts *, struct error *);

/* What follows is for the steps. */

MUST_CHECK bool act_find(struct acts *, struct error *);
void act_sense(struct acts *);
MUST_CHECK bool act_roles(struct acts *, struct error *);
MUST_CHECK bool act_twins(struct acts *, struct error *);

/* The sentence that holds a token. */
static inline struct span act_sentence(const struct acts *acts, uint32_t token)
{
    return acts->text->sentences.items[text_sentence_of(acts->text, token)];
}

/* Whether the tag of a token is one of these letters. */
static inline bool act_tag_is(const struct acts *acts, uint32_t token,
                              const char *letters)
{
    return strchr(letters, acts->tags[token]) != NULL;
}

/* How a predicate stands in its sentence, a letter:
 *   a active  p passive  g in -ing  i "to" and its verb  n noun
 *   j participle or adjective without an auxiliary
 * *begin is the first token of its verb group. */
char act_voice(const struct acts *, const struct act_draft *, uint32_t *begin);

#endif
