/*
 * act_network.h - what the network's heads say of acts, as one more voice
 * beside the learnt weights (act_weigh.h), in their units.
 *
 * The weights know the words of the lexicon and how a sentence is built; the
 * heads have seen the sentence as a whole. Their logarithms of odds are added.
 * Who takes part in an act that they see is theirs to say. A model without such
 * heads says nothing here.
 */
#ifndef MADAI_ACT_NETWORK_H
#define MADAI_ACT_NETWORK_H

#include "act_draft.h"

/* The act that the network sees at these tokens, or NULL. Time grows with the
 * logarithm of the number of acts. */
const struct labelled_act *act_network_at(const struct acts *,
                                          struct span tokens);

/* Adds to the sums of the codes (0: no act, else one more than the code). */
void act_network_code(const struct acts *, const struct labelled_act *,
                      int32_t *sums);
/* Adds to the sums of modalities and polarities (asserted, denied). */
void act_network_modality(const struct labelled_act *, int32_t *sums);
void act_network_polarity(const struct labelled_act *, int32_t *sums);
/* The next one from `*at` on of those whom the network sees take part; false
 * where there is none. */
bool act_network_party(const struct acts *, const struct labelled_act *,
                       uint32_t *at, struct span *tokens, enum act_role *role);

/* The row that stands for a trigger that is no word of the lexicon, where the
 * network is sure enough that it tells of an act; else NULL. */
const struct table_row *act_network_row(const struct labelled_act *);

#endif
