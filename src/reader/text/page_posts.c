/*
 * page_posts.c - posts and threads: a line with the writer's name and handle,
 * then what was written.
 */
#include "dateline.h"
#include "page.h"
#include "token.h"

/* A middle dot, a bar, a bullet: what parts the name from the time. */
static bool has_separator(const struct text *text, struct span tokens)
{
    for (uint32_t i = tokens.begin; i < tokens.end; i++) {
        uint32_t code = token_code(text, i);
        if (code == 0xB7 || code == 0x2022 || code == '|')
            return true;
    }
    return false;
}

/* The last token ends a time: a number, "2h", "PM". */
static bool ends_in_time(const struct text *text, struct span tokens)
{
    return token_flags(text, tokens.end - 1) & CHARACTER_NUMBER ||
           word_ways(text, tokens.end - 1) & WORD_CLOCK ||
           date_at_end(text, tokens) < tokens.end;
}

/* "Name @handle" and nothing else, over further lines. */
static bool is_bare_name(const struct page *page, size_t i)
{
    const struct line *line = &page->lines[i];
    const struct text *text = page->text;
    uint32_t last = line->tokens.end - 1;
    if (token_is(text, last, ')'))
        last--;
    bool ends_in_handle =
        last > line->tokens.begin + 1 && token_is(text, last - 1, '@');
    return ends_in_handle &&
           line_looks(line, LOOK_BLOCK | LOOK_CAPITAL,
                      LOOK_BLOCK | LOOK_CAPITAL) &&
           i + 1 < page->count && !(line[1].looks & LOOK_BLOCK);
}

static bool looks_like_post_head(const struct page *page, size_t i)
{
    enum { WORDS_MOST = 16 };
    const struct line *line = &page->lines[i];
    if (!(line->looks & LOOK_HANDLE) || line->words > WORDS_MOST ||
        line->looks & (LOOK_DECIDED | LOOK_STOPPED | LOOK_SENTENCES))
        return false;
    if (is_bare_name(page, i))
        return true;
    return ends_in_time(page->text, line->tokens) &&
           (has_separator(page->text, line->tokens) ||
            date_at_end(page->text, line->tokens) < line->tokens.end);
}

/* "— Name (@handle) May 16, 2019", below the post. */
static bool is_post_foot(const struct page *page, size_t i)
{
    const struct line *line = &page->lines[i];
    uint32_t code = token_code(page->text, line->tokens.begin);
    return i > 0 && looks_like_post_head(page, i) &&
           (code == '-' || code == 0x2014 || code == 0x2013);
}

/* Above a post: one must follow. */
static bool is_post_head(const struct page *page, size_t i)
{
    return i + 1 < page->count && looks_like_post_head(page, i) &&
           !is_post_foot(page, i);
}

static bool is_reply_line(const struct page *page, size_t i)
{
    enum { WORDS_MOST = 12 };
    char buffer[TOKEN_WORD_SIZE];
    const struct line *line = &page->lines[i];
    struct slice word = token_lower(page->text, line->tokens.begin, buffer);
    return line->looks & LOOK_HANDLE && line->words <= WORDS_MOST &&
           (slice_equals(word, slice_of("replying")) ||
            slice_equals(word, slice_of("retweeted")) ||
            slice_equals(word, slice_of("respondiendo")) ||
            slice_equals(word, slice_of("reposted")));
}

/* Behind the colon of "[03/04/2021, 14:02] Name:", "3/4/21, 14:02 - Name:" or
 * "@name:" at the head of a message; the line's begin where none is. */
static uint32_t message_begin(const struct text *text, const struct line *line)
{
    enum { NAME_TOKENS_MOST = 6 };
    uint32_t begin = line->tokens.begin;
    uint32_t end = line->tokens.end;
    uint32_t i = begin + token_is(text, begin, '[');
    struct written_date date = written_date_at(text, i, end);
    bool has_time = false; /* or it is a line of a chronicle */
    for (; i < date.end; i++)
        has_time |= token_is(text, i, ':');
    if (!has_time && !token_is(text, i, '@'))
        return begin;
    while (i < end && (token_is(text, i, ']') || token_is(text, i, '-') ||
                       token_is(text, i, 0x2013)))
        i++;
    uint32_t name = i;
    while (i < end && i < name + NAME_TOKENS_MOST && !token_is(text, i, ':'))
        i++;
    bool is_head = i > name && i < end && token_is(text, i, ':') &&
                   token_has_gap(text, i + 1);
    return is_head && date_at_end(text, (struct span){name, i}) == i ? i + 1
                                                                     : begin;
}

/* Messages with their writers on the same line, when there are several. */
static void decide_messages(struct page *page)
{
    enum { MESSAGES_LEAST = 2 };
    size_t count = 0;
    for (size_t i = 0; i < page->count; i++)
        count += message_begin(page->text, &page->lines[i]) >
                 page->lines[i].tokens.begin;
    for (size_t i = 0; i < page->count && count >= MESSAGES_LEAST; i++) {
        struct line *line = &page->lines[i];
        uint32_t begin = message_begin(page->text, line);
        if (begin > line->tokens.begin && !(line->looks & LOOK_DECIDED))
            line_split(line, PART_BYLINE, begin, PART_POST);
    }
}

/* Decides the lines of the post under the head at `i`, up to the line `end`
 * at most. */
static void decide_post(struct page *page, size_t i, size_t end)
{
    line_decide(&page->lines[i], PART_BYLINE);
    for (size_t j = i + 1; j < end; j++) {
        bool is_reply = is_reply_line(page, j);
        line_decide(&page->lines[j], is_reply ? PART_BYLINE : PART_POST);
    }
}

/* Behind the post under the head at `i` where it stands within a report. */
static size_t post_end(const struct page *page, size_t i)
{
    size_t end = block_end(page, i);
    bool is_alone =
        end == i + 1 || (end == i + 2 && is_reply_line(page, i + 1));
    return is_alone && end < page->count ? block_end(page, end) : end;
}

/* The block above the foot is the post. */
static void decide_foot(struct page *page, size_t i)
{
    line_decide(&page->lines[i], PART_BYLINE);
    while (i-- > 0 && !(page->lines[i].looks & LOOK_DECIDED)) {
        line_decide(&page->lines[i], PART_POST);
        if (page->lines[i].looks & LOOK_BLOCK)
            return;
    }
}

void page_decide_posts(struct page *page)
{
    decide_messages(page);
    size_t first = page->count;
    size_t heads = 0;
    for (size_t i = 0; i < page->count; i++) {
        if (!is_post_head(page, i))
            continue;
        if (heads++ == 0)
            first = i;
    }
    /* A thread is nothing but posts from its first head on. */
    bool is_thread = heads > 1 || (heads == 1 && first < block_end(page, 0));
    for (size_t i = 0; i < page->count; i++) {
        if (is_post_foot(page, i)) {
            decide_foot(page, i);
        } else if (is_post_head(page, i)) {
            size_t end = is_thread ? i + 1 : post_end(page, i);
            while (is_thread && end < page->count && !is_post_head(page, end))
                end++;
            decide_post(page, i, end);
            i = end - 1;
        }
    }
}
