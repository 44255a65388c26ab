/*
 * frames.h - layers that a reading has only where somebody asked for them,
 * mostly those who measure: PropBank's frames.
 */
#ifndef MADAI_FRAMES_H
#define MADAI_FRAMES_H

#include "reading.h"

/* Takes the frames of the labels over, with their words as PropBank cuts
 * them: "did" and "n't", where our words are "didn", "'" and "t"; "'s" and
 * "'ve" in one. ERROR_LIMIT. */
MUST_CHECK bool frames_take(const struct labels *, struct arena *,
                            struct reading *, struct error *);

#endif
