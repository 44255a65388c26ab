/*
 * citation_name.c - the names of instruments: those of the table, and those
 * that end (or begin) with a word for law: "the Bonded Labour System
 * (Abolition) Act, 1992", "the Law on Assemblies".
 */
#include "citation.h"

#include "token.h"

enum { KEY_MAX = 192, GROUP_MOST = 5 };

/* Words that may stand within a name though they have no capital. */
static bool is_joiner(const struct text *text, uint32_t token)
{
    static const char *const joiners[] = {"of", "the", "and",    "on", "for",
                                          "in", "to",  "&",      "-",  "'",
                                          "’",  "s",   "against"};
    for (size_t i = 0; i < sizeof joiners / sizeof *joiners; i++)
        if (word_is(text, token, joiners[i]) ||
            slice_equals(word_at(text, token), slice_of(joiners[i])))
            return true;
    return false;
}

const struct table_row *law_word_at(const struct text *text, uint32_t at,
                                    uint32_t end, uint32_t *length)
{
    char buffer[WORD_KEY_MAX];
    *length = 1;
    if (at + 2 < end && word_is_glued(text, at + 1) &&
        word_is_glued(text, at + 2) &&
        slice_equals(word_at(text, at + 1), slice_of("/"))) {
        struct slice key = word_key(text, (struct span){at, at + 3}, buffer);
        const struct table_row *row = table_find(&law_table, key);
        *length = 3;
        if (row != NULL)
            return row;
        *length = 1;
    }
    struct slice key = word_key(text, (struct span){at, at + 1}, buffer);
    const struct table_row *row = table_find(&law_table, key);
    if (row != NULL && key.length <= 5 && at + 1 < end &&
        word_is_glued(text, at + 1) &&
        slice_equals(word_at(text, at + 1), slice_of(".")))
        *length = 2;
    return row;
}

/* The kind of instrument that a word with a capital says; NULL for none. */
static const char *kind_of(const struct text *text, uint32_t at, uint32_t end)
{
    uint32_t length;
    if (at >= end || !word_is_capital(text, at))
        return NULL;
    const struct table_row *row = law_word_at(text, at, end, &length);
    if (row == NULL)
        return NULL;
    if (row->columns[0][0] == 'k')
        return row->columns[1];
    /* "Rules on Grievances", "Standing Orders": heads that are names too. */
    if (row->columns[0][0] == 'p' && strcmp(row->columns[1], "plural") == 0)
        return row->key;
    return NULL;
}

/* The longest name of the table that begins at `at`. */
static struct instrument of_table(const struct text *text, uint32_t at,
                                  uint32_t end)
{
    char key[KEY_MAX];
    size_t length = 0;
    struct instrument found = {.tokens = {at, at}};
    for (uint32_t next = at; next < end && next - at < INSTRUMENT_TOKENS_MOST;
         next++) {
        char part[WORD_KEY_MAX];
        struct slice word = word_key(text, (struct span){next, next + 1}, part);
        bool is_apart = next > at && !word_is_glued(text, next);
        if (word.length == 0 || length + word.length + is_apart > KEY_MAX)
            break;
        if (is_apart)
            key[length++] = ' ';
        memcpy(key + length, word.data, word.length);
        length += word.length;
        const struct table_row *row =
            table_from(&instrument_table, (struct slice){key, length});
        if (row == NULL || row->length < length ||
            memcmp(row->key, key, length) != 0)
            break;
        if (row->length == length)
            found = (struct instrument){.tokens = {at, next + 1},
                                        .canonical = row->columns[0],
                                        .kind = row->columns[1]};
    }
    return found;
}

/* "(Abolition)" within a name: behind the bracket; else the token given. */
static uint32_t group_end(const struct text *text, uint32_t at, uint32_t end)
{
    if (!slice_equals(word_at(text, at), slice_of("(")) || at + 2 >= end ||
        !word_is_capital(text, at + 1))
        return at;
    for (uint32_t next = at + 2; next < end && next - at <= GROUP_MOST; next++)
        if (slice_equals(word_at(text, next), slice_of(")")))
            return next + 1;
    return at;
}

