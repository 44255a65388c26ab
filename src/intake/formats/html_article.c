/*
 * html_article.c - see html_article.h: the choice.
 */
#include "html_article.h"

#include <ctype.h>
#include <strings.h>

enum {
    HEADLINE_MOST = 400,
    HEADLINE_ITEMS = 64,
    ARTICLE_LEAST = 200,
    SAMPLES = 8,    /* of a text, that are looked for in the page */
    SAMPLE = 24,    /* bytes of each */
    WORTH_SURE = 3, /* above it the page's title says so */
};

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

/* What the page calls its text, if it calls hardly anything else so: believed
 * also where comments and advice are longer. */
static size_t called_body(const struct html_tree *tree, size_t otherwise)
{
    const struct html_item *all = &tree->items[otherwise];
    size_t best = heaviest(tree, otherwise, is_body, 20);
    uint64_t bodies = 0;
    for (size_t i = otherwise + 1; best != otherwise && i < all->end; i++)
        if (is_body(&tree->items[i]) && !tree->items[i].is_cut) {
            bodies += tree->items[i].mass;
            i = tree->items[i].end - 1;
        }
    return tree->items[best].mass * (uint64_t)10 >= bodies * 6 ? best
                                                               : otherwise;
}

/* The smallest element around the headline that has half of the running text
 * of `whole`. */
