/*
 * gather_incidents.c - acts into incidents, actors into parties. See
 * gather.h.
 *
 * An act that no incident of the links has is one of its own, together with
 * the acts of its document that are said to be the same.
 */
#include "gather.h"

#include <stdlib.h>

/* What is planned, demanded or comes again has not happened at one time and
 * place. */
static bool may_be_incident(const struct gathered_act *act)
{
    return act->modality == NULL || strcmp(act->modality, "actual") == 0 ||
           strcmp(act->modality, "attempted") == 0;
}

static size_t same_first(const struct gathered *all, size_t act)
{
    enum { STEPS = 64 };
    for (size_t i = 0; i < STEPS; i++) {
        size_t next = all->acts.items[act].same_as;
        if (next == GATHERED_NONE || next >= all->acts.count)
            break;
        act = next;
    }
    return act;
}

/* Widens the days of an incident; a day beats none. */
static void take_days(struct gathered_incident *incident,
                      const struct gathered_act *act)
{
    if (is_day(act->first) && (incident->first == NULL ||
                               strncmp(act->first, incident->first, 10) < 0))
        incident->first = act->first;
    if (is_day(act->last) &&
        (incident->last == NULL || strncmp(act->last, incident->last, 10) > 0))
        incident->last = act->last;
}

static bool add_act(struct gathered *all, struct gathered_incident *incident,
                    size_t act, struct error *error)
{
    const struct gathered_act *one = &all->acts.items[act];
    struct {
        size_t *items;
        size_t count, capacity;
    } acts = {incident->acts, incident->act_count, incident->act_count};
    if (!list_push(all->arena, &acts, act, error))
        return false;
    incident->acts = acts.items;
    incident->act_count = acts.count;
    /* Links know the day of an incident better than any of its acts. */
    if (!incident->is_linked)
        take_days(incident, one);
    if (incident->place == NULL && one->place != GATHERED_NONE)
        incident->place = all->places.items[one->place].name;
    return true;
}

static bool make_incidents(struct gathered *all, struct error *error)
{
    for (size_t i = 0; i < all->acts.count; i++) {
        struct gathered_act *act = &all->acts.items[i];
        size_t first = same_first(all, i);
        if (act->incident != GATHERED_NONE) {
            if (!add_act(all, &all->incidents.items[act->incident], i, error))
                return false;
            continue;
        }
        if (!may_be_incident(act))
            continue;
        if (all->acts.items[first].incident == GATHERED_NONE) {
            struct gathered_incident incident = {0};
            if (!list_push(all->arena, &all->incidents, incident, error))
                return false;
            all->acts.items[first].incident = all->incidents.count - 1;
        }
        act->incident = all->acts.items[first].incident;
        if (!add_act(all, &all->incidents.items[act->incident], i, error))
            return false;
    }
    return true;
}

/* Options ---------------------------------------------------------------- */

static bool has_word(const char *words, const char *word)
{
    return words != NULL && strcasestr(words, word) != NULL;
}

static bool part_is(const struct gathered *all, size_t document,
                    const struct gathered_parts *parts, const char *word)
{
    struct slice text = all->documents.items[document].text;
    for (size_t i = 0; i < parts->count; i++) {
        const struct gathered_part *part = &parts->items[i];
        if (part->actor != GATHERED_NONE &&
            has_word(all->actors.items[part->actor].name, word))
            return true;
        for (size_t j = 0; j < part->span.count; j++) {
            struct slice words = slice_at(text, part->span.items[j]);
            if (memmem(words.data, words.length, word, strlen(word)) != NULL)
                return true;
        }
    }
    return false;
}

static bool speaker_is(const struct gathered *all, size_t claim,
                       const char *word)
{
    for (; claim != GATHERED_NONE; claim = all->claims.items[claim].parent) {
        size_t speaker = all->claims.items[claim].speaker;
        if (speaker != GATHERED_NONE &&
            has_word(all->actors.items[speaker].name, word))
            return true;
    }
    return false;
}

