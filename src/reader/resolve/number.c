/*
 * number.c - see number.h. Words come from data/number-words.tsv.
 */
#include "number.h"

#include "token.h"

/* How a word joins a number: its row of number_table. */
enum joint { JOINT_NONE, JOINT_UNIT, JOINT_TEN, JOINT_SCALE, JOINT_SEVERAL };

struct number_word {
    enum joint joint;
    int64_t value;
};

static int64_t value_of_digits(struct slice digits)
{
    int64_t value = 0;
    for (size_t i = 0; i < digits.length; i++)
        value = value * 10 + (digits.data[i] - '0');
    return value;
}

static struct number_word number_word_at(const struct text *text,
                                         uint32_t token)
{
    char buffer[WORD_KEY_MAX];
    struct slice key = word_key(text, (struct span){token, token + 1}, buffer);
    const struct table_row *row = table_find(&number_table, key);
    if (row == NULL)
        return (struct number_word){JOINT_NONE, 0};
    enum joint joint = row->columns[1][0] == 'u'   ? JOINT_UNIT
                       : row->columns[1][0] == 't' ? JOINT_TEN
                       : row->columns[1][1] == 'c' ? JOINT_SCALE
                                                   : JOINT_SEVERAL;
    return (struct number_word){joint,
                                value_of_digits(slice_of(row->columns[0]))};
}

static bool is_digits(struct slice word, size_t least, size_t most)
{
    if (word.length < least || word.length > most)
        return false;
    for (size_t i = 0; i < word.length; i++)
        if (word.data[i] < '0' || word.data[i] > '9')
            return false;
    return true;
}

static bool has_mark(const struct text *text, uint32_t token, const char *mark)
{
    return slice_equals(word_at(text, token), slice_of(mark));
}

/* Whether three digits, and no more, follow the separator at `token`. */
static bool is_group(const struct text *text, uint32_t token, uint32_t end)
{
    return token + 1 < end && word_is_glued(text, token) &&
           word_is_glued(text, token + 1) &&
           is_digits(word_at(text, token + 1), 3, 3);
}

/* "000" of "50 000", one space behind what stands before it. */
static bool is_spaced_group(const struct text *text, uint32_t token,
                            uint32_t end)
{
    enum { SPACE_BYTES_MOST = 3 }; /* a narrow space has three */
    if (token >= end || !is_digits(word_at(text, token), 3, 3))
        return false;
    uint32_t gap =
        text->tokens.items[token].begin - text->tokens.items[token - 1].end;
    return gap > 0 && gap <= SPACE_BYTES_MOST &&
           slice_at(text->bytes,
                    (struct span){text->tokens.items[token].begin - gap,
                                  text->tokens.items[token].begin})
                   .data[0] != '\n';
}

/* Groups of three behind one to three digits: "2,100", "1.250.000" (with a
 * full stop only where there are two groups: "2.100" may be a fraction), and
 * "50 000" with one space. */
static uint32_t take_groups(const struct text *text, uint32_t at, uint32_t end,
                            int64_t *value)
{
    uint32_t next = at + 1;
    const char *mark = next < end && has_mark(text, next, ".") ? "." : ",";
    if (mark[0] == '.' &&
        !(is_group(text, next, end) && next + 2 < end &&
          has_mark(text, next + 2, ".") && is_group(text, next + 2, end)))
        return next;
    while (*value < NUMBER_MOST / 1000 && next < end) {
        if (has_mark(text, next, mark) && is_group(text, next, end))
            next++;
        else if (!is_spaced_group(text, next, end))
            break;
        *value = *value * 1000 + value_of_digits(word_at(text, next));
        next++;
    }
    return next;
}

/* The digits behind "1.9" or "1,5" before a scale: their value as a share of
 * `scale`; 0 where there is no fraction. */
static uint32_t take_fraction(const struct text *text, uint32_t at,
                              uint32_t end, int64_t *value)
{
    if (at + 2 >= end ||
        !(has_mark(text, at, ".") || has_mark(text, at, ",")) ||
        !word_is_glued(text, at) || !word_is_glued(text, at + 1) ||
        !is_digits(word_at(text, at + 1), 1, 3))
        return at;
    struct number_word scale = number_word_at(text, at + 2);
    if (scale.joint != JOINT_SCALE || scale.value < 1000 ||
        *value > NUMBER_MOST / scale.value)
        return at;
    int64_t part = value_of_digits(word_at(text, at + 1)) * scale.value;
    for (size_t i = 0; i < word_at(text, at + 1).length; i++)
        part /= 10;
    *value = *value * scale.value + part;
    return at + 3;
}

