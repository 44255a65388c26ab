/*
 * link_related.c - from weighed pairs of statements to relations and origins.
 *
 * First what goes back to one origin is grouped; of each group the first
 * statement stands for all, and those of later documents repeat it. Then each
 * pair that corroborates, contradicts or answers is listed once.
 */
#include <stdlib.h>

#include "link_relations.h"

enum { KEPT_LEAST = -4000, MISSING = -3000 };

/* Log odds from which a relation is listed: where F was best on the dev
 * matters and cases/lindani together. */
static const int32_t shown_least[WEIGH_TASKS] = {
    [WEIGH_REPEATS] = -1200,
    [WEIGH_CORROBORATES] = -1240,
    [WEIGH_CONTRADICTS] = -1100,
    [WEIGH_ANSWERS] = -850,
};

bool related_add(struct run *run, struct related *made, enum weigh_task task,
                 uint32_t one, uint32_t other, int32_t score)
{
    struct cluster_edge edge = {one, other, score};
    return score < KEPT_LEAST ||
           list_push(run->arena, &made->tasks[task], edge, run->error);
}

struct choosing {
    struct run *run;
    const struct statements *all;
    uint32_t *origin; /* statement -> the least of its origin */
    uint32_t *first;  /* least of an origin -> the statement said first */
    struct {
        struct link_relation *items;
        size_t count, capacity;
    } relations;
    struct number_set listed[LINK_KINDS], whole[LINK_KINDS];
};

static bool group_origins(struct choosing *in, struct cluster_edges *edges)
{
    const struct statements *all = in->all;
    struct cluster_task task = {.count = all->count,
                                .edges = edges,
                                .missing = MISSING,
                                .least = shown_least[WEIGH_REPEATS]};
    in->origin = arena_take(in->run->arena, all->count, sizeof *in->origin,
                            in->run->error);
    in->first = arena_take(in->run->arena, all->count, sizeof *in->first,
                           in->run->error);
    if (in->origin == NULL || in->first == NULL ||
        !clusters_make(&task, in->run->arena, in->origin, in->run->error))
        return false;
    for (uint32_t i = 0; i < all->count; i++)
        in->first[i] = LINK_NONE;
    for (uint32_t i = 0; i < all->count; i++) {
        uint32_t *first = &in->first[in->origin[i]];
        if (*first == LINK_NONE ||
            statement_is_before(in->run, &all->items[i], &all->items[*first]))
            *first = i;
    }
    in->run->origin_of = in->origin;
    return true;
}

static uint32_t incident_of(const struct statement *a,
                            const struct statement *b)
{
    for (uint32_t i = 0; i < a->incidents.count; i++)
        if (bag_has(b->incidents, a->incidents.items[i]))
            return (uint32_t)a->incidents.items[i] - 1;
    return LINK_NONE;
}

/* What speaks for it, in words. */
static const char *reason_of(const struct run *run, enum link_kind kind,
                             const struct statement *a,
                             const struct statement *b)
{
    bool is_one = a->speaker != LINK_NONE && a->speaker == b->speaker;
    bool is_copy = run->text_of[a->at.document] == run->text_of[b->at.document];
    if (kind == LINK_REPEATS)
        return is_copy && a->at.document != b->at.document
                   ? "one document holds the other's text"
               : is_one ? "one speaker, like words"
                        : "like words that go back to one speaker";
    if (kind == LINK_ANSWERS)
        return a->at.document == b->at.document
                   ? "put to the other side in one document"
                   : "a reply to it";
    if (a->figures.count > 0 && b->figures.count > 0)
        return kind == LINK_CONTRADICTS ? "figures that exclude each other"
                                        : "figures that agree";
    if (kind == LINK_CORROBORATES)
        return "the same told by different origins";
    return a->is_denied != b->is_denied || a->speech == ACT_DENY ||
                   b->speech == ACT_DENY
               ? "one denies what the other says"
               : "both cannot be true";
}

static const char *about_of(const struct choosing *in, uint32_t incident,
                            const struct statement *a)
{
    if (incident != LINK_NONE)
        return in->run->result->incidents.items[incident].title;
    for (size_t i = 0; i < a->acts.count; i++)
        return run_act(in->run, a->acts.items[i])->code;
    return "";
}

/* Whether the same was listed of what they are parts of: of a claim and of an
 * act in it the surer is listed, and each act once with what is on the other
 * side. */
static uint64_t ends(enum link_kind kind, uint32_t from, uint32_t to)
{
    return kind == LINK_ANSWERS ? ((uint64_t)from + 1) << 32 | to
                                : number_pair(from, to);
}

static bool is_listed(const struct choosing *in, enum link_kind kind,
                      uint32_t from, uint32_t to)
{
    uint32_t a = in->all->items[from].unit, b = in->all->items[to].unit;
    const struct number_set *whole = &in->whole[kind],
                            *listed = &in->listed[kind];
    return number_set_has(listed, ends(kind, from, to)) ||
           number_set_has(listed, ends(kind, a, to)) ||
           number_set_has(listed, ends(kind, from, b)) ||
           number_set_has(whole, ends(kind, a, b));
}

