/*
 * test_link_parts.c - days, words, groups: what linking stands on.
 */
#include "test.h"

#include "cluster.h"
#include "link_parts.h"
#include "link_rarity.h"
#include "weigh.h"

static void days_are_those_of_the_calendar(void **state)
{
    static const char *const days[] = {"2000-02-29", "1999-12-31",
                                       "2019-05-13", "1900-03-01",
                                       "0001-01-01", "9999-12-31"};
    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        char words[DAY_BYTES];
        day_write(day_read(days[i]), words);
        assert_string_equal(words, days[i]);
    }
    assert_int_equal(day_read("2019-06-16") - day_read("2019-05-24"), 23);
    assert_int_equal(day_read("2019-05"), LINK_NO_DAY);
    assert_int_equal(day_read("2019-13-01"), LINK_NO_DAY);
    assert_int_equal(day_read(NULL), LINK_NO_DAY);
}

static void weeks_belong_to_the_year_of_their_thursday(void **state)
{
    int32_t year;
    (void)state;
    assert_int_equal(day_week(day_read("2021-01-03"), &year), 53);
    assert_int_equal(year, 2020);
    assert_int_equal(day_week(day_read("2019-12-30"), &year), 1);
    assert_int_equal(year, 2020);
    assert_int_equal(day_week(day_read("2019-05-13"), &year), 20);
    assert_int_equal(year, 2019);
}

static uint64_t stem_of(const char *text, struct arena *arena)
{
    struct words words;
    struct error error;
    assert_true(words_of(slice_of(text), arena, &words, &error));
    assert_int_equal(words.count, 1);
    return words.items[0].stem;
}

static void forms_of_a_word_meet(void **state)
{
    static const char *const forms[][2] = {
        {"shot", "Shot"},        {"killings", "killing"}, {"killed", "kills"},
        {"officers", "officer"}, {"bodies", "body"},      {"stopped", "stop"},
        {"São", "sao"},          {"arrested", "arrests"}};
    (void)state;
    struct arena *arena = arena_new((size_t)1 << 20);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        assert_int_equal(stem_of(forms[i][0], arena),
                         stem_of(forms[i][1], arena));
    assert_int_not_equal(stem_of("police", arena), stem_of("party", arena));
    arena_release(arena);
}

static void any_bytes_have_words(void **state)
{
    char bytes[300];
    uint64_t seed = 7;
    (void)state;
    struct arena *arena = arena_new((size_t)1 << 24);
    for (int round = 0; round < 200; round++) {
        struct words words;
        struct error error;
        size_t length = test_random(&seed) % sizeof bytes, at = 0;
        for (size_t i = 0; i < length; i++)
            bytes[i] = (char)test_random(&seed);
        struct slice text = {bytes, length};
        assert_true(words_of(text, arena, &words, &error));
        for (size_t i = 0; i < words.count; i++) {
            assert_true(words.items[i].begin >= at &&
                        words.items[i].end > words.items[i].begin);
            at = words.items[i].end;
        }
        assert_true(at <= length);
        arena_reset(arena);
    }
    arena_release(arena);
}

static void group(const struct cluster_edge *edges, size_t count,
                  const struct cluster_edge *decided, size_t decided_count,
                  const uint32_t *kin, uint32_t *cluster_of)
{
    struct cluster_edge copy[8];
    struct error error;
    memcpy(copy, edges, count * sizeof *copy);
    struct cluster_edges list = {copy, count, count};
    struct cluster_edges said = {(struct cluster_edge *)(uintptr_t)decided,
                                 decided_count, decided_count};
    struct cluster_task task = {.count = 5,
                                .edges = &list,
                                .decided = &said,
                                .kin = kin,
                                .missing = -1000};
    struct arena *arena = arena_new((size_t)1 << 20);
    assert_true(clusters_make(&task, arena, cluster_of, &error));
    arena_release(arena);
}

static void pairs_become_groups_from_the_best_down(void **state)
{
    static const struct cluster_edge edges[] = {
        {0, 1, 3000}, {1, 2, 500}, {0, 2, -2000}, {3, 4, 100}};
    uint32_t cluster_of[5];
    (void)state;
    group(edges, 4, NULL, 0, NULL, cluster_of);
    /* 2 is like 1 but unlike 0, so on the whole it is not of their group. */
    static const uint32_t wanted[] = {0, 0, 2, 3, 3};
    assert_memory_equal(cluster_of, wanted, sizeof wanted);
}

static void two_of_one_kin_never_meet(void **state)
{
    static const struct cluster_edge edges[] = {
        {0, 1, 3000}, {1, 2, 2000}, {0, 2, 1000}};
    static const uint32_t kin[] = {7, 8, 7, 9, 9};
    uint32_t cluster_of[5];
    (void)state;
    group(edges, 3, NULL, 0, kin, cluster_of);
    static const uint32_t wanted[] = {0, 0, 2, 3, 4};
    assert_memory_equal(cluster_of, wanted, sizeof wanted);
}

static void what_was_decided_holds_against_all_scores(void **state)
{
    static const struct cluster_edge edges[] = {{0, 1, 9000}, {1, 2, -9000}};
    static const struct cluster_edge decided[] = {{0, 1, -1}, {1, 2, 1}};
    uint32_t cluster_of[5];
    (void)state;
    group(edges, 2, decided, 2, NULL, cluster_of);
    static const uint32_t wanted[] = {0, 1, 1, 3, 4};
    assert_memory_equal(cluster_of, wanted, sizeof wanted);
}

static void chances_grow_with_log_odds(void **state)
{
    uint32_t before = 0;
    (void)state;
    for (int32_t odds = -12000; odds <= 12000; odds += 10) {
        uint32_t chance = weigh_chance(odds);
        assert_true(chance >= before && chance <= 1000);
        before = chance;
    }
    assert_int_equal(weigh_chance(0), 500);
}

static void every_tree_is_read(void **state)
{
    struct weights weights;
    struct error error;
    (void)state;
    struct arena *arena = arena_new((size_t)1 << 24);
    assert_true(weights_read(&weights, arena, &error));
    for (int task = 0; task < WEIGH_TASKS; task++)
        assert_true(weights.tasks[task].count > 0);
    arena_release(arena);
}

static void a_word_of_few_documents_is_rare(void **state)
{
    static const uint64_t words[] = {1, 2};
    struct error error;
    struct rarity rarity;
    (void)state;
    struct arena *arena = arena_new((size_t)1 << 20);
    struct rarity_draft draft = {.arena = arena, .error = &error};
    for (uint32_t i = 0; i < 16; i++)
        assert_true(rarity_add(&draft, (struct bag){words, i == 0 ? 2 : 1}, i));
    assert_true(rarity_close(&draft, 16, &rarity));
    assert_int_equal(rarity_documents(&rarity, 1), 16);
    assert_int_equal(rarity_documents(&rarity, 2), 1);
    assert_int_equal(rarity_of(&rarity, 1), 0);
    assert_in_range(rarity_of(&rarity, 2), 7, 9);
    arena_release(arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_those_of_the_calendar),
        cmocka_unit_test(weeks_belong_to_the_year_of_their_thursday),
        cmocka_unit_test(forms_of_a_word_meet),
        cmocka_unit_test(any_bytes_have_words),
        cmocka_unit_test(pairs_become_groups_from_the_best_down),
        cmocka_unit_test(two_of_one_kin_never_meet),
        cmocka_unit_test(what_was_decided_holds_against_all_scores),
        cmocka_unit_test(chances_grow_with_log_odds),
        cmocka_unit_test(every_tree_is_read),
        cmocka_unit_test(a_word_of_few_documents_is_rare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
