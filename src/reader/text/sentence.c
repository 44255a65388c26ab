/*
 * sentence.c - where sentences end, within each paragraph.
 *
 * A mark that may end one does so or not by the word before it and the words
 * behind it; nothing outside the paragraph is looked at, so that a prefix of
 * a text has the same sentences. The idea of words that begin sentences is
 * Kiss and Strunk's (Punkt, Computational Linguistics 32, 2006); ours are a
 * fixed list.
 */
#include "lexicon.h"
#include "stage.h"
#include "stop.h"
#include "token.h"

struct sentence_walk {
    struct text *text;
    struct span paragraph;
    uint32_t begin;       /* of the sentence */
    uint32_t bracket;     /* last opening bracket, or 0 */
    uint32_t whole_until; /* no sentence ends before this token */
    size_t quotation;     /* first that does not begin before this token */
    bool is_small;        /* the paragraph is in small letters */
};

/* What stands behind a stop. */
struct next {
    uint32_t token; /* the first behind opening marks */
    unsigned ways;  /* word_ways of it, when it is capitalised */
    bool is_opened; /* a quotation opens before it */
    bool is_bracketed;
    bool is_capitalised;
    bool is_small; /* a small letter */
    bool is_number;
    bool is_sign; /* no word: @, #, $, • */
};

static bool opens_quotation(uint32_t code)
{
    return code == 0x201C || code == 0x2018 || code == 0x201E || code == 0xAB ||
           code == 0x2039 || code == '"' || code == '\'' || code == '`';
}

static struct next next_at(const struct sentence_walk *walk, uint32_t token)
{
    enum { MARKS_MOST = 4 };
    const struct text *text = walk->text;
    struct next next = {.token = token};
    for (int i = 0; i < MARKS_MOST && next.token < walk->paragraph.end; i++) {
        uint32_t code = token_code(text, next.token);
        if (opens_quotation(code))
            next.is_opened = true;
        else if (code == '(' || code == '[')
            next.is_bracketed = true;
        else if (code != 0xBF && code != 0xA1) /* ¿ ¡ */
            break;
        next.token++;
    }
    if (next.token == walk->paragraph.end)
        return next;
    unsigned flags = token_flags(text, next.token);
    next.is_number = flags & CHARACTER_NUMBER;
    next.is_capitalised =
        token_is_capitalised(text, next.token) ||
        (flags & CHARACTER_LETTER && !(flags & CHARACTER_LOWER));
    next.is_small = !next.is_capitalised && flags & CHARACTER_LETTER;
    next.is_sign = !(flags & CHARACTER_WORD);
    if (next.is_capitalised || walk->is_small)
        next.ways = word_ways(text, next.token);
    return next;
}

/* Signs that begin a sentence, rather than go on with one. */
static bool begins_with_sign(const struct text *text, uint32_t token)
{
    switch (token_code(text, token)) {
    case '@':
    case '#':
    case '$':
    case 0xA3:   /* £ */
    case 0x20AC: /* € */
    case 0x2022: /* • */
    case 0x25AA: /* ▪ */
    case '[':
    case '<':
    case UTF8_INVALID:
        return true;
    default:
        return false;
    }
}

/* Whether a roman numeral or a single letter, as counts do, is there. */
static bool is_count(const struct text *text, uint32_t token)
{
    struct slice bytes = token_bytes(text, token);
    if (bytes.length == 1)
        return bytes.data[0] >= 'A' && bytes.data[0] <= 'Z';
    for (size_t i = 0; i < bytes.length; i++)
        if (strchr("IVXLC", bytes.data[i]) == NULL)
            return false;
    return true;
}

/* Whether all from the sentence's begin to the stop numbers it: "3." "3.1."
 * "(a)." "IV." "Q." */
static bool is_numbering(const struct sentence_walk *walk, uint32_t stop)
{
    enum { TOKENS_MOST = 6, DIGITS_MOST = 3 };
    const struct text *text = walk->text;
    if (stop - walk->begin > TOKENS_MOST)
        return false;
    for (uint32_t i = walk->begin; i < stop; i++) {
        unsigned flags = token_flags(text, i);
        if (i > walk->begin && token_has_gap(text, i))
            return false;
        if (flags & CHARACTER_NUMBER &&
            token_length(text, i, DIGITS_MOST + 1) > DIGITS_MOST)
            return false;
        if (flags & CHARACTER_LETTER && token_length(text, i, 2) > 1 &&
            !is_count(text, i))
            return false;
    }
    return true;
}

