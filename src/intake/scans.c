/*
 * scans.c - see scans.h.
 */
#include "scans.h"

/* The text and its places, made anew from pieces of several conversions. */
struct merging {
    struct arena *arena;
    struct error *error;
    char *text;
    size_t length;
    LIST(struct origin) origins;
    uint32_t paragraphs;
};

/* Origins [first, last) with the text between them, in a paragraph of their
 * own; `page` is where they stand, 0: where they say. */
static bool add(struct merging *to, const struct conversion *from, size_t first,
                size_t last, uint32_t page)
{
    static const char gap[] = "\n\n";
    if (first == last)
        return true;
    const struct origin *origins = from->origins.items;
    const uint32_t begin = origins[first].span.begin;
    const uint32_t length = origins[last - 1].span.end - begin;
    const uint32_t before = to->paragraphs;
    memcpy(to->text + to->length, gap, to->length > 0 ? 2 : 0);
    to->length += to->length > 0 ? 2 : 0;
    for (size_t i = first; i < last; i++) {
        struct origin origin = origins[i];
        origin.span.begin += (uint32_t)to->length - begin;
        origin.span.end += (uint32_t)to->length - begin;
        origin.paragraph += before + 1 - origins[first].paragraph;
        origin.page = page > 0 ? page : origin.page;
        to->paragraphs = origin.paragraph;
        if (!list_push(to->arena, &to->origins, origin, to->error))
            return false;
    }
    memcpy(to->text + to->length, from->text.data + begin, length);
    to->length += length;
    return true;
}

/* Footnotes stand behind the text of all pages. */
static size_t first_footnote(const struct conversion *conversion)
{
    size_t at = conversion->origins.count;
    while (at > 0 && conversion->origins.items[at - 1].kind == ORIGIN_FOOTNOTE)
        at--;
    return at;
}

/* Where a paragraph begins on a later page, from `at` on. */
static size_t page_border(const struct conversion *conversion, size_t at,
                          size_t end, uint32_t page)
{
    const struct origin *origins = conversion->origins.items;
    while (at < end &&
           (origins[at].page <= page ||
            (at > 0 && origins[at].paragraph == origins[at - 1].paragraph)))
        at++;
    return at;
}

static bool add_warning(struct arena *arena, struct conversion *conversion,
                        const char *words, struct error *error)
{
    if (conversion->warnings.count >= CONVERSION_WARNINGS_MAX)
        return true;
    const char *copy = arena_string(arena, slice_of(words), error);
    return copy != NULL && list_push(arena, &conversion->warnings, copy, error);
}

static bool add_warnings(const struct scans *scans, struct arena *arena,
                         struct conversion *to, struct error *error)
{
    char words[320];
    for (size_t i = 0; i < scans->count; i++) {
        const struct scanned *page = &scans->items[i];
        for (size_t j = 0; j < page->conversion.warnings.count; j++) {
            snprintf(words, sizeof words, "page %u: %.280s", page->page,
                     page->conversion.warnings.items[j]);
            if (!add_warning(arena, to, words, error))
                return false;
        }
    }
    if (scans->failed == 0)
        return true;
    snprintf(words, sizeof words, "%u pages could not be recognised: %.200s",
             scans->failed, scans->why.text);
    return add_warning(arena, to, words, error);
}

bool scans_merge(const struct scans *scans, struct arena *arena,
                 struct conversion *to, struct error *error)
{
    struct merging merging = {.arena = arena, .error = error};
    size_t length = to->text.length + 4, at = 0;
    const size_t notes = first_footnote(to);
    for (size_t i = 0; i < scans->count; i++)
        length += scans->items[i].conversion.text.length + 4;
    if (length > UINT32_MAX)
        return error_set(error, ERROR_BAD_INPUT, "holds too much text");
    merging.text = arena_take(arena, length, 1, error);
    if (merging.text == NULL)
        return false;
    for (size_t i = 0; i < scans->count; i++) {
        const struct scanned *page = &scans->items[i];
        const size_t border = page_border(to, at, notes, page->page);
        if (!add(&merging, to, at, border, 0) ||
            !add(&merging, &page->conversion, 0, page->conversion.origins.count,
                 page->page))
            return false;
        at = border;
    }
    if (!add(&merging, to, at, notes, 0) ||
        !add(&merging, to, notes, to->origins.count, 0))
        return false;
    to->text = (struct slice){merging.text, merging.length};
    to->origins.items = merging.origins.items;
    to->origins.count = merging.origins.count;
    to->origins.capacity = merging.origins.capacity;
    return add_warnings(scans, arena, to, error);
}
