/*
 * test_statements.c - each statement of queries.sql fails at its first steps,
 * as it does where the disk cannot be read: that is told, nothing is lost, and
 * the file verifies.
 */
#include "test.h"

#include <unistd.h>

#include "case_uses.h"
#include "failing_part.h"
#include "small_case.h"

static bool use(bool changes, struct error *error)
{
    return changes ? case_use_write(error) : case_use_look(false, error);
}

/* A rollback that failed is tried in another way; what SQLite lacks is told in
 * words of its own. */
static bool is_told(enum query query, const struct error *error)
{
    return query == QUERY_ROLLBACK || query == QUERY_FTS5_API ||
           (error->kind == ERROR_IO &&
            strstr(error->text, "the disk failed") != NULL);
}

/* Whether the statement came to so many steps. */
static bool fail_at(enum query query, unsigned at, bool changes)
{
    struct error error = {0};
    if (changes)
        case_uses_put_back();
    failing_statement_at(query, at);
    bool is_done = use(changes, &error);
    bool was_met = failing_part_was_met();
    failing_part_at(PART_STATEMENTS, 0);
    if ((!is_done && !was_met) || (was_met && !is_told(query, &error)))
        fail_msg("%.40s, at %u: %s", query_texts[query], at, error.text);
    if (changes && was_met)
        case_uses_check(at);
    return was_met;
}

/* Each of the first steps, then wider ones; how many statements were met. */
static unsigned fail_each(bool changes)
{
    unsigned met = 0;
    case_uses_put_back();
    for (int i = 0; i < QUERY_COUNT; i++)
        for (unsigned at = 1; fail_at((enum query)i, at, changes);
             at += 1 + at / 3)
            met += at == 1;
    return met;
}

static void any_that_fails_in_writing_is_told_and_nothing_is_lost(void **state)
{
    (void)state;
    assert_true(fail_each(true) > 60);
}

static void any_that_fails_in_reading_is_told(void **state)
{
    (void)state;
    assert_true(fail_each(false) > 60);
}

/* Where no case could be made no file is left. */
static void any_that_fails_in_making_a_case_leaves_no_file(void **state)
{
    (void)state;
    unsigned met = 0;
    for (int i = 0; i < QUERY_COUNT; i++) {
        struct error error = {0};
        char path[SMALL_CASE_PATH];
        small_case_path(path);
        failing_statement_at((enum query)i, 1);
        struct casefile *casefile = casefile_create(path, &error);
        bool was_met = failing_part_was_met();
        failing_part_at(PART_STATEMENTS, 0);
        casefile_close(casefile);
        if (was_met && !is_told((enum query)i, &error))
            fail_msg("%.40s: %s", query_texts[i], error.text);
        assert_int_equal(access(path, F_OK) != 0, casefile == NULL);
        small_case_remove(path);
        met += was_met;
    }
    assert_true(met > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            any_that_fails_in_writing_is_told_and_nothing_is_lost,
            case_uses_set_up, case_uses_tear_down),
        cmocka_unit_test_setup_teardown(any_that_fails_in_reading_is_told,
                                        case_uses_set_up, case_uses_tear_down),
        cmocka_unit_test(any_that_fails_in_making_a_case_leaves_no_file),
    };
    failing_part_install();
    return cmocka_run_group_tests_name("statements", tests, NULL, NULL);
}
