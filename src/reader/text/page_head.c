/*
 * page_head.c - what stands above the running text: titles, letterheads,
 * names, dates, the address of a letter.
 *
 * The head is the lines before the first that reads as running text; a byline
 * or date shortly below a sentence shows that the sentence was a title.
 */
#include "dateline.h"
#include "page.h"
#include "token.h"

enum {
    HEAD_LINES_MOST = 24,
    TITLE_WORDS_MOST = 30, /* of a line above a byline or date */
    LINE_WORDS_LONG = 25,  /* of one that no stop ends */
};

/* Two to four words that may be a person's name and nothing else. */
static bool is_bare_name(const struct text *text, const struct line *line)
{
    if (line->words < 2 || line->words > 4 ||
        !line_looks(line, LOOK_TITLED | LOOK_CAPITALS | LOOK_STOPPED,
                    LOOK_TITLED))
        return false;
    for (uint32_t i = line->tokens.begin; i < line->tokens.end; i++) {
        unsigned flags = token_flags(text, i);
        unsigned ways = word_ways(text, i);
        if (flags & CHARACTER_NUMBER || ways & ~(unsigned)WORD_PARTICLE)
            return false;
        if (!(flags & CHARACTER_WORD) && !token_is(text, i, '.') &&
            !token_is(text, i, '-') && !token_is(text, i, '\''))
            return false;
    }
    return true;
}

/* "Taken by A. Translated from B. The witness …": the sentences that say who
 * wrote it down. */
static void decide_taken(const struct page *page, struct line *line)
{
    const struct text *text = page->text;
    if (!(line->looks & LOOK_BLOCK)) { /* it belongs to the title above */
        line_decide(line, PART_BYLINE);
        return;
    }
    size_t sentence = text_sentence_of(text, line->tokens.begin);
    uint32_t end = line->tokens.begin;
    for (; sentence < text->sentences.count; sentence++) {
        struct span tokens = text->sentences.items[sentence];
        uint32_t head_end;
        if (tokens.begin >= line->tokens.end ||
            line_head_of(text, tokens, &head_end) != HEAD_TAKEN)
            break;
        end = tokens.end;
    }
    line_split(line, PART_BYLINE, end, PART_BODY);
}

/* Reads as running text: as a sentence, or too long for anything else. */
static bool is_running(const struct line *line)
{
    enum { CAPITALS_MOST = 30, TITLE_MOST = 8 };
    if (line->looks & LOOK_LABEL)
        return true;
    if (line_looks(line, LOOK_NUMBERED | LOOK_SENTENCES | LOOK_STOPPED,
                   LOOK_NUMBERED | LOOK_SENTENCES | LOOK_STOPPED))
        return true;
    if (line->looks & LOOK_CAPITALS && line->words <= CAPITALS_MOST)
        return false;
    /* "Acme Ltd." */
    if (line_looks(line, LOOK_TITLED | LOOK_SENTENCES, LOOK_TITLED) &&
        line->words <= TITLE_MOST && line->words > 0 &&
        !(line->looks & (LOOK_QUOTED | LOOK_NUMBERED)))
        return false;
    return line->words > LINE_WORDS_LONG ||
           line->looks & (LOOK_STOPPED | LOOK_COLON | LOOK_SENTENCES);
}

static bool is_marker(const struct text *text, const struct line *line)
{
    if (line->looks & LOOK_DECIDED)
        return false;
    return line_is_byline(text, line) || line_is_date(text, line);
}

/* May stand above a byline or date though it reads as a sentence: one of the
 * first two lines, where some papers end titles with a stop. */
