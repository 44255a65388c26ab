/*
 * time_number.c - see time_grammar.h: the classes of numbers, and the few
 * that are no words of a table.
 */
#include "time_grammar.h"
#include "word.h"

static const char *const builtin_names[BUILTINS] = {
    "-",       "day",    "dth",   "monthnum", "year",     "yearlate",
    "yearany", "yy",     "hour",  "minute",   "hourword", "hhmm",
    "int",     "number", "years", "ordinals", "holiday",  "decades",
    "capital", "word",   "small", "end",      "break",
};

uint8_t time_builtin_named(struct slice name)
{
    for (uint8_t i = 1; i < BUILTINS; i++)
        if (slice_equals(name, slice_of(builtin_names[i])))
            return i;
    return BUILTIN_NONE;
}

static const struct lexeme *lexeme_at(struct lexeme_window window, size_t at)
{
    static const struct lexeme end = {.kind = LEXEME_END};
    return at < window.count ? &window.items[at] : &end;
}

static bool has_class(struct lexeme_window window, size_t at, const char *class,
                      int32_t *value)
{
    return lexeme_class(lexeme_at(window, at), class, value);
}

static bool is_mark(struct lexeme_window window, size_t at, char mark)
{
    const struct lexeme *lexeme = lexeme_at(window, at);
    return lexeme->kind == LEXEME_MARK && lexeme->mark == mark;
}

static bool is_word(struct lexeme_window window, size_t at, const char *word)
{
    const struct lexeme *lexeme = lexeme_at(window, at);
    return lexeme->kind == LEXEME_WORD &&
           lexeme->bytes.end - lexeme->bytes.begin == strlen(word) &&
           word_is(window.text, lexeme->token, word);
}

/* "twenty-five", "ninety nine", "seven": how many lexemes. */
static size_t below_hundred(struct lexeme_window window, size_t at,
                            int32_t *value)
{
    int32_t more = 0;
    if (!has_class(window, at, "number", value) || *value >= 100)
        return 0;
    int32_t tens;
    if (!has_class(window, at, "tens", &tens))
        return 1;
    size_t next = at + 1 + (size_t)is_mark(window, at + 1, '-');
    if (!has_class(window, next, "number", &more) || more < 1 || more > 9)
        return 1;
    *value += more;
    return next + 1 - at;
}

/* A number in words up to 9,999; "a hundred" is one too. */
static size_t number_words(struct lexeme_window window, size_t at,
                           int32_t *value)
{
    int32_t times = 1;
    size_t next = at;
    if (is_word(window, at, "a") || is_word(window, at, "one")) {
        int32_t large;
        bool is_large =
            has_class(window, at + 1, "number", &large) && large >= 100;
        *value = 1;
        if (!is_large)
            return is_word(window, at, "one") ? 1 : 0;
        next++;
    } else {
        size_t taken = below_hundred(window, at, &times);
        if (taken == 0 && !has_class(window, at, "number", &times))
            return 0;
        if (taken == 0)
            times = 1;
        next += taken;
    }
    int32_t large;
    *value = times;
    if (!has_class(window, next, "number", &large) || large < 100)
        return next - at;
    *value = times * large;
    next++;
    int32_t more;
    size_t joint = is_word(window, next, "and") ? 1 : 0;
    size_t taken = below_hundred(window, next + joint, &more);
    if (taken > 0) {
        *value += more;
        next += joint + taken;
    }
    return next - at;
}

/* "3", "1,000", "2.5", "two and a half", "two-and-a-half"; ten times. */
static size_t number(struct lexeme_window window, size_t at, int32_t *value)
{
    enum { MOST = 99999 };
    const struct lexeme *first = lexeme_at(window, at);
    size_t next = at;
    *value = 0;
    if (first->kind == LEXEME_NUMBER) {
        if (first->flags & (LEXEME_ORDINAL | LEXEME_PLURAL) ||
            first->number > MOST)
            return 0;
        *value = (int32_t)first->number * 10;
        next++;
        const struct lexeme *second = lexeme_at(window, at + 2);
        if (is_mark(window, at + 2, '/') &&
            lexeme_at(window, at + 1)->number == 1 &&
            lexeme_at(window, at + 3)->number == 2) { /* "5 1/2" */
            *value += 5;
            return 4;
        }
        bool is_joined = (second->flags & LEXEME_GLUED) &&
                         (lexeme_at(window, at + 1)->flags & LEXEME_GLUED) &&
                         second->kind == LEXEME_NUMBER;
        if (is_joined && is_mark(window, at + 1, ',') && second->digits == 3 &&
            first->number < 100) {
            *value = *value * 1000 + (int32_t)second->number * 10;
            next += 2;
        } else if (is_joined && is_mark(window, at + 1, '.') &&
                   second->digits == 1) {
            *value += (int32_t)second->number;
            next += 2;
        }
    } else {
        size_t taken = number_words(window, at, value);
        if (taken == 0)
            return 0;
        *value *= 10;
        next += taken;
    }
    size_t joint = is_mark(window, next, '-') ? 1 : 0;
    size_t second =
        next + joint + (is_mark(window, next + joint + 1, '-') ? 2 : 1);
    if (is_word(window, next + joint, "and") && is_word(window, second, "a")) {
        size_t half = second + 1 + (is_mark(window, second + 1, '-') ? 1 : 0);
        if (is_word(window, half, "half")) {
            *value += 5;
            next = half + 1;
        }
    }
    return next - at;
}

