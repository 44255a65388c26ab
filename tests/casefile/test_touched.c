/*
 * test_touched.c - whatever is changed behind the ledger's back is found, and
 * named: bits flipped in every column of the sealed tables, rows dropped,
 * swapped and added.
 */
#include "test.h"

#include <sqlite3.h>

#include "small_case.h"

static char path[SMALL_CASE_PATH];
static sqlite3 *raw;

static int make_case(void **state)
{
    (void)state;
    small_case_make(path);
    assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
    return 0;
}

static int remove_case(void **state)
{
    (void)state;
    sqlite3_close(raw);
    small_case_remove(path);
    return 0;
}

static void run_sql(const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(raw, sql, NULL, NULL, &why) != SQLITE_OK)
        fail_msg("%s: %s", sql, why);
}

static size_t faults(char words[600])
{
    struct error error = {0};
    struct casefile *casefile = casefile_open(path, CASEFILE_READ, &error);
    if (casefile == NULL)
        fail_msg("%s", error.text);
    size_t count = small_case_faults(casefile, words);
    casefile_close(casefile);
    return count;
}

/* Columns of sealed tables, but for the secret of the key: that it opens is
 * known only with the passphrase. Ids of rows are no content: the key of a
 * table and nothing else. */
static const char *const columns[][2] = {
    {"ledger", "kind"},        {"ledger", "time"},
    {"ledger", "key"},         {"ledger", "commitment"},
    {"ledger", "salt"},        {"ledger", "body"},
    {"ledger", "position"},    {"node", "digest"},
    {"node", "level"},         {"node", "number"},
    {"signing_key", "entry"},  {"signing_key", "fingerprint"},
    {"signing_key", "public"}, {"checkpoint", "size"},
    {"checkpoint", "note"},    {"content", "sha256"},
    {"content", "bytes"},      {"chunk", "id"},
    {"chunk", "bytes"},        {"document", "entry"},
    {"document", "sha256"},    {"document", "bytes"},
    {"document", "content"},   {"document", "name"},
    {"document", "source"},    {"text", "entry"},
    {"text", "document"},      {"text", "version"},
    {"text", "content"},       {"text", "method"},
    {"text", "map"},
    {"review", "entry"},       {"review", "key"},
    {"review", "document"},    {"review", "finding"},
    {"review", "kind"},        {"review", "decision"},
    {"review", "fields"},      {"review", "text_sha256"},
    {"review", "begin"},       {"review", "end"},
    {"review", "quote"},       {"review", "prefix"},
    {"review", "suffix"},      {"review", "reviewer"},
    {"review", "time"},        {"review", "why"},
};
enum { COLUMNS = sizeof columns / sizeof *columns, FLIPS = 1000 };

/* A value of a cell, as it is and as it is put back. */
struct cell {
    int type;
    sqlite3_int64 integer;
    char bytes[4096];
    size_t length;
};

static struct cell cell_of(sqlite3_stmt *statement)
{
    struct cell cell = {.type = sqlite3_column_type(statement, 0)};
    cell.integer = sqlite3_column_int64(statement, 0);
    if (cell.type == SQLITE_INTEGER)
        return cell;
    const void *bytes = sqlite3_column_blob(statement, 0);
    cell.length = (size_t)sqlite3_column_bytes(statement, 0);
    assert_in_range(cell.length, 1, sizeof cell.bytes);
    memcpy(cell.bytes, bytes, cell.length);
    return cell;
}

static void bind_cell(sqlite3_stmt *statement, int at, const struct cell *cell)
{
    if (cell->type == SQLITE_INTEGER)
        sqlite3_bind_int64(statement, at, cell->integer);
    else if (cell->type == SQLITE_TEXT)
        sqlite3_bind_text(statement, at, cell->bytes, (int)cell->length,
                          SQLITE_TRANSIENT);
    else
        sqlite3_bind_blob(statement, at, cell->bytes, (int)cell->length,
                          SQLITE_TRANSIENT);
}

/* False where the table would not take the value. */
static bool put(const char *const names[2], const struct cell *to,
                const struct cell *from)
{
    char sql[400];
    sqlite3_stmt *update;
    snprintf(sql, sizeof sql, "UPDATE %s SET \"%s\" = ?1 WHERE \"%s\" = ?2",
             names[0], names[1], names[1]);
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &update, NULL),
                     SQLITE_OK);
    bind_cell(update, 1, to);
    bind_cell(update, 2, from);
    bool is_put = sqlite3_step(update) == SQLITE_DONE;
    sqlite3_finalize(update);
    return is_put;
}

