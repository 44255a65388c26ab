/*
 * date.c - see date.h. Proleptic Gregorian calendar, years 1500 to 2999.
 */
#include "date.h"

static const char *const months[] = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

/* The digit that a character stands for, 10 for none: scans have O for 0 and
 * l or I for 1. */
static unsigned digit_of(char character)
{
    if (character == 'O')
        return 0;
    if (character == 'l' || character == 'I')
        return 1;
    return character >= '0' && character <= '9' ? (unsigned)(character - '0')
                                                : 10;
}

/* A number of at most 4 digits, with "st", "nd", "rd", "th" allowed after
 * one of at most 2; 0 when the bytes are none. */
static unsigned number_of(struct slice word)
{
    unsigned value = 0;
    size_t digits = 0;
    bool is_number = false;
    for (;
         digits < word.length && digits < 5 && digit_of(word.data[digits]) < 10;
         digits++) {
        is_number |= word.data[digits] >= '0' && word.data[digits] <= '9';
        value = value * 10 + digit_of(word.data[digits]);
    }
    if (!is_number || digits > 4)
        return 0;
    if (digits == word.length)
        return value;
    return digits <= 2 && word.length == digits + 2 ? value : 0;
}

static unsigned month_of(const struct text *text, uint32_t token)
{
    for (unsigned i = 0; i < 12; i++) {
        char shorter[4] = {months[i][0], months[i][1], months[i][2], '\0'};
        if (word_is(text, token, months[i]) || word_is(text, token, shorter))
            return i + 1;
    }
    return word_is(text, token, "sept") ? 9 : 0;
}

static bool is_mark(const struct text *text, uint32_t token, const char *mark)
{
    return slice_equals(word_at(text, token), slice_of(mark));
}

/* A time of day or a word behind two digits: "22 June, 13.20", "on 18 May 10
 * people". */
static bool is_counted(const struct text *text, uint32_t token, uint32_t end)
{
    if (token >= end)
        return false;
    if (is_mark(text, token, ".") || is_mark(text, token, ":"))
        return token + 1 < end &&
               digit_of(word_at(text, token + 1).data[0]) < 10;
    return word_has_letters(text, token) &&
           number_of(word_at(text, token)) == 0;
}

/* "97" directly behind a month is 1997, "09" is 2009. */
static unsigned year_of(const struct text *text, uint32_t token, uint32_t end)
{
    struct slice word = word_at(text, token);
    unsigned year = number_of(word);
    if (word.length != 2 || digit_of(word.data[0]) > 9 ||
        digit_of(word.data[1]) > 9)
        return year;
    if (is_mark(text, token - 1, ",") || is_counted(text, token + 1, end))
        return 0;
    return year < 30 ? 2000 + year : 1900 + year;
}

static bool is_day(unsigned year, unsigned month, unsigned day)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (year < 1500 || year > 2999 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= days[month - 1] + (month == 2 && is_leap ? 1u : 0u);
}

/* Tokens taken: `taken` when the parts make a date, else 0. */
static uint32_t write_date(unsigned year, unsigned month, unsigned day,
                           uint32_t taken, char date[DATE_SIZE])
{
    if (!is_day(year, month, day))
        return 0;
    for (int at = 3; at >= 0; at--, year /= 10)
        date[at] = (char)('0' + year % 10);
    date[4] = date[7] = '-';
    date[5] = (char)('0' + month / 10);
    date[6] = (char)('0' + month % 10);
    date[8] = (char)('0' + day / 10);
    date[9] = (char)('0' + day % 10);
    date[10] = '\0';
    return taken;
}

/* "May 13, 2019", "May 13 2019", "Aug. 13th, 2019". */
static uint32_t month_first(const struct text *text, uint32_t at, uint32_t end,
                            char date[DATE_SIZE])
{
    uint32_t day = at + 1;
    if (is_mark(text, day, "."))
        day++;
    uint32_t year = day + 1;
    if (year < end && is_mark(text, year, ","))
        year++;
    if (year >= end || !word_is_capital(text, at))
        return 0;
    return write_date(number_of(word_at(text, year)), month_of(text, at),
                      number_of(word_at(text, day)), year + 1 - at, date);
}

/* 2019-05-17, 17/5/2019, 17.05.19; the day comes first, as in most of the
 * world, unless only the month can. */
static uint32_t in_numbers(const struct text *text, uint32_t at, uint32_t end,
                           char date[DATE_SIZE])
{
    if (end - at < 5)
        return 0;
    struct slice mark = word_at(text, at + 1);
    bool is_known = slice_equals(mark, slice_of("-")) ||
                    slice_equals(mark, slice_of("/")) ||
                    slice_equals(mark, slice_of("."));
    if (!is_known || !slice_equals(mark, word_at(text, at + 3)))
        return 0;
    for (uint32_t i = at + 1; i < at + 5; i++)
        if (!word_is_glued(text, i) &&
            text->tokens.items[i].begin != text->tokens.items[i - 1].end)
            return 0;
    unsigned first = number_of(word_at(text, at));
    unsigned second = number_of(word_at(text, at + 2));
    if (first > 31)
        return write_date(first, second, number_of(word_at(text, at + 4)), 5,
                          date);
    unsigned year = year_of(text, at + 4, end);
    if (second > 12)
        return write_date(year, first, second, 5, date);
    return write_date(year, second, first, 5, date);
}

uint32_t date_at(const struct text *text, uint32_t at, uint32_t end,
                 char date[DATE_SIZE])
{
    if (end - at < 3 || at >= end)
        return 0;
    if (month_of(text, at) != 0)
        return month_first(text, at, end, date);
    unsigned first = number_of(word_at(text, at));
    if (first == 0)
        return 0;
    uint32_t taken = in_numbers(text, at, end, date);
    if (taken > 0 || first > 31)
        return taken;
    uint32_t month = at + 1;
    if (word_is(text, month, "day")) /* "the 6th day of May" */
        month++;
    if (word_is(text, month, "of"))
        month++;
    uint32_t year = month + 1;
    while (year < end && (is_mark(text, year, ",") || is_mark(text, year, ".")))
        year++;
    if (year >= end)
        return 0;
    return write_date(year_of(text, year, end), month_of(text, month), first,
                      year + 1 - at, date);
}

bool date_find(const struct text *text, struct span tokens,
               char date[DATE_SIZE])
{
    for (uint32_t at = tokens.begin; at < tokens.end; at++)
        if (date_at(text, at, tokens.end, date) > 0)
            return true;
    return false;
}

struct slice date_of_moment(struct slice moment)
{
    enum { DAY = 10 };
    bool has_time = moment.length > DAY &&
                    (moment.data[DAY] == 'T' || moment.data[DAY] == ' ');
    return (struct slice){moment.data, has_time ? DAY : moment.length};
}

bool date_is_valid(struct slice word)
{
    unsigned parts[3] = {0, 0, 0};
    size_t part = 0;
    if (word.length != 10)
        return false;
    for (size_t i = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            if (word.data[i] != '-')
                return false;
            part++;
        } else if (word.data[i] < '0' || word.data[i] > '9') {
            return false;
        } else {
            parts[part] = parts[part] * 10 + (unsigned)(word.data[i] - '0');
        }
    }
    return is_day(parts[0], parts[1], parts[2]);
}
