/*
 * page_signs.c - what a single line shows by itself, wherever it stands: a
 * date, a reference, a writer's name, the name of a paper.
 */
#include "dateline.h"
#include "page.h"
#include "token.h"

enum { LINE_WORDS_LONG = 25 }; /* no date is looked for in longer ones */

static struct span behind_head(const struct line *line)
{
    struct span tokens = {line->head_end, line->tokens.end};
    return tokens;
}

/* "By Ruth Nyaboke": a name follows. */
bool line_is_byline(const struct text *text, const struct line *line)
{
    enum { WORDS_MOST = 14 };
    struct span name = behind_head(line);
    if (line->head != HEAD_BYLINE || line->words > WORDS_MOST ||
        line->looks & LOOK_SENTENCES)
        return false;
    if (name.begin == name.end) /* "By our correspondent" */
        return line->words > 2;
    return (token_is_capitalised(text, name.begin) ||
            token_is(text, name.begin, ':') ||
            token_is(text, name.begin, '@')) &&
           (!(line->looks & LOOK_STOPPED) || line->looks & LOOK_TITLED);
}

/* Nothing, or what sets off a remark, follows the date. */
static bool is_set_off(const struct text *text, uint32_t token, uint32_t end)
{
    return token == end || !(token_flags(text, token) & CHARACTER_WORD) ||
           text->tokens.items[token].begin - text->tokens.items[token - 1].end >
               1;
}

/* "Date: …", "Published: … | Updated …", "Sworn at Mutare this 2nd day of
 * June 2003" */
static bool is_headed_date(const struct text *text, const struct line *line)
{
    enum { WORDS_MOST = 16, TOKENS_BETWEEN_MOST = 8 };
    uint32_t begin = line->head_end;
    uint32_t end = line->tokens.end;
    if (line->head != HEAD_DATELINE || line->words > WORDS_MOST)
        return false;
    if (begin < end && token_is(text, begin, ':'))
        begin++;
    struct written_date date = written_date_at(text, begin, end);
    if (date.has_day && (date.has_year || date.end == end))
        return true;
    for (uint32_t i = begin; i < end && i < begin + TOKENS_BETWEEN_MOST; i++) {
        date = written_date_at(text, i, end);
        if (date.has_day && date.has_year)
            return is_set_off(text, date.end, end);
    }
    return false;
}

/* A price, a page, a number of pages: few words that are no sentence. */
static bool is_beside_date(const struct text *text, struct span tokens)
{
    enum { WORDS_MOST = 5 };
    unsigned words = 0;
    for (uint32_t i = tokens.begin; i < tokens.end; i++) {
        if (token_is(text, i, ':'))
            return false;
        words += (token_flags(text, i) & CHARACTER_WORD) != 0;
    }
    return words <= WORDS_MOST &&
           !(token_flags(text, tokens.begin) & CHARACTER_LOWER);
}

/* Behind the date of "Freetown, Tuesday 12 August 2008    Le 1,000", where
 * something stands beside it; tokens.begin where there is no such thing. */
static uint32_t folio_date_end(const struct text *text, const struct line *line)
{
    enum { PLACE_TOKENS_MOST = 6 };
    struct span tokens = line->tokens;
    if (line->looks & (LOOK_LABEL | LOOK_NUMBERED | LOOK_HANDLE | LOOK_STOPPED))
        return tokens.begin;
    for (uint32_t i = tokens.begin;
         i < tokens.end && i < tokens.begin + PLACE_TOKENS_MOST; i++) {
        struct written_date date = written_date_at(text, i, tokens.end);
        bool is_open = i == tokens.begin || token_is(text, i - 1, ',');
        struct span rest = {date.end, tokens.end};
        if (date.has_year && date.has_day && is_open)
            return rest.begin < rest.end && is_beside_date(text, rest)
                       ? rest.begin
                       : tokens.begin;
        if (!token_is_capitalised(text, i) && !token_is(text, i, ','))
            break;
    }
    return tokens.begin;
}

