/*
 * word_features.c - features of one word.
 */
#include "word_features.h"

#include <utf8proc.h>

#include "utf8.h"

struct counts {
    size_t characters, numbers, large, small;
    bool starts_with_letter, starts_large;
};

static bool is_letter(utf8proc_category_t category)
{
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static struct counts counts_of(struct slice word)
{
    struct counts counts = {0};
    for (size_t at = 0; at < word.length;) {
        const struct utf8 character = utf8_at(word, at);
        at += character.length;
        const utf8proc_category_t category =
            character.code_point == UTF8_INVALID
                ? UTF8PROC_CATEGORY_CN
                : utf8proc_category((int32_t)character.code_point);
        const bool is_large = category == UTF8PROC_CATEGORY_LU ||
                              category == UTF8PROC_CATEGORY_LT;
        if (counts.characters++ == 0) {
            counts.starts_with_letter = is_letter(category);
            counts.starts_large = is_large;
        }
        counts.large += is_large;
        counts.small += category == UTF8PROC_CATEGORY_LL;
        counts.numbers += category >= UTF8PROC_CATEGORY_ND &&
                          category <= UTF8PROC_CATEGORY_NO;
    }
    return counts;
}

enum word_shape word_shape(struct slice word)
{
    const struct counts counts = counts_of(word);
    if (counts.numbers == counts.characters)
        return SHAPE_NUMBER;
    if (counts.numbers > 0)
        return SHAPE_WITH_NUMBER;
    if (!counts.starts_with_letter)
        return SHAPE_MARK;
    if (counts.large > 0 && counts.small == 0)
        return counts.characters > 1 ? SHAPE_CAPITALS : SHAPE_CAPITAL;
    if (counts.starts_large)
        return counts.large == 1 && counts.small > 0 ? SHAPE_CAPITALISED
                                                     : SHAPE_MIXED_CAPITALISED;
    return counts.small > 0 && counts.large == 0 ? SHAPE_SMALL : SHAPE_OTHER;
}

static bool is_one_of(struct slice word, const char *const marks[3])
{
    for (int i = 0; i < 3 && marks[i] != NULL; i++)
        if (slice_equals(word, slice_of(marks[i])))
            return true;
    return false;
}

enum word_quotation word_quotation(struct slice word,
                                   enum word_quotation *inside)
{
    static const char *const opening[3] = {"\u201C", "\u201E", "\u00AB"};
    static const char *const closing[3] = {"\u201D", "\u00BB", NULL};
    if (word.length == 1 && word.data[0] == '"') {
        const bool closes = *inside == QUOTATION_STRAIGHT;
        *inside = closes ? QUOTATION_NONE : QUOTATION_STRAIGHT;
        return closes ? QUOTATION_CLOSES : QUOTATION_OPENS;
    }
    if (is_one_of(word, opening)) {
        *inside = QUOTATION_CURLY;
        return QUOTATION_OPENS;
    }
    if (is_one_of(word, closing)) {
        *inside = QUOTATION_NONE;
        return QUOTATION_CLOSES;
    }
    return *inside;
}
