/*
 * test_migration.c - a file of an earlier version is brought forward whole,
 * and stays as it was where that fails.
 */
#include "test.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "casefile.h"
#include "documents.h"
#include "failing_disk.h"
#include "failing_file.h"
#include "failing_part.h"
#include "file.h"
#include "search.h"
#include "small_case.h"

static char path[SMALL_CASE_PATH], old[SMALL_CASE_PATH + 8];

static void run_sql(sqlite3 *raw, const char *sql)
{
    if (sqlite3_exec(raw, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(raw));
}

/* Every row of the case `now` into tables that are there already, but for
 * what search looks words up in, which has words that no text has. */
static void copy_rows(sqlite3 *raw, int version)
{
    sqlite3_stmt *names;
    char sql[400];
    assert_int_equal(
        sqlite3_prepare_v2(raw,
                           "SELECT name FROM now.sqlite_master WHERE type = "
                           "'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND "
                           "name NOT IN ('checkpoint', 'stamp', 'text') AND "
                           "name NOT GLOB '*_index*'",
                           -1, &names, NULL),
        SQLITE_OK);
    while (sqlite3_step(names) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(names, 0);
        snprintf(sql, sizeof sql,
                 "INSERT OR REPLACE INTO main.%s SELECT * FROM now.%s", name,
                 name);
        run_sql(raw, sql);
    }
    sqlite3_finalize(names);
    run_sql(raw, "INSERT INTO text SELECT id, entry, document, version, "
                 "content, method FROM now.text");
    run_sql(raw, version == 0
                     ? "INSERT INTO checkpoint SELECT id, "
                       "'2024-05-01T12:00:00Z', size, note FROM now.checkpoint"
                     : "INSERT INTO checkpoint SELECT * FROM now.checkpoint");
    run_sql(raw,
            "INSERT INTO stamp VALUES (1, 1, x'30', NULL, NULL, NULL, NULL);"
            "INSERT INTO passage_index (rowid, words) VALUES (1, 'stale');"
            "INSERT INTO finding_index (rowid, who) VALUES (1, 'stale');");
}

/* A case with a little of everything, in the tables of this version. */
static void make_old(int version)
{
    struct error error = {0};
    struct file schema;
    sqlite3 *raw;
    char sql[200];
    small_case_make(path);
    snprintf(old, sizeof old, "%s.old", path);
    assert_int_equal(sqlite3_open(old, &raw), SQLITE_OK);
    run_sql(raw, "PRAGMA page_size = 16384;"
                 "PRAGMA application_id = 1835099233;");
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", version);
    run_sql(raw, sql);
    snprintf(sql, sizeof sql, "%s/schema_%d.sql", SCHEMAS, version);
    assert_true(file_read(sql, 1 << 20, &schema, &error));
    char *text = strndup(schema.bytes.data, schema.bytes.length);
    run_sql(raw, text);
    free(text);
    file_close(&schema);
    snprintf(sql, sizeof sql, "ATTACH '%s' AS now", path);
    run_sql(raw, sql);
    copy_rows(raw, version);
    assert_int_equal(sqlite3_close(raw), SQLITE_OK);
}

static int make_version_0(void **state)
{
    (void)state;
    make_old(0);
    return 0;
}

static int make_version_1(void **state)
{
    (void)state;
    make_old(1);
    return 0;
}

static int make_version_2(void **state)
{
    (void)state;
    make_old(2);
    return 0;
}

static int remove_old(void **state)
{
    (void)state;
    small_case_remove(path);
    return 0;
}

/* The tables of a file, in the order of their names; quotes left out, which
 * SQLite adds where it renames. Yours to free. */
static char *tables_of(const char *file)
{
    sqlite3 *raw;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(file, &raw), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(
            raw,
            "SELECT group_concat(replace(sql, '\"', ''), ';') FROM "
            "(SELECT sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name)",
            -1, &statement, NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    char *tables = strdup((const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    sqlite3_close(raw);
    return tables;
}

static size_t found(struct casefile *casefile, const char *words)
{
    struct error error = {0};
    struct search_hits hits;
    struct arena *arena = arena_new((size_t)1 << 24);
    const struct search search = {.words = words, .limit = 9};
    assert_true(casefile_search(casefile, &search, arena, &hits, &error));
    arena_release(arena);
    return hits.count;
}

static void check_holds(struct casefile *casefile)
{
    struct error error = {0};
    char words[600];
    uint64_t count;
    assert_int_equal(found(casefile, "tanker"), 1);
    assert_int_equal(found(casefile, "tan*"), 1);
    assert_int_equal(found(casefile, "who:felix"), 2);
    assert_int_equal(found(casefile, "stale"), 0);
    assert_true(document_count(casefile, &count, &error));
    assert_int_equal(count, 3);
    if (small_case_faults(casefile, words) > 0)
        fail_msg("%s", words);
}

static struct slice bytes_of(const char *file, struct file *read)
{
    struct error error = {0};
    if (!file_read(file, (size_t)1 << 30, read, &error))
        fail_msg("%s: %s", file, error.text);
    return read->bytes;
}

static void an_older_file_has_the_tables_of_a_new_one(void **state)
{
    (void)state;
    struct error error = {0};
    struct casefile *casefile = casefile_open(old, CASEFILE_WRITE, &error);
    if (casefile == NULL)
        fail_msg("%s", error.text);
    check_holds(casefile);
    assert_true(small_case_add(casefile, "more.txt", "A witness spoke there.\n",
                               2, 9, &error));
    casefile_close(casefile);
    char *brought = tables_of(old), *made = tables_of(path);
    assert_string_equal(brought, made);
    free(brought);
    free(made);
    casefile = casefile_open(old, CASEFILE_READ, &error);
    assert_non_null(casefile);
    assert_null(casefile_kept_as(casefile));
    casefile_close(casefile);
}

/* From version 2 on nothing derived is made anew: it lacks no more than the
 * room for maps. */
static void an_older_file_keeps_what_it_found(void **state)
{
    (void)state;
    struct error error = {0};
    struct casefile *casefile = casefile_open(old, CASEFILE_WRITE, &error);
    if (casefile == NULL)
        fail_msg("%s", error.text);
    uint64_t count;
    assert_true(document_count(casefile, &count, &error));
    assert_int_equal(count, 3);
    casefile_close(casefile);
    char *brought = tables_of(old), *made = tables_of(path);
    assert_string_equal(brought, made);
    free(brought);
    free(made);
}

static void the_file_as_it_was_is_kept_under_a_fresh_name(void **state)
{
    (void)state;
    struct error error = {0};
    char taken[SMALL_CASE_PATH + 24], kept[SMALL_CASE_PATH + 24];
    struct file before, after;
    snprintf(taken, sizeof taken, "%s.version-0", old);
    snprintf(kept, sizeof kept, "%s.version-0.2", old);
    assert_int_equal(symlink("/dev/null", taken), 0);
    struct slice was = bytes_of(old, &before);
    struct casefile *casefile = casefile_open(old, CASEFILE_READ, &error);
    assert_non_null(casefile);
    assert_string_equal(casefile_kept_as(casefile), kept);
    casefile_close(casefile);
    assert_int_equal(was.length, bytes_of(kept, &after).length);
    file_close(&before);
    file_close(&after);
    casefile = casefile_open(kept, CASEFILE_READ, &error);
    assert_non_null(casefile);
    check_holds(casefile);
    casefile_close(casefile);
}

static void a_reference_to_nothing_stops_it(void **state)
{
    (void)state;
    struct error error = {0};
    struct file before, after;
    sqlite3 *raw;
    assert_int_equal(sqlite3_open(old, &raw), SQLITE_OK);
    run_sql(raw, "UPDATE stamp SET checkpoint = 77");
    sqlite3_close(raw);
    struct slice was = bytes_of(old, &before);
    assert_null(casefile_open(old, CASEFILE_WRITE, &error));
    assert_error(error, ERROR_CORRUPT,
                 "bringing it forward from version 0: a row that points to "
                 "another which is not there");
    assert_true(slice_equals(was, bytes_of(old, &after)));
    file_close(&before);
    file_close(&after);
}

/* Where a failed disk kept the file from being read again, its copy stays. */
static void drop_copies(void)
{
    char copy[SMALL_CASE_PATH + 24];
    snprintf(copy, sizeof copy, "%s.version-0", old);
    unlink(copy);
}

static void a_disk_that_fails_leaves_the_old_file(void **state)
{
    (void)state;
    struct casefile *casefile = NULL;
    unsigned at = 1;
    for (; casefile == NULL; at++) {
        struct error error = {0};
        drop_copies();
        failing_disk_at(DISK_FULL, at);
        casefile = casefile_open(old, CASEFILE_WRITE, &error);
        failing_disk_at(DISK_FULL, 0);
        if (casefile == NULL && error.kind != ERROR_IO)
            fail_msg("at %u: %s", at, error.text);
        assert_true(at < 400);
    }
    assert_true(at > 3);
    check_holds(casefile);
    assert_string_equal(casefile_kept_as(casefile) + strlen(old), ".version-0");
    casefile_close(casefile);
}

/* As it was made, and without a copy. */
static void put_back(const struct file *file)
{
    FILE *to = fopen(old, "wbe");
    drop_copies();
    assert_non_null(to);
    assert_int_equal(fwrite(file->bytes.data, 1, file->bytes.length, to),
                     file->bytes.length);
    assert_int_equal(fclose(to), 0);
}

/* Whether a failure was met; the next try brings it forward all the same. */
static bool open_failing(const struct file *whole, unsigned *failed)
{
    struct error error = {0};
    struct casefile *casefile = casefile_open(old, CASEFILE_WRITE, &error);
    bool was_met = failing_part_was_met() && failing_file_was_met();
    failing_part_at(PART_STATEMENTS, 0);
    failing_file_at(0);
    if (casefile == NULL) {
        assert_true(was_met && error.text[0] != '\0');
        ++*failed;
        casefile = casefile_open(old, CASEFILE_WRITE, &error);
    }
    if (casefile == NULL)
        fail_msg("%s", error.text);
    check_holds(casefile);
    casefile_close(casefile);
    put_back(whole);
    return was_met;
}

static void whatever_fails_leaves_the_old_file(void **state)
{
    (void)state;
    struct file whole;
    unsigned failed = 0, at;
    bytes_of(old, &whole);
    for (int i = 0; i < QUERY_COUNT; i++)
        for (at = 1; at < 40; at += 1 + at / 2) {
            failing_statement_at((enum query)i, at);
            if (!open_failing(&whole, &failed))
                break;
        }
    assert_true(failed > 20);
    for (at = 1;; at += 1 + at / 8) {
        failing_part_at(PART_ARENAS, at);
        if (!open_failing(&whole, &failed))
            break;
    }
    for (at = 1;; at++) {
        failing_file_at(at);
        if (!open_failing(&whole, &failed))
            break;
    }
    file_close(&whole);
}

static void a_touched_reading_does_not_keep_the_rest_closed(void **state)
{
    (void)state;
    struct error error = {0};
    char words[600];
    sqlite3 *raw;
    assert_int_equal(sqlite3_open(old, &raw), SQLITE_OK);
    run_sql(raw, "UPDATE reading SET body = x'7B7D' WHERE document = 2");
    sqlite3_close(raw);
    struct casefile *casefile = casefile_open(old, CASEFILE_WRITE, &error);
    if (casefile == NULL)
        fail_msg("%s", error.text);
    assert_int_equal(found(casefile, "tanker"), 1);
    assert_int_equal(found(casefile, "Odanga"), 0);
    assert_int_equal(small_case_faults(casefile, words), 1);
    assert_string_equal(words, "altered: the reading of letter.txt: the "
                               "reading is not what its hash says\n");
    casefile_close(casefile);
}

static void a_number_below_all_versions_is_no_case(void **state)
{
    (void)state;
    struct error error = {0};
    sqlite3 *raw;
    assert_int_equal(sqlite3_open(old, &raw), SQLITE_OK);
    run_sql(raw, "PRAGMA user_version = -1");
    sqlite3_close(raw);
    assert_null(casefile_open(old, CASEFILE_WRITE, &error));
    assert_error(error, ERROR_CORRUPT, "not a case file");
}

#define EACH(name)                                                             \
    cmocka_unit_test_setup_teardown(name, make_version_0, remove_old)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(an_older_file_has_the_tables_of_a_new_one),
        cmocka_unit_test_setup_teardown(
            an_older_file_has_the_tables_of_a_new_one, make_version_1,
            remove_old),
        cmocka_unit_test_setup_teardown(an_older_file_keeps_what_it_found,
                                        make_version_2, remove_old),
        EACH(the_file_as_it_was_is_kept_under_a_fresh_name),
        EACH(a_reference_to_nothing_stops_it),
        EACH(a_disk_that_fails_leaves_the_old_file),
        EACH(whatever_fails_leaves_the_old_file),
        EACH(a_touched_reading_does_not_keep_the_rest_closed),
        EACH(a_number_below_all_versions_is_no_case),
    };
    failing_disk_install();
    return cmocka_run_group_tests_name("migration", tests, NULL, NULL);
}
