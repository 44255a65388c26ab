/*
 * tell_words.h - words of a passage, looked at: how many a phrase means,
 * whether a sentence is plain. Of tell*.c alone.
 */
#ifndef MADAI_TELL_WORDS_H
#define MADAI_TELL_WORDS_H

#include "gather.h"

enum number { NUMBER_UNKNOWN, NUMBER_ONE, NUMBER_MANY };

/* A word of letters, digits, hyphens and apostrophes; `begin` is moved behind
 * it. Empty at the end. Lower-case A-Z in `lower`, cut where it is long. */
#define WORD_LOWER 64
size_t word_next(struct slice text, size_t *begin, char lower[WORD_LOWER]);

/* What kind of word begins the phrase (report-words.tsv), or NULL; `length`
 * is how many bytes of `lower` it took. Up to three words are one. */
const char *word_kind(const char *lower, size_t *length);

/* The phrase in lower case, blanks made one; false where it is long. */
#define PHRASE_LOWER 256
bool phrase_lower(struct slice, char lower[PHRASE_LOWER]);

/* How many a noun phrase means; unknown where it does not say so plainly. */
enum number phrase_number(struct slice phrase, const struct gathered_actor *);
bool phrase_is_pronoun(struct slice phrase);
/* Whether a word of it stands for somebody named elsewhere: "one of them",
 * "his sister". */
bool phrase_points_back(struct slice phrase);
/* Whether the phrase has a word of the name that is longer than "of" and
 * "the", whatever its capitals; or its initials. */
bool slice_has_word_of(struct slice phrase, const char *name);
/* The length of "3. " or "(b) " before a sentence; 0 where there is none. */
size_t list_number(struct slice sentence);

/* Whether the sentence has a word of reserve-words.tsv, or asks. */
bool sentence_has_reserve(struct slice sentence);

/* The frame of the verb (act-frames.tsv), or NULL. */
const char *verb_frame(struct slice trigger);

/* The word just before a place in the text, where it may stand before one
 * ("near"), with "the" if that follows it; empty otherwise. */
struct slice word_before_place(struct slice text, uint32_t begin);

/* "[a]t least four people": the first letter of a sentence, where the word is
 * no name. */
bool is_lowered(struct slice text, struct span phrase, bool begins_sentence);

#endif
