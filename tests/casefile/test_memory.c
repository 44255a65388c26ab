/*
 * test_memory.c - memory that runs out at any step of using a case, ours,
 * SQLite's or the JSON library's: a clear word, all or nothing, and the file
 * verifies.
 */
#include "test.h"

#include <stdio.h>

#include "casefile_unsafe.h"
#include "documents.h"
#include "entries.h"
#include "erase.h"
#include "failing_memory.h"
#include "file.h"
#include "key_store.h"
#include "reading_store.h"
#include "reviews.h"
#include "search.h"
#include "small_case.h"
#include "verify.h"

static char path[SMALL_CASE_PATH], copy_path[SMALL_CASE_PATH + 8];
static struct file whole;

static int make_case(void **state)
{
    (void)state;
    struct error error = {0};
    small_case_make(path);
    snprintf(copy_path, sizeof copy_path, "%s.copy", path);
    assert_true(file_read(path, (size_t)1 << 26, &whole, &error));
    return 0;
}

static int remove_case(void **state)
{
    (void)state;
    file_close(&whole);
    small_case_remove(path);
    return 0;
}

/* The case as it was made. */
static void put_back(void)
{
    FILE *file = fopen(path, "wbe");
    assert_non_null(file);
    assert_int_equal(fwrite(whole.bytes.data, 1, whole.bytes.length, file),
                     whole.bytes.length);
    assert_int_equal(fclose(file), 0);
    (void)remove(copy_path);
}

/* What one does with a case, in a transaction where it needs one. */
struct use {
    struct casefile *casefile;
    struct arena *arena;
    struct error *error;
};

static bool decide(struct use *use)
{
    static const struct review given[] = {
        {.decision = "accepted", .reviewer = "B. Wafula", .why = "heard it"},
        {.decision = "corrected",
         .reviewer = "B. Wafula",
         .fields = "{\"who\":\"Ali\",\"says\":\"ask\",\"act\":\"beating\","
                   "\"place\":\"Molo\",\"first\":\"2019\",\"last\":null,"
                   "\"span\":\"0-5\"}"},
        {.decision = "rejected", .reviewer = "B. Wafula"},
    };
    struct findings findings;
    char key[CASEFILE_KEY_SIZE];
    if (!findings_of_document(use->casefile, 2, use->arena, &findings,
                              use->error))
        return false;
    for (size_t i = 0; i < 3; i++)
        if (!review_finding(use->casefile, &findings.items[i % 2], &given[i],
                            key, use->error))
            return false;
    char fields[100];
    snprintf(fields, sizeof fields, "{\"with\":[\"%s\"]}",
             findings.items[0].key);
    const struct review merged = {
        .decision = "merged", .reviewer = "B. Wafula", .fields = fields};
    const struct review added = {.reviewer = "B. Wafula",
                                 .document = 3,
                                 .kind = "act",
                                 .span = {0, 9},
                                 .fields = "{\"act\":\"shooting\"}"};
    return review_finding(use->casefile, &findings.items[1], &merged, key,
                          use->error) &&
           review_add_finding(use->casefile, &added, key, use->error) &&
           review_undo(use->casefile, findings.items[0].key, &given[0],
                       use->error);
}

static bool read_again(struct use *use)
{
    struct slice text = slice_of(small_case_texts[0]);
    return reading_keep(
        use->casefile, 1, 1, text, "another model",
        slice_of("{\"document\":{\"id\":\"x\"},\"claims\":[{\"id\":\"c1\","
                 "\"act\":\"assert\",\"content\":[[20,44]]}]}"),
        use->error);
}

static bool sign(struct use *use)
{
    struct signing_key before = {0}, after = {0};
    const struct sealing_cost cheap = {1, 8192};
    char origin[NOTE_NAME_SIZE], sealed[SEALED_KEY_SIZE], *old;
    struct slice note, query;
    bool is_done =
        entry_origin(use->casefile, origin, use->error) &&
        entry_key_in_force(use->casefile, use->arena, &old, use->error) &&
        signing_key_open(slice_of(old), slice_of("secret"), &before,
                         use->error) &&
        signing_key_new(origin, &after, use->error) &&
        signing_key_seal(&after, slice_of("other"), cheap, sealed,
                         use->error) &&
        entry_key_change(use->casefile, &before, &after, sealed, use->arena,
                         use->error) &&
        key_store_reseal(use->casefile, &after.key, sealed, use->error) &&
        entry_checkpoint(use->casefile, &after, use->arena, &note,
                         use->error) &&
        stamp_ask(use->casefile, use->arena, &query, use->error);
    signing_key_close(&before);
    signing_key_close(&after);
    return is_done;
}

static bool in_transaction(struct use *use, bool (*what)(struct use *))
{
    if (!casefile_begin(use->casefile, use->error))
        return false;
    if (what(use) && casefile_commit(use->casefile, use->error))
        return true;
    casefile_rollback(use->casefile);
    return false;
}

