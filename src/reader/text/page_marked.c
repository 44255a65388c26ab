/*
 * page_marked.c - lines that say themselves what they are, wherever they
 * stand: "Read also: …", "PHOTO: …", bullets, tables, adverts.
 */
#include "page.h"
#include "speaker_label.h"
#include "token.h"

/* Whether the head of the line is set off: "Photo: …", "Watch | …", or makes
 * the whole line. */
static bool is_set_off(const struct text *text, const struct line *line)
{
    uint32_t end = line->head_end;
    if (end >= line->tokens.end)
        return true;
    uint32_t code = token_code(text, end);
    bool is_dash = code == '-' || (code >= 0x2012 && code <= 0x2014);
    return code == ':' || code == '|' || code == '>' || code == 0xBB ||
           code == ')' || code == ']' ||
           (is_dash && token_has_gap(text, end + 1));
}

static bool has_long_head(const struct line *line)
{
    return line->head_end > line->tokens.begin + 1;
}

/* "REUTERS/Name", "AFP/Name", "(AFP)", "– Xinhua" */
static bool is_agency_line(const struct text *text, const struct line *line)
{
    enum { WORDS_MOST = 6 };
    uint32_t i = line->tokens.begin;
    if (line->words > WORDS_MOST)
        return false;
    while (i < line->tokens.end && !(token_flags(text, i) & CHARACTER_WORD))
        i++;
    if (i == line->tokens.end || !(word_ways(text, i) & WORD_AGENCY) ||
        !token_is_capitals(text, i))
        return false;
    bool is_marked = i > line->tokens.begin;
    return token_is(text, i + 1, '/') || (is_marked && line->words <= 2);
}

static bool decide_by_head(const struct text *text, struct line *line)
{
    enum { LINK_WORDS_MOST = 25, CREDIT_WORDS_MOST = 20 };
    bool is_set = is_set_off(text, line);
    bool is_prose = line->looks & LOOK_SENTENCES;
    switch (line->head) {
    case HEAD_LINK:
        if ((!is_set && (!has_long_head(line) || line->looks & LOOK_STOPPED)) ||
            line->words > LINK_WORDS_MOST)
            return false;
        line_decide(line, PART_LINK);
        return true;
    case HEAD_ADVERT:
        if ((!is_set && !has_long_head(line)) || line->words > LINK_WORDS_MOST)
            return false;
        line_decide(line, PART_ADVERT);
        return true;
    case HEAD_CAPTION:
        if (!is_set && !has_long_head(line))
            return false;
        line_decide(line, PART_CAPTION);
        return true;
    case HEAD_CREDIT:
        /* ©: sentences about rights may follow. */
        if ((!is_set && (!has_long_head(line) || is_prose) &&
             !token_is(text, line->tokens.begin, 0xA9)) ||
            line->words > CREDIT_WORDS_MOST)
            return false;
        line_decide(line, PART_CREDIT);
        return true;
    default:
        return false;
    }
}

/* One to four words with capitals: who took a picture. */
static bool is_short_name(const struct text *text, struct span tokens)
{
    enum { WORDS_MOST = 4 };
    unsigned words = 0;
    for (uint32_t i = tokens.begin; i < tokens.end; i++) {
        if (!(token_flags(text, i) & CHARACTER_WORD))
            continue;
        if (!token_is_capitalised(text, i) &&
            !(word_ways(text, i) & WORD_PARTICLE))
            return false;
        if (++words > WORDS_MOST)
            return false;
    }
    return words > 0;
}

/* The last sentence of a caption, "Photo by M. Tessema", "PHOTO/Ann Dube":
 * where it begins, or the line's end. */
static uint32_t last_credit(const struct text *text, const struct line *line)
{
    uint32_t begin = line->tokens.begin;
    uint32_t stop = line->tokens.end;
    while (--stop > begin + 1) {
        uint32_t end;
        if (!token_is(text, stop - 1, '.') && !token_is(text, stop - 1, '"') &&
            !token_is(text, stop - 1, 0x201D))
            continue;
        enum line_head head =
            line_head_of(text, (struct span){stop, line->tokens.end}, &end);
        if (head == HEAD_CREDIT ||
            (head == HEAD_CAPTION && end < line->tokens.end &&
             is_short_name(text, (struct span){end, line->tokens.end})))
            return stop;
    }
    return line->tokens.end;
}

