/*
 * link_actor_list.c - groups of actors as the result has them: what they are
 * called, and why they are held to be one.
 */
#include <stdlib.h>

#include "link_actors.h"

struct listing {
    struct run *run;
    struct link_actor *actors;
    uint32_t *order; /* actors of documents, group by group */
    uint32_t *begin; /* of each group in `order`; one more at the end */
    uint32_t count;
};

/* The actors of each group side by side, by counting. */
static bool gather(struct listing *all)
{
    struct run *run = all->run;
    uint32_t n = run->actor_count;
    uint32_t *group = arena_take(run->arena, n, sizeof *group, run->error);
    all->order = arena_take(run->arena, n, sizeof *all->order, run->error);
    all->begin =
        arena_take(run->arena, (size_t)n + 2, sizeof *all->begin, run->error);
    if (group == NULL || all->order == NULL || all->begin == NULL)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        if (run->actor_of[i] == i)
            group[i] = all->count++;
        run->actor_of[i] = group[run->actor_of[i]];
        all->begin[run->actor_of[i] + 2]++;
    }
    for (uint32_t i = 0; i < all->count; i++)
        all->begin[i + 2] += all->begin[i + 1];
    for (uint32_t i = 0; i < n; i++)
        all->order[all->begin[run->actor_of[i] + 1]++] = i;
    return true;
}

/* How good a name is for the whole group: a proper name before a description,
 * then the one of most mentions, the longer one, the first one. */
static bool is_better_name(const struct part_actor *a,
                           const struct part_actor *b)
{
    if (a->is_named != b->is_named)
        return a->is_named;
    uint32_t a_words = a->name_words.count, b_words = b->name_words.count;
    if (a->type == PART_PERSON && (a_words > 1) != (b_words > 1))
        return a_words > 1;
    if (a->mention_count != b->mention_count)
        return a->mention_count > b->mention_count;
    if (a_words != b_words)
        return a_words > b_words;
    return strcmp(a->name, b->name) < 0;
}

