/*
 * stop.c - reading the marks at the end of a sentence and the word before
 * them.
 */
#include "stop.h"

#include "lexicon.h"
#include "token.h"

bool stop_is_at(const struct text *text, uint32_t token)
{
    switch (token_code(text, token)) {
    case '.':
    case '!':
    case '?':
    case 0x2026: /* … */
    case 0x203C: /* ‼ */
    case 0x203D: /* ‽ */
    case 0x2047: /* ⁇ */
    case 0x3002: /* 。 */
    case 0xFF01: /* ！ */
    case 0xFF1F: /* ？ */
    case 0x061F: /* ؟ */
    case 0x06D4: /* ۔ */
    case 0x0964: /* । */
        return true;
    default:
        return false;
    }
}

static void add_mark(struct stop *stop, uint32_t code)
{
    if (code == '.')
        stop->dots++;
    else if (code == 0x2026)
        stop->is_ellipsis = true;
    else
        stop->is_strong = true;
    if (code == 0x3002 || code == 0xFF01 || code == 0xFF1F)
        stop->is_full_width = true;
}

static bool closes_quotation(uint32_t code, bool touches)
{
    switch (code) {
    case 0x201D: /* ” */
    case 0xBB:   /* » */
    case 0x203A: /* › */
        return true;
    case '"':
    case '\'':
    case 0x2019: /* ’ */
    case 0x201C: /* “, which closes „ */
        return touches;
    default:
        return false;
    }
}

static bool is_pictograph(uint32_t code)
{
    return (code >= 0x1F000 && code <= 0x1FAFF) ||
           (code >= 0x2600 && code <= 0x27BF) || code == 0xFE0F;
}

/* "[12]", also behind white space; 0 tokens where there is none. */
static uint32_t bracketed_note_width(const struct text *text, uint32_t token,
                                     uint32_t end)
{
    bool is_note = token + 2 < end && token_is(text, token, '[') &&
                   token_flags(text, token + 1) & CHARACTER_NUMBER &&
                   token_length(text, token + 1, 4) < 4 &&
                   token_is(text, token + 2, ']');
    return is_note ? 3 : 0;
}

/* "12" set as a footnote's number right behind the stop of a word: in 3.15
 * and No.5 it is none. */
static bool is_raised_note(const struct text *text, const struct stop *stop,
                           uint32_t end)
{
    uint32_t token = stop->end;
    if (token >= end || token_has_gap(text, token) || stop->first == 0 ||
        token_has_gap(text, stop->first) ||
        !(token_flags(text, token) & CHARACTER_NUMBER) ||
        token_length(text, token, 4) > 3 || !token_has_gap(text, token + 1))
        return false;
    return stop->end > stop->marks_end ||
           (token_flags(text, stop->first - 1) & CHARACTER_LOWER &&
            token_length(text, stop->first - 1, 3) > 2 &&
            stop_behind(text, stop->first, 0, false) == STOPPED_WORD);
}

static void take_notes(const struct text *text, struct stop *stop, uint32_t end)
{
    if (is_raised_note(text, stop, end))
        stop->end++;
    uint32_t width;
    while ((width = bracketed_note_width(text, stop->end, end)) > 0)
        stop->end += width;
}

struct stop stop_at(const struct text *text, uint32_t token, uint32_t end)
{
    struct stop stop = {.first = token};
    uint32_t i = token;
    for (; i < end; i++) {
        uint32_t code = token_code(text, i);
        bool touches = i == token || !token_has_gap(text, i);
        /* ". . ." */
        bool is_spaced_dot = code == '.' && token_is(text, i - 1, '.');
        if (stop_is_at(text, i) && (touches || is_spaced_dot)) {
            add_mark(&stop, code);
            stop.marks_end = i + 1;
        } else if (closes_quotation(code, touches)) {
            stop.closes_quotation = true;
        } else if (touches && (code == ')' || code == ']')) {
            stop.closes_bracket = true;
        } else if (!is_pictograph(code)) {
            break;
        }
    }
    stop.is_ellipsis |= stop.dots > 1 && !stop.is_strong;
    stop.end = i;
    take_notes(text, &stop, end);
    return stop;
}

/* Joins "p.m" out of the tokens before the stop at `token`; empty where
 * they are no such letters with stops between. */
static struct slice dotted_letters(const struct text *text, uint32_t token,
                                   uint32_t first, char buffer[16])
{
    const struct slice none = {buffer, 0};
    uint32_t begin = token;
    while (begin > first && !token_has_gap(text, begin)) {
        bool is_letters = token_flags(text, begin - 1) & CHARACTER_LETTER &&
                          token_length(text, begin - 1, 3) < 3;
        if (!is_letters || token - begin > 8)
            return none;
        begin--;
        if (begin == first || token_has_gap(text, begin) ||
            !token_is(text, begin - 1, '.'))
            break;
        begin--;
    }
    if (token - begin < 3)
        return none;
    size_t length = 0;
    for (uint32_t i = begin; i < token; i++) {
        char word[TOKEN_WORD_SIZE];
        struct slice part = token_lower(text, i, word);
        if (length + part.length > 16)
            return none;
        memcpy(buffer + length, part.data, part.length);
        length += part.length;
    }
    return (struct slice){buffer, length};
}

static enum stopped stopped_of(enum abbreviation abbreviation,
                               bool is_capitalised)
{
    switch (abbreviation) {
    case ABBREVIATION_TITLE:
        return is_capitalised ? STOPPED_TITLE : STOPPED_WORD;
    case ABBREVIATION_INNER:
        return STOPPED_INNER;
    case ABBREVIATION_NUMBER:
        return STOPPED_COUNTED;
    case ABBREVIATION_MONTH:
        return STOPPED_MONTH;
    case ABBREVIATION_END:
        return STOPPED_ABBREVIATION;
    case ABBREVIATION_CLOCK:
        return STOPPED_CLOCK;
    case ABBREVIATION_NONE:
    default:
        return STOPPED_WORD;
    }
}

enum stopped stop_behind(const struct text *text, uint32_t token,
                         uint32_t first, bool is_small)
{
    if (token == first || token_has_gap(text, token))
        return STOPPED_WORD;
    unsigned flags = token_flags(text, token - 1);
    if (flags & CHARACTER_NUMBER)
        return STOPPED_NUMBER;
    if (!(flags & CHARACTER_LETTER))
        return STOPPED_WORD;
    char dotted[16];
    struct slice letters = dotted_letters(text, token, first, dotted);
    if (letters.length > 0) {
        enum abbreviation found = abbreviation_of(letters);
        return found == ABBREVIATION_NONE ? STOPPED_ABBREVIATION
                                          : stopped_of(found, true);
    }
    char buffer[TOKEN_WORD_SIZE];
    bool is_capitalised = is_small || token_is_capitalised(text, token - 1);
    enum stopped found = stopped_of(
        abbreviation_of(token_lower(text, token - 1, buffer)), is_capitalised);
    bool is_letter = token_length(text, token - 1, 2) == 1;
    if (is_letter && (is_capitalised || found == STOPPED_WORD))
        return STOPPED_INITIAL;
    return found;
}
