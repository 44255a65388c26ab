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
    bool has_named_posts; /* posts under a name and a time, without @ */
};

/* Whether the whole line is a date, with what newspapers print beside it. */
bool line_is_date(const struct text *, const struct line *);
/* Whether it is a date with a place before it, or a date. */
bool line_is_place_and_date(const struct text *, const struct line *);
/* "Our ref: A/5", "No. 12/2019" */
bool line_is_reference(const struct text *, const struct line *);
/* Cuts the date off the rest of the line; false when it has none of its own:
 * "Jicho Reporter, 21 May 2019", "PRESS RELEASE      21 May 2019". */
bool line_decide_dated(const struct text *, struct line *);
/* "By Ruth Nyaboke": a name follows. */
bool line_is_byline(const struct text *, const struct line *);
/* The name of a paper: "The Nairobi Ledger". */
bool is_publication(const struct text *, struct span tokens);

/* Lines of which whoever has the page says what they are (text->marks). */
void page_decide_given(struct page *);
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
