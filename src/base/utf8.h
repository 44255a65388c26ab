/*
 * utf8.h - bytes to code points and back.
 *
 * Any bytes can be walked: what is not valid UTF-8 (RFC 3629: no overlong
 * forms, no surrogates, nothing above U+10FFFF, nothing cut short) is taken
 * one byte at a time, each a unit with the code point UTF8_INVALID.
 *
 *     for (size_t at = 0; at < text.length;) {
 *         struct utf8 unit = utf8_at(text, at);
 *         ...
 *         at += unit.length;
 *     }
 */
#ifndef MADAI_UTF8_H
#define MADAI_UTF8_H

#include "slice.h"

#define UTF8_INVALID UINT32_MAX

struct utf8 {
    uint32_t code_point; /* or UTF8_INVALID */
    uint32_t length;     /* bytes: 1 to 4; 1 where invalid */
};

/* For utf8_at only: a unit that begins with a byte above 127. */
struct utf8 utf8_decode_long(const unsigned char *bytes, size_t length);

/* The unit that begins at byte `at`, which must lie within the text. */
static inline struct utf8 utf8_at(struct slice text, size_t at)
{
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    if (*bytes < 0x80)
        return (struct utf8){*bytes, 1};
    return utf8_decode_long(bytes, text.length - at);
}

/* The unit that ends just before byte `end`, which must be a border of units
 * and greater than 0: what walking from the start would have found. */
struct utf8 utf8_before(struct slice text, size_t end);

/* Writes the code point, which must be one (no surrogate, at most
 * U+10FFFF), and returns how many bytes that took. No NUL is added. */
size_t utf8_encode(uint32_t code_point, char bytes[4]);

/* How many units the text has; how many of them are invalid. */
size_t utf8_count(struct slice);
size_t utf8_count_invalid(struct slice);

#endif
