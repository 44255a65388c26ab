/*
 * place_choose.c - which meaning of each name goes with the document.
 *
 * Each round counts, for every country, first and second level, how many of
 * the document's names may lie in it (each name gives its shares), then gives
 * each meaning its score anew and makes shares of the scores. Shares are
 * those of a softmax in which the place that no gazetteer has stands too.
 */
#include "place_parts.h"

#include "exponential.h"

enum { ROUNDS = 3 };

struct vote {
    uint32_t place; /* one more than its index; 0: free */
    double sum;
};

struct votes {
    struct vote *slots;
    size_t count; /* a power of 2 */
    uint32_t top; /* slot of the country with most; or NODE_NONE */
};

static uint32_t vote_slot(const struct votes *votes, uint32_t place)
{
    size_t at = (size_t)(place * UINT32_C(2654435769)) & (votes->count - 1);
    while (votes->slots[at].place != 0 && votes->slots[at].place != place + 1)
        at = (at + 1) & (votes->count - 1);
    votes->slots[at].place = place + 1;
    return (uint32_t)at;
}

/* A place in the table for each level of each candidate. */
static bool votes_prepare(struct place_work *work, struct votes *votes,
                          struct error *error)
{
    votes->count = 16;
    while (votes->count < (size_t)2 * PLACE_LEVELS * work->candidates.count)
        votes->count *= 2;
    votes->slots =
        arena_take(work->scratch, votes->count, sizeof *votes->slots, error);
    if (votes->slots == NULL)
        return false;
    for (size_t i = 0; i < work->candidates.count; i++) {
        struct candidate *candidate = &work->candidates.items[i];
        for (unsigned level = 0; level < PLACE_LEVELS; level++)
            candidate->votes[level] =
                candidate->levels[level] == GAZETTEER_NONE
                    ? NODE_NONE
                    : vote_slot(votes, candidate->levels[level]);
    }
    return true;
}

static void votes_count(const struct place_work *work, struct votes *votes)
{
    for (size_t i = 0; i < votes->count; i++)
        votes->slots[i].sum = 0;
    for (size_t i = 0; i < work->nodes.count; i++) {
        const struct node *node = &work->nodes.items[i];
        for (uint32_t j = 0; j < node->count; j++) {
            const struct candidate *candidate =
                &work->candidates.items[node->candidates + j];
            for (unsigned level = 0; level < PLACE_LEVELS; level++)
                if (candidate->votes[level] != NODE_NONE)
                    votes->slots[candidate->votes[level]].sum +=
                        node->weight * candidate->share;
        }
    }
}

/* How many votes the other names give, as a share of what votes can give. */
static double others_for(const struct place_work *work,
                         const struct votes *votes, const struct node *node,
                         unsigned level, uint32_t slot)
{
    double others = votes->slots[slot].sum;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct candidate *same =
            &work->candidates.items[node->candidates + i];
        if (same->votes[level] == slot)
            others -= node->weight * same->share;
    }
    return others > 0 ? others / (others + place_weights[WEIGHT_HALF]) : 0;
}

/* What the others' votes give a candidate. */
static double around(const struct place_work *work, const struct votes *votes,
                     const struct node *node, const struct candidate *candidate)
{
    double sum = 0;
    for (unsigned level = 0; level < PLACE_LEVELS; level++)
        if (candidate->votes[level] != NODE_NONE)
            sum +=
                place_weights[WEIGHT_IN_COUNTRY + level] *
                others_for(work, votes, node, level, candidate->votes[level]);
    return sum;
}

/* The score of the place that no gazetteer has. It lies where the document
 * does: the clearer its country, the likelier it is. */
static double nowhere(const struct place_work *work, const struct votes *votes,
                      const struct node *node)
{
    return place_weights[WEIGHT_NOWHERE] +
           (votes == NULL || votes->top == NODE_NONE
                ? 0
                : place_weights[WEIGHT_NOWHERE_HERE] *
                      others_for(work, votes, node, 0, votes->top));
}

/* Both sides of "Athens, Georgia" give each other what they agree on. */
static void add_beside(struct place_work *work, const struct node *node)
{
    const struct node *holder = &work->nodes.items[node->beside];
    for (uint32_t i = 0; i < node->count; i++) {
        struct candidate *inner = &work->candidates.items[node->candidates + i];
        for (uint32_t j = 0; j < holder->count; j++) {
            struct candidate *outer =
                &work->candidates.items[holder->candidates + j];
            if (!place_holds(outer, inner))
                continue;
            inner->score += place_weights[WEIGHT_BESIDE] * outer->share;
            outer->score += place_weights[WEIGHT_HOLDS] * inner->share;
        }
    }
}

/* A name means the same where nothing stands beside it. */
static void add_same_name(struct place_work *work, const struct node *node)
{
    const struct node *bare = &work->nodes.items[node->bare];
    for (uint32_t i = 0; i < node->count; i++)
        work->candidates.items[bare->candidates + i].score +=
            place_weights[WEIGHT_SAME_NAME] *
            work->candidates.items[node->candidates + i].share;
}

