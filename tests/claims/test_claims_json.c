/*
 * test_claims_json.c - a reading as JSON: whole, valid whatever the text,
 * and the same each time.
 */
#include "test.h"

#include "marked_text.h"
#include "model.h"
#include "reading_json.h"

struct output {
    char *bytes;
    size_t length;
    size_t most; /* fails after so many bytes; 0: never */
};

static bool take(void *context, struct slice bytes, struct error *error)
{
    struct output *out = context;
    if (out->most > 0 && out->length + bytes.length > out->most)
        return error_set(error, ERROR_IO, "the pipe is closed");
    out->bytes = realloc(out->bytes, out->length + bytes.length + 1);
    assert_non_null(out->bytes);
    memcpy(out->bytes + out->length, bytes.data, bytes.length);
    out->length += bytes.length;
    return true;
}

static struct output write_reading(struct slice marked, const char *date,
                                   bool has_text)
{
    struct error error = {0};
    struct output out = {NULL, 0, 0};
    struct json_sink sink = {take, &out};
    struct reading reading;
    struct arena *arena = arena_new(1 << 26);
    assert_non_null(arena);
    marked_reading(marked, date, arena, &reading);
    assert_true(reading_json_write(&reading, has_text, sink, &error));
    arena_release(arena);
    return out;
}

static json_t *parse(const struct output *out)
{
    struct error error = {0};
    json_t *value = json_read((struct slice){out->bytes, out->length}, &error);
    if (value == NULL)
        fail_msg("%s", error.text);
    return value;
}

static void a_whole_reading_is_as_the_contract_says(void **state)
{
    (void)state;
    struct output out =
        write_reading(slice_of("{s1 [p Rose Tando]} {q1 said} {c1 it rains}."),
                      "2020-02-29", true);
    out.bytes[out.length] = '\0';
    assert_string_equal(
        out.bytes,
        "{\"madai\":\"reading/1\",\"document\":{\"id\":\"test\",\"sha256\":"
        "\"556ada5e73f3c635ac57907dd0bf1e2c09df693efc8009beb0e17cee1b2e0272\","
        "\"bytes\":25,\"date\":\"2020-02-29\",\"date_from\":\"given\","
        "\"kind\":\"other\"},\"text\":\"Rose Tando said it rains.\","
        "\"sentences\":[[0,25]],\"parts\":[{\"span\":[0,25],\"kind\":\"body\"}"
        "],\"names\":[{\"span\":[0,10],\"type\":\"person\",\"actor\":\"a1\"}],"
        "\"actors\":[{\"id\":\"a1\",\"name\":\"Rose Tando\",\"type\":"
        "\"person\",\"class\":\"civilians\",\"mentions\":[[0,10]],"
        "\"confidence\":0.900}],\"claims\":[{\"id\":\"c1\",\"mode\":"
        "\"indirect\",\"act\":\"assert\",\"source\":[[0,10]],\"cue\":"
        "[[11,15]],\"content\":[[16,24]],\"speaker\":\"a1\",\"polarity\":"
        "\"asserted\",\"confidence\":0.590}],\"acts\":[],\"figures\":[],"
        "\"times\":[],\"places\":[],\"interventions\":[],\"citations\":[]}");
    free(out.bytes);
}

static void bytes_that_are_no_text_do_not_shift_offsets(void **state)
{
    (void)state;
    struct output out =
        write_reading(slice_of("\xFF\xFE \"{s1 [p R\xC3\xB6se]}\x01\" {q1 "
                               "said} {c1 it \xE2\x82 rains}"),
                      "", true);
    json_t *value = parse(&out);
    const char *text = json_string_value(json_object_get(value, "text"));
    const json_t *claim = json_array_get(json_object_get(value, "claims"), 0);
    const json_t *content =
        json_array_get(json_object_get(claim, "content"), 0);
    json_int_t begin = json_integer_value(json_array_get(content, 0));
    assert_memory_equal(text + begin, "it ", 3);
    assert_int_equal(json_integer_value(json_object_get(
                         json_object_get(value, "document"), "invalid_bytes")),
                     4);
    json_decref(value);
    free(out.bytes);
}

static void an_empty_text_has_a_reading(void **state)
{
    (void)state;
    struct output out = write_reading(slice_of(""), "", true);
    json_t *value = parse(&out);
    assert_int_equal(json_array_size(json_object_get(value, "claims")), 0);
    json_decref(value);
    free(out.bytes);
}

static void a_sink_that_fails_stops_the_writing(void **state)
{
    (void)state;
    struct slice marked =
        slice_of("{s1 [p Rose Tando]} {q1 said} {c1 it rains}.");
    struct output whole = write_reading(marked, "", true);
    for (size_t most = 1; most < whole.length; most += 7) {
        struct error error = {0};
        struct output out = {NULL, 0, most};
        struct json_sink sink = {take, &out};
        struct reading reading;
        struct arena *arena = arena_new(1 << 26);
        assert_non_null(arena);
        marked_reading(marked, "", arena, &reading);
        assert_false(reading_json_write(&reading, true, sink, &error));
        assert_error(error, ERROR_IO, "the pipe is closed");
        arena_release(arena);
        free(out.bytes);
    }
    free(whole.bytes);
}

