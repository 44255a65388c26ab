/*
 * finding_dump.c - the numbers of texts and what is seen around each, for
 * train/findings.py.
 *
 *     finding_dump MODEL < TEXTS.jsonl
 *
 * A line of TEXTS is {"document": {"id": …}, "text": …}; a line that comes
 * out {"id": …, "candidates": [{"span": [b, e], "features": ["is number",
 * …]}]}.
 */
#include <stdio.h>
#include <stdlib.h>

#include "figure.h"
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

static bool dump(struct labeller *labeller, struct slice line,
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
    if (is_done) {
        struct count_context context = {.text = &reading.text,
                                        .labels = &labels,
                                        .citations = reading.citations,
                                        .citation_count =
                                            reading.citation_count};
        json_t *made = json_object();
        json_object_set(
            made, "id",
            json_object_get(json_object_get(value, "document"), "id"));
        json_object_set_new(made, "candidates", counts_json(&context));
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
    bool is_done = count == 2;
    if (is_done)
        is_done = (model = model_open(arguments[1], &error)) != NULL &&
                  (labeller = labeller_new(model, &error)) != NULL;
    for (ssize_t got; is_done && (got = getline(&line, &room, stdin)) > 0;)
        is_done = dump(labeller, (struct slice){line, (size_t)got}, &error);
    if (!is_done)
        fprintf(stderr, "finding_dump: %s\n",
                count == 2 ? error.text : "MODEL < TEXTS.jsonl");
    free(line);
    labeller_free(labeller);
    model_close(model);
    return is_done ? 0 : 1;
}
