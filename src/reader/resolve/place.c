/*
 * place.c - see place.h: the steps, and what comes of them.
 */
#include "place_parts.h"

#include <assert.h>

/* Below this share a name is not placed. On the train parts three in four of
 * those just above it are right, and one in three of those just below. */
static const double LEAST_SHARE = 0.4;

/* Shares and how many of those that had them were right within 161 km, on the
 * train parts (docs/measurements.md). */
static const struct {
    double share, right;
} calibration[] = {
    {0.40, 0.70},  {0.55, 0.75},  {0.75, 0.82}, {0.85, 0.93},
    {0.95, 0.955}, {0.99, 0.985}, {1, 0.99},
};
enum { POINTS = sizeof calibration / sizeof *calibration };
/* ... of things that are only at a place, whatever the share. */
static const double RIGHT_AT = 0.9;

/* That the name is a place's, and this one meant. */
static float confidence_of(const struct mention *mention, double share)
{
    unsigned at = 1;
    while (at < POINTS - 1 && share > calibration[at].share)
        at++;
    const double from = calibration[at - 1].share;
    const double along = (share - from) / (calibration[at].share - from);
    const double right =
        calibration[at - 1].right +
        along * (calibration[at].right - calibration[at - 1].right);
    const double held = right < 0 ? 0 : right > 1 ? 1 : right;
    return (float)(held * (double)mention->probability);
}

static const struct candidate *best_of(const struct place_work *work,
                                       uint32_t node)
{
    assert(work->nodes.items != NULL && work->candidates.items != NULL);
    return &work->candidates.items[work->nodes.items[node].best];
}

/* Whether the node's best meaning may be told as the place. */
static bool is_sure(const struct place_work *work, uint32_t node)
{
    return work->nodes.items != NULL && node < work->nodes.count &&
           work->nodes.items[node].count > 0 &&
           work->nodes.items[node].best_share >= LEAST_SHARE;
}

static bool is_only_one(const struct place_work *work, const struct node *node)
{
    static const double near = 6.2e-5;
    for (uint32_t i = 0; i < node->count; i++)
        if (node->candidates + i != node->best &&
            place_chord(work->gazetteer,
                        work->candidates.items[node->candidates + i].place,
                        work->candidates.items[node->best].place) >= near)
            return false;
    return true;
}

/* What spoke for the best meaning, the strongest first. */
static void reason(const struct place_work *work, const struct node *node,
                   struct place *place)
{
    const struct candidate *best = &work->candidates.items[node->best];
    uint32_t largest = node->candidates;
    if (node->beside != NODE_NONE &&
        work->nodes.items[node->beside].count > 0 &&
        place_holds(best_of(work, node->beside), best)) {
        place->why = WHY_BESIDE;
        place->why_place = best_of(work, node->beside)->place;
        return;
    }
    for (uint32_t i = 0; i < node->count; i++)
        if (work->candidates.items[node->candidates + i].prior >
            work->candidates.items[largest].prior)
            largest = node->candidates + i;
    if (is_only_one(work, node)) {
        place->why = WHY_ONLY_ONE;
    } else if (largest == node->best || best->levels[0] == best->place) {
        place->why = WHY_LARGEST;
    } else {
        place->why = WHY_AROUND;
        place->why_place =
            best->levels[1] != GAZETTEER_NONE && best->levels[1] != best->place
                ? best->levels[1]
                : best->levels[0];
    }
}

static void put_at(const struct place_work *work, const struct mention *mention,
                   uint32_t node, enum place_why why, struct place *place)
{
    place->index = best_of(work, node)->place;
    place->why_place = place->index;
    place->is_at = true;
    place->why = why;
    place->confidence =
        (float)RIGHT_AT *
        confidence_of(mention, work->nodes.items[node].best_share);
}

static bool is_town(enum place_kind kind)
{
    return kind >= PLACE_CITY && kind <= PLACE_AREA;
}

bool place_is_small(const struct gazetteer_place *place)
{
    return place->kind >= PLACE_COUNTY && place->kind <= PLACE_AREA;
}

/* The node of the one town that the sentence of the mention names. */
static uint32_t town_of_sentence(const struct place_work *work, size_t index)
{
    enum { LOOK = 12 };
    const struct text *text = work->text;
    const struct mention *all = work->mentions.items;
    const struct span sentence =
        text->sentences.items[text_sentence_of(text, all[index].tokens.begin)];
    uint32_t town = NODE_NONE;
    size_t from = index > LOOK ? index - LOOK : 0;
    for (size_t i = from; i < work->mentions.count && i < index + LOOK; i++) {
        if (i == index || !all[i].is_place || !is_sure(work, all[i].node) ||
            !span_contains(sentence, all[i].tokens) ||
            !is_town(best_of(work, all[i].node)->kind))
            continue;
        if (town != NODE_NONE &&
            best_of(work, town)->place != best_of(work, all[i].node)->place)
            return NODE_NONE;
        town = all[i].node;
    }
    return town;
}

