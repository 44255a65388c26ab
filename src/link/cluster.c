/*
 * cluster.c - average linkage over sparse pairs.
 */
#include "cluster.h"

#include <stdlib.h>

#include "link_words.h"

/* Sets */

static size_t slot_of(const struct number_set *set, uint64_t number)
{
    size_t at = (size_t)(hash_mix(number, 7) & (set->capacity - 1));
    while (set->slots[at] != 0 && set->slots[at] != number)
        at = (at + 1) & (set->capacity - 1);
    return at;
}

static bool set_grow(struct arena *arena, struct number_set *set,
                     struct error *error)
{
    struct number_set larger = {
        .capacity = set->capacity == 0 ? 64 : set->capacity * 2};
    larger.slots =
        arena_take(arena, larger.capacity, sizeof *larger.slots, error);
    if (larger.slots == NULL)
        return false;
    for (size_t i = 0; i < set->capacity; i++)
        if (set->slots[i] != 0)
            larger.slots[slot_of(&larger, set->slots[i])] = set->slots[i];
    larger.count = set->count;
    *set = larger;
    return true;
}

bool number_set_add(struct arena *arena, struct number_set *set,
                    uint64_t number, struct error *error)
{
    if ((set->count + 1) * 2 > set->capacity && !set_grow(arena, set, error))
        return false;
    size_t slot = slot_of(set, number);
    set->count += set->slots[slot] == 0;
    set->slots[slot] = number;
    return true;
}

bool number_set_has(const struct number_set *set, uint64_t number)
{
    return set->capacity > 0 && set->slots[slot_of(set, number)] == number;
}

/* Groups */

struct group {
    uint32_t root;       /* of a node: whose group it is in */
    uint32_t next;       /* node of the same group, or itself at the end */
    uint32_t last, size; /* of a root */
};

struct clustering {
    const struct cluster_task *task;
    struct group *groups;
    size_t *first; /* node -> its first neighbour; one more at the end */
    uint32_t *neighbours;
    int32_t *scores;
    struct number_set kin;   /* root and kin */
    struct number_set apart; /* pairs that must not meet */
    struct arena *arena;
    struct error *error;
};

static int compare_edges(const void *a, const void *b)
{
    const struct cluster_edge *one = a, *other = b;
    if (one->score != other->score)
        return one->score > other->score ? -1 : 1;
    if (one->one != other->one)
        return one->one < other->one ? -1 : 1;
    return one->other < other->other ? -1 : one->other > other->other;
}

static uint64_t kin_number(uint32_t root, uint32_t kin)
{
    return ((uint64_t)root + 1) << 32 | kin;
}

static bool begin(struct clustering *all)
{
    const struct cluster_task *task = all->task;
    const struct cluster_edges *edges = task->edges;
    all->groups =
        arena_take(all->arena, task->count, sizeof *all->groups, all->error);
    all->first = arena_take(all->arena, (size_t)task->count + 2,
                            sizeof *all->first, all->error);
    all->neighbours = arena_take(all->arena, edges->count * 2,
                                 sizeof *all->neighbours, all->error);
    all->scores = arena_take(all->arena, edges->count * 2, sizeof *all->scores,
                             all->error);
    if (all->groups == NULL || all->first == NULL || all->neighbours == NULL ||
        all->scores == NULL)
        return false;
    for (uint32_t i = 0; i < task->count; i++) {
        all->groups[i] = (struct group){i, i, i, 1};
        if (task->kin != NULL &&
            !number_set_add(all->arena, &all->kin, kin_number(i, task->kin[i]),
                            all->error))
            return false;
    }
    for (size_t i = 0; i < edges->count; i++) {
        all->first[edges->items[i].one + 2]++;
        all->first[edges->items[i].other + 2]++;
    }
    for (uint32_t i = 0; i < task->count; i++)
        all->first[i + 2] += all->first[i + 1];
    for (size_t i = 0; i < edges->count; i++) {
        struct cluster_edge edge = edges->items[i];
        size_t at = all->first[edge.one + 1]++;
        all->neighbours[at] = edge.other;
        all->scores[at] = edge.score;
        at = all->first[edge.other + 1]++;
        all->neighbours[at] = edge.one;
        all->scores[at] = edge.score;
    }
    return true;
}

