/*
 * chat_head.c - see chat_head.h.
 */
#include "chat_head.h"

#include <ctype.h>

enum { SENDER_MAX = 100 };

struct cursor {
    struct slice left;
    bool is_well;
};

static void skip(struct cursor *at, size_t count)
{
    at->left = (struct slice){at->left.data + count, at->left.length - count};
}

static bool take(struct cursor *at, const char *words)
{
    const size_t length = strlen(words);
    if (at->left.length < length || memcmp(at->left.data, words, length) != 0)
        return false;
    skip(at, length);
    return true;
}

/* Blanks, the narrow one that stands before AM, and marks of direction. */
static void skip_blanks(struct cursor *at)
{
    while (take(at, " ") || take(at, "\xE2\x80\xAF") || take(at, "\xC2\xA0") ||
           take(at, "\xE2\x80\x8E") || take(at, "\xE2\x80\x8F"))
        continue;
}

static unsigned number(struct cursor *at, size_t least, size_t most)
{
    unsigned value = 0;
    size_t digits = 0;
    while (digits < most && digits < at->left.length &&
           isdigit((unsigned char)at->left.data[digits]))
        value = value * 10 + (unsigned)(at->left.data[digits++] - '0');
    at->is_well = at->is_well && digits >= least;
    skip(at, digits);
    return value;
}

static void one_of(struct cursor *at, const char *marks)
{
    at->is_well = at->is_well && at->left.length > 0 &&
                  *at->left.data != '\0' &&
                  strchr(marks, *at->left.data) != NULL;
    if (at->is_well)
        skip(at, 1);
}

/* "AM", "p.m.": the hour of the day. */
static unsigned half_of_day(struct cursor *at, unsigned hour)
{
    static const struct {
        const char *word;
        bool is_late;
    } halves[] = {{"AM", false}, {"am", false}, {"a.m.", false},
                  {"PM", true},  {"pm", true},  {"p.m.", true}};
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
        if (take(at, halves[i].word))
            return hour % 12 + (halves[i].is_late ? 12 : 0);
    return hour;
}

static void take_date(struct cursor *at, struct chat_head *head)
{
    head->first = number(at, 1, 4);
    one_of(at, "/.-");
    head->second = number(at, 1, 2);
    one_of(at, "/.-");
    head->year = number(at, 1, 4);
    if (head->first > 31) { /* the year stands first: month, day */
        const unsigned day = head->year;
        head->year = head->first;
        head->first = day;
        at->is_well = at->is_well && day <= 31;
    }
    if (head->year < 100)
        head->year += 2000;
    (void)take(at, ",");
    skip_blanks(at);
}

static void take_time(struct cursor *at, struct chat_head *head)
{
    head->hour = number(at, 1, 2);
    one_of(at, ":.");
    head->minute = number(at, 2, 2);
    if (take(at, ":"))
        (void)number(at, 2, 2);
    skip_blanks(at);
    head->hour = half_of_day(at, head->hour);
    at->is_well = at->is_well && head->hour < 24 && head->minute < 60;
}

/* "Wanjiru: text"; what has no colon is a notice. */
static void take_sender(struct slice left, struct chat_head *head)
{
    const size_t most =
        left.length < SENDER_MAX ? left.length : (size_t)SENDER_MAX;
    head->sender = (struct slice){left.data, 0};
    head->rest = left;
    for (size_t i = 0; i + 1 < most; i++)
        if (left.data[i] == ':' && left.data[i + 1] == ' ') {
            head->sender.length = i;
            head->rest = (struct slice){left.data + i + 2, left.length - i - 2};
            return;
        }
    if (left.length > 1 && left.length <= SENDER_MAX &&
        left.data[left.length - 1] == ':')
        *head = (struct chat_head){head->first,  head->second,
                                   head->year,   head->hour,
                                   head->minute, {left.data, left.length - 1},
                                   {"", 0}};
}

bool chat_head_of(struct slice line, struct chat_head *head)
{
    struct cursor at = {line, true};
    *head = (struct chat_head){.sender = {"", 0}, .rest = {"", 0}};
    skip_blanks(&at);
    bool is_bracketed = take(&at, "[");
    take_date(&at, head);
    take_time(&at, head);
    skip_blanks(&at);
    at.is_well = at.is_well && take(&at, is_bracketed ? "]" : "-");
    skip_blanks(&at);
    if (at.is_well)
        take_sender(at.left, head);
    return at.is_well;
}

bool chat_is_one(struct slice start)
{
    enum { LINES_LOOKED_AT = 12, HEADS_LEAST = 2 };
    unsigned heads = 0;
    if (start.length > 3 && memcmp(start.data, "\xEF\xBB\xBF", 3) == 0)
        start = (struct slice){start.data + 3, start.length - 3};
    for (unsigned i = 0; i < LINES_LOOKED_AT && start.length > 0; i++) {
        const char *stop = memchr(start.data, '\n', start.length);
        const size_t length =
            stop != NULL ? (size_t)(stop - start.data) : start.length;
        struct chat_head head;
        bool is_head = chat_head_of((struct slice){start.data, length}, &head);
        if (i == 0 && !is_head)
            return false;
        heads += is_head;
        const size_t used = length + (stop != NULL);
        start = (struct slice){start.data + used, start.length - used};
    }
    return heads >= HEADS_LEAST;
}
