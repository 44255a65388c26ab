/*
 * line.c - measuring paragraphs. Only the first words of long ones are looked
 * at: those are running text in any case.
 */
#include "line.h"

#include "token.h"

/* Counts words and capitals. */
struct tally {
    unsigned words;
    unsigned titled;
    unsigned small;         /* that a title would have with a capital */
    unsigned letters_small; /* words with small letters */
};

static void tally_word(const struct text *text, uint32_t token,
                       struct tally *tally)
{
    unsigned flags = token_flags(text, token);
    tally->words++;
    if (!(flags & CHARACTER_LETTER))
        return;
    if (!token_is_capitals(text, token) &&
        flags & (CHARACTER_UPPER | CHARACTER_LOWER))
        tally->letters_small++;
    bool is_particle = word_ways(text, token) & (WORD_PARTICLE | WORD_STARTER);
    if (token_is_capitalised(text, token))
        tally->titled++;
    else if (flags & CHARACTER_LOWER && token_has_gap(text, token) &&
             !is_particle)
        tally->small++;
}

static bool is_handle(const struct text *text, uint32_t token, uint32_t end)
{
    return token_is(text, token, '@') && token + 1 < end &&
           token_has_gap(text, token) && !token_has_gap(text, token + 1) &&
           token_flags(text, token + 1) & CHARACTER_WORD;
}

static unsigned look_at_words(const struct text *text, struct line *line)
{
    struct tally tally = {0};
    unsigned looks = 0;
    for (uint32_t i = line->tokens.begin;
         i < line->tokens.end && tally.words <= LINE_WORDS_MOST; i++) {
        if (token_flags(text, i) & CHARACTER_WORD)
            tally_word(text, i, &tally);
        else if (is_handle(text, i, line->tokens.end) ||
                 (token_is(text, i, '(') && token_is(text, i + 1, '@')))
            looks |= LOOK_HANDLE;
    }
    line->words = (uint8_t)tally.words;
    if (tally.letters_small == 0 && tally.titled > 0)
        looks |= LOOK_CAPITALS;
    if (tally.small == 0 && tally.titled > 0)
        looks |= LOOK_TITLED;
    return looks;
}

static bool is_closing_mark(uint32_t code)
{
    return code == 0x201D || code == 0x2019 || code == 0xBB || code == '"' ||
           code == '\'' || code == ')' || code == ']';
}

static unsigned look_at_end(const struct text *text, struct span tokens)
{
    uint32_t last = tokens.end - 1;
    while (last > tokens.begin && is_closing_mark(token_code(text, last)))
        last--;
    switch (token_code(text, last)) {
    case '.':
    case '?':
    case '!':
    case 0x2026: /* … */
    case 0x3002: /* 。 */
    case 0x061F: /* ؟ */
    case 0x0964: /* । */
        return LOOK_STOPPED;
    case ':':
        return LOOK_COLON;
    case '-': /* ":-" */
        return token_is(text, last - 1, ':') ? LOOK_COLON : LOOK_OPEN;
    case ',':
    case ';':
    case 0x2013:
    case 0x2014:
        return LOOK_OPEN;
    default:
        return 0;
    }
}

/* "3." "3)" "(a)" "a." "1/" — but not "A.", which may be an initial. */
static bool is_numbered(const struct text *text, uint32_t first, uint32_t end)
{
    if (first + 1 >= end || token_length(text, first, 4) > 3 ||
        token_has_gap(text, first + 1))
        return false;
    unsigned flags = token_flags(text, first);
    uint32_t mark = token_code(text, first + 1);
    if (flags & CHARACTER_NUMBER)
        return mark == '.' || mark == ')' || mark == '/';
    return flags & CHARACTER_LETTER && token_length(text, first, 2) == 1 &&
           (mark == ')' || (mark == '.' && flags & CHARACTER_LOWER));
}

static unsigned look_at_begin(const struct text *text, struct span tokens)
{
    uint32_t first = tokens.begin;
    unsigned looks = 0;
    uint32_t code = token_code(text, first);
    if (code == 0x201C || code == '"' || code == 0xAB || code == 0x2018)
        looks |= LOOK_QUOTED;
    if (code == '(')
        first++;
    if (is_numbered(text, first, tokens.end))
        looks |= LOOK_NUMBERED;
    if (token_is_capitalised(text, first) ||
        token_flags(text, first) & CHARACTER_NUMBER)
        looks |= LOOK_CAPITAL;
    return looks;
}

