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
    struct reading_walk *walk;
    const json_t *object;
    struct finding finding;
    struct name_list who, act, place;
    bool has_span;
};

static const json_t *member(const struct draft *draft, const char *key)
{
    return json_object_get(draft->object, key);
}

static void take_span(struct draft *draft, const json_t *spans)
{
    if (!draft->has_span)
        draft->has_span = walk_span(draft->walk, spans, &draft->finding.span);
}

static void add_words(struct draft *draft, struct name_list *list,
                      const char *separator, const json_t *words)
{
    if (json_is_string(words))
        walk_add(draft->walk, list, separator,
                 slice_of(json_string_value(words)));
}

static void add_code(struct draft *draft, const json_t *code)
{
    add_words(draft, &draft->act, " ", code);
}

static void add_people(struct draft *draft, const char *key)
{
    walk_add_people(draft->walk, &draft->who, member(draft, key));
}

static void add_times(struct draft *draft, const json_t *ids)
{
    walk_times(draft->walk, ids, &draft->finding.first, &draft->finding.last);
}

/* What an act says besides who took part. */
static void add_act(struct draft *draft, const json_t *act)
{
    add_times(draft, json_object_get(act, "time"));
    add_code(draft, json_object_get(act, "act"));
    walk_add_places(draft->walk, &draft->place, json_object_get(act, "place"));
}

static void draft_actor(struct draft *draft)
{
    const json_t *mentions = member(draft, "mentions");
    take_span(draft, json_array_get(mentions, 0));
    walk_add_actor(draft->walk, &draft->who, member(draft, "id"));
    walk_add_span(draft->walk, &draft->who, mentions);
}

static void draft_claim(struct draft *draft)
{
    const char *id = json_string_value(member(draft, "id"));
    size_t i;
    json_t *act;
    draft->finding.says = json_string_value(member(draft, "act"));
    json_array_foreach(json_object_get(draft->walk->told, id), i, act)
        add_act(draft, act);
    take_span(draft, member(draft, "content"));
    take_span(draft, member(draft, "cue"));
    take_span(draft, member(draft, "source"));
    walk_add_actor(draft->walk, &draft->who, member(draft, "speaker"));
    walk_add_span(draft->walk, &draft->who, member(draft, "source"));
}

static void draft_act(struct draft *draft)
{
    take_span(draft, member(draft, "trigger"));
    add_people(draft, "perpetrators");
    add_people(draft, "victims");
    add_people(draft, "targets");
    add_act(draft, draft->object);
}

static void draft_figure(struct draft *draft)
{
    take_span(draft, member(draft, "span"));
    add_words(draft, &draft->who, "; ", member(draft, "of"));
    add_code(draft, member(draft, "harm"));
    add_act(draft, walk_by_id(draft->walk, member(draft, "act")));
}

static void draft_time(struct draft *draft)
{
    add_times(draft, member(draft, "id"));
    take_span(draft, member(draft, "span"));
}

static void draft_place(struct draft *draft)
{
    take_span(draft, member(draft, "span"));
    walk_add_places(draft->walk, &draft->place, member(draft, "id"));
}

static void draft_intervention(struct draft *draft)
{
    add_times(draft, member(draft, "time"));
    take_span(draft, member(draft, "span"));
    add_people(draft, "by");
    add_people(draft, "to");
    add_code(draft, member(draft, "kind"));
    add_code(draft, json_object_get(member(draft, "response"), "status"));
}

static void draft_citation(struct draft *draft)
{
    take_span(draft, member(draft, "span"));
    add_words(draft, &draft->who, "; ", member(draft, "instrument"));
    add_words(draft, &draft->who, "; ", member(draft, "provision"));
}

/* The layers of a reading, beside finding_kinds. */
static const struct layer {
    const char *name;
    void (*draft)(struct draft *);
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

/* Strings of the reading end with it; a finding's live in the arena. */
static bool finish(struct draft *draft)
{
    struct finding *finding = &draft->finding;
    struct reading_walk *walk = draft->walk;
    const json_t *confidence = member(draft, "confidence");
    date_of_document(draft);
    finding->confidence =
        json_is_number(confidence) ? json_number_value(confidence) : -1;
    finding->status = "unreviewed";
    finding->who = walk_names(walk, &draft->who);
    finding->act = walk_names(walk, &draft->act);
    finding->place = walk_names(walk, &draft->place);
    finding->says = walk_keep(walk, finding->says);
    finding->first = walk_keep(walk, finding->first);
    finding->last = walk_keep(walk, finding->last);
    finding->local = walk_keep(walk, json_string_value(member(draft, "id")));
    return !walk->is_failed && sha256_hex(slice_at(walk->text, finding->span),
                                          finding->quote_sha256, walk->error);
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
    layers[kind].draft(draft);
    return finish(draft) && count_twins(seen, finding->span, &number, error) &&
           finding_key(sha256, finding->kind, finding->span, number,
                       finding->key, error);
}

static bool draft_layer(struct reading_walk *walk, size_t kind,
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
