/*
 * character.c - the kinds of code points beyond ASCII, from utf8proc's copy
 * of the Unicode Character Database.
 */
#include "character.h"

#include <utf8proc.h>

static bool is_joiner(uint32_t code_point)
{
    return code_point == 0xAD || code_point == 0x200C || code_point == 0x200D;
}

static unsigned category_flags(utf8proc_category_t category)
{
    switch (category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
        return CHARACTER_LETTER | CHARACTER_UPPER;
    case UTF8PROC_CATEGORY_LL:
        return CHARACTER_LETTER | CHARACTER_LOWER;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return CHARACTER_LETTER;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return CHARACTER_NUMBER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return CHARACTER_INSIDE;
    case UTF8PROC_CATEGORY_ZS:
        return CHARACTER_SPACE;
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return CHARACTER_SPACE | CHARACTER_BREAK;
    default:
        return 0;
    }
}

unsigned character_flags_long(uint32_t code_point)
{
    if (code_point == UTF8_INVALID)
        return 0;
    if (code_point == 0x85)
        return CHARACTER_SPACE | CHARACTER_BREAK;
    if (code_point == 0xFEFF || code_point == 0x200B)
        return CHARACTER_SPACE;
    if (is_joiner(code_point))
        return CHARACTER_INSIDE;
    return category_flags(utf8proc_category((utf8proc_int32_t)code_point));
}

uint32_t character_lower(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z' ? code_point + 32
                                                      : code_point;
    if (code_point == UTF8_INVALID)
        return code_point;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}