/* A facility, or a name that is not known, at what its words or the place
 * beside it say. */
static void put_nearby(const struct place_work *work, size_t index,
                       struct place *place)
{
    const struct mention *mention = &work->mentions.items[index];
    const uint32_t beside = mention->beside == NODE_NONE
                                ? NODE_NONE
                                : work->mentions.items[mention->beside].node;
    if (is_sure(work, beside)) {
        put_at(work, mention, beside, WHY_AT_BESIDE, place);
    } else if (is_sure(work, mention->named)) {
        put_at(work, mention, mention->named, WHY_AT_NAMED, place);
    } else if (mention->facility != NULL) {
        const uint32_t town = town_of_sentence(work, index);
        if (town != NODE_NONE)
            put_at(work, mention, town, WHY_AT_SENTENCE, place);
    }
}

/* The meaning of a name that stands beside a sure one and holds it: of two
 * Georgias in one text the one that has Atlanta. NODE_NONE for none. */
static uint32_t holder_of(const struct place_work *work, size_t index)
{
    const struct mention *all = work->mentions.items;
    if (index == 0 || all[index - 1].beside != index ||
        all[index].node == NODE_NONE || !is_sure(work, all[index - 1].node))
        return NODE_NONE;
    const struct node *node = &work->nodes.items[all[index].node];
    const struct candidate *held = best_of(work, all[index - 1].node);
    for (uint32_t i = 0; i < node->count; i++)
        if (place_holds(&work->candidates.items[node->candidates + i], held))
            return node->candidates + i;
    return NODE_NONE;
}

static void put_holder(const struct place_work *work, size_t index,
                       uint32_t holder, struct place *place)
{
    const uint32_t held = work->mentions.items[index - 1].node;
    place->index = work->candidates.items[holder].place;
    place->facility = NULL;
    place->why = WHY_BESIDE;
    place->why_place = best_of(work, held)->place;
    place->confidence = confidence_of(&work->mentions.items[index],
                                      work->nodes.items[held].best_share);
}

static void put(const struct place_work *work, size_t index,
                struct place *place)
{
    const struct mention *mention = &work->mentions.items[index];
    const struct node *node =
        mention->node == NODE_NONE ? NULL : &work->nodes.items[mention->node];
    if (work->gazetteer == NULL)
        return;
    if (mention->is_person && (node == NULL || node->beside == NODE_NONE)) {
        place->why = WHY_PERSON;
        return;
    }
    const uint32_t holder = holder_of(work, index);
    if (holder != NODE_NONE &&
        (!is_sure(work, mention->node) || holder != node->best)) {
        put_holder(work, index, holder, place);
        return;
    }
    place->why = WHY_NOT_KNOWN;
    if (node != NULL && node->count > 0)
        place->why = WHY_IN_DOUBT;
    if (is_sure(work, mention->node)) {
        place->index = best_of(work, mention->node)->place;
        place->is_part = node->how == HOW_PART;
        place->confidence = confidence_of(mention, node->best_share);
        place->facility = NULL;
        reason(work, node, place);
        return;
    }
    put_nearby(work, index, place);
}

bool places_resolve(const struct text *text, const struct place_name *names,
                    size_t count, const struct gazetteer *gazetteer,
                    struct arena *arena, struct arena *scratch,
                    struct place_list *list, struct error *error)
{
    struct place_work work = {
        .text = text, .gazetteer = gazetteer, .scratch = scratch};
    if (!place_mentions(&work, names, count, error) ||
        (gazetteer != NULL && !place_choose(&work, error)))
        return false;
    for (size_t i = 0; i < work.mentions.count; i++) {
        const struct mention *mention = &work.mentions.items[i];
        struct place place = {
            .span = text_bytes_of(text, mention->tokens),
            .facility = mention->facility == NULL
                            ? NULL
                            : mention->facility->columns[0],
            .index = GAZETTEER_NONE,
            .why = WHY_NO_GAZETTEER,
            .why_place = GAZETTEER_NONE,
            .confidence = mention->probability,
        };
        if (!mention->is_place)
            continue;
        put(&work, i, &place);
        if (!list_push(arena, list, place, error))
            return false;
    }
    return true;
}
