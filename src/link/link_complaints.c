/*
 * link_complaints.c - what was done to get an answer, once each, and what came
 * of it.
 *
 * Two documents tell of one complaint where its recipient, its sender, its day,
 * its kind and what it is about agree, on the whole.
 */
#include <stdlib.h>

#include "block.h"
#include "cluster.h"
#include "link_statements.h"

enum {
    CROWD = 60,
    NEIGHBOURS = 8,
    /* Points, as log odds would be, so that cluster.h can add them. */
    SAME_DAY = 2500,
    OTHER_DAY = -3000,
    SAME_SENDER = 1000,
    OTHER_SENDER = -1500,
    SAME_RECIPIENT = 500,
    OTHER_RECIPIENT = -1500,
    SAME_ABOUT = 1000,
    SAME_KIND = 500,
    REPLY = 800, /* the one document answers the other */
    OTHER_KIND = -700,
    BIAS = -1900,
};

struct complaining {
    struct run *run;
    uint32_t *group_of;
    uint32_t *order;
    struct link_complaint *made;
    uint32_t count;
};

static const struct part_document *document_of(const struct run *run,
                                               uint32_t number)
{
    return run->documents[run->interventions[number].document];
}

/* An actor of the case of a list of a document's, or LINK_NONE. */
static uint32_t first_of(const struct run *run,
                         const struct part_document *document,
                         const struct link_list *list)
{
    return list->count > 0
               ? run->actor_of[document->actor_base + list->items[0]]
               : LINK_NONE;
}

static bool is_among(const struct run *run,
                     const struct part_document *document,
                     const struct link_list *list, uint32_t actor)
{
    for (size_t i = 0; i < list->count; i++)
        if (run->actor_of[document->actor_base + list->items[i]] == actor)
            return true;
    return false;
}

/* The day it was sent: its own, or that of the letter that it is. */
static int32_t sent_on(const struct run *run, uint32_t number)
{
    const struct part_intervention *its = run_intervention(run, number);
    const struct part_document *document = document_of(run, number);
    if (its->first != LINK_NO_DAY)
        return its->first;
    bool is_letter = document->issuer != LINK_NONE &&
                     document->addressees.count > 0 && !document->is_answer;
    for (size_t i = 0; is_letter && i < its->to.count; i++)
        for (size_t k = 0; k < document->addressees.count; k++)
            if (its->to.items[i] == document->addressees.items[k])
                return document->day;
    return LINK_NO_DAY;
}

static bool any_common(const struct run *run, const struct part_document *x,
                       const struct link_list *a, const struct part_document *y,
                       const struct link_list *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (is_among(run, y, b, run->actor_of[x->actor_base + a->items[i]]))
            return true;
    return false;
}

static bool about_common(const struct run *run, const struct part_document *x,
                         const struct link_list *a,
                         const struct part_document *y,
                         const struct link_list *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (run->incident_of[x->act_base + a->items[i]] != LINK_NONE &&
                run->incident_of[x->act_base + a->items[i]] ==
                    run->incident_of[y->act_base + b->items[k]])
                return true;
    return false;
}

static bool answers(const struct run *run, const struct part_document *x,
                    const struct part_document *y)
{
    return x->is_answer && x->answered_by != LINK_NONE &&
           y->issuer != LINK_NONE &&
           (x->answers_day == LINK_NO_DAY || y->day == LINK_NO_DAY ||
            x->answers_day == y->day) &&
           run->actor_of[x->actor_base + x->answered_by] ==
               run->actor_of[y->actor_base + y->issuer];
}

static int32_t likeness(const struct run *run, uint32_t one, uint32_t other)
{
    const struct part_document *x = document_of(run, one),
                               *y = document_of(run, other);
    const struct part_intervention *a = run_intervention(run, one),
                                   *b = run_intervention(run, other);
    int32_t a_day = sent_on(run, one), b_day = sent_on(run, other);
    int32_t points = BIAS;
    if (a_day != LINK_NO_DAY && b_day != LINK_NO_DAY)
        points += a_day == b_day ? SAME_DAY : OTHER_DAY;
    if (a->by.count > 0 && b->by.count > 0)
        points +=
            any_common(run, x, &a->by, y, &b->by) ? SAME_SENDER : OTHER_SENDER;
    if (a->to.count > 0 && b->to.count > 0)
        points += any_common(run, x, &a->to, y, &b->to) ? SAME_RECIPIENT
                                                        : OTHER_RECIPIENT;
    if (about_common(run, x, &a->about, y, &b->about))
        points += SAME_ABOUT;
    if (answers(run, x, y) || answers(run, y, x))
        points += REPLY;
    return points + (strcmp(a->kind, b->kind) == 0 ? SAME_KIND : OTHER_KIND);
}

