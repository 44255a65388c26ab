/*
 * test_adding.c - documents that share a commit: one that does not fit, or a
 * disk that fails, takes none with it that was told as added.
 */
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "case_add.h"
#include "casefile_parts.h"
#include "documents.h"
#include "failing_disk.h"
#include "small_case.h"

enum { FILES = 5, NAME_SIZE = SMALL_CASE_PATH + 32 };

/* A file beside the case, of so many bytes that differ from the others'. */
static void make_file(const char *name, unsigned number, size_t bytes,
                      char file_path[NAME_SIZE])
{
    snprintf(file_path, NAME_SIZE, "%.*s%s",
             (int)(strlen(small_case_here) - 10), small_case_here, name);
    FILE *file = fopen(file_path, "wb");
    assert_non_null(file);
    int written = fprintf(file, "Report %u of the march.\n", number);
    for (size_t at = (size_t)written; at < bytes; at++)
        fputc((int)('a' + at % 23), file);
    assert_int_equal(fclose(file), 0);
}

/* What was told, in order. */
struct told {
    enum added how[FILES];
    unsigned count;
    unsigned added;
};

static bool tell(void *context, const struct add_told *one)
{
    struct told *told = context;
    assert_true(told->count < FILES);
    told->how[told->count++] = one->how;
    told->added += one->how == ADDED;
    return true;
}

/* Adds them without reading, so that all are ready at once. */
static bool add_files(struct casefile *casefile, char **files, size_t count,
                      struct told *told, struct error *error)
{
    const struct case_add add = {
        .casefile = casefile, .threads = 1, .tell = tell, .context = told};
    *told = (struct told){.count = 0};
    return case_add_files(&add, files, count, small_case_here, error);
}

static void one_that_stands_twice_among_them_is_known(void **state)
{
    (void)state;
    char names[3][NAME_SIZE];
    char *files[] = {names[0], names[1], names[2]};
    struct error error = {0};
    struct told told;
    make_file("one", 1, 100, names[0]);
    make_file("same", 1, 100, names[1]);
    make_file("other", 2, 100, names[2]);
    struct casefile *casefile =
        casefile_open(small_case_here, CASEFILE_WRITE, &error);
    assert_non_null(casefile);
    if (!add_files(casefile, files, 3, &told, &error))
        fail_msg("%s", error.text);
    casefile_close(casefile);
    assert_int_equal(told.count, 3);
    assert_int_equal(told.how[0], ADDED);
    assert_int_equal(told.how[1], ADDED_KNOWN);
    assert_int_equal(told.how[2], ADDED);
    assert_int_equal(small_case_check(), 5);
}

static void one_without_room_takes_no_other_with_it(void **state)
{
    (void)state;
    char names[3][NAME_SIZE];
    char *files[] = {names[0], names[1], names[2]};
    struct error error = {0};
    struct told told;
    make_file("first", 1, 100, names[0]);
    make_file("second", 2, 2000000, names[1]);
    make_file("third", 3, 100, names[2]);
    struct casefile *casefile =
        casefile_open(small_case_here, CASEFILE_WRITE, &error);
    assert_non_null(casefile);
    /* Pages of 16 kB: room for the small ones, not for two megabytes. */
    assert_int_equal(sqlite3_exec(casefile->database,
                                  "PRAGMA max_page_count = 100;", NULL, NULL,
                                  NULL),
                     SQLITE_OK);
    assert_false(add_files(casefile, files, 3, &told, &error));
    casefile_close(casefile);
    assert_int_equal(error.kind, ERROR_IO);
    assert_non_null(strstr(error.text, "second"));
    assert_non_null(strstr(error.text, "the disk is full"));
    assert_int_equal(told.count, 1);
    assert_int_equal(told.how[0], ADDED);
    assert_int_equal(small_case_check(), 4);
}

/* One try: what was told as added stays, whatever failed. */
static bool try_adding(enum disk_failure failure, unsigned at,
                       uint64_t *documents)
{
    static unsigned number = 100;
    char names[FILES][NAME_SIZE], name[32];
    char *files[FILES];
    struct error error = {0};
    struct told told = {.count = 0};
    for (unsigned i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "file-%u", i);
        make_file(name, number++, 3000, names[i]);
        files[i] = names[i];
    }
    struct casefile *casefile =
        casefile_open(small_case_here, CASEFILE_WRITE, &error);
    assert_non_null(casefile);
    failing_disk_at(failure, at);
    bool is_well = add_files(casefile, files, FILES, &told, &error);
    failing_disk_at(failure, 0);
    casefile_close(casefile);
    assert_int_equal(error.kind, is_well ? ERROR_NONE : ERROR_IO);
    *documents += told.added;
    assert_int_equal(small_case_check(), *documents);
    return is_well;
}

static void a_disk_that_fails_takes_none_that_was_told(void **state)
{
    (void)state;
    static const enum disk_failure failures[] = {DISK_FULL, DISK_WRITE,
                                                 DISK_SYNC};
    uint64_t documents = 3;
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        for (unsigned at = 1;; at += 1 + at / 4) {
            assert_true(at < 5000);
            if (try_adding(failures[i], at, &documents))
                break;
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            one_that_stands_twice_among_them_is_known, small_case_set_up,
            small_case_tear_down),
        cmocka_unit_test_setup_teardown(one_without_room_takes_no_other_with_it,
                                        small_case_set_up,
                                        small_case_tear_down),
        cmocka_unit_test_setup_teardown(
            a_disk_that_fails_takes_none_that_was_told, small_case_set_up,
            small_case_tear_down),
    };
    failing_disk_install();
    return cmocka_run_group_tests_name("adding", tests, NULL, NULL);
}
