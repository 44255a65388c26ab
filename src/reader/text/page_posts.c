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

/* "Kadzo82 · 17 May 2011, 7:52 am", "moderator, 28-07-09 08:30": a name
 * without @, set off from day and hour, and text directly below. */
static bool is_named_head(const struct page *page, size_t i)
{
    enum { WORDS_MOST = 14, NAME_TOKENS_MOST = 9 };
    const struct line *line = &page->lines[i];
    const struct text *text = page->text;
    if (line->words > WORDS_MOST || i + 1 == page->count ||
        line->looks & (LOOK_DECIDED | LOOK_HANDLE | LOOK_NUMBERED) ||
        !(line->looks & LOOK_BLOCK) || line[1].looks & LOOK_BLOCK)
        return false;
    struct span tokens = line->tokens;
    uint32_t last = token_code(text, tokens.end - 1);
    if (last == ')' || last == ':' || last == ']')
        tokens.end--;
    if (tokens.end == tokens.begin)
        return false;
    uint32_t at = date_at_end(text, tokens);
    if (at == tokens.end || at < tokens.begin + 2 ||
        at > tokens.begin + NAME_TOKENS_MOST)
        return false;
    uint32_t mark = at - 1;
    return written_date_at(text, at, tokens.end).has_time &&
           (!(token_flags(text, mark) & CHARACTER_WORD) ||
            word_ways(text, mark) & (WORD_STARTER | WORD_SAYING | WORD_CLOCK));
}

static bool looks_like_post_head(const struct page *page, size_t i)
{
    enum { WORDS_MOST = 16 };
    const struct line *line = &page->lines[i];
    if (page->has_named_posts && is_named_head(page, i))
        return true;
    if (!(line->looks & LOOK_HANDLE) || line->words > WORDS_MOST ||
        line->looks & (LOOK_DECIDED | LOOK_STOPPED))
        return false;
    if (is_bare_name(page, i))
        return !(line->looks & LOOK_SENTENCES);
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

/* Begins with a day and an hour, as messages and the entries of a log do. */
static bool is_timed(const struct text *text, const struct line *line)
{
    uint32_t begin = line->tokens.begin;
    begin += token_is(text, begin, '[');
    return written_date_at(text, begin, line->tokens.end).has_time;
}

/* Messages with their writers on the same line, when there are several and
 * few lines with a time are none: those are the entries of a log. */
static void decide_messages(struct page *page)
{
    enum { MESSAGES_LEAST = 2 };
    size_t count = 0;
    size_t entries = 0;
    for (size_t i = 0; i < page->count; i++) {
        const struct line *line = &page->lines[i];
        if (message_begin(page->text, line) > line->tokens.begin)
            count++;
        else
            entries += is_timed(page->text, line);
    }
    if (count < MESSAGES_LEAST || 2 * entries > count)
        return;
    for (size_t i = 0; i < page->count; i++) {
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

/* "From: …" with a date below it, as over each letter of a mailing list. */
static bool is_mail_head(const struct page *page, size_t i)
{
    enum { LINES_MOST = 4 };
    const struct line *line = &page->lines[i];
    if (line->head != HEAD_SENDER || !token_is(page->text, line->head_end, ':'))
        return false;
    for (size_t j = i + 1; j < page->count && j < i + LINES_MOST &&
                           !(page->lines[j].looks & LOOK_BLOCK);
         j++)
        if (line_is_date(page->text, &page->lines[j]))
            return true;
    return false;
}

static void decide_mail_line(const struct text *text, struct line *line)
{
    if (line->head == HEAD_SENDER)
        line_decide(line, PART_BYLINE);
    else if (line_is_date(text, line))
        line_decide(line, PART_DATELINE);
    else if (line->head == HEAD_SUBJECT)
        line_decide(line, PART_HEADLINE);
    else
        line_decide(line, PART_BODY);
}

/* The letters of a list, one below the other; one alone is a letter. */
static void decide_mails(struct page *page)
{
    enum { MAILS_LEAST = 2 };
    size_t count = 0;
    for (size_t i = 0; i < page->count; i++)
        count += is_mail_head(page, i);
    bool is_within = false;
    for (size_t i = 0; i < page->count && count >= MAILS_LEAST; i++) {
        struct line *line = &page->lines[i];
        if (is_mail_head(page, i)) {
            size_t end = block_end(page, i);
            for (size_t j = i; j < end; j++)
                decide_mail_line(page->text, &page->lines[j]);
            i = end - 1;
            is_within = true;
        } else if (is_within && !(line->looks & LOOK_DECIDED)) {
            bool is_above_head =
                line->looks & LOOK_BLOCK && i + 1 < page->count &&
                !(line[1].looks & LOOK_BLOCK) && is_mail_head(page, i + 1);
            line_decide(line, is_above_head ? PART_HEADLINE : PART_POST);
        }
    }
}

void page_decide_posts(struct page *page)
{
    enum { NAMED_LEAST = 2 };
    decide_messages(page);
    decide_mails(page);
    size_t named = 0;
    for (size_t i = 0; i < page->count; i++)
        named += is_named_head(page, i);
    page->has_named_posts = named >= NAMED_LEAST;
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
