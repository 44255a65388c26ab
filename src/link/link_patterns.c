/*
 * link_patterns.c - what comes again: acts by kind, by who did it, by place,
 * by week, and by kind and place together.
 */
#include <stdio.h>
#include <stdlib.h>

#include "link_scene.h"

enum { VALUE_BYTES = 300, STRIKING_LEAST = 3 };

/* What is counted, in the order of the result. */
enum counted { BY_ACT, BY_CLASS, BY_PLACE, BY_WEEK, BY_ACT_AND_PLACE, WAYS };
static const char *const way_names[WAYS] = {"act", "class", "place", "week",
                                            "act and place"};

struct tally {
    enum counted way;
    const char *value;
    uint32_t act;
};

struct tallies {
    struct tally *items;
    size_t count;
    size_t capacity;
};

static bool tell(struct run *run, struct tallies *tallies, enum counted way,
                 const char *value, uint32_t act)
{
    struct tally one = {way, value, act};
    return value == NULL || *value == '\0' ||
           list_push(run->arena, tallies, one, run->error);
}

static const char *week_of(struct run *run, const struct scene *scene)
{
    char words[DAY_BYTES];
    int32_t year, week;
    if (scene->first == LINK_NO_DAY || scene->last - scene->first > 6)
        return "";
    week = day_week(scene->first, &year);
    snprintf(words, sizeof words, "%04d-W%02d", (int)year, (int)week);
    return arena_string(run->arena, slice_of(words), run->error);
}

static const char *act_and_place(struct run *run, const struct part_act *act,
                                 const struct scene *scene)
{
    char words[VALUE_BYTES];
    if (scene->place == 0)
        return "";
    snprintf(words, sizeof words, "%.60s, %.200s", act->code,
             scene->place_name);
    return arena_string(run->arena, slice_of(words), run->error);
}

static bool tell_act(struct run *run, struct tallies *tallies, uint32_t number)
{
    const struct part_act *act = run_act(run, number);
    const struct scene *scene = &run->scenes[number];
    uint32_t base = run->documents[run->acts[number].document]->actor_base;
    const char *week = week_of(run, scene);
    const char *both = act_and_place(run, act, scene);
    if (week == NULL || both == NULL)
        return false;
    for (size_t i = 0; i < act->perpetrators.count; i++) {
        const struct link_actor *doer =
            &run->result->actors
                 .items[run->actor_of[base + act->perpetrators.items[i]]];
        if (!tell(run, tallies, BY_CLASS, doer->class, number))
            return false;
    }
    return tell(run, tallies, BY_ACT, act->code, number) &&
           tell(run, tallies, BY_PLACE,
                scene->place != 0 ? scene->place_name : "", number) &&
           tell(run, tallies, BY_WEEK, week, number) &&
           tell(run, tallies, BY_ACT_AND_PLACE, both, number);
}

static int compare_tallies(const void *a, const void *b)
{
    const struct tally *one = a, *other = b;
    if (one->way != other->way)
        return one->way < other->way ? -1 : 1;
    int order = strcmp(one->value, other->value);
    if (order != 0)
        return order;
    return one->act < other->act ? -1 : one->act > other->act;
}

/* How many different numbers; the bag is closed anew each time. */
static bool count_different(struct run *run, struct bag_draft *draft,
                            uint32_t *count)
{
    (void)run;
    *count = bag_close(draft).count;
    return true;
}

/* Incidents a week, over the weeks from the first to the last. */
static uint32_t rate_of(uint32_t incidents, int32_t first, int32_t last)
{
    int64_t weeks = first == LINK_NO_DAY ? 1 : ((int64_t)last - first) / 7 + 1;
    return (uint32_t)((uint64_t)incidents * 1000 / (uint64_t)weeks);
}

static bool count(struct run *run, const struct tally *tallies, uint32_t many,
                  struct link_pattern *made)
{
    struct bag_draft incidents = {0}, sources = {0};
    int32_t first = LINK_NO_DAY, last = LINK_NO_DAY;
    uint32_t kept = 0;
    struct link_finding *members =
        arena_take(run->arena, many, sizeof *members, run->error);
    if (members == NULL)
        return false;
    for (uint32_t i = 0; i < many; i++) {
        uint32_t number = tallies[i].act;
        const struct part_act *act = run_act(run, number);
        const struct scene *scene = &run->scenes[number];
        if (i > 0 && tallies[i - 1].act == number)
            continue;
        members[kept++] =
            run_finding(run, run->acts[number], act->id, act->trigger);
        if (!bag_add(run->arena, &incidents, run->incident_of[number],
                     run->error) ||
            !bag_add(run->arena, &sources,
                     run->text_of[run->acts[number].document], run->error))
            return false;
        if (scene->first == LINK_NO_DAY)
            continue;
        first =
            first == LINK_NO_DAY || scene->first < first ? scene->first : first;
        last = last == LINK_NO_DAY || scene->first > last ? scene->first : last;
    }
    *made = (struct link_pattern){.of = way_names[tallies->way],
                                  .value = tallies->value,
                                  .acts = kept,
                                  .members = {members, kept}};
    if (!count_different(run, &incidents, &made->incidents) ||
        !count_different(run, &sources, &made->sources))
        return false;
    made->rate = rate_of(made->incidents, first, last);
    return true;
}

/* What is told of STRIKING_LEAST incidents or more, by two texts or more, and
 * of more than twice as many as the usual one of its kind. */
static void mark_striking(struct link_pattern *patterns, uint32_t many)
{
    uint32_t total = 0;
    for (uint32_t i = 0; i < many; i++)
        total += patterns[i].incidents;
    for (uint32_t i = 0; i < many; i++)
        patterns[i].is_striking =
            patterns[i].incidents >= STRIKING_LEAST &&
            patterns[i].sources >= 2 &&
            (uint64_t)patterns[i].incidents * many > 2 * (uint64_t)total;
}

bool run_patterns(struct run *run)
{
    struct tallies tallies = {0};
    uint32_t made = 0, first = 0;
    for (uint32_t i = 0; i < run->act_count; i++)
        if (run->incident_of[i] != LINK_NONE && !run_act(run, i)->is_denied &&
            !tell_act(run, &tallies, i))
            return false;
    if (tallies.count > 1)
        qsort(tallies.items, tallies.count, sizeof *tallies.items,
              compare_tallies);
    struct link_pattern *patterns =
        arena_take(run->arena, tallies.count, sizeof *patterns, run->error);
    if (patterns == NULL)
        return false;
    for (size_t i = 0, end; i < tallies.count; i = end) {
        const struct tally *one = &tallies.items[i];
        for (end = i + 1; end < tallies.count &&
                          tallies.items[end].way == one->way &&
                          strcmp(tallies.items[end].value, one->value) == 0;)
            end++;
        if (!count(run, one, (uint32_t)(end - i), &patterns[made++]))
            return false;
        if (end == tallies.count || tallies.items[end].way != one->way) {
            mark_striking(patterns + first, made - first);
            first = made;
        }
    }
    run->result->patterns.items = patterns;
    run->result->patterns.count = made;
    return true;
}
