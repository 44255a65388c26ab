/*
 * dateline.c - reading the shapes of dates and datelines.
 */
#include "dateline.h"

#include "lexicon.h"
#include "token.h"

/* The digit that a character stands for, or 10: readers of scans take 0 for
 * O and 1 for l. */
static unsigned digit_of(char character)
{
    if (character == 'O')
        return 0;
    if (character == 'l' || character == 'I')
        return 1;
    return character >= '0' && character <= '9' ? (unsigned)(character - '0')
                                                : 10;
}

static bool has_digit(struct slice bytes)
{
    for (size_t i = 0; i < bytes.length; i++)
        if (bytes.data[i] >= '0' && bytes.data[i] <= '9')
            return true;
    return false;
}

/* The value of a number of at most four digits; 0 for all else. */
static unsigned number_at(const struct text *text, uint32_t token, uint32_t end)
{
    if (token >= end)
        return 0;
    struct slice bytes = token_bytes(text, token);
    unsigned value = 0;
    size_t i = 0;
    for (; i < bytes.length && i < 4 && digit_of(bytes.data[i]) < 10; i++)
        value = value * 10 + digit_of(bytes.data[i]);
    if (bytes.length > i + 2 || !has_digit(bytes))
        return 0;
    /* 29th, 1st, 1er, 1º are as good as 29 and 1. */
    bool is_ordinal = bytes.length <= i + 2 && value <= 31;
    return i == bytes.length || is_ordinal ? value : 0;
}

static bool is_day(const struct text *text, uint32_t token, uint32_t end)
{
    unsigned value = number_at(text, token, end);
    return value >= 1 && value <= 31;
}

static bool is_year(const struct text *text, uint32_t token, uint32_t end)
{
    unsigned value = number_at(text, token, end);
    return value >= 1800 && value <= 2199;
}

/* Behind `code` when it is at `token`; else `token`. */
static uint32_t skip(const struct text *text, uint32_t token, uint32_t end,
                     uint32_t code)
{
    return token < end && token_is(text, token, code) ? token + 1 : token;
}

static bool has_way(const struct text *text, uint32_t token, uint32_t end,
                    unsigned way)
{
    return token < end && word_ways(text, token) & way;
}

/* Behind the word, in whatever case, when it is at `token`. */
static uint32_t skip_word(const struct text *text, uint32_t token, uint32_t end,
                          const char *word)
{
    char buffer[TOKEN_WORD_SIZE];
    return token < end && slice_equals(token_lower(text, token, buffer),
                                       slice_of(word))
               ? token + 1
               : token;
}

/* "of", "de" */
static uint32_t skip_particle(const struct text *text, uint32_t token,
                              uint32_t end)
{
    return has_way(text, token, end, WORD_PARTICLE) ? token + 1 : token;
}

/* 2019-05-14, 14/5/2019, 14.05.2019 */
static uint32_t date_of_numbers(const struct text *text, uint32_t token,
                                uint32_t end)
{
    if (token + 5 > end || number_at(text, token, end) == 0)
        return token;
    uint32_t mark = token_code(text, token + 1);
    if ((mark != '-' && mark != '/' && mark != '.') ||
        !token_is(text, token + 3, mark) ||
        number_at(text, token + 2, end) == 0)
        return token;
    for (uint32_t i = token + 1; i < token + 5; i++)
        if (token_has_gap(text, i))
            return token;
    bool has_year = is_year(text, token, end) ||
                    is_year(text, token + 4, end) ||
                    token_length(text, token + 4, 3) == 2;
    return has_year ? token + 5 : token;
}

/* Behind a year, after a comma or particle or nothing; else `token`. */
static uint32_t skip_year(const struct text *text, uint32_t token, uint32_t end)
{
    uint32_t year = skip_particle(text, skip(text, token, end, ','), end);
    if (is_year(text, year, end))
        return year + 1;
    /* "12 Feb 90" */
    bool is_short = year == token && token < end &&
                    token_length(text, token, 3) == 2 &&
                    number_at(text, token, end) > 31;
    return is_short ? token + 1 : token;
}

