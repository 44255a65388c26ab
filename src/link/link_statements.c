/*
 * link_statements.c - claims, and what documents say in their own voice, with
 * all that relations look at.
 */
#include "link_statements.h"

enum { WIDE_WORDS = 25 };

struct making {
    struct run *run;
    const struct part_document *document;
    struct statement *statement;
    struct bag_draft words, actors, incidents, codes, families, doers, victims;
};

static uint32_t actor_at(const struct making *in, uint32_t place)
{
    return place != LINK_NONE
               ? in->run->actor_of[in->document->actor_base + place]
               : LINK_NONE;
}

static void speak(const struct making *in, uint32_t place)
{
    uint32_t actor = actor_at(in, place);
    if (actor != LINK_NONE)
        in->statement->sides = in->run->sides[actor];
    in->statement->speaker = actor;
    in->statement->speaker_class =
        place != LINK_NONE ? class_number(in->document->actors[place].class)
                           : -1;
}

static bool add_actors(struct making *in, const struct link_list *people)
{
    for (size_t i = 0; i < people->count; i++)
        if (!bag_add(in->run->arena, &in->actors,
                     (uint64_t)actor_at(in, people->items[i]) + 1,
                     in->run->error))
            return false;
    return true;
}

static bool add_bag(struct making *in, struct bag_draft *draft, struct bag bag)
{
    for (uint32_t i = 0; i < bag.count; i++)
        if (!bag_add(in->run->arena, draft, bag.items[i], in->run->error))
            return false;
    return true;
}

/* Those who take part on one side. */
static bool add_side(struct making *in, const struct link_list *people,
                     struct bag_draft *side, uint32_t *classes)
{
    for (size_t i = 0; i < people->count; i++) {
        *classes |=
            1u << class_number(in->document->actors[people->items[i]].class);
        if (!bag_add(in->run->arena, side,
                     (uint64_t)actor_at(in, people->items[i]) + 1,
                     in->run->error))
            return false;
    }
    return add_actors(in, people);
}

/* An act that the statement tells. */
static bool tell_act(struct making *in, uint32_t place)
{
    struct run *run = in->run;
    const struct part_act *act = &in->document->acts[place];
    uint32_t number = in->document->act_base + place;
    uint32_t incident = run->incident_of[number];
    uint64_t family = hash_bytes(HASH_SEED, act->family, strlen(act->family));
    return link_list_add(run->arena, &in->statement->acts, number,
                         run->error) &&
           bag_add(run->arena, &in->codes, (uint64_t)act->kind + 1,
                   run->error) &&
           bag_add(run->arena, &in->families, family, run->error) &&
           (incident == LINK_NONE ||
            bag_add(run->arena, &in->incidents, (uint64_t)incident + 1,
                    run->error)) &&
           add_side(in, &act->victims, &in->victims,
                    &in->statement->victim_classes) &&
           add_side(in, &act->perpetrators, &in->doers,
                    &in->statement->doer_classes);
}

static bool tell_figure(struct making *in, uint32_t place)
{
    return link_list_add(in->run->arena, &in->statement->figures,
                         in->document->figure_base + place, in->run->error) &&
           add_bag(in, &in->words, in->document->figures[place].of_words);
}

static void finish(struct making *in)
{
    struct statement *its = in->statement;
    its->words = bag_close(&in->words);
    its->actors = bag_close(&in->actors);
    its->incidents = bag_close(&in->incidents);
    its->codes = bag_close(&in->codes);
    its->families = bag_close(&in->families);
    its->doers = bag_close(&in->doers);
    its->victims = bag_close(&in->victims);
}

static bool make_claim(struct making *in, uint32_t place, uint32_t first)
{
    const struct part_claim *claim = &in->document->claims[place];
    struct statement *its = in->statement;
    its->kind = STATEMENT_CLAIM;
    its->id = claim->id;
    its->span = claim->span;
    speak(in, claim->speaker);
    its->addressee = actor_at(in, claim->addressee);
    its->speech = (int32_t)claim->speech;
    its->is_denied = claim->is_denied;
    its->is_direct = claim->is_direct;
    its->negations = claim->negations;
    its->numbers = claim->numbers;
    its->depth = claim->depth;
    its->paragraph = claim->paragraph;
    its->confidence = claim->confidence;
    its->parent =
        claim->parent != LINK_NONE ? first + claim->parent : LINK_NONE;
    for (size_t i = 0; i < claim->acts.count; i++)
        if (!tell_act(in, claim->acts.items[i]))
            return false;
    for (size_t i = 0; i < claim->figures.count; i++)
        if (!tell_figure(in, claim->figures.items[i]))
            return false;
    if (!add_bag(in, &in->words, claim->words) ||
        !add_actors(in, &claim->actors))
        return false;
    finish(in);
    return true;
}

/* Whose words an act or figure is: those of the claim that it is in, else the
 * document's own. */
static void take_voice(struct making *in, uint32_t place, uint32_t first)
{
    struct statement *its = in->statement;
    its->is_voice = place == LINK_NONE;
    its->speech = -1;
    if (place == LINK_NONE) {
        speak(in, part_voice(in->document, its->span.begin));
        return;
    }
    const struct part_claim *claim = &in->document->claims[place];
    speak(in, claim->speaker);
    its->addressee = actor_at(in, claim->addressee);
    its->speech = (int32_t)claim->speech;
    its->is_direct = claim->is_direct;
    its->depth = claim->depth;
    its->unit = first + place;
    its->parent =
        claim->parent != LINK_NONE ? first + claim->parent : LINK_NONE;
}

