/*
 * link_json.c - case.json: what a scorer, a page or a stranger reads.
 */
#include "link.h"

#include "json.h"

/* Whatever goes wrong in jansson is no memory; `out` says so at the end. */
struct out {
    const struct link_result *result;
    bool is_short;
};

static void put(struct out *out, json_t *object, const char *key, json_t *value)
{
    if (value == NULL || json_object_set_new(object, key, value) != 0)
        out->is_short = true;
}

static void push(struct out *out, json_t *array, json_t *value)
{
    if (value == NULL || json_array_append_new(array, value) != 0)
        out->is_short = true;
}

static json_t *words(const char *string)
{
    return string != NULL ? json_string(string) : json_null();
}

static json_t *chance(uint32_t thousandths)
{
    return json_real((double)thousandths / 1000);
}

/* "document#id", or the document alone. */
static json_t *finding(const struct out *out, const struct link_finding *its)
{
    if (its->id == NULL)
        return json_null();
    const char *document = out->result->documents.items[its->document].id;
    return *its->id != '\0' ? json_sprintf("%s#%s", document, its->id)
                            : json_string(document);
}

static json_t *findings(struct out *out, struct link_findings list)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < list.count; i++)
        push(out, array, finding(out, &list.items[i]));
    return array;
}

static json_t *span_of(const struct link_finding *its)
{
    return json_pack("[i,i]", (int)its->span.begin, (int)its->span.end);
}

static const char *actor_name(const struct out *out, uint32_t actor)
{
    return actor != LINK_NONE ? out->result->actors.items[actor].name : NULL;
}

static json_t *actor_names(struct out *out, struct link_indices list)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < list.count; i++)
        push(out, array, words(actor_name(out, list.items[i])));
    return array;
}

static json_t *incident_titles(struct out *out, struct link_indices list)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < list.count; i++)
        push(out, array,
             words(out->result->incidents.items[list.items[i]].title));
    return array;
}

static json_t *merge(struct out *out, const struct link_merge *its)
{
    json_t *object = json_object();
    put(out, object, "one", finding(out, &its->one));
    put(out, object, "other", finding(out, &its->other));
    put(out, object, "reason", words(its->reason));
    put(out, object, "confidence", chance(its->confidence));
    return object;
}

static json_t *actor(struct out *out, const struct link_actor *its)
{
    json_t *object = json_object(), *names = json_array(),
           *merges = json_array();
    put(out, object, "name", words(its->name));
    put(out, object, "type", words(its->type));
    put(out, object, "class", words(its->class));
    put(out, object, "members", findings(out, its->members));
    for (uint32_t i = 0; i < its->name_count; i++)
        push(out, names, words(its->names[i]));
    put(out, object, "names", names);
    for (uint32_t i = 0; i < its->merge_count; i++)
        push(out, merges, merge(out, &its->merges[i]));
    put(out, object, "merges", merges);
    if (its->is_decided)
        put(out, object, "decided", json_true());
    return object;
}

static json_t *incident(struct out *out, const struct link_incident *its)
{
    json_t *object = json_object();
    put(out, object, "title", words(its->title));
    put(out, object, "first", words(its->first));
    put(out, object, "last", words(its->last));
    put(out, object, "place", words(its->place));
    put(out, object, "members", findings(out, its->members));
    put(out, object, "perpetrators", actor_names(out, its->perpetrators));
    put(out, object, "victims", actor_names(out, its->victims));
    if (its->part_of != LINK_NONE)
        put(out, object, "part_of",
            words(out->result->incidents.items[its->part_of].title));
    put(out, object, "reason", words(its->reason));
    put(out, object, "confidence", chance(its->confidence));
    if (its->is_decided)
        put(out, object, "decided", json_true());
    return object;
}

static json_t *relation(struct out *out, const struct link_relation *its)
{
    json_t *object = json_object();
    put(out, object, "kind", words(link_kind_names[its->kind]));
    put(out, object, "from", finding(out, &its->from));
    put(out, object, "to", finding(out, &its->to));
    put(out, object, "about", words(its->about));
    put(out, object, "reason", words(its->reason));
    put(out, object, "confidence", chance(its->confidence));
    put(out, object, "from_span", span_of(&its->from));
    put(out, object, "to_span", span_of(&its->to));
    if (its->incident != LINK_NONE)
        put(out, object, "incident",
            words(out->result->incidents.items[its->incident].title));
    return object;
}

