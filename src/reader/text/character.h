/*
 * character.h - what kind of thing one code point is, after Unicode's general
 * categories. The definitions of white space, words and line breaks here are
 * those that the network was trained with: docs/model-format.md.
 */
#ifndef MADAI_CHARACTER_H
#define MADAI_CHARACTER_H

#include "utf8.h"

enum {
    CHARACTER_SPACE = 1,   /* white space, line breaks included */
    CHARACTER_BREAK = 2,   /* ends a line */
    CHARACTER_LETTER = 4,  /* L* */
    CHARACTER_NUMBER = 8,  /* N* */
    CHARACTER_INSIDE = 16, /* M* or a joiner: goes on with a word */
    CHARACTER_UPPER = 32,  /* Lu or Lt */
    CHARACTER_LOWER = 64,  /* Ll */
};
#define CHARACTER_WORD (CHARACTER_LETTER | CHARACTER_NUMBER)

/* For character_flags only: a code point above 127, or UTF8_INVALID. */
unsigned character_flags_long(uint32_t code_point);

/* A sum of the flags above; 0 for all else, UTF8_INVALID too. */
static inline unsigned character_flags(uint32_t code_point)
{
    if (code_point >= 0x80)
        return character_flags_long(code_point);
    if (code_point >= 'a' && code_point <= 'z')
        return CHARACTER_LETTER | CHARACTER_LOWER;
    if (code_point == ' ')
        return CHARACTER_SPACE;
    if (code_point >= 'A' && code_point <= 'Z')
        return CHARACTER_LETTER | CHARACTER_UPPER;
    if (code_point >= '0' && code_point <= '9')
        return CHARACTER_NUMBER;
    if (code_point >= '\n' && code_point <= '\r')
        return CHARACTER_SPACE | CHARACTER_BREAK;
    if (code_point == '\t' || (code_point >= 0x1C && code_point <= 0x1F))
        return CHARACTER_SPACE;
    return 0;
}

/* The simple lower case; the code point itself where it has none. */
uint32_t character_lower(uint32_t code_point);

#endif
