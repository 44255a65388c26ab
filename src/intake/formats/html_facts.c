/*
 * html_facts.c - see html_facts.h. Vocabularies: schema.org Article, ogp.me,
 * DCMI terms.
 */
#include "html_facts.h"

#include <strings.h>

#include "json.h"

struct saying {
    struct arena *arena;
    struct writer *writer;
    struct html_facts *facts;
    struct error *error;
    struct slice page_title;
    bool is_well;
};

static void say(struct saying *to, const char *name, const char *value,
                const char *from)
{
    if (value == NULL || *value == '\0')
        return;
    writer_fact(to->writer, name, slice_of(value), from);
    to->facts->has_author =
        to->facts->has_author || strcmp(name, "author") == 0;
    if (strcmp(name, "title") == 0 && to->facts->title.length == 0) {
        char *copy = arena_string(to->arena, slice_of(value), to->error);
        to->is_well = to->is_well && copy != NULL;
        if (copy != NULL)
            to->facts->title = slice_of(copy);
    }
}

/* A name that stands as itself, as {"name": ...}, or as a list of these. */
static void say_names(struct saying *to, const char *name, const json_t *value,
                      unsigned depth)
{
    size_t i;
    json_t *item;
    if (json_is_string(value))
        say(to, name, json_string_value(value), "JSON-LD");
    else if (json_is_object(value))
        say(to, name, json_string_value(json_object_get(value, "name")),
            "JSON-LD");
    else if (json_is_array(value) && depth < 2)
        json_array_foreach(value, i, item) say_names(to, name, item, depth + 1);
}

static bool is_article(const json_t *type)
{
    const char *words = json_string_value(type);
    size_t i;
    json_t *item;
    if (words != NULL)
        return strstr(words, "Article") != NULL ||
               strstr(words, "Posting") != NULL ||
               strcmp(words, "Report") == 0 || strcmp(words, "Review") == 0;
    json_array_foreach(type, i, item) if (json_is_string(item) &&
                                          is_article(item)) return true;
    return false;
}

static void say_article(struct saying *to, const json_t *article)
{
    static const char from[] = "JSON-LD";
    const char *headline =
        json_string_value(json_object_get(article, "headline"));
    const char *body =
        json_string_value(json_object_get(article, "articleBody"));
    if (headline == NULL)
        headline = json_string_value(json_object_get(article, "name"));
    say(to, "title", headline, from);
    say_names(to, "author", json_object_get(article, "author"), 0);
    say(to, "published",
        json_string_value(json_object_get(article, "datePublished")), from);
    say(to, "modified",
        json_string_value(json_object_get(article, "dateModified")), from);
    say_names(to, "publisher", json_object_get(article, "publisher"), 0);
    say(to, "address", json_string_value(json_object_get(article, "url")),
        from);
    if (body != NULL && to->facts->body.length == 0) {
        char *copy = arena_string(to->arena, slice_of(body), to->error);
        to->is_well = to->is_well && copy != NULL;
        if (copy != NULL)
            to->facts->body = slice_of(copy);
    }
}

static void find_articles(struct saying *to, const json_t *value,
                          unsigned depth)
{
    size_t i;
    json_t *item;
    if (depth > 4)
        return;
    json_array_foreach(value, i, item) find_articles(to, item, depth + 1);
    if (!json_is_object(value))
        return;
    if (is_article(json_object_get(value, "@type")))
        say_article(to, value);
    find_articles(to, json_object_get(value, "@graph"), depth + 1);
    find_articles(to, json_object_get(value, "mainEntity"), depth + 1);
}

static const char *attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found =
        gumbo_get_attribute(&node->v.element.attributes, name);
    return found != NULL ? found->value : NULL;
}

/* The words in a script or title. */
static const char *words_in(const GumboNode *node)
{
    const GumboVector *children = &node->v.element.children;
    const GumboNode *first = children->length > 0 ? children->data[0] : NULL;
    return first != NULL && (first->type == GUMBO_NODE_TEXT ||
                             first->type == GUMBO_NODE_CDATA)
               ? first->v.text.text
               : NULL;
}

static void say_json(struct saying *to, const GumboNode *node)
{
    struct error ignored;
    const char *type = attribute(node, "type");
    const char *words = words_in(node);
    if (type == NULL || strcasecmp(type, "application/ld+json") != 0 ||
        words == NULL)
        return;
    json_t *value = json_read(slice_of(words), &ignored);
    find_articles(to, value, 0);
    json_decref(value);
}

