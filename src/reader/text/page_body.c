/*
 * page_body.c - what interrupts running text and what ends it: headings,
 * datelines at the head of paragraphs, signatures.
 */
#include "dateline.h"
#include "page.h"
#include "token.h"

/* What the running text looks like as a whole. */
struct body_style {
    bool is_spaced;  /* blank lines part its paragraphs */
    bool is_stopped; /* its sentences end in stops */
    bool is_loud;    /* all in capitals, as a telex */
    size_t last;     /* its last paragraph that reads as running text */
};

static struct body_style style_of(const struct page *page)
{
    enum { WORDS_LEAST = 8 };
    size_t blocks = 0;
    size_t stopped = 0;
    size_t open = 0;
    size_t loud = 0;
    size_t last = page->body;
    for (size_t i = page->body; i < page->count; i++) {
        const struct line *line = &page->lines[i];
        blocks += (line->looks & LOOK_BLOCK) != 0;
        bool is_stopped = line->looks & (LOOK_STOPPED | LOOK_COLON);
        if (line->words >= WORDS_LEAST) {
            stopped += is_stopped;
            open += !is_stopped;
            loud += (line->looks & LOOK_CAPITALS) != 0;
        }
        if ((line->words > 3 && is_stopped) || line->words >= 25 ||
            line->kind == PART_BULLET || line->kind == PART_POST)
            last = i;
    }
    return (struct body_style){
        .is_spaced = 2 * blocks >= page->count - page->body,
        .is_stopped = stopped >= open,
        .is_loud = 2 * loud > stopped + open,
        .last = last,
    };
}

static bool is_alone(const struct page *page, size_t i,
                     const struct body_style *style)
{
    return !style->is_spaced ||
           (page->lines[i].looks & LOOK_BLOCK &&
            (i + 1 == page->count || page->lines[i + 1].looks & LOOK_BLOCK));
}

/* Whether running text follows, where blank lines part paragraphs if need be
 * below one more heading: a list of short lines is no row of headings. */
static bool leads_to_text(const struct page *page, size_t i,
                          const struct body_style *style)
{
    enum { WORDS_LEAST = 5, WORDS_LONG = 15 };
    const int headings_most = style->is_spaced ? 2 : 1;
    int headings = 1;
    for (i++; i < page->count; i++) {
        const struct line *line = &page->lines[i];
        bool is_stopped = (line->looks & (LOOK_STOPPED | LOOK_COLON)) != 0;
        if (line->looks & LOOK_LABEL || line->words >= WORDS_LONG ||
            (is_stopped && line->words >= WORDS_LEAST) ||
            line->kind == PART_BULLET || line->kind == PART_TABLE)
            return true;
        if (!(line->looks & LOOK_DECIDED) && headings++ == headings_most)
            return false;
    }
    return false;
}

static bool is_heading(const struct page *page, size_t i,
                       const struct body_style *style)
{
    enum { WORDS_MOST = 12, CAPITALS_MOST = 25, NUMBERED_MOST = 6 };
    const struct line *line = &page->lines[i];
    if (line->looks & (LOOK_DECIDED | LOOK_SENTENCES | LOOK_HANDLE) ||
        line->words == 0 || i >= style->last || !leads_to_text(page, i, style))
        return false;
    if (line->head == HEAD_SUBJECT && token_is(page->text, line->head_end, ':'))
        return true;
    if (line->looks & LOOK_CAPITALS && line->words > 1 &&
        !(line->looks & LOOK_QUOTED))
        return line->words <= CAPITALS_MOST && !(line->looks & LOOK_OPEN) &&
               !(style->is_loud && line->looks & LOOK_STOPPED);
    if (!is_alone(page, i, style) || !style->is_stopped)
        return false;
    /* "4. Discussion." */
    if (line_looks(line, LOOK_NUMBERED | LOOK_TITLED | LOOK_COLON,
                   LOOK_NUMBERED | LOOK_TITLED))
        return line->words > 1 && line->words <= NUMBERED_MOST;
    return line_looks(line,
                      LOOK_CAPITAL | LOOK_STOPPED | LOOK_COLON | LOOK_OPEN |
                          LOOK_QUOTED,
                      LOOK_CAPITAL) &&
           line->words <= WORDS_MOST;
}

static bool is_closing(const struct line *line)
{
    enum { WORDS_MOST = 5 };
    return line->head == HEAD_CLOSING && line->words <= WORDS_MOST &&
           !(line->looks & (LOOK_SENTENCES | LOOK_COLON));
}

/* "Signed", "(thumbmark)", "Before me: P. Dube, Commissioner of Oaths" */
static bool is_signed(const struct line *line)
{
    enum { WORDS_MOST = 20, WORDS_PROSE = 8 };
    return line->head == HEAD_SIGNATURE &&
           line->words <=
               (line->looks & LOOK_STOPPED ? WORDS_PROSE : WORDS_MOST);
}

/* "Jarso Boneya, for the elders": a name, and in what quality it signs. */
static bool is_name_with_role(const struct text *text, const struct line *line)
{
    unsigned words = 0;
    if (line->looks & (LOOK_STOPPED | LOOK_SENTENCES | LOOK_OPEN))
        return false;
    for (uint32_t i = line->tokens.begin; i < line->tokens.end; i++) {
        if (token_is(text, i, ','))
            return words > 1;
        if (token_is(text, i, ':'))
            return false;
        if (!(token_flags(text, i) & CHARACTER_WORD))
            continue;
        if (!token_is_capitalised(text, i) || word_ways(text, i) & WORD_STARTER)
            return false;
        words++;
    }
    return false;
}

