/*
 * fuzz_json.c - JSON lines: what is read can be written, and what is written
 * reads as the same value.
 */
#include <assert.h>

#include "arena.h"
#include "fuzz.h"
#include "json.h"

struct output {
    struct arena *arena;
    LIST(char) bytes;
};

static bool collect(void *context, struct slice bytes, struct error *error)
{
    struct output *output = context;
    for (size_t i = 0; i < bytes.length; i++)
        if (!list_push(output->arena, &output->bytes, bytes.data[i], error))
            return false;
    return true;
}

static void read_line(struct slice line)
{
    struct error error = {0};
    json_t *value = json_read(line, &error);
    if (value == NULL) {
        assert(error.kind != ERROR_NONE && error.text[0] != '\0');
        return;
    }
    struct output output = {.arena = arena_new((size_t)1 << 26)};
    struct json_sink sink = {collect, &output};
    bool is_written = json_write(value, sink, &error);
    assert(is_written);
    json_t *again = json_read(
        (struct slice){output.bytes.items, output.bytes.count}, &error);
    assert(json_equal(value, again));
    json_decref(again);
    json_decref(value);
    arena_release(output.arena);
}

/* Any bytes make a JSON string, of the same length once it is read. */
static void write_string(struct slice text)
{
    struct error error = {0};
    struct output output = {.arena = arena_new((size_t)1 << 26)};
    struct json_sink sink = {collect, &output};
    bool is_written = json_write_string(text, sink, &error);
    assert(is_written);
    json_t *value = json_read(
        (struct slice){output.bytes.items, output.bytes.count}, &error);
    assert(json_string_length(value) == text.length);
    json_decref(value);
    arena_release(output.arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct slice rest = {(const char *)bytes, length};
    write_string(rest);
    while (rest.length > 0) {
        const char *end = memchr(rest.data, '\n', rest.length);
        size_t line = end == NULL ? rest.length : (size_t)(end - rest.data);
        read_line((struct slice){rest.data, line});
        line += end != NULL;
        rest = (struct slice){rest.data + line, rest.length - line};
    }
    return 0;
}