/* “Who is it?” Peter Odanga asked. */
static bool is_reporting(const struct sentence_walk *walk, struct next next)
{
    enum { NAMES_MOST = 4 };
    const struct text *text = walk->text;
    if (next.is_opened || next.ways & WORD_PRONOUN)
        return false;
    uint32_t i = next.token;
    for (int names = 0; names < NAMES_MOST && i < walk->paragraph.end;
         names++, i++) {
        unsigned ways = word_ways(text, i);
        if (names > 0 && ways & WORD_SAYING && !token_is_capitalised(text, i))
            return !token_has_gap(text, i + 1) || i + 1 == walk->paragraph.end;
        bool is_name = token_is_capitalised(text, i) ||
                       (ways & WORD_PARTICLE && names > 0);
        if (!is_name || (ways & WORD_STARTER && token_length(text, i, 2) > 1))
            return false;
    }
    return false;
}

/* Two sentences that somebody forgot to part: "fled.The". */
static bool is_run_together(const struct sentence_walk *walk,
                            const struct stop *stop)
{
    const struct text *text = walk->text;
    uint32_t before = stop->first - 1;
    uint32_t next = stop->end;
    if (stop->first <= walk->begin || token_has_gap(text, stop->first) ||
        !(token_flags(text, before) & CHARACTER_LETTER))
        return false;
    /* Behind a capital or another mark it may be part of a web address. */
    bool is_small_word = token_length(text, before, 2) > 1 &&
                         !token_is_capitalised(text, before) &&
                         (before == walk->begin || token_has_gap(text, before));
    if (!is_small_word && !stop->closes_quotation)
        return false;
    bool is_word = token_flags(text, next) & CHARACTER_UPPER &&
                   token_length(text, next, 2) > 1 &&
                   !token_is_capitals(text, next);
    return is_word &&
           (token_has_gap(text, next + 1) || token_is(text, next + 1, ',') ||
            token_is(text, next + 1, 0x2019) || token_is(text, next + 1, '\''));
}

/* One full stop, white space behind it. */
static bool ends_at_dot(const struct sentence_walk *walk,
                        const struct stop *stop, struct next next)
{
    const struct text *text = walk->text;
    bool is_starter = next.ways & WORD_STARTER || next.is_opened;
    if (stop->closes_quotation)
        return true;
    switch (stop_behind(text, stop->first, walk->begin, walk->is_small)) {
    case STOPPED_TITLE:
    case STOPPED_INNER:
        return false;
    case STOPPED_NUMBER:
        return true;
    case STOPPED_INITIAL:
        if (next.is_number &&
            token_flags(text, stop->first - 1) & CHARACTER_LOWER)
            return false;
        return is_starter || !(next.is_capitalised || next.is_small);
    case STOPPED_COUNTED:
        return !next.is_number && !next.is_sign &&
               !(next.is_capitalised && is_count(text, next.token));
    case STOPPED_MONTH:
    case STOPPED_ABBREVIATION:
        return is_starter || next.is_sign;
    case STOPPED_CLOCK:
        if (next.is_small)
            return is_starter;
        return !(next.ways & (WORD_CLOCK | WORD_WEEKDAY | WORD_MONTH));
    case STOPPED_WORD:
    default:
        return true;
    }
}

static bool is_inner_bracket(const struct sentence_walk *walk,
                             const struct stop *stop)
{
    return stop->closes_bracket && walk->bracket > walk->begin &&
           walk->bracket < stop->first;
}

/* Whether the sentence ends behind the stop, which is not the paragraph's
 * last thing. */
