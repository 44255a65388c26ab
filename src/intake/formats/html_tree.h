/*
 * html_tree.h - a parsed page as an array in the order of the page, with what
 * choosing the article needs: how much text, how much of it links, what each
 * element is.
 */
#ifndef MADAI_HTML_TREE_H
#define MADAI_HTML_TREE_H

#include <gumbo.h>

#include "arena.h"

/* Gumbo takes time with the square of the depth; browsers stop at 512. */
enum { HTML_DEPTH_MAX = 512 };

enum html_role {
    ROLE_NONE,
    ROLE_CUT,      /* never the article's */
    ROLE_SOFT_CUT, /* not the article's, unless most of the page is in it */
    ROLE_OFF,      /* the same, unless hardly anything is left without it */
    ROLE_BODY,
    ROLE_BYLINE,
    ROLE_DATE,
    ROLE_CAPTION,
    ROLE_HEADLINE,
    ROLE_SUMMARY,
    ROLE_POST,
};

struct html_item {
    const GumboNode *node;
    uint32_t parent;         /* index; the root is its own */
    uint32_t end;            /* index behind all that lies in it */
    uint32_t own, own_links; /* characters whose nearest block it is */
    uint32_t text, links;    /* characters in it that are not cut */
    uint32_t all;            /* characters in it */
    uint32_t mass;           /* characters in paragraphs of running text */
    enum html_role role;
    bool is_block;
    bool is_link;   /* it, or what it lies in */
    bool is_cut;    /* the same */
    bool has_title; /* a heading of the first rank lies in it */
};

struct html_tree {
    struct html_item *items;
    size_t count, capacity;
};

/* The elements and words of the page below `root`; the arena's. */
MUST_CHECK bool html_tree_build(const GumboNode *root, struct arena *,
                                struct html_tree *, struct error *);

/* Called by it: marks what is left out, and measures (html_cuts.c). */
MUST_CHECK bool html_cuts_choose(struct html_tree *, struct arena *,
                                 struct error *);

/* The nearest block that an item lies in, or itself. */
uint32_t html_block_of(const struct html_tree *, size_t item);

/* Whether tags are nested deeper than HTML_DEPTH_MAX, as far as counting those
 * that must be closed can tell. */
bool html_is_too_deep(struct slice bytes);

GumboTag html_tag(const struct html_item *); /* GUMBO_TAG_UNKNOWN for words */
bool html_is_words(const struct html_item *);
/* An attribute's value, or NULL. */
const char *html_attribute(const struct html_item *, const char *name);

/* Folded text of an item, with blanks between blocks, in the arena; at most
 * `most` bytes. */
MUST_CHECK bool html_text(const struct html_tree *, size_t item, size_t most,
                          struct arena *, struct slice *, struct error *);

#endif