/* Two of one kind about one incident. */
static bool add_about_keys(struct run *run, struct blocks *blocks,
                           uint32_t number)
{
    const struct part_intervention *its = run_intervention(run, number);
    uint32_t base = document_of(run, number)->act_base;
    uint64_t kind = hash_bytes(HASH_SEED, its->kind, strlen(its->kind));
    for (size_t k = 0; k < its->about.count; k++) {
        uint32_t incident = run->incident_of[base + its->about.items[k]];
        if (incident != LINK_NONE &&
            !block_add(run->arena, blocks, hash_mix(kind, incident), number,
                       run->error))
            return false;
    }
    return true;
}

/* Two are looked at that go to one actor, were sent on one day by one, or are
 * of one kind and about one incident. */
static bool add_keys(struct run *run, struct blocks *blocks, uint32_t number)
{
    const struct part_intervention *its = run_intervention(run, number);
    uint32_t base = document_of(run, number)->actor_base;
    int32_t day = sent_on(run, number);
    for (size_t k = 0; k < its->to.count; k++)
        if (!block_add(run->arena, blocks,
                       run->actor_of[base + its->to.items[k]], number,
                       run->error))
            return false;
    for (size_t k = 0; day != LINK_NO_DAY && k < its->by.count; k++)
        if (!block_add(run->arena, blocks,
                       hash_mix(run->actor_of[base + its->by.items[k]],
                                (uint64_t)(uint32_t)day + 1),
                       number, run->error))
            return false;
    return add_about_keys(run, blocks, number);
}

/* Of one document two are two. */
static bool group_all(struct complaining *in)
{
    struct run *run = in->run;
    struct blocks blocks = {.crowd = CROWD, .neighbours = NEIGHBOURS};
    struct block_pairs pairs = {0};
    struct cluster_edges edges = {0};
    uint32_t *kin = arena_take(run->arena, run->intervention_count, sizeof *kin,
                               run->error);
    in->group_of = arena_take(run->arena, run->intervention_count,
                              sizeof *in->group_of, run->error);
    if (kin == NULL || in->group_of == NULL)
        return false;
    for (uint32_t i = 0; i < run->intervention_count; i++) {
        kin[i] = run->interventions[i].document;
        if (!add_keys(run, &blocks, i))
            return false;
    }
    if (!block_pair(&blocks, run->arena, &pairs, run->error))
        return false;
    block_once(&pairs);
    for (size_t i = 0; i < pairs.count; i++) {
        struct cluster_edge edge = {(uint32_t)(pairs.items[i] >> 32),
                                    (uint32_t)pairs.items[i], 0};
        edge.score = likeness(run, edge.one, edge.other);
        if (kin[edge.one] != kin[edge.other] &&
            !list_push(run->arena, &edges, edge, run->error))
            return false;
    }
    struct cluster_task task = {.count = run->intervention_count,
                                .edges = &edges,
                                .kin = kin,
                                .missing = -2000};
    return clusters_make(&task, run->arena, in->group_of, run->error);
}

/* The statement that lies in the passage of the response: of several claims
 * the longest of those least nested. */
static const struct statement *response_of(const struct run *run,
                                           uint32_t number)
{
    const struct part_intervention *its = run_intervention(run, number);
    uint32_t document = run->interventions[number].document;
    const struct statements *all = run->statements;
    const struct statement *best = NULL;
    if (its->status == NULL || strcmp(its->status, "none") == 0 ||
        its->response.end == 0)
        return NULL;
    for (uint32_t i = all->first[document]; i < all->first[document + 1]; i++) {
        const struct statement *one = &all->items[i];
        if (one->kind != STATEMENT_CLAIM ||
            !span_overlaps(one->span, its->response))
            continue;
        bool is_theirs =
            one->speaker != LINK_NONE &&
            is_among(run, run->documents[document], &its->to, one->speaker);
        bool best_is =
            best != NULL && best->speaker != LINK_NONE &&
            is_among(run, run->documents[document], &its->to, best->speaker);
        if (best == NULL || (is_theirs && !best_is) ||
            (is_theirs == best_is && one->depth < best->depth))
            best = one;
    }
    return best;
}

