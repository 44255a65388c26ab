/*
 * test_tags.c - parts of speech, of sentences whose words can be several.
 */
#include "tag.h"
#include "test.h"

static void expect(const char *words, const char *tags)
{
    struct error error = {0};
    struct text text = {0};
    const char *found = NULL;
    struct arena *arena = arena_new(1 << 22);
    assert_non_null(arena);
    assert_true(text_analyse(slice_of(words), arena, &text, &error));
    assert_true(tags_find(&text, arena, &found, &error));
    assert_int_equal(text.tokens.count + 1, strlen(tags));
    assert_memory_equal(found, tags, strlen(tags));
    arena_release(arena);
}

static void a_participle_behind_be_is_no_past(void **state)
{
    (void)state;
    expect("Two men were arrested by the police.", "UNBEIDN..");
}

static void a_noun_between_article_and_of_is_no_verb(void **state)
{
    (void)state;
    expect("The arrest of his brother was wrong.", "DNIDNBA..");
}

static void words_without_capitals_have_parts_too(void **state)
{
    (void)state;
    expect("he was shot dead by the officers.", "OBEAIDN..");
}

static void a_text_without_letters_is_all_marks(void **state)
{
    (void)state;
    expect("... !!", "......");
    expect("", ".");
}

/* Sentences longer than what is decoded at a time. */
static void a_long_sentence_has_a_tag_for_every_token(void **state)
{
    (void)state;
    enum { WORDS = 1000 };
    static char words[WORDS * 5 + 1], tags[WORDS + 2];
    for (size_t i = 0; i < WORDS; i++) {
        memcpy(words + 5 * i, "bird ", 5);
        tags[i] = 'N';
    }
    words[WORDS * 5 - 1] = '\0';
    tags[WORDS] = '.';
    expect(words, tags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_participle_behind_be_is_no_past),
        cmocka_unit_test(a_noun_between_article_and_of_is_no_verb),
        cmocka_unit_test(words_without_capitals_have_parts_too),
        cmocka_unit_test(a_text_without_letters_is_all_marks),
        cmocka_unit_test(a_long_sentence_has_a_tag_for_every_token),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