static bool may_be_title(const struct page *page, size_t i)
{
    enum { LINES_MOST = 2, STANDFIRST_WORDS_MOST = 45 };
    const struct line *line = &page->lines[i];
    /* What a paper sets between title and writer may be whole sentences. */
    if (i > 0 && i + 1 < page->count && line->words <= STANDFIRST_WORDS_MOST &&
        line[1].head == HEAD_BYLINE && line_is_byline(page->text, &line[1]) &&
        !(line->looks & (LOOK_LABEL | LOOK_NUMBERED)))
        return true;
    return line->words <= TITLE_WORDS_MOST &&
           !(line->looks & (LOOK_LABEL | LOOK_NUMBERED)) &&
           line->head != HEAD_SALUTATION && line->head != HEAD_TAKEN &&
           (!is_running(line) ||
            (i < LINES_MOST &&
             !(line->looks & (LOOK_SENTENCES | LOOK_COLON | LOOK_QUOTED))));
}

/* Behind the last byline or date that shortly follows what may all be titles;
 * 0 where none does. */
static size_t end_of_titles(const struct page *page)
{
    enum { LINES_MOST = 6 };
    size_t end = 0;
    for (size_t i = 0; i < page->count && i < LINES_MOST; i++) {
        if (is_marker(page->text, &page->lines[i]))
            end = i + 1;
        else if (!may_be_title(page, i) ||
                 (end > 0 && is_running(&page->lines[i])))
            break;
    }
    return end;
}

/* "Excellency,", "Dear Sir": a comma or colon ends it unless it is short. */
static bool is_salutation(const struct line *line)
{
    enum { WORDS_MOST = 8, BARE_WORDS_MOST = 5 };
    return line->head == HEAD_SALUTATION && line->words <= WORDS_MOST &&
           !(line->looks & (LOOK_STOPPED | LOOK_SENTENCES)) &&
           (line->looks & (LOOK_OPEN | LOOK_COLON) ||
            line->words <= BARE_WORDS_MOST);
}

/* A title that asks or calls, as the first line or below lines that all
 * belong to the head. */
static bool is_loud_title(const struct page *page, const struct line *line)
{
    enum { WORDS_MOST = 14, LINES_MOST = 6 };
    uint32_t last = token_code(page->text, line->tokens.end - 1);
    size_t i = (size_t)(line - page->lines);
    if (i + 1 >= page->count || i >= LINES_MOST || line->words > WORDS_MOST ||
        (last != '?' && last != '!') ||
        line->looks & (LOOK_QUOTED | LOOK_SENTENCES))
        return false;
    bool is_set_apart = i == 0 || line->looks & LOOK_BLOCK;
    return is_set_apart &&
           (line[1].looks & LOOK_BLOCK || is_marker(page->text, &line[1]));
}

/* "NOSIPHO DUBE, First Applicant", "In the matter between:", "Accused: …" */
static bool names_parties(const struct text *text, const struct line *line)
{
    enum { WORDS_MOST = 40, WORDS_BARE_MOST = 3, WORDS_ROLE_MOST = 20 };
    uint32_t last = line->tokens.end - 1;
    if (line->words > WORDS_MOST || line->looks & LOOK_LABEL)
        return false;
    while (last > line->tokens.begin &&
           !(token_flags(text, last) & CHARACTER_WORD))
        last--;
    if (word_ways(text, last) & WORD_PARTY && line->words > 1 &&
        token_is_capitalised(text, last))
        return line->words <= WORDS_ROLE_MOST && !(line->looks & LOOK_STOPPED);
    return line->head == HEAD_PARTIES &&
           (token_is(text, line->head_end, ':') || line->looks & LOOK_COLON ||
            (line->words <= WORDS_BARE_MOST &&
             line->head_end + 1 >= line->tokens.end));
}

/* Whether the first block holds nothing but headings: short lines above a
 * text whose paragraphs blank lines part. Behind its last line, or 0. */
static size_t letterhead_end(const struct page *page)
{
    enum { LINES_MOST = 6, WORDS_MOST = 12 };
    size_t end = block_end(page, 0);
    size_t blocks = 0;
    if (end > LINES_MOST || end == page->count ||
        page->lines[0].words > WORDS_MOST)
        return 0;
    for (size_t i = 0; i < end; i++)
        if (page->lines[i].words > LINE_WORDS_LONG ||
            page->lines[i].looks & (LOOK_LABEL | LOOK_NUMBERED | LOOK_HANDLE) ||
            page->lines[i].head == HEAD_TAKEN)
            return 0;
    for (size_t i = end; i < page->count; i++)
        blocks += (page->lines[i].looks & LOOK_BLOCK) != 0;
    return 2 * blocks >= page->count - end ? end : 0;
}

