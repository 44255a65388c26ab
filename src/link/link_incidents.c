/*
 * link_incidents.c - which acts are of one event.
 *
 * Two acts are looked at where they share a day, a place, somebody who did or
 * suffered, or their document and its flow. An act that is planned, feared or
 * usual is of no incident.
 */
#include "link_incidents.h"

#include "block.h"
#include "link_sort.h"

enum {
    CROWD = 200, /* of one key: beyond, neighbours only */
    NEIGHBOURS = 10,
    NEAR = 30, /* acts of one document that are looked at together */
    MISSING = -1000,
    LEAST = -800,   /* chosen by B3 of the dev matters and cases/lindani */
    DAYS_MOST = 10, /* a longer range is no key */
};

enum act_feature {
    F_SAME_DOCUMENT,
    F_SAME_ROOT,  /* the reader holds them for one */
    F_PARAGRAPHS, /* between them, in one document; -1 in two */
    F_ORDER,      /* acts between them */
    F_SENTENCES,
    F_CODE_SAME,
    F_FAMILY_SAME,
    F_CODE_LOW, /* places in the table of kinds */
    F_CODE_HIGH,
    F_TIME,      /* how their times lie, see time_relation */
    F_DAYS,      /* between them, bits; -1: not known */
    F_TIME_FROM, /* the weaker of the two, enum scene_from */
    F_PLACE,     /* how their places lie, see place_relation */
    F_PLACE_FROM,
    F_VICTIMS,      /* in common */
    F_PERPETRATORS, /* in common */
    F_CROSSED,      /* who did the one suffered the other */
    F_VICTIM_CLASH, /* both have victims, none in common */
    F_DOER_CLASH,
    F_SUFFERER_RARE, /* the rarest word of whom it befell */
    F_DOER_RARE,
    F_WORDS,         /* share of the words of the sentences, percent */
    F_WORDS_SUM,     /* and their rarity, added */
    F_FIGURES,       /* 1 bounds meet, -1 they exclude each other, 0 none */
    F_DOCUMENT_DAYS, /* between the documents, bits */
    F_COPIES,        /* one document holds the other's text */
    F_DENIED,
    F_DAY_RARE, /* how few documents tell of that day; -1 */
    F_PLACE_RARE,
    F_VICTIM_ACTS, /* acts that the victim in common is in, bits */
    F_MOODS,       /* how many are not actual */
    F_LENGTH,      /* the longer range of days, bits */
    F_LEAD,        /* from the act to its document, days in bits */
    F_COUNT
};

static int32_t bits(int64_t number)
{
    int32_t count = 0;
    for (number = number < 0 ? -number : number; number > 0; number >>= 1)
        count++;
    return count;
}

/* 4 one day, 3 meeting within days, 2 meeting ranges, 1 one is not known,
 * 0 apart. */
static int32_t time_relation(const struct scene *a, const struct scene *b)
{
    if (a->first == LINK_NO_DAY || b->first == LINK_NO_DAY)
        return 1;
    if (a->first > b->last || b->first > a->last)
        return 0;
    int64_t longest = (int64_t)a->last - a->first;
    if ((int64_t)b->last - b->first > longest)
        longest = (int64_t)b->last - b->first;
    return longest == 0 ? 4 : longest <= 3 ? 3 : 2;
}

static int64_t days_between(const struct scene *a, const struct scene *b)
{
    if (a->first > b->last)
        return (int64_t)a->first - b->last;
    return b->first > a->last ? (int64_t)b->first - a->last : 0;
}

/* 4 one place, 3 one lies in the other, 2 both in a third, 1 one is not
 * known, 0 apart. */
static int32_t place_relation(const struct scene *a, const struct scene *b)
{
    if (a->place == 0 || b->place == 0)
        return 1;
    if (a->place == b->place)
        return 4;
    if (bag_has(a->places, b->place) || bag_has(b->places, a->place))
        return 3;
    return bag_common(a->places, b->places) > 1 ? 2 : 0;
}

/* Actors of the case in both lists. */
static uint32_t in_common(const struct run *run, const struct part_document *x,
                          const struct link_list *a,
                          const struct part_document *y,
                          const struct link_list *b, uint32_t *which)
{
    uint32_t count = 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (run->actor_of[x->actor_base + a->items[i]] ==
                run->actor_of[y->actor_base + b->items[k]]) {
                *which = run->actor_of[x->actor_base + a->items[i]];
                count++;
                break;
            }
    return count;
}

