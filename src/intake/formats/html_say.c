/*
 * html_say.c - see html_article.h: the article in paragraphs.
 */
#include <string.h>

#include "html_article.h"
#include "html_lines.h"

enum { LINE_LOOKED_AT = 300, LABEL_MOST = 200, SUMMARY_MOST = 700 };

struct page_saying {
    const struct html_tree *tree;
    const struct html_article *article;
    struct arena *arena;
    struct writer *writer;
    struct error *error;
    size_t said; /* characters */
    unsigned breaks;
    bool is_well;
};

/* What becomes of a piece of the article. */
enum piece { PIECE_SAID, PIECE_LINK, PIECE_ADVERT, PIECE_LEFT_OUT };

/* A line that only leads elsewhere, or sells something, is said as what it is;
 * buttons, labels and the like are left out. */
static enum piece piece_of_line(struct page_saying *to, size_t at)
{
    enum { ADVERT_WORDS_MOST = 15, LINK_WORDS_LEAST = 4 };
    const struct html_item *item = &to->tree->items[at];
    struct slice words;
    if (!html_text(to->tree, at, LINE_LOOKED_AT - 1, to->arena, &words,
                   to->error)) {
        to->is_well = false;
        return PIECE_LEFT_OUT;
    }
    const struct html_line line = html_line_of(words);
    const bool is_link = item->links * 10 >= item->text * 9 &&
                         item->links > 0 && item->text < LABEL_MOST;
    const bool is_label = line.is_alone || line.words < LINK_WORDS_LEAST;
    switch (line.kind) {
    case LINE_NONE:
        break;
    case LINE_LINK:
        if (!is_link && item->links * 2 < item->text && !line.is_leading &&
            !line.is_alone)
            return PIECE_SAID;
        return is_label ? PIECE_LEFT_OUT : PIECE_LINK;
    case LINE_SHORT:
        if (is_link || line.words <= ADVERT_WORDS_MOST)
            return PIECE_ADVERT;
        return PIECE_SAID;
    default:
        if (line.is_alone)
            return PIECE_LEFT_OUT;
    }
    return !is_link ? PIECE_SAID : is_label ? PIECE_LEFT_OUT : PIECE_LINK;
}

/* Lists of links, and boxes of nothing but links. */
static bool is_link_box(const struct html_item *item)
{
    const GumboTag tag = html_tag(item);
    bool is_box = tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL ||
                  tag == GUMBO_TAG_DIV || tag == GUMBO_TAG_SECTION ||
                  tag == GUMBO_TAG_TABLE || tag == GUMBO_TAG_DL;
    return is_box && item->mass == 0 && item->text > 0 &&
           item->links * 10 >= item->text * 6;
}

static bool is_headline_again(struct page_saying *to, size_t at)
{
    const struct html_item *item = &to->tree->items[at];
    struct slice words, headline;
    if (at == to->article->headline || to->article->headline == SIZE_MAX)
        return at == to->article->headline;
    const struct html_item *first = &to->tree->items[to->article->headline];
    if (!item->is_block || item->all != first->all || item->own == 0)
        return false;
    if (!html_text(to->tree, at, LINE_LOOKED_AT, to->arena, &words,
                   to->error) ||
        !html_text(to->tree, to->article->headline, LINE_LOOKED_AT, to->arena,
                   &headline, to->error)) {
        to->is_well = false;
        return true;
    }
    return words.length == headline.length &&
           memcmp(words.data, headline.data, words.length) == 0;
}

/* What is not said of the container: cuts, boxes of links, and what was said
 * before it. */
static enum piece piece_at(struct page_saying *to, size_t at)
{
    const struct html_item *item = &to->tree->items[at];
    if (item->is_cut || is_headline_again(to, at))
        return PIECE_LEFT_OUT;
    if (html_is_words(item) || !item->is_block)
        return PIECE_SAID;
    if (is_link_box(item))
        return PIECE_LEFT_OUT;
    /* A block with words of its own, and short enough to be an aside. */
    return item->text > 0 && item->text < LINE_LOOKED_AT && item->own > 0
               ? piece_of_line(to, at)
               : PIECE_SAID;
}

static enum origin_kind kind_of_block(const struct page_saying *to, size_t at)
{
    for (size_t i = at;; i = to->tree->items[i].parent) {
        const struct html_item *item = &to->tree->items[i];
        if (item->role == ROLE_CAPTION)
            return ORIGIN_CAPTION;
        if (item->role == ROLE_POST)
            return ORIGIN_POST;
        if (item->role == ROLE_BYLINE && item->text < LABEL_MOST)
            return ORIGIN_BYLINE;
        if (item->role == ROLE_DATE && item->text < LABEL_MOST)
            return ORIGIN_DATELINE;
        if (html_tag(item) == GUMBO_TAG_LI)
            return ORIGIN_BULLET;
        if (i == to->article->container || item->parent == i)
            return ORIGIN_BODY;
    }
}

