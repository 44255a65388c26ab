/*
 * html_cuts.c - see html_tree.h: how much running text lies where, and what
 * of the page is left out.
 *
 * Three things say that an element is no part of the article: its classes and
 * tags (html_tree.c), the words at the head of a box, a field for addresses.
 * None is believed where it would take the article itself.
 */
#include <string.h>
#include <strings.h>

#include "html_lines.h"
#include "html_tree.h"

/* A paragraph of running text: longer than a label, and not a link. Shorter
 * ones are menus on most pages (Kohlschuetter et al. 2010, Boilerplate
 * Detection using Shallow Text Features, have the same two features). */
enum { PARAGRAPH_MIN = 60, HEAD_MOST = 80, FORM_MOST = 400, REST_MIN = 150 };

/* What lies in a cut element is cut with it. */
static void spread_cuts(struct html_tree *tree, bool with_soft)
{
    for (size_t i = 0; i < tree->count; i++) {
        struct html_item *item = &tree->items[i];
        const struct html_item *above = &tree->items[item->parent];
        const bool is_root = item->parent == i;
        item->is_link =
            (!is_root && above->is_link) || html_tag(item) == GUMBO_TAG_A;
        item->is_cut = (!is_root && above->is_cut) || item->role == ROLE_CUT ||
                       (with_soft && (item->role == ROLE_SOFT_CUT ||
                                      item->role == ROLE_OFF));
    }
}

static uint32_t add_capped(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

/* Characters whose nearest block each item is. */
static void measure_own(struct html_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        struct html_item *item = &tree->items[i];
        item->own = item->own_links = item->links = item->mass = 0;
        if (!html_is_words(item))
            item->text = 0;
    }
    for (size_t i = 0; i < tree->count; i++) {
        const struct html_item *item = &tree->items[i];
        if (!html_is_words(item) || item->is_cut)
            continue;
        struct html_item *owner = &tree->items[html_block_of(tree, i)];
        owner->own = add_capped(owner->own, item->text);
        if (item->is_link)
            owner->own_links = add_capped(owner->own_links, item->text);
    }
}

/* Characters of each block's own, then of all that lies in each. */
static void measure(struct html_tree *tree)
{
    measure_own(tree);
    for (size_t i = tree->count; i-- > 0;) {
        struct html_item *item = &tree->items[i];
        struct html_item *above = &tree->items[item->parent];
        if (item->is_block) {
            item->text = add_capped(item->text, item->own);
            item->links = add_capped(item->links, item->own_links);
            if (item->own >= PARAGRAPH_MIN &&
                item->own_links < item->own / 5 * 2)
                item->mass = add_capped(item->mass, item->own);
        }
        if (above != item && !html_is_words(item)) {
            above->text = add_capped(above->text, item->text);
            above->links = add_capped(above->links, item->links);
            above->mass = add_capped(above->mass, item->mass);
        }
    }
}

/* Whether the page's first rank of headings lies in it, with some words. */
static void mark_titles(struct html_tree *tree)
{
    for (size_t i = tree->count; i-- > 0;) {
        struct html_item *item = &tree->items[i];
        if (html_tag(item) == GUMBO_TAG_H1 && item->text >= 12)
            item->has_title = true;
        if (item->has_title && item->role != ROLE_CUT)
            tree->items[item->parent].has_title = true;
    }
}

static bool is_heading(const struct html_item *item)
{
    const GumboTag tag = html_tag(item);
    return tag == GUMBO_TAG_H2 || tag == GUMBO_TAG_H3 || tag == GUMBO_TAG_H4 ||
           tag == GUMBO_TAG_H5 || tag == GUMBO_TAG_H6 ||
           tag == GUMBO_TAG_LEGEND || tag == GUMBO_TAG_STRONG ||
           tag == GUMBO_TAG_B;
}

/* Whether words stand in `above` before `at`. */
static bool has_words_before(const struct html_tree *tree, size_t above,
                             size_t at)
{
    for (size_t i = above + 1; i < at; i++)
        if (html_is_words(&tree->items[i]) && !tree->items[i].is_cut &&
            tree->items[i].text > 0)
            return true;
    return false;
}

static bool can_be_box(const struct html_item *item)
{
    const GumboTag tag = html_tag(item);
    return !item->has_title && item->role != ROLE_BODY &&
           tag != GUMBO_TAG_BODY && tag != GUMBO_TAG_MAIN &&
           tag != GUMBO_TAG_HTML && tag != GUMBO_TAG_ARTICLE;
}

static void cut(struct html_item *item, enum html_role role)
{
    if (item->role != ROLE_CUT && item->role != ROLE_OFF)
        item->role = role;
}

/* The head stands among other things: what follows it is of its kind as long
 * as it is no running text; what readers wrote goes on to the end. */
