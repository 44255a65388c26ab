/*
 * html_lines.h - lines that are no part of an article, known by how they
 * begin (data/page-lines.tsv, data/page-heads.tsv).
 */
#ifndef MADAI_HTML_LINES_H
#define MADAI_HTML_LINES_H

#include "slice.h"

enum html_line_kind {
    LINE_NONE,
    LINE_LINK,  /* left out where it is a link, or leads to one */
    LINE_ALONE, /* where nothing else stands in it */
    LINE_SHORT, /* where it is short */
    LINE_BOX,   /* the head of a box of something else */
    LINE_REST,  /* the head of what readers wrote */
};

struct html_line {
    enum html_line_kind kind;
    unsigned words;
    bool is_alone;   /* hardly anything follows the beginning */
    bool is_leading; /* a colon follows it */
};

/* Of a line whose white space is folded; what stands before its first letter
 * or digit counts for nothing. */
struct html_line html_line_of(struct slice line);

/* What the line is as the head of a box: LINE_BOX, LINE_REST or LINE_NONE.
 * Numbers before it do not matter ("3 comments"). */
enum html_line_kind html_line_as_head(struct slice line);

#endif
