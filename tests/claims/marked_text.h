/*
 * marked_text.h - texts with what the network would say written into them,
 * so that a test reads like its text.
 *
 *     {s1 [p Rose Tando]} {q1 said} {c1 the [o Ministry] had left}.
 *
 * {s1 source, {q1 cue and {c1 content of claim 1; in capitals {S1 {Q1 {C1 of
 * the inner layer. [p person, [o organisation, [l place, [x other name. All
 * end at their bracket; pieces of one number are linked. Probabilities are
 * 0.9, so that a claim's score is 0.9 to the power of its parts.
 */
#ifndef MADAI_MARKED_TEXT_H
#define MADAI_MARKED_TEXT_H

#include "reading.h"

/* The text without its marks, analysed, and its labels; all the arena's. The
 * marks must be as above: a wrong one fails the test. */
void marked_text(struct slice marked, struct arena *, struct text *,
                 struct labels *);

/* The reading of a marked text. */
void marked_reading(struct slice marked, const char *date, struct arena *,
                    struct reading *);

#endif