static void cut_following(struct html_tree *tree, size_t head, bool is_rest)
{
    const uint32_t last = tree->items[tree->items[head].parent].end;
    cut(&tree->items[head], ROLE_SOFT_CUT);
    for (size_t i = tree->items[head].end; i < last; i = tree->items[i].end) {
        struct html_item *item = &tree->items[i];
        if (html_is_words(item) && item->text == 0)
            continue;
        if (!is_rest && (html_is_words(item) || item->mass > 0 ||
                         is_heading(item) || !item->is_block))
            return;
        if (item->has_title)
            return;
        if (!html_is_words(item))
            cut(item, is_rest ? ROLE_OFF : ROLE_SOFT_CUT);
    }
}

/* Articles have labels at their head too: a box of most of the page is none,
 * nor one of a good part of it that has no heading. */
static bool is_too_much(const struct html_tree *tree, size_t head,
                        const struct html_item *box, bool is_rest)
{
    const uint32_t whole = tree->items[0].mass;
    if (!is_heading(&tree->items[head]))
        return box->mass > whole / 4;
    return !is_rest && box->mass > whole / 2;
}

/* Up from the head to the smallest element that has more than it. */
static void cut_box(struct html_tree *tree, size_t head,
                    enum html_line_kind kind)
{
    const bool is_rest = kind == LINE_REST;
    for (size_t at = head; tree->items[at].parent != at;) {
        const uint32_t above = tree->items[at].parent;
        struct html_item *box = &tree->items[above];
        if (has_words_before(tree, above, at)) {
            if (is_heading(&tree->items[head]) || is_rest)
                cut_following(tree, at, is_rest);
            return;
        }
        if (!can_be_box(box) || is_too_much(tree, head, box, is_rest))
            return;
        if (box->is_block && box->text > tree->items[head].text + 2 &&
            box->text > tree->items[at].text + 2) {
            cut(box, is_rest ? ROLE_OFF : ROLE_SOFT_CUT);
            return;
        }
        at = above;
    }
}

/* "Related stories", "3 comments": a box by the words at its head. */
static bool cut_boxes(struct html_tree *tree, struct arena *arena,
                      struct error *error)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct html_item *item = &tree->items[i];
        struct slice words;
        if (html_is_words(item) || !item->is_block || item->is_cut ||
            item->text == 0 || item->text > HEAD_MOST || item->own < item->text)
            continue;
        if (!html_text(tree, i, HEAD_MOST + 8, arena, &words, error))
            return false;
        const enum html_line_kind kind = html_line_as_head(words);
        if (kind != LINE_NONE && item->own_links * 2 <= item->own)
            cut_box(tree, i, kind);
    }
    return true;
}

/* A field for an address of mail, and the few words around it. */
static void cut_forms(struct html_tree *tree)
{
    for (size_t i = 0; i < tree->count; i++) {
        const struct html_item *field = &tree->items[i];
        const char *type = html_attribute(field, "type");
        size_t at = i;
        if (html_tag(field) != GUMBO_TAG_INPUT || type == NULL ||
            strcasecmp(type, "email") != 0)
            continue;
        for (size_t above = field->parent;
             tree->items[above].text < FORM_MOST &&
             can_be_box(&tree->items[above]);
             above = tree->items[above].parent) {
            at = above;
            if (tree->items[above].parent == above)
                break;
        }
        if (at != i)
            cut(&tree->items[at], ROLE_SOFT_CUT);
    }
}

/* A cut that would take the article is none: there are pages that lie whole
 * in a form, or in "sidebar-right-active". `rest` is the running text that
 * stands outside of all cuts. */
static void forgive(struct html_tree *tree, uint32_t rest)
{
    const uint32_t whole = tree->items[0].mass;
    for (size_t i = 0; i < tree->count; i++) {
        struct html_item *item = &tree->items[i];
        bool is_forgiven = false;
        if (item->mass <= whole / 5 * 2)
            continue;
        if (item->role == ROLE_SOFT_CUT)
            is_forgiven = item->has_title || item->mass / 3 > rest;
        if (item->role == ROLE_OFF)
            is_forgiven = item->has_title || rest < REST_MIN;
        if (is_forgiven)
            item->role = ROLE_NONE;
    }
}

bool html_cuts_choose(struct html_tree *tree, struct arena *arena,
                      struct error *error)
{
    spread_cuts(tree, false);
    measure(tree);
    mark_titles(tree);
    if (!cut_boxes(tree, arena, error))
        return false;
    cut_forms(tree);
    spread_cuts(tree, true);
    measure(tree);
    const uint32_t rest = tree->items[0].mass;
    spread_cuts(tree, false);
    measure(tree);
    forgive(tree, rest);
    spread_cuts(tree, true);
    measure(tree);
    return true;
}
