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
    enum { LINES_MOST = 2 };
    const struct line *line = &page->lines[i];
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

static bool is_salutation(const struct line *line)
{
    enum { WORDS_MOST = 8 };
    return line->head == HEAD_SALUTATION && line->words <= WORDS_MOST &&
           !(line->looks & (LOOK_STOPPED | LOOK_SENTENCES));
}

/* A title that asks or calls, as the first line. */
static bool is_loud_title(const struct page *page, const struct line *line)
{
    enum { WORDS_MOST = 14 };
    uint32_t last = token_code(page->text, line->tokens.end - 1);
    return line == page->lines && page->count > 1 &&
           line[1].looks & LOOK_BLOCK && line->words <= WORDS_MOST &&
           (last == '?' || last == '!') &&
           !(line->looks & (LOOK_QUOTED | LOOK_SENTENCES));
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
        if (is_running(line) && !is_loud_title(page, line) &&
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
    return (joins_next && is_marker(page->text, &line[1])) ||
           (joins_last && is_marker(page->text, &line[-1])) ||
           (joins_last && line[-1].kind == PART_BYLINE);
}

static bool names_writer(const struct page *page, size_t i)
{
    const struct line *line = &page->lines[i];
    const struct text *text = page->text;
    bool is_sender =
        line->head == HEAD_SENDER && token_is(text, line->head_end, ':');
    return is_sender || line_is_byline(text, line) ||
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

static void decide_address(struct page *page)
{
    for (size_t i = address_begin(page); i < page->body; i++)
        if (is_open(&page->lines[i]))
            line_decide(&page->lines[i], PART_BODY);
}

/* One of several numbered lines: a list, as of those present. */
static bool is_listed(const struct page *page, size_t i)
{
    const struct line *line = &page->lines[i];
    return line->looks & LOOK_NUMBERED &&
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