/* May stand in a signature: a name, an office, a place, a date. */
static bool is_signature_line(const struct text *text, const struct line *line)
{
    enum { WORDS_MOST = 9, ABBREVIATED_MOST = 6 };
    unsigned never = LOOK_COLON | LOOK_QUOTED | LOOK_NUMBERED | LOOK_ADDRESS;
    if (line->words == 0 || line->words > WORDS_MOST ||
        line->looks & (never | LOOK_STOPPED))
        return false;
    /* "Dr. Winda Siregar" may look like two sentences. */
    if (line->looks & LOOK_SENTENCES && line->words > ABBREVIATED_MOST)
        return false;
    return line->looks & LOOK_TITLED || is_name_with_role(text, line);
}

/* "ENDS", "-30-": neither title nor name. */
static bool is_end_mark(const struct text *text, const struct line *line)
{
    for (uint32_t i = line->tokens.begin; i < line->tokens.end; i++) {
        char buffer[TOKEN_WORD_SIZE];
        struct slice word = token_lower(text, i, buffer);
        if (token_flags(text, i) & CHARACTER_LETTER &&
            !slice_equals(word, slice_of("end")) &&
            !slice_equals(word, slice_of("ends")) &&
            !slice_equals(word, slice_of("mwisho")) &&
            !slice_equals(word, slice_of("fin")))
            return false;
    }
    return true;
}

static void decide_signature_line(const struct text *text, struct line *line)
{
    if (line->looks & LOOK_DECIDED || is_end_mark(text, line) ||
        line->head == HEAD_RECEIVER) /* "Copies: …" */
        return;
    if (line_is_date(text, line))
        line_decide(line, PART_DATELINE);
    else if (line->head == HEAD_BYLINE || is_signed(line) ||
             is_signature_line(text, line))
        line_decide(line, PART_BYLINE);
}

/* What follows "Yours faithfully", up to the next thing that is no name. */
static void decide_after_closing(struct page *page, size_t closing)
{
    enum { LINES_MOST = 12, NAME_WORDS_MOST = 6 };
    line_decide(&page->lines[closing],
                is_signed(&page->lines[closing]) ? PART_BYLINE : PART_BODY);
    for (size_t i = closing + 1; i < page->count && i <= closing + LINES_MOST;
         i++) {
        struct line *line = &page->lines[i];
        if (line->head == HEAD_RECEIVER || is_closing(line) ||
            (line->looks & LOOK_SENTENCES && line->words > NAME_WORDS_MOST))
            return;
        decide_signature_line(page->text, line);
    }
}

/* The names below the last paragraph of a document that bids no farewell. */
static void decide_below(struct page *page, size_t last)
{
    enum { LINES_MOST = 8 };
    size_t begin = last + 1;
    if (page->count - begin > LINES_MOST)
        return;
    for (size_t i = begin; i < page->count; i++)
        decide_signature_line(page->text, &page->lines[i]);
}

/* "By Ruth Nyaboke", "Drawn and filed by …", also below the text. */
static bool is_credited(const struct page *page, const struct line *line)
{
    enum { WORDS_MOST = 20 };
    return line->head == HEAD_BYLINE && line->head_end < line->tokens.end &&
           line->words <= WORDS_MOST &&
           line->head_end > line->tokens.begin + 1 &&
           token_is_capitalised(page->text, line->head_end) &&
           !(line->looks & LOOK_SENTENCES);
}

/* "By Neema Otieno", below what reads as a first paragraph. */
static bool is_titled_byline(const struct text *text, const struct line *line)
{
    enum { WORDS_MOST = 8 };
    return line->words <= WORDS_MOST && line_is_byline(text, line) &&
           line_looks(line, LOOK_TITLED | LOOK_STOPPED, LOOK_TITLED);
}

static bool is_running(const struct line *line)
{
    return !(line->looks & LOOK_DECIDED) || line->kind == PART_BODY;
}

/* Cuts "NAKURU (SPA) —" off the paragraph. */
static bool decide_dateline(const struct page *page, struct line *line,
                            bool is_first)
{
    uint32_t end = dateline_end(page->text, line->tokens, is_first);
    if (end == line->tokens.begin || line->looks & LOOK_LABEL ||
        line->split != line->tokens.end)
        return false;
    if (end == line->tokens.end)
        line_decide(line, PART_DATELINE);
    else
        line_split(line, PART_DATELINE, end, PART_BODY);
    return true;
}

void page_decide_body(struct page *page)
{
    if (page->body == page->count)
        return;
    enum { FOOT_LINES = 6 };
    struct body_style style = style_of(page);
    /* A text of one line has no report below it. */
    bool is_first = page->count > 1;
    bool has_closing = false;
    for (size_t i = page->body; i < page->count; i++) {
        struct line *line = &page->lines[i];
        bool is_low = i >= style.last || i + FOOT_LINES >= page->count;
        if ((is_closing(line) || (is_signed(line) && is_low)) &&
            is_running(line)) {
            decide_after_closing(page, i);
            has_closing |= is_closing(line);
        } else if (!(line->looks & LOOK_DECIDED)) {
            if (decide_dateline(page, line, is_first))
                is_first = false;
            else if (i > page->body && line_is_date(page->text, line))
                line_decide(line, PART_DATELINE);
            else if (i > page->body && is_heading(page, i, &style) &&
                     !is_titled_byline(page->text, line))
                line_decide(line, PART_HEADLINE);
            else if (is_credited(page, line) ||
                     (i > page->body && is_titled_byline(page->text, line)))
                line_decide(line, PART_BYLINE);
        }
        is_first &= line->kind != PART_BODY;
    }
    if (!has_closing)
        decide_below(page, style.last);
}
