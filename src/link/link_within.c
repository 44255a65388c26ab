/*
 * link_within.c - what is a part of what: a shooting of the march at which it
 * happened.
 *
 * One incident is part of another that is told of more often, covers its days,
 * holds its place, shares somebody who did or suffered, and is told beside it
 * in the same paragraphs. It must be one that holds others by its kind: people
 * who come together, or force that comes over a place.
 */
#include <stdlib.h>

#include "link_incidents.h"

enum {
    DAYS_MOST = 31, /* a longer one holds everything, so nothing */
    LOOKED_AT = 200 /* incidents that begin on days before */
};

static bool is_whole_by_kind(const char *code)
{
    static const char *const codes[] = {"protest", "riot",     "attack",
                                        "raid",    "eviction", "dispersal",
                                        "bombing", "invasion"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i], code) == 0)
            return true;
    return false;
}

static bool holds_others(const struct run *run, const struct extent *its)
{
    for (uint32_t i = 0; i < its->count; i++)
        if (is_whole_by_kind(run_act(run, its->order[i])->code))
            return true;
    return false;
}

/* Its place, or one that it lies in, is that of the other. */
static bool lies_in(const struct run *run, const struct extent *part,
                    const struct extent *whole)
{
    if (part->place == 0 || whole->place == 0)
        return false;
    for (uint32_t i = 0; i < part->count; i++) {
        const struct scene *scene = &run->scenes[part->order[i]];
        if (scene->place == part->place)
            return scene->place == whole->place ||
                   bag_has(scene->places, whole->place);
    }
    return false;
}

static bool shares(struct link_indices a, struct link_indices b)
{
    for (uint32_t i = 0, k = 0; i < a.count && k < b.count;) {
        if (a.items[i] == b.items[k])
            return true;
        if (a.items[i] < b.items[k])
            i++;
        else
            k++;
    }
    return false;
}

static bool shares_people(const struct link_incident *a,
                          const struct link_incident *b)
{
    return shares(a->perpetrators, b->perpetrators) ||
           shares(a->victims, b->victims) ||
           shares(a->perpetrators, b->victims) ||
           shares(a->victims, b->perpetrators);
}

/* Some document tells of both in one paragraph. */
static bool is_told_beside(const struct run *run, const struct extent *a,
                           const struct extent *b)
{
    for (uint32_t i = 0, k = 0; i < a->count && k < b->count;) {
        uint32_t one = a->order[i], other = b->order[k];
        if (run->acts[one].document == run->acts[other].document &&
            run_act(run, one)->paragraph == run_act(run, other)->paragraph)
            return true;
        if (one < other)
            i++;
        else
            k++;
    }
    return false;
}

static bool is_part(const struct run *run, const struct extent *part,
                    const struct link_incident *its, const struct extent *whole,
                    const struct link_incident *other)
{
    return part->count < whole->count && whole->first <= part->first &&
           part->last <= whole->last &&
           whole->last - whole->first <= DAYS_MOST &&
           lies_in(run, part, whole) && shares_people(its, other) &&
           is_told_beside(run, part, whole) && holds_others(run, whole);
}

struct dated {
    int32_t first;
    uint32_t incident;
};

static int compare_dated(const void *a, const void *b)
{
    const struct dated *one = a, *other = b;
    if (one->first != other->first)
        return one->first < other->first ? -1 : 1;
    return one->incident < other->incident ? -1
                                           : one->incident > other->incident;
}

/* The smallest that it is part of, among those that begin on its first day or
 * shortly before. */
static void find_whole(const struct run *run, const struct extent *extents,
                       struct link_incident *incidents,
                       const struct dated *dated, uint32_t count, uint32_t at)
{
    uint32_t its = dated[at].incident, best = LINK_NONE, end = at;
    while (end + 1 < count && dated[end + 1].first == dated[at].first &&
           end - at < LOOKED_AT)
        end++;
    for (uint32_t i = end + 1, seen = 0; i-- > 0 && seen < 2 * LOOKED_AT;
         seen++) {
        uint32_t other = dated[i].incident;
        if (dated[at].first - dated[i].first > DAYS_MOST)
            break;
        if (other != its &&
            is_part(run, &extents[its], &incidents[its], &extents[other],
                    &incidents[other]) &&
            (best == LINK_NONE || extents[other].count < extents[best].count ||
             (extents[other].count == extents[best].count && other < best)))
            best = other;
    }
    incidents[its].part_of = best;
}

bool incidents_nest(struct run *run, const struct extent *extents,
                    struct link_incident *incidents, uint32_t count)
{
    uint32_t dated_count = 0;
    struct dated *dated =
        arena_take(run->arena, count, sizeof *dated, run->error);
    if (dated == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (extents[i].first != LINK_NO_DAY)
            dated[dated_count++] = (struct dated){extents[i].first, i};
    if (dated_count > 1)
        qsort(dated, dated_count, sizeof *dated, compare_dated);
    for (uint32_t i = 0; i < dated_count; i++)
        find_whole(run, extents, incidents, dated, dated_count, i);
    return true;
}