/* A bracket or sentence at the end of a caption that names the
 * photographer. */
static void part_credit(const struct text *text, struct line *line)
{
    uint32_t last = line->tokens.end - 1;
    uint32_t credit = last_credit(text, line);
    if (credit < line->tokens.end) {
        line_split(line, PART_CAPTION, credit, PART_CREDIT);
        return;
    }
    if (!token_is(text, last, ')') && !token_is(text, last, ']'))
        return;
    uint32_t open = last;
    while (open > line->tokens.begin && !token_is(text, open, '(') &&
           !token_is(text, open, '['))
        open--;
    if (open == line->tokens.begin)
        return;
    uint32_t end;
    enum line_head head =
        line_head_of(text, (struct span){open + 1, last}, &end);
    if (head == HEAD_CREDIT || head == HEAD_CAPTION ||
        word_ways(text, open + 1) & WORD_AGENCY ||
        is_short_name(text, (struct span){open + 1, last}))
        line_split(line, PART_CAPTION, open, PART_CREDIT);
}

static bool is_bullet_sign(uint32_t code)
{
    switch (code) {
    case 0x2022: /* • */
    case 0x2023: /* ‣ */
    case 0x2043: /* ⁃ */
    case 0x25AA: /* ▪ */
    case 0x25AB: /* ▫ */
    case 0x25CF: /* ● */
    case 0x25CB: /* ○ */
    case 0x25E6: /* ◦ */
    case 0x25A0: /* ■ */
    case 0x25BA: /* ► */
    case 0x2192: /* → */
    case 0x27A2: /* ➢ */
    case 0x2713: /* ✓ */
    case 0xF0B7: /* what word processors leave */
    case 0xB7:
    case '*':
        return true;
    default:
        return false;
    }
}

/* Dashes are bullets only in company: alone they may open a speech. */
static bool is_dash_item(const struct page *page, size_t line)
{
    if (line >= page->count)
        return false;
    struct span tokens = page->lines[line].tokens;
    uint32_t code = token_code(page->text, tokens.begin);
    return (code == '-' || code == 0x2013) && tokens.end > tokens.begin + 1 &&
           token_has_gap(page->text, tokens.begin + 1);
}

static bool is_bullet(const struct page *page, size_t i)
{
    struct span tokens = page->lines[i].tokens;
    if (is_dash_item(page, i))
        return is_dash_item(page, i + 1) ||
               (i > 0 && (is_dash_item(page, i - 1) ||
                          page->lines[i - 1].looks & LOOK_COLON));
    return is_bullet_sign(token_code(page->text, tokens.begin)) &&
           tokens.end > tokens.begin + 1 &&
           token_has_gap(page->text, tokens.begin + 1);
}

/* Rows of a table stand in company and agree in their columns. */
static bool is_row(const struct page *page, size_t i)
{
    enum { WORDS_OF_SENTENCES_MOST = 20 };
    if (i >= page->count)
        return false;
    const struct line *line = &page->lines[i];
    /* The dots of a leader may look like the end of a sentence; "A. Dube
     * ..... Plaintiff" stands above a court's paper. */
    return line->columns > 0 &&
           (!(line->looks & LOOK_SENTENCES) ||
            line->words <= WORDS_OF_SENTENCES_MOST) &&
           !(word_ways(page->text, line->tokens.end - 1) & WORD_PARTY);
}

/* "Admissions:" directly above the rows. */
static bool is_table_title(const struct page *page, size_t i)
{
    enum { WORDS_MOST = 5 };
    const struct line *line = &page->lines[i];
    char buffer[TOKEN_WORD_SIZE];
    bool is_table = slice_equals(
        token_lower(page->text, line->tokens.begin, buffer), slice_of("table"));
    return line->words <= WORDS_MOST &&
           (line->looks & LOOK_COLON || is_table) &&
           line_looks(line,
                      LOOK_BLOCK | LOOK_CAPITAL | LOOK_STOPPED | LOOK_LABEL,
                      LOOK_BLOCK | LOOK_CAPITAL) &&
           i + 1 < page->count && !(line[1].looks & LOOK_BLOCK);
}

