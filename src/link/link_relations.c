/*
 * link_relations.c - which statements say the same, the contrary, answer each
 * other, or go back to one origin.
 *
 * Two statements are looked at where they tell of one incident, of one act of
 * one victim, share uncommon words, or stand near each other in a document.
 */
#include "link_relations.h"

#include <stdlib.h>

#include "block.h"
#include "link_sort.h"

enum {
    CROWD = 150,
    NEIGHBOURS = 10,
    /* Where many statements of the other document are more like each of two,
     * they are no pair: of the true ones of the train matters one in seven
     * is lost, of all half. */
    RANK_MOST = 3,
    NEAR = 60, /* of one document, claims, acts and figures in a row */
};

/* Which pairs */

static bool add_rare(struct run *run, struct blocks *blocks,
                     const struct rarity *rarity, struct bag bag, uint64_t salt,
                     uint32_t number)
{
    for (uint32_t i = 0; i < bag.count; i++)
        if (rarity_documents(rarity, bag.items[i]) > 1 &&
            !block_add(run->arena, blocks, hash_mix(bag.items[i], salt), number,
                       run->error))
            return false;
    return true;
}

static bool add_keys(struct run *run, const struct statements *all,
                     struct blocks *blocks, uint32_t number)
{
    const struct statement *its = &all->items[number];
    for (uint32_t i = 0; i < its->codes.count; i++)
        for (uint32_t k = 0; k < its->actors.count; k++)
            if (!block_add(run->arena, blocks,
                           hash_mix(its->codes.items[i], its->actors.items[k]),
                           number, run->error))
                return false;
    return add_rare(run, blocks, &all->actors, its->actors, 10, number) &&
           add_rare(run, blocks, &all->incidents, its->incidents, 11, number) &&
           add_rare(run, blocks, &all->words, its->words, 12, number);
}

static bool pair_documents(struct run *run, const struct statements *all,
                           struct block_pairs *pairs)
{
    for (uint32_t d = 0; d < run->document_count; d++)
        for (uint32_t i = all->first[d]; i < all->first[d + 1]; i++)
            for (uint32_t k = i + 1; k < all->first[d + 1] && k < i + NEAR;
                 k++) {
                uint64_t pair = (uint64_t)i << 32 | k;
                if (!list_push(run->arena, pairs, pair, run->error))
                    return false;
            }
    return true;
}

/* A claim and what is told in it are no pair. */
static void drop_parts(const struct statements *all, struct block_pairs *pairs)
{
    size_t kept = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        uint32_t one = (uint32_t)(pairs->items[i] >> 32);
        uint32_t other = (uint32_t)pairs->items[i];
        if (all->items[other].unit != one && all->items[one].unit != other)
            pairs->items[kept++] = pairs->items[i];
    }
    pairs->count = kept;
}

bool relation_pairs(struct run *run, const struct statements *all,
                    struct block_pairs *pairs)
{
    struct blocks blocks = {.crowd = CROWD, .neighbours = NEIGHBOURS};
    for (uint32_t i = 0; i < all->count; i++)
        if (!add_keys(run, all, &blocks, i))
            return false;
    if (!block_pair(&blocks, run->arena, pairs, run->error) ||
        !pair_documents(run, all, pairs))
        return false;
    sort_numbers(pairs->items, pairs->count);
    block_once(pairs);
    drop_parts(all, pairs);
    return true;
}

/* What they say */

static void watch(const struct run *run, const struct statements *all,
                  enum weigh_task task, uint32_t one, uint32_t other,
                  const int32_t *f)
{
    const struct link_watch *its = run->link->watch;
    if (its != NULL)
        its->pair(its->context, (int)task,
                  statement_finding(run, &all->items[one]),
                  statement_finding(run, &all->items[other]), f,
                  relation_feature_count);
}

/* How pairs of two documents stand among each other. */

struct ranked {
    uint32_t one, other;
    uint32_t document; /* of the other, as they come */
    struct rank rank;
};

/* Sorted by `of`, the most alike first, each is ranked among its own. */
static void rank_by(struct ranked *pairs, size_t count,
                    int (*compare)(const void *, const void *), bool is_back)
{
    if (count > 1)
        qsort(pairs, count, sizeof *pairs, compare);
    for (size_t i = 0, first = 0; i < count; i++) {
        uint32_t of = is_back ? pairs[i].other : pairs[i].one;
        if (of != (is_back ? pairs[first].other : pairs[first].one))
            first = i;
        int32_t place = i - first > 9 ? 9 : (int32_t)(i - first);
        int32_t behind = pairs[first].rank.likeness - pairs[i].rank.likeness;
        *(is_back ? &pairs[i].rank.place_back : &pairs[i].rank.place) = place;
        *(is_back ? &pairs[i].rank.behind_back : &pairs[i].rank.behind) =
            behind;
    }
}

static int compare_ones(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->one != y->one)
        return x->one < y->one ? -1 : 1;
    if (x->rank.likeness != y->rank.likeness)
        return x->rank.likeness > y->rank.likeness ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