/* A cell of the column, any but an empty one; false where there is none. */
static bool pick(const char *const names[2], struct cell *cell)
{
    char sql[400];
    sqlite3_stmt *select;
    snprintf(sql, sizeof sql,
             "SELECT \"%s\" FROM %s WHERE \"%s\" IS NOT NULL AND \"%s\" <> '' "
             "ORDER BY random() LIMIT 1",
             names[1], names[0], names[1], names[1]);
    assert_int_equal(sqlite3_prepare_v2(raw, sql, -1, &select, NULL),
                     SQLITE_OK);
    bool is_there = sqlite3_step(select) == SQLITE_ROW;
    if (is_there)
        *cell = cell_of(select);
    sqlite3_finalize(select);
    return is_there;
}

static struct cell flipped(const struct cell *cell, uint64_t *seed)
{
    struct cell other = *cell;
    if (cell->type == SQLITE_INTEGER)
        other.integer ^= (sqlite3_int64)1 << test_random(seed) % 40;
    else
        other.bytes[test_random(seed) % cell->length] ^=
            (char)(1 << test_random(seed) % 7);
    return other;
}

static void keep_copy(const char *name)
{
    char sql[200];
    snprintf(sql, sizeof sql, "VACUUM INTO '%.100s-%s'", path, name);
    run_sql(sql);
}

/* The file as it was. */
static void put_back(void)
{
    char copy[SMALL_CASE_PATH + 8];
    sqlite3 *from;
    snprintf(copy, sizeof copy, "%s-kept", path);
    assert_int_equal(sqlite3_open(copy, &from), SQLITE_OK);
    sqlite3_backup *backup = sqlite3_backup_init(raw, "main", from, "main");
    assert_non_null(backup);
    assert_int_equal(sqlite3_backup_step(backup, -1), SQLITE_DONE);
    assert_int_equal(sqlite3_backup_finish(backup), SQLITE_OK);
    sqlite3_close(from);
}

static void every_flipped_bit_is_found_and_named(void **state)
{
    (void)state;
    uint64_t seed = 20190513;
    size_t count = 0;
    char words[600];
    run_sql("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF");
    keep_copy("kept");
    assert_int_equal(faults(words), 0);
    for (size_t i = 0; count < FLIPS; i++) {
        const char *const *names = columns[i % COLUMNS];
        struct cell was, is;
        assert_true(i < 3 * FLIPS);
        if (!pick(names, &was))
            continue;
        is = flipped(&was, &seed);
        if (!put(names, &is, &was))
            continue;
        count++;
        if (faults(words) == 0)
            fail_msg("flip %zu in %s.%s was not found", i, names[0], names[1]);
        assert_true(strlen(words) > 12);
        /* Where other rows had the flipped value too, this changes them. */
        if (!put(names, &was, &is) || faults(words) > 0)
            put_back();
    }
    assert_int_equal(faults(words), 0);
}

static void rows_that_are_dropped_swapped_or_added_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *told;
    } changes[] = {
        {"DELETE FROM review WHERE id = 1", "missing: the review"},
        {"DELETE FROM ledger WHERE position = 3", "entry 3"},
        {"DELETE FROM ledger WHERE position > 6", "cut back"},
        {"DELETE FROM ledger WHERE position > 11; DELETE FROM node WHERE "
         "level = 0 AND number > 11; DELETE FROM signing_key",
         ""},
        {"DELETE FROM chunk", "altered"},
        {"DELETE FROM text WHERE id = 2", "missing: the text"},
        {"INSERT INTO content VALUES (77, 'x', 3)", "added: content"},
        {"INSERT INTO chunk VALUES (99999999999, x'00')", "added: bytes"},
        {"UPDATE ledger SET body = NULL, salt = NULL WHERE position = 2",
         "missing: entry 2"},
        {"UPDATE ledger SET position = -1 WHERE position = 2; UPDATE ledger "
         "SET position = 2 WHERE position = 3; UPDATE ledger SET position = 3 "
         "WHERE position = -1",
         ""},
        {"INSERT INTO ledger SELECT position + 1, kind, time, key, commitment, "
         "salt, body FROM ledger ORDER BY position DESC LIMIT 1",
         ""},
        {"UPDATE finding SET \"end\" = \"end\" + 1 WHERE id = 2", "passage"},
        {"UPDATE reading SET body = CAST(replace(body, 'deny', 'true') AS "
         "BLOB)",
         "reading of"},
        {"DELETE FROM signing_key", ""},
    };
    char words[600];
    run_sql("PRAGMA foreign_keys = OFF");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        run_sql(changes[i].sql);
        if (faults(words) == 0)
            fail_msg("not found: %s", changes[i].sql);
        /* The last told is one of several; the words are somewhere in it
         * where one is enough to name the change. */
        if (i == 6 || i == 7)
            assert_non_null(strstr(words, changes[i].told));
        put_back();
        assert_int_equal(faults(words), 0);
    }
}