static size_t table_end(const struct page *page, size_t begin)
{
    enum { ROWS_LEAST = 2, NARROW_ROWS_LEAST = 3 };
    size_t end = begin;
    unsigned widest = 0;
    while (is_row(page, end) &&
           (end == begin || !(page->lines[end].looks & LOOK_BLOCK))) {
        if (page->lines[end].columns > widest)
            widest = page->lines[end].columns;
        end++;
    }
    size_t least = widest > 1 ? ROWS_LEAST : NARROW_ROWS_LEAST;
    return end - begin >= least ? end : begin;
}

/* "Comments", "12 comments" on a line of its own: what follows was written by
 * readers. */
static bool opens_comments(const struct page *page, size_t i)
{
    enum { WORDS_MOST = 4 };
    const struct line *line = &page->lines[i];
    if (line->words > WORDS_MOST || i == 0 ||
        line->looks & (LOOK_STOPPED | LOOK_OPEN))
        return false;
    if (line->head == HEAD_COMMENT)
        return true;
    uint32_t end;
    struct span behind = {line->tokens.begin + 1, line->tokens.end};
    return token_flags(page->text, line->tokens.begin) & CHARACTER_NUMBER &&
           behind.begin < behind.end &&
           line_head_of(page->text, behind, &end) == HEAD_COMMENT &&
           end == behind.end;
}

/* "Mothers at the gate. Photo: Peter Awuor", without a word before it. */
static bool is_bare_caption(const struct text *text, const struct line *line)
{
    enum { WORDS_MOST = 30 };
    return line->words <= WORDS_MOST &&
           line_looks(line, LOOK_SENTENCES | LOOK_LABEL | LOOK_NUMBERED,
                      LOOK_SENTENCES) &&
           last_credit(text, line) < line->tokens.end;
}

void page_decide_given(struct page *page)
{
    const struct text *text = page->text;
    size_t mark = 0;
    for (size_t i = 0; i < page->count && mark < text->mark_count; i++) {
        struct line *line = &page->lines[i];
        const uint32_t begin = text->tokens.items[line->tokens.begin].begin;
        while (mark < text->mark_count && text->marks[mark].span.end <= begin)
            mark++;
        if (mark == text->mark_count || text->marks[mark].span.begin > begin ||
            text->marks[mark].kind == PART_BODY)
            continue;
        line_decide(line, text->marks[mark].kind);
        if (line->kind == PART_CAPTION)
            part_credit(text, line);
    }
}

void page_decide_marked(struct page *page)
{
    const struct text *text = page->text;
    for (size_t i = 0; i < page->count; i++) {
        struct line *line = &page->lines[i];
        if (line->looks & LOOK_DECIDED)
            continue;
        size_t end = table_end(page, i);
        if (end == i && is_table_title(page, i) &&
            table_end(page, i + 1) > i + 1)
            end = table_end(page, i + 1);
        if (end > i) {
            for (; i < end; i++)
                line_decide(&page->lines[i], PART_TABLE);
            i--;
        } else if (line->looks & LOOK_LABEL ||
                   (text->labels.count > 0 &&
                    is_stage_direction(text, line->tokens))) {
            line_decide(line, PART_BODY);
        } else if (line->looks & LOOK_ADDRESS) {
            line_decide(line, PART_LINK);
        } else if (token_is(text, line->tokens.begin, '>') &&
                   line->tokens.end > line->tokens.begin + 1) {
            line_decide(line, PART_QUOTED_DOCUMENT);
        } else if (is_bullet(page, i)) {
            line_decide(line, PART_BULLET);
        } else if (is_agency_line(text, line)) {
            line_decide(line, PART_CREDIT);
        } else if (opens_comments(page, i)) {
            for (; i < page->count; i++)
                line_decide(&page->lines[i], PART_COMMENT);
        } else if (decide_by_head(text, line)) {
            if (line->kind == PART_CAPTION)
                part_credit(text, line);
        } else if (is_bare_caption(text, line)) {
            part_credit(text, line);
        }
    }
}