static bool note_listed(struct choosing *in, enum link_kind kind, uint32_t from,
                        uint32_t to)
{
    struct arena *arena = in->run->arena;
    struct error *error = in->run->error;
    struct number_set *listed = &in->listed[kind];
    uint32_t a = in->all->items[from].unit, b = in->all->items[to].unit;
    return number_set_add(arena, listed, ends(kind, from, to), error) &&
           number_set_add(arena, listed, ends(kind, a, to), error) &&
           number_set_add(arena, listed, ends(kind, from, b), error) &&
           ((a != from && b != to) ||
            number_set_add(arena, &in->whole[kind], ends(kind, a, b), error));
}

static bool list_one(struct choosing *in, enum link_kind kind, uint32_t from,
                     uint32_t to, uint32_t chance)
{
    const struct statement *a = &in->all->items[from];
    const struct statement *b = &in->all->items[to];
    if (is_listed(in, kind, from, to))
        return true;
    uint32_t incident = incident_of(a, b);
    struct link_relation made = {.kind = kind,
                                 .from = statement_finding(in->run, a),
                                 .to = statement_finding(in->run, b),
                                 .about = about_of(in, incident, a),
                                 .reason = reason_of(in->run, kind, a, b),
                                 .confidence = chance,
                                 .incident = incident};
    return note_listed(in, kind, from, to) &&
           list_push(in->run->arena, &in->relations, made, in->run->error);
}

/* The chance that two of one origin are: the best pair of each later one. */
/* Two documents have one text, and one speaker says the same words in both. */
static bool is_reprint(const struct choosing *in, uint32_t one, uint32_t other)
{
    const struct statement *a = &in->all->items[one];
    const struct statement *b = &in->all->items[other];
    uint32_t common = bag_common(a->words, b->words);
    return in->run->text_of[a->at.document] ==
               in->run->text_of[b->at.document] &&
           a->kind == b->kind && a->speaker == b->speaker &&
           10 * common >= 9 * a->words.count &&
           10 * common >= 9 * b->words.count && common > 2;
}

enum { REPRINT_SURE = 950 };

static bool list_repeats(struct choosing *in, const struct cluster_edges *edges)
{
    uint32_t count = in->all->count;
    int32_t *best =
        arena_take(in->run->arena, count, sizeof *best, in->run->error);
    if (best == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++)
        best[i] = KEPT_LEAST;
    for (size_t i = 0; i < edges->count; i++) {
        struct cluster_edge edge = edges->items[i];
        if (in->origin[edge.one] == in->origin[edge.other] &&
            edge.score > best[edge.one])
            best[edge.one] = edge.score;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = in->first[in->origin[i]];
        uint32_t sure =
            is_reprint(in, i, first)
                ? REPRINT_SURE
                : weigh_sure(&in->run->weights, WEIGH_REPEATS, best[i]);
        if (in->all->items[first].at.document !=
                in->all->items[i].at.document &&
            !list_one(in, LINK_REPEATS, i, first, sure))
            return false;
    }
    return true;
}

/* From the best down, so that of a pair told through several repetitions the
 * surest is listed, between the first statements of both. */
static bool list_kind(struct choosing *in, enum weigh_task task,
                      enum link_kind kind, const struct cluster_edges *edges)
{
    for (size_t i = 0; i < edges->count; i++) {
        struct cluster_edge edge = edges->items[i];
        uint32_t one = edge.one, other = edge.other;
        if (edge.score < shown_least[task])
            continue;
        if (kind != LINK_ANSWERS) {
            one = in->first[in->origin[one]];
            other = in->first[in->origin[other]];
        }
        if (one == other)
            continue;
        if (!list_one(in, kind, one, other,
                      weigh_sure(&in->run->weights, task, edge.score)))
            return false;
    }
    return true;
}

static int compare_edges(const void *a, const void *b)
{
    const struct cluster_edge *one = a, *other = b;
    if (one->score != other->score)
        return one->score > other->score ? -1 : 1;
    if (one->one != other->one)
        return one->one < other->one ? -1 : 1;
    return one->other < other->other ? -1 : one->other > other->other;
}

bool related_choose(struct run *run, const struct statements *all,
                    struct related *made)
{
    struct choosing in = {.run = run, .all = all};
    static const struct {
        enum weigh_task task;
        enum link_kind kind;
    } rest[] = {{WEIGH_CORROBORATES, LINK_CORROBORATES},
                {WEIGH_CONTRADICTS, LINK_CONTRADICTS},
                {WEIGH_ANSWERS, LINK_ANSWERS}};
    if (!group_origins(&in, &made->tasks[WEIGH_REPEATS]) ||
        !list_repeats(&in, &made->tasks[WEIGH_REPEATS]))
        return false;
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        struct cluster_edges *edges = &made->tasks[rest[i].task];
        if (edges->count > 1)
            qsort(edges->items, edges->count, sizeof *edges->items,
                  compare_edges);
        if (!list_kind(&in, rest[i].task, rest[i].kind, edges))
            return false;
    }
    run->result->relations.items = in.relations.items;
    run->result->relations.count = (uint32_t)in.relations.count;
    return true;
}
