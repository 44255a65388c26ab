/*
 * claim_at.c - see claim_at.h: a sweep over contents by where they begin.
 */
#include "claim_at.h"

#include <stdlib.h>

enum { OPEN_LOOKED_AT = 64 }; /* levels of claims that are told within claims */

static int compare(const void *a, const void *b)
{
    const struct claim_content *one = a;
    const struct claim_content *two = b;
    if (one->span.begin != two->span.begin)
        return one->span.begin < two->span.begin ? -1 : 1;
    if (one->span.end != two->span.end)
        return one->span.end > two->span.end ? -1 : 1;
    return (one->claim > two->claim) - (one->claim < two->claim);
}

static size_t take(struct claim_content *contents, struct places places,
                   uint32_t claim)
{
    for (uint32_t i = 0; i < places.count; i++)
        contents[i] = (struct claim_content){places.items[i], claim};
    return places.count;
}

bool claim_finder_init(struct claim_finder *finder,
                       const struct reading *reading, struct arena *arena,
                       struct error *error)
{
    size_t most = 0;
    size_t count = 0;
    *finder = (struct claim_finder){0};
    for (size_t i = 0; i < reading->claims.count; i++) {
        const struct claim *claim = &reading->claims.items[i];
        most += claim->content.count;
        for (uint32_t j = 0; j < claim->also_count; j++)
            most += claim->also[j].content.count;
    }
    struct claim_content *contents =
        arena_take(arena, most, sizeof *contents, error);
    finder->open = arena_take(arena, most, sizeof *finder->open, error);
    if (contents == NULL || finder->open == NULL)
        return false;
    for (uint32_t i = 0; i < reading->claims.count; i++) {
        const struct claim *claim = &reading->claims.items[i];
        count += take(contents + count, claim->content, i);
        for (uint32_t j = 0; j < claim->also_count; j++)
            count += take(contents + count, claim->also[j].content, i);
    }
    qsort(contents, count, sizeof *contents, compare);
    finder->contents = contents;
    finder->count = count;
    return true;
}

uint32_t claim_at(struct claim_finder *finder, struct span place)
{
    while (finder->next < finder->count &&
           finder->contents[finder->next].span.begin <= place.begin)
        finder->open[finder->open_count++] = (uint32_t)finder->next++;
    while (finder->open_count > 0 &&
           finder->contents[finder->open[finder->open_count - 1]].span.end <=
               place.begin)
        finder->open_count--;
    size_t least = finder->open_count > OPEN_LOOKED_AT
                       ? finder->open_count - OPEN_LOOKED_AT
                       : 0;
    for (size_t i = finder->open_count; i > least; i--) {
        const struct claim_content *content =
            &finder->contents[finder->open[i - 1]];
        if (content->span.end >= place.end)
            return content->claim;
    }
    return READING_NONE;
}
