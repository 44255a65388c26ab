/*
 * mark.h - which tokens open and close quotations, by their look alone.
 */
#ifndef MADAI_MARK_H
#define MADAI_MARK_H

#include "text.h"

enum mark_kind {
    MARK_CURLY,            /* “ ” */
    MARK_LOW,              /* „ “ or „ ” */
    MARK_GUILLEMET,        /* « » */
    MARK_STRAIGHT,         /* " " */
    MARK_DOUBLED,          /* `` '' as typesetters once wrote, '' '' */
    MARK_SINGLE_CURLY,     /* ‘ ’ */
    MARK_SINGLE_STRAIGHT,  /* ' ' */
    MARK_SINGLE_GUILLEMET, /* ‹ › */
    MARK_KINDS,
};

enum mark_act {
    MARK_NONE, /* no mark; an apostrophe, a sign for inches */
    MARK_OPENS,
    MARK_CLOSES,
    MARK_MAY_CLOSE, /* or is an apostrophe: students’ */
};

struct mark {
    enum mark_act act;
    enum mark_kind kind;
    uint32_t width; /* tokens */
};

/* The mark at `token` of a paragraph that begins at `first`, where
 * `open[kind]` quotations of each kind are open. */
struct mark mark_at(const struct text *, size_t token, size_t first,
                    const uint32_t open[MARK_KINDS]);

static inline bool mark_is_single(enum mark_kind kind)
{
    return kind >= MARK_SINGLE_CURLY;
}

#endif
