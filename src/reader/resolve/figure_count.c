/*
 * figure_count.c - numbers with all that belongs to them: hedges before and
 * behind, ranges, currencies.
 */
#include "figure.h"

#include "token.h"

static bool has_mark(const struct text *text, uint32_t token, uint32_t end,
                     const char *mark)
{
    return token < end && slice_equals(word_at(text, token), slice_of(mark));
}

/* "7 or 8", "30 to 40", "50-60", "between 5 and 7": the second number. */
static void take_range(const struct text *text, uint32_t end,
                       struct count *count)
{
    uint32_t at = count->number.end;
    uint32_t begin = count->number.begin;
    if (at + 1 >= end)
        return;
    bool is_between =
        begin > count->sentence.begin && word_is(text, begin - 1, "between");
    bool is_dash = has_mark(text, at, end, "-") || has_mark(text, at, end, "–");
    bool is_joint = is_dash || word_is(text, at, "to") ||
                    word_is(text, at, "or") ||
                    (is_between && word_is(text, at, "and"));
    if (!is_joint)
        return;
    struct number second = number_at(text, at + 1, end);
    if (second.end == at + 1 || second.is_several ||
        second.value <= count->low ||
        (is_dash && second.value > 20 * (count->low + 1)))
        return;
    count->high = second.value;
    count->number.end = second.end;
    count->is_range = true;
    if (is_between)
        count->tokens.begin = begin - 1;
    else if (begin > count->sentence.begin && word_is(text, begin - 1, "from"))
        count->tokens.begin = begin - 1;
}

/* "Rs 11,000", "$3 000", "US$ 5". */
static void take_money_before(const struct text *text, struct count *count)
{
    uint32_t length = 0;
    uint32_t begin = count->tokens.begin;
    const struct table_row *row = word_phrase_before(
        text, &currency_table, count->sentence.begin, begin, &length);
    if (row == NULL || !word_has_letters(text, begin - length)) {
        /* A sign: "$". */
        if (row == NULL || length != 1)
            return;
    } else if (!word_is_capital(text, begin - length)) {
        return;
    }
    count->money = row;
    count->tokens.begin = begin - length;
}

static void take_money_behind(const struct text *text, uint32_t end,
                              struct count *count)
{
    uint32_t length = 0;
    uint32_t at = count->number.end;
    if (at >= end || count->money != NULL)
        return;
    const struct table_row *row =
        word_phrase(text, &currency_table, at, end, &length);
    if (row == NULL || (row->length < 3 && word_has_letters(text, at)))
        return;
    count->money = row;
    count->noun = (struct span){at, at + length};
    count->tokens.end = at + length;
}

/* The hedges before it, one after the other ("a further", "at least"); what
 * counts is the one that changes most. */
static void take_hedges_before(const struct text *text, struct count *count)
{
    enum { HEDGES_MOST = 3 };
    for (int i = 0; i < HEDGES_MOST; i++) {
        uint32_t length = 0;
        const struct table_row *row =
            word_phrase_before(text, &hedge_table, count->sentence.begin,
                               count->tokens.begin, &length);
        if (row == NULL || strcmp(row->columns[1], "behind") == 0)
            return;
        count->tokens.begin -= length;
        if (count->hedge == NULL || count->hedge->columns[0][0] == 'p')
            count->hedge = row;
    }
}

static void take_hedge_behind(const struct text *text, uint32_t at,
                              uint32_t end, struct count *count)
{
    uint32_t length = 0;
    if (at >= end)
        return;
    const struct table_row *row =
        word_phrase(text, &hedge_table, at, end, &length);
    if (row == NULL || strcmp(row->columns[1], "before") == 0)
        return;
    /* "2018 at least 61" is the next number's. */
    if (number_at(text, at + length, end).end > at + length)
        return;
    if (count->tokens.end < at + length)
        count->tokens.end = at + length;
    if (count->hedge == NULL || count->hedge->columns[0][0] == 'p')
        count->hedge = row;
}

/* The digits of "Rs9" or "K85", where the letters are money: how many bytes
 * the letters are; 0 where they are none. */
static size_t money_prefix(const struct text *text, uint32_t at,
                           const struct table_row **row)
{
    struct slice word = word_at(text, at);
    char key[WORD_KEY_MAX];
    size_t letters = 0;
    while (letters < word.length && letters < 6 &&
           !(word.data[letters] >= '0' && word.data[letters] <= '9')) {
        char byte = word.data[letters];
        key[letters++] = byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
    }
    if (letters == 0 || letters == word.length)
        return 0;
    *row = table_find(&currency_table, (struct slice){key, letters});
    return *row == NULL ? 0 : letters;
}

bool count_at(const struct text *text, struct span sentence, uint32_t at,
              struct count *count)
{
    uint32_t end = sentence.end;
    const struct table_row *money = NULL;
    unsigned flags = token_flags(text, at);
    size_t prefix =
        flags & CHARACTER_LETTER ? money_prefix(text, at, &money) : 0;
    struct number number = prefix > 0 ? number_behind(text, at, prefix, end)
                                      : number_at(text, at, end);
    if (number.end == at)
        return false;
    *count = (struct count){.number = {at, number.end},
                            .tokens = {at, number.end},
                            .noun = {number.end, number.end},
                            .sentence = sentence,
                            .money = money,
                            .low = number.value,
                            .high = number.value,
                            .is_words = number.is_words,
                            .is_several = number.is_several};
    if (money == NULL)
        take_range(text, end, count);
    count->tokens.end = count->number.end;
    if (money == NULL)
        take_money_before(text, count);
    take_money_behind(text, end, count);
    take_hedges_before(text, count);
    take_hedge_behind(text, count->number.end, end, count);
    uint32_t next = count->tokens.end;
    if (count->money == NULL)
        count->noun = count_noun(text, next, end, count->high == 1, &next,
                                 &count->is_elliptic);
    if (next > count->tokens.end)
        count->tokens.end = next;
    take_hedge_behind(text, count->tokens.end, end, count);
    return true;
}