static const char *write_day(struct run *run, int32_t day)
{
    char words[DAY_BYTES];
    if (day == LINK_NO_DAY)
        return NULL;
    day_write(day, words);
    return arena_string(run->arena, slice_of(words), run->error);
}

static int32_t later(int32_t a, int32_t b)
{
    return a == LINK_NO_DAY || (b != LINK_NO_DAY && b > a) ? b : a;
}

/* What came of it is what the last document with word of it says; an answer
 * counts more than silence that was told before it came. */
struct outcome {
    const char *status;
    const struct statement *response;
    int32_t sent, told, answered;
};

static void learn(const struct run *run, uint32_t number,
                  struct outcome *outcome)
{
    const struct part_intervention *its = run_intervention(run, number);
    const struct part_document *document = document_of(run, number);
    int32_t sent = sent_on(run, number);
    const struct statement *response = response_of(run, number);
    if (sent != LINK_NO_DAY && outcome->sent == LINK_NO_DAY)
        outcome->sent = sent;
    if (its->status == NULL)
        return;
    bool is_answered = strcmp(its->status, "none") != 0;
    if (outcome->status == NULL ||
        (is_answered && strcmp(outcome->status, "none") == 0))
        outcome->status = its->status;
    if (response != NULL && outcome->response == NULL)
        outcome->response = response;
    /* The answer itself has its own date. */
    if (is_answered && document->is_answer)
        outcome->answered = document->day;
    if (!is_answered)
        outcome->told = later(outcome->told, document->day);
}

static bool add_once(struct run *run, struct link_list *list, uint32_t item)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == item)
            return true;
    return link_list_add(run->arena, list, item, run->error);
}

static bool take_parties(struct run *run, uint32_t number,
                         struct link_complaint *made, struct link_list *by,
                         struct link_list *about)
{
    const struct part_intervention *its = run_intervention(run, number);
    const struct part_document *document = document_of(run, number);
    if (made->to == LINK_NONE)
        made->to = first_of(run, document, &its->to);
    for (size_t i = 0; i < its->by.count; i++)
        if (!add_once(run, by,
                      run->actor_of[document->actor_base + its->by.items[i]]))
            return false;
    for (size_t i = 0; i < its->about.count; i++) {
        uint32_t incident =
            run->incident_of[document->act_base + its->about.items[i]];
        if (incident != LINK_NONE && !add_once(run, about, incident))
            return false;
    }
    return true;
}

static bool settle(struct complaining *in, const struct outcome *outcome,
                   struct link_complaint *made)
{
    struct run *run = in->run;
    bool is_answered =
        outcome->status != NULL && strcmp(outcome->status, "none") != 0;
    int32_t until = is_answered ? outcome->answered : outcome->told;
    made->status = outcome->status;
    made->response = (struct link_finding){0, NULL, {0, 0}};
    if (is_answered && outcome->response != NULL)
        made->response = statement_finding(run, outcome->response);
    made->sent = write_day(run, outcome->sent);
    made->until = write_day(run, until);
    made->days = outcome->sent != LINK_NO_DAY && until != LINK_NO_DAY &&
                         until >= outcome->sent
                     ? until - outcome->sent
                     : -1;
    return (outcome->sent == LINK_NO_DAY || made->sent != NULL) &&
           (until == LINK_NO_DAY || made->until != NULL);
}

static bool list_group(struct complaining *in, uint32_t group)
{
    struct run *run = in->run;
    struct link_list by = {0}, about = {0};
    struct outcome outcome = {
        .sent = LINK_NO_DAY, .told = LINK_NO_DAY, .answered = LINK_NO_DAY};
    struct link_complaint *made = &in->made[in->count];
    uint32_t count = 0;
    *made = (struct link_complaint){.to = LINK_NONE,
                                    .kind = run_intervention(run, group)->kind};
    for (uint32_t i = group; i != LINK_NONE; i = in->order[i])
        count++;
    struct link_finding *members =
        arena_take(run->arena, count, sizeof *members, run->error);
    if (members == NULL)
        return false;
    for (uint32_t i = group; i != LINK_NONE; i = in->order[i]) {
        const struct part_intervention *its = run_intervention(run, i);
        members[made->members.count++] =
            run_finding(run, run->interventions[i], its->id, its->span);
        learn(run, i, &outcome);
        if (!take_parties(run, i, made, &by, &about))
            return false;
    }
    made->members.items = members;
    in->count++;
    return settle(in, &outcome, made) && run_indices(run, &by, &made->by) &&
           run_indices(run, &about, &made->about);
}