static void a_finding_that_is_not_its_readings_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *told;
    } changes[] = {
        {"UPDATE finding SET who = 'Nobody' WHERE id = 3", ": its who is not"},
        {"UPDATE finding SET says = 'demand' WHERE id = 2",
         ": its says is not"},
        {"UPDATE finding SET act = 'killing' WHERE id = 4", ": its act is not"},
        {"UPDATE finding SET place = 'Molo' WHERE id = 4",
         ": its place is not"},
        {"UPDATE finding SET first = '1999' WHERE id = 4",
         ": its first date is not"},
        {"UPDATE finding SET last = NULL WHERE id = 4",
         ": its last date is not"},
        {"UPDATE finding SET status = 'rejected' WHERE id = 3",
         ": its status is not"},
        {"UPDATE finding SET confidence = 0.8 WHERE id = 4",
         ": its confidence is not"},
        {"UPDATE finding SET confidence = NULL WHERE id = 4",
         ": its confidence is not"},
        {"UPDATE finding SET local = 'c2' WHERE id = 4", ": its id is not"},
        {"DELETE FROM review_target WHERE finding = 1", ": its status is not"},
        {"DELETE FROM review WHERE id = 1", ": its status is not"},
        {"DELETE FROM finding WHERE id = 4", "missing: finding c-"},
        {"UPDATE finding SET key = 'c-zzzz' WHERE id = 4",
         "missing: finding c-"},
        {"INSERT INTO finding SELECT NULL, 'c-zzzz', document, kind, NULL, "
         "who, says, act, place, first, last, \"begin\", \"end\", "
         "quote_sha256, confidence, status, passage FROM finding WHERE id = 4",
         "added: finding c-zzzz of letter.txt: its reading does not have it"},
    };
    char words[600];
    run_sql("PRAGMA foreign_keys = OFF");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        run_sql(changes[i].sql);
        if (faults(words) == 0 || strstr(words, changes[i].told) == NULL)
            fail_msg("%s: '%s'", changes[i].sql, words);
        put_back();
        assert_int_equal(faults(words), 0);
    }
}

static void what_search_finds_otherwise_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *told;
    } changes[] = {
        {"UPDATE passage SET \"end\" = \"end\" - 1 WHERE id = 2",
         "altered: the passages of letter.txt are not those of its reading"},
        {"DELETE FROM passage WHERE id = 2", "altered: the passages of letter"},
        {"INSERT INTO passage SELECT 9, document, \"end\", \"end\" + 1 FROM "
         "passage WHERE id = 2",
         "altered: the passages of letter"},
        {"INSERT INTO passage_index (passage_index, rowid, words) VALUES "
         "('delete', 2, 'Felix Odanga said that Kawango was beaten at Molo.')",
         "altered: search looks passages of letter.txt up under other words"},
        {"INSERT INTO passage_index (rowid, words) VALUES (77, 'Felix')",
         "added: search knows passages that are not there"},
        {"INSERT INTO finding_index (rowid, who) VALUES (3, 'Odanga')",
         "altered: search looks findings of letter.txt up under other words"},
        {"UPDATE name_word SET uses = uses + 1 WHERE word = 'felix'",
         "altered: the words of names that search knows"},
        {"DELETE FROM name_word", "altered: the words of names"},
        {"UPDATE finding SET passage = 1 WHERE id = 4",
         "letter.txt: search shows another passage"},
        {"DELETE FROM reading WHERE document = 2",
         "of letter.txt: it was not read"},
    };
    char words[600];
    run_sql("PRAGMA foreign_keys = OFF");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        run_sql(changes[i].sql);
        if (faults(words) == 0 || strstr(words, changes[i].told) == NULL)
            fail_msg("%s: '%s'", changes[i].sql, words);
        put_back();
        assert_int_equal(faults(words), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_flipped_bit_is_found_and_named),
        cmocka_unit_test(rows_that_are_dropped_swapped_or_added_are_named),
        cmocka_unit_test(a_finding_that_is_not_its_readings_is_named),
        cmocka_unit_test(what_search_finds_otherwise_is_named),
    };
    return cmocka_run_group_tests_name("touched", tests, make_case,
                                       remove_case);
}
