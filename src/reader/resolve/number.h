/*
 * number.h - numbers as texts write them, in figures and in words.
 *
 * "31", "2,100", "50 000", "1.9 billion", "twenty-one", "two hundred and
 * fifty", "a dozen". Ordinals, fractions, codes ("A/12", "114/2019") and
 * what is glued to letters ("KB31") are none. Whether a number counts
 * something, or is a date or an article of law, is not asked here.
 */
#ifndef MADAI_NUMBER_H
#define MADAI_NUMBER_H

#include "word.h"

enum { NUMBER_MOST_TOKENS = 12 };
#define NUMBER_MOST 1000000000000000 /* larger ones are no numbers here */

struct number {
    uint32_t end;  /* behind its last token; the token given: there is none */
    int64_t value; /* of several ("dozens") the least it can be */
    bool is_words;
    bool is_several;
};

/* The number that begins at token `at` and ends by `end`, as long as it can
 * be. "a" and "an" belong to it before a scale ("a dozen"), never before
 * anything else. Looks at NUMBER_MOST_TOKENS tokens. */
struct number number_at(const struct text *, uint32_t at, uint32_t end);

/* The number in figures behind the first `skip` bytes of the token ("Rs9,000"
 * with 2): those bytes are not looked at. */
struct number number_behind(const struct text *, uint32_t at, size_t skip,
                            uint32_t end);

#endif
