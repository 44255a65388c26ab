/*
 * test_error.c - words are put before words, and cut between characters.
 */
#include "test.h"

#include <errno.h>

#include "utf8.h"

static void an_error_is_false_and_says_what_happened(void **state)
{
    (void)state;
    struct error error = {0};
    assert_false(error_set(&error, ERROR_BAD_INPUT, "line %d", 3));
    assert_error(error, ERROR_BAD_INPUT, "line 3");
}

static void each_layer_puts_its_words_before(void **state)
{
    (void)state;
    struct error error = {0};
    error_set(&error, ERROR_BAD_INPUT, "not JSON");
    assert_false(error_prefix(&error, "line %d", 3));
    assert_false(error_prefix(&error, "%s", "annex.txt"));
    assert_error(error, ERROR_BAD_INPUT, "annex.txt: line 3: not JSON");
}

static void what_the_machine_said_decides_the_kind(void **state)
{
    (void)state;
    const struct {
        int number;
        enum error_kind kind;
        const char *text;
    } cases[] = {
        {ENOENT, ERROR_NOT_FOUND, "cannot open: No such file or directory"},
        {ENOTDIR, ERROR_NOT_FOUND, "cannot open: Not a directory"},
        {EACCES, ERROR_IO, "cannot open: Permission denied"},
        {ENOMEM, ERROR_LIMIT, "cannot open: Cannot allocate memory"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error = {0};
        assert_false(error_errno(&error, cases[i].number, "cannot open"));
        assert_error(error, cases[i].kind, cases[i].text);
    }
}

static void long_words_are_cut_between_characters(void **state)
{
    (void)state;
    const char *const characters[] = {"a", "é", "€", "𝄞"};
    for (size_t kind = 0; kind < 4; kind++)
        for (size_t before = 0; before < 5; before++) {
            char words[1024] = {0};
            size_t length = before;
            memset(words, 'x', before);
            size_t step = strlen(characters[kind]);
            for (; length + step < 600; length += step)
                memcpy(words + length, characters[kind], step);
            struct error error = {0};
            error_set(&error, ERROR_IO, "%s", words);
            size_t kept = strlen(error.text);
            assert_in_range(kept, sizeof error.text - 4, sizeof error.text - 1);
            assert_int_equal(utf8_count_invalid(slice_of(error.text)), 0);
            error_prefix(&error, "%s", "file");
            assert_int_equal(utf8_count_invalid(slice_of(error.text)), 0);
            error_prefix(&error, "%s", words);
            assert_int_equal(utf8_count_invalid(slice_of(error.text)), 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_is_false_and_says_what_happened),
        cmocka_unit_test(each_layer_puts_its_words_before),
        cmocka_unit_test(what_the_machine_said_decides_the_kind),
        cmocka_unit_test(long_words_are_cut_between_characters),
    };
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
