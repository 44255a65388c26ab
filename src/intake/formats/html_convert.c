/*
 * html_convert.c - see html_convert.h.
 */
#include "html_convert.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "charset.h"
#include "html_article.h"
#include "html_facts.h"
#include "plain_lines.h"
#include "utf8.h"

enum { CHARSET_SIZE = 40, HEAD_LOOKED_AT = 4096, AUTHOR_MOST = 80 };

/* <meta charset=...>, or content="text/html; charset=...", as browsers look
 * for it (HTML standard, prescan), only that we go a little further. */
static void charset_said(struct slice bytes, char name[CHARSET_SIZE])
{
    static const char key[] = "charset=";
    size_t length = 0;
    name[0] = '\0';
    if (bytes.length > HEAD_LOOKED_AT)
        bytes.length = HEAD_LOOKED_AT;
    for (size_t i = 0; i + sizeof key < bytes.length; i++) {
        if (strncasecmp(bytes.data + i, key, sizeof key - 1) != 0)
            continue;
        i += sizeof key - 1;
        i += i < bytes.length && strchr("\"'", bytes.data[i]) != NULL;
        for (; i < bytes.length && length < CHARSET_SIZE - 1 &&
               (isalnum((unsigned char)bytes.data[i]) ||
                strchr("-_:.", bytes.data[i]) != NULL) &&
               bytes.data[i] != '\0';
             i++)
            name[length++] = bytes.data[i];
        name[length] = '\0';
        return;
    }
}

/* Valid UTF-8 with something beyond ASCII in it is that, whatever it says. */
static struct slice decode(struct slice bytes, const char *charset,
                           struct writer *writer)
{
    char said[CHARSET_SIZE];
    const char *mark = charset_of_mark(bytes);
    charset_said(bytes, said);
    if (charset == NULL && said[0] != '\0')
        charset = said;
    if (mark != NULL)
        charset = mark;
    else if (utf8_count_invalid(bytes) == 0)
        charset = "utf-8";
    else if (charset == NULL || strcasecmp(charset, "utf-8") == 0)
        charset = utf8_count_invalid(bytes) * 1000 < bytes.length
                      ? "utf-8"
                      : "windows-1252";
    struct slice text = charset_decode(bytes, charset);
    if (text.data == NULL) {
        writer_warn(writer,
                    "its encoding (%s) is not known; read as "
                    "windows-1252",
                    charset);
        text = charset_decode(bytes, "windows-1252");
    }
    writer_fact(writer, "encoding", slice_of(charset), "the page");
    return text;
}

struct page {
    struct slice text;
    GumboOutput *parsed;
    struct arena *arena;
};

static bool page_open(struct page *page, struct slice bytes,
                      const char *charset, struct writer *writer,
                      const char **why)
{
    *page = (struct page){.text = decode(bytes, charset, writer),
                          .arena = arena_new((size_t)800 << 20)};
    *why = "no memory for the page";
    if (page->text.data == NULL || page->arena == NULL)
        return false;
    *why = "its tags are nested more than 512 deep";
    if (html_is_too_deep(page->text))
        return false;
    *why = "no memory for the page";
    page->parsed = gumbo_parse_with_options(&kGumboDefaultOptions,
                                            page->text.data, page->text.length);
    return page->parsed != NULL;
}

static void page_close(struct page *page)
{
    if (page->parsed != NULL)
        gumbo_destroy_output(&kGumboDefaultOptions, page->parsed);
    arena_release(page->arena);
    free((char *)(uintptr_t)page->text.data);
}

/* Titles of windows have the paper's name behind a bar or a dash, or before
 * it: the longest part is the article's. */
static struct slice without_paper(struct slice title)
{
    static const char *const bars[] = {
        " | ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " - ", " \xC2\xBB ", " :: "};
    struct slice best = {title.data, 0};
    while (title.length > 0) {
        size_t length = title.length, skipped = title.length;
        for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
            const char *bar =
                memmem(title.data, title.length, bars[i], strlen(bars[i]));
            if (bar == NULL || (size_t)(bar - title.data) >= length)
                continue;
            length = (size_t)(bar - title.data);
            skipped = length + strlen(bars[i]);
        }
        if (length > best.length)
            best = (struct slice){title.data, length};
        title.data += skipped;
        title.length -= skipped;
    }
    return best;
}