/* Whether the whole line is a date and nothing else. */
static bool is_bare_date(const struct text *text, struct span tokens)
{
    struct written_date date = written_date_at(text, tokens.begin, tokens.end);
    /* A weekday alone is none. */
    bool is_full =
        date.has_year || (date.has_day && date.end > tokens.begin + 1);
    return is_full && date_at_end(text, tokens) == tokens.begin;
}

bool line_is_date(const struct text *text, const struct line *line)
{
    if (folio_date_end(text, line) > line->tokens.begin)
        return true;
    if (is_headed_date(text, line))
        return true;
    return !(line->looks & LOOK_SENTENCES) && is_bare_date(text, line->tokens);
}

bool line_is_reference(const struct text *text, const struct line *line)
{
    if (is_reference_code(text, line->tokens))
        return true;
    if (line->head != HEAD_REFERENCE)
        return false;
    for (uint32_t i = line->head_end; i < line->tokens.end; i++)
        if (token_flags(text, i) & CHARACTER_NUMBER)
            return line->words <= 12;
    return false;
}

/* The name of a paper: "The Nairobi Ledger". */
bool is_publication(const struct text *text, struct span tokens)
{
    enum { WORDS_MOST = 6 };
    unsigned words = 0;
    bool has_media = false;
    for (uint32_t i = tokens.begin; i < tokens.end; i++) {
        unsigned ways = word_ways(text, i);
        if (!(token_flags(text, i) & CHARACTER_WORD))
            continue;
        if (!token_is_capitalised(text, i) &&
            !(ways & (WORD_PARTICLE | WORD_STARTER)))
            return false;
        if ((ways & (WORD_DOCUMENT | WORD_MEDIA)) == WORD_DOCUMENT)
            return false;
        has_media |= (ways & WORD_MEDIA) != 0;
        words++;
    }
    return has_media && words > 1 && words <= WORDS_MOST;
}

static bool has_way(const struct text *text, struct span tokens, unsigned way)
{
    for (uint32_t i = tokens.begin; i < tokens.end; i++)
        if (word_ways(text, i) & way)
            return true;
    return false;
}

static bool are_capitals(const struct text *text, struct span tokens)
{
    bool found = false;
    for (uint32_t i = tokens.begin; i < tokens.end; i++) {
        if (!(token_flags(text, i) & CHARACTER_LETTER))
            continue;
        if (!token_is_capitals(text, i))
            return false;
        found = true;
    }
    return found;
}

static bool are_capitalised(const struct text *text, struct span tokens)
{
    for (uint32_t i = tokens.begin; i < tokens.end; i++)
        if (token_flags(text, i) & CHARACTER_WORD &&
            !token_is_capitalised(text, i) &&
            !(word_ways(text, i) & WORD_PARTICLE))
            return false;
    return true;
}

static bool is_parting(uint32_t code)
{
    return code == ',' || code == '|' || code == 0xB7 || code == 0x2022 ||
           code == '/' || code == '-' || code == 0x2013 || code == 0x2014;
}

static bool has_quote(const struct text *text, struct span tokens)
{
    for (uint32_t i = tokens.begin; i < tokens.end; i++)
        if (token_is(text, i, '"') || token_is(text, i, 0x201C) ||
            token_is(text, i, 0x2018) || token_is(text, i, 0xAB))
            return true;
    return false;
}

/* What stands before the date at the end of a line. */
static enum part_kind kind_before_date(const struct text *text,
                                       const struct line *line,
                                       struct span before)
{
    enum { PLACE_TOKENS_MOST = 7 };
    uint32_t last = before.end - 1;
    if (slice_equals(token_bytes(text, last), slice_of("dated")) ||
        slice_equals(token_bytes(text, last), slice_of("DATED")))
        return PART_DATELINE;
    if (!is_parting(token_code(text, last)))
        return PART_BODY;
    if (line_is_byline(text, line))
        return PART_BYLINE;
    if (is_publication(text, before))
        return PART_CREDIT;
    bool is_place = are_capitalised(text, before) && !has_quote(text, before) &&
                    before.end - before.begin <= PLACE_TOKENS_MOST &&
                    !has_way(text, before, WORD_DOCUMENT) &&
                    !has_way(text, before, WORD_OFFICE);
    bool is_title = are_capitals(text, before) && before.end - before.begin > 2;
    return is_place && !is_title ? PART_DATELINE : PART_HEADLINE;
}