/* Scales behind a number in figures: "40 lakhs", "75 million". */
static uint32_t take_scales(const struct text *text, uint32_t at, uint32_t end,
                            int64_t *value)
{
    while (at < end) {
        struct number_word word = number_word_at(text, at);
        if (word.joint != JOINT_SCALE || word.value < 100 ||
            *value > NUMBER_MOST / word.value)
            break;
        *value *= word.value;
        at++;
    }
    return at;
}

struct number number_behind(const struct text *text, uint32_t at, size_t skip,
                            uint32_t end)
{
    struct slice word = word_at(text, at);
    struct slice digits = {word.data + skip, word.length - skip};
    struct number number = {.end = at};
    if (!is_digits(digits, 1, 12))
        return number;
    number.value = value_of_digits(digits);
    uint32_t next =
        digits.length <= 3 ? take_groups(text, at, end, &number.value) : at + 1;
    uint32_t after = take_fraction(text, next, end, &number.value);
    if (after == next) {
        bool is_fraction =
            next + 1 < end && word_is_glued(text, next) &&
            word_is_glued(text, next + 1) &&
            (has_mark(text, next, ".") || has_mark(text, next, ",")) &&
            is_digits(word_at(text, next + 1), 1, 12);
        if (is_fraction)
            return (struct number){.end = at};
        after = take_scales(text, next, end, &number.value);
    }
    number.end = after;
    return number;
}

/* Words join as in English: units to tens, both to scales below the last. */
static struct number in_words(const struct text *text, uint32_t at,
                              uint32_t end)
{
    struct number number = {.end = at, .is_words = true};
    int64_t part = 0; /* below the next scale of a thousand or more */
    enum joint last = JOINT_NONE;
    uint32_t next = at;
    bool is_article = word_is(text, at, "a") || word_is(text, at, "an");
    if (is_article && at + 1 < end &&
        number_word_at(text, at + 1).joint == JOINT_SCALE) {
        part = 1;
        last = JOINT_UNIT;
        next++;
    }
    while (next < end) {
        struct number_word word = number_word_at(text, next);
        bool is_joined = word.joint == JOINT_UNIT
                             ? last == JOINT_NONE || last == JOINT_SCALE ||
                                   (last == JOINT_TEN && word.value < 10)
                         : word.joint == JOINT_TEN
                             ? last == JOINT_NONE || last == JOINT_SCALE
                         : word.joint == JOINT_SCALE ? last != JOINT_NONE
                                                     : false;
        if (!is_joined || number.value > NUMBER_MOST / 1000 ||
            (word.value > 0 && part > NUMBER_MOST / word.value))
            break;
        if (word.joint != JOINT_SCALE) {
            part += word.value;
        } else if (word.value < 1000) {
            part *= word.value;
        } else {
            number.value += part * word.value;
            part = 0;
        }
        last = word.joint;
        number.end = ++next;
        bool is_hyphen = next + 1 < end && has_mark(text, next, "-") &&
                         word_is_glued(text, next) && last == JOINT_TEN;
        bool is_and = next + 1 < end && word_is(text, next, "and") &&
                      last == JOINT_SCALE && part + number.value >= 100 &&
                      number_word_at(text, next + 1).joint >= JOINT_UNIT &&
                      number_word_at(text, next + 1).joint <= JOINT_TEN;
        next += is_hyphen || is_and;
    }
    number.value += part;
    return number;
}

/* "dozens", "hundreds" */
static struct number several(const struct text *text, uint32_t at)
{
    struct number_word word = number_word_at(text, at);
    bool is_several = word.joint == JOINT_SEVERAL;
    return (struct number){.end = at + is_several,
                           .value = word.value,
                           .is_words = true,
                           .is_several = is_several};
}

struct number number_at(const struct text *text, uint32_t at, uint32_t end)
{
    struct number none = {.end = at};
    if (end - at > NUMBER_MOST_TOKENS)
        end = at + NUMBER_MOST_TOKENS;
    if (at >= end)
        return none;
    unsigned flags = token_flags(text, at);
    if (flags & CHARACTER_NUMBER)
        return word_is_glued(text, at) && word_has_letters(text, at - 1)
                   ? none
                   : number_behind(text, at, 0, end);
    if (!(flags & CHARACTER_LETTER))
        return none;
    struct number number = in_words(text, at, end);
    return number.end > at ? number : several(text, at);
}
