/*
 * vocabulary.h - words to word pieces, as BERT's uncased vocabularies do it.
 *
 * A word is taken apart (NFD), marks, format and control characters are
 * dropped, letters made small; each CJK ideograph is a unit of its own, and
 * each unit is split greedily, the longest piece first. Anything that cannot
 * be split is the unknown piece. train/text.py is the twin of this.
 */
#ifndef MADAI_VOCABULARY_H
#define MADAI_VOCABULARY_H

#include "error.h"
#include "slice.h"

#define WORD_PIECES_MAX 12 /* of one word; what follows is left out */

/* All borrowed from the weight file; docs/model-format.md says what each is. */
struct vocabulary {
    const unsigned char *text;
    const uint32_t *starts; /* [count + 1] */
    const uint32_t *table;  /* [slots] */
    uint32_t count;
    uint32_t slots;   /* a power of two */
    uint32_t longest; /* bytes of the longest piece */
    uint32_t unknown, begin, end;
};

/* Whether nothing in the tables leads out of them; sets `longest`.
 * ERROR_CORRUPT. Linear in the vocabulary. */
MUST_CHECK bool vocabulary_check(struct vocabulary *, size_t text_length,
                                 struct error *);

/* Number of the piece with these bytes, or `count`. */
uint32_t vocabulary_find(const struct vocabulary *, struct slice piece);

/* The pieces of a word, at least one. Time grows with the word. */
size_t vocabulary_split(const struct vocabulary *, struct slice word,
                        uint32_t pieces[WORD_PIECES_MAX]);

#endif
