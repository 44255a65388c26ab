/*
 * settle.h - the names of one document held against each other.
 *
 * The network sees a window at a time; a document speaks of one Nakuru.
 */
#ifndef MADAI_SETTLE_H
#define MADAI_SETTLE_H

#include "label.h"
#include "word.h"

/* Names of the same words get the type of which the network was surest, all
 * their mentions together; and "the Ministry", after a body whose name has
 * that head, is a name. Scratch memory is the arena's; time is n log n. */
MUST_CHECK bool names_settle(const struct text *, struct labels *,
                             struct arena *, struct error *);

#endif
