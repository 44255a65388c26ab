/*
 * line.h - a paragraph as something printed: how it looks, before it is said
 * what part of the document it is.
 */
#ifndef MADAI_LINE_H
#define MADAI_LINE_H

#include "lexicon.h"
#include "text.h"

enum {
    LOOK_BLOCK = 1 << 0,     /* a blank line, or nothing, stands before it */
    LOOK_STOPPED = 1 << 1,   /* ends as a sentence does */
    LOOK_COLON = 1 << 2,     /* ends in a colon */
    LOOK_OPEN = 1 << 3,      /* ends in a comma, a dash … */
    LOOK_CAPITALS = 1 << 4,  /* has no small letters */
    LOOK_TITLED = 1 << 5,    /* its words have capitals, save particles */
    LOOK_SENTENCES = 1 << 6, /* is more than one sentence */
    LOOK_LABEL = 1 << 7,     /* begins with a speaker's label */
    LOOK_HANDLE = 1 << 8,    /* has an @name */
    LOOK_NUMBERED = 1 << 9,  /* "3." or "(a)" at its head */
    LOOK_CAPITAL = 1 << 10,  /* begins with a capital or a number */
    LOOK_ADDRESS = 1 << 11,  /* is one web address */
    LOOK_DECIDED = 1 << 12,  /* `kind` is final */
    LOOK_QUOTED = 1 << 13,   /* begins with a quotation mark */
};

enum { LINE_WORDS_MOST = 60 }; /* counted; lines with more are prose */

struct line {
    struct span tokens;
    uint32_t split;    /* where kind_after begins; tokens.end: nowhere */
    uint32_t head_end; /* behind the words that make its head */
    uint16_t looks;
    uint8_t head;    /* enum line_head */
    uint8_t words;   /* at most LINE_WORDS_MOST + 1 */
    uint8_t columns; /* wide gaps and | within it */
    uint8_t kind;    /* enum part_kind */
    uint8_t kind_after;
};

/* One line a paragraph, each with the kind body. Taken from the arena; NULL
 * and ERROR_LIMIT when memory is out. */
MUST_CHECK struct line *lines_measure(const struct text *, struct arena *,
                                      struct error *);

/* Whether it has just these looks of those in `mask`. */
static inline bool line_looks(const struct line *line, unsigned mask,
                              unsigned looks)
{
    return (line->looks & mask) == looks;
}

static inline void line_decide(struct line *line, enum part_kind kind)
{
    line->kind = (uint8_t)kind;
    line->looks |= LOOK_DECIDED;
}

/* The first part of the line up to the token `split` is of one kind, the rest
 * of another. */
static inline void line_split(struct line *line, enum part_kind kind,
                              uint32_t split, enum part_kind after)
{
    line_decide(line, kind);
    line->split = split;
    line->kind_after = (uint8_t)after;
}

#endif