static bool write_all(struct use *use)
{
    const int64_t third = 3;
    return casefile_unsynchronised(use->casefile, use->error) &&
           small_case_add_report(use->casefile, use->error) &&
           in_transaction(use, decide) && in_transaction(use, read_again) &&
           in_transaction(use, sign) &&
           casefile_copy(use->casefile, copy_path, use->error) &&
           casefile_erase(use->casefile, &third, 1, "court", "an order",
                          use->error);
}

static enum memory lacking;

/* Without memory it is not said that something was touched; but for jansson,
 * which cannot tell a string that it had no room for from none. */
static void no_fault(void *context, const char *what, const char *where)
{
    (void)context;
    if (lacking != MEMORY_OF_JSON)
        fail_msg("%s: %s", what, where);
}

static bool list_all(struct use *use)
{
    struct review review = {0};
    struct reviews reviews;
    int64_t *documents;
    size_t count;
    bool is_there = true, is_stranded;
    while (is_there) {
        if (!review_after(use->casefile, review.id, use->arena, &review,
                          &is_there, use->error) ||
            (is_there &&
             (!review_is_stranded(use->casefile, &review, &is_stranded,
                                  use->error) ||
              !reviews_of_finding(use->casefile, review.finding, use->arena,
                                  &reviews, use->error))))
            return false;
    }
    struct kept_checkpoint last;
    return casefile_naming(use->casefile, "smoke", use->arena, &documents,
                           &count, use->error) &&
           count == 1 && key_store_count(use->casefile, &count, use->error) &&
           count == 1 &&
           checkpoint_last(use->casefile, use->arena, &last, use->error);
}

static bool look_at_all(struct use *use)
{
    static const char *const searches[] = {"march",
                                           "beat* OR \"fired on\"",
                                           "NEAR(officers march 5)",
                                           "who:feli",
                                           "who:felxi,resid* kind:c*",
                                           "says:deny of date:2019..2020",
                                           "status:corrected"};
    struct verify_counts counts;
    const struct verify verify = {.casefile = use->casefile, .fault = no_fault};
    for (size_t i = 0; i < sizeof searches / sizeof *searches; i++) {
        struct search_hits hits;
        const struct search search = {
            .words = searches[i], .limit = 9, .by_date = i % 2};
        if (!casefile_search(use->casefile, &search, use->arena, &hits,
                             use->error))
            return false;
    }
    return list_all(use) && casefile_verify(&verify, &counts, use->error);
}

static bool use_case(bool (*what)(struct use *), struct error *error)
{
    struct use use = {.error = error};
    use.casefile = casefile_open(path, CASEFILE_WRITE, error);
    use.arena = use.casefile == NULL ? NULL : arena_new((size_t)1 << 26);
    bool is_done = use.arena != NULL && what(&use);
    if (use.casefile != NULL && use.arena == NULL)
        error_set(error, ERROR_LIMIT, "out of memory");
    arena_release(use.arena);
    casefile_close(use.casefile);
    return is_done;
}

static void check_holds(unsigned at)
{
    struct error error = {0};
    char words[600];
    struct casefile *casefile = casefile_open(path, CASEFILE_READ, &error);
    if (casefile == NULL)
        fail_msg("at %u: %s", at, error.text);
    if (small_case_faults(casefile, words) > 0)
        fail_msg("at %u: %s", at, words);
    casefile_close(casefile);
}

/* Every step at first, then wider ones: there are thousands. */
static void fail_each(bool (*what)(struct use *), enum memory of,
                      unsigned widening, bool changes)
{
    unsigned failures = 0;
    put_back();
    lacking = of;
    for (unsigned at = 1;; at += 1 + at / widening) {
        struct error error = {0};
        if (changes)
            put_back();
        failing_memory_at(of, at);
        bool is_done = use_case(what, &error);
        bool was_met = failing_memory_was_met();
        failing_memory_at(of, 0);
        failures += !is_done;
        if (!is_done && (!was_met || error.text[0] == '\0'))
            fail_msg("kind %d, at %u: '%s'", (int)of, at, error.text);
        if (changes)
            check_holds(at);
        if (!was_met)
            break;
    }
    assert_true(failures > 20);
}

static void none_of_ours_is_told_and_nothing_is_lost(void **state)
{
    (void)state;
    fail_each(write_all, MEMORY_OF_ARENAS, 50, true);
    fail_each(look_at_all, MEMORY_OF_ARENAS, 80, false);
}

static void none_for_json_is_told_and_nothing_is_lost(void **state)
{
    (void)state;
    fail_each(write_all, MEMORY_OF_JSON, 20, true);
    fail_each(look_at_all, MEMORY_OF_JSON, 20, false);
}

static void none_for_sqlite_is_told_and_nothing_is_lost(void **state)
{
    (void)state;
    fail_each(write_all, MEMORY_OF_SQLITE, 12, true);
    fail_each(look_at_all, MEMORY_OF_SQLITE, 12, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            none_of_ours_is_told_and_nothing_is_lost, make_case, remove_case),
        cmocka_unit_test_setup_teardown(
            none_for_json_is_told_and_nothing_is_lost, make_case, remove_case),
        cmocka_unit_test_setup_teardown(
            none_for_sqlite_is_told_and_nothing_is_lost, make_case,
            remove_case),
    };
    failing_memory_install();
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
