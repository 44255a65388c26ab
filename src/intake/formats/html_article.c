/*
 * html_article.c - see html_article.h: the choice.
 */
#include "html_article.h"

#include <ctype.h>
#include <strings.h>

enum { HEADLINE_MOST = 400 };

static bool is_main(const struct html_item *item)
{
    const char *role = html_attribute(item, "role");
    return html_tag(item) == GUMBO_TAG_MAIN ||
           (role != NULL && strcasecmp(role, "main") == 0);
}

static bool is_article(const struct html_item *item)
{
    return html_tag(item) == GUMBO_TAG_ARTICLE;
}

static bool is_body(const struct html_item *item)
{
    return item->role == ROLE_BODY;
}

/* The item with the most running text of those that are what is asked, if it
 * is at least `share` percent of all; else `otherwise`. */
static size_t heaviest(const struct html_tree *tree, size_t otherwise,
                       bool (*is)(const struct html_item *), unsigned share)
{
    const struct html_item *all = &tree->items[otherwise];
    size_t best = otherwise;
    uint32_t mass = 0;
    for (size_t i = otherwise; i < all->end; i++) {
        const struct html_item *item = &tree->items[i];
        if (item->is_cut || html_is_words(item) || !is(item) ||
            item->mass <= mass)
            continue;
        best = i;
        mass = item->mass;
    }
    return (uint64_t)mass * 100 >= (uint64_t)all->mass * share && mass > 0
               ? best
               : otherwise;
}

/* Down to the smallest element that holds nearly all of it, but not into a
 * paragraph: its neighbours belong to the article too. */
static size_t narrow(const struct html_tree *tree, size_t at)
{
    for (;;) {
        const struct html_item *item = &tree->items[at];
        size_t next = at;
        for (size_t i = at + 1; i < item->end; i = tree->items[i].end) {
            const struct html_item *below = &tree->items[i];
            if (!below->is_cut && !html_is_words(below) &&
                (uint64_t)below->mass * 100 >= (uint64_t)item->mass * 85)
                next = i;
        }
        if (next == at || tree->items[next].mass == 0 ||
            tree->items[next].mass == tree->items[next].own)
            return at;
        at = next;
    }
}

static bool is_heading(const struct html_item *item)
{
    return html_tag(item) == GUMBO_TAG_H1 || html_tag(item) == GUMBO_TAG_H2 ||
           (item->role == ROLE_HEADLINE && item->is_block);
}

/* Letters and digits alone, in lower case: how titles are compared. */
static struct slice letters_of(struct slice text, struct arena *arena,
                               struct error *error)
{
    size_t length = 0;
    char *to = arena_take(arena, text.length + 1, 1, error);
    for (size_t i = 0; to != NULL && i < text.length; i++)
        if (isalnum((unsigned char)text.data[i]) ||
            (unsigned char)text.data[i] >= 0x80)
            to[length++] = (char)tolower((unsigned char)text.data[i]);
    return (struct slice){to, length};
}

static bool begins_with(struct slice whole, struct slice part)
{
    return part.length >= 8 && whole.length >= part.length &&
           memcmp(whole.data, part.data, part.length) == 0;
}

/* How well an element serves as the headline: 0 not at all. */
static unsigned headline_worth(const struct html_item *item, struct slice words,
                               struct slice title)
{
    bool is_first = html_tag(item) == GUMBO_TAG_H1;
    if (words.length == 0 || words.length >= HEADLINE_MOST)
        return 0;
    /* Titles end with the paper's name, sometimes they are cut short. */
    if (begins_with(title, words) || begins_with(words, title))
        return is_first ? 5 : 4;
    if (item->role == ROLE_HEADLINE)
        return is_first ? 3 : 2;
    return is_first ? 1 : 0;
}

bool html_article_find(const struct html_tree *tree, struct slice title,
                       struct arena *arena, struct html_article *article,
                       struct error *error)
{
    size_t at = 0;
    unsigned best = 0;
    struct slice wanted = letters_of(title, arena, error);
    at = heaviest(tree, at, is_main, 50);
    at = heaviest(tree, at, is_article, 50);
    at = heaviest(tree, at, is_body, 50);
    *article = (struct html_article){narrow(tree, at), SIZE_MAX};
    /* A headline stands before the text that it is of, or in it. */
    size_t last = tree->items[article->container].end;
    for (size_t i = 0; i < last && wanted.data != NULL; i++) {
        const struct html_item *item = &tree->items[i];
        struct slice words;
        if (html_is_words(item) || item->is_cut || !is_heading(item))
            continue;
        if (!html_text(tree, i, HEADLINE_MOST, arena, &words, error))
            return false;
        words = letters_of(words, arena, error);
        unsigned worth = headline_worth(item, words, wanted);
        if (worth > best) {
            best = worth;
            article->headline = i;
        }
    }
    return wanted.data != NULL;
}
