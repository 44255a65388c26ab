/*
 * tag.h - parts of speech: what each token is in its sentence, a letter each.
 *
 *   N noun or name   V verb, base or present   P verb in the past
 *   E past participle   G form in -ing   A adjective   B form of "be", "get"
 *   H form of "have"   M other auxiliary   D determiner, possessive
 *   C "and", "or"   U number   I preposition, "that", "because"   T "to"
 *   R adverb, particle   O pronoun   W "who", "which", "when"
 *   S possessive mark and what is cut off a word   . any mark
 *
 * A hidden Markov model over pairs of tags (Brants 2000, TnT, without its
 * third tag) with whole-number costs from data/word-tags.tsv, which
 * train/tags.py learns and measures: 93.9 % of the tokens of the treebanks'
 * dev parts. Case counts only as a capital within a sentence.
 */
#ifndef MADAI_TAG_H
#define MADAI_TAG_H

#include "arena.h"
#include "text.h"

/* One letter a token, text->tokens.count of them and a '.' behind the last,
 * in the arena. Time grows with the tokens. */
MUST_CHECK bool tags_find(const struct text *, struct arena *,
                          const char **tags, struct error *);

#endif
