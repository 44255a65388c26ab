/*
 * link_decided.c - what a person decided, as pairs of findings of this run.
 */
#include <stdlib.h>

#include "cluster.h"
#include "link_run.h"

static uint32_t document_of(const struct run *run, const char *id)
{
    uint32_t low = 0, high = run->document_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(run->documents[middle]->id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < run->document_count && strcmp(run->documents[low]->id, id) == 0
               ? low
               : LINK_NONE;
}

static uint32_t number_of(const struct run *run, char letter,
                          const char *document, const char *id)
{
    uint32_t at = document_of(run, document);
    if (at == LINK_NONE || id[0] != letter)
        return LINK_NONE;
    const struct part_document *its = run->documents[at];
    for (uint32_t i = 0; letter == 'a' && i < its->actor_count; i++)
        if (strcmp(its->actors[i].id, id) == 0)
            return its->actor_base + i;
    for (uint32_t i = 0; letter == 'i' && i < its->act_count; i++)
        if (strcmp(its->acts[i].id, id) == 0)
            return its->act_base + i;
    return LINK_NONE;
}

bool run_decided(struct run *run, char letter, struct cluster_edges *edges)
{
    const struct link *link = run->link;
    for (size_t i = 0; i < link->decisions.count; i++) {
        const struct link_decided *its = &link->decisions.items[i];
        uint32_t one = number_of(run, letter, its->document, its->id);
        uint32_t other =
            number_of(run, letter, its->other_document, its->other_id);
        if (one == LINK_NONE || other == LINK_NONE || one == other)
            continue;
        struct cluster_edge edge = {one < other ? one : other,
                                    one < other ? other : one,
                                    its->is_same ? 1 : -1};
        size_t k = 0;
        while (k < edges->count && (edges->items[k].one != edge.one ||
                                    edges->items[k].other != edge.other))
            k++;
        if (k < edges->count)
            edges->items[k].score = edge.score;
        else if (!list_push(run->arena, edges, edge, run->error))
            return false;
    }
    return true;
}

bool run_indices(struct run *run, const struct link_list *list,
                 struct link_indices *indices)
{
    uint32_t *items =
        arena_take(run->arena, list->count, sizeof *items, run->error);
    if (items == NULL)
        return false;
    if (list->count > 0)
        memcpy(items, list->items, list->count * sizeof *items);
    *indices = (struct link_indices){items, (uint32_t)list->count};
    return true;
}
