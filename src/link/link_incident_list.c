/*
 * link_incident_list.c - groups of acts as the result has them: when, where,
 * who, what they are called.
 */
#include <stdio.h>
#include <stdlib.h>

#include "link_incidents.h"

enum { TITLE_BYTES = 400, COVER_DAYS = 60 };

struct listing {
    struct run *run;
    const struct scene *scenes;
    struct link_incident *incidents;
    struct extent *extents; /* of each incident */
    uint32_t *order, *begin;
    uint32_t count;
};

static bool gather(struct listing *all, const uint32_t *group_of)
{
    struct run *run = all->run;
    uint32_t n = run->act_count;
    uint32_t *group = arena_take(run->arena, n, sizeof *group, run->error);
    all->order = arena_take(run->arena, n, sizeof *all->order, run->error);
    all->begin =
        arena_take(run->arena, (size_t)n + 2, sizeof *all->begin, run->error);
    run->incident_of =
        arena_take(run->arena, n, sizeof *run->incident_of, run->error);
    if (group == NULL || all->order == NULL || all->begin == NULL ||
        run->incident_of == NULL)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        run->incident_of[i] = LINK_NONE;
        if (run_act(run, i)->mood == MOOD_NOT)
            continue;
        if (group_of[i] == i)
            group[i] = all->count++;
        run->incident_of[i] = group[group_of[i]];
        all->begin[run->incident_of[i] + 2]++;
    }
    for (uint32_t i = 0; i < all->count; i++)
        all->begin[i + 2] += all->begin[i + 1];
    for (uint32_t i = 0; i < n; i++)
        if (run->incident_of[i] != LINK_NONE)
            all->order[all->begin[run->incident_of[i] + 1]++] = i;
    return true;
}

/* The place and the days that most acts give, those that say it themselves
 * before those that have it from others. A vote for each. */
struct vote {
    uint64_t what;
    const char *name;
    int32_t first, last;
    uint32_t count;
};

enum { VOTES = 64 };

static void cast(struct vote *votes, uint32_t *count, struct vote one)
{
    for (uint32_t i = 0; i < *count; i++)
        if (votes[i].what == one.what) {
            votes[i].count += one.count;
            return;
        }
    if (*count < VOTES)
        votes[(*count)++] = one;
}

static const struct vote *winner(const struct vote *votes, uint32_t count)
{
    const struct vote *best = NULL;
    for (uint32_t i = 0; i < count; i++)
        if (best == NULL || votes[i].count > best->count ||
            (votes[i].count == best->count && votes[i].first < best->first))
            best = &votes[i];
    return best;
}

static uint32_t weight_of(enum scene_from from)
{
    return from == SCENE_OWN ? 4 : from == SCENE_SAME ? 2 : 1;
}

static bool write_days(struct run *run, struct link_incident *incident,
                       const struct vote *days, int32_t first, int32_t last)
{
    char words[DAY_BYTES];
    if (days == NULL)
        return true;
    /* All times that are said of it, where they lie close together. */
    if (first == LINK_NO_DAY || last - first > COVER_DAYS) {
        first = days->first;
        last = days->last;
    }
    day_write(first, words);
    incident->first = arena_string(run->arena, slice_of(words), run->error);
    day_write(last, words);
    incident->last = arena_string(run->arena, slice_of(words), run->error);
    return incident->first != NULL && incident->last != NULL;
}

