/*
 * phrase.h - noun phrases by their shape: where one that ends (or begins)
 * at a known word begins (or ends). No parser: determiners, capitals,
 * prepositions and the words at which a phrase must stop.
 *
 * All spans and bounds are token indexes; an empty span means none. Every
 * function looks at a bounded number of tokens.
 */
#ifndef MADAI_PHRASE_H
#define MADAI_PHRASE_H

#include "word.h"

/* The noun phrase that ends just before `end` and not before `begin`: "the
 * officers at Bondeni", "she", "its chairperson, Eliud Torome,". */
struct span phrase_before(const struct text *, uint32_t begin, uint32_t end);

/* The noun phrase that begins at `begin`: its "of ..." and, when it says so
 * with a determiner or a name, its "in ..." included. */
struct span phrase_after(const struct text *, uint32_t begin, uint32_t end);

/* The word that the phrase is about: "clerk" of "a clerk at the Ministry".
 * A number when the phrase has no letters. */
uint32_t phrase_head(const struct text *, struct span phrase);

/* Whether the phrase's head is plural by its form or its number. */
bool phrase_is_plural(const struct text *, struct span phrase);

static inline bool span_is_empty(struct span span)
{
    return span.begin >= span.end;
}

#endif
