/*
 * citation_provision.c - the numbers of provisions: "7 (1) (h)", "26A",
 * "220/7", "102 bis", "XXXIV", "Six", and lists of them.
 */
#include "citation.h"
#include "number.h"

static void put(struct provision *provision, struct slice words)
{
    if (provision->length + words.length > PROVISION_SIZE)
        return;
    memcpy(provision->words + provision->length, words.data, words.length);
    provision->length += words.length;
}

static bool is_mark(const struct text *text, uint32_t token, uint32_t end,
                    const char *mark)
{
    return token < end && slice_equals(word_at(text, token), slice_of(mark));
}

static bool is_roman(struct slice word)
{
    if (word.length > 8)
        return false;
    for (size_t i = 0; i < word.length; i++)
        if (strchr("IVXLC", word.data[i]) == NULL || word.data[i] == '\0')
            return false;
    return true;
}

/* "7", "26A", "302b" */
static bool is_numbered(struct slice word)
{
    size_t digits = 0;
    while (digits < word.length && word.data[digits] >= '0' &&
           word.data[digits] <= '9')
        digits++;
    return digits > 0 && digits <= 4 && word.length - digits <= 2;
}

static bool is_year(struct slice word)
{
    return word.length == 4 &&
           (memcmp(word.data, "19", 2) == 0 ||
            memcmp(word.data, "20", 2) == 0 || memcmp(word.data, "18", 2) == 0);
}

/* "(1)", " (h)", "(iii)": what is within, a letter or number. */
static bool takes_bracket(struct provision *provision, const struct text *text,
                          uint32_t end)
{
    uint32_t at = provision->end;
    if (at + 2 >= end || !is_mark(text, at, end, "(") ||
        !is_mark(text, at + 2, end, ")"))
        return false;
    struct slice inside = word_at(text, at + 1);
    if (inside.length > 4 || is_year(inside) || !word_has_letters(text, at + 1))
        return false;
    put(provision, slice_of("("));
    put(provision, inside);
    put(provision, slice_of(")"));
    provision->end = at + 3;
    return true;
}

/* "-D" of "13-D", "/7" of "220/7", ".2" of "4.2". */
static bool takes_joined(struct provision *provision, const struct text *text,
                         uint32_t end)
{
    uint32_t at = provision->end;
    if (at + 1 >= end || !word_is_glued(text, at) ||
        !word_is_glued(text, at + 1))
        return false;
    struct slice next = word_at(text, at + 1);
    bool is_letter = next.length <= 2 && word_is_capital(text, at + 1);
    bool is_joint = (is_mark(text, at, end, "-") && is_letter) ||
                    (is_mark(text, at, end, "/") && is_numbered(next)) ||
                    (is_mark(text, at, end, ".") && is_numbered(next));
    if (!is_joint)
        return false;
    put(provision, word_at(text, at));
    put(provision, next);
    provision->end = at + 2;
    return true;
}

/* ", paragraph 2" is the same as "(2)". */
static bool takes_paragraph(struct provision *provision,
                            const struct text *text, uint32_t end)
{
    uint32_t at = provision->end;
    at += is_mark(text, at, end, ",");
    if (at + 1 >= end ||
        !(word_is(text, at, "paragraph") || word_is(text, at, "para")))
        return false;
    at += at + 2 < end && is_mark(text, at + 1, end, ".") ? 2 : 1;
    if (!is_numbered(word_at(text, at)))
        return false;
    put(provision, slice_of("("));
    put(provision, word_at(text, at));
    put(provision, slice_of(")"));
    provision->end = at + 1;
    return true;
}

static void take_rest(struct provision *provision, const struct text *text,
                      uint32_t end)
{
    while (takes_bracket(provision, text, end) ||
           takes_joined(provision, text, end))
        continue;
    uint32_t at = provision->end;
    if (at < end && (word_is(text, at, "bis") || word_is(text, at, "ter") ||
                     word_is(text, at, "quater"))) {
        put(provision, slice_of(" "));
        put(provision, word_at(text, at));
        provision->end++;
        while (takes_bracket(provision, text, end))
            continue;
    }
    takes_paragraph(provision, text, end);
}

/* One number with all that belongs to it; false, and nothing taken, where
 * there is none. */
static bool takes_item(struct provision *provision, const struct text *text,
                       uint32_t end, bool is_named)
{
    uint32_t at = provision->end;
    if (at >= end)
        return false;
    struct slice word = word_at(text, at);
    if (is_numbered(word) || is_roman(word)) {
        put(provision, word);
        provision->end++;
    } else {
        struct number number = number_at(text, at, end);
        if (!is_named || number.end != at + 1 || number.value > 99)
            return false;
        char digits[3] = {(char)('0' + number.value / 10),
                          (char)('0' + number.value % 10), '\0'};
        put(provision, slice_of(digits + (number.value < 10)));
        provision->end++;
    }
    take_rest(provision, text, end);
    return true;
}

/* Behind "," or "and" (or both), and a word that is said again ("and Article
 * 9" is not: that is a provision of its own). */
static uint32_t joint_end(const struct text *text, uint32_t at, uint32_t end,
                          bool *is_range)
{
    uint32_t next = at;
    *is_range = is_mark(text, at, end, "-") || is_mark(text, at, end, "–") ||
                is_mark(text, at, end, "—") ||
                (at < end && word_is(text, at, "to"));
    if (*is_range)
        return at + 1;
    next += is_mark(text, next, end, ",");
    if (next < end &&
        (word_is(text, next, "and") || word_is(text, next, "or") ||
         is_mark(text, next, end, "&")))
        next++;
    return next;
}

/* One more of a list, or of the parts of the last: "(1) and (2)". */
static bool takes_next(struct provision *provision, const struct text *text,
                       uint32_t end, bool is_plural)
{
    struct provision before = *provision;
    bool is_range = false;
    uint32_t at = provision->end;
    uint32_t next = joint_end(text, at, end, &is_range);
    if (next == at || next >= end)
        return false;
    put(provision, slice_of(is_range ? "-" : ", "));
    provision->end = next;
    struct slice word = word_at(text, next);
    bool is_part = is_mark(text, next, end, "(");
    bool is_sub =
        is_roman(word) && (is_mark(text, at, end, ",") || word.length > 1);
    if (is_part
            ? takes_bracket(provision, text, end)
            : (is_plural || is_sub || (is_range && is_numbered(word))) &&
                  !is_year(word) && takes_item(provision, text, end, false)) {
        if (is_part)
            take_rest(provision, text, end);
        return true;
    }
    *provision = before;
    return false;
}

struct provision provision_at(const struct text *text, uint32_t at,
                              uint32_t end, bool is_plural, const char *prefix)
{
    enum { ITEMS_MOST = 16 };
    struct provision provision = {.end = at};
    bool is_named = prefix[0] != '-';
    if (is_named) {
        put(&provision, slice_of(prefix));
        put(&provision, slice_of(" "));
    }
    size_t named = provision.length;
    if (!takes_item(&provision, text, end, is_named) ||
        provision.length == named)
        return (struct provision){.end = at};
    for (size_t items = 1;
         items < ITEMS_MOST && takes_next(&provision, text, end, is_plural);
         items++)
        continue;
    return provision;
}
