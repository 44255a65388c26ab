/*
 * html_tree.c - see html_tree.h.
 */
#include "html_tree.h"

#include <ctype.h>
#include <strings.h>

#include "table.h"
#include "utf8.h"

GumboTag html_tag(const struct html_item *item)
{
    return item->node->type == GUMBO_NODE_ELEMENT ||
                   item->node->type == GUMBO_NODE_TEMPLATE
               ? item->node->v.element.tag
               : GUMBO_TAG_UNKNOWN;
}

bool html_is_words(const struct html_item *item)
{
    return item->node->type == GUMBO_NODE_TEXT ||
           item->node->type == GUMBO_NODE_CDATA ||
           item->node->type == GUMBO_NODE_WHITESPACE;
}

const char *html_attribute(const struct html_item *item, const char *name)
{
    if (html_is_words(item))
        return NULL;
    const GumboAttribute *found =
        gumbo_get_attribute(&item->node->v.element.attributes, name);
    return found != NULL ? found->value : NULL;
}

static bool is_block_tag(GumboTag tag)
{
    static const GumboTag inline_tags[] = {
        GUMBO_TAG_A,      GUMBO_TAG_ABBR,   GUMBO_TAG_ACRONYM, GUMBO_TAG_B,
        GUMBO_TAG_BDI,    GUMBO_TAG_BDO,    GUMBO_TAG_BIG,     GUMBO_TAG_CITE,
        GUMBO_TAG_CODE,   GUMBO_TAG_DATA,   GUMBO_TAG_DEL,     GUMBO_TAG_DFN,
        GUMBO_TAG_EM,     GUMBO_TAG_FONT,   GUMBO_TAG_I,       GUMBO_TAG_IMG,
        GUMBO_TAG_INS,    GUMBO_TAG_KBD,    GUMBO_TAG_LABEL,   GUMBO_TAG_MARK,
        GUMBO_TAG_NOBR,   GUMBO_TAG_Q,      GUMBO_TAG_RUBY,    GUMBO_TAG_S,
        GUMBO_TAG_SAMP,   GUMBO_TAG_SMALL,  GUMBO_TAG_SPAN,    GUMBO_TAG_STRIKE,
        GUMBO_TAG_STRONG, GUMBO_TAG_SUB,    GUMBO_TAG_SUP,     GUMBO_TAG_TIME,
        GUMBO_TAG_TT,     GUMBO_TAG_U,      GUMBO_TAG_VAR,     GUMBO_TAG_WBR,
        GUMBO_TAG_BR,     GUMBO_TAG_UNKNOWN};
    for (size_t i = 0; i < sizeof inline_tags / sizeof *inline_tags; i++)
        if (inline_tags[i] == tag)
            return false;
    return true;
}

static enum html_role role_of_tag(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_HEAD:
        return ROLE_CUT;
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
        return ROLE_SOFT_CUT;
    case GUMBO_TAG_FIGCAPTION:
        return ROLE_CAPTION;
    case GUMBO_TAG_ADDRESS:
        return ROLE_BYLINE;
    case GUMBO_TAG_TIME:
        return ROLE_DATE;
    default:
        return ROLE_NONE;
    }
}

static enum html_role role_of_word(const char *what)
{
    static const struct {
        const char *word;
        enum html_role role;
    } roles[] = {{"cut", ROLE_SOFT_CUT},      {"off", ROLE_OFF},
                 {"body", ROLE_BODY},         {"byline", ROLE_BYLINE},
                 {"dateline", ROLE_DATE},     {"caption", ROLE_CAPTION},
                 {"headline", ROLE_HEADLINE}, {"summary", ROLE_SUMMARY}};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(roles[i].word, what) == 0)
            return roles[i].role;
    return ROLE_NONE;
}

enum { WORD_MAX = 48, WORDS_MAX = 32 };
struct class_words {
    char words[WORDS_MAX][WORD_MAX];
    bool begins[WORDS_MAX]; /* the first of its class */
    size_t count;
};

/* "td-post-content relatedPosts": td, post, content; related, posts. */
static void split_classes(const char *value, struct class_words *to)
{
    bool is_new = true;
    char before = ' ';
    size_t length = 0;
    for (const char *at = value; to->count < WORDS_MAX; at++) {
        unsigned char letter = (unsigned char)*at;
        bool is_word = isalpha(letter) != 0;
        if (length > 0 &&
            (!is_word || (isupper(letter) && islower((unsigned char)before)))) {
            to->words[to->count++][length] = '\0';
            length = 0;
        }
        if (letter == '\0' || to->count == WORDS_MAX)
            return;
        if (is_word && length < WORD_MAX - 1) {
            if (length == 0)
                to->begins[to->count] = is_new;
            to->words[to->count][length++] = (char)tolower(letter);
        }
        is_new = isspace(letter) != 0 || (is_new && !is_word);
        before = *at;
    }
}

