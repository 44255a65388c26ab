/*
 * finding_dump.c - candidates of a layer and what is seen around each, for
 * train/findings.py.
 *
 *     finding_dump LAYER MODEL [GAZETTEER] < TEXTS.jsonl
 *
 * LAYER is figures, interventions, act-times, act-places, actors or
 * whom.
 *
 * A line of TEXTS is {"document": {"id": …}, "text": …}; a line that comes
 * out {"id": …, "candidates": [{"span": [b, e], "features": ["is number",
 * …]}]}. Of times and places of acts each also has "act": [b, e], of actors
 * "mentions" instead of a span.
 */
#include <stdio.h>
#include <stdlib.h>

#include "act_when.h"
#include "actor_weigh.h"
#include "interventions.h"
#include "json.h"
#include "model.h"
#include "reading.h"
#include "whom.h"

static void add_feature(void *context, struct slice key)
{
    json_array_append_new(context, json_stringn(key.data, key.length));
}

static json_t *count_json(struct count_context *context,
                          const struct count *count)
{
    struct span span = text_bytes_of(context->text, count->tokens);
    json_t *features = json_array();
    json_t *made =
        json_pack("{s:[ii]}", "span", (int)span.begin, (int)span.end);
    count_features(context, count, add_feature, features);
    json_object_set_new(made, "features", features);
    return made;
}

static json_t *counts_json(struct count_context *context)
{
    const struct text *text = context->text;
    json_t *counts = json_array();
    for (size_t i = 0; i < text->sentences.count; i++) {
        struct span sentence = text->sentences.items[i];
        for (uint32_t at = sentence.begin; at < sentence.end; at++) {
            struct count count;
            if (!count_at(text, sentence, at, &count))
                continue;
            at = count.number.end - 1;
            if (!count_is_other(context, &count))
                json_array_append_new(counts, count_json(context, &count));
        }
    }
    return counts;
}

static json_t *attempts_json(struct attempt_context *context)
{
    const struct text *text = &context->reading->text;
    json_t *attempts = json_array();
    for (size_t i = 0; i < text->sentences.count; i++) {
        struct span sentence = text->sentences.items[i];
        for (uint32_t at = sentence.begin; at < sentence.end; at++) {
            struct attempt attempt;
            if (!attempt_at(text, sentence, at, &attempt))
                continue;
            struct span span = text_bytes_of(text, attempt.tokens);
            json_t *features = json_array();
            json_t *made =
                json_pack("{s:[ii]}", "span", (int)span.begin, (int)span.end);
            attempt_features(context, &attempt, add_feature, features);
            json_object_set_new(made, "features", features);
            json_array_append_new(attempts, made);
            at = attempt.tokens.end - 1;
        }
    }
    return attempts;
}

/* The times (places) that may be those of each act. */
static json_t *when_json(const struct circumstances *list)
{
    const struct reading *reading = list->reading;
    json_t *made = json_array();
    for (uint32_t i = 0; i < reading->acts.count; i++) {
        struct circumstance_candidate candidates[CANDIDATES_MOST];
        const struct act *act = &reading->acts.items[i];
        size_t count = circumstances_near(list, act, candidates);
        for (size_t j = 0; j < count; j++) {
            struct span span = list->items[candidates[j].at].span;
            json_t *features = json_array();
            json_t *one = json_pack(
                "{s:[ii],s:[ii]}", "span", (int)span.begin, (int)span.end,
                "act", (int)act->trigger.begin, (int)act->trigger.end);
            circumstance_features(list, i, &candidates[j], add_feature,
                                  features);
            json_object_set_new(one, "features", features);
            json_array_append_new(made, one);
        }
    }
    return made;
}

/* As they are before they are weighed: the table's classes. */
static json_t *actors_json(const struct actor_context *context)
{
    const struct reading *reading = context->reading;
    json_t *made = json_array();
    for (uint32_t i = 0; i < reading->actors.count; i++) {
        const struct places *places = &reading->actors.items[i].mentions;
        json_t *features = json_array();
        json_t *mentions = json_array();
        for (uint32_t j = 0; j < places->count; j++)
            json_array_append_new(mentions,
                                  json_pack("[ii]", (int)places->items[j].begin,
                                            (int)places->items[j].end));
        actor_features(context, i, add_feature, features);
        json_array_append_new(made, json_pack("{s:o,s:o}", "mentions", mentions,
                                              "features", features));
    }
    return made;
}

