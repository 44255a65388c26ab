/*
 * test_words.c - words by table and shape, and noun phrases around them.
 */
#include "phrase.h"
#include "test.h"

struct fixture {
    struct arena *arena;
    struct text text;
};

static struct fixture of(const char *words)
{
    struct error error = {0};
    struct fixture made = {.arena = arena_new(1 << 20)};
    assert_non_null(made.arena);
    assert_true(text_analyse(slice_of(words), made.arena, &made.text, &error));
    return made;
}

static uint32_t token_of(const struct text *text, const char *word)
{
    for (uint32_t i = 0; i < text->tokens.count; i++)
        if (slice_equals(word_at(text, i), slice_of(word)))
            return i;
    fail_msg("no %s", word);
    return 0;
}

static void check_span(const struct text *text, struct span tokens,
                       const char *wanted)
{
    char words[256];
    struct slice bytes = {"", 0};
    if (!span_is_empty(tokens))
        bytes = slice_at(text->bytes, text_bytes_of(text, tokens));
    snprintf(words, sizeof words, "%.*s", (int)bytes.length, bytes.data);
    assert_string_equal(words, wanted);
}

/* The phrase before the word `verb`. */
static void before(const char *words, const char *verb, const char *wanted)
{
    struct fixture it = of(words);
    check_span(&it.text, phrase_before(&it.text, 0, token_of(&it.text, verb)),
               wanted);
    arena_release(it.arena);
}

static void after(const char *words, const char *word, const char *wanted)
{
    struct fixture it = of(words);
    uint32_t begin = token_of(&it.text, word) + 1;
    check_span(&it.text,
               phrase_after(&it.text, begin, (uint32_t)it.text.tokens.count),
               wanted);
    arena_release(it.arena);
}

static void head(const char *words, const char *wanted)
{
    struct fixture it = of(words);
    struct span all = {0, (uint32_t)it.text.tokens.count};
    uint32_t found = phrase_head(&it.text, all);
    check_span(&it.text, (struct span){found, found + 1}, wanted);
    arena_release(it.arena);
}

static void a_phrase_ends_before_its_verb(void **state)
{
    (void)state;
    before("She knew that a guard told her", "told", "a guard");
    before("when the officers at the gate said so", "said",
           "the officers at the gate");
    before("what the boy's uncle told them", "told", "the boy's uncle");
    before("He said residents say so", "say", "residents");
    before("because they said so", "said", "they");
    before("Then Anna Maria Okoth said so", "said", "Anna Maria Okoth");
}

static void an_apposition_belongs_to_the_phrase(void **state)
{
    (void)state;
    before("But Ali Omar, a spokesman for the union, said so", "said",
           "Ali Omar, a spokesman for the union");
    before("and its leader, Ali Omar, said so", "said", "its leader, Ali Omar");
}

static void what_cannot_be_a_phrase_is_none(void **state)
{
    (void)state;
    before("in order to go", "order", "");
    before("I'd asked", "asked", "");
    before("and said", "said", "");
}

static void a_phrase_begins_after_its_preposition(void **state)
{
    (void)state;
    after("assured by the Commandant himself that", "by",
          "the Commandant himself");
    after("told the House on Monday that", "told", "the House");
    after("according to a clerk at the Ministry of Water, it", "to",
          "a clerk at the Ministry of Water");
    after("told me he left", "told", "me");
}

static void a_phrase_is_about_its_head(void **state)
{
    (void)state;
    head("a clerk at the Ministry of Water", "clerk");
    head("Omar's office", "office");
    head("the Commandant-General himself", "General");
    head("Ali Omar, a spokesman", "Omar");
}

static void plurals_are_seen_by_form_and_number(void **state)
{
    (void)state;
    const struct {
        const char *words;
        bool is_plural;
    } cases[] = {{"three witnesses", true}, {"two people", true},
                 {"police", true},          {"a boss", false},
                 {"the clerk", false},      {"the bus", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture it = of(cases[i].words);
        struct span all = {0, (uint32_t)it.text.tokens.count};
        assert_int_equal(phrase_is_plural(&it.text, all), cases[i].is_plural);
        arena_release(it.arena);
    }
}

static void a_phrase_of_a_table_is_the_longest(void **state)
{
    (void)state;
    uint32_t length = 0;
    struct fixture it = of("They CALLED  ON us");
    const struct table_row *row =
        word_phrase(&it.text, &speech_table, 1, 4, &length);
    assert_non_null(row);
    assert_string_equal(row->key, "called on");
    assert_int_equal(length, 2);
    row = word_phrase_before(&it.text, &speech_table, 0, 3, &length);
    assert_non_null(row);
    assert_string_equal(row->key, "called on");
    arena_release(it.arena);
}

static void words_are_hashed_without_case_and_marks(void **state)
{
    (void)state;
    struct fixture it = of("ÄRZTE-Verein ärzte verein other words");
    assert_true(word_hash(&it.text, (struct span){0, 3}, 'x') ==
                word_hash(&it.text, (struct span){3, 5}, 'x'));
    assert_false(word_hash(&it.text, (struct span){0, 3}, 'x') ==
                 word_hash(&it.text, (struct span){3, 5}, 'y'));
    assert_false(word_hash(&it.text, (struct span){3, 5}, 'x') ==
                 word_hash(&it.text, (struct span){5, 7}, 'x'));
    arena_release(it.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_ends_before_its_verb),
        cmocka_unit_test(an_apposition_belongs_to_the_phrase),
        cmocka_unit_test(what_cannot_be_a_phrase_is_none),
        cmocka_unit_test(a_phrase_begins_after_its_preposition),
        cmocka_unit_test(a_phrase_is_about_its_head),
        cmocka_unit_test(plurals_are_seen_by_form_and_number),
        cmocka_unit_test(a_phrase_of_a_table_is_the_longest),
        cmocka_unit_test(words_are_hashed_without_case_and_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
