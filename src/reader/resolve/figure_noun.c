/*
 * figure_noun.c - what a number counts: "eleven [rubber rounds]", "seven of
 * [the women]", "312 head of [cattle]". No parser: words up to the first that
 * cannot stand within a noun phrase; of these the first plural.
 */
#include "figure.h"

enum { NOUN_WORDS_MOST = 6 };

static const struct table_row *row_of(const struct table *table,
                                      const struct text *text, uint32_t token)
{
    char buffer[WORD_KEY_MAX];
    return table_find(table,
                      word_key(text, (struct span){token, token + 1}, buffer));
}

/* "people", "huts": a word that is known to be counted. */
static bool is_counted(const struct text *text, uint32_t token)
{
    const struct table_row *row = row_of(&count_word_table, text, token);
    return row != NULL &&
           (row->columns[0][0] == 'p' || row->columns[0][0] == 't' ||
            row->columns[0][0] == 'v') &&
           strcmp(row->columns[0], "time") != 0;
}

static bool is_plural(const struct text *text, uint32_t token)
{
    struct slice word = word_at(text, token);
    return is_counted(text, token) ||
           (word.length > 3 && (word.data[word.length - 1] | 0x20) == 's' &&
            (word.data[word.length - 2] | 0x20) != 's');
}

/* Words at which the phrase must stop. */
static bool is_outside(const struct text *text, uint32_t token)
{
    const struct table_row *harm = row_of(&harm_table, text, token);
    return !word_has_letters(text, token) ||
           (word_kinds(text, token) & ~(uint32_t)WORD_NO_NAME) != 0 ||
           (harm != NULL && !is_counted(text, token));
}

static bool is_hyphen(const struct text *text, uint32_t token, uint32_t end)
{
    return token + 1 < end && word_is_glued(text, token) &&
           word_is_glued(text, token + 1) &&
           slice_equals(word_at(text, token), slice_of("-"));
}

/* "injured persons", "dead bodies": an adjective of harm before a noun. */
static bool is_adjective(const struct text *text, uint32_t token, uint32_t end)
{
    return token + 1 < end && row_of(&harm_table, text, token) != NULL &&
           is_counted(text, token + 1);
}

/* The noun in the words from `at`; the whole run where none is plural. */
static struct span noun_from(const struct text *text, uint32_t at, uint32_t end,
                             bool is_one)
{
    uint32_t next = at;
    uint32_t last = at;
    uint32_t words = 0;
    while (next < end && words < NOUN_WORDS_MOST) {
        if (is_hyphen(text, next, end) && next > at) {
            next += 1;
            continue;
        }
        if (is_outside(text, next) && !is_adjective(text, next, end))
            break;
        bool ends = is_one ? is_counted(text, next) : is_plural(text, next);
        last = ++next;
        words++;
        if (ends && !(next < end && is_counted(text, next)) &&
            !(next < end && is_hyphen(text, next, end)))
            return (struct span){at, last};
    }
    /* One of something unknown: the word that follows is it. */
    if (is_one && last > at + 2)
        last = at + 2;
    if (!is_one && last > at + 1)
        last = at + 1;
    return (struct span){at, last};
}

static bool is_pronoun(const struct text *text, uint32_t token)
{
    static const char *const words[] = {"them",  "us",    "whom",
                                        "you",   "these", "those",
                                        "which", "ours",  "theirs"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word_is(text, token, words[i]))
            return true;
    return false;
}

struct span count_noun(const struct text *text, uint32_t at, uint32_t end,
                       bool is_one, uint32_t *phrase_end, bool *is_elliptic)
{
    struct span none = {at, at};
    *phrase_end = at;
    *is_elliptic = true;
    if (at >= end)
        return none;
    if (word_is(text, at, "of") && at + 1 < end) {
        uint32_t next = at + 1;
        if (is_pronoun(text, next)) {
            *phrase_end = next + 1;
            return none;
        }
        while (next < end &&
               word_kinds(text, next) & (WORD_DETERMINER | WORD_POSSESSIVE))
            next++;
        struct span noun = noun_from(text, next, end, false);
        *is_elliptic = span_is_empty(noun);
        *phrase_end = *is_elliptic ? at : noun.end;
        return *is_elliptic ? none : noun;
    }
    if (word_is(text, at, "others") || word_is(text, at, "more")) {
        *phrase_end = at + 1;
        return none;
    }
    struct span noun = noun_from(text, at, end, is_one);
    if (span_is_empty(noun))
        return none;
    *is_elliptic = false;
    *phrase_end = noun.end;
    bool is_head = noun.end + 1 < end && word_is(text, noun.end - 1, "head") &&
                   word_is(text, noun.end, "of");
    if (is_head) {
        noun = noun_from(text, noun.end + 1, end, false);
        *phrase_end = noun.end;
    }
    return noun;
}
