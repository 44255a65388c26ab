/*
 * html_article.h - which part of a page is the article, and the article said.
 *
 * The container is the smallest element that holds nearly all running text,
 * looked for where the page itself says its article is; what a page's classes
 * call menus, advice, comments is left out; and so are lines in the article
 * that only lead elsewhere (data/page-words.tsv, data/page-lines.tsv).
 */
#ifndef MADAI_HTML_ARTICLE_H
#define MADAI_HTML_ARTICLE_H

#include "html_tree.h"
#include "writer.h"

struct html_article {
    size_t container; /* item */
    size_t headline;  /* item, or SIZE_MAX */
};

/* `title` is what the page's facts say, or empty. */
MUST_CHECK bool html_article_find(const struct html_tree *, struct slice title,
                                  struct arena *, struct html_article *,
                                  struct error *);

/* Whether the page shows at least half of this text, which its facts have;
 * so it does where there is hardly any. */
MUST_CHECK bool html_shows(const struct html_tree *, struct slice text,
                           struct arena *, bool *is_shown, struct error *);

/* Headline, byline, date, summary, captions, then all blocks. `left_out` is
 * how many characters of the page were not said. */
MUST_CHECK bool html_article_say(const struct html_tree *,
                                 const struct html_article *,
                                 struct slice title, struct arena *,
                                 struct writer *, size_t *left_out,
                                 struct error *);

#endif