/* A line that is broken off within a sentence. */
static bool goes_on_below(const struct page *page, size_t i)
{
    enum { WORDS_LEAST = 8 };
    const struct line *line = &page->lines[i];
    return i + 1 < page->count && !(line[1].looks & LOOK_BLOCK) &&
           line->words >= WORDS_LEAST &&
           line_looks(line, LOOK_CAPITAL | LOOK_CAPITALS, LOOK_CAPITAL) &&
           token_flags(page->text, line[1].tokens.begin) & CHARACTER_LOWER &&
           line[1].head == HEAD_NONE;
}

/* The salutation of a letter that has only short lines above it; 0 where
 * there is none. */
static size_t find_salutation(const struct page *page)
{
    enum { WORDS_MOST = 14 };
    for (size_t i = 0; i < page->count && i < HEAD_LINES_MOST; i++) {
        const struct line *line = &page->lines[i];
        if (is_salutation(line))
            return i;
        if (line->words > WORDS_MOST || line->looks & LOOK_LABEL ||
            (line->looks & LOOK_SENTENCES &&
             !(line->looks & (LOOK_TITLED | LOOK_CAPITALS))))
            return 0;
    }
    return 0;
}

static size_t find_body(const struct page *page)
{
    size_t salutation = find_salutation(page);
    if (salutation > 0)
        return salutation;
    size_t letterhead = letterhead_end(page);
    size_t i = end_of_titles(page);
    for (; i < page->count; i++) {
        const struct line *line = &page->lines[i];
        bool is_known = line->looks & LOOK_DECIDED;
        if (is_known && line->kind != PART_BODY) {
            if (line->kind == PART_BULLET || line->kind == PART_POST ||
                line->kind == PART_TABLE)
                return i;
            continue;
        }
        if (is_salutation(line) || line->head == HEAD_TAKEN)
            return i;
        bool is_titled =
            line->words <= LINE_WORDS_LONG &&
            ((i == 0 && page->count > 1 &&
              !(line->looks & (LOOK_STOPPED | LOOK_COLON | LOOK_LABEL))) ||
             (i > 0 && i < letterhead));
        if (goes_on_below(page, i))
            return i;
        if (is_running(line) && !is_titled && !is_loud_title(page, line) &&
            !names_parties(page->text, line) &&
            !line_is_reference(page->text, line) &&
            line->head != HEAD_SUBJECT && !line_is_date(page->text, line) &&
            !line_is_byline(page->text, line))
            return i;
    }
    return page->count;
}

/* A line that stands by itself between the paper's name, date and writer. */
static bool is_next_to_date(const struct page *page, size_t i)
{
    const struct line *line = &page->lines[i];
    bool joins_next = i + 1 < page->body && !(line[1].looks & LOOK_BLOCK);
    bool joins_last = i > 0 && !(line->looks & LOOK_BLOCK);
    return (joins_next && (is_marker(page->text, &line[1]) ||
                           line_is_place_and_date(page->text, &line[1]))) ||
           (joins_last && is_marker(page->text, &line[-1])) ||
           (joins_last && line[-1].kind == PART_BYLINE);
}

/* "From Kojo Agbeko, Ahamansu", last above the report. */
static bool is_sent_from(const struct page *page, size_t i)
{
    enum { WORDS_MOST = 6 };
    const struct line *line = &page->lines[i];
    return line->head == HEAD_SENDER && i > 0 && i + 1 == page->body &&
           line->words <= WORDS_MOST &&
           line_looks(line, LOOK_TITLED | LOOK_STOPPED, LOOK_TITLED) &&
           token_is_capitalised(page->text, line->head_end);
}