static enum html_role role_of_key(const char *key)
{
    const struct table_row *row = table_find(&page_word_table, slice_of(key));
    return row != NULL ? role_of_word(row->columns[0]) : ROLE_NONE;
}

/* What is cut stands above all: "comment-body" is no body. Two words together
 * say more than one. */
static enum html_role role_of_classes(const struct class_words *classes)
{
    enum html_role role = ROLE_NONE;
    for (size_t i = 0; i < classes->count; i++) {
        enum html_role found = ROLE_NONE;
        char pair[2 * WORD_MAX];
        bool has_next = i + 1 < classes->count && !classes->begins[i + 1];
        if (has_next) {
            snprintf(pair, sizeof pair, "%s-%s", classes->words[i],
                     classes->words[i + 1]);
            found = role_of_key(pair);
        }
        if (found != ROLE_NONE)
            i++;
        else
            found = role_of_key(classes->words[i]);
        if (found == ROLE_SOFT_CUT || found == ROLE_OFF)
            return found;
        if (role == ROLE_NONE || found == ROLE_BODY)
            role = found != ROLE_NONE ? found : role;
    }
    return role;
}

static bool is_hidden(const struct html_item *item)
{
    const char *style = html_attribute(item, "style");
    const char *aria = html_attribute(item, "aria-hidden");
    const char *layout = html_attribute(item, "layout"); /* of AMP */
    return html_attribute(item, "hidden") != NULL ||
           (layout != NULL && strcasecmp(layout, "nodisplay") == 0) ||
           (aria != NULL && strcasecmp(aria, "true") == 0) ||
           (style != NULL && (strcasestr(style, "display:none") != NULL ||
                              strcasestr(style, "display: none") != NULL));
}

/* WAI-ARIA landmarks, and windows before the page. */
static bool is_beside(const struct html_item *item)
{
    static const char *const roles[] = {
        "navigation", "complementary", "contentinfo", "search",
        "dialog",     "alertdialog",   "menu",        "menubar"};
    const char *role = html_attribute(item, "role");
    for (size_t i = 0; role != NULL && i < sizeof roles / sizeof *roles; i++)
        if (strcasecmp(role, roles[i]) == 0)
            return true;
    return false;
}

/* Elements that a site made up are called what they are ("amp-ad"). */
static void split_own_tag(const struct html_item *item, struct class_words *to)
{
    char name[WORD_MAX];
    GumboStringPiece piece = item->node->v.element.original_tag;
    if (html_tag(item) != GUMBO_TAG_UNKNOWN || piece.length < 2)
        return;
    gumbo_tag_from_original_text(&piece);
    snprintf(name, sizeof name, "%.*s",
             (int)(piece.length < WORD_MAX ? piece.length : WORD_MAX - 1),
             piece.data);
    split_classes(name, to);
}

static bool is_post(const char *classes)
{
    return strstr(classes, "twitter-tweet") != NULL ||
           strstr(classes, "instagram-media") != NULL ||
           strstr(classes, "fb-post") != NULL;
}

static enum html_role role_of(const struct html_item *item)
{
    struct class_words classes = {.count = 0};
    const GumboTag tag = html_tag(item);
    enum html_role role = role_of_tag(tag);
    const char *property = html_attribute(item, "itemprop");
    const char *values[] = {html_attribute(item, "class"),
                            html_attribute(item, "id")};
    if (role == ROLE_CUT || role == ROLE_SOFT_CUT)
        return role;
    if (is_hidden(item) || is_beside(item))
        return ROLE_SOFT_CUT;
    if (property != NULL && strcasecmp(property, "articleBody") == 0)
        return ROLE_BODY;
    if (property != NULL && strcasecmp(property, "author") == 0)
        return ROLE_BYLINE;
    if (tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_HTML)
        return ROLE_NONE;
    split_own_tag(item, &classes);
    for (size_t i = 0; i < 2; i++)
        if (values[i] != NULL && is_post(values[i]))
            return ROLE_POST;
        else if (values[i] != NULL)
            split_classes(values[i], &classes);
    enum html_role said = role_of_classes(&classes);
    /* A page's own article is called all sorts of things ("post tag-police"):
     * names of what it is about are no reason to cut it. */
    if ((said == ROLE_SOFT_CUT || said == ROLE_OFF) &&
        (tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN ||
         tag == GUMBO_TAG_P || tag == GUMBO_TAG_H1))
        said = ROLE_NONE;
    return said != ROLE_NONE ? said : role;
}