struct view {
    const struct run *run;
    const struct scene *scenes;
    struct rarity words, days, places;
    uint32_t *acts_of; /* actor of the case -> acts it is in */
};

static void see_people(const struct view *view, uint32_t one, uint32_t other,
                       int32_t *f)
{
    const struct run *run = view->run;
    const struct part_document *x = run->documents[run->acts[one].document];
    const struct part_document *y = run->documents[run->acts[other].document];
    const struct part_act *a = run_act(run, one), *b = run_act(run, other);
    uint32_t which = LINK_NONE, ignored;
    f[F_VICTIMS] =
        (int32_t)in_common(run, x, &a->victims, y, &b->victims, &which);
    f[F_VICTIM_ACTS] = which != LINK_NONE ? bits(view->acts_of[which]) : -1;
    f[F_PERPETRATORS] = (int32_t)in_common(run, x, &a->perpetrators, y,
                                           &b->perpetrators, &ignored);
    f[F_CROSSED] = (int32_t)(in_common(run, x, &a->perpetrators, y, &b->victims,
                                       &ignored) +
                             in_common(run, x, &a->victims, y, &b->perpetrators,
                                       &ignored));
    f[F_VICTIM_CLASH] =
        a->victims.count > 0 && b->victims.count > 0 && f[F_VICTIMS] == 0;
    f[F_DOER_CLASH] = a->perpetrators.count > 0 && b->perpetrators.count > 0 &&
                      f[F_PERPETRATORS] == 0;
    f[F_SUFFERER_RARE] =
        rarity_of_rarest(&view->words, a->sufferers, b->sufferers);
    f[F_DOER_RARE] = rarity_of_rarest(&view->words, a->doers, b->doers);
}

static int32_t meeting(const struct run *run, const struct part_document *x,
                       const struct part_act *a, const struct part_document *y,
                       const struct part_act *b)
{
    (void)run;
    for (size_t i = 0; i < a->figures.count; i++)
        for (size_t k = 0; k < b->figures.count; k++) {
            const struct part_figure *f = &x->figures[a->figures.items[i]];
            const struct part_figure *g = &y->figures[b->figures.items[k]];
            if ((f->harm == NULL) != (g->harm == NULL) ||
                (f->harm != NULL && strcmp(f->harm, g->harm) != 0))
                continue;
            return (f->max == LINK_NO_BOUND || g->min == LINK_NO_BOUND ||
                    g->min <= f->max) &&
                           (g->max == LINK_NO_BOUND ||
                            f->min == LINK_NO_BOUND || f->min <= g->max)
                       ? 1
                       : -1;
        }
    return 0;
}

static void see_scene(const struct view *view, uint32_t one, uint32_t other,
                      int32_t *f)
{
    const struct scene *a = &view->scenes[one], *b = &view->scenes[other];
    bool is_known = a->first != LINK_NO_DAY && b->first != LINK_NO_DAY;
    int64_t a_length = is_known ? (int64_t)a->last - a->first : 0;
    int64_t b_length = is_known ? (int64_t)b->last - b->first : 0;
    f[F_TIME] = time_relation(a, b);
    f[F_DAYS] = is_known ? bits(days_between(a, b)) : -1;
    f[F_LENGTH] =
        is_known ? bits(a_length > b_length ? a_length : b_length) : -1;
    f[F_TIME_FROM] =
        (int32_t)(a->time_from > b->time_from ? a->time_from : b->time_from);
    f[F_DAY_RARE] =
        f[F_TIME] >= 3
            ? rarity_of(&view->days, hash_mix((uint64_t)(uint32_t)a->first, 3))
            : -1;
    f[F_PLACE] = place_relation(a, b);
    f[F_PLACE_FROM] = (int32_t)(a->place_from > b->place_from ? a->place_from
                                                              : b->place_from);
    f[F_PLACE_RARE] = f[F_PLACE] == 4 ? rarity_of(&view->places, a->place) : -1;
}

static int32_t distance(uint32_t a, uint32_t b, int32_t most)
{
    uint32_t apart = a > b ? a - b : b - a;
    return apart > (uint32_t)most ? most : (int32_t)apart;
}

