/*
 * figure_claims.h - figures as the reading has them: with who says so.
 */
#ifndef MADAI_FIGURE_CLAIMS_H
#define MADAI_FIGURE_CLAIMS_H

#include "reading.h"

/* Fills reading->figures, once names, claims and citations are there. Scratch
 * memory is taken from the second arena. ERROR_LIMIT. */
MUST_CHECK bool figure_claims(struct reading *, const struct labels *,
                              struct arena *, struct arena *scratch,
                              struct error *);

#endif