static bool names_writer(const struct page *page, size_t i)
{
    const struct line *line = &page->lines[i];
    const struct text *text = page->text;
    bool is_sender =
        line->head == HEAD_SENDER && token_is(text, line->head_end, ':');
    return is_sender || line_is_byline(text, line) || is_sent_from(page, i) ||
           (i > 0 && is_bare_name(text, line) && is_next_to_date(page, i));
}

static void decide_line(struct page *page, size_t i)
{
    struct line *line = &page->lines[i];
    const struct text *text = page->text;
    if (line->looks & LOOK_DECIDED)
        return;
    bool is_receiver = line->head == HEAD_RECEIVER &&
                       line->looks & LOOK_CAPITAL &&
                       token_is(text, line->head_end, ':');
    if (names_parties(text, line) || line->head == HEAD_SUBJECT) {
        line_decide(line, PART_HEADLINE);
        return;
    }
    if (line_decide_dated(text, line))
        return;
    if (names_writer(page, i))
        line_decide(line, PART_BYLINE);
    else if (is_receiver)
        line_decide(line, PART_BODY);
    else if (is_publication(text, line->tokens) && is_next_to_date(page, i))
        line_decide(line, PART_CREDIT);
}

static bool is_open(const struct line *line)
{
    return !(line->looks & LOOK_DECIDED) && line->head != HEAD_SUBJECT;
}

static bool has_date_above(const struct page *page, size_t i)
{
    while (i-- > 0)
        if (page->lines[i].looks & LOOK_DECIDED &&
            page->lines[i].kind == PART_DATELINE)
            return true;
    return false;
}

static bool names_office(const struct text *text, struct span tokens)
{
    for (uint32_t i = tokens.begin; i < tokens.end; i++)
        if (word_ways(text, i) & WORD_OFFICE)
            return true;
    return false;
}

/* "The Chairman," above a body's name, "To" above one: whom a letter goes to,
 * in the block that begins at `i`. */
static bool opens_address(const struct page *page, size_t i)
{
    const struct line *line = &page->lines[i];
    const struct text *text = page->text;
    if (!line_looks(line, LOOK_BLOCK | LOOK_CAPITALS, LOOK_BLOCK) ||
        !is_open(line))
        return false;
    size_t end = block_end(page, i);
    for (size_t j = i; j < end; j++)
        if (line_is_byline(text, &page->lines[j]) ||
            is_running(&page->lines[j]))
            return false;
    uint32_t next = line->head_end;
    bool is_alone = end == i + 1;
    if (line->head == HEAD_RECEIVER && line->looks & LOOK_CAPITAL)
        return token_is(text, next, ':') || next + 1 >= line->tokens.end ||
               (!is_alone && (word_ways(text, next) & WORD_STARTER ||
                              token_is_capitalised(text, next)));
    return !is_alone && has_date_above(page, i) &&
           (word_ways(text, line->tokens.begin) & WORD_TITLE ||
            (word_ways(text, line->tokens.begin) & WORD_STARTER &&
             names_office(text, line->tokens)));
}

/* "Place: Mtondia, under the tree": a word or two, a colon, what is filled
 * in. */
static bool is_field(const struct page *page, size_t i)
{
    enum { TOKENS_MOST = 8, WORDS_MOST = 25 };
    if (i >= page->body)
        return false;
    const struct line *line = &page->lines[i];
    const struct text *text = page->text;
    if (!is_open(line) || line->words > WORDS_MOST ||
        !line_looks(line, LOOK_CAPITAL | LOOK_CAPITALS | LOOK_STOPPED,
                    LOOK_CAPITAL) ||
        names_parties(text, line) || line->head == HEAD_BYLINE)
        return false;
    uint32_t end = line->tokens.begin + TOKENS_MOST;
    for (uint32_t j = line->tokens.begin + 1; j < end; j++) {
        if (j + 1 >= line->tokens.end)
            return false;
        if (token_is(text, j, ':'))
            return token_has_gap(text, j + 1);
    }
    return false;
}

