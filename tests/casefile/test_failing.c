/*
 * test_failing.c - a disk that is full or fails at every step of adding a
 * document: a clear word, nothing lost of what was there, and the file
 * verifies.
 */
#include "test.h"

#include "documents.h"
#include "failing_disk.h"
#include "small_case.h"

/* One more document, with a text of its own; whether it was acknowledged. */
static bool add_one(unsigned number, struct error *error)
{
    char name[32], text[200];
    struct casefile *casefile =
        casefile_open(small_case_here, CASEFILE_WRITE, error);
    if (casefile == NULL)
        return false;
    snprintf(name, sizeof name, "more-%u.txt", number);
    snprintf(text, sizeof text, "A witness, number %u, spoke of the march.\n",
             number);
    bool is_added = small_case_add(casefile, name, text, 5, 20, error);
    casefile_close(casefile);
    return is_added;
}

static void try_each(enum disk_failure failure, const char *told,
                     uint64_t *documents, unsigned *number)
{
    for (unsigned at = 1;; at++) {
        struct error error = {0};
        failing_disk_at(failure, at);
        bool is_added = add_one((*number)++, &error);
        failing_disk_at(failure, 0);
        *documents += is_added;
        assert_int_equal(small_case_check(), *documents);
        if (is_added) {
            assert_true(at > 2);
            return;
        }
        if (strstr(error.text, told) == NULL)
            fail_msg("at %u: %s", at, error.text);
        assert_int_equal(error.kind, ERROR_IO);
    }
}

static void a_disk_that_fails_at_any_step_loses_nothing(void **state)
{
    (void)state;
    uint64_t documents = 3;
    unsigned number = 0;
    try_each(DISK_FULL, "the disk is full", &documents, &number);
    try_each(DISK_WRITE, "the disk failed", &documents, &number);
    try_each(DISK_SYNC, "the disk failed", &documents, &number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_disk_that_fails_at_any_step_loses_nothing, small_case_set_up,
            small_case_tear_down),
    };
    failing_disk_install();
    return cmocka_run_group_tests_name("failing", tests, NULL, NULL);
}