/* Who wrote it, as the page shows it, where nothing else says so. */
static bool say_author(const struct html_tree *tree,
                       const struct html_article *article, struct arena *arena,
                       struct writer *writer, struct error *error)
{
    static const char *const heads[] = {"written by", "posted by",
                                        "submitted by", "by"};
    const size_t first = article->headline != SIZE_MAX ? article->headline : 0;
    for (size_t i = first; i < tree->items[article->container].end; i++) {
        const struct html_item *item = &tree->items[i];
        struct slice name;
        if (item->role != ROLE_BYLINE || item->is_cut || item->all == 0 ||
            item->all > AUTHOR_MOST)
            continue;
        if (!html_text(tree, i, (size_t)4 * AUTHOR_MOST, arena, &name, error))
            return false;
        for (size_t j = 0; j < sizeof heads / sizeof *heads; j++) {
            const size_t length = strlen(heads[j]);
            if (name.length > length + 1 && name.data[length] == ' ' &&
                strncasecmp(name.data, heads[j], length) == 0)
                name = (struct slice){name.data + length + 1,
                                      name.length - length - 1};
        }
        writer_fact(writer, "author", name, "the page's byline");
        return true;
    }
    return true;
}

static bool say_article(const struct page *page, const struct html_tree *tree,
                        const struct html_facts *facts, struct writer *writer,
                        struct error *error)
{
    struct html_article article;
    struct slice title = facts->title;
    size_t left_out;
    if (!html_article_find(tree, title, page->arena, &article, error))
        return false;
    if (facts->is_page_title)
        title = without_paper(title);
    if (!html_article_say(tree, &article, title, page->arena, writer, &left_out,
                          error))
        return false;
    if (left_out > 0)
        writer_warn(writer,
                    "left out: %zu characters of menus, links, comments and "
                    "the like",
                    left_out);
    return facts->has_author ||
           say_author(tree, &article, page->arena, writer, error);
}

/* A page that a script fills, or that shows no more than a beginning, may
 * have its text in its JSON. */
static bool say_page(const struct page *page, struct writer *writer,
                     struct error *error)
{
    struct html_facts facts;
    struct html_tree tree;
    bool is_shown;
    const GumboNode *root = page->parsed->root;
    if (!html_facts_say(root, page->arena, writer, &facts, error) ||
        !html_tree_build(root, page->arena, &tree, error) ||
        !html_shows(&tree, facts.body, page->arena, &is_shown, error))
        return false;
    if (is_shown)
        return say_article(page, &tree, &facts, writer, error);
    writer_warn(writer, "the text stands in the page's JSON-LD alone");
    writer_begin(writer, ORIGIN_HEADLINE);
    writer_words(writer, facts.title);
    writer_end(writer);
    plain_lines_say(writer, facts.body, ORIGIN_BODY);
    return true;
}

bool html_convert(struct slice bytes, const char *charset,
                  struct writer *writer, const char **why)
{
    struct error error;
    struct page page;
    bool is_well = page_open(&page, bytes, charset, writer, why) &&
                   say_page(&page, writer, &error);
    page_close(&page);
    return is_well;
}

static bool say_all(const struct page *page, struct writer *writer,
                    struct error *error)
{
    struct html_tree tree;
    size_t left_out;
    if (!html_tree_build(page->parsed->root, page->arena, &tree, error))
        return false;
    /* A message has no menus; its classes say nothing. */
    for (size_t i = 0; i < tree.count; i++) {
        struct html_item *item = &tree.items[i];
        bool is_above = item->parent != i && tree.items[item->parent].is_cut;
        item->is_cut = is_above || item->role == ROLE_CUT;
        item->links = item->own_links = 0;
        item->role = ROLE_NONE;
    }
    const struct html_article whole = {0, SIZE_MAX};
    return html_article_say(&tree, &whole, slice_of(""), page->arena, writer,
                            &left_out, error);
}

bool html_convert_message(struct slice bytes, const char *charset,
                          struct writer *writer, const char **why)
{
    struct error error;
    struct page page;
    bool is_well = page_open(&page, bytes, charset, writer, why) &&
                   say_all(&page, writer, &error);
    page_close(&page);
    return is_well;
}
