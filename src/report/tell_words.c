/*
 * tell_words.c - see tell_words.h; and dates and labels of tell.h.
 */
#include "tell_words.h"

#include "table.h"
#include "tell.h"

#include <ctype.h>

static bool is_word_byte(char byte)
{
    unsigned char code = (unsigned char)byte;
    return code >= 0x80 || (code >= '0' && code <= '9') ||
           (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z') ||
           code == '\'' || code == '-' || code == '.';
}

static char lower_of(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte;
}

size_t word_next(struct slice text, size_t *begin, char lower[WORD_LOWER])
{
    size_t at = *begin, length = 0, kept = 0;
    while (at < text.length && !is_word_byte(text.data[at]))
        at++;
    while (at < text.length && is_word_byte(text.data[at])) {
        if (kept + 1 < WORD_LOWER)
            lower[kept++] = lower_of(text.data[at]);
        at++;
        length++;
    }
    /* A full stop belongs to the word only where it is short ("Dr."). */
    if (kept > 4 && lower[kept - 1] == '.')
        kept--;
    lower[kept] = '\0';
    *begin = at;
    return length;
}

bool phrase_lower(struct slice phrase, char lower[PHRASE_LOWER])
{
    size_t kept = 0;
    bool is_blank = true;
    for (size_t i = 0; i < phrase.length; i++) {
        char byte = phrase.data[i];
        bool blank =
            byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
        if (blank && is_blank)
            continue;
        if (kept + 1 >= PHRASE_LOWER)
            return false;
        lower[kept++] = blank ? ' ' : lower_of(byte);
        is_blank = blank;
    }
    while (kept > 0 && lower[kept - 1] == ' ')
        kept--;
    lower[kept] = '\0';
    return kept > 0;
}

/* The kind of the longest run of up to three words that the table has. */
static const char *kind_in(const struct table *table, const char *lower,
                           size_t *length)
{
    enum { WORDS = 3 };
    const char *kind = NULL;
    size_t end = 0;
    for (size_t word = 0; word < WORDS; word++) {
        while (lower[end] == ' ')
            end++;
        end += strcspn(lower + end, " ,;:!?\"()");
        const struct table_row *row =
            table_find(table, (struct slice){lower, end});
        if (row != NULL) {
            kind = row->columns[0];
            *length = end;
        }
        if (lower[end] != ' ')
            break;
    }
    return kind;
}

const char *word_kind(const char *lower, size_t *length)
{
    return kind_in(&report_word_table, lower, length);
}

/* Figures: "1" is one, "31" and "180,000" many. */
static enum number digits_number(const char *lower)
{
    size_t digits = strspn(lower, "0123456789,");
    if (digits == 0 ||
        (lower[digits] != ' ' && lower[digits] != '\0' && lower[digits] != '+'))
        return NUMBER_UNKNOWN;
    return digits == 1 && lower[0] == '1' ? NUMBER_ONE : NUMBER_MANY;
}

/* "officers of the force": a noun alone that ends in s is more than one. */
static bool is_bare_plural(const char *lower, struct slice phrase)
{
    size_t length = strcspn(lower, " ");
    return length > 3 && lower[length - 1] == 's' && lower[length - 2] != 's' &&
           lower[length - 2] != 'u' && lower[length - 2] != 'i' &&
           phrase.data[0] >= 'a' && phrase.data[0] <= 'z';
}

enum number phrase_number(struct slice phrase,
                          const struct gathered_actor *actor)
{
    char lower[PHRASE_LOWER];
    size_t length = 0;
    if (!phrase_lower(phrase, lower))
        return NUMBER_UNKNOWN;
    const char *at = lower, *kind;
    while ((kind = word_kind(at, &length)) != NULL &&
           strcmp(kind, "loose") == 0) {
        at += length;
        at += strspn(at, " ");
    }
    if (kind != NULL &&
        (strcmp(kind, "plural") == 0 || strcmp(kind, "pronoun-many") == 0))
        return NUMBER_MANY;
    if (strstr(at, " and ") != NULL || strstr(at, ", ") != NULL)
        return kind != NULL && strcmp(kind, "singular") == 0 &&
                       strstr(at, " and ") == NULL
                   ? NUMBER_ONE
                   : NUMBER_UNKNOWN;
    if (kind != NULL &&
        (strcmp(kind, "singular") == 0 || strcmp(kind, "pronoun-one") == 0))
        return NUMBER_ONE;
    enum number number = digits_number(at);
    if (number != NUMBER_UNKNOWN)
        return number;
    if (actor != NULL && actor->type != NULL &&
        strcmp(actor->type, "person") == 0)
        return NUMBER_ONE;
    return is_bare_plural(at, phrase) ? NUMBER_MANY : NUMBER_UNKNOWN;
}

bool phrase_is_pronoun(struct slice phrase)
{
    char lower[PHRASE_LOWER];
    size_t length = 0;
    if (!phrase_lower(phrase, lower))
        return false;
    const char *kind = word_kind(lower, &length);
    return kind != NULL && strncmp(kind, "pronoun", 7) == 0 &&
           lower[length] == '\0';
}

bool phrase_points_back(struct slice phrase)
{
    static const char *const more[] = {
        "his", "their", "my",   "our",   "your",  "its",    "mine",
        "you", "this",  "that", "these", "those", "latter", "former"};
    char lower[WORD_LOWER];
    size_t length;
    for (size_t at = 0; word_next(phrase, &at, lower) > 0;) {
        const char *kind = word_kind(lower, &length);
        if (kind != NULL && strncmp(kind, "pronoun", 7) == 0 &&
            lower[length] == '\0')
            return true;
        for (size_t i = 0; i < sizeof more / sizeof *more; i++)
            if (strcmp(lower, more[i]) == 0)
                return true;
    }
    return false;
}

bool slice_has_word_of(struct slice phrase, const char *name)
{
    char word[WORD_LOWER], other[WORD_LOWER], initials[16];
    size_t count = 0;
    for (size_t at = 0; word_next(slice_of(name), &at, word) > 0;) {
        if (strlen(word) <= 3)
            continue;
        if (count + 1 < sizeof initials)
            initials[count++] = word[0];
        for (size_t in = 0; word_next(phrase, &in, other) > 0;)
            if (strcmp(word, other) == 0)
                return true;
    }
    initials[count] = '\0';
    for (size_t in = 0; word_next(phrase, &in, other) > 0;)
        if ((count > 1 && strcmp(initials, other) == 0) ||
            strcasecmp(name, other) == 0)
            return true;
    return false;
}

size_t list_number(struct slice sentence)
{
    size_t at = 0, begin;
    bool is_open = at < sentence.length && sentence.data[at] == '(';
    at += is_open;
    for (begin = at; at < sentence.length && at < begin + 3 &&
                     isdigit((unsigned char)sentence.data[at]);)
        at++;
    if (at == begin && is_open && at < sentence.length &&
        islower((unsigned char)sentence.data[at]))
        at++;
    if (at == begin || at + 1 >= sentence.length ||
        (sentence.data[at] != ')' && (is_open || sentence.data[at] != '.')))
        return 0;
    for (begin = ++at; at < sentence.length &&
                       (sentence.data[at] == ' ' || sentence.data[at] == '\t');)
        at++;
    return at > begin && at < sentence.length ? at : 0;
}

/* "13 May", "May 13": no perhaps. */
static bool is_month_of_may(const char *lower, const char *at)
{
    if (strncmp(at, "may", 3) != 0 || is_word_byte(at[3]))
        return false;
    const char *behind = at + 3 + strspn(at + 3, " ,");
    const char *before = at;
    while (before > lower && before[-1] == ' ')
        before--;
    return (*behind >= '0' && *behind <= '9') ||
           (before > lower &&
            (isdigit((unsigned char)before[-1]) ||
             (before - lower > 2 && isdigit((unsigned char)before[-3]))));
}

bool sentence_has_reserve(struct slice sentence)
{
    enum { SENTENCE_MAX = 4096 };
    char lower[SENTENCE_MAX];
    size_t kept = 0, length;
    if (sentence.length + 1 > SENTENCE_MAX)
        return true;
    for (size_t i = 0; i < sentence.length; i++) {
        unsigned char byte = (unsigned char)sentence.data[i];
        if (byte == '?')
            return true;
        /* A curly apostrophe is one (U+2019). */
        if (byte == 0xE2 && i + 2 < sentence.length &&
            (unsigned char)sentence.data[i + 1] == 0x80 &&
            (unsigned char)sentence.data[i + 2] == 0x99) {
            lower[kept++] = '\'';
            i += 2;
        } else {
            lower[kept++] =
                byte == '\n' || byte == '.' ? ' ' : lower_of((char)byte);
        }
    }
    lower[kept] = '\0';
    for (const char *at = lower; *at != '\0';) {
        while (*at != '\0' && !is_word_byte(*at))
            at++;
        if (*at != '\0' && kind_in(&reserve_table, at, &length) != NULL &&
            !is_month_of_may(lower, at))
            return true;
        while (is_word_byte(*at))
            at++;
    }
    return false;
}

const char *verb_frame(struct slice trigger)
{
    char lower[PHRASE_LOWER];
    if (!phrase_lower(trigger, lower))
        return NULL;
    const struct table_row *row = table_find(&act_frame_table, slice_of(lower));
    return row != NULL ? row->columns[0] : NULL;
}

struct slice word_before_place(struct slice text, uint32_t begin)
{
    const struct slice none = {text.data, 0};
    char lower[PHRASE_LOWER];
    size_t length, end = begin, from;
    while (end > 0 && text.data[end - 1] == ' ')
        end--;
    for (from = end; from > 0 && is_word_byte(text.data[from - 1]);)
        from--;
    if (end - from == 3 && strncasecmp(text.data + from, "the", 3) == 0) {
        while (from > 0 && text.data[from - 1] == ' ')
            from--;
        while (from > 0 && is_word_byte(text.data[from - 1]))
            from--;
    }
    struct slice word = {text.data + from, end - from};
    if (!phrase_lower(word, lower))
        return none;
    const char *kind = word_kind(lower, &length);
    return kind != NULL && strcmp(kind, "before") == 0 ? word : none;
}

bool is_lowered(struct slice text, struct span phrase, bool begins_sentence)
{
    char lower[PHRASE_LOWER];
    size_t length;
    char first = text.data[phrase.begin];
    struct span head = phrase;
    if (!begins_sentence || first < 'A' || first > 'Z' ||
        (phrase.begin + 1 < phrase.end && text.data[phrase.begin + 1] >= 'A' &&
         text.data[phrase.begin + 1] <= 'Z'))
        return false;
    if (head.end - head.begin >= PHRASE_LOWER)
        head.end = head.begin + PHRASE_LOWER - 2;
    if (!phrase_lower(slice_at(text, head), lower))
        return false;
    if (strncmp(lower, "the ", 4) == 0 || strncmp(lower, "his ", 4) == 0 ||
        strncmp(lower, "her ", 4) == 0 || strncmp(lower, "our ", 4) == 0 ||
        strncmp(lower, "their ", 6) == 0)
        return true;
    const char *kind = word_kind(lower, &length);
    return kind != NULL && strncmp(lower, "mr", 2) != 0 &&
           strncmp(lower, "dr", 2) != 0 && strncmp(lower, "ms", 2) != 0 &&
           strncmp(lower, "miss", 4) != 0 && strncmp(lower, "sir", 3) != 0 &&
           strncmp(lower, "hon.", 4) != 0;
}

/* Labels and dates ------------------------------------------------------- */

const char *act_label(const char *code)
{
    if (code == NULL)
        return "act";
    const struct table_row *row = table_find(&act_label_table, slice_of(code));
    return row != NULL ? row->columns[0] : code;
}

unsigned act_grave(const char *code)
{
    const struct table_row *row =
        code != NULL ? table_find(&act_label_table, slice_of(code)) : NULL;
    return row != NULL && row->columns[1] != NULL
               ? (unsigned)(row->columns[1][0] - '0')
               : 9;
}

static const char *const months[12] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

/* Of "2019-05-13", "2019-05" or "2019"; 0 where there is none. */
static void date_parts(const char *date, unsigned parts[3])
{
    parts[0] = parts[1] = parts[2] = 0;
    if (date == NULL || strlen(date) < 4)
        return;
    for (size_t part = 0, at = 0; part < 3; part++) {
        size_t digits = part == 0 ? 4 : 2;
        for (size_t i = 0; i < digits; i++, at++) {
            if (date[at] < '0' || date[at] > '9') {
                parts[part] = 0;
                return;
            }
            parts[part] = parts[part] * 10 + (unsigned)(date[at] - '0');
        }
        if (date[at] != '-')
            return;
        at++;
    }
}

static void one_date(const unsigned parts[3], char words[TELL_DATE])
{
    if (parts[0] == 0)
        words[0] = '\0';
    else if (parts[1] < 1 || parts[1] > 12)
        snprintf(words, TELL_DATE, "%u", parts[0] % 10000);
    else if (parts[2] == 0)
        snprintf(words, TELL_DATE, "%s %u", months[parts[1] - 1],
                 parts[0] % 10000);
    else
        snprintf(words, TELL_DATE, "%u %s %u", parts[2] % 100,
                 months[parts[1] - 1], parts[0] % 10000);
}

static unsigned month_length(unsigned year, unsigned month)
{
    static const unsigned char lengths[12] = {31, 28, 31, 30, 31, 30,
                                              31, 31, 30, 31, 30, 31};
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month < 1 || month > 12)
        return 0;
    return lengths[month - 1] + (month == 2 && is_leap ? 1u : 0u);
}

void date_words(const char *first, const char *last, char words[TELL_DATE])
{
    unsigned from[3], to[3];
    char begin[TELL_DATE], end[TELL_DATE];
    date_parts(first != NULL ? first : last, from);
    date_parts(last != NULL ? last : first, to);
    /* What was worked out from "in 1992" is 1992, not two days. */
    if (from[0] == to[0] && from[1] == 1 && from[2] == 1 && to[1] == 12 &&
        to[2] == 31)
        from[1] = from[2] = to[1] = to[2] = 0;
    else if (from[0] == to[0] && from[1] == to[1] && from[2] == 1 &&
             to[2] >= 28 && to[2] == month_length(to[0], to[1]))
        from[2] = to[2] = 0;
    one_date(from, begin);
    one_date(to, end);
    if (strcmp(begin, end) == 0)
        snprintf(words, TELL_DATE, "%s", begin);
    else if (from[0] == to[0] && from[1] == to[1] && from[2] != 0)
        snprintf(words, TELL_DATE, "%u to %.40s", from[2] % 100, end);
    else
        snprintf(words, TELL_DATE, "%.28s to %.28s", begin, end);
}
