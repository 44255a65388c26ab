/*
 * finding_dump.c - candidates of a layer and what is seen around each, for
 * train/findings.py.
 *
 *     finding_dump figures|interventions MODEL < TEXTS.jsonl
 *
 * A line of TEXTS is {"document": {"id": …}, "text": …}; a line that comes
 * out {"id": …, "candidates": [{"span": [b, e], "features": ["is number",
 * …]}]}.
 */
#include <stdio.h>
#include <stdlib.h>

#include "interventions.h"
#include "json.h"
#include "model.h"
#include "reading.h"

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

/* The candidates of the layer that was asked for; NULL where memory is out. */
static json_t *candidates_json(bool is_figures, const struct reading *reading,
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
    if (is_figures)
        return counts_json(&counts);
    if (!mentions_in_order(&mentions, reading, arena, error) ||
        !claim_finder_init(&claims, reading, arena, error))
        return NULL;
    return attempts_json(&attempts);
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

static bool dump(struct labeller *labeller, bool is_figures, struct slice line,
                 struct error *error)
{
    struct reading reading;
    struct labels labels = {0};
    struct read_options options = {.id = slice_of("")};
    struct arena *arena = arena_new((size_t)1 << 28);
    json_t *value = json_read(line, error);
    const char *text = json_string_value(json_object_get(value, "text"));
    bool is_done =
        arena != NULL && text != NULL &&
        read_text(labeller, slice_of(text), &options, arena, &reading, error) &&
        take_names(&reading, arena, &labels, error);
    json_t *candidates =
        is_done ? candidates_json(is_figures, &reading, &labels, arena, error)
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
    char *line = NULL;
    size_t room = 0;
    bool is_done = count == 3;
    if (is_done)
        is_done = (model = model_open(arguments[2], &error)) != NULL &&
                  (labeller = labeller_new(model, &error)) != NULL;
    for (ssize_t got; is_done && (got = getline(&line, &room, stdin)) > 0;)
        is_done = dump(labeller, strcmp(arguments[1], "figures") == 0,
                       (struct slice){line, (size_t)got}, &error);
    if (!is_done)
        fprintf(stderr, "finding_dump: %s\n",
                count == 3 ? error.text : "LAYER MODEL < TEXTS.jsonl");
    free(line);
    labeller_free(labeller);
    model_close(model);
    return is_done ? 0 : 1;
}