/* Words with capitals, joiners and groups from `at`, until the first word
 * that is none, or that opens another provision. */
static uint32_t capitals_end(const struct text *text, uint32_t at, uint32_t end)
{
    uint32_t last = at;
    uint32_t next = at;
    while (next < end && next - at < INSTRUMENT_TOKENS_MOST) {
        uint32_t length;
        uint32_t group = group_end(text, next, end);
        const struct table_row *row = law_word_at(text, next, end, &length);
        if (row != NULL && row->columns[0][0] == 'h' && next > at)
            break;
        if (group > next && next > at) {
            next = last = group;
        } else if (word_is_capital(text, next)) {
            last = ++next;
        } else if (next > at && is_joiner(text, next)) {
            next++;
        } else {
            break;
        }
    }
    return last;
}

/* "2014/028" of "Law No. 2014/028" and "169" of "Convention 169". */
static uint32_t serial_end(const struct text *text, uint32_t at, uint32_t end)
{
    uint32_t next = at;
    if (next + 1 < end && word_is(text, next, "no"))
        next += 1 + slice_equals(word_at(text, next + 1), slice_of("."));
    if (next >= end || !(token_flags(text, next) & CHARACTER_NUMBER))
        return at;
    for (next++; next + 1 < end && word_is_glued(text, next) &&
                 word_is_glued(text, next + 1) &&
                 (slice_equals(word_at(text, next), slice_of("/")) ||
                  slice_equals(word_at(text, next), slice_of("-")));)
        next += 2;
    return next;
}

/* "on", "against", "relating", "of": what a name that begins with its kind
 * goes on with. */
static bool goes_on(const struct text *text, uint32_t at, uint32_t end)
{
    return at + 1 < end &&
           (word_is(text, at, "on") || word_is(text, at, "against") ||
            word_is(text, at, "for") ||
            (word_is(text, at, "of") && word_is_capital(text, at + 1)));
}

/* A name that no table has: capitals up to the first word for law, and on
 * from there where that is how it goes on. */
static struct instrument as_written(const struct text *text, uint32_t at,
                                    uint32_t end)
{
    uint32_t last = capitals_end(text, at, end);
    for (uint32_t next = at; next < last; next++) {
        const char *kind = kind_of(text, next, last);
        if (kind == NULL)
            continue;
        uint32_t behind = next + 1;
        uint32_t serial = serial_end(text, behind, end);
        if (serial > behind) {
            behind = serial;
        } else if (goes_on(text, behind, end) &&
                   (next == at || strcmp(kind, "act") != 0)) {
            uint32_t rest = capitals_end(text, behind + 1, end);
            behind = rest > behind + 1 ? rest : behind;
        } else if (next == at) {
            break; /* the word alone: a short form, or nothing */
        }
        return (struct instrument){.tokens = {at, behind}, .kind = kind};
    }
    return (struct instrument){.tokens = {at, at}};
}

/* Behind articles and what points back; *is_said: "the said". */
static uint32_t determiners_end(const struct text *text, uint32_t at,
                                uint32_t end, bool *is_said)
{
    static const char *const pointers[] = {"said", "same", "aforesaid",
                                           "that", "this", "above"};
    uint32_t next = at;
    *is_said = false;
    while (next < end && next - at < 4) {
        bool points = false;
        for (size_t i = 0; i < sizeof pointers / sizeof *pointers; i++)
            points |= word_is(text, next, pointers[i]);
        bool is_numeral = token_flags(text, next) & CHARACTER_NUMBER &&
                          next + 1 < end &&
                          word_is(text, next + 1, "constitution");
        if (!points && !is_numeral &&
            !(word_kinds(text, next) & (WORD_DETERMINER | WORD_POSSESSIVE)))
            break;
        *is_said |= points;
        next++;
    }
    return next;
}

/* Behind "Fund's" and "Kenyan" before a name. */
static uint32_t owner_end(const struct text *text, uint32_t at, uint32_t end)
{
    char buffer[WORD_KEY_MAX];
    if (at + 3 < end && word_is_capital(text, at) &&
        word_is_apostrophe(text, at + 1) && word_is(text, at + 2, "s"))
        return at + 3;
    struct slice key = word_key(text, (struct span){at, at + 1}, buffer);
    if (at + 1 < end && table_find(&country_table, key) != NULL &&
        kind_of(text, at + 1, end) != NULL)
        return at + 1;
    return at;
}

