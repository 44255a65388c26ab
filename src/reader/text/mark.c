/*
 * mark.c - quotation marks told apart from apostrophes and from each other.
 *
 * What a straight mark does is seen from what touches it: white space before
 * and a word behind open, the reverse closes; where that says nothing, marks
 * take turns.
 */
#include "mark.h"

#include "token.h"

static const struct mark none = {MARK_NONE, MARK_STRAIGHT, 1};

static bool is_word(const struct text *text, size_t token)
{
    return token_flags(text, token) & CHARACTER_WORD;
}

/* What touches the token, in its paragraph. */
struct sides {
    bool gap_before, gap_after;   /* white space, or the paragraph's border */
    bool word_before, word_after; /* touching */
};

static struct sides sides_of(const struct text *text, size_t token,
                             size_t width, size_t first)
{
    size_t next = token + width;
    struct sides sides = {.gap_before =
                              token == first || token_has_gap(text, token),
                          .gap_after = token_has_gap(text, next)};
    sides.word_before = !sides.gap_before && is_word(text, token - 1);
    sides.word_after = !sides.gap_after && is_word(text, next);
    return sides;
}

/* ('90s, '19) */
static bool is_year_at(const struct text *text, size_t token)
{
    struct slice bytes = token_bytes(text, token);
    return bytes.length >= 2 && bytes.length <= 3 && bytes.data[0] >= '0' &&
           bytes.data[0] <= '9' && bytes.data[1] >= '0' &&
           bytes.data[1] <= '9' && (bytes.length == 2 || bytes.data[2] == 's');
}

/* Words that stand behind an apostrophe in place of letters left out. */
static bool is_shortened_at(const struct text *text, size_t token)
{
    static const char *const words[] = {"em",   "til",   "till", "tis",
                                        "twas", "cause", "bout", "round",
                                        "n",    "s",     "neath"};
    char buffer[TOKEN_WORD_SIZE];
    struct slice word = token_lower(text, token, buffer);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_equals(word, slice_of(words[i])))
            return true;
    return is_year_at(text, token);
}

/* Words that may bear an apostrophe at their end: students', goin'. */
static bool may_end_in_apostrophe(const struct text *text, size_t token)
{
    struct slice bytes = token_bytes(text, token);
    if (!is_word(text, token) || bytes.length < 2)
        return false;
    char last = bytes.data[bytes.length - 1];
    return last == 's' || last == 'S' ||
           (last == 'n' && bytes.data[bytes.length - 2] == 'i');
}

static struct mark single_close(const struct text *text, size_t token,
                                enum mark_kind kind, const uint32_t *open)
{
    if (open[kind] == 0)
        return none;
    enum mark_act act =
        may_end_in_apostrophe(text, token - 1) ? MARK_MAY_CLOSE : MARK_CLOSES;
    return (struct mark){act, kind, 1};
}

static struct mark single_straight(const struct text *text, size_t token,
                                   size_t first, const uint32_t *open)
{
    struct sides sides = sides_of(text, token, 1, first);
    if (sides.word_after && !sides.word_before &&
        !is_shortened_at(text, token + 1))
        return (struct mark){MARK_OPENS, MARK_SINGLE_STRAIGHT, 1};
    if (sides.gap_before || sides.word_after)
        return none;
    return single_close(text, token, MARK_SINGLE_STRAIGHT, open);
}

/* U+2018: opens, or stands wrongly for an apostrophe. */
static struct mark single_turned(const struct text *text, size_t token,
                                 size_t first)
{
    struct sides sides = sides_of(text, token, 1, first);
    if (sides.word_before || (sides.word_after && is_year_at(text, token + 1)))
        return none;
    return (struct mark){MARK_OPENS, MARK_SINGLE_CURLY, 1};
}

/* U+2019: closes, or is an apostrophe. */
static struct mark single_curly(const struct text *text, size_t token,
                                size_t first, const uint32_t *open)
{
    struct sides sides = sides_of(text, token, 1, first);
    if (sides.word_after || token == first)
        return none;
    return single_close(text, token, MARK_SINGLE_CURLY, open);
}

/* Whether what touches the mark from before may do so on the outside of a
 * quotation: a bracket, a dash, another opening mark. */
static bool is_outside(const struct text *text, size_t token)
{
    switch (token_code(text, token)) {
    case '(':
    case '[':
    case '/':
    case '=':
    case 0x2013: /* – */
    case 0x2014: /* — */
    case 0x2018: /* ‘ */
    case 0x201C: /* “ */
        return true;
    default:
        return false;
    }
}

