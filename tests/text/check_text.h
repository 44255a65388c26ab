/*
 * check_text.h - what holds of every text that was analysed, whatever its
 * bytes: the invariants of text.h.
 */
#ifndef MADAI_CHECK_TEXT_H
#define MADAI_CHECK_TEXT_H

#include "text.h"

/* NULL when all hold; else which does not. Linear. */
const char *text_fault(const struct text *);

/* Fills `bytes` with words, marks and lines as documents have them, and
 * worse, the same for the same seed. Gives the length, at most `most`. */
size_t text_invent(uint32_t seed, char *bytes, size_t most);

#endif