/* Where the date at the end of the line begins, a place behind it included:
 * "… - 29 March 2005 - Belém"; tokens.end where there is none. */
static uint32_t last_date(const struct text *text, struct span tokens)
{
    enum { PLACE_TOKENS_MOST = 3 };
    uint32_t at = date_at_end(text, tokens);
    if (at < tokens.end || tokens.end - tokens.begin < PLACE_TOKENS_MOST)
        return at;
    for (uint32_t i = tokens.end - 2;
         i > tokens.begin && i + PLACE_TOKENS_MOST >= tokens.end; i--) {
        struct span place = {i + 1, tokens.end};
        if (is_parting(token_code(text, i)) && token_has_gap(text, i + 1) &&
            are_capitalised(text, place) &&
            token_flags(text, i + 1) & CHARACTER_LETTER)
            at = date_at_end(text, (struct span){tokens.begin, i});
        if (at < i)
            return at;
        at = tokens.end;
    }
    return at;
}

bool line_is_place_and_date(const struct text *text, const struct line *line)
{
    struct span tokens = line->tokens;
    if (line_is_date(text, line))
        return true;
    if (line->words > LINE_WORDS_LONG || line->looks & LOOK_SENTENCES)
        return false;
    uint32_t at = last_date(text, tokens);
    return at > tokens.begin && at < tokens.end &&
           kind_before_date(text, line, (struct span){tokens.begin, at}) ==
               PART_DATELINE;
}

/* The token behind the first wide gap of the line; tokens.end: none. */
static uint32_t behind_gap(const struct text *text, struct span tokens)
{
    enum { WIDE = 3 };
    for (uint32_t i = tokens.begin + 1; i < tokens.end; i++)
        if (text->tokens.items[i].begin - text->tokens.items[i - 1].end >= WIDE)
            return i;
    return tokens.end;
}

/* "Ref: A/5          14 May 2019": what stands left of a date. */
static bool decide_columns(const struct text *text, struct line *line)
{
    uint32_t gap = behind_gap(text, line->tokens);
    struct span left = {line->tokens.begin, gap};
    struct span right = {gap, line->tokens.end};
    uint32_t head_end;
    if (gap == line->tokens.end || line->columns > 2)
        return false;
    bool is_headed = line_head_of(text, right, &head_end) == HEAD_DATELINE;
    if (!is_headed && last_date(text, right) == right.end)
        return false;
    if (line_is_reference(text, line) || is_reference_code(text, left))
        line_decide(line, PART_DATELINE);
    else
        line_split(line, are_capitals(text, left) ? PART_HEADLINE : PART_BODY,
                   gap, PART_DATELINE);
    return true;
}

static void decide_date(const struct text *text, struct line *line)
{
    uint32_t end = folio_date_end(text, line);
    uint32_t code = token_code(text, end);
    bool is_cut = end > line->tokens.begin && code != ',' && code != '.' &&
                  code != 0xB7 && code != 0x2022 && code != '|';
    if (is_cut)
        line_split(line, PART_DATELINE, end, PART_BODY);
    else
        line_decide(line, PART_DATELINE);
}

static bool decide_last_date(const struct text *text, struct line *line)
{
    struct span tokens = line->tokens;
    if (line->words > LINE_WORDS_LONG || line->looks & LOOK_SENTENCES)
        return false;
    uint32_t at = last_date(text, tokens);
    if (at == tokens.end || at == tokens.begin ||
        !written_date_at(text, at, tokens.end).has_year)
        return false;
    enum part_kind kind =
        kind_before_date(text, line, (struct span){tokens.begin, at});
    if (kind == PART_BODY)
        return false;
    if (kind == PART_DATELINE)
        line_decide(line, kind);
    else
        line_split(line, kind, at, PART_DATELINE);
    return true;
}

bool line_decide_dated(const struct text *text, struct line *line)
{
    if (decide_columns(text, line))
        return true;
    if (line_is_date(text, line)) {
        decide_date(text, line);
        return true;
    }
    if (line_is_reference(text, line)) {
        line_decide(line, PART_DATELINE);
        return true;
    }
    return decide_last_date(text, line);
}