/* Fields stand one below the other; one alone may be a title. */
static void decide_fields(struct page *page, size_t head_end)
{
    for (size_t i = 1; i < head_end; i++) {
        size_t end = i;
        while (is_field(page, end) &&
               (end == i || !(page->lines[end].looks & LOOK_BLOCK)))
            end++;
        if (end < i + 2)
            continue;
        for (; i < end; i++)
            line_decide(&page->lines[i], PART_BODY);
        i--;
    }
}

static void decide_receivers(struct page *page, size_t head_end)
{
    for (size_t i = 0; i < head_end; i++) {
        if (!opens_address(page, i))
            continue;
        size_t end = block_end(page, i);
        for (; i < end && i < head_end; i++)
            if (is_open(&page->lines[i]))
                line_decide(&page->lines[i], PART_BODY);
        i--;
    }
}

/* Where the address above "Dear Sir" begins: behind the date, when that
 * stands above it; else with the block just above, unless that is the first,
 * which says who writes. page->body where there is none. */
static size_t address_begin(const struct page *page)
{
    size_t end = page->body;
    while (end > 0 && !is_open(&page->lines[end - 1]))
        end--;
    size_t begin = end;
    while (begin > 0 && is_open(&page->lines[begin - 1]) &&
           (begin == end || !(page->lines[begin].looks & LOOK_BLOCK)))
        begin--;
    for (size_t i = begin; i-- > 0;)
        if (page->lines[i].looks & LOOK_DECIDED &&
            page->lines[i].kind == PART_DATELINE)
            return i + 1;
    return begin > 0 ? begin : page->body;
}

/* Begins in capitals, as "COMPLAINT CONCERNING LOAN No. 7" does. */
static bool is_shouted(const struct text *text, const struct line *line)
{
    uint32_t first = line->tokens.begin;
    return line->words > 2 && token_is_capitals(text, first) &&
           token_length(text, first, 2) > 1 &&
           token_is_capitals(text, first + 1);
}

/* A block in capitals is what the letter is about. */
static void decide_address(struct page *page)
{
    bool is_subject = false;
    for (size_t i = address_begin(page); i < page->body; i++) {
        const struct line *line = &page->lines[i];
        if (line->looks & LOOK_BLOCK)
            is_subject = (line->looks & LOOK_CAPITALS && line->words > 1) ||
                         is_shouted(page->text, line);
        if (is_open(line) && !is_subject)
            line_decide(&page->lines[i], PART_BODY);
    }
}

/* One of several numbered lines: a list, as of those present. */
static bool is_listed(const struct page *page, size_t i)
{
    const struct line *line = &page->lines[i];
    return line_looks(line, LOOK_NUMBERED | LOOK_CAPITALS, LOOK_NUMBERED) &&
           ((i > 0 && line[-1].looks & LOOK_NUMBERED) ||
            (i + 1 < page->count && line[1].looks & LOOK_NUMBERED));
}

void page_decide_head(struct page *page)
{
    page->body = find_body(page);
    /* With nothing below it, nothing is a title. */
    bool has_body = page->body < page->count;
    size_t end = page->body < HEAD_LINES_MOST ? page->body : HEAD_LINES_MOST;
    for (size_t i = 0; i < end; i++)
        decide_line(page, i);
    if (!has_body)
        return;
    decide_receivers(page, end);
    decide_fields(page, end);
    if (is_salutation(&page->lines[page->body]))
        decide_address(page);
    if (page->lines[page->body].head == HEAD_TAKEN &&
        !(page->lines[page->body].looks & LOOK_DECIDED))
        decide_taken(page, &page->lines[page->body]);
    for (size_t i = 0; i < end; i++)
        if (!(page->lines[i].looks & LOOK_DECIDED))
            line_decide(&page->lines[i],
                        is_listed(page, i) ? PART_BODY : PART_HEADLINE);
}