static bool place_and_day(const struct listing *all, uint32_t group)
{
    struct vote places[VOTES], days[VOTES];
    uint32_t place_count = 0, day_count = 0;
    struct link_incident *incident = &all->incidents[group];
    int32_t first = LINK_NO_DAY, last = LINK_NO_DAY;
    for (uint32_t i = all->begin[group]; i < all->begin[group + 1]; i++) {
        const struct scene *scene = &all->scenes[all->order[i]];
        if (scene->place != 0)
            cast(places, &place_count,
                 (struct vote){scene->place, scene->place_name, 0, 0,
                               weight_of(scene->place_from)});
        if (scene->first == LINK_NO_DAY)
            continue;
        cast(days, &day_count,
             (struct vote){
                 number_pair((uint32_t)scene->first, (uint32_t)scene->last),
                 NULL, scene->first, scene->last, weight_of(scene->time_from)});
        if (scene->time_from != SCENE_OWN)
            continue;
        first =
            first == LINK_NO_DAY || scene->first < first ? scene->first : first;
        last = last == LINK_NO_DAY || scene->last > last ? scene->last : last;
    }
    const struct vote *place = winner(places, place_count);
    incident->place = place != NULL ? place->name : NULL;
    all->extents[group].place = place != NULL ? place->what : 0;
    if (!write_days(all->run, incident, winner(days, day_count), first, last))
        return false;
    all->extents[group].first = day_read(incident->first);
    all->extents[group].last = day_read(incident->last);
    return true;
}

/* Who takes part, each once, in the order of their numbers. */
static bool list_people(const struct listing *all, uint32_t group,
                        bool is_victims, struct link_indices *people)
{
    struct run *run = all->run;
    struct bag_draft draft = {0};
    struct link_list list = {0};
    for (uint32_t i = all->begin[group]; i < all->begin[group + 1]; i++) {
        const struct part_act *act = run_act(run, all->order[i]);
        const struct link_list *its =
            is_victims ? &act->victims : &act->perpetrators;
        uint32_t base =
            run->documents[run->acts[all->order[i]].document]->actor_base;
        for (size_t k = 0; k < its->count; k++)
            if (!bag_add(run->arena, &draft,
                         run->actor_of[base + its->items[k]], run->error))
                return false;
    }
    struct bag bag = bag_close(&draft);
    for (uint32_t i = 0; i < bag.count; i++)
        if (!link_list_add(run->arena, &list, (uint32_t)bag.items[i],
                           run->error))
            return false;
    return run_indices(run, &list, people);
}

/* The kind of act that most of its acts are; of two the graver family comes
 * first in no table, so the one told first. */
static const char *usual_code(const struct listing *all, uint32_t group)
{
    struct vote votes[VOTES];
    uint32_t count = 0;
    for (uint32_t i = all->begin[group]; i < all->begin[group + 1]; i++) {
        const struct part_act *act = run_act(all->run, all->order[i]);
        cast(votes, &count,
             (struct vote){act->kind + 1, act->code, 0, 0,
                           strcmp(act->code, "other") == 0 ? 1 : 4});
    }
    const struct vote *best = winner(votes, count);
    return best != NULL ? best->name : "other";
}

static bool write_title(const struct listing *all, uint32_t group)
{
    char words[TITLE_BYTES];
    struct run *run = all->run;
    struct link_incident *incident = &all->incidents[group];
    int length = snprintf(words, sizeof words, "%.60s", usual_code(all, group));
    if (incident->place != NULL)
        length += snprintf(words + length, sizeof words - (size_t)length,
                           ", %.150s", incident->place);
    if (incident->first != NULL)
        snprintf(words + length, sizeof words - (size_t)length, ", %s",
                 incident->first);
    incident->title = arena_string(run->arena, slice_of(words), run->error);
    return incident->title != NULL;
}

static bool list_group(const struct listing *all, uint32_t group)
{
    struct run *run = all->run;
    struct link_incident *incident = &all->incidents[group];
    uint32_t first = all->begin[group], end = all->begin[group + 1];
    struct link_finding *members =
        arena_take(run->arena, end - first, sizeof *members, run->error);
    if (members == NULL)
        return false;
    for (uint32_t i = first; i < end; i++)
        members[i - first] = run_act_finding(run, all->order[i]);
    incident->members = (struct link_findings){members, end - first};
    incident->part_of = LINK_NONE;
    all->extents[group].order = all->order + first;
    all->extents[group].count = end - first;
    return place_and_day(all, group) && write_title(all, group) &&
           list_people(all, group, false, &incident->perpetrators) &&
           list_people(all, group, true, &incident->victims);
}