static void share_out(struct place_work *work, const struct node *node)
{
    if (node->count == 0)
        return;
    struct candidate *all = &work->candidates.items[node->candidates];
    double most = node->nowhere;
    double sum = 0;
    for (uint32_t i = 0; i < node->count; i++)
        if (all[i].score > most)
            most = all[i].score;
    sum = exponential(node->nowhere - most);
    for (uint32_t i = 0; i < node->count; i++) {
        all[i].share = exponential(all[i].score - most);
        sum += all[i].share;
    }
    for (uint32_t i = 0; i < node->count; i++)
        all[i].share /= sum;
}

/* The country that most of the names may lie in. */
static void find_top(const struct place_work *work, struct votes *votes)
{
    votes->top = NODE_NONE;
    for (size_t i = 0; i < work->candidates.count; i++) {
        const uint32_t slot = work->candidates.items[i].votes[0];
        if (slot != NODE_NONE &&
            (votes->top == NODE_NONE ||
             votes->slots[slot].sum > votes->slots[votes->top].sum))
            votes->top = slot;
    }
}

static void round_of(struct place_work *work, struct votes *votes)
{
    votes_count(work, votes);
    find_top(work, votes);
    for (size_t i = 0; i < work->nodes.count; i++) {
        struct node *node = &work->nodes.items[i];
        node->nowhere = nowhere(work, votes, node);
        for (uint32_t j = 0; j < node->count; j++) {
            struct candidate *candidate =
                &work->candidates.items[node->candidates + j];
            candidate->score =
                candidate->prior + around(work, votes, node, candidate);
        }
    }
    for (size_t i = 0; i < work->nodes.count; i++)
        if (work->nodes.items[i].beside != NODE_NONE) {
            add_beside(work, &work->nodes.items[i]);
            add_same_name(work, &work->nodes.items[i]);
        }
    for (size_t i = 0; i < work->nodes.count; i++)
        share_out(work, &work->nodes.items[i]);
}

/* "Garissa" is short for the county, but the town's own name. */
static uint32_t own_within(const struct candidate *all, uint32_t count,
                           uint32_t best)
{
    for (uint32_t i = 0; i < count; i++)
        if (all[best].relation == NAME_IS_SHORT &&
            all[i].relation == NAME_IS_OWN && place_holds(&all[best], &all[i]))
            return i;
    return best;
}

/* The best, and how sure it is: with the shares of what is so near to it that
 * it hardly matters which is meant (a town and its district). */
static void pick(const struct place_work *work, struct node *node)
{
    static const double near = 6.2e-5; /* 50 km: (50 * 1.57e-4)^2 */
    const struct candidate *all = &work->candidates.items[node->candidates];
    uint32_t best = 0;
    for (uint32_t i = 1; i < node->count; i++)
        if (all[i].score > all[best].score)
            best = i;
    const uint32_t own = own_within(all, node->count, best);
    node->best = node->candidates + own;
    node->best_share = 0;
    for (uint32_t i = 0; i < node->count; i++)
        if (i == best || i == own ||
            place_chord(work->gazetteer, all[i].place, all[own].place) < near)
            node->best_share += all[i].share;
}

bool place_choose(struct place_work *work, struct error *error)
{
    struct votes votes;
    if (!votes_prepare(work, &votes, error))
        return false;
    for (size_t i = 0; i < work->candidates.count; i++)
        work->candidates.items[i].score = work->candidates.items[i].prior;
    for (size_t i = 0; i < work->nodes.count; i++) {
        work->nodes.items[i].nowhere =
            nowhere(work, NULL, &work->nodes.items[i]);
        share_out(work, &work->nodes.items[i]);
    }
    for (unsigned i = 0; i < ROUNDS; i++)
        round_of(work, &votes);
    for (size_t i = 0; i < work->nodes.count; i++)
        if (work->nodes.items[i].count > 0)
            pick(work, &work->nodes.items[i]);
    return true;
}

/* Sine of an angle within a quarter turn either way: its Taylor series to the
 * fifteenth power, below 1e-11 off. */
static double sine(double x)
{
    const double square = x * x;
    double sum = 0;
    for (int i = 15; i > 1; i -= 2)
        sum = (1 + sum) * (-square / (i * (i - 1)));
    return x * (1 + sum);
}

struct vector {
    double x, y, z;
};

static struct vector vector_of(const struct gazetteer_place *place)
{
    static const double quarter = 1.5707963267948966;
    const double unit = quarter / 900000;
    const double lat = place->lat * unit;
    const double lon = place->lon * unit;
    const double across = sine(quarter - (lat < 0 ? -lat : lat));
    const double half = lon < 0 ? -lon : lon; /* 0 to half a turn */
    const double cosine = sine(quarter - half);
    const double side = half > quarter ? sine(2 * quarter - half) : sine(half);
    return (struct vector){across * cosine, across * (lon < 0 ? -side : side),
                           sine(lat)};
}

double place_chord(const struct gazetteer *gazetteer, uint32_t a, uint32_t b)
{
    enum { OPPOSITE = 4 };
    struct gazetteer_place one, two;
    if (!gazetteer_place_at(gazetteer, a, &one) ||
        !gazetteer_place_at(gazetteer, b, &two) || !one.has_point ||
        !two.has_point)
        return OPPOSITE;
    const struct vector v = vector_of(&one);
    const struct vector w = vector_of(&two);
    const double x = v.x - w.x, y = v.y - w.y, z = v.z - w.z;
    return x * x + y * y + z * z;
}