static int32_t percent(uint32_t common, struct bag a, struct bag b)
{
    return a.count + b.count > 0 ? (int32_t)(200 * common / (a.count + b.count))
                                 : 0;
}

static void see(const struct view *view, uint32_t one, uint32_t other,
                int32_t *f)
{
    const struct run *run = view->run;
    struct numbered at = run->acts[one], to = run->acts[other];
    const struct part_document *x = run->documents[at.document];
    const struct part_document *y = run->documents[to.document];
    const struct part_act *a = run_act(run, one), *b = run_act(run, other);
    bool is_one = at.document == to.document;
    f[F_SAME_DOCUMENT] = is_one;
    f[F_SAME_ROOT] = view->scenes[one].root == view->scenes[other].root;
    f[F_PARAGRAPHS] = is_one ? distance(a->paragraph, b->paragraph, 20) : -1;
    f[F_ORDER] = is_one ? distance(at.place, to.place, 30) : -1;
    f[F_SENTENCES] = is_one ? distance(a->sentence, b->sentence, 30) : -1;
    f[F_CODE_SAME] = a->kind == b->kind;
    f[F_FAMILY_SAME] = strcmp(a->family, b->family) == 0;
    f[F_CODE_LOW] = (int32_t)(a->kind < b->kind ? a->kind : b->kind);
    f[F_CODE_HIGH] = (int32_t)(a->kind < b->kind ? b->kind : a->kind);
    f[F_WORDS] = percent(bag_common(a->words, b->words), a->words, b->words);
    f[F_WORDS_SUM] = rarity_sum(&view->words, a->words, b->words);
    f[F_FIGURES] = meeting(run, x, a, y, b);
    f[F_DOCUMENT_DAYS] = x->day == LINK_NO_DAY || y->day == LINK_NO_DAY
                             ? -1
                             : bits((int64_t)x->day - y->day);
    f[F_COPIES] =
        !is_one && run->text_of[at.document] == run->text_of[to.document];
    f[F_DENIED] = a->is_denied + b->is_denied;
    f[F_MOODS] = (a->mood != MOOD_ACTUAL) + (b->mood != MOOD_ACTUAL);
    int32_t first = view->scenes[one].first;
    f[F_LEAD] = first == LINK_NO_DAY || y->day == LINK_NO_DAY
                    ? -1
                    : bits((int64_t)y->day - first);
    see_people(view, one, other, f);
    see_scene(view, one, other, f);
}

static bool is_of_incident(const struct part_act *act)
{
    return act->mood != MOOD_NOT;
}

static bool add_people_keys(const struct run *run, struct blocks *blocks,
                            const struct part_document *document,
                            const struct link_list *people, uint64_t salt,
                            uint32_t act)
{
    for (size_t i = 0; i < people->count; i++)
        if (!block_add(
                run->arena, blocks,
                hash_mix(run->actor_of[document->actor_base + people->items[i]],
                         salt),
                act, run->error))
            return false;
    return true;
}

static bool add_keys(const struct view *view, struct blocks *blocks,
                     uint32_t number)
{
    const struct run *run = view->run;
    const struct part_document *document =
        run->documents[run->acts[number].document];
    const struct part_act *act = run_act(run, number);
    const struct scene *scene = &view->scenes[number];
    bool is_short =
        scene->first != LINK_NO_DAY && scene->last - scene->first <= DAYS_MOST;
    for (int32_t day = scene->first; is_short && day <= scene->last; day++)
        if (!block_add(run->arena, blocks, hash_mix((uint64_t)(uint32_t)day, 3),
                       number, run->error))
            return false;
    uint64_t at =
        hash_mix(scene->place, hash_bytes(4, act->family, strlen(act->family)));
    return add_people_keys(run, blocks, document, &act->victims, 5, number) &&
           add_people_keys(run, blocks, document, &act->perpetrators,
                           hash_mix(act->kind, 6), number) &&
           (scene->place == 0 ||
            block_add(run->arena, blocks, at, number, run->error)) &&
           block_add(run->arena, blocks, hash_mix(act->kind, 7), number,
                     run->error);
}