static bool make_act(struct making *in, uint32_t place, uint32_t first)
{
    const struct part_act *act = &in->document->acts[place];
    struct statement *its = in->statement;
    its->kind = STATEMENT_ACT;
    its->id = act->id;
    its->span = act->trigger;
    its->is_denied = act->is_denied;
    its->paragraph = act->paragraph;
    its->confidence = act->confidence;
    take_voice(in, act->claim, first);
    for (size_t i = 0; i < act->figures.count; i++)
        if (!tell_figure(in, act->figures.items[i]))
            return false;
    if (!tell_act(in, place) || !add_bag(in, &in->words, act->words))
        return false;
    finish(in);
    return true;
}

static bool make_figure(struct making *in, uint32_t place, uint32_t first)
{
    const struct part_figure *figure = &in->document->figures[place];
    struct statement *its = in->statement;
    its->kind = STATEMENT_FIGURE;
    its->id = figure->id;
    its->span = figure->span;
    its->paragraph = figure->paragraph;
    its->confidence = figure->confidence;
    take_voice(in, figure->claim, first);
    if (!tell_figure(in, place) ||
        (figure->act != LINK_NONE && !tell_act(in, figure->act)))
        return false;
    finish(in);
    return true;
}

/* A claim that says more than one thing. */
static bool is_wide(const struct part_claim *claim)
{
    return claim->acts.count > 1 || claim->figures.count > 1 ||
           (claim->words.count > WIDE_WORDS &&
            claim->acts.count + claim->figures.count > 0);
}

static bool is_end(const struct part_document *document, uint32_t claim)
{
    return claim == LINK_NONE || is_wide(&document->claims[claim]);
}

/* What one document says: its claims first, so that the statement of a claim
 * is found by counting. */
static bool make_document(struct run *run, struct statements *all,
                          uint32_t number)
{
    const struct part_document *document = run->documents[number];
    uint32_t first = all->count, turns = 0;
    for (uint32_t i = 0; i < document->claim_count + document->act_count +
                                 document->figure_count;
         i++) {
        struct statement *its = &all->items[all->count];
        struct making in = {.run = run, .document = document, .statement = its};
        uint32_t place = i;
        bool is_made = false;
        *its = (struct statement){.speaker = LINK_NONE,
                                  .addressee = LINK_NONE,
                                  .parent = LINK_NONE,
                                  .unit = all->count,
                                  .order = i};
        if (place < document->claim_count) {
            its->turn = turns;
            turns += document->claims[place].depth == 0;
            its->is_wide = is_wide(&document->claims[place]);
            is_made = make_claim(&in, place, first);
        } else if ((place -= document->claim_count) < document->act_count) {
            if (!is_end(document, document->acts[place].claim))
                continue;
            is_made = make_act(&in, place, first);
        } else {
            place -= document->act_count;
            if (!is_end(document, document->figures[place].claim))
                continue;
            is_made = make_figure(&in, place, first);
        }
        if (!is_made)
            return false;
        its->at = (struct numbered){number, place};
        all->count++;
    }
    return true;
}

bool statements_find(struct run *run, struct statements *all)
{
    size_t most = (size_t)run->claim_count + run->act_count + run->figure_count;
    struct rarity_draft words = {.arena = run->arena, .error = run->error};
    struct rarity_draft actors = words, incidents = words;
    *all = (struct statements){0};
    all->items =
        arena_take(run->arena, most + 1, sizeof *all->items, run->error);
    all->first = arena_take(run->arena, (size_t)run->document_count + 1,
                            sizeof *all->first, run->error);
    if (all->items == NULL || all->first == NULL)
        return false;
    for (uint32_t i = 0; i < run->document_count; i++) {
        all->first[i] = all->count;
        if (!make_document(run, all, i))
            return false;
    }
    all->first[run->document_count] = all->count;
    for (uint32_t i = 0; i < all->count; i++) {
        const struct statement *its = &all->items[i];
        if (!rarity_add(&words, its->words, its->at.document) ||
            !rarity_add(&actors, its->actors, its->at.document) ||
            !rarity_add(&incidents, its->incidents, its->at.document))
            return false;
    }
    return rarity_close(&words, run->document_count, &all->words) &&
           rarity_close(&actors, run->document_count, &all->actors) &&
           rarity_close(&incidents, run->document_count, &all->incidents);
}

bool statement_is_before(const struct run *run, const struct statement *a,
                         const struct statement *b)
{
    int32_t a_day = run->documents[a->at.document]->day;
    int32_t b_day = run->documents[b->at.document]->day;
    if (a->at.document == b->at.document)
        return a->span.begin != b->span.begin ? a->span.begin < b->span.begin
                                              : a->order < b->order;
    /* What has no date comes last: it is not known to be the first. */
    if ((a_day == LINK_NO_DAY) != (b_day == LINK_NO_DAY))
        return b_day == LINK_NO_DAY;
    if (a_day != b_day)
        return a_day < b_day;
    return a->at.document < b->at.document;
}
