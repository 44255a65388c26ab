/*
 * anchor.c - see anchor.h.
 */
#include "anchor.h"

enum { CONTEXT_BYTES = 32 };

static bool is_inside(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

struct slice anchor_prefix(struct slice text, struct span span)
{
    size_t begin = span.begin > CONTEXT_BYTES ? span.begin - CONTEXT_BYTES : 0;
    while (begin < span.begin && is_inside(text.data[begin]))
        begin++;
    return (struct slice){text.data + begin, span.begin - begin};
}

struct slice anchor_suffix(struct slice text, struct span span)
{
    size_t end = text.length - span.end > CONTEXT_BYTES
                     ? span.end + CONTEXT_BYTES
                     : text.length;
    while (end > span.end && end < text.length && is_inside(text.data[end]))
        end--;
    return (struct slice){text.data + span.end, end - span.end};
}

static size_t equal_ends(struct slice a, struct slice b)
{
    size_t count = 0;
    while (count < a.length && count < b.length &&
           a.data[a.length - 1 - count] == b.data[b.length - 1 - count])
        count++;
    return count;
}

static size_t equal_beginnings(struct slice a, struct slice b)
{
    size_t count = 0;
    while (count < a.length && count < b.length &&
           a.data[count] == b.data[count])
        count++;
    return count;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

bool anchor_find(struct slice text, struct slice quote, struct slice prefix,
                 struct slice suffix, uint32_t begin, struct span *found)
{
    bool is_found = false;
    size_t best = 0;
    if (quote.length == 0)
        return false;
    for (size_t at = 0; at + quote.length <= text.length;) {
        const char *hit =
            memmem(text.data + at, text.length - at, quote.data, quote.length);
        if (hit == NULL)
            break;
        uint32_t from = (uint32_t)(hit - text.data);
        struct span span = {from, from + (uint32_t)quote.length};
        size_t score = equal_ends(anchor_prefix(text, span), prefix) +
                       equal_beginnings(anchor_suffix(text, span), suffix);
        if (!is_found || score > best ||
            (score == best &&
             distance(from, begin) < distance(found->begin, begin))) {
            *found = span;
            best = score;
        }
        is_found = true;
        at = from + 1;
    }
    return is_found;
}
