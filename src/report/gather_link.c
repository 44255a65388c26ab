/*
 * gather_link.c - what links say of the findings that are given: which actors
 * are one, what is one incident, who contradicts whom. See gather.h, link.h.
 *
 * Only what is given is linked, so that a report of reviewed findings leans
 * on no other. What a person merged or split holds.
 */
#include "documents.h"
#include "findings.h"
#include "gather.h"
#include "link.h"
#include "reviews.h"

struct linking {
    struct gathered *all;
    struct link *link;
    const struct link_result *result;
    size_t *documents; /* of the result's -> ours */
    struct error *error;
};

/* Readings --------------------------------------------------------------- */

/* Findings that are not given take no part; actors, times and places do. */
static void drop_hidden(json_t *reading, const json_t *ids, const char *layer)
{
    json_t *list = json_object_get(reading, layer);
    for (size_t i = json_array_size(list); i-- > 0;) {
        const char *id =
            json_string_value(json_object_get(json_array_get(list, i), "id"));
        if (id == NULL || json_object_get(ids, id) == NULL)
            json_array_remove(list, i);
    }
}

static bool add_document(struct linking *linking,
                         const struct gathered_document *document)
{
    static const char *const layers[] = {"claims", "acts", "figures",
                                         "interventions"};
    json_t *reading = document->reading;
    if (reading == NULL)
        return true;
    /* A text that JSON cannot hold (no UTF-8) is told, and not linked. */
    json_t *text = json_stringn(document->text.data, document->text.length);
    if (text == NULL)
        return true;
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        drop_hidden(reading, document->ids, layers[i]);
    if (json_object_set_new(reading, "text", text) != 0 ||
        json_object_set_new(json_object_get(reading, "document"), "id",
                            json_string(document->row.sha256)) != 0)
        return error_set(linking->error, ERROR_LIMIT, "out of memory");
    return link_add(linking->link, reading, linking->error);
}

/* Decisions -------------------------------------------------------------- */

struct named_finding {
    const char *document, *local; /* SHA-256 of the original */
};

static bool find_named(struct linking *linking, const char *key,
                       struct named_finding *named)
{
    struct finding finding;
    struct case_document document;
    struct error passed;
    struct arena *arena = linking->all->arena;
    *named = (struct named_finding){0};
    if (!finding_find(linking->all->casefile, key, arena, &finding, &passed) ||
        finding.local == NULL)
        return true;
    if (!document_get(linking->all->casefile, finding.document, arena,
                      &document, linking->error))
        return false;
    named->document =
        arena_string(arena, slice_of(document.sha256), linking->error);
    named->local = finding.local;
    return named->document != NULL;
}

static bool decide(struct linking *linking, const struct review *review)
{
    size_t i;
    json_t *other;
    struct named_finding one, two;
    bool is_well = find_named(linking, review->finding, &one);
    json_t *fields = review->fields != NULL
                         ? json_read(slice_of(review->fields), linking->error)
                         : NULL;
    json_array_foreach(json_object_get(fields, "with"), i, other)
    {
        const char *key = json_string_value(other);
        is_well = is_well && (key == NULL || find_named(linking, key, &two));
        if (!is_well || key == NULL || one.local == NULL || two.local == NULL)
            continue;
        struct link_decision decision = {
            .is_same = strcmp(review->decision, "merged") == 0,
            .document = one.document,
            .id = one.local,
            .other_document = two.document,
            .other_id = two.local};
        is_well = link_decide(linking->link, &decision, linking->error);
    }
    json_decref(fields);
    return is_well;
}

static bool decide_all(struct linking *linking)
{
    struct review review = {0};
    bool is_there = true, is_undone;
    for (;;) {
        if (!review_after(linking->all->casefile, review.id,
                          linking->all->arena, &review, &is_there,
                          linking->error))
            return false;
        if (!is_there)
            return true;
        if (strcmp(review.decision, "merged") != 0 &&
            strcmp(review.decision, "split") != 0)
            continue;
        if (!review_is_undone(linking->all->casefile, &review, &is_undone,
                              linking->error) ||
            (!is_undone && !decide(linking, &review)))
            return false;
    }
}

/* The result ------------------------------------------------------------- */

static bool map_documents(struct linking *linking)
{
    const struct gathered *all = linking->all;
    size_t count = linking->result->documents.count;
    linking->documents = arena_take(all->arena, count + 1,
                                    sizeof *linking->documents, linking->error);
    json_t *ours = json_object();
    bool is_well = linking->documents != NULL && ours != NULL;
    for (size_t i = 0; is_well && i < all->documents.count; i++)
        is_well = json_object_set_new(ours, all->documents.items[i].row.sha256,
                                      json_integer((json_int_t)i)) == 0;
    for (size_t i = 0; is_well && i < count; i++) {
        const json_t *found =
            json_object_get(ours, linking->result->documents.items[i].id);
        linking->documents[i] =
            found != NULL ? (size_t)json_integer_value(found) : GATHERED_NONE;
    }
    json_decref(ours);
    if (!is_well && linking->documents != NULL)
        return error_set(linking->error, ERROR_LIMIT, "out of memory");
    return is_well;
}