/* http://…, www.…, without any white space. */
static bool is_address(const struct text *text, struct span tokens)
{
    char buffer[TOKEN_WORD_SIZE];
    struct slice word = token_lower(text, tokens.begin, buffer);
    struct span bytes = text_bytes_of(text, tokens);
    if (!slice_equals(word, slice_of("http")) &&
        !slice_equals(word, slice_of("https")) &&
        !slice_equals(word, slice_of("www")))
        return false;
    for (uint32_t i = bytes.begin; i < bytes.end; i++)
        if (text->bytes.data[i] == ' ')
            return false;
    return tokens.end - tokens.begin > 2;
}

/* Whether the dots of a leader, four and more, end before the token. */
static bool is_behind_leader(const struct text *text, struct span tokens,
                             uint32_t token)
{
    enum { DOTS_LEAST = 4 };
    if (token < tokens.begin + DOTS_LEAST + 1)
        return false;
    for (uint32_t i = token - DOTS_LEAST; i < token; i++)
        if (!token_is(text, i, '.') && !token_is(text, i, '_'))
            return false;
    return !token_is(text, token, '.') && !token_is(text, token, '_');
}

/* Tabs, runs of three spaces and more, |, and leaders ("......") between its
 * tokens. */
static uint8_t count_columns(const struct text *text, struct span tokens)
{
    enum { WIDE = 3, MOST = 100 };
    unsigned count = 0;
    for (uint32_t i = tokens.begin; i < tokens.end && count < MOST; i++) {
        count += token_is(text, i, '|');
        count += is_behind_leader(text, tokens, i);
        if (i == tokens.begin)
            continue;
        uint32_t begin = text->tokens.items[i - 1].end;
        uint32_t end = text->tokens.items[i].begin;
        bool is_wide = end - begin >= WIDE;
        for (uint32_t at = begin; at < end && at < begin + WIDE; at++) {
            if (text->bytes.data[at] == '\t') {
                is_wide = true;
                break;
            }
            is_wide &= text->bytes.data[at] == ' ';
        }
        count += is_wide;
    }
    return (uint8_t)count;
}

static void measure(const struct text *text, struct line *line)
{
    uint32_t first = line->tokens.begin;
    uint32_t head_end;
    if (token_is(text, first, '[') || token_is(text, first, '('))
        first++;
    line->head = (uint8_t)line_head_of(
        text, (struct span){first, line->tokens.end}, &head_end);
    line->head_end = head_end;
    line->split = line->tokens.end;
    line->kind = PART_BODY;
    line->kind_after = PART_BODY;
    line->looks = (uint16_t)(look_at_words(text, line) |
                             look_at_begin(text, line->tokens) |
                             look_at_end(text, line->tokens));
    if (token_opens_block(text, line->tokens.begin))
        line->looks |= LOOK_BLOCK;
    if (line->words <= LINE_WORDS_MOST) {
        line->columns = count_columns(text, line->tokens);
        if (is_address(text, line->tokens))
            line->looks |= LOOK_ADDRESS;
    }
}

struct line *lines_measure(const struct text *text, struct arena *arena,
                           struct error *error)
{
    size_t count = text->paragraphs.count;
    struct line *lines = arena_take(arena, count, sizeof *lines, error);
    if (lines == NULL)
        return NULL;
    size_t sentence = 0;
    size_t label = 0;
    for (size_t i = 0; i < count; i++) {
        lines[i].tokens = text->paragraphs.items[i];
        measure(text, &lines[i]);
        size_t first = sentence;
        while (sentence < text->sentences.count &&
               text->sentences.items[sentence].begin < lines[i].tokens.end)
            sentence++;
        if (sentence - first > 1)
            lines[i].looks |= LOOK_SENTENCES;
        if (label < text->labels.count &&
            text->labels.items[label].first == i) {
            lines[i].looks |= LOOK_LABEL;
            label++;
        }
    }
    return lines;
}