/* 14 May 2019, May 14, 2019, 14 de mayo de 2019, May 2019 */
static struct written_date date_of_words(const struct text *text,
                                         uint32_t token, uint32_t end)
{
    struct written_date date = {.end = token};
    uint32_t i = token;
    if (is_day(text, i, end)) {
        /* "the 6th day of May" */
        i = skip_particle(text, skip_word(text, i + 1, end, "day"), end);
        if (!has_way(text, i, end, WORD_MONTH))
            return date;
        i = skip(text, i + 1, end, '.');
        date.has_day = true;
    } else if (has_way(text, i, end, WORD_MONTH)) {
        i = skip(text, i + 1, end, '.');
        if (is_day(text, i, end)) {
            i++;
            date.has_day = true;
        }
    } else {
        return date;
    }
    uint32_t behind = skip_year(text, i, end);
    date.has_year = behind > i;
    if (date.has_day || date.has_year)
        date.end = behind;
    return date;
}

/* ", 1000 hours", "at 2.30 p.m. GMT": behind it, or `token`. */
static uint32_t skip_time(const struct text *text, uint32_t token, uint32_t end)
{
    uint32_t i = skip(text, token, end, ',');
    if (i < end && (token_is(text, i, 0xB7) || token_is(text, i, '-') ||
                    token_is(text, i, '|')))
        i++;
    if (i < end && slice_equals(token_bytes(text, i), slice_of("at")))
        i++;
    if (i >= end || !(token_flags(text, i) & CHARACTER_NUMBER))
        return token;
    uint32_t number = i++;
    bool is_time = token_length(text, number, 5) == 4;
    if (i + 1 < end && (token_is(text, i, ':') || token_is(text, i, '.')) &&
        token_flags(text, i + 1) & CHARACTER_NUMBER) {
        is_time = true;
        i += 2;
    }
    bool has_clock = false;
    while (i < end) {
        bool is_letter = token_length(text, i, 2) == 1 &&
                         strchr("apmAPM.", token_bytes(text, i).data[0]);
        if (!is_letter && !has_way(text, i, end, WORD_CLOCK))
            break;
        has_clock |= !token_is(text, i, '.');
        i++;
    }
    return is_time || has_clock ? i : token;
}

struct written_date written_date_at(const struct text *text, uint32_t token,
                                    uint32_t end)
{
    struct written_date date;
    uint32_t i = token;
    bool has_weekday = has_way(text, i, end, WORD_WEEKDAY);
    if (has_weekday)
        i = skip(text, skip(text, i + 1, end, '.'), end, ',');
    i = skip_word(text, i, end, "the");
    uint32_t behind = date_of_numbers(text, i, end);
    if (behind > i) {
        date = (struct written_date){
            .end = behind, .has_year = true, .has_day = true};
    } else {
        date = date_of_words(text, i, end);
        if (date.end == i && has_weekday)
            date = (struct written_date){.end = token + 1, .has_day = true};
        else if (date.end == i)
            return (struct written_date){.end = token};
    }
    behind = skip_time(text, date.end, end);
    date.has_time = behind > date.end;
    date.end = behind;
    return date;
}

uint32_t date_at_end(const struct text *text, struct span tokens)
{
    enum { DATE_TOKENS_MOST = 20 };
    uint32_t end = tokens.end;
    if (end > tokens.begin && token_is(text, end - 1, '.'))
        end--;
    uint32_t i = tokens.begin;
    if (end - tokens.begin > DATE_TOKENS_MOST)
        i = end - DATE_TOKENS_MOST;
    for (; i < end; i++) {
        struct written_date date = written_date_at(text, i, tokens.end);
        if (date.end >= end && date.has_day)
            return i;
        if (date.end > i)
            i = date.end - 1;
    }
    return tokens.end;
}

static bool is_dash(uint32_t code)
{
    return code == '-' || code == '_' || (code >= 0x2012 && code <= 0x2015);
}

/* Behind "(Reuters)"; `token` where there is no such bracket. */
static uint32_t skip_bracket(const struct text *text, uint32_t token,
                             uint32_t end)
{
    enum { TOKENS_MOST = 8 };
    if (!token_is(text, token, '('))
        return token;
    for (uint32_t i = token + 1; i < end && i < token + TOKENS_MOST; i++)
        if (token_is(text, i, ')'))
            return i + 1;
    return token;
}

