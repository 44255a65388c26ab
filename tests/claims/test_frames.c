/*
 * test_frames.c - labels become frames whose words are PropBank's.
 */
#include "frames.h"
#include "test.h"

/* One frame for each predicate (a token), with one argument each. */
struct example {
    const char *text;
    uint32_t predicate;
    struct span argument;               /* tokens */
    const char *predicate_is, *role_is; /* words of the text */
};

static void check(const struct example *example)
{
    struct error error = {0};
    struct arena *arena = arena_new((size_t)1 << 24);
    struct reading reading = {0};
    struct labels labels = {0};
    assert_true(
        text_analyse(slice_of(example->text), arena, &reading.text, &error));
    const struct labelled_frame frame = {
        .predicate = example->predicate, .kind = PREDICATE_VERB, .count = 1};
    const struct labelled_argument argument = {example->argument, 8};
    assert_true(list_push(arena, &labels.frames, frame, &error) &&
                list_push(arena, &labels.arguments, argument, &error) &&
                frames_take(&labels, arena, &reading, &error));
    assert_int_equal(reading.frames.count, 1);
    const struct frame *found = &reading.frames.items[0];
    assert_int_equal(found->argument_count, 1);
    assert_string_equal(found->arguments[0].role, "ARGM-NEG");
    if (!slice_equals(slice_at(reading.text.bytes, found->predicate),
                      slice_of(example->predicate_is)) ||
        !slice_equals(slice_at(reading.text.bytes, found->arguments[0].span),
                      slice_of(example->role_is)))
        fail_msg("%s: [%u, %u), [%u, %u)", example->text,
                 found->predicate.begin, found->predicate.end,
                 found->arguments[0].span.begin, found->arguments[0].span.end);
    arena_release(arena);
}

static void words_are_cut_as_propbank_cuts_them(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"They denied it.", 1, {2, 3}, "denied", "it"},
        {"They didn't go.", 1, {2, 4}, "did", "n't"},
        {"They didn\u2019t go.", 1, {2, 4}, "did", "n\u2019t"},
        {"THEY DIDN'T GO", 4, {0, 2}, "GO", "THEY DID"},
        {"They didn't go.", 4, {0, 4}, "go", "They didn't"},
        {"I don't", 1, {2, 4}, "do", "n't"},
        {"It's true.", 1, {3, 4}, "'s", "true"},
        {"It\u2019s true.", 1, {3, 4}, "\u2019s", "true"},
        {"We've gone to Ian's", 3, {5, 8}, "gone", "Ian's"},
        {"in 't Veld", 0, {1, 4}, "in", "'t Veld"},
        {"n'", 0, {0, 2}, "n", "n'"},
        {"'", 0, {0, 1}, "'", "'"},
        {"'t", 0, {0, 2}, "'t", "'t"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        check(&examples[i]);
}

static void a_reading_without_frames_has_none(void **state)
{
    (void)state;
    struct error error = {0};
    struct arena *arena = arena_new((size_t)1 << 20);
    struct reading reading = {0};
    const struct labels labels = {0};
    assert_true(text_analyse(slice_of(""), arena, &reading.text, &error));
    assert_true(frames_take(&labels, arena, &reading, &error));
    assert_int_equal(reading.frames.count, 0);
    arena_release(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_cut_as_propbank_cuts_them),
        cmocka_unit_test(a_reading_without_frames_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