struct instrument instrument_at(const struct text *text, uint32_t at,
                                uint32_t end)
{
    bool is_said;
    uint32_t first = determiners_end(text, at, end, &is_said);
    struct instrument none = {.tokens = {at, at}};
    if (first >= end)
        return none;
    struct instrument found = of_table(text, first, end);
    if (!span_is_empty(found.tokens))
        return found;
    uint32_t owned = owner_end(text, first, end);
    const char *kind = kind_of(text, owned, end);
    found = as_written(text, owned, end);
    bool is_constitution = kind != NULL && strcmp(kind, "constitution") == 0;
    if (!span_is_empty(found.tokens) && !is_constitution)
        return found;
    if (kind == NULL)
        return owned > first ? as_written(text, first, end) : none;
    if (!is_constitution)
        return (struct instrument){
            .tokens = {owned, owned + 1}, .kind = kind, .is_short = true};
    found.tokens.begin = at;
    if (found.tokens.end <= owned)
        found.tokens.end = owned + 1;
    found.kind = kind;
    return found;
}

/* A word that a name may have: in lines all in capitals, "UNDER" and the like
 * are no more part of one than "under". */
static bool is_name_word(const struct text *text, uint32_t at)
{
    return is_joiner(text, at) ||
           (word_is_capital(text, at) &&
            !(word_is_all_capitals(text, at) && word_kinds(text, at) != 0));
}

struct instrument instrument_around(const struct text *text, uint32_t token,
                                    uint32_t begin, uint32_t end)
{
    uint32_t first = token;
    while (first > begin && token - first < INSTRUMENT_TOKENS_MOST &&
           is_name_word(text, first - 1))
        first--;
    for (uint32_t at = first; at <= token; at++) {
        if (!word_is_capital(text, at))
            continue;
        struct instrument found = of_table(text, at, end);
        if (found.tokens.end > token)
            return found;
    }
    while (first < token && is_joiner(text, first))
        first++;
    struct instrument found = as_written(text, first, end);
    if (found.tokens.end > token)
        return found;
    return (struct instrument){.tokens = {token, token}};
}

struct instrument instrument_before(const struct text *text, uint32_t begin,
                                    uint32_t end)
{
    uint32_t least = end - begin > INSTRUMENT_TOKENS_MOST
                         ? end - INSTRUMENT_TOKENS_MOST
                         : begin;
    for (uint32_t at = least; at < end; at++) {
        if (!word_is_capital(text, at))
            continue;
        struct instrument found = of_table(text, at, end);
        if (found.tokens.end == end)
            return found;
        found.kind = kind_of(text, at, end);
        if (at + 1 == end && found.kind != NULL)
            return (struct instrument){
                .tokens = {at, end},
                .kind = found.kind,
                .is_short = strcmp(found.kind, "constitution") != 0};
    }
    return (struct instrument){.tokens = {end, end}};
}

uint32_t instrument_year_end(const struct text *text, uint32_t at, uint32_t end)
{
    uint32_t next = at;
    next += next < end && slice_equals(word_at(text, next), slice_of(","));
    if (next < end && word_is(text, next, "of"))
        next++;
    struct slice year =
        next < end ? word_at(text, next) : (struct slice){"", 0};
    if (year.length == 4 && (year.data[0] == '1' || year.data[0] == '2') &&
        token_flags(text, next) & CHARACTER_NUMBER)
        at = next + 1;
    if (at + 3 < end && slice_equals(word_at(text, at), slice_of("(")) &&
        (word_is(text, at + 1, "act") || word_is(text, at + 1, "cap") ||
         word_is(text, at + 1, "no") || word_is(text, at + 1, "chapter")))
        for (next = at + 2; next < end && next - at <= GROUP_MOST; next++)
            if (slice_equals(word_at(text, next), slice_of(")")))
                return next + 1;
    return at;
}
