/*
 * anchor.h - a passage that finds itself again in another text: exact quote,
 * and what stands before and after it (W3C Web Annotation, TextQuoteSelector).
 */
#ifndef MADAI_ANCHOR_H
#define MADAI_ANCHOR_H

#include "arena.h"
#include "slice.h"

/* What stands before and after a place, at most 32 bytes each, cut between
 * characters; borrowed from the text. */
struct slice anchor_prefix(struct slice text, struct span);
struct slice anchor_suffix(struct slice text, struct span);

/* Where the quote stands in the text: of several places the one with most of
 * prefix and suffix around it, and of equals the nearest to `begin`. False
 * where it stands nowhere. Cost: one pass. */
MUST_CHECK bool anchor_find(struct slice text, struct slice quote,
                            struct slice prefix, struct slice suffix,
                            uint32_t begin, struct span *);

#endif