static bool is_row_of_data(const struct page_saying *to, size_t at)
{
    const struct html_item *row = &to->tree->items[at];
    unsigned cells = 0, breaks = 0;
    if (html_tag(row) != GUMBO_TAG_TR)
        return false;
    for (size_t i = at + 1; i < row->end; i++) {
        const struct html_item *item = &to->tree->items[i];
        const GumboTag tag = html_tag(item);
        const bool is_cell = tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
        cells += is_cell;
        breaks = is_cell ? 0 : breaks + (tag == GUMBO_TAG_BR);
        if (tag == GUMBO_TAG_TABLE || item->mass > 4 * LABEL_MOST || breaks > 5)
            return false; /* a table that lays out the page */
    }
    return cells >= 2;
}

static void say_words(struct page_saying *to, size_t at)
{
    const struct html_item *item = &to->tree->items[at];
    const char *words = item->node->v.text.text;
    if (!writer_is_open(to->writer))
        writer_begin(to->writer, kind_of_block(to, at));
    to->said += item->text;
    to->breaks = words[strspn(words, " \t\r\n")] != '\0' ? 0 : to->breaks;
    writer_words(to->writer, slice_of(words));
}

/* Whether a neighbour before it is such an element too. */
static bool follows(const struct page_saying *to, size_t at, GumboTag tag)
{
    const struct html_item *item = &to->tree->items[at];
    for (size_t i = item->parent + 1; i < at; i = to->tree->items[i].end)
        if (html_tag(&to->tree->items[i]) == tag)
            return true;
    return false;
}

/* Cells in one line, with bars between. */
static void say_row(struct page_saying *to, size_t at)
{
    const struct html_tree *tree = to->tree;
    bool is_first = true, needs_bar = false;
    if (follows(to, at, GUMBO_TAG_TR))
        writer_begin_close(to->writer, ORIGIN_TABLE);
    else
        writer_begin(to->writer, ORIGIN_TABLE);
    for (size_t i = at + 1; i < tree->items[at].end; i++) {
        const struct html_item *item = &tree->items[i];
        const GumboTag tag = html_tag(item);
        if (item->is_cut)
            continue;
        if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) {
            needs_bar = !is_first;
            is_first = false;
        }
        if (html_is_words(item) &&
            item->node->v.text
                    .text[strspn(item->node->v.text.text, " \t\r\n")] != '\0') {
            writer_words(to->writer, slice_of(needs_bar ? " | " : " "));
            needs_bar = false;
            say_words(to, i);
        } else if (item->is_block || tag == GUMBO_TAG_BR) {
            writer_words(to->writer, slice_of(" "));
        }
    }
    writer_end(to->writer);
}

/* White space is the author's own. */
static void say_preformatted(struct page_saying *to, size_t at)
{
    const struct html_tree *tree = to->tree;
    writer_begin(to->writer, ORIGIN_BODY);
    for (size_t i = at; i < tree->items[at].end; i++) {
        const struct html_item *item = &tree->items[i];
        if (!html_is_words(item) || item->is_cut)
            continue;
        const char *words = item->node->v.text.text;
        to->said += item->text;
        while (*words != '\0') {
            size_t length = strcspn(words, "\n");
            writer_words(to->writer, (struct slice){words, length});
            if (words[length] == '\n')
                writer_line(to->writer);
            words += length + (words[length] == '\n');
        }
    }
    writer_end(to->writer);
}

/* Two breaks part paragraphs, one a line. */
static void say_break(struct page_saying *to, enum origin_kind kind)
{
    if (++to->breaks >= 2 && writer_has_words(to->writer))
        writer_begin(to->writer, kind);
    else
        writer_line(to->writer);
}

static void begin_block(struct page_saying *to, size_t at)
{
    const bool is_item = html_tag(&to->tree->items[at]) == GUMBO_TAG_LI;
    const enum origin_kind kind = kind_of_block(to, at);
    to->breaks = 0;
    if (is_item && follows(to, at, GUMBO_TAG_LI))
        writer_begin_close(to->writer, kind);
    else
        writer_begin(to->writer, kind);
}

static bool is_label(const struct html_item *item)
{
    return item->role == ROLE_BYLINE || item->role == ROLE_DATE;
}

/* "<span>M. Odera</span><time>14 May</time>": a style sheet parts them. */
static bool is_parted(const struct html_tree *tree, size_t at)
{
    const struct html_item *item = &tree->items[at];
    const struct html_item *next = &tree->items[item->end];
    return item->end < tree->count && next->parent == item->parent &&
           !html_is_words(item) && !html_is_words(next) && !next->is_block &&
           (is_label(item) || is_label(next));
}

