/*
 * test_links.c - distance classes, and the choice among candidates.
 */
#include <math.h>

#include "links.h"
#include "test.h"

static void distance_grows_by_the_log(void **state)
{
    (void)state;
    for (uint32_t far = 0; far < 600; far++) {
        const size_t class =
            (size_t)fmin(11, floor(log2((double)far + 1) * 1.5 + 1e-12));
        const struct span here = {600, 610};
        assert_int_equal(link_distance(here, (struct span){600 + far, 1300}),
                         12 + class);
        if (far > 0)
            assert_int_equal(link_distance(here, (struct span){0, 610 - far}),
                             class);
    }
}

static void the_best_candidate_wins(void **state)
{
    (void)state;
    const struct link_kind kind = {.none = 0.0f};
    const float scores[] = {1.0f, 3.0f, 2.0f};
    float probability;
    assert_int_equal(link_choose(&kind, scores, 3, true, &probability), 1);
    const double sum = 1 + exp(1) + exp(2) + exp(3);
    assert_true(fabs((double)probability - exp(3) / sum) < 1e-6);
}

static void none_wins_only_where_it_may(void **state)
{
    (void)state;
    const struct link_kind kind = {.none = 2.0f};
    const float scores[] = {1.0f};
    float probability;
    assert_int_equal(link_choose(&kind, scores, 1, true, &probability),
                     LINK_NONE);
    assert_true(fabs((double)probability - exp(1) / (1 + exp(1))) < 1e-6);
    assert_int_equal(link_choose(&kind, scores, 1, false, &probability), 0);
    assert_true(fabs((double)probability - 1 / (1 + exp(1))) < 1e-6);
}

static void without_candidates_there_is_none(void **state)
{
    (void)state;
    const struct link_kind kind = {.none = 5.0f};
    float probability;
    assert_int_equal(link_choose(&kind, NULL, 0, false, &probability),
                     LINK_NONE);
    assert_true(probability == 1.0f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_grows_by_the_log),
        cmocka_unit_test(the_best_candidate_wins),
        cmocka_unit_test(none_wins_only_where_it_may),
        cmocka_unit_test(without_candidates_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