struct titled {
    const char *title;
    uint32_t group;
};

static int compare_titled(const void *a, const void *b)
{
    const struct titled *one = a, *other = b;
    int order = strcmp(one->title, other->title);
    return order != 0
               ? order
               : (one->group > other->group) - (one->group < other->group);
}

/* Of several with one title all but the first are numbered. */
static bool tell_apart(const struct listing *all)
{
    struct run *run = all->run;
    uint32_t number = 1;
    struct titled *titled =
        arena_take(run->arena, all->count, sizeof *titled, run->error);
    if (titled == NULL)
        return false;
    for (uint32_t i = 0; i < all->count; i++)
        titled[i] = (struct titled){all->incidents[i].title, i};
    if (all->count > 1)
        qsort(titled, all->count, sizeof *titled, compare_titled);
    for (uint32_t i = 1; i < all->count; i++) {
        char words[TITLE_BYTES + 16];
        number =
            strcmp(titled[i].title, titled[i - 1].title) == 0 ? number + 1 : 1;
        if (number == 1)
            continue;
        snprintf(words, sizeof words, "%s (%u)", titled[i].title,
                 (unsigned)number);
        all->incidents[titled[i].group].title =
            arena_string(run->arena, slice_of(words), run->error);
        if (all->incidents[titled[i].group].title == NULL)
            return false;
    }
    return true;
}

/* How sure, by the weakest of the best pairs that hold it together; and what
 * its acts have in common, in words. */
static void judge(struct listing *all, const struct cluster_edges *edges)
{
    struct run *run = all->run;
    for (uint32_t i = 0; i < all->count; i++) {
        all->incidents[i].confidence = 1000;
        all->incidents[i].reason = "told once";
    }
    for (size_t i = 0; i < edges->count; i++) {
        struct cluster_edge edge = edges->items[i];
        uint32_t group = run->incident_of[edge.one];
        if (edge.score <= 0 || group != run->incident_of[edge.other])
            continue;
        struct link_incident *its = &all->incidents[group];
        const struct scene *a = &all->scenes[edge.one],
                           *b = &all->scenes[edge.other];
        bool is_place = a->place != 0 && a->place == b->place;
        bool is_day = a->first != LINK_NO_DAY && a->first == b->first;
        uint32_t chance = weigh_chance(edge.score);
        its->confidence = chance < its->confidence ? chance : its->confidence;
        if (strcmp(its->reason, "told once") == 0)
            its->reason = is_place && is_day ? "one day and place"
                          : is_day           ? "one day"
                          : is_place         ? "one place, like acts and people"
                                             : "like acts and people";
    }
}

bool list_incidents(struct run *run, const struct scene *scenes,
                    const uint32_t *group_of,
                    const struct cluster_edges *weighed,
                    const struct cluster_edges *decided)
{
    struct listing all = {.run = run, .scenes = scenes};
    if (!gather(&all, group_of))
        return false;
    all.incidents =
        arena_take(run->arena, all.count, sizeof *all.incidents, run->error);
    all.extents =
        arena_take(run->arena, all.count, sizeof *all.extents, run->error);
    if (all.incidents == NULL || all.extents == NULL)
        return false;
    for (uint32_t i = 0; i < all.count; i++)
        if (!list_group(&all, i))
            return false;
    judge(&all, weighed);
    for (size_t i = 0; i < decided->count; i++) {
        uint32_t one = run->incident_of[decided->items[i].one];
        uint32_t other = run->incident_of[decided->items[i].other];
        if (one != LINK_NONE)
            all.incidents[one].is_decided = true;
        if (other != LINK_NONE)
            all.incidents[other].is_decided = true;
    }
    run->result->incidents.items = all.incidents;
    run->result->incidents.count = all.count;
    return tell_apart(&all) &&
           incidents_nest(run, all.extents, all.incidents, all.count);
}
