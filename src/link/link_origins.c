/*
 * link_origins.c - what goes back to one origin.
 */
#include "link_statements.h"

enum { COPY_LEAST = 350 }; /* thousandths of a text that lie in another */

/* Texts that hold each other's go back to one. */
bool run_copies(struct run *run)
{
    run->text_of = arena_take(run->arena, run->document_count,
                              sizeof *run->text_of, run->error);
    if (run->text_of == NULL ||
        !copies_find(run->documents, run->document_count, COPY_LEAST,
                     run->arena, &run->copies, run->error))
        return false;
    for (uint32_t i = 0; i < run->document_count; i++)
        run->text_of[i] = i;
    for (size_t i = 0; i < run->copies.count; i++) {
        uint32_t one = run->copies.items[i].one,
                 other = run->copies.items[i].other;
        while (run->text_of[one] != one)
            one = run->text_of[one];
        while (run->text_of[other] != other)
            other = run->text_of[other];
        if (one < other)
            run->text_of[other] = one;
        else
            run->text_of[one] = other;
    }
    for (uint32_t i = 0; i < run->document_count; i++)
        run->text_of[i] = run->text_of[run->text_of[i]];
    return true;
}

struct listing {
    struct run *run;
    struct {
        struct link_origin *items;
        size_t count, capacity;
    } origins;
};

static bool list_origin(struct listing *in, struct link_finding *members,
                        uint32_t count, const char *reason, uint32_t confidence)
{
    struct link_origin made = {reason, confidence, {members, count}};
    return list_push(in->run->arena, &in->origins, made, in->run->error);
}

/* Groups as chains, each from its least number on. */
struct chains {
    uint32_t *next, *size;
};

static bool chain_up(struct run *run, const uint32_t *group_of, uint32_t count,
                     struct chains *chains)
{
    uint32_t *last = arena_take(run->arena, count, sizeof *last, run->error);
    chains->next =
        arena_take(run->arena, count, sizeof *chains->next, run->error);
    chains->size =
        arena_take(run->arena, count, sizeof *chains->size, run->error);
    if (last == NULL || chains->next == NULL || chains->size == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t group = group_of[i];
        chains->next[i] = LINK_NONE;
        if (chains->size[group]++ > 0)
            chains->next[last[group]] = i;
        last[group] = i;
    }
    return true;
}

/* Whole documents. */
static bool list_texts(struct listing *in)
{
    struct run *run = in->run;
    struct chains chains;
    if (!chain_up(run, run->text_of, run->document_count, &chains))
        return false;
    for (uint32_t i = 0; i < run->document_count; i++) {
        uint32_t at = 0;
        if (run->text_of[i] != i || chains.size[i] < 2)
            continue;
        struct link_finding *members =
            arena_take(run->arena, chains.size[i], sizeof *members, run->error);
        if (members == NULL)
            return false;
        for (uint32_t k = i; k != LINK_NONE; k = chains.next[k])
            members[at++] = (struct link_finding){k, "", {0, 0}};
        if (!list_origin(in, members, at, "one text", 990))
            return false;
    }
    return true;
}

/* Whether it goes without saying, as the claims that this and another of its
 * group lie in go back to one origin as a whole. */
static bool is_implied(const struct run *run, const struct chains *chains,
                       uint32_t group, uint32_t statement)
{
    const struct statements *all = run->statements;
    uint32_t unit = all->items[statement].unit;
    if (unit == statement)
        return false;
    for (uint32_t k = group; k != LINK_NONE; k = chains->next[k]) {
        uint32_t other = all->items[k].unit;
        if (k != statement && other != unit &&
            run->origin_of[other] == run->origin_of[unit])
            return true;
    }
    return false;
}

/* Statements. */
static bool list_statements(struct listing *in)
{
    struct run *run = in->run;
    const struct statements *all = run->statements;
    struct chains chains;
    if (!chain_up(run, run->origin_of, all->count, &chains))
        return false;
    for (uint32_t i = 0; i < all->count; i++) {
        uint32_t at = 0;
        if (run->origin_of[i] != i || chains.size[i] < 2)
            continue;
        struct link_finding *members =
            arena_take(run->arena, chains.size[i], sizeof *members, run->error);
        if (members == NULL)
            return false;
        for (uint32_t k = i; k != LINK_NONE; k = chains.next[k])
            if (!is_implied(run, &chains, i, k))
                members[at++] = statement_finding(run, &all->items[k]);
        if (at > 1 &&
            !list_origin(in, members, at, "said by one, and passed on", 700))
            return false;
    }
    return true;
}

bool run_origins(struct run *run)
{
    struct listing in = {.run = run};
    if (!list_texts(&in) || !list_statements(&in))
        return false;
    run->result->origins.items = in.origins.items;
    run->result->origins.count = (uint32_t)in.origins.count;
    return true;
}
