/*
 * suggest.h - "did you mean": the nearest of the words that would be right.
 */
#ifndef MADAI_SUGGEST_H
#define MADAI_SUGGEST_H

#include <stddef.h>

/* How many letters must be put in, left out, changed, or changed places to
 * make one word of the other (optimal string alignment); words of more than
 * 31 bytes are SIZE_MAX apart from all others. */
size_t word_distance(const char *, const char *);

/* Keeps the better of two candidates: begin with NULL, call for each word
 * there is; NULL still when none is near `word`. */
const char *suggest_nearer(const char *word, const char *best,
                           const char *candidate);

#endif