/* What a dateline is made of. */
struct dateline {
    uint32_t end;   /* behind its dash or colon, or at it */
    unsigned words; /* of the place */
    bool has_date;
    bool has_agency;
    bool is_capitals; /* the place */
    bool has_dash;
    bool has_colon;
};

/* Place, date and agency, in whatever order, up to the dash or colon. */
static struct dateline read_dateline(const struct text *text,
                                     struct span tokens)
{
    enum { TOKENS_MOST = 28 };
    struct dateline line = {.is_capitals =
                                token_is_capitals(text, tokens.begin) &&
                                token_length(text, tokens.begin, 3) > 2};
    uint32_t i = tokens.begin;
    while (i < tokens.end && i < tokens.begin + TOKENS_MOST) {
        uint32_t code = token_code(text, i);
        struct written_date date = written_date_at(text, i, tokens.end);
        uint32_t behind = skip_bracket(text, i, tokens.end);
        if (date.end > i && line.words > 0) {
            line.has_date = true;
            i = date.end;
        } else if (behind > i && line.words > 0) {
            line.has_agency = true;
            i = behind;
        } else if (is_dash(code) &&
                   (token_has_gap(text, i) || code >= 0x2013)) {
            /* "CAIRO – 26 July 2022:" */
            date = written_date_at(text, i + 1, tokens.end);
            if (date.end > i + 1 && token_is(text, date.end, ':')) {
                line.has_date = true;
                i = date.end;
                continue;
            }
            line.has_dash = true;
            break;
        } else if (code == ':' && line.words > 0) {
            line.has_colon = true;
            break;
        } else if (token_is_capitalised(text, i) ||
                   (line.words > 0 && word_ways(text, i) & WORD_PARTICLE)) {
            line.words++;
            i++;
        } else if (line.words > 0 &&
                   (code == ',' || code == '.' || code == '/' || code == '-' ||
                    code == '\'' || code == 0x2019)) {
            i++;
        } else {
            break;
        }
    }
    line.end = i;
    return line;
}

uint32_t dateline_end(const struct text *text, struct span tokens,
                      bool is_first)
{
    enum { WORDS_MOST = 7, BARE_WORDS_MOST = 3 };
    struct dateline line = read_dateline(text, tokens);
    bool is_dated = line.has_date || line.has_agency;
    if (line.words == 0 || line.words > WORDS_MOST ||
        word_ways(text, tokens.begin) & (WORD_FIELD | WORD_STARTER))
        return tokens.begin;
    if (line.end == tokens.end)
        return line.has_agency && is_first ? tokens.end : tokens.begin;
    if (!line.has_dash && !(line.has_colon && line.has_date && is_first))
        return tokens.begin;
    uint32_t end = line.end + 1;
    while (end < tokens.end && is_dash(token_code(text, end)))
        end++;
    if (end < tokens.end && line.has_dash && !token_has_gap(text, end) &&
        token_code(text, end - 1) < 0x2013)
        return tokens.begin;
    if (is_dated && (is_first || line.is_capitals))
        return end;
    bool goes_on = end < tokens.end && token_is_capitalised(text, end);
    return is_first && goes_on && line.words <= BARE_WORDS_MOST ? end
                                                                : tokens.begin;
}

bool is_reference_code(const struct text *text, struct span tokens)
{
    enum { TOKENS_MOST = 24 };
    unsigned strokes = 0;
    unsigned numbers = 0;
    if (tokens.end - tokens.begin > TOKENS_MOST)
        return false;
    for (uint32_t i = tokens.begin; i < tokens.end; i++) {
        unsigned flags = token_flags(text, i);
        if (i > tokens.begin && token_has_gap(text, i))
            return false;
        strokes += token_is(text, i, '/');
        numbers += (flags & CHARACTER_NUMBER) != 0;
    }
    return strokes > 0 && numbers > 0 &&
           !slice_equals(token_bytes(text, tokens.begin), slice_of("http")) &&
           !slice_equals(token_bytes(text, tokens.begin), slice_of("https"));
}