static bool act_is_wanted(const struct gathered *all, size_t index)
{
    const struct gather_options *options = &all->options;
    const struct gathered_act *act = &all->acts.items[index];
    const struct gathered_place *place =
        act->place != GATHERED_NONE ? &all->places.items[act->place] : NULL;
    if (options->kind != NULL &&
        (act->code == NULL || strcmp(act->code, options->kind) != 0))
        return false;
    if (options->place != NULL &&
        (place == NULL || (!has_word(place->name, options->place) &&
                           !has_word(place->within, options->place))))
        return false;
    return options->actor == NULL ||
           part_is(all, act->document, &act->perpetrators, options->actor) ||
           part_is(all, act->document, &act->victims, options->actor) ||
           part_is(all, act->document, &act->targets, options->actor) ||
           speaker_is(all, act->claim, options->actor);
}

static bool incident_is_wanted(const struct gathered *all,
                               const struct gathered_incident *incident)
{
    const struct gather_options *options = &all->options;
    if ((options->from != NULL || options->to != NULL) &&
        incident->first == NULL && incident->last == NULL)
        return false;
    const char *last =
        incident->last != NULL ? incident->last : incident->first;
    const char *first =
        incident->first != NULL ? incident->first : incident->last;
    if (options->from != NULL && strncmp(last, options->from, 10) < 0)
        return false;
    if (options->to != NULL && strncmp(first, options->to, 10) > 0)
        return false;
    for (size_t i = 0; i < incident->act_count; i++)
        if (act_is_wanted(all, incident->acts[i]))
            return true;
    return false;
}

/* Order ------------------------------------------------------------------ */

static int compare_incidents(const void *a, const void *b)
{
    const struct gathered_incident *left = a, *right = b;
    int days = strncmp(left->first != NULL ? left->first : "9",
                       right->first != NULL ? right->first : "9", 10);
    if (days != 0)
        return days;
    return left->acts[0] < right->acts[0] ? -1 : left->acts[0] > right->acts[0];
}

static void order_incidents(struct gathered *all)
{
    size_t kept = 0;
    for (size_t i = 0; i < all->incidents.count; i++)
        if (all->incidents.items[i].act_count > 0 &&
            incident_is_wanted(all, &all->incidents.items[i]))
            all->incidents.items[kept++] = all->incidents.items[i];
    all->incidents.count = kept;
    if (kept > 1)
        qsort(all->incidents.items, kept, sizeof *all->incidents.items,
              compare_incidents);
    for (size_t i = 0; i < all->acts.count; i++)
        all->acts.items[i].incident = GATHERED_NONE;
    for (size_t i = 0; i < kept; i++)
        for (size_t j = 0; j < all->incidents.items[i].act_count; j++)
            all->acts.items[all->incidents.items[i].acts[j]].incident = i;
}

/* Parties ---------------------------------------------------------------- */

/* One of this name and type, who may have been met before. */
static bool take_party(struct gathered *all, json_t *known, size_t index,
                       struct error *error)
{
    struct gathered_actor *actor = &all->actors.items[index];
    char key[300];
    if (actor->party != GATHERED_NONE)
        return true;
    snprintf(key, sizeof key, "%.12s %.270s",
             actor->type != NULL ? actor->type : "", actor->name);
    const json_t *before = json_object_get(known, key);
    if (before == NULL) {
        struct gathered_party party = {.name = actor->name,
                                       .type = actor->type,
                                       .class = actor->class,
                                       .first = index};
        if (!list_push(all->arena, &all->parties, party, error))
            return false;
        actor->party = all->parties.count - 1;
        if (json_object_set_new(known, key,
                                json_integer((json_int_t)actor->party)) != 0)
            return true; /* no UTF-8, or no memory: he stands alone */
    } else {
        actor->party = (size_t)json_integer_value(before);
    }
    all->parties.items[actor->party].mentions++;
    return true;
}

static bool make_parties(struct gathered *all, struct error *error)
{
    json_t *known = json_object();
    bool is_well =
        known != NULL || error_set(error, ERROR_LIMIT, "out of memory");
    for (size_t i = 0; is_well && i < all->actors.count; i++)
        is_well = take_party(all, known, i, error);
    json_decref(known);
    return is_well;
}

bool gather_incidents(struct gathered *all, struct error *error)
{
    if (!make_incidents(all, error) || !make_parties(all, error))
        return false;
    order_incidents(all);
    return true;
}
