/*
 * finding_draft.c - from a reading to findings: for each kind, which passage
 * is its own, and who, what, when and where it is about.
 */
#include "findings.h"

#include "reading_walk.h"

const char *const finding_kinds[FINDING_KINDS] = {
    "actor", "claim", "act",          "figure",
    "time",  "place", "intervention", "citation"};

/* Of one finding while it is put together. */
struct draft {
    const struct reading_walk *walk;
    const json_t *object;
    struct finding finding;
    struct name_list who, act, place;
    bool has_span;
};

static bool take_span(struct draft *draft, const char *member)
{
    return draft->has_span ||
           walk_span(draft->walk, json_object_get(draft->object, member),
                     &draft->finding.span, &draft->has_span);
}

static const json_t *member(const struct draft *draft, const char *key)
{
    return json_object_get(draft->object, key);
}

static bool add_code(struct draft *draft, const json_t *code)
{
    const char *word = json_string_value(code);
    return word == NULL ||
           walk_add(draft->walk, &draft->act, " ", slice_of(word));
}

/* What an act says besides who took part. */
static bool add_act(struct draft *draft, const json_t *act)
{
    walk_times(draft->walk, json_object_get(act, "time"), &draft->finding.first,
               &draft->finding.last);
    return add_code(draft, json_object_get(act, "act")) &&
           walk_add_places(draft->walk, &draft->place,
                           json_object_get(act, "place"));
}

static bool draft_actor(struct draft *draft)
{
    const json_t *mentions = member(draft, "mentions");
    const json_t *first = json_array_get(mentions, 0);
    if (first != NULL &&
        !walk_span(draft->walk, first, &draft->finding.span, &draft->has_span))
        return false;
    return walk_add_actor(draft->walk, &draft->who, member(draft, "id")) &&
           walk_add_span(draft->walk, &draft->who, mentions);
}

static bool draft_claim(struct draft *draft)
{
    const char *id = json_string_value(member(draft, "id"));
    size_t i;
    json_t *act;
    draft->finding.says = json_string_value(member(draft, "act"));
    json_array_foreach(json_object_get(draft->walk->told, id), i, act)
    {
        if (!add_act(draft, act))
            return false;
    }
    return take_span(draft, "content") && take_span(draft, "cue") &&
           take_span(draft, "source") &&
           walk_add_actor(draft->walk, &draft->who, member(draft, "speaker")) &&
           walk_add_span(draft->walk, &draft->who, member(draft, "source"));
}

static bool draft_act(struct draft *draft)
{
    return take_span(draft, "trigger") &&
           walk_add_people(draft->walk, &draft->who,
                           member(draft, "perpetrators")) &&
           walk_add_people(draft->walk, &draft->who,
                           member(draft, "victims")) &&
           walk_add_people(draft->walk, &draft->who,
                           member(draft, "targets")) &&
           add_act(draft, draft->object);
}

static bool draft_figure(struct draft *draft)
{
    const json_t *act = walk_by_id(draft->walk, member(draft, "act"));
    const char *of = json_string_value(member(draft, "of"));
    return take_span(draft, "span") &&
           (of == NULL ||
            walk_add(draft->walk, &draft->who, "; ", slice_of(of))) &&
           add_code(draft, member(draft, "harm")) && add_act(draft, act);
}

static bool draft_time(struct draft *draft)
{
    walk_times(draft->walk, member(draft, "id"), &draft->finding.first,
               &draft->finding.last);
    return take_span(draft, "span");
}

static bool draft_place(struct draft *draft)
{
    return take_span(draft, "span") &&
           walk_add_places(draft->walk, &draft->place, member(draft, "id"));
}

static bool draft_intervention(struct draft *draft)
{
    const json_t *response = member(draft, "response");
    walk_times(draft->walk, member(draft, "time"), &draft->finding.first,
               &draft->finding.last);
    return take_span(draft, "span") &&
           walk_add_people(draft->walk, &draft->who, member(draft, "by")) &&
           walk_add_people(draft->walk, &draft->who, member(draft, "to")) &&
           add_code(draft, member(draft, "kind")) &&
           add_code(draft, json_object_get(response, "status"));
}

static bool draft_citation(struct draft *draft)
{
    const char *instrument = json_string_value(member(draft, "instrument"));
    const char *provision = json_string_value(member(draft, "provision"));
    return take_span(draft, "span") &&
           (instrument == NULL ||
            walk_add(draft->walk, &draft->who, "; ", slice_of(instrument))) &&
           (provision == NULL ||
            walk_add(draft->walk, &draft->who, "; ", slice_of(provision)));
}