/* What most members say, the first of those where that is no answer. */
static const struct part_actor *usual(const struct listing *all, uint32_t group)
{
    const struct run *run = all->run;
    uint32_t best = 0, votes[ACTOR_CLASS_COUNT] = {0};
    for (uint32_t i = all->begin[group]; i < all->begin[group + 1]; i++) {
        const struct part_actor *actor = run_actor(run, all->order[i]);
        votes[actor->class] += actor->class != CLASS_OTHER ? 2 : 1;
    }
    for (uint32_t i = 0; i < ACTOR_CLASS_COUNT; i++)
        best = votes[i] > votes[best] ? i : best;
    for (uint32_t i = all->begin[group]; i < all->begin[group + 1]; i++)
        if (run_actor(run, all->order[i])->class == best)
            return run_actor(run, all->order[i]);
    return run_actor(run, all->order[all->begin[group]]);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool list_names(const struct listing *all, uint32_t group,
                       struct link_actor *actor)
{
    const struct run *run = all->run;
    uint32_t count = all->begin[group + 1] - all->begin[group], kept = 0;
    const char **names =
        arena_take(run->arena, count, sizeof *names, run->error);
    if (names == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        names[i] = run_actor(run, all->order[all->begin[group] + i])->name;
    if (count > 1)
        qsort(names, count, sizeof *names, compare_names);
    for (uint32_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(names[kept - 1], names[i]) != 0)
            names[kept++] = names[i];
    actor->names = names;
    actor->name_count = kept;
    return true;
}

static bool list_group(const struct listing *all, uint32_t group)
{
    struct run *run = all->run;
    struct link_actor *actor = &all->actors[group];
    uint32_t first = all->begin[group], end = all->begin[group + 1];
    struct link_finding *members =
        arena_take(run->arena, end - first, sizeof *members, run->error);
    const struct part_actor *best = run_actor(run, all->order[first]);
    const struct part_actor *most = usual(all, group);
    if (members == NULL)
        return false;
    for (uint32_t i = first; i < end; i++) {
        const struct part_actor *its = run_actor(run, all->order[i]);
        members[i - first] = run_actor_finding(run, all->order[i]);
        if (is_better_name(its, best))
            best = its;
    }
    actor->name = best->name;
    actor->type = most->type_name;
    actor->class = most->class_name;
    actor->members = (struct link_findings){members, end - first};
    return list_names(all, group, actor);
}

/* Two groups may have the same best name; then the id of the first member
 * stands behind it, so that a name means one actor. */
struct named_group {
    const char *name;
    uint32_t group;
};

static int compare_groups(const void *a, const void *b)
{
    const struct named_group *one = a, *other = b;
    int order = strcmp(one->name, other->name);
    return order != 0
               ? order
               : (one->group > other->group) - (one->group < other->group);
}

static bool tell_apart(const struct listing *all)
{
    struct run *run = all->run;
    struct named_group *named =
        arena_take(run->arena, all->count, sizeof *named, run->error);
    if (named == NULL)
        return false;
    for (uint32_t i = 0; i < all->count; i++)
        named[i] = (struct named_group){all->actors[i].name, i};
    if (all->count > 1)
        qsort(named, all->count, sizeof *named, compare_groups);
    for (uint32_t i = 0; i < all->count; i++) {
        bool is_shared =
            (i > 0 && strcmp(named[i].name, named[i - 1].name) == 0) ||
            (i + 1 < all->count &&
             strcmp(named[i].name, named[i + 1].name) == 0);
        struct link_actor *actor = &all->actors[named[i].group];
        struct link_finding first = actor->members.items[0];
        char words[512];
        if (!is_shared && *named[i].name != '\0')
            continue;
        snprintf(words, sizeof words, "%.200s (%.200s#%.60s)", named[i].name,
                 run->documents[first.document]->id, first.id);
        actor->name = arena_string(run->arena, slice_of(words), run->error);
        if (actor->name == NULL)
            return false;
    }
    return true;
}

/* In words, what speaks for it. */
static const char *merge_reason(const struct part_actor *a,
                                const struct part_actor *b)
{
    if (bag_equals(a->name_words, b->name_words) && a->name_words.count > 0)
        return "the same name";
    if (bag_common(a->known_as, b->known_as) > 0)
        return "a name in common";
    if (bag_common(a->initials, b->initials) > 0)
        return "initials of a name";
    if (bag_common(a->name_words, b->name_words) > 0)
        return "words of their names, and what is said of them";
    if (bag_common(a->roles, b->described) > 0 ||
        bag_common(b->roles, a->described) > 0)
        return "the same office";
    return "what is said of them";
}

/* Of each member the best pair with another one: that is what a person would
 * have to judge. */
static bool list_merges(const struct listing *all,
                        const struct cluster_edges *edges)
{
    struct run *run = all->run;
    uint32_t *best =
        arena_take(run->arena, run->actor_count, sizeof *best, run->error);
    if (best == NULL)
        return false;
    for (uint32_t i = 0; i < run->actor_count; i++)
        best[i] = LINK_NONE;
    /* The edges come from the best down. */
    for (size_t i = 0; i < edges->count && i < LINK_NONE; i++) {
        struct cluster_edge edge = edges->items[i];
        if (run->actor_of[edge.one] == run->actor_of[edge.other] &&
            best[edge.other] == LINK_NONE)
            best[edge.other] = (uint32_t)i;
    }
    for (uint32_t group = 0; group < all->count; group++) {
        struct link_actor *actor = &all->actors[group];
        struct link_merge *merges = arena_take(run->arena, actor->members.count,
                                               sizeof *merges, run->error);
        if (merges == NULL)
            return false;
        for (uint32_t i = all->begin[group]; i < all->begin[group + 1]; i++) {
            if (best[all->order[i]] == LINK_NONE)
                continue;
            struct cluster_edge edge = edges->items[best[all->order[i]]];
            merges[actor->merge_count++] =
                (struct link_merge){run_actor_finding(run, edge.one),
                                    run_actor_finding(run, edge.other),
                                    merge_reason(run_actor(run, edge.one),
                                                 run_actor(run, edge.other)),
                                    weigh_chance(edge.score)};
        }
        actor->merges = merges;
    }
    return true;
}

bool list_actors(struct run *run, const struct cluster_edges *weighed,
                 const struct cluster_edges *decided)
{
    struct listing all = {.run = run};
    if (!gather(&all))
        return false;
    all.actors =
        arena_take(run->arena, all.count, sizeof *all.actors, run->error);
    if (all.actors == NULL)
        return false;
    for (uint32_t i = 0; i < all.count; i++)
        if (!list_group(&all, i))
            return false;
    for (size_t i = 0; i < decided->count; i++) {
        all.actors[run->actor_of[decided->items[i].one]].is_decided = true;
        all.actors[run->actor_of[decided->items[i].other]].is_decided = true;
    }
    run->result->actors.items = all.actors;
    run->result->actors.count = all.count;
    return tell_apart(&all) && list_merges(&all, weighed);
}
