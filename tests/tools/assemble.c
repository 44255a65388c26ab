/*
 * assemble.c - readings from labels that somebody else made, for looking at
 * what the rules do when the network is right.
 *
 *     assemble < LABELS.jsonl > READINGS.jsonl
 *
 * A line: {"document": {"id": ...}, "text": ..., "names": [{"span": [b, e],
 * "type": ...}], "pieces": [{"span": [b, e], "role": ..., "inner": false,
 * "link": 3}]}; a link is an index of pieces, or absent.
 */
#include <stdio.h>

#include "json.h"
#include "reading_json.h"

static bool write_out(void *context, struct slice bytes, struct error *error)
{
    (void)context;
    if (fwrite(bytes.data, 1, bytes.length, stdout) == bytes.length)
        return true;
    return error_set(error, ERROR_IO, "standard output");
}

static struct span span_of(const struct text *text, const json_t *object)
{
    const json_t *span = json_object_get(object, "span");
    struct span bytes = {(uint32_t)json_integer_value(json_array_get(span, 0)),
                         (uint32_t)json_integer_value(json_array_get(span, 1))};
    return text_tokens_in(text, bytes);
}

static uint32_t index_of(const char *word, const char *const *words, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (word != NULL && strcmp(word, words[i]) == 0)
            return i;
    return 0;
}

static bool take_labels(const json_t *line, const struct text *text,
                        struct arena *arena, struct labels *labels,
                        struct error *error)
{
    static const char *const roles[] = {"cue", "source", "content"};
    size_t i = 0;
    json_t *item = NULL;
    json_array_foreach(json_object_get(line, "names"), i, item)
    {
        const char *type = json_string_value(json_object_get(item, "type"));
        struct labelled_name name = {
            span_of(text, item),
            (enum name_type)index_of(type, name_type_names, 4), 0.9f};
        if (!list_push(arena, &labels->names, name, error))
            return false;
    }
    json_array_foreach(json_object_get(line, "pieces"), i, item)
    {
        const char *role = json_string_value(json_object_get(item, "role"));
        const json_t *link = json_object_get(item, "link");
        struct labelled_piece piece = {
            .tokens = span_of(text, item),
            .role = (enum piece_role)index_of(role, roles, 3),
            .layer = json_is_true(json_object_get(item, "inner")) ? LAYER_INNER
                                                                  : LAYER_OUTER,
            .probability = 0.9f,
            .link = json_is_integer(link) ? (uint32_t)json_integer_value(link)
                                          : TEXT_NONE,
            .link_probability = 0.9f,
        };
        if (!list_push(arena, &labels->pieces, piece, error))
            return false;
    }
    return true;
}

static bool read_line(struct slice bytes, struct arena *arena,
                      struct error *error)
{
    json_t *line = json_read(bytes, error);
    struct labels labels = {0};
    struct reading reading = {0};
    struct reading_basis basis = {.labels = &labels};
    struct json_sink sink = {write_out, NULL};
    if (line == NULL)
        return false;
    const json_t *text = json_object_get(line, "text");
    const json_t *id = json_object_get(json_object_get(line, "document"), "id");
    struct read_options options = {.id = slice_of(json_string_value(id))};
    struct slice words = {json_string_value(text), json_string_length(text)};
    bool is_read = text_analyse(words, arena, &reading.text, error) &&
                   take_labels(line, &reading.text, arena, &labels, error) &&
                   reading_assemble(&basis, &options, arena, &reading, error) &&
                   reading_json_write(&reading, true, sink, error);
    json_decref(line);
    return is_read && putchar('\n') != EOF;
}

int main(void)
{
    struct error error = {0};
    struct arena *arena = arena_new(SIZE_MAX);
    char *line = NULL;
    size_t room = 0;
    for (ssize_t got; (got = getline(&line, &room, stdin)) > 0;) {
        if (!read_line((struct slice){line, (size_t)got}, arena, &error)) {
            fprintf(stderr, "assemble: %s\n", error.text);
            return 1;
        }
        arena_reset(arena);
    }
    free(line);
    arena_release(arena);
    return 0;
}