/* Our index of a finding of the result; `kind` its letter. */
static size_t index_of(const struct linking *linking,
                       const struct link_finding *finding, char *kind)
{
    if (finding->id == NULL || finding->id[0] == '\0' ||
        linking->documents[finding->document] == GATHERED_NONE)
        return GATHERED_NONE;
    const struct gathered_document *document =
        &linking->all->documents.items[linking->documents[finding->document]];
    const json_t *found = json_object_get(document->ids, finding->id);
    *kind = finding->id[0];
    return found != NULL ? (size_t)json_integer_value(found) : GATHERED_NONE;
}

static const char *copy(const struct linking *linking, const char *words,
                        bool *is_well)
{
    if (words == NULL)
        return NULL;
    const char *made =
        arena_string(linking->all->arena, slice_of(words), linking->error);
    *is_well = *is_well && made != NULL;
    return made;
}

static bool take_party(struct linking *linking, const struct link_actor *actor)
{
    struct gathered *all = linking->all;
    bool is_well = true;
    struct gathered_party party = {.name = copy(linking, actor->name, &is_well),
                                   .type = copy(linking, actor->type, &is_well),
                                   .class =
                                       copy(linking, actor->class, &is_well),
                                   .first = GATHERED_NONE};
    for (uint32_t i = 0; i < actor->members.count; i++) {
        char kind = 0;
        size_t index = index_of(linking, &actor->members.items[i], &kind);
        if (index == GATHERED_NONE || kind != 'a')
            continue;
        all->actors.items[index].party = all->parties.count;
        party.mentions++;
        if (party.first == GATHERED_NONE || index < party.first)
            party.first = index;
    }
    return is_well &&
           (party.first == GATHERED_NONE || party.name == NULL ||
            list_push(all->arena, &all->parties, party, linking->error));
}

static bool take_incident(struct linking *linking,
                          const struct link_incident *incident)
{
    struct gathered *all = linking->all;
    bool is_well = true, is_any = false;
    struct gathered_incident taken = {
        .is_linked = true,
        .first = copy(linking, incident->first, &is_well),
        .last = copy(linking, incident->last, &is_well),
        .place = copy(linking, incident->place, &is_well)};
    for (uint32_t i = 0; i < incident->members.count; i++) {
        char kind = 0;
        size_t index = index_of(linking, &incident->members.items[i], &kind);
        if (index == GATHERED_NONE || kind != 'i')
            continue;
        all->acts.items[index].incident = all->incidents.count;
        is_any = true;
    }
    return is_well && (!is_any || list_push(all->arena, &all->incidents, taken,
                                            linking->error));
}

static bool take_end(const struct linking *linking,
                     const struct link_finding *finding,
                     struct gathered_end *end)
{
    end->kind = 0;
    end->index = index_of(linking, finding, &end->kind);
    return end->index != GATHERED_NONE &&
           (end->kind == 'c' || end->kind == 'i' || end->kind == 'f');
}

static bool take_relation(struct linking *linking,
                          const struct link_relation *relation)
{
    static const enum relation_kind kinds[LINK_KINDS] = {
        [LINK_REPEATS] = RELATION_REPEATS,
        [LINK_CORROBORATES] = RELATION_CORROBORATES,
        [LINK_CONTRADICTS] = RELATION_CONTRADICTS,
        [LINK_ANSWERS] = RELATION_ANSWERS};
    bool is_well = true;
    struct gathered_relation taken = {
        .kind = kinds[relation->kind],
        .about = copy(linking, relation->about, &is_well)};
    if (!is_well)
        return false;
    return !take_end(linking, &relation->from, &taken.from) ||
           !take_end(linking, &relation->to, &taken.to) ||
           list_push(linking->all->arena, &linking->all->relations, taken,
                     linking->error);
}

static void take_origin(struct linking *linking, size_t origin)
{
    const struct link_findings *members =
        &linking->result->origins.items[origin].members;
    for (uint32_t i = 0; i < members->count; i++) {
        char kind = 0;
        size_t index = index_of(linking, &members->items[i], &kind);
        if (index == GATHERED_NONE)
            continue;
        if (kind == 'c')
            linking->all->claims.items[index].origin = origin;
        else if (kind == 'i')
            linking->all->acts.items[index].origin = origin;
    }
}

static bool take_result(struct linking *linking)
{
    const struct link_result *result = linking->result;
    bool is_well = map_documents(linking);
    for (uint32_t i = 0; is_well && i < result->actors.count; i++)
        is_well = take_party(linking, &result->actors.items[i]);
    for (uint32_t i = 0; is_well && i < result->incidents.count; i++)
        is_well = take_incident(linking, &result->incidents.items[i]);
    for (uint32_t i = 0; is_well && i < result->relations.count; i++)
        is_well = take_relation(linking, &result->relations.items[i]);
    for (uint32_t i = 0; is_well && i < result->origins.count; i++)
        take_origin(linking, i);
    return is_well;
}

bool gather_links(struct gathered *all, struct error *error)
{
    struct linking linking = {.all = all, .error = error};
    linking.link = link_new(error);
    bool is_well = linking.link != NULL;
    for (size_t i = 0; is_well && i < all->documents.count; i++)
        is_well = add_document(&linking, &all->documents.items[i]) ||
                  error_prefix(error, "%.100s",
                               all->documents.items[i].row.facts.name);
    is_well = is_well && decide_all(&linking) &&
              (linking.result = link_run(linking.link, error)) != NULL &&
              take_result(&linking);
    link_release(linking.link);
    all->has_links = is_well;
    return is_well;
}
