/*
 * mention_at.c - see mention_at.h.
 */
#include "mention_at.h"

#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    const struct mention *one = a;
    const struct mention *two = b;
    if (one->span.begin != two->span.begin)
        return one->span.begin < two->span.begin ? -1 : 1;
    if (one->span.end != two->span.end)
        return one->span.end > two->span.end ? -1 : 1;
    return (one->actor > two->actor) - (one->actor < two->actor);
}

bool mentions_in_order(struct mention_list *list, const struct reading *reading,
                       struct arena *arena, struct error *error)
{
    size_t count = 0;
    for (size_t i = 0; i < reading->actors.count; i++)
        count += reading->actors.items[i].mentions.count;
    struct mention *items = arena_take(arena, count, sizeof *items, error);
    if (items == NULL)
        return false;
    count = 0;
    for (uint32_t i = 0; i < reading->actors.count; i++) {
        const struct places *places = &reading->actors.items[i].mentions;
        for (uint32_t j = 0; j < places->count; j++)
            items[count++] = (struct mention){places->items[j], i};
    }
    qsort(items, count, sizeof *items, compare);
    *list = (struct mention_list){items, count};
    return true;
}

size_t mention_from(const struct mention_list *list, uint32_t byte)
{
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].span.begin < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