struct building {
    struct html_tree *tree;
    struct arena *arena;
    struct error *error;
};

static uint32_t characters(const char *text)
{
    uint32_t count = 0;
    bool was_blank = true;
    for (; *text != '\0'; text++) {
        bool is_blank = isspace((unsigned char)*text) != 0;
        count +=
            ((unsigned char)*text & 0xC0) != 0x80 && !(is_blank && was_blank);
        was_blank = is_blank;
    }
    return count;
}

static bool build(struct building *to, const GumboNode *node, uint32_t parent,
                  unsigned depth)
{
    /* What the parser put below that depth stays out. */
    if (depth > HTML_DEPTH_MAX + 16 || node->type == GUMBO_NODE_COMMENT ||
        node->type == GUMBO_NODE_DOCUMENT)
        return true;
    struct html_item item = {.node = node, .parent = parent};
    uint32_t at = (uint32_t)to->tree->count;
    item.role = html_is_words(&item) ? ROLE_NONE : role_of(&item);
    item.is_block = !html_is_words(&item) && is_block_tag(html_tag(&item));
    if (html_is_words(&item))
        item.all = item.text = characters(node->v.text.text);
    if (!list_push(to->arena, to->tree, item, to->error))
        return false;
    if (!html_is_words(&item)) {
        const GumboVector *children = &node->v.element.children;
        for (unsigned i = 0; i < children->length; i++)
            if (!build(to, children->data[i], at, depth + 1))
                return false;
    }
    /* An element that nobody knows is a block where it holds one. */
    for (size_t i = at + 1;
         !html_is_words(&item) && i < to->tree->count &&
         html_tag(&item) == GUMBO_TAG_UNKNOWN && !to->tree->items[at].is_block;
         i++)
        to->tree->items[at].is_block = to->tree->items[i].is_block;
    to->tree->items[at].end = (uint32_t)to->tree->count;
    if (parent != at && to->tree->items[at].role != ROLE_CUT) {
        uint32_t *all = &to->tree->items[parent].all;
        const uint32_t more = to->tree->items[at].all;
        *all = *all > UINT32_MAX - more ? UINT32_MAX : *all + more;
    }
    return true;
}

bool html_tree_build(const GumboNode *root, struct arena *arena,
                     struct html_tree *tree, struct error *error)
{
    struct building to = {tree, arena, error};
    *tree = (struct html_tree){0};
    if (!build(&to, root, 0, 0))
        return false;
    return html_cuts_choose(tree, arena, error);
}

uint32_t html_block_of(const struct html_tree *tree, size_t at)
{
    while (tree->items[at].parent != at && !tree->items[at].is_block)
        at = tree->items[at].parent;
    return (uint32_t)at;
}

bool html_is_too_deep(struct slice bytes)
{
    /* Those whose end may be left out do not count. */
    static const char *const counted[] = {
        "div",        "span",   "font",  "table",   "ul",  "ol",  "dl",
        "blockquote", "a",      "b",     "i",       "em",  "u",   "section",
        "strong",     "center", "small", "article", "big", "sub", "sup",
        "tt",         "code",   "svg",   "g"};
    long depth = 0;
    for (size_t at = 0; at + 1 < bytes.length; at++) {
        if (bytes.data[at] != '<')
            continue;
        bool is_end = bytes.data[at + 1] == '/';
        size_t begin = at + 1 + is_end, length = 0;
        while (begin + length < bytes.length && length < 12 &&
               isalnum((unsigned char)bytes.data[begin + length]))
            length++;
        for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
            if (strlen(counted[i]) == length &&
                strncasecmp(counted[i], bytes.data + begin, length) == 0)
                depth += is_end ? -(depth > 0) : 1;
        if (depth > HTML_DEPTH_MAX)
            return true;
    }
    return false;
}

bool html_text(const struct html_tree *tree, size_t at, size_t most,
               struct arena *arena, struct slice *text, struct error *error)
{
    size_t length = 0;
    char *to = arena_take(arena, most + 2, 1, error);
    if (to == NULL)
        return false;
    for (size_t i = at; i < tree->items[at].end && length < most; i++) {
        const struct html_item *item = &tree->items[i];
        if (item->is_block && length > 0 && to[length - 1] != ' ')
            to[length++] = ' ';
        if (!html_is_words(item))
            continue;
        for (const char *from = item->node->v.text.text;
             *from != '\0' && length < most; from++) {
            bool is_blank = isspace((unsigned char)*from) != 0;
            if (!is_blank)
                to[length++] = *from;
            else if (length > 0 && to[length - 1] != ' ')
                to[length++] = ' ';
        }
    }
    while (length > 0 && to[length - 1] == ' ')
        length--;
    *text = (struct slice){to, length};
    return true;
}
