/*
 * figure_claims.c - see figure_claims.h. A figure that overlaps the edge of a
 * content, by its hedge, is of that content: its last byte decides.
 */
#include "figure_claims.h"

#include "act_links.h"
#include "claim_at.h"

bool figure_claims(struct reading *reading, const struct labels *labels,
                   struct arena *arena, struct arena *scratch,
                   struct error *error)
{
    struct claim_finder finder;
    const struct figure *found = NULL;
    size_t count = 0;
    if (!figures_find(&reading->text, labels, reading->citations,
                      reading->citation_count, arena, &found, &count, error) ||
        !claim_finder_init(&finder, reading, scratch, error))
        return false;
    struct figure *figures = arena_take(arena, count, sizeof *figures, error);
    if (figures == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        uint32_t end = found[i].span.end;
        figures[i] = found[i];
        figures[i].claim = claim_at(&finder, (struct span){end - 1, end});
        figures[i].act = act_of_figure(reading, &figures[i]);
    }
    reading->figures = figures;
    reading->figure_count = count;
    return true;
}