/* The acts of one document, each with those after it. */
static bool pair_documents(struct run *run, struct block_pairs *pairs)
{
    for (uint32_t i = 0; i < run->act_count; i++)
        for (uint32_t k = i + 1; k < run->act_count && k < i + NEAR; k++) {
            uint64_t pair = (uint64_t)i << 32 | k;
            if (run->acts[k].document != run->acts[i].document)
                break;
            if (!list_push(run->arena, pairs, pair, run->error))
                return false;
        }
    return true;
}

static bool find_pairs(struct view *view, struct run *run,
                       struct block_pairs *pairs)
{
    struct blocks blocks = {.crowd = CROWD, .neighbours = NEIGHBOURS};
    for (uint32_t i = 0; i < run->act_count; i++)
        if (is_of_incident(run_act(run, i)) && !add_keys(view, &blocks, i))
            return false;
    if (!block_pair(&blocks, run->arena, pairs, run->error) ||
        !pair_documents(run, pairs))
        return false;
    sort_numbers(pairs->items, pairs->count);
    block_once(pairs);
    return true;
}

static bool weigh_pairs(struct run *run, const struct view *view,
                        const struct block_pairs *pairs,
                        struct cluster_edges *edges)
{
    const struct link_watch *watch = run->link->watch;
    for (size_t i = 0; i < pairs->count; i++) {
        int32_t f[WEIGH_FEATURES] = {0};
        uint32_t one = (uint32_t)(pairs->items[i] >> 32);
        uint32_t other = (uint32_t)pairs->items[i];
        if (!is_of_incident(run_act(run, one)) ||
            !is_of_incident(run_act(run, other)))
            continue;
        see(view, one, other, f);
        if (watch != NULL)
            watch->pair(watch->context, WEIGH_ACTS, run_act_finding(run, one),
                        run_act_finding(run, other), f, F_COUNT);
        struct cluster_edge edge = {one, other,
                                    weigh(&run->weights, WEIGH_ACTS, f)};
        if (!list_push(run->arena, edges, edge, run->error))
            return false;
    }
    return true;
}

struct link_finding run_act_finding(const struct run *run, uint32_t number)
{
    const struct part_act *act = run_act(run, number);
    return run_finding(run, run->acts[number], act->id, act->trigger);
}

static bool look(struct run *run, struct view *view)
{
    struct rarity_draft words = {.arena = run->arena, .error = run->error};
    struct rarity_draft days = words, places = words;
    view->acts_of = arena_take(run->arena, run->actor_count,
                               sizeof *view->acts_of, run->error);
    if (view->acts_of == NULL)
        return false;
    for (uint32_t i = 0; i < run->actor_count; i++)
        view->acts_of[run->actor_of[i]] += run_actor(run, i)->act_count;
    for (uint32_t i = 0; i < run->act_count; i++) {
        const struct part_act *act = run_act(run, i);
        const struct scene *scene = &view->scenes[i];
        uint32_t document = run->acts[i].document;
        uint64_t day = hash_mix((uint64_t)(uint32_t)scene->first, 3);
        struct bag one_day = {&day, scene->first != LINK_NO_DAY};
        if (!rarity_add(&words, act->words, document) ||
            !rarity_add(&days, one_day, document) ||
            !rarity_add(&places, scene->places, document))
            return false;
    }
    return rarity_close(&words, run->document_count, &view->words) &&
           rarity_close(&days, run->document_count, &view->days) &&
           rarity_close(&places, run->document_count, &view->places);
}

bool run_incidents(struct run *run)
{
    struct scene *scenes = scenes_find(run);
    struct view view = {.run = run, .scenes = scenes};
    struct block_pairs pairs = {0};
    struct cluster_edges edges = {0}, decided = {0};
    uint32_t *group_of =
        arena_take(run->arena, run->act_count, sizeof *group_of, run->error);
    struct cluster_task task = {.count = run->act_count,
                                .edges = &edges,
                                .decided = &decided,
                                .missing = MISSING,
                                .least = LEAST};
    run->scenes = scenes;
    return view.scenes != NULL && group_of != NULL && look(run, &view) &&
           find_pairs(&view, run, &pairs) &&
           weigh_pairs(run, &view, &pairs, &edges) &&
           run_decided(run, 'i', &decided) &&
           clusters_make(&task, run->arena, group_of, run->error) &&
           list_incidents(run, view.scenes, group_of, &edges, &decided);
}
