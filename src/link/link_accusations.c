/*
 * link_accusations.c - who accuses whom: a claim that accuses, whose speaker is
 * known, and who is said to have done what it tells.
 */
#include <stdlib.h>

#include "link_statements.h"

struct charge {
    uint32_t by, of; /* actors of the case */
    uint32_t statement;
};

struct charges {
    struct charge *items;
    size_t count;
    size_t capacity;
};

static int compare_charges(const void *one, const void *other)
{
    const struct charge *a = one, *b = other;
    if (a->by != b->by)
        return a->by < b->by ? -1 : 1;
    if (a->of != b->of)
        return a->of < b->of ? -1 : 1;
    return a->statement < b->statement ? -1 : a->statement > b->statement;
}

/* Most claims first; then the order of the actors, so that there is one. */
static int compare_accusations(const void *one, const void *other)
{
    const struct link_accusation *a = one, *b = other;
    if (a->members.count != b->members.count)
        return a->members.count > b->members.count ? -1 : 1;
    if (a->by != b->by)
        return a->by < b->by ? -1 : 1;
    return a->of < b->of ? -1 : a->of > b->of;
}

static bool take(struct run *run, struct charges *charges, uint32_t number)
{
    const struct statement *its = &run->statements->items[number];
    if (its->kind != STATEMENT_CLAIM || its->speech != ACT_ACCUSE ||
        its->is_denied || its->speaker == LINK_NONE)
        return true;
    for (uint32_t i = 0; i < its->doers.count; i++) {
        struct charge one = {its->speaker, (uint32_t)its->doers.items[i] - 1,
                             number};
        if (one.of != one.by &&
            !list_push(run->arena, charges, one, run->error))
            return false;
    }
    return true;
}

static bool gather(struct run *run, const struct charge *charges, uint32_t many,
                   struct link_accusation *made)
{
    struct bag_draft sources = {0};
    struct link_finding *members =
        arena_take(run->arena, many, sizeof *members, run->error);
    for (uint32_t i = 0; members != NULL && i < many; i++) {
        const struct statement *its =
            &run->statements->items[charges[i].statement];
        members[i] = statement_finding(run, its);
        if (!bag_add(run->arena, &sources, run->text_of[its->at.document],
                     run->error))
            return false;
    }
    *made = (struct link_accusation){
        .by = charges->by, .of = charges->of, .members = {members, many}};
    if (members != NULL)
        made->sources = bag_close(&sources).count;
    return members != NULL;
}

bool run_accusations(struct run *run)
{
    struct charges charges = {0};
    uint32_t made = 0;
    for (uint32_t i = 0; i < run->statements->count; i++)
        if (!take(run, &charges, i))
            return false;
    if (charges.count > 1)
        qsort(charges.items, charges.count, sizeof *charges.items,
              compare_charges);
    struct link_accusation *all =
        arena_take(run->arena, charges.count, sizeof *all, run->error);
    if (all == NULL)
        return false;
    for (size_t i = 0, end; i < charges.count; i = end) {
        for (end = i + 1; end < charges.count &&
                          charges.items[end].by == charges.items[i].by &&
                          charges.items[end].of == charges.items[i].of;)
            end++;
        if (!gather(run, &charges.items[i], (uint32_t)(end - i), &all[made++]))
            return false;
    }
    if (made > 1)
        qsort(all, made, sizeof *all, compare_accusations);
    run->result->accusations.items = all;
    run->result->accusations.count = made;
    return true;
}
