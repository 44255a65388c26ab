/*
 * test_plans.c - no statement goes through a whole table, unless it is meant
 * to: what is quick with ten documents must be quick with ten thousand.
 */
#include "test.h"

#include <sqlite3.h>

#include "casefile_parts.h"
#include "small_case.h"
#include "sql.h"

/* Statements that are about all rows, or about tables of a few. */
static const char *const scanning[] = {
    "checkpoint_by_size", /* checkpoints are few */
    "checkpoint_last",
    "checkpoint_list",
    "chunk_lost", /* of verify */
    "content_list",
    "content_unused", /* of verify */
    "document_count",
    "document_hashes",
    "key_in_force",
    "key_list",
    "ledger_entries_last", /* from the end, as many as are
                              asked for */
    "ledger_rows",
    "list_acts", /* counts and groups are about all findings; they are kept
                    until the ledger grows (lists.h) */
    "list_actor_findings",
    "list_actors",
    "list_documents_added", /* as many as are shown, in the order of the table
                             */
    "list_documents_sorted",
    "list_kinds",
    "list_months",
    "list_places",
    "list_says",
    "list_speakers",
    "list_statuses",
    "name_word_all",
    "name_word_uses",
    "passage_words",
    "node_count",
    "reading_count",
    "reading_list",
    "review_count",
    "search_findings", /* where nothing else is asked, until it has enough */
    "search_named",    /* what its subquery found */
    "search_passages",
    "search_passages_by_date",
    "stamp_list", /* so are stamps */
    "stamp_waiting",
    "text_count",
};

static bool is_in(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* A virtual table has its own index; a subquery is what was found already. */
static bool is_scan(const char *step)
{
    return strncmp(step, "SCAN", 4) == 0 &&
           strstr(step, "VIRTUAL TABLE") == NULL &&
           strstr(step, "(sub") == NULL && strstr(step, "CONSTANT") == NULL;
}

/* The first step of the plan that is a scan, or an empty string. Statements
 * that SQLite makes no plan for (settings, begin) have none. */
static void scan_of(sqlite3 *database, const char *text, char step[200])
{
    char question[8192];
    sqlite3_stmt *plan = NULL;
    step[0] = '\0';
    snprintf(question, sizeof question, "EXPLAIN QUERY PLAN %s", text);
    if (sqlite3_prepare_v2(database, question, -1, &plan, NULL) != SQLITE_OK)
        fail_msg("%s: %s", text, sqlite3_errmsg(database));
    while (step[0] == '\0' && sqlite3_step(plan) == SQLITE_ROW) {
        const char *told = (const char *)sqlite3_column_text(plan, 3);
        if (is_scan(told))
            snprintf(step, 200, "%s", told);
    }
    sqlite3_finalize(plan);
}

static bool has_plan(const char *name)
{
    static const char *const others[] = {
        "application_id", "begin",    "begin_read", "commit",
        "quick_check",    "rollback", "schema",     "schema_version",
        "shown_new",      "vacuum"};
    return strncmp(name, "settings", 8) != 0 && strstr(name, "_new") == NULL &&
           strncmp(name, "migrate_", 8) != 0 &&
           !is_in(name, others, sizeof others / sizeof *others);
}

static void nothing_scans_a_table_unless_it_is_meant_to(void **state)
{
    (void)state;
    char path[SMALL_CASE_PATH], step[200];
    struct error error = {0};
    small_case_path(path);
    struct casefile *casefile = casefile_create(path, &error);
    assert_non_null(casefile);
    assert_true(sql_script(casefile, QUERY_SHOWN_NEW, &error));
    assert_true(sql_script(casefile, QUERY_PASSAGE_WORDS_NEW, &error));
    assert_true(sql_script(casefile, QUERY_FINDING_WORDS_NEW, &error));
    for (size_t i = 0; i < QUERY_COUNT; i++) {
        const char *name = query_names[i];
        if (!has_plan(name))
            continue;
        scan_of(casefile->database, query_texts[i], step);
        bool is_meant =
            is_in(name, scanning, sizeof scanning / sizeof *scanning);
        if (step[0] != '\0' && !is_meant)
            fail_msg("%s: %s", name, step);
    }
    casefile_close(casefile);
    small_case_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_scans_a_table_unless_it_is_meant_to),
    };
    return cmocka_run_group_tests_name("plans", tests, NULL, NULL);
}
