/*
 * test_numbers.c - numbers in figures and in words, and what is none.
 */
#include "number.h"
#include "test.h"

/* The number that the words begin with has this value and takes this many
 * tokens; 0 tokens: there is none. */
static void check(const char *words, int64_t value, uint32_t tokens)
{
    struct error error = {0};
    struct text text;
    struct arena *arena = arena_new(1 << 20);
    assert_non_null(arena);
    assert_true(text_analyse(slice_of(words), arena, &text, &error));
    struct number number = number_at(&text, 0, (uint32_t)text.tokens.count);
    arena_release(arena);
    if (number.end != tokens || (tokens > 0 && number.value != value))
        fail_msg("%s: %lld in %u tokens", words, (long long)number.value,
                 number.end);
}

static void numbers_in_figures_have_groups_and_scales(void **state)
{
    (void)state;
    check("31 people", 31, 1);
    check("2,100 households", 2100, 3);
    check("3,000,000.", 3000000, 5);
    check("50 000 meticais", 50000, 2);
    check("1.250.000 pesos", 1250000, 5);
    check("1.9 billion", 1900000000, 4);
    check("1.9\nbillion", 1900000000, 4);
    check("40 lakhs", 4000000, 2);
    check("75 million francs", 75000000, 2);
    check("4 000\n300 were", 4000, 2);
}

static void numbers_in_words_are_joined(void **state)
{
    (void)state;
    check("no number", 0, 0);
    check("zero", 0, 1);
    check("four dead", 4, 1);
    check("twenty-one", 21, 3);
    check("Twenty one men", 21, 2);
    check("forty-four persons", 44, 3);
    check("two hundred and fifty", 250, 4);
    check("one thousand two hundred", 1200, 4);
    check("two hundred thousand", 200000, 3);
    check("twenty thousand dollars", 20000, 2);
    check("a dozen", 12, 2);
    check("two dozen", 24, 2);
    check("a hundred", 100, 2);
    check("a hundred and fifty people", 150, 4);
    check("a thousand two hundred", 1200, 4);
    check("dozens", 24, 1);
    check("seven and eight", 7, 1);
    check("twenty and two", 20, 1);
}

static void what_is_no_number_is_none(void **state)
{
    (void)state;
    check("", 0, 0);
    check("a man", 0, 0);
    check("KB31", 0, 0);
    check("3.5 metres", 0, 0);
    check("31st", 0, 0);
    check("99999999999999999999 men", 0, 0);
    check("1000000 million billion", 1000000000000, 2);
}

/* A row can fire: alone, or as a scale behind a two. */
static void every_word_of_the_table_makes_a_number(void **state)
{
    (void)state;
    for (size_t i = 0; i < number_table.count; i++) {
        const struct table_row *row = &number_table.rows[i];
        char words[80];
        bool is_scale = strcmp(row->columns[1], "scale") == 0;
        assert_true(is_scale || strcmp(row->columns[1], "unit") == 0 ||
                    strcmp(row->columns[1], "ten") == 0 ||
                    strcmp(row->columns[1], "several") == 0);
        int length = snprintf(words, sizeof words, "%s%s",
                              is_scale ? "two " : "", row->key);
        assert_in_range(length, 1, sizeof words - 1);
        int64_t value = strtoll(row->columns[0], NULL, 10);
        check(words, is_scale ? 2 * value : value, is_scale ? 2 : 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_in_figures_have_groups_and_scales),
        cmocka_unit_test(numbers_in_words_are_joined),
        cmocka_unit_test(what_is_no_number_is_none),
        cmocka_unit_test(every_word_of_the_table_makes_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