static void say_item(struct page_saying *to, size_t at);

static void say_children(struct page_saying *to, size_t at)
{
    const struct html_tree *tree = to->tree;
    for (size_t i = at + 1; i < tree->items[at].end && to->is_well;
         i = tree->items[i].end)
        say_item(to, i);
}

/* All words of an element, in one paragraph. */
static void say_flat(struct page_saying *to, size_t at, enum origin_kind kind)
{
    const struct html_tree *tree = to->tree;
    writer_begin(to->writer, kind);
    for (size_t i = at; i < tree->items[at].end; i++) {
        if (tree->items[i].is_block)
            writer_words(to->writer, slice_of(" "));
        if (html_is_words(&tree->items[i]) && !tree->items[i].is_cut)
            say_words(to, i);
    }
    writer_end(to->writer);
}

static void say_item(struct page_saying *to, size_t at)
{
    const struct html_item *item = &to->tree->items[at];
    const GumboTag tag = html_tag(item);
    const enum piece piece = piece_at(to, at);
    if (piece == PIECE_LEFT_OUT) {
        if (item->is_block)
            writer_end(to->writer);
        return;
    }
    if (piece != PIECE_SAID) {
        say_flat(to, at, piece == PIECE_LINK ? ORIGIN_LINK : ORIGIN_ADVERT);
        return;
    }
    if (html_is_words(item)) {
        say_words(to, at);
    } else if (tag == GUMBO_TAG_BR) {
        say_break(to, kind_of_block(to, at));
    } else if (is_row_of_data(to, at)) {
        say_row(to, at);
    } else if (tag == GUMBO_TAG_PRE) {
        say_preformatted(to, at);
    } else if (item->is_block) {
        begin_block(to, at);
        say_children(to, at);
        writer_end(to->writer);
    } else {
        if (tag == GUMBO_TAG_Q)
            writer_words(to->writer, slice_of("\xE2\x80\x9C"));
        say_children(to, at);
        if (tag == GUMBO_TAG_Q)
            writer_words(to->writer, slice_of("\xE2\x80\x9D"));
        if (is_parted(to->tree, at) && writer_is_open(to->writer))
            writer_words(to->writer, slice_of(" "));
    }
}

/* Between headline and text: who wrote it, when, in a few words what. */
static bool belongs_to_head(const struct html_item *item)
{
    switch (item->role) {
    case ROLE_BYLINE:
    case ROLE_DATE:
        return item->text < LABEL_MOST;
    case ROLE_CAPTION:
    case ROLE_SUMMARY:
        return item->text < SUMMARY_MOST && item->is_block;
    default:
        return false;
    }
}

static void say_head(struct page_saying *to)
{
    const struct html_tree *tree = to->tree;
    size_t i = to->article->headline + 1, last = to->article->container;
    for (; i < last && to->is_well; i++) {
        const struct html_item *item = &tree->items[i];
        if (html_is_words(item) || item->is_cut || !belongs_to_head(item) ||
            item->end > last)
            continue;
        enum origin_kind kind = item->role == ROLE_BYLINE    ? ORIGIN_BYLINE
                                : item->role == ROLE_DATE    ? ORIGIN_DATELINE
                                : item->role == ROLE_CAPTION ? ORIGIN_CAPTION
                                                             : ORIGIN_BODY;
        say_flat(to, i, kind);
        i = item->end - 1;
    }
}

static bool say_headline(struct page_saying *to, struct slice title)
{
    struct slice words = title;
    const size_t at = to->article->headline;
    if (at != SIZE_MAX) {
        if (!html_text(to->tree, at, (size_t)4 * SUMMARY_MOST, to->arena,
                       &words, to->error))
            return false;
        to->said += to->tree->items[at].text;
    }
    writer_begin(to->writer, ORIGIN_HEADLINE);
    writer_words(to->writer, words);
    writer_end(to->writer);
    return true;
}

bool html_article_say(const struct html_tree *tree,
                      const struct html_article *article, struct slice title,
                      struct arena *arena, struct writer *writer,
                      size_t *left_out, struct error *error)
{
    struct page_saying to = {.tree = tree,
                             .article = article,
                             .arena = arena,
                             .writer = writer,
                             .error = error,
                             .is_well = true};
    if (!say_headline(&to, title))
        return false;
    if (article->headline < article->container)
        say_head(&to);
    writer_begin(writer, ORIGIN_BODY);
    say_children(&to, article->container);
    writer_end(writer);
    size_t all = 0;
    for (size_t i = 0; i < tree->count; i++)
        if (html_is_words(&tree->items[i]))
            all += tree->items[i].text;
    *left_out = all > to.said ? all - to.said : 0;
    return to.is_well;
}
