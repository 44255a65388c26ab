/*
 * test_json.c - what is JSON, what is not and where, and JSON as it is made.
 */
#include "test.h"

#include "json.h"
#include "utf8.h"

/* Collects what is written; fails once `room` is used up. */
struct collector {
    char bytes[4096];
    size_t length;
    size_t room;
};

static bool collect(void *context, struct slice bytes, struct error *error)
{
    struct collector *collector = context;
    if (bytes.length > collector->room - collector->length)
        return error_set(error, ERROR_IO, "disk full");
    memcpy(collector->bytes + collector->length, bytes.data, bytes.length);
    collector->length += bytes.length;
    return true;
}

static struct slice collected(const struct collector *collector)
{
    return (struct slice){collector->bytes, collector->length};
}

static void keys_keep_their_order(void **state)
{
    (void)state;
    struct error error = {0};
    struct slice text =
        slice_of("{\"z\":1,\"a\":[true,null,\"\\u0000é\"],\"m\":{\"b\":0,"
                 "\"a\":-1.5}}");
    json_t *value = json_read(text, &error);
    assert_non_null(value);
    struct collector out = {.room = sizeof out.bytes};
    assert_true(json_write(value, (struct json_sink){collect, &out}, &error));
    assert_true(slice_equals(collected(&out), text));
    json_decref(value);
}

static void any_value_may_stand_alone(void **state)
{
    (void)state;
    const char *const values[] = {"1", "\"x\"", "null", " [] \n"};
    for (size_t i = 0; i < 4; i++) {
        struct error error = {0};
        json_t *value = json_read(slice_of(values[i]), &error);
        assert_non_null(value);
        json_decref(value);
    }
}

