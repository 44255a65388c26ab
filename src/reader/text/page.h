/*
 * page.h - deciding what part of a document each line is, in four passes. A
 * line that one pass decided no later pass changes; what none decides is body.
 */
#ifndef MADAI_PAGE_H
#define MADAI_PAGE_H

#include "line.h"

struct page {
    const struct text *text;
    struct line *lines;
    size_t count;
    size_t body; /* the first line of running text; count: there is none */
};

/* Lines that say themselves what they are: links, captions, bullets … */
void page_decide_marked(struct page *);
/* Posts and the names over them. */
void page_decide_posts(struct page *);
/* What stands above the running text; finds page->body. */
void page_decide_head(struct page *);
/* Headings within it, signatures below it, datelines at its paragraphs. */
void page_decide_body(struct page *);

/* The line behind the last of the block that `line` stands in: the lines up
 * to the next blank one. */
static inline size_t block_end(const struct page *page, size_t line)
{
    size_t end = line + 1;
    while (end < page->count && !(page->lines[end].looks & LOOK_BLOCK))
        end++;
    return end;
}

#endif