static json_t *complaint(struct out *out, const struct link_complaint *its)
{
    json_t *object = json_object();
    put(out, object, "members", findings(out, its->members));
    put(out, object, "kind", words(its->kind));
    put(out, object, "by", actor_names(out, its->by));
    put(out, object, "to", words(actor_name(out, its->to)));
    put(out, object, "about", incident_titles(out, its->about));
    put(out, object, "status", words(its->status));
    put(out, object, "response", finding(out, &its->response));
    put(out, object, "sent", words(its->sent));
    put(out, object, "until", words(its->until));
    put(out, object, "days",
        its->days >= 0 ? json_integer(its->days) : json_null());
    return object;
}

static json_t *bound(int64_t value)
{
    return value != LINK_NO_BOUND ? json_integer(value) : json_null();
}

static json_t *said(struct out *out, const struct link_figures *table,
                    const struct link_said *its)
{
    json_t *object = json_object();
    put(out, object, "by", words(actor_name(out, its->by)));
    put(out, object, "min", bound(its->min));
    put(out, object, "max", bound(its->max));
    if (its->is_approximate)
        put(out, object, "approximate", json_true());
    put(out, object, "claim", finding(out, &its->claim));
    put(out, object, "figure", finding(out, &its->figure));
    put(out, object, "on", words(its->said_on));
    put(out, object, "source", json_integer(its->origin + 1));
    if (its->instead_of != LINK_NONE)
        put(out, object, "instead_of",
            finding(out, &table->said[its->instead_of].figure));
    return object;
}

static json_t *figures(struct out *out, const struct link_figures *its)
{
    json_t *object = json_object(), *all = json_array();
    put(out, object, "incident",
        words(out->result->incidents.items[its->incident].title));
    put(out, object, "of", words(its->of));
    put(out, object, "harm", words(its->harm));
    for (uint32_t i = 0; i < its->said_count; i++)
        push(out, all, said(out, its, &its->said[i]));
    put(out, object, "said", all);
    put(out, object, "sources", json_integer(its->source_count));
    put(out, object, "low", bound(its->low));
    put(out, object, "high", bound(its->high));
    return object;
}

static json_t *pattern(struct out *out, const struct link_pattern *its)
{
    json_t *object = json_object();
    put(out, object, "of", words(its->of));
    put(out, object, "value", words(its->value));
    put(out, object, "incidents", json_integer(its->incidents));
    put(out, object, "acts", json_integer(its->acts));
    put(out, object, "sources", json_integer(its->sources));
    put(out, object, "a_week", chance(its->rate));
    put(out, object, "stands_out", json_boolean(its->is_striking));
    put(out, object, "members", findings(out, its->members));
    return object;
}

static json_t *accusation(struct out *out, const struct link_accusation *its)
{
    json_t *object = json_object();
    put(out, object, "by", words(actor_name(out, its->by)));
    put(out, object, "of", words(actor_name(out, its->of)));
    put(out, object, "by_actor", json_integer(its->by));
    put(out, object, "of_actor", json_integer(its->of));
    put(out, object, "sources", json_integer(its->sources));
    put(out, object, "members", findings(out, its->members));
    return object;
}

/* The scorer reads an origin as the list of its members. */
static json_t *origins(struct out *out)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < out->result->origins.count; i++)
        push(out, array, findings(out, out->result->origins.items[i].members));
    return array;
}

static json_t *origin_reasons(struct out *out)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < out->result->origins.count; i++) {
        const struct link_origin *its = &out->result->origins.items[i];
        json_t *object = json_object();
        put(out, object, "reason", words(its->reason));
        put(out, object, "confidence", chance(its->confidence));
        push(out, array, object);
    }
    return array;
}

#define PUT_LIST(key, list, write)                                             \
    do {                                                                       \
        json_t *array = json_array();                                          \
        for (uint32_t i = 0; i < result->list.count; i++)                      \
            push(&out, array, write(&out, &result->list.items[i]));            \
        put(&out, whole, key, array);                                          \
    } while (0)

json_t *link_json(const struct link_result *result, struct error *error)
{
    struct out out = {.result = result};
    json_t *whole = json_object();
    if (whole == NULL) {
        error_set(error, ERROR_LIMIT, "no memory for JSON");
        return NULL;
    }
    PUT_LIST("actors", actors, actor);
    PUT_LIST("incidents", incidents, incident);
    PUT_LIST("relations", relations, relation);
    put(&out, whole, "origins", origins(&out));
    put(&out, whole, "origin_reasons", origin_reasons(&out));
    PUT_LIST("complaints", complaints, complaint);
    PUT_LIST("figures", figures, figures);
    PUT_LIST("patterns", patterns, pattern);
    PUT_LIST("accusations", accusations, accusation);
    if (!out.is_short)
        return whole;
    json_decref(whole);
    error_set(error, ERROR_LIMIT, "no memory for JSON");
    return NULL;
}