/* The candidates of the layer that was asked for; NULL where memory is out. */
static json_t *candidates_json(const char *layer, const struct reading *reading,
                               const struct labels *labels, struct arena *arena,
                               struct error *error)
{
    struct count_context counts = {.text = &reading->text,
                                   .labels = labels,
                                   .citations = reading->citations,
                                   .citation_count = reading->citation_count};
    struct mention_list mentions;
    struct claim_finder claims;
    struct attempt_context attempts = {reading, &mentions, &claims};
    struct circumstances list;
    if (strcmp(layer, "figures") == 0)
        return counts_json(&counts);
    if (strcmp(layer, "actors") == 0) {
        struct actor_context actors;
        return actor_context_make(&actors, reading, arena, error)
                   ? actors_json(&actors)
                   : NULL;
    }
    if (strncmp(layer, "act-", 4) == 0) {
        bool is_listed =
            strcmp(layer, "act-times") == 0
                ? circumstances_of_times(&list, reading, arena, error)
                : circumstances_of_places(&list, reading, arena, error);
        return is_listed ? when_json(&list) : NULL;
    }
    if (!mentions_in_order(&mentions, reading, arena, error) ||
        !claim_finder_init(&claims, reading, arena, error))
        return NULL;
    return attempts_json(&attempts);
}

static void whom_seen(void *context, struct span pronoun, struct span candidate)
{
    json_array_append_new(
        context, json_pack("{s:[ii],s:[ii],s:[]}", "span", (int)pronoun.begin,
                           (int)pronoun.end, "item", (int)candidate.begin,
                           (int)candidate.end, "features"));
}

static void whom_feature(void *context, struct slice key)
{
    json_t *last = json_array_get(context, json_array_size(context) - 1);
    add_feature(json_object_get(last, "features"), key);
}

/* All pronouns and whom they may mean. */
static json_t *whom_json(struct labeller *labeller, struct slice text,
                         struct arena *arena, struct error *error)
{
    struct reading reading = {0};
    struct labels labels = {0};
    struct read_options options = {.id = slice_of("")};
    json_t *candidates = json_array();
    struct whom_probe probe = {candidates, whom_seen, whom_feature};
    struct reading_basis basis = {.labels = &labels,
                                  .evidence =
                                      model_evidence(labeller_model(labeller)),
                                  .whom_probe = &probe};
    bool is_done = text_analyse(text, arena, &reading.text, error) &&
                   label_text(labeller, &reading.text, arena, &labels, error) &&
                   reading_assemble(&basis, &options, arena, &reading, error);
    return is_done ? candidates : NULL;
}

/* The names of the reading, as the layer of figures is given them. */
static bool take_names(const struct reading *reading, struct arena *arena,
                       struct labels *labels, struct error *error)
{
    for (size_t i = 0; i < reading->names.count; i++) {
        const struct name *name = &reading->names.items[i];
        struct labelled_name made = {
            .tokens = text_tokens_in(&reading->text, name->span),
            .type = name->type};
        if (!list_push(arena, &labels->names, made, error))
            return false;
    }
    return true;
}

static bool dump(struct labeller *labeller, const char *layer,
                 const struct gazetteer *gazetteer, struct slice line,
                 struct error *error)
{
    struct reading reading;
    struct labels labels = {0};
    struct read_options options = {.id = slice_of(""), .gazetteer = gazetteer};
    struct arena *arena = arena_new((size_t)1 << 28);
    json_t *value = json_read(line, error);
    const char *text = json_string_value(json_object_get(value, "text"));
    bool is_done =
        arena != NULL && text != NULL &&
        read_text(labeller, slice_of(text), &options, arena, &reading, error) &&
        take_names(&reading, arena, &labels, error);
    json_t *candidates =
        is_done && strcmp(layer, "whom") == 0
            ? whom_json(labeller, slice_of(text), arena, error)
        : is_done ? candidates_json(layer, &reading, &labels, arena, error)
                  : NULL;
    is_done = candidates != NULL;
    if (is_done) {
        json_t *made = json_object();
        json_object_set(
            made, "id",
            json_object_get(json_object_get(value, "document"), "id"));
        json_object_set_new(made, "candidates", candidates);
        json_dumpf(made, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(made);
    }
    json_decref(value);
    arena_release(arena);
    return is_done;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    struct model *model = NULL;
    struct labeller *labeller = NULL;
    struct gazetteer *gazetteer = NULL;
    char *line = NULL;
    size_t room = 0;
    bool is_done = count == 3 || count == 4;
    if (is_done)
        is_done =
            (count == 3 ||
             (gazetteer = gazetteer_open(arguments[3], &error)) != NULL) &&
            (model = model_open(arguments[2], &error)) != NULL &&
            (labeller = labeller_new(model, &error)) != NULL;
    for (ssize_t got; is_done && (got = getline(&line, &room, stdin)) > 0;)
        is_done = dump(labeller, arguments[1], gazetteer,
                       (struct slice){line, (size_t)got}, &error);
    if (!is_done)
        fprintf(stderr, "finding_dump: %s\n",
                count >= 3 ? error.text : "LAYER MODEL < TEXTS.jsonl");
    free(line);
    labeller_free(labeller);
    model_close(model);
    gazetteer_close(gazetteer);
    return is_done ? 0 : 1;
}