static void a_given_date_that_is_none_is_refused(void **state)
{
    (void)state;
    struct error error = {0};
    struct labels labels = {0};
    struct reading reading = {0};
    struct reading_basis basis = {.labels = &labels};
    struct read_options options = {.id = slice_of("test"),
                                   .date = slice_of("2019-02-30")};
    struct arena *arena = arena_new(1 << 20);
    assert_non_null(arena);
    assert_true(
        text_analyse(slice_of("It rains."), arena, &reading.text, &error));
    assert_false(reading_assemble(&basis, &options, arena, &reading, &error));
    assert_error(error, ERROR_BAD_INPUT,
                 "the date given is no date as YYYY-MM-DD");
    arena_release(arena);
}

static void a_score_becomes_a_confidence_along_the_line(void **state)
{
    (void)state;
    static const float line[] = {0.2f, 0.1f, 0.6f, 0.5f, 0.8f, 0.9f};
    struct error error = {0};
    struct labels labels;
    struct reading reading = {0};
    struct reading_basis basis = {
        .labels = &labels, .calibration = line, .calibration_count = 3};
    struct read_options options = {.id = slice_of("test")};
    struct arena *arena = arena_new(1 << 22);
    assert_non_null(arena);
    marked_text(slice_of("{s1 Rose} {q1 said} {c1 it rains}."), arena,
                &reading.text, &labels);
    assert_true(reading_assemble(&basis, &options, arena, &reading, &error));
    float score = reading.claims.items[0].score;
    assert_true(score > 0.5f && score < 0.6f);
    assert_float_equal(reading.claims.items[0].confidence,
                       0.1f + (score - 0.2f), 1e-5f);
    arena_release(arena);
}

static void evidence_is_weighed(void **state)
{
    (void)state;
    /* a content of two tokens of fifty, a source, and a tenth at all */
    static const float weights[EVIDENCE_COUNT + 1] = {
        [5] = 1.0f, [7] = 0.5f, [EVIDENCE_COUNT] = 0.1f};
    struct error error = {0};
    struct labels labels;
    struct reading reading = {0};
    struct reading_basis basis = {.labels = &labels, .evidence = weights};
    struct read_options options = {.id = slice_of("test")};
    struct arena *arena = arena_new(1 << 22);
    assert_non_null(arena);
    marked_text(slice_of("{s1 Rose} {q1 said} {c1 it rains}."), arena,
                &reading.text, &labels);
    assert_true(reading_assemble(&basis, &options, arena, &reading, &error));
    assert_float_equal(reading.claims.items[0].confidence,
                       0.1f + 2.0f / 50.0f + 0.5f, 1e-5f);
    arena_release(arena);
}

/* The document's date, and where it is from, of these words. */
static void check_date(const char *words, const char *given, const char *date,
                       enum date_from from)
{
    struct reading reading;
    struct arena *arena = arena_new(1 << 24);
    assert_non_null(arena);
    marked_reading(slice_of(words), given, arena, &reading);
    assert_string_equal(reading.document.date, date);
    assert_int_equal(reading.document.date_from, from);
    arena_release(arena);
}

static void a_date_that_was_given_yields_to_a_dateline_alone(void **state)
{
    (void)state;
    const char *prose = "A crowd met at Molo on 27 May 2019 and sang.";
    check_date(prose, "", "2019-05-27", DATE_DATELINE);
    check_date(prose, "2019-05-29", "2019-05-29", DATE_GIVEN);
    check_date("MOLO, 28 May 2019 (SPA) - A crowd met at Molo and sang.",
               "2019-05-29", "2019-05-28", DATE_DATELINE);
}

static void the_date_of_something_else_is_not_the_documents(void **state)
{
    (void)state;
    check_date("The council met at Molo in the rain and said that the road to "
               "the mill stays closed until 30 June 2019.",
               "", "", DATE_NONE);
    check_date("Ann Akoth, born on 12 March 1991, lives at Molo. She came on 2 "
               "June 2019.",
               "", "2019-06-02", DATE_DATELINE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_reading_is_as_the_contract_says),
        cmocka_unit_test(bytes_that_are_no_text_do_not_shift_offsets),
        cmocka_unit_test(an_empty_text_has_a_reading),
        cmocka_unit_test(a_sink_that_fails_stops_the_writing),
        cmocka_unit_test(a_given_date_that_is_none_is_refused),
        cmocka_unit_test(a_date_that_was_given_yields_to_a_dateline_alone),
        cmocka_unit_test(the_date_of_something_else_is_not_the_documents),
        cmocka_unit_test(a_score_becomes_a_confidence_along_the_line),
        cmocka_unit_test(evidence_is_weighed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