/* Who wrote to whom, and when. */
struct sending {
    uint64_t parties;
    int32_t day;
};

struct sendings {
    struct sending *items;
    size_t count, capacity;
};

static int compare_sendings(const void *a, const void *b)
{
    const struct sending *one = a, *other = b;
    if (one->parties != other->parties)
        return one->parties < other->parties ? -1 : 1;
    return one->day < other->day ? -1 : one->day > other->day;
}

static uint64_t parties_of(const struct run *run,
                           const struct part_document *document, uint32_t from,
                           uint32_t to)
{
    return hash_mix(run->actor_of[document->actor_base + from],
                    (uint64_t)run->actor_of[document->actor_base + to] + 1);
}

static bool take_sendings(struct run *run, struct sendings *sendings)
{
    for (uint32_t i = 0; i < run->intervention_count; i++) {
        const struct part_intervention *its = run_intervention(run, i);
        int32_t day = sent_on(run, i);
        for (size_t k = 0; day != LINK_NO_DAY && k < its->by.count; k++)
            for (size_t m = 0; m < its->to.count; m++) {
                struct sending one = {parties_of(run, document_of(run, i),
                                                 its->by.items[k],
                                                 its->to.items[m]),
                                      day};
                if (!list_push(run->arena, sendings, one, run->error))
                    return false;
            }
    }
    if (sendings->count > 1)
        qsort(sendings->items, sendings->count, sizeof *sendings->items,
              compare_sendings);
    return true;
}

/* Whether somebody wrote this before: the first of its parties comes first. */
static bool was_sent_before(const struct sendings *sendings, uint64_t parties,
                            int32_t day)
{
    size_t low = 0, high = sendings->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sendings->items[middle].parties < parties)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sendings->count && sendings->items[low].parties == parties &&
           sendings->items[low].day < day;
}

/* A letter to somebody who wrote to its sender before is the answer, and no
 * complaint. */
static bool is_answer(const struct run *run, const struct sendings *sendings,
                      uint32_t number)
{
    const struct part_intervention *its = run_intervention(run, number);
    const struct part_document *document = document_of(run, number);
    int32_t day = sent_on(run, number);
    if (strcmp(its->kind, "letter") != 0 || day == LINK_NO_DAY)
        return false;
    for (size_t k = 0; k < its->by.count; k++)
        for (size_t m = 0; m < its->to.count; m++)
            if (was_sent_before(sendings,
                                parties_of(run, document, its->to.items[m],
                                           its->by.items[k]),
                                day))
                return true;
    return false;
}

/* Groups of which a member is an answer. */
static bool find_answers(struct complaining *in, bool *is_dropped)
{
    struct sendings sendings = {0};
    if (!take_sendings(in->run, &sendings))
        return false;
    for (uint32_t i = 0; i < in->run->intervention_count; i++)
        if (is_answer(in->run, &sendings, i))
            is_dropped[in->group_of[i]] = true;
    return true;
}

bool run_complaints(struct run *run)
{
    struct complaining in = {.run = run};
    uint32_t n = run->intervention_count;
    if (!group_all(&in))
        return false;
    in.made = arena_take(run->arena, n, sizeof *in.made, run->error);
    in.order = arena_take(run->arena, n, sizeof *in.order, run->error);
    uint32_t *last = arena_take(run->arena, n, sizeof *last, run->error);
    bool *is_dropped =
        arena_take(run->arena, n, sizeof *is_dropped, run->error);
    if (in.made == NULL || in.order == NULL || last == NULL ||
        is_dropped == NULL || !find_answers(&in, is_dropped))
        return false;
    /* Each group as a chain from its least member on. */
    for (uint32_t i = 0; i < n; i++) {
        in.order[i] = LINK_NONE;
        if (in.group_of[i] != i)
            in.order[last[in.group_of[i]]] = i;
        last[in.group_of[i]] = i;
    }
    for (uint32_t i = 0; i < n; i++)
        if (in.group_of[i] == i && !is_dropped[i] && !list_group(&in, i))
            return false;
    run->result->complaints.items = in.made;
    run->result->complaints.count = in.count;
    return true;
}
