/*
 * phrase.c - see phrase.h.
 */
#include "phrase.h"

enum { PHRASE_TOKENS_MAX = 16, BARE_TOKENS_MAX = 3 };

static const uint32_t STOPS = WORD_CONJUNCTION | WORD_AUXILIARY |
                              WORD_OUTER_PREPOSITION | WORD_RELATIVE |
                              WORD_OBJECT | WORD_ADVERB;

/* Marks that a phrase runs across: hyphens, apostrophes, "&", the stop of an
 * abbreviation, a handle's "@". */
static bool joins(const struct text *text, uint32_t token, uint32_t end)
{
    struct slice word = word_at(text, token);
    if (word_is_apostrophe(text, token))
        return true;
    if (word.length != 1)
        return false;
    switch (word.data[0]) {
    case '-':
        return word_is_glued(text, token) && token + 1 < end &&
               word_is_glued(text, token + 1);
    case '&':
    case '@':
        return true;
    case '.':
        return word_is_glued(text, token) && token > 0 && token + 1 < end &&
               word_is_capital(text, token - 1) &&
               word_at(text, token - 1).length <= 4 &&
               word_is_capital(text, token + 1);
    default:
        return false;
    }
}

static bool is_stop(const struct text *text, uint32_t token, uint32_t end)
{
    if (!word_has_letters(text, token))
        return !joins(text, token, end);
    uint32_t kinds = word_kinds(text, token);
    if (kinds & WORD_DETERMINER)
        return (kinds & WORD_CONJUNCTION) != 0; /* "that" */
    return (kinds & (STOPS | WORD_SUBJECT)) != 0;
}

/* "He said residents": a verb of saying in the past is no noun, unless it
 * stands like one ("the accused"). */
static bool is_finite_verb(const struct text *text, uint32_t token)
{
    enum { PAST = 1u << 2 };
    char buffer[WORD_KEY_MAX];
    const struct table_row *row = table_find(
        &speech_table, word_key(text, (struct span){token, token + 1}, buffer));
    return row != NULL && (row->forms & PAST) &&
           !word_is_capital(text, token) &&
           (token == 0 || !(word_kinds(text, token - 1) & WORD_DETERMINER));
}

static bool is_pronoun(const struct text *text, uint32_t token)
{
    uint32_t kinds = word_kinds(text, token);
    return (kinds & WORD_SUBJECT) && !(kinds & WORD_CONJUNCTION);
}

/* Leaves out what cannot open a phrase. */
static struct span without_lead(const struct text *text, struct span phrase)
{
    while (phrase.begin < phrase.end &&
           (!word_has_letters(text, phrase.begin) ||
            (word_kinds(text, phrase.begin) & WORD_PREPOSITION)) &&
           !slice_equals(word_at(text, phrase.begin), slice_of("@")))
        phrase.begin++;
    return phrase;
}

/* Some capital makes it a name; else it is short, or it is none. */
static bool is_plausible(const struct text *text, struct span phrase,
                         bool has_determiner)
{
    bool has_capital = false;
    for (uint32_t i = phrase.begin; i < phrase.end; i++)
        has_capital |= word_is_capital(text, i);
    return has_determiner || has_capital ||
           phrase.end - phrase.begin <= BARE_TOKENS_MAX;
}

/* Walks left from `end` over one phrase, without appositions. */
static struct span plain_before(const struct text *text, uint32_t begin,
                                uint32_t end)
{
    uint32_t at = end;
    uint32_t start = end;
    bool has_determiner = false;
    if (end > begin && is_pronoun(text, end - 1))
        return (struct span){end - 1, end};
    if (end > begin && (word_kinds(text, end - 1) & WORD_PREPOSITION))
        return (struct span){end, end}; /* "in order" has no subject */
    if (end - begin > PHRASE_TOKENS_MAX)
        begin = end - PHRASE_TOKENS_MAX;
    while (at > begin && !is_stop(text, at - 1, end) &&
           !is_finite_verb(text, at - 1)) {
        at--;
        if (!(word_kinds(text, at) & WORD_DETERMINER))
            continue;
        has_determiner = true;
        start = at;
        /* "the officers at the station": on only over a preposition. */
        if (at == begin || (word_kinds(text, at - 1) & WORD_DETERMINER))
            continue;
        if (!(word_kinds(text, at - 1) & WORD_PREPOSITION))
            break;
    }
    struct span phrase = {has_determiner ? start : at, end};
    if (has_determiner && at < start) {
        /* What was left of the determiner has to be a phrase as well. */
        struct span whole = without_lead(text, (struct span){at, end});
        if (whole.begin < start &&
            (word_is_capital(text, whole.begin) ||
             (word_kinds(text, whole.begin) & WORD_DETERMINER) ||
             start - whole.begin <= BARE_TOKENS_MAX))
            phrase = whole;
    }
    phrase = without_lead(text, phrase);
    if (phrase.begin > 0 && word_is_glued(text, phrase.begin) &&
        word_is_apostrophe(text, phrase.begin - 1))
        return (struct span){end, end}; /* the "d" of "I'd" */
    if (!is_plausible(text, phrase, has_determiner))
        return (struct span){end, end};
    return phrase;
}

