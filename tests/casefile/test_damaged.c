/*
 * test_damaged.c - a case whose rows somebody changed with another program:
 * whatever is done with it ends well or says why, and verify names it.
 */
#include "test.h"

#include <sqlite3.h>

#include "case_uses.h"
#include "small_case.h"

/* Rows that no madai writes. */
static const char *const damages[] = {
    "UPDATE ledger SET key = x'00' WHERE position = 2",
    "UPDATE ledger SET commitment = x'00' WHERE position = 2",
    "UPDATE ledger SET salt = x'00' WHERE position = 2",
    "UPDATE ledger SET kind = printf('%040d', 0) WHERE position = 2",
    "UPDATE ledger SET time = printf('%040d', 0) WHERE position = 2",
    "UPDATE ledger SET salt = NULL WHERE position = 2",
    "UPDATE ledger SET body = NULL WHERE position = 2",
    "UPDATE ledger SET body = x'7B7D' WHERE position = 0",
    "UPDATE ledger SET body = x'FF' WHERE position = 0",
    "UPDATE ledger SET body = CAST('{\"origin\":\"' || printf('%0200d', 0) || "
    "'\"}' AS BLOB) WHERE position = 0",
    "UPDATE node SET digest = x'00'",
    "DELETE FROM node WHERE level = 0 AND number = 1",
    "DELETE FROM node WHERE level > 0",
    "UPDATE signing_key SET fingerprint = x'00'",
    "UPDATE signing_key SET public = 'none'",
    "UPDATE checkpoint SET note = 'none'",
    "UPDATE checkpoint SET size = 4000",
    "UPDATE checkpoint SET size = -4",
    "INSERT INTO stamp VALUES (7, 1, x'30', x'30', 'none', 'then', 'him')",
    "UPDATE content SET sha256 = printf('%0200d', id)",
    "UPDATE content SET bytes = 9000000000",
    "UPDATE content SET bytes = 3",
    "DELETE FROM content WHERE id = 2",
    "DELETE FROM chunk",
    "INSERT INTO chunk VALUES (16777217, x'30')",
    "INSERT INTO content VALUES (90, 'none', 0)",
    "UPDATE document SET sha256 = 'none' WHERE id = 2",
    "UPDATE document SET entry = 4000 WHERE id = 2",
    "UPDATE document SET entry = -1 WHERE id = 2",
    "UPDATE document SET name = CAST(x'FF' AS TEXT) WHERE id = 2",
    "UPDATE document SET content = NULL WHERE id = 2",
    "DELETE FROM document WHERE id = 2",
    "DELETE FROM text WHERE id = 2",
    "UPDATE text SET version = 7 WHERE id = 2",
    "UPDATE text SET method = 'another' WHERE id = 2",
    "UPDATE text SET content = 1 WHERE id = 2",
    "INSERT INTO text (id, entry, document, version, content, method) VALUES "
    "(70, 71, 72, 1, 1, 'same')",
    "UPDATE reading SET text = 77 WHERE document = 2",
    "UPDATE reading SET body = x'7B7D' WHERE document = 2",
    "UPDATE reading SET sha256 = printf('%0200d', 0) WHERE document = 2",
    "DELETE FROM reading WHERE document = 2",
    "UPDATE finding SET \"end\" = 90000 WHERE document = 2",
    "UPDATE finding SET \"begin\" = -3 WHERE document = 2",
    "UPDATE finding SET \"begin\" = 40, \"end\" = 3 WHERE document = 2",
    "UPDATE finding SET quote_sha256 = x'00' WHERE document = 2",
    "UPDATE finding SET passage = 4000, confidence = NULL",
    "UPDATE finding SET kind = 'else', status = 'else'",
    "DELETE FROM finding WHERE document = 1",
    "UPDATE passage SET \"end\" = 90000",
    "UPDATE passage SET \"begin\" = 40, \"end\" = 3",
    "DELETE FROM passage",
    "DELETE FROM name_word",
    "UPDATE review SET fields = 'none' WHERE id = 2",
    "UPDATE review SET fields = '{\"span\":\"9-90000\"}' WHERE id = 2",
    "UPDATE review SET fields = '{\"span\":\"x\"}' WHERE id = 2",
    "UPDATE review SET decision = 'else', finding = 'x', kind = 'y'",
    "UPDATE review SET \"begin\" = 40, \"end\" = 3, text_sha256 = 'none'",
    "UPDATE review SET quote = CAST(x'FF' AS TEXT), key = 'k' || id",
    "UPDATE review SET document = 77",
    "DELETE FROM review",
    "DELETE FROM review_target",
    "UPDATE review_target SET finding = 3",
};

static void damage(const char *sql)
{
    sqlite3 *raw;
    case_uses_put_back();
    assert_int_equal(sqlite3_open(small_case_here, &raw), SQLITE_OK);
    if (sqlite3_exec(raw, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(raw));
    sqlite3_close(raw);
}

static void check_is_named(const char *sql)
{
    struct error error = {0};
    char words[600];
    struct casefile *casefile =
        casefile_open(small_case_here, CASEFILE_READ, &error);
    if (casefile == NULL)
        fail_msg("%s: %s", sql, error.text);
    if (small_case_faults(casefile, words) == 0)
        fail_msg("not named: %s", sql);
    casefile_close(casefile);
}

static void rows_that_somebody_changed_are_named_and_do_no_harm(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct error error = {0};
        damage(damages[i]);
        check_is_named(damages[i]);
        (void)!case_use_look(true, &error);
        (void)!case_use_write(&error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            rows_that_somebody_changed_are_named_and_do_no_harm,
            case_uses_set_up, case_uses_tear_down),
    };
    return cmocka_run_group_tests_name("damaged", tests, NULL, NULL);
}
