/*
 * slice.h - borrowed bytes, and places in a text.
 *
 * A slice never owns what it points to and need not end in NUL.
 * A span is a place in a text: [begin, end) in bytes, or in tokens where
 * its user says so. A text is at most 4 GiB - 1, so 32 bits are enough.
 */
#ifndef MADAI_SLICE_H
#define MADAI_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const char *data;
    size_t length;
};

struct span {
    uint32_t begin;
    uint32_t end;
};

/* The bytes of a string literal or NUL-terminated string; borrowed. */
static inline struct slice slice_of(const char *text)
{
    return (struct slice){text, strlen(text)};
}

/* The bytes of `text` at `place`, which must lie inside it; borrowed. */
static inline struct slice slice_at(struct slice text, struct span place)
{
    return (struct slice){text.data + place.begin, place.end - place.begin};
}

static inline bool slice_equals(struct slice a, struct slice b)
{
    return a.length == b.length &&
           (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline bool span_contains(struct span outer, struct span inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

static inline bool span_overlaps(struct span a, struct span b)
{
    return a.begin < b.end && b.begin < a.end;
}

#endif
