/*
 * test_failing.c - a disk that is full or fails at every step of adding a
 * document: a clear word, nothing lost of what was there, and the file
 * verifies.
 */
#include "test.h"

#include "documents.h"
#include "failing_disk.h"
#include "small_case.h"

static char path[SMALL_CASE_PATH];

static int make_case(void **state)
{
    (void)state;
    small_case_make(path);
    return 0;
}

static int remove_case(void **state)
{
    (void)state;
    small_case_remove(path);
    return 0;
}

/* What must hold after any failure: as many documents, and no fault. */
static void check_case(uint64_t documents)
{
    struct error error = {0};
    char words[600];
    uint64_t count;
    struct casefile *casefile = casefile_open(path, CASEFILE_READ, &error);
    if (casefile == NULL)
        fail_msg("%s", error.text);
    assert_true(document_count(casefile, &count, &error));
    assert_int_equal(count, documents);
    if (small_case_faults(casefile, words) > 0)
        fail_msg("%s", words);
    casefile_close(casefile);
}

/* One more document, with a text of its own; whether it was acknowledged. */
static bool add_one(unsigned number, struct error *error)
{
    char name[32], text[200];
    struct casefile *casefile = casefile_open(path, CASEFILE_WRITE, error);
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
        check_case(*documents);
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
            a_disk_that_fails_at_any_step_loses_nothing, make_case,
            remove_case),
    };
    failing_disk_install();
    return cmocka_run_group_tests_name("failing", tests, NULL, NULL);
}
