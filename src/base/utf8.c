/*
 * utf8.c - strict decoding after table 3-7 of the Unicode Standard, "Well-
 * Formed UTF-8 Byte Sequences": only the second byte has a range that
 * depends on the first.
 */
#include "utf8.h"

#include <assert.h>

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

static const struct utf8 invalid = {UTF8_INVALID, 1};

static struct utf8 decode_3(const unsigned char *bytes)
{
    unsigned char low = bytes[0] == 0xE0 ? 0xA0 : 0x80;  /* no overlongs */
    unsigned char high = bytes[0] == 0xED ? 0x9F : 0xBF; /* no surrogates */
    if (bytes[1] < low || bytes[1] > high || !is_continuation(bytes[2]))
        return invalid;
    return (struct utf8){(bytes[0] & 0x0FU) << 12 | (bytes[1] & 0x3FU) << 6 |
                             (bytes[2] & 0x3FU),
                         3};
}

static struct utf8 decode_4(const unsigned char *bytes)
{
    unsigned char low = bytes[0] == 0xF0 ? 0x90 : 0x80;  /* no overlongs */
    unsigned char high = bytes[0] == 0xF4 ? 0x8F : 0xBF; /* <= U+10FFFF */
    if (bytes[1] < low || bytes[1] > high || !is_continuation(bytes[2]) ||
        !is_continuation(bytes[3]))
        return invalid;
    return (struct utf8){(bytes[0] & 0x07U) << 18 | (bytes[1] & 0x3FU) << 12 |
                             (bytes[2] & 0x3FU) << 6 | (bytes[3] & 0x3FU),
                         4};
}

struct utf8 utf8_decode_long(const unsigned char *bytes, size_t length)
{
    unsigned char lead = bytes[0];
    if (lead >= 0xC2 && lead <= 0xDF && length >= 2 &&
        is_continuation(bytes[1]))
        return (struct utf8){(lead & 0x1FU) << 6 | (bytes[1] & 0x3FU), 2};
    if (lead >= 0xE0 && lead <= 0xEF && length >= 3)
        return decode_3(bytes);
    if (lead >= 0xF0 && lead <= 0xF4 && length >= 4)
        return decode_4(bytes);
    return invalid;
}

struct utf8 utf8_before(struct slice text, size_t end)
{
    /* A valid unit has no bytes of another in it, so whichever lead byte
     * starts one that ends just here is right. */
    for (size_t length = 1; length <= 4 && length <= end; length++) {
        struct utf8 unit = utf8_at(text, end - length);
        if (unit.length == length && unit.code_point != UTF8_INVALID)
            return unit;
    }
    return invalid;
}

size_t utf8_encode(uint32_t code_point, char bytes[4])
{
    assert(code_point <= 0x10FFFF);
    assert(code_point < 0xD800 || code_point > 0xDFFF);
    if (code_point < 0x80) {
        bytes[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        bytes[0] = (char)(0xC0 | code_point >> 6);
        bytes[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        bytes[0] = (char)(0xE0 | code_point >> 12);
        bytes[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | code_point >> 18);
    bytes[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

size_t utf8_count(struct slice text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.length; at += utf8_at(text, at).length)
        count++;
    return count;
}

size_t utf8_count_invalid(struct slice text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        count += unit.code_point == UTF8_INVALID;
        at += unit.length;
    }
    return count;
}