static size_t with_headline(const struct html_tree *tree, size_t whole,
                            size_t headline)
{
    size_t at = headline;
    while (at > whole &&
           (uint64_t)tree->items[at].mass * 2 < tree->items[whole].mass)
        at = tree->items[at].parent;
    return at > whole && tree->items[at].mass >= ARTICLE_LEAST ? at : whole;
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

static bool is_letter(char byte)
{
    return isalnum((unsigned char)byte) || (unsigned char)byte >= 0x80;
}

/* Letters and digits alone, in lower case: how titles are compared. */
static struct slice letters_of(struct slice text, struct arena *arena,
                               struct error *error)
{
    size_t length = 0;
    char *to = arena_take(arena, text.length + 1, 1, error);
    for (size_t i = 0; to != NULL && i < text.length; i++)
        if (is_letter(text.data[i]))
            to[length++] = (char)tolower((unsigned char)text.data[i]);
    return (struct slice){to, length};
}

/* Titles end with the paper's name, or begin with it, or are cut short. */
static bool is_titles(struct slice title, struct slice words)
{
    const bool is_part = words.length >= 8 && words.length <= title.length;
    const char *end = title.data + title.length;
    if (title.length < 8)
        return false;
    return (is_part &&
            (memcmp(title.data, words.data, words.length) == 0 ||
             memcmp(end - words.length, words.data, words.length) == 0)) ||
           (words.length > title.length &&
            memcmp(title.data, words.data, title.length) == 0);
}

/* How well an element serves as the headline: 0 not at all. On old pages it
 * is a line in large letters, which only the page's title can tell of. */
static unsigned headline_worth(const struct html_item *item, struct slice words,
                               struct slice title)
{
    const GumboTag tag = html_tag(item);
    const bool is_first = tag == GUMBO_TAG_H1;
    const bool is_called = item->role == ROLE_HEADLINE && item->is_block;
    if (words.length == 0 || words.length >= HEADLINE_MOST)
        return 0;
    if (is_titles(title, words)) {
        if (is_first || is_called || tag == GUMBO_TAG_H2)
            return is_first ? 7 : 6;
        return words.length >= 15 && words.length * 3 >= title.length ? 5 : 0;
    }
    if (is_called)
        return is_first ? 3 : 2;
    return is_first ? 1 : 0;
}

/* Whether it can be one at all, before its words are looked at. */
static bool can_be_headline(const struct html_item *item, size_t at)
{
    return !html_is_words(item) && !item->is_cut && !item->is_link &&
           item->all > 0 && item->all < HEADLINE_MOST &&
           item->end - at <= HEADLINE_ITEMS;
}

struct headline {
    size_t at; /* SIZE_MAX: there is none */
    unsigned worth;
};

/* The first of the best before `last`. */
static bool find_headline(const struct html_tree *tree, size_t last,
                          struct slice title, struct arena *arena,
                          struct headline *best, struct error *error)
{
    *best = (struct headline){SIZE_MAX, 0};
    for (size_t i = 0; i < last; i++) {
        const struct html_item *item = &tree->items[i];
        struct slice words;
        /* A link to itself is a headline too, where it stands in a heading. */
        if (!can_be_headline(item, i))
            continue;
        if (!html_text(tree, i, HEADLINE_MOST, arena, &words, error))
            return false;
        words = letters_of(words, arena, error);
        if (words.data == NULL)
            return false;
        unsigned worth = headline_worth(item, words, title);
        if (worth > best->worth)
            *best = (struct headline){i, worth};
    }
    return true;
}

static bool is_alike(const struct html_item *a, const struct html_item *b)
{
    const char *one = html_attribute(a, "class");
    const char *other = html_attribute(b, "class");
    return html_tag(a) == html_tag(b) && !b->is_cut &&
           strcmp(one != NULL ? one : "", other != NULL ? other : "") == 0;
}

/* Pages go on with the next article below: the largest element around the
 * headline that has no second headline of its kind. The whole page, where
 * that one has no text. */
static size_t around(const struct html_tree *tree, size_t headline)
{
    const struct html_item *first = &tree->items[headline];
    size_t next = first->end, at = headline;
    while (next < tree->count && (html_is_words(&tree->items[next]) ||
                                  !is_alike(first, &tree->items[next])))
        next++;
    if (next == tree->count)
        return 0;
    while (tree->items[at].parent != at &&
           tree->items[tree->items[at].parent].end <= next)
        at = tree->items[at].parent;
    return tree->items[at].mass >= ARTICLE_LEAST ? at : 0;
}

bool html_article_find(const struct html_tree *tree, struct slice title,
                       struct arena *arena, struct html_article *article,
                       struct error *error)
{
    size_t at = 0;
    struct headline headline;
    struct slice wanted = letters_of(title, arena, error);
    if (wanted.data == NULL ||
        !find_headline(tree, tree->count, wanted, arena, &headline, error))
        return false;
    if (headline.worth > WORTH_SURE)
        at = with_headline(tree, around(tree, headline.at), headline.at);
    at = heaviest(tree, at, is_main, 50);
    at = heaviest(tree, at, is_article, 50);
    at = called_body(tree, at);
    *article = (struct html_article){narrow(tree, at), headline.at};
    /* A headline stands before the text that it is of, or in it. */
    size_t last = tree->items[article->container].end;
    if (headline.at != SIZE_MAX && headline.at >= last) {
        if (!find_headline(tree, last, wanted, arena, &headline, error))
            return false;
        article->headline = headline.at;
    }
    return true;
}

/* The letters of all words of the page, in its order. */
static bool letters_of_page(const struct html_tree *tree, struct arena *arena,
                            struct slice *letters, struct error *error)
{
    size_t room = 1, length = 0;
    for (size_t i = 0; i < tree->count; i++)
        if (html_is_words(&tree->items[i]))
            room += strlen(tree->items[i].node->v.text.text);
    char *to = arena_take(arena, room, 1, error);
    for (size_t i = 0; i < tree->count && to != NULL; i++) {
        const struct html_item *item = &tree->items[i];
        if (!html_is_words(item) || tree->items[item->parent].role == ROLE_CUT)
            continue;
        for (const char *at = item->node->v.text.text; *at != '\0'; at++)
            if (is_letter(*at))
                to[length++] = (char)tolower((unsigned char)*at);
    }
    *letters = (struct slice){to, length};
    return to != NULL;
}

bool html_shows(const struct html_tree *tree, struct slice text,
                struct arena *arena, bool *is_shown, struct error *error)
{
    struct slice page, body = letters_of(text, arena, error);
    unsigned shown = 0;
    *is_shown = true;
    if (body.data == NULL)
        return false;
    if (body.length < ARTICLE_LEAST)
        return true;
    if (!letters_of_page(tree, arena, &page, error))
        return false;
    for (size_t i = 0; i < SAMPLES; i++)
        shown += memmem(page.data, page.length,
                        body.data + (body.length - SAMPLE) * i / (SAMPLES - 1),
                        SAMPLE) != NULL;
    *is_shown = shown >= SAMPLES / 2;
    return true;
}