static int compare_others(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->other != y->other)
        return x->other < y->other ? -1 : 1;
    if (x->rank.likeness != y->rank.likeness)
        return x->rank.likeness > y->rank.likeness ? -1 : 1;
    return x->one < y->one ? -1 : x->one > y->one;
}

static bool weigh_answer(struct run *run, const struct statements *all,
                         uint32_t from, uint32_t to, const struct rank *rank,
                         struct related *made)
{
    int32_t f[WEIGH_FEATURES] = {0};
    relation_see(run, all, from, to, f);
    relation_rank(f, rank);
    watch(run, all, WEIGH_ANSWERS, from, to, f);
    return related_add(run, made, WEIGH_ANSWERS, from, to,
                       weigh(&run->weights, WEIGH_ANSWERS, f));
}

/* Across documents only a reply answers. */
static bool weigh_answers(struct run *run, const struct statements *all,
                          const struct ranked *pair, struct related *made)
{
    const struct statement *a = &all->items[pair->one];
    const struct statement *b = &all->items[pair->other];
    struct rank back = {pair->rank.likeness, pair->rank.place_back,
                        pair->rank.place, pair->rank.behind_back,
                        pair->rank.behind};
    bool is_one = a->at.document == b->at.document;
    return ((!is_one && !relation_is_reply(run, a, b)) ||
            weigh_answer(run, all, pair->one, pair->other, &pair->rank,
                         made)) &&
           ((!is_one && !relation_is_reply(run, b, a)) ||
            weigh_answer(run, all, pair->other, pair->one, &back, made));
}

static bool weigh_pair(struct run *run, const struct statements *all,
                       const struct ranked *pair, struct related *made)
{
    static const enum weigh_task tasks[] = {WEIGH_CORROBORATES,
                                            WEIGH_CONTRADICTS, WEIGH_REPEATS};
    int32_t f[WEIGH_FEATURES] = {0};
    if (pair->rank.place > RANK_MOST && pair->rank.place_back > RANK_MOST)
        return weigh_answers(run, all, pair, made);
    relation_see(run, all, pair->one, pair->other, f);
    relation_rank(f, &pair->rank);
    for (size_t i = 0; i < sizeof tasks / sizeof *tasks; i++) {
        watch(run, all, tasks[i], pair->one, pair->other, f);
        int32_t score = weigh(&run->weights, tasks[i], f);
        if (!related_add(run, made, tasks[i], pair->one, pair->other, score))
            return false;
    }
    return weigh_answers(run, all, pair, made);
}

/* All pairs of two documents, or of one. */
static bool weigh_block(struct run *run, const struct statements *all,
                        struct ranked *pairs, size_t count,
                        struct related *made)
{
    for (size_t i = 0; i < count; i++) {
        /* The later one first. */
        if (statement_is_before(run, &all->items[pairs[i].one],
                                &all->items[pairs[i].other]))
            pairs[i] =
                (struct ranked){.one = pairs[i].other, .other = pairs[i].one};
        pairs[i].rank.likeness =
            likeness_of(run, all, pairs[i].one, pairs[i].other);
    }
    rank_by(pairs, count, compare_others, true);
    rank_by(pairs, count, compare_ones, false);
    for (size_t i = 0; i < count; i++)
        if (!weigh_pair(run, all, &pairs[i], made))
            return false;
    return true;
}

static uint32_t document_of(const struct statements *all, uint32_t statement)
{
    return all->items[statement].at.document;
}

static int compare_documents(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->document != y->document)
        return x->document < y->document ? -1 : 1;
    if (x->one != y->one)
        return x->one < y->one ? -1 : 1;
    return x->other < y->other ? -1 : x->other > y->other;
}

/* The pairs whose first is of one document, by the document of the other. */
static bool weigh_document(struct run *run, const struct statements *all,
                           const uint64_t *pairs, size_t count,
                           struct related *made)
{
    arena_reset(run->link->spare);
    struct ranked *block =
        arena_take(run->link->spare, count, sizeof *block, run->error);
    if (block == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        block[i] = (struct ranked){.one = (uint32_t)(pairs[i] >> 32),
                                   .other = (uint32_t)pairs[i]};
        block[i].document = document_of(all, block[i].other);
    }
    if (count > 1)
        qsort(block, count, sizeof *block, compare_documents);
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1;
             end < count && block[end].document == block[i].document;)
            end++;
        if (!weigh_block(run, all, block + i, end - i, made))
            return false;
    }
    return true;
}

bool run_relations(struct run *run)
{
    struct related made = {0};
    struct block_pairs pairs = {0};
    struct statements *all = arena_take(run->arena, 1, sizeof *all, run->error);
    if (all == NULL || !statements_find(run, all) ||
        !relation_pairs(run, all, &pairs))
        return false;
    run->statements = all;
    for (size_t i = 0, end; i < pairs.count; i = end) {
        uint32_t document = document_of(all, (uint32_t)(pairs.items[i] >> 32));
        for (end = i + 1;
             end < pairs.count &&
             document_of(all, (uint32_t)(pairs.items[end] >> 32)) == document;)
            end++;
        if (!weigh_document(run, all, pairs.items + i, end - i, &made))
            return false;
    }
    return related_choose(run, all, &made);
}