static struct mark straight(const struct text *text, size_t token, size_t first,
                            size_t width, enum mark_kind kind,
                            const uint32_t *open)
{
    struct sides sides = sides_of(text, token, width, first);
    struct mark mark = {MARK_OPENS, kind, (uint32_t)width};
    if (sides.gap_before && sides.word_after)
        return mark;
    if (open[kind] > 0)
        mark.act = MARK_CLOSES;
    else if (!sides.gap_before && !sides.word_after &&
             !is_outside(text, token - 1))
        mark.act = token_flags(text, token - 1) & CHARACTER_NUMBER &&
                           open[MARK_CURLY] == 0
                       ? MARK_NONE /* inches */
                       : MARK_CLOSES;
    else if (width == 2 && !sides.word_after)
        mark.act = MARK_NONE;
    return mark;
}

/* U+201C: opens, or closes what „ opened; some set it wrongly for U+201D. */
static struct mark curly_opening(const struct text *text, size_t token,
                                 size_t first, const uint32_t *open)
{
    struct sides sides = sides_of(text, token, 1, first);
    if (open[MARK_LOW] > 0)
        return (struct mark){MARK_CLOSES, MARK_LOW, 1};
    bool looks_closing =
        !sides.gap_before && sides.gap_after && !is_outside(text, token - 1);
    enum mark_act act =
        looks_closing && open[MARK_CURLY] > 0 ? MARK_CLOSES : MARK_OPENS;
    return (struct mark){act, MARK_CURLY, 1};
}

/* U+201D: closes; opens where it is set on both sides. */
static struct mark curly_closing(const struct text *text, size_t token,
                                 size_t first, const uint32_t *open)
{
    struct sides sides = sides_of(text, token, 1, first);
    if (open[MARK_LOW] > 0)
        return (struct mark){MARK_CLOSES, MARK_LOW, 1};
    bool looks_opening = sides.gap_before && sides.word_after;
    enum mark_act act =
        looks_opening && open[MARK_CURLY] == 0 ? MARK_OPENS : MARK_CLOSES;
    return (struct mark){act, MARK_CURLY, 1};
}

/* Two of the same mark that touch. */
static bool is_doubled(const struct text *text, size_t token)
{
    return token_is(text, token + 1, token_code(text, token)) &&
           !token_has_gap(text, token + 1);
}

/* `` '' ‘‘ ’’, which stand for double marks. */
static struct mark doubled(const struct text *text, size_t token, size_t first,
                           const uint32_t *open)
{
    switch (token_code(text, token)) {
    case '`':
        return (struct mark){MARK_OPENS, MARK_DOUBLED, 2};
    case 0x2018: /* ‘ */
        return (struct mark){MARK_OPENS, MARK_CURLY, 2};
    case 0x2019: /* ’ */
        return (struct mark){MARK_CLOSES, MARK_CURLY, 2};
    default:
        return straight(text, token, first, 2, MARK_DOUBLED, open);
    }
}

static bool may_be_doubled(uint32_t code, const uint32_t *open)
{
    /* ’’ may also close a single quotation and end a word. */
    return code == '`' || code == '\'' || code == 0x2018 ||
           (code == 0x2019 && open[MARK_SINGLE_CURLY] == 0);
}

struct mark mark_at(const struct text *text, size_t token, size_t first,
                    const uint32_t open[MARK_KINDS])
{
    uint32_t code = token_code(text, token);
    if (may_be_doubled(code, open) && is_doubled(text, token))
        return doubled(text, token, first, open);
    switch (code) {
    case '"':
        return straight(text, token, first, 1, MARK_STRAIGHT, open);
    case '\'':
        return single_straight(text, token, first, open);
    case 0x201C: /* “ */
        return curly_opening(text, token, first, open);
    case 0x201D: /* ” */
        return curly_closing(text, token, first, open);
    case 0x201E: /* „ */
        return (struct mark){MARK_OPENS, MARK_LOW, 1};
    case 0xAB: /* « */
        return (struct mark){MARK_OPENS, MARK_GUILLEMET, 1};
    case 0xBB: /* » */
        return (struct mark){MARK_CLOSES, MARK_GUILLEMET, 1};
    case 0x2018: /* ‘ */
        return single_turned(text, token, first);
    case 0x2019: /* ’ */
        return single_curly(text, token, first, open);
    case 0x2039: /* ‹ */
        return (struct mark){MARK_OPENS, MARK_SINGLE_GUILLEMET, 1};
    case 0x203A: /* › */
        return (struct mark){MARK_CLOSES, MARK_SINGLE_GUILLEMET, 1};
    default:
        return none;
    }
}
