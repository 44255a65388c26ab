/*
 * test_search.c - what is searched for is found, and what is no search is
 * told.
 */
#include "test.h"

#include "search.h"
#include "small_case.h"

static char path[SMALL_CASE_PATH];
static struct casefile *casefile;
static struct arena *arena;

static int make_case(void **state)
{
    (void)state;
    casefile = small_case_open(path);
    arena = arena_new((size_t)1 << 26);
    return arena == NULL;
}

static int remove_case(void **state)
{
    (void)state;
    casefile_close(casefile);
    arena_release(arena);
    small_case_remove(path);
    return 0;
}

static struct search_hits search(const char *words)
{
    struct error error = {0};
    struct search_hits hits;
    const struct search wanted = {.words = words, .limit = 20};
    if (!casefile_search(casefile, &wanted, arena, &hits, &error))
        fail_msg("%s: %s", words, error.text);
    return hits;
}

static void words_fields_and_their_like_find(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        size_t count;
    } searches[] = {
        {"march", 1},
        {"MARCH Constabulary", 1},
        {"march tanker", 0},
        {"march OR tanker", 2},
        {"that -march", 1},
        {"that NOT march", 1},
        {"\"fired on\"", 1},
        {"\"on fired\"", 0},
        {"burn*", 1},
        {"NEAR(officers march 5)", 1},
        {"NEAR(officers march 1)", 0},
        {"b\xc3\xa9"
         "aten",
         1},
        {"says:deny", 2},
        {"says:assert", 1},
        {"kind:claim", 3},
        {"kind:claim status:corrected", 1},
        {"status:accepted", 1},
        {"who:felix", 2},
        {"who:felxi", 2},
        {"who:\"felix\" kind:actor", 1},
        {"date:2019-05 kind:claim", 3},
        {"date:2019-06 kind:claim", 0},
        {"date:2018..2019-05-14 kind:claim", 3},
        {"kind:claim tanker", 1},
        {"kind:claim,actor", 6},
        {"kind:Cl*", 3},
        {"kind:cl", 0},
        {"kind:claim kind:actor", 6},
        {"kind:nothing", 0},
        {"status:unreviewed", 4},
        {"status:corrected", 1},
        {"date:2019-05", 3},
        {"date:2019-05 march", 1},
        {"kind:claim march", 1},
        {"says:deny the", 0},
        {"says:deny of who:resid", 1},
        {"march who:nobody", 0},
        {"bur*", 1},
        {"bu*", 1},
        {"burni*", 1},
        {"fe* who:fel*", 2},
        {"( march", 1},
    };
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        struct search_hits hits = search(searches[i].words);
        if (hits.count != searches[i].count)
            fail_msg("%s: %zu", searches[i].words, hits.count);
    }
    assert_string_equal(search("who:felxi").instead, "felix for felxi");
}

static void marks_stand_where_the_words_are(void **state)
{
    (void)state;
    struct search_hits hits = search("\"fired on\" Constabulary");
    assert_int_equal(hits.count, 1);
    const struct search_hit *hit = &hits.items[0];
    assert_int_equal(hit->mark_count, 2);
    for (size_t i = 0; i < 2; i++) {
        struct slice word =
            slice_at(slice_of(small_case_texts[0]), hit->marks[i]);
        assert_true(slice_equals(word, slice_of("fired on")) ||
                    slice_equals(word, slice_of("Constabulary")));
    }
}

static void pages_follow_each_other(void **state)
{
    (void)state;
    struct error error = {0};
    struct search_hits all = search("kind:claim");
    for (uint64_t i = 0; i < 3; i++) {
        struct search_hits page;
        const struct search wanted = {
            .words = "kind:claim", .limit = 1, .offset = i};
        assert_true(casefile_search(casefile, &wanted, arena, &page, &error));
        assert_int_equal(page.count, 1);
        assert_int_equal(page.seen, 3);
        assert_int_equal(page.items[0].finding, all.items[i].finding);
    }
}

static void what_is_no_search_is_told(void **state)
{
    (void)state;
    static const char *const wrong[][2] = {
        {"", "search for what?"},
        {"  ", "search for what?"},
        {"\"march", "a quotation mark without its other"},
        {"who:", "who: what?"},
        {"date:", "date: what?"},
        {"date:may", "date: takes 2023, 2023-03, 2023-03-14 or two of them "
                     "with .. between"},
        {"march OR ", "a word is missing at the end"},
        {"NEAR(march", "NEAR( without its other parenthesis"},
        {"NEAR(march)", "NEAR takes two words"},
        {"NEAR((march)", "NEAR takes words and a number"},
        {"act:arrest,", "act: what?"},
        {"act:\"", "a quotation mark without its other"},
        {"act:a,\"", "a quotation mark without its other"},
        {"status:", "status: what?"},
        {"date:\"2019", "a quotation mark without its other"},
        {"NEAR(march \"", "a quotation mark without its other"},
        {"date:2019..x", "date: takes 2023, 2023-03, 2023-03-14 or two of them "
                         "with .. between"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error error = {0};
        struct search_hits hits;
        const struct search wanted = {.words = wrong[i][0], .limit = 20};
        assert_false(casefile_search(casefile, &wanted, arena, &hits, &error));
        assert_error(error, ERROR_USAGE, wrong[i][1]);
    }
}

/* Whatever a person writes, FTS5 never sees syntax that is not ours. */
static void any_words_are_a_search_or_told(void **state)
{
    (void)state;
    static const char letters[] = "ab\"*():-,^+{}' NEARORNOTwho:act:\\;%_\xc3";
    uint64_t seed = 5;
    for (size_t i = 0; i < 3000; i++) {
        char words[24];
        struct error error = {0};
        struct search_hits hits;
        size_t length = test_random(&seed) % (sizeof words - 1);
        for (size_t j = 0; j < length; j++)
            words[j] = letters[test_random(&seed) % (sizeof letters - 1)];
        words[length] = '\0';
        const struct search wanted = {.words = words, .limit = 3};
        if (!casefile_search(casefile, &wanted, arena, &hits, &error) &&
            error.kind != ERROR_USAGE)
            fail_msg("%s: %s", words, error.text);
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_fields_and_their_like_find),
        cmocka_unit_test(marks_stand_where_the_words_are),
        cmocka_unit_test(pages_follow_each_other),
        cmocka_unit_test(what_is_no_search_is_told),
        cmocka_unit_test(any_words_are_a_search_or_told),
    };
    return cmocka_run_group_tests_name("search", tests, make_case, remove_case);
}
