/*
 * link_sides.c - who speaks for whom: an actor, and the bodies in which some
 * document gives it a role. What two members of one party or one force say
 * goes back to one origin.
 */
#include "link_run.h"

enum { SIDES_MOST = 8 }; /* bodies of one actor that are followed */

static bool add_own(struct run *run, struct bag_draft *drafts)
{
    for (uint32_t i = 0; i < run->result->actors.count; i++)
        if (!bag_add(run->arena, &drafts[i], (uint64_t)i + 1, run->error))
            return false;
    return true;
}

static bool add_bodies(struct run *run, struct bag_draft *drafts)
{
    for (uint32_t i = 0; i < run->actor_count; i++) {
        const struct part_actor *actor = run_actor(run, i);
        uint32_t base = run->documents[run->actors[i].document]->actor_base;
        struct bag_draft *draft = &drafts[run->actor_of[i]];
        for (size_t k = 0; k < actor->of.count && draft->count <= SIDES_MOST;
             k++) {
            uint64_t body =
                (uint64_t)run->actor_of[base + actor->of.items[k]] + 1;
            if (!bag_add(run->arena, draft, body, run->error))
                return false;
        }
    }
    return true;
}

bool run_sides(struct run *run)
{
    uint32_t count = run->result->actors.count;
    struct bag_draft *drafts =
        arena_take(run->arena, count, sizeof *drafts, run->error);
    run->sides = arena_take(run->arena, count, sizeof *run->sides, run->error);
    if (drafts == NULL || run->sides == NULL || !add_own(run, drafts) ||
        !add_bodies(run, drafts))
        return false;
    for (uint32_t i = 0; i < count; i++)
        run->sides[i] = bag_close(&drafts[i]);
    return true;
}
