/*
 * test_memory.c - memory that runs out at any step of using a case, ours,
 * SQLite's or the JSON library's, and hashes that cannot be made: a clear
 * word, all or nothing, and the file verifies.
 */
#include "test.h"

#include "case_uses.h"
#include "failing_part.h"

/* Without memory it is not said that something was touched; but for jansson,
 * which cannot tell a string that it had no room for from none. */
static bool use(enum part of, bool changes, struct error *error)
{
    return changes ? case_use_write(error)
                   : case_use_look(of == PART_JSON, error);
}

/* Every step at first, then wider ones: there are thousands. */
static void fail_each(enum part of, bool changes, unsigned widening)
{
    unsigned failures = 0;
    case_uses_put_back();
    for (unsigned at = 1;; at += 1 + at / widening) {
        struct error error = {0};
        if (changes)
            case_uses_put_back();
        failing_part_at(of, at);
        bool is_done = use(of, changes, &error);
        bool was_met = failing_part_was_met();
        failing_part_at(of, 0);
        failures += !is_done;
        if (!is_done && (!was_met || error.text[0] == '\0'))
            fail_msg("kind %d, at %u: '%s'", (int)of, at, error.text);
        if (changes)
            case_uses_check(at);
        if (!was_met)
            break;
    }
    assert_true(failures > (of == PART_NEW_ARENAS ? 2 : 20));
}

static void none_of_ours_is_told_and_nothing_is_lost(void **state)
{
    (void)state;
    fail_each(PART_NEW_ARENAS, true, 30);
    fail_each(PART_NEW_ARENAS, false, 30);
    fail_each(PART_ARENAS, true, 40);
    fail_each(PART_ARENAS, false, 60);
}

static void none_for_json_is_told_and_nothing_is_lost(void **state)
{
    (void)state;
    fail_each(PART_JSON, true, 16);
    fail_each(PART_JSON, false, 16);
}

static void none_for_sqlite_is_told_and_nothing_is_lost(void **state)
{
    (void)state;
    fail_each(PART_SQLITE_MEMORY, true, 10);
    fail_each(PART_SQLITE_MEMORY, false, 10);
}

static void a_hash_that_cannot_be_made_is_told(void **state)
{
    (void)state;
    fail_each(PART_HASHES, true, 16);
    fail_each(PART_HASHES, false, 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            none_of_ours_is_told_and_nothing_is_lost, case_uses_set_up,
            case_uses_tear_down),
        cmocka_unit_test_setup_teardown(
            none_for_json_is_told_and_nothing_is_lost, case_uses_set_up,
            case_uses_tear_down),
        cmocka_unit_test_setup_teardown(
            none_for_sqlite_is_told_and_nothing_is_lost, case_uses_set_up,
            case_uses_tear_down),
        cmocka_unit_test_setup_teardown(a_hash_that_cannot_be_made_is_told,
                                        case_uses_set_up, case_uses_tear_down),
    };
    failing_part_install();
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
