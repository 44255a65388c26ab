/*
 * html_facts.h - what a page says of itself: JSON-LD, Open Graph, Dublin Core,
 * other meta elements, its title, and at last the page's own marks.
 */
#ifndef MADAI_HTML_FACTS_H
#define MADAI_HTML_FACTS_H

#include "html_tree.h"
#include "writer.h"

struct html_facts {
    struct slice title; /* the article's, the best of those told; the arena's */
    struct slice body;  /* JSON-LD's articleBody, or empty */
    bool is_page_title; /* the title is the window's, with the paper's name */
    bool has_author;
};

/* Tells all of them to the writer, best first. */
MUST_CHECK bool html_facts_say(const GumboNode *root, struct arena *,
                               struct writer *, struct html_facts *,
                               struct error *);

#endif