static void what_is_no_json_is_refused_with_its_place(void **state)
{
    (void)state;
    const char *const cases[][2] = {
        {"", "byte 0: not JSON: unexpected token near end of file"},
        {"{\"a\":1", "byte 6: not JSON: '}' expected near end of file"},
        {"{\"a\":1} 2", "byte 9: not JSON: end of file expected near '2'"},
        {"[1,]", "byte 4: not JSON: unexpected token near ']'"},
        {"{\"a\":1,\"a\":2}",
         "byte 10: not JSON: duplicate object key near '\"a\"'"},
        {"\"\xFF\"", "byte 1: not JSON: unable to decode byte 0xff near "
                     "'\"'"},
        {"\"\\ud800\"", "byte 8: not JSON: invalid Unicode '\\uD800' near "
                        "'\"\\ud800\"'"},
        {"[1e999]", "byte 6: not JSON: real number overflow near '1e999'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {0};
        assert_null(json_read(slice_of(cases[i][0]), &error));
        assert_error(error, ERROR_BAD_INPUT, cases[i][1]);
    }
    struct error error = {0};
    assert_null(json_read((struct slice){NULL, 0}, &error));
}

static void deep_nesting_is_refused_before_it_is_followed(void **state)
{
    (void)state;
    static char text[200000];
    struct error error = {0};
    memset(text, '[', sizeof text);
    assert_null(json_read((struct slice){text, sizeof text}, &error));
    assert_error(error, ERROR_LIMIT,
                 "byte 512: JSON nested deeper than 512 levels");

    memset(text, ']', sizeof text);
    memset(text, '[', JSON_DEPTH_MAX);
    json_t *value = json_read((struct slice){text, 2 * JSON_DEPTH_MAX}, &error);
    assert_non_null(value);
    json_decref(value);

    memset(text, '[', sizeof text);
    text[0] = text[sizeof text - 1] = '"';
    text[1] = '\\';
    text[2] = '"';
    value = json_read((struct slice){text, sizeof text}, &error);
    assert_int_equal(json_string_length(value), sizeof text - 3);
    json_decref(value);
}

static void huge_json_is_refused_unread(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(json_read((struct slice){"1", JSON_BYTES_MAX + 1}, &error));
    assert_error(error, ERROR_LIMIT, "JSON longer than 1073741824 bytes");
}

static size_t allocations_left;

static void *failing_malloc(size_t size)
{
    return allocations_left-- > 0 ? malloc(size) : NULL;
}

static void memory_that_runs_out_is_an_error_at_every_step(void **state)
{
    (void)state;
    struct slice text = slice_of("{\"key\":[1,\"two\",{\"three\":4.5}]}");
    struct error error = {0};
    json_t *value = NULL;
    size_t allowed = 0;
    for (; value == NULL; allowed++) {
        error = (struct error){0};
        allocations_left = allowed;
        json_set_alloc_funcs(failing_malloc, free);
        value = json_read(text, &error);
        json_set_alloc_funcs(malloc, free);
        /* jansson does not always say why it stopped. */
        if (value == NULL)
            assert_int_not_equal(error.kind, ERROR_NONE);
        if (allowed == 0)
            assert_error(error, ERROR_LIMIT, "no memory for the JSON");
    }
    assert_true(allowed > 3);

    allocations_left = 0;
    json_set_alloc_funcs(failing_malloc, free);
    struct collector out = {.room = sizeof out.bytes};
    assert_false(json_write(value, (struct json_sink){collect, &out}, &error));
    json_set_alloc_funcs(malloc, free);
    assert_error(error, ERROR_LIMIT, "no memory to write JSON");
    json_decref(value);
}

static void a_sink_that_fails_stops_the_writing(void **state)
{
    (void)state;
    struct slice text = slice_of("[\"one\\ntwo\xFF three\"]");
    struct error error = {0};
    json_t *value = json_read(slice_of("[1,[2,\"x\\ny\"]]"), &error);
    for (size_t room = 0; room < 14; room++) {
        error = (struct error){0};
        struct collector out = {.room = room};
        assert_false(
            json_write(value, (struct json_sink){collect, &out}, &error));
        assert_error(error, ERROR_IO, "disk full");
    }
    for (size_t room = 0; room < 25; room++) {
        error = (struct error){0};
        struct collector out = {.room = room};
        assert_false(
            json_write_string(text, (struct json_sink){collect, &out}, &error));
        assert_error(error, ERROR_IO, "disk full");
    }
    json_decref(value);
}

static void a_written_string_reads_back_at_the_same_offsets(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 5000; round++) {
        char bytes[64];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (char)test_random(&seed);
        struct slice text = {bytes, sizeof bytes};
        struct error error = {0};
        struct collector out = {.room = sizeof out.bytes};
        assert_true(
            json_write_string(text, (struct json_sink){collect, &out}, &error));
        json_t *value = json_read(collected(&out), &error);
        assert_non_null(value);
        assert_int_equal(json_string_length(value), text.length);
        const char *back = json_string_value(value);
        for (size_t at = 0; at < text.length;) {
            struct utf8 unit = utf8_at(text, at);
            if (unit.code_point == UTF8_INVALID)
                assert_int_equal(back[at], 0x1A);
            else
                assert_memory_equal(back + at, bytes + at, unit.length);
            at += unit.length;
        }
        json_decref(value);
    }
}

static void a_string_is_escaped_as_json_wants_it(void **state)
{
    (void)state;
    struct error error = {0};
    struct collector out = {.room = sizeof out.bytes};
    assert_true(
        json_write_string((struct slice){"\"\\/\b\f\n\r\t\0\x1F\x7Fé", 13},
                          (struct json_sink){collect, &out}, &error));
    assert_true(slice_equals(
        collected(&out),
        slice_of("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\\u007fé\"")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_keep_their_order),
        cmocka_unit_test(any_value_may_stand_alone),
        cmocka_unit_test(what_is_no_json_is_refused_with_its_place),
        cmocka_unit_test(deep_nesting_is_refused_before_it_is_followed),
        cmocka_unit_test(huge_json_is_refused_unread),
        cmocka_unit_test(memory_that_runs_out_is_an_error_at_every_step),
        cmocka_unit_test(a_sink_that_fails_stops_the_writing),
        cmocka_unit_test(a_written_string_reads_back_at_the_same_offsets),
        cmocka_unit_test(a_string_is_escaped_as_json_wants_it),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