/* "nineteen ninety-six", "two thousand and four". */
static size_t year_words(struct lexeme_window window, size_t at, int32_t *value)
{
    int32_t high;
    int32_t low;
    size_t taken = below_hundred(window, at, &high);
    if (taken > 0 && (high == 18 || high == 19 || high == 20)) {
        size_t next = at + taken + (size_t)is_mark(window, at + taken, '-');
        size_t second = below_hundred(window, next, &low);
        if (second > 0 && low >= 10) {
            *value = high * 100 + low;
            return next + second - at;
        }
    }
    if (is_word(window, at, "two") && is_word(window, at + 1, "thousand")) {
        taken = number_words(window, at, value);
        return *value > 2000 && *value < 2100 ? taken : 0;
    }
    return 0;
}

/* "third", "twenty-third", "3rd". */
static size_t ordinal(struct lexeme_window window, size_t at, int32_t *value)
{
    const struct lexeme *lexeme = lexeme_at(window, at);
    int32_t tens;
    if (lexeme->kind == LEXEME_NUMBER) {
        *value = (int32_t)lexeme->number;
        return lexeme->flags & LEXEME_ORDINAL ? 1 : 0;
    }
    if (has_class(window, at, "ordinal", value))
        return 1;
    if (!has_class(window, at, "tens", &tens))
        return 0;
    size_t next = at + 1 + (size_t)is_mark(window, at + 1, '-');
    if (!has_class(window, next, "ordinal", value) || *value > 9)
        return 0;
    *value += tens;
    return next + 1 - at;
}

static size_t holiday(struct lexeme_window window, size_t at, int32_t *value)
{
    enum { LONGEST = 5 };
    const struct lexeme *lexeme = lexeme_at(window, at);
    uint32_t length;
    if (lexeme->kind != LEXEME_WORD ||
        (at > 0 && lexeme[-1].token == lexeme->token))
        return 0;
    uint32_t end = (uint32_t)window.text->tokens.count;
    if (end > lexeme->token + LONGEST)
        end = lexeme->token + LONGEST;
    const struct table_row *row =
        word_phrase(window.text, &holiday_table, lexeme->token, end, &length);
    if (row == NULL)
        return 0;
    *value = (int32_t)(row - holiday_table.rows);
    size_t next = at;
    while (lexeme_at(window, next)->kind != LEXEME_END &&
           lexeme_at(window, next)->token < lexeme->token + length)
        next++;
    return next - at;
}

/* What one number can be. */
static bool number_fits(enum time_builtin builtin, const struct lexeme *lexeme,
                        int32_t *value)
{
    uint32_t number = lexeme->number;
    unsigned digits = lexeme->digits;
    unsigned ending = lexeme->flags & (LEXEME_ORDINAL | LEXEME_PLURAL);
    *value = (int32_t)number;
    if (builtin == BUILTIN_DTH)
        return (ending & LEXEME_ORDINAL) && number >= 1 && number <= 31;
    if (builtin == BUILTIN_DECADES) {
        if (!(ending & LEXEME_PLURAL) || number % 10 != 0)
            return false;
        *value = digits == 2 ? (int32_t)number + 1900 : (int32_t)number;
        return digits == 2 || (digits == 4 && number >= 1000 && number < 3000);
    }
    if (ending != 0 && builtin != BUILTIN_DAY)
        return false;
    switch (builtin) {
    case BUILTIN_DAY:
        return !(ending & LEXEME_PLURAL) && digits <= 2 && number >= 1 &&
               number <= 31;
    case BUILTIN_MONTHNUM:
        return digits <= 2 && number >= 1 && number <= 12;
    case BUILTIN_YEAR:
        return digits == 4 && number >= 1000 && number < 3000;
    case BUILTIN_YEARLATE:
        return digits == 4 && number >= 1500 && number < 2100;
    case BUILTIN_YEARANY:
        return digits <= 4 && number >= 1;
    case BUILTIN_YY:
        *value = (int32_t)(number < 30 ? 2000 + number : 1900 + number);
        return digits == 2;
    case BUILTIN_HOUR:
        return digits <= 2 && number <= 24;
    case BUILTIN_MINUTE:
        return digits == 2 && number < 60;
    case BUILTIN_HOURWORD:
        return digits <= 2 && number >= 1 && number <= 12;
    case BUILTIN_HHMM:
        *value = TIME_HHMM + (int32_t)number;
        return digits == 4 && number % 100 < 60 && number <= 2400;
    default:
        return builtin == BUILTIN_INT;
    }
}

static bool word_fits(enum time_builtin builtin, const struct lexeme *lexeme)
{
    switch (builtin) {
    case BUILTIN_CAPITAL:
        return lexeme->flags & LEXEME_CAPITAL;
    case BUILTIN_SMALL:
        return !(lexeme->flags & LEXEME_CAPITAL);
    default:
        return builtin == BUILTIN_ANYWORD;
    }
}

size_t time_builtin_match(enum time_builtin builtin,
                          struct lexeme_window window, size_t at,
                          int32_t *value)
{
    const struct lexeme *lexeme = lexeme_at(window, at);
    switch (builtin) {
    case BUILTIN_NUMBER:
        return number(window, at, value);
    case BUILTIN_YEARS:
        return year_words(window, at, value);
    case BUILTIN_ORDINALS:
        return ordinal(window, at, value);
    case BUILTIN_HOLIDAY:
        return holiday(window, at, value);
    case BUILTIN_END:
        return lexeme->kind == LEXEME_END;
    case BUILTIN_BREAK:
        return lexeme->kind != LEXEME_END && (lexeme->flags & LEXEME_BREAK);
    default:
        break;
    }
    if (lexeme->kind == LEXEME_NUMBER)
        return number_fits(builtin, lexeme, value);
    if (builtin == BUILTIN_HOURWORD)
        return has_class(window, at, "number", value) && *value <= 12;
    return lexeme->kind == LEXEME_WORD && word_fits(builtin, lexeme);
}