static bool ends_sentence(const struct sentence_walk *walk,
                          const struct stop *stop)
{
    const struct text *text = walk->text;
    if (!token_has_gap(text, stop->end))
        return stop->is_full_width || is_run_together(walk, stop);
    struct next next = next_at(walk, stop->end);
    if (next.token == walk->paragraph.end)
        return true;
    if (stop->first < walk->whole_until || is_numbering(walk, stop->first))
        return false;
    if (next.is_small && !walk->is_small &&
        !(next.is_opened && !next.is_bracketed && !stop->is_ellipsis))
        return false;
    if (next.is_sign && !begins_with_sign(text, next.token) &&
        !next.is_opened && !next.is_bracketed)
        return false;
    if (is_inner_bracket(walk, stop))
        return next.ways & WORD_STARTER || next.is_opened;
    if (stop->is_ellipsis)
        return !token_has_gap(text, stop->first) || next.ways & WORD_STARTER;
    if (stop->is_strong)
        return !(stop->closes_quotation && is_reporting(walk, next));
    return ends_at_dot(walk, stop, next);
}

/* A short quotation in the middle of a clause, which goes on behind it with a
 * small letter, belongs to that clause whole: youths chanting “No! No!” ran. */
static void enter_quotation(struct sentence_walk *walk, uint32_t token)
{
    enum { TOKENS_MOST = 14 };
    const struct text *text = walk->text;
    const struct quotation *items = text->quotations.items;
    uint32_t begin = text->tokens.items[token].begin;
    while (walk->quotation < text->quotations.count &&
           items[walk->quotation].span.begin < begin)
        walk->quotation++;
    if (walk->quotation == text->quotations.count)
        return;
    const struct quotation *quotation = &items[walk->quotation];
    if (quotation->span.begin != begin || !quotation->is_closed ||
        token == walk->begin ||
        !(token_flags(text, token - 1) & CHARACTER_WORD))
        return;
    uint32_t end = token;
    while (end < walk->paragraph.end && end < token + TOKENS_MOST &&
           text->tokens.items[end].end < quotation->span.end)
        end++;
    bool is_short = text->tokens.items[end].end == quotation->span.end;
    if (is_short && end + 1 < walk->paragraph.end &&
        token_flags(text, end + 1) & CHARACTER_LOWER)
        walk->whole_until = end;
}

/* Whether somebody wrote it in small letters: it begins with one, and capitals
 * are so few that names and sentences cannot have theirs. Damaged bytes may
 * look like capitals. */
static bool is_in_small_letters(const struct text *text, struct span tokens)
{
    enum { WORDS_A_CAPITAL = 25 };
    size_t words = 0;
    size_t capitals = 0;
    for (uint32_t i = tokens.begin; i < tokens.end; i++) {
        unsigned flags = token_flags(text, i);
        if (words == 0 && flags & CHARACTER_UPPER)
            return false;
        words += (flags & CHARACTER_LETTER) != 0;
        capitals += (flags & CHARACTER_UPPER) != 0;
    }
    return capitals * WORDS_A_CAPITAL <= words;
}

static bool walk_paragraph(struct sentence_walk *walk, struct arena *arena,
                           struct error *error)
{
    struct text *text = walk->text;
    walk->begin = walk->paragraph.begin;
    walk->bracket = 0;
    walk->whole_until = 0;
    walk->is_small = is_in_small_letters(text, walk->paragraph);
    for (uint32_t i = walk->begin; i < walk->paragraph.end; i++) {
        uint32_t code = token_code(text, i);
        if (code == '(' || code == '[')
            walk->bracket = i;
        enter_quotation(walk, i);
        /* "[...]", "(!)" */
        bool is_bracketed = i > walk->begin && (token_is(text, i - 1, '[') ||
                                                token_is(text, i - 1, '('));
        if (!stop_is_at(text, i) || is_bracketed)
            continue;
        struct stop stop = stop_at(text, i, walk->paragraph.end);
        i = stop.end - 1;
        if (stop.end == walk->paragraph.end || !ends_sentence(walk, &stop))
            continue;
        struct span sentence = {walk->begin, stop.end};
        if (!list_push(arena, &text->sentences, sentence, error))
            return false;
        walk->begin = stop.end;
    }
    struct span last = {walk->begin, walk->paragraph.end};
    return list_push(arena, &text->sentences, last, error);
}

bool sentences_find(struct text *text, struct arena *arena, struct error *error)
{
    struct sentence_walk walk = {.text = text};
    for (size_t i = 0; i < text->paragraphs.count; i++) {
        walk.paragraph = text->paragraphs.items[i];
        if (!walk_paragraph(&walk, arena, error))
            return false;
    }
    return true;
}
