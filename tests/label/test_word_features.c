/*
 * test_word_features.c - shapes and states of quotation.
 */
#include "word_features.h"

#include "test.h"

static void words_have_shapes(void **state)
{
    (void)state;
    const struct {
        const char *word;
        enum word_shape shape;
    } cases[] = {
        {"2019", SHAPE_NUMBER},
        {"\u00BD", SHAPE_NUMBER},
        {"5th", SHAPE_WITH_NUMBER},
        {"AK47", SHAPE_WITH_NUMBER},
        {",", SHAPE_MARK},
        {"_", SHAPE_MARK},
        {"\u0301", SHAPE_MARK},
        {"\xFF", SHAPE_MARK},
        {"UN", SHAPE_CAPITALS},
        {"\u01C5", SHAPE_CAPITAL},
        {"A", SHAPE_CAPITAL},
        {"\u00C9", SHAPE_CAPITAL},
        {"Nairobi", SHAPE_CAPITALISED},
        {"\u00C9tat", SHAPE_CAPITALISED},
        {"McDonald", SHAPE_MIXED_CAPITALISED},
        {"said", SHAPE_SMALL},
        {"na\u00EFve", SHAPE_SMALL},
        {"iPhone", SHAPE_OTHER},
        {"\u5317\u4EAC", SHAPE_OTHER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (word_shape(slice_of(cases[i].word)) != cases[i].shape)
            fail_msg("%s: shape %d", cases[i].word,
                     (int)word_shape(slice_of(cases[i].word)));
}

static void states_of(const char *const *words, size_t count, char *states)
{
    enum word_quotation inside = QUOTATION_NONE;
    for (size_t i = 0; i < count; i++)
        states[i] =
            (char)('0' + (int)word_quotation(slice_of(words[i]), &inside));
    states[count] = '\0';
}

static void marks_open_and_close(void **state)
{
    (void)state;
    char states[16];
    const char *const straight[] = {"a", "\"", "b", "\"", "c", "\"", "d"};
    states_of(straight, 7, states);
    assert_string_equal(states, "0314031");
    const char *const curly[] = {"\u201C", "b",      "\u201D", "c",
                                 "\u00BB", "\u201E", "d"};
    states_of(curly, 7, states);
    assert_string_equal(states, "3240432");
    const char *const mixed[] = {"\u201C", "\"", "b", "\u201D", "c", "\""};
    states_of(mixed, 6, states);
    assert_string_equal(states, "331403");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_have_shapes),
        cmocka_unit_test(marks_open_and_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