/* Whether a pair that must not meet would, or two of one kin. */
static bool is_barred(const struct clustering *all, uint32_t small,
                      uint32_t large)
{
    const struct cluster_task *task = all->task;
    for (uint32_t at = small;; at = all->groups[at].next) {
        if (task->kin != NULL &&
            number_set_has(&all->kin, kin_number(large, task->kin[at])))
            return true;
        if (all->groups[at].next == at)
            break;
    }
    for (size_t i = 0; task->decided != NULL && i < task->decided->count; i++) {
        const struct cluster_edge *edge = &task->decided->items[i];
        uint32_t one = all->groups[edge->one].root;
        uint32_t other = all->groups[edge->other].root;
        if (edge->score <= 0 && ((one == small && other == large) ||
                                 (one == large && other == small)))
            return true;
    }
    return false;
}

static int64_t mean_between(const struct clustering *all, uint32_t small,
                            uint32_t large)
{
    int64_t sum = 0, found = 0;
    for (uint32_t at = small;; at = all->groups[at].next) {
        for (size_t i = all->first[at]; i < all->first[at + 1]; i++)
            if (all->groups[all->neighbours[i]].root == large) {
                sum += all->scores[i];
                found++;
            }
        if (all->groups[at].next == at)
            break;
    }
    int64_t pairs = (int64_t)all->groups[small].size * all->groups[large].size;
    int64_t missing = pairs - found < found ? pairs - found : found;
    sum += missing * all->task->missing;
    return found + missing > 0 ? sum / (found + missing) : 0;
}

static bool join(struct clustering *all, uint32_t small, uint32_t large)
{
    struct group *groups = all->groups;
    uint32_t at = small;
    for (;; at = groups[at].next) {
        groups[at].root = large;
        if (all->task->kin != NULL &&
            !number_set_add(all->arena, &all->kin,
                            kin_number(large, all->task->kin[at]), all->error))
            return false;
        if (groups[at].next == at)
            break;
    }
    groups[groups[large].last].next = small;
    groups[large].last = at;
    groups[large].size += groups[small].size;
    return true;
}

/* Roots of an edge, the smaller group first; false where they are one. */
static bool sides(const struct clustering *all, const struct cluster_edge *edge,
                  uint32_t *small, uint32_t *large)
{
    *small = all->groups[edge->one].root;
    *large = all->groups[edge->other].root;
    if (all->groups[*small].size > all->groups[*large].size) {
        uint32_t kept = *small;
        *small = *large;
        *large = kept;
    }
    return *small != *large;
}

bool clusters_make(const struct cluster_task *task, struct arena *arena,
                   uint32_t *cluster_of, struct error *error)
{
    struct clustering all = {.task = task, .arena = arena, .error = error};
    uint32_t small, large;
    if (task->edges->count > 1)
        qsort(task->edges->items, task->edges->count,
              sizeof *task->edges->items, compare_edges);
    if (!begin(&all))
        return false;
    for (size_t i = 0; task->decided != NULL && i < task->decided->count; i++)
        if (task->decided->items[i].score > 0 &&
            sides(&all, &task->decided->items[i], &small, &large) &&
            !join(&all, small, large))
            return false;
    for (size_t i = 0; i < task->edges->count; i++) {
        const struct cluster_edge *edge = &task->edges->items[i];
        if (edge->score > task->least && sides(&all, edge, &small, &large) &&
            !is_barred(&all, small, large) &&
            mean_between(&all, small, large) > task->least &&
            !join(&all, small, large))
            return false;
    }
    uint32_t *least = arena_take(arena, task->count, sizeof *least, error);
    if (least == NULL)
        return false;
    for (uint32_t i = task->count; i-- > 0;)
        least[all.groups[i].root] = i;
    for (uint32_t i = 0; i < task->count; i++)
        cluster_of[i] = least[all.groups[i].root];
    return true;
}