static bool is_comma(const struct text *text, uint32_t token)
{
    return slice_equals(word_at(text, token), slice_of(","));
}

/* "X, a spokesman for Y," or "its leader, X,": the comma before, if what
 * lies between the two opens like a phrase. */
static struct span with_apposition(const struct text *text, uint32_t begin,
                                   uint32_t comma)
{
    struct span none = {comma, comma};
    uint32_t least =
        comma - begin > PHRASE_TOKENS_MAX ? comma - PHRASE_TOKENS_MAX : begin;
    uint32_t at = comma;
    while (at > least && !is_comma(text, at - 1))
        at--;
    if (at == least)
        return none;
    bool is_opening =
        word_is_capital(text, at) || (word_kinds(text, at) & WORD_DETERMINER);
    struct span first = plain_before(text, begin, at - 1);
    if (!is_opening || span_is_empty(first))
        return none;
    return (struct span){first.begin, comma};
}

struct span phrase_before(const struct text *text, uint32_t begin, uint32_t end)
{
    if (end > begin + 1 && is_comma(text, end - 1))
        return with_apposition(text, begin, end - 1);
    struct span plain = plain_before(text, begin, end);
    if (span_is_empty(plain) || plain.begin < begin + 2 ||
        !is_comma(text, plain.begin - 1) || !word_is_capital(text, plain.begin))
        return plain;
    /* "The head teacher, Mrs Chesire, ..." without its second comma. */
    struct span first = plain_before(text, begin, plain.begin - 1);
    if (span_is_empty(first) ||
        !(word_kinds(text, first.begin) & WORD_DETERMINER))
        return plain;
    return (struct span){first.begin, end};
}

static bool opens_phrase(const struct text *text, uint32_t token)
{
    return word_is_capital(text, token) ||
           (word_kinds(text, token) & (WORD_DETERMINER | WORD_NUMBER));
}

struct span phrase_after(const struct text *text, uint32_t begin, uint32_t end)
{
    uint32_t at = begin;
    if (end - begin > PHRASE_TOKENS_MAX)
        end = begin + PHRASE_TOKENS_MAX;
    if (begin < end &&
        (word_kinds(text, begin) & (WORD_OBJECT | WORD_SUBJECT)) &&
        !(word_kinds(text, begin) & WORD_DETERMINER))
        return (struct span){begin, begin + 1};
    while (at < end && !is_stop(text, at, end)) {
        uint32_t kinds = word_kinds(text, at);
        bool is_of = word_is(text, at, "of");
        if (at > begin && (kinds & WORD_DETERMINER) &&
            !(word_kinds(text, at - 1) & (WORD_PREPOSITION | WORD_DETERMINER)))
            break; /* the next phrase */
        if ((kinds & WORD_PREPOSITION) && !is_of &&
            (at + 1 >= end || word_is(text, at, "on") ||
             word_is(text, at, "for") || word_is(text, at, "with") ||
             !opens_phrase(text, at + 1)))
            break;
        at++;
    }
    if (at < end && at > begin && (word_kinds(text, at) & WORD_ADVERB) &&
        word_at(text, at).length > 5 &&
        memcmp(word_at(text, at).data + word_at(text, at).length - 4, "self",
               4) == 0)
        at++; /* "the Commandant himself" */
    return (struct span){begin, at};
}

uint32_t phrase_head(const struct text *text, struct span phrase)
{
    uint32_t head = phrase.begin;
    for (uint32_t at = phrase.begin; at < phrase.end; at++) {
        uint32_t kinds = word_kinds(text, at);
        bool has_letters = word_has_letters(text, at);
        if (at > phrase.begin && (kinds & (WORD_PREPOSITION | STOPS)) &&
            !(kinds & WORD_DETERMINER))
            break;
        if (at > phrase.begin && !has_letters && !joins(text, at, phrase.end))
            break;
        if (has_letters && !(word_is_glued(text, at) && at > phrase.begin &&
                             word_is_apostrophe(text, at - 1)))
            head = at;
    }
    return head;
}

bool phrase_is_plural(const struct text *text, struct span phrase)
{
    static const char *const plurals[] = {"people", "men",    "women",
                                          "police", "youths", "children",
                                          "media",  "staff",  "families"};
    uint32_t head = phrase_head(text, phrase);
    struct slice word = word_at(text, head);
    for (size_t i = 0; i < sizeof plurals / sizeof *plurals; i++)
        if (word_is(text, head, plurals[i]))
            return true;
    if (word_is(text, phrase.begin, "a") || word_is(text, phrase.begin, "an"))
        return false;
    return word.length > 3 && word.data[word.length - 1] == 's' &&
           word.data[word.length - 2] != 's' &&
           word.data[word.length - 2] != 'u' && !word_is_capital(text, head);
}
