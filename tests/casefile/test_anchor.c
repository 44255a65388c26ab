/*
 * test_anchor.c - a passage is found again by its words and by what stands
 * around them.
 */
#include "test.h"

#include <string.h>

#include "anchor.h"

static struct span span_of(const char *text, const char *words)
{
    const char *at = strstr(text, words);
    assert_non_null(at);
    uint32_t begin = (uint32_t)(at - text);
    return (struct span){begin, begin + (uint32_t)strlen(words)};
}

static bool find(const char *text, const char *quote, const char *prefix,
                 const char *suffix, uint32_t begin, struct span *found)
{
    return anchor_find(slice_of(text), slice_of(quote), slice_of(prefix),
                       slice_of(suffix), begin, found);
}

static void what_stands_around_is_cut_between_characters(void **state)
{
    (void)state;
    /* 32 bytes before and after fall into the middle of a letter. */
    const char *text = "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3"
                       "\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
                       "\xC3\xA9\xC3\xA9\xC3\xA9. shot .\xC3\xA9\xC3\xA9\xC3"
                       "\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
                       "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3"
                       "\xA9\xC3\xA9";
    struct slice whole = slice_of(text);
    struct span span = span_of(text, "shot");
    struct slice before = anchor_prefix(whole, span);
    struct slice after = anchor_suffix(whole, span);
    assert_int_equal(before.length, 32);
    assert_int_equal((unsigned char)before.data[0], 0xC3);
    assert_int_equal(after.length, 32);
    assert_int_equal((unsigned char)after.data[after.length], 0xC3);
    span.begin--;
    assert_int_equal(anchor_prefix(whole, span).length, 31);
    span.end++;
    assert_int_equal(anchor_suffix(whole, span).length, 31);
    assert_int_equal(anchor_prefix(whole, (struct span){0, 2}).length, 0);
    assert_int_equal(
        anchor_suffix(whole, (struct span){0, (uint32_t)whole.length}).length,
        0);
}

static void the_same_words_are_told_apart_by_what_stands_around(void **state)
{
    (void)state;
    const char *text = "He was shot in Molo. She was shot in Naivasha. They "
                       "were shot in Molo, too.";
    struct span found;
    assert_true(find(text, "was shot", "She ", " in Naivasha", 0, &found));
    assert_int_equal(found.begin, span_of(text, "was shot in N").begin);
    assert_true(find(text, "shot", "They were ", " in Molo, too", 0, &found));
    assert_int_equal(found.begin, span_of(text, "shot in Molo,").begin);
}

static void where_nothing_tells_them_apart_the_nearest_is_taken(void **state)
{
    (void)state;
    const char *text = "shot; shot; shot; shot";
    struct span found;
    assert_true(find(text, "shot", "", "", 13, &found));
    assert_int_equal(found.begin, 12);
    assert_int_equal(found.end, 16);
    assert_true(find(text, "shot", "", "", 400, &found));
    assert_int_equal(found.begin, 18);
    assert_true(find(text, "shot", "", "", 0, &found));
    assert_int_equal(found.begin, 0);
}

static void words_that_are_gone_are_not_found(void **state)
{
    (void)state;
    struct span found;
    assert_false(find("nobody was hurt", "shot", "", "", 0, &found));
    assert_false(find("short", "shorter", "", "", 0, &found));
    assert_false(find("anything", "", "any", "thing", 3, &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_around_is_cut_between_characters),
        cmocka_unit_test(the_same_words_are_told_apart_by_what_stands_around),
        cmocka_unit_test(where_nothing_tells_them_apart_the_nearest_is_taken),
        cmocka_unit_test(words_that_are_gone_are_not_found),
    };
    return cmocka_run_group_tests_name("anchor", tests, NULL, NULL);
}
