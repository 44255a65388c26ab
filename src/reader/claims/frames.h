/*
 * frames.h - layers that a reading has only where somebody asked for them,
 * mostly those who measure: PropBank's frames, mentions of people and bodies.
 */
#ifndef MADAI_FRAMES_H
#define MADAI_FRAMES_H

#include "reading.h"

/* Takes the frames of the labels over, with their words as PropBank cuts
 * them: "did" and "n't", where our words are "didn", "'" and "t"; "'s" and
 * "'ve" in one. ERROR_LIMIT. */
MUST_CHECK bool frames_take(const struct labels *, struct arena *,
                            struct reading *, struct error *);
/* Takes the mentions over; those that refer to one another get one number. */
MUST_CHECK bool mentions_take(const struct labels *, struct arena *,
                              struct reading *, struct error *);

/* Takes over who fills MUC-4's roles; in one role, mentions whose words are all
 * among another's are the same. Time grows with the square of their number,
 * which is bounded: what is beyond is left alone. ERROR_LIMIT. */
MUST_CHECK bool roles_take(const struct labels *, struct arena *,
                           struct reading *, struct error *);

#endif