static void say_meta(struct saying *to, const GumboNode *node)
{
    static const struct {
        const char *key, *name, *from;
    } known[] = {
        {"og:title", "title", "Open Graph"},
        {"article:published_time", "published", "Open Graph"},
        {"og:published_time", "published", "Open Graph"},
        {"article:modified_time", "modified", "Open Graph"},
        {"og:updated_time", "modified", "Open Graph"},
        {"article:author", "author", "Open Graph"},
        {"og:site_name", "publisher", "Open Graph"},
        {"og:url", "address", "Open Graph"},
        {"dc.title", "title", "Dublin Core"},
        {"dc.creator", "author", "Dublin Core"},
        {"dc.date", "published", "Dublin Core"},
        {"dc.date.issued", "published", "Dublin Core"},
        {"dcterms.created", "published", "Dublin Core"},
        {"dcterms.modified", "modified", "Dublin Core"},
        {"dc.publisher", "publisher", "Dublin Core"},
        {"citation_title", "title", "meta"},
        {"citation_author", "author", "meta"},
        {"citation_publication_date", "published", "meta"},
        {"author", "author", "meta"},
        {"byl", "author", "meta"},
        {"parsely-author", "author", "meta"},
        {"parsely-pub-date", "published", "meta"},
        {"parsely-title", "title", "meta"},
        {"sailthru.date", "published", "meta"},
        {"sailthru.author", "author", "meta"},
        {"pubdate", "published", "meta"},
        {"publishdate", "published", "meta"},
        {"publish-date", "published", "meta"},
        {"date", "published", "meta"},
        {"datepublished", "published", "meta"},
        {"datemodified", "modified", "meta"},
        {"last-modified", "modified", "meta"},
        {"twitter:title", "title", "meta"},
        {"generator", "software", "meta"},
        {"application-name", "publisher", "meta"},
    };
    const char *key = attribute(node, "property");
    if (key == NULL)
        key = attribute(node, "name");
    if (key == NULL)
        key = attribute(node, "itemprop");
    for (size_t i = 0; key != NULL && i < sizeof known / sizeof *known; i++)
        if (strcasecmp(known[i].key, key) == 0)
            say(to, known[i].name, attribute(node, "content"), known[i].from);
}

/* <abbr class="published" title="2019-05-14T08:00"> (microformats, hAtom). */
static void say_abbreviation(struct saying *to, const GumboNode *node)
{
    const char *class = attribute(node, "class");
    const char *title = attribute(node, "title");
    if (class != NULL && strstr(class, "published") != NULL && title != NULL &&
        strncmp(title, "20", 2) == 0)
        say(to, "published", title, "abbr element");
}

/* Scripts first: they say most, and with dates to the second. */
static void walk(struct saying *to, const GumboNode *node, unsigned depth,
                 bool with_scripts)
{
    if (node->type != GUMBO_NODE_ELEMENT || depth > HTML_DEPTH_MAX)
        return;
    const GumboTag tag = node->v.element.tag;
    if (tag == GUMBO_TAG_SCRIPT && with_scripts)
        say_json(to, node);
    if (tag == GUMBO_TAG_META && !with_scripts)
        say_meta(to, node);
    if (tag == GUMBO_TAG_LINK && !with_scripts) {
        const char *relation = attribute(node, "rel");
        if (relation != NULL && strcasecmp(relation, "canonical") == 0)
            say(to, "address", attribute(node, "href"), "canonical link");
    }
    if (tag == GUMBO_TAG_HTML && !with_scripts)
        say(to, "language", attribute(node, "lang"), "html lang");
    if (tag == GUMBO_TAG_TITLE && !with_scripts && to->page_title.length == 0 &&
        words_in(node) != NULL)
        to->page_title = slice_of(words_in(node));
    if (tag == GUMBO_TAG_TIME && !with_scripts)
        say(to, "published", attribute(node, "datetime"), "time element");
    if (tag == GUMBO_TAG_ABBR && !with_scripts)
        say_abbreviation(to, node);
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        walk(to, node->v.element.children.data[i], depth + 1, with_scripts);
}

bool html_facts_say(const GumboNode *root, struct arena *arena,
                    struct writer *writer, struct html_facts *facts,
                    struct error *error)
{
    struct saying to = {.arena = arena,
                        .writer = writer,
                        .facts = facts,
                        .error = error,
                        .is_well = true};
    *facts = (struct html_facts){{"", 0}, {"", 0}, false, false};
    walk(&to, root, 0, true);
    walk(&to, root, 0, false);
    if (to.page_title.length > 0) {
        char *copy = arena_string(arena, to.page_title, error);
        if (copy == NULL)
            return false;
        facts->is_page_title = facts->title.length == 0;
        say(&to, "title", copy, "title element");
    }
    return to.is_well;
}