/* The layers of a reading, beside finding_kinds. */
static const struct layer {
    const char *name;
    bool (*draft)(struct draft *);
} layers[FINDING_KINDS] = {
    {"actors", draft_actor},
    {"claims", draft_claim},
    {"acts", draft_act},
    {"figures", draft_figure},
    {"times", draft_time},
    {"places", draft_place},
    {"interventions", draft_intervention},
    {"citations", draft_citation},
};

/* Strings of the reading end with it; a finding's live in the arena. */
static bool keep(const struct reading_walk *walk, const char **text)
{
    if (*text == NULL)
        return true;
    *text = arena_string(walk->arena, slice_of(*text), walk->error);
    return *text != NULL;
}

/* What was said on a day is about that day where nothing else is known. */
static void date_of_document(struct draft *draft)
{
    struct finding *finding = &draft->finding;
    const json_t *document = json_object_get(draft->walk->reading, "document");
    bool is_said = strcmp(finding->kind, "claim") == 0 ||
                   strcmp(finding->kind, "intervention") == 0;
    if (is_said && finding->first == NULL && finding->last == NULL)
        finding->first = finding->last =
            json_string_value(json_object_get(document, "date"));
}

static bool finish(struct draft *draft)
{
    struct finding *finding = &draft->finding;
    const struct reading_walk *walk = draft->walk;
    struct slice quote = slice_at(walk->text, finding->span);
    const json_t *confidence = member(draft, "confidence");
    date_of_document(draft);
    finding->local = json_string_value(member(draft, "id"));
    finding->confidence =
        json_is_number(confidence) ? json_number_value(confidence) : -1;
    finding->status = "unreviewed";
    return walk_names(walk, &draft->who, &finding->who) &&
           walk_names(walk, &draft->act, &finding->act) &&
           walk_names(walk, &draft->place, &finding->place) &&
           keep(walk, &finding->says) && keep(walk, &finding->first) &&
           keep(walk, &finding->last) && keep(walk, &finding->local) &&
           sha256_hex(quote, finding->quote_sha256, walk->error);
}

/* How many of its kind came before it with the same place. */
static bool count_twins(json_t *seen, struct span span, unsigned *number,
                        struct error *error)
{
    char place[32];
    snprintf(place, sizeof place, "%u-%u", span.begin, span.end);
    json_int_t before = json_integer_value(json_object_get(seen, place));
    *number = (unsigned)before;
    return json_object_set_new(seen, place, json_integer(before + 1)) == 0 ||
           error_set(error, ERROR_LIMIT, "out of memory");
}

/* One object of a layer. */
static bool draft_one(struct draft *draft, size_t kind, const char *sha256,
                      json_t *seen)
{
    struct finding *finding = &draft->finding;
    struct error *error = draft->walk->error;
    unsigned number;
    finding->kind = finding_kinds[kind];
    return layers[kind].draft(draft) && finish(draft) &&
           count_twins(seen, finding->span, &number, error) &&
           finding_key(sha256, finding->kind, finding->span, number,
                       finding->key, error);
}

static bool draft_layer(const struct reading_walk *walk, size_t kind,
                        const char *sha256, struct findings *findings)
{
    size_t i;
    json_t *object, *seen = json_object();
    bool is_well = true;
    json_array_foreach(json_object_get(walk->reading, layers[kind].name), i,
                       object)
    {
        struct draft draft = {.walk = walk, .object = object};
        is_well = draft_one(&draft, kind, sha256, seen) ||
                  error_prefix(walk->error, "%s %zu", layers[kind].name, i + 1);
        is_well = is_well &&
                  list_push(walk->arena, findings, draft.finding, walk->error);
        if (!is_well)
            break;
    }
    json_decref(seen);
    return is_well;
}

bool findings_of_reading(const json_t *reading, const char *sha256,
                         struct slice text, struct arena *arena,
                         struct findings *findings, struct error *error)
{
    struct reading_walk walk;
    bool is_well = true;
    *findings = (struct findings){0};
    if (!reading_walk_begin(&walk, reading, text, arena, error))
        return false;
    for (size_t kind = 0; kind < FINDING_KINDS && is_well; kind++)
        is_well = draft_layer(&walk, kind, sha256, findings);
    reading_walk_end(&walk);
    return is_well;
}
