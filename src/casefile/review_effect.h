/*
 * review_effect.h - what reviews do to findings. Of casefile/ alone.
 */
#ifndef MADAI_REVIEW_EFFECT_H
#define MADAI_REVIEW_EFFECT_H

#include "reviews.h"

/* ERROR_USAGE where decision or fields are not as they must be. */
MUST_CHECK bool review_check_fields(const struct review *, struct error *);

/* Lets the review hold for this finding; `text` is what it points into. */
MUST_CHECK bool review_apply(struct casefile *, const struct review *,
                             int64_t finding, struct slice text,
                             struct error *);
/* Makes the finding that was added by hand. */
MUST_CHECK bool review_apply_added(struct casefile *, const struct review *,
                                   struct slice text, struct error *);

#endif
