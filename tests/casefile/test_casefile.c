/*
 * test_casefile.c - opening, reviews through new readings, erasing.
 */
#include "test.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "casefile_parts.h"
#include "documents.h"
#include "erase.h"
#include "failing_file.h"
#include "file.h"
#include "key_store.h"
#include "lists.h"
#include "reading_store.h"
#include "reviews.h"
#include "small_case.h"
#include "sql.h"

static char path[SMALL_CASE_PATH];
static struct casefile *casefile;
static struct arena *arena;

static int make_case(void **state)
{
    (void)state;
    casefile = small_case_open(path);
    arena = arena_new((size_t)1 << 26);
    return arena == NULL;
}

static int remove_case(void **state)
{
    (void)state;
    casefile_close(casefile);
    arena_release(arena);
    small_case_remove(path);
    return 0;
}

static void run_sql(const char *sql)
{
    sqlite3 *raw;
    assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
    assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(raw);
}

static void every_statement_is_valid(void **state)
{
    (void)state;
    struct error error = {0};
    /* Some are of a table that is made while one searches. */
    assert_true(sql_script(casefile, QUERY_SHOWN_NEW, &error));
    assert_true(sql_script(casefile, QUERY_PASSAGE_WORDS_NEW, &error));
    assert_true(sql_script(casefile, QUERY_FINDING_WORDS_NEW, &error));
    for (size_t i = 0; i < QUERY_COUNT; i++) {
        sqlite3_stmt *statement = NULL;
        if (i != QUERY_SCHEMA && /* of another file */
            sqlite3_prepare_v2(casefile->database, query_texts[i], -1,
                               &statement, NULL) != SQLITE_OK)
            fail_msg("%s: %s", query_names[i],
                     sqlite3_errmsg(casefile->database));
        sqlite3_finalize(statement);
    }
}

static void what_is_no_case_is_refused(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(casefile_open("/no/such/case", CASEFILE_READ, &error));
    assert_error(error, ERROR_NOT_FOUND,
                 "cannot open: No such file or directory");
    assert_null(casefile_open("/tmp", CASEFILE_READ, &error));
    assert_error(error, ERROR_CORRUPT, "not a case file");
    assert_null(casefile_create(path, &error));
    assert_error(error, ERROR_USAGE, "is there already");
    assert_null(casefile_create("/no/such/case", &error));
    assert_error(error, ERROR_NOT_FOUND,
                 "cannot make: No such file or directory");
    run_sql("PRAGMA application_id = 7");
    assert_null(casefile_open(path, CASEFILE_READ, &error));
    assert_error(error, ERROR_CORRUPT, "not a case file");
    assert_int_equal(truncate(path, 5000), 0);
    assert_null(casefile_open(path, CASEFILE_READ, &error));
    assert_int_equal(error.kind, ERROR_CORRUPT);
}

static void a_newer_file_is_refused_kindly_and_left_alone(void **state)
{
    (void)state;
    struct error error = {0};
    run_sql("PRAGMA user_version = 4");
    assert_null(casefile_open(path, CASEFILE_WRITE, &error));
    assert_error(error, ERROR_USAGE,
                 "made by a newer madai (file version 4, this program knows "
                 "3); nothing was changed: open it with that one");
}

static void the_second_writer_waits_and_then_says_who_writes(void **state)
{
    (void)state;
    struct error error = {0};
    struct casefile *second = casefile_open(path, CASEFILE_WRITE, &error);
    assert_non_null(second);
    casefile_wait(second, 50);
    assert_true(casefile_begin(casefile, &error));
    assert_false(casefile_begin(second, &error));
    assert_int_equal(error.kind, ERROR_IO);
    assert_non_null(strstr(error.text, "is using the case; waited 0 s"));
    casefile_rollback(casefile);
    assert_true(casefile_begin(second, &error));
    casefile_rollback(second);
    casefile_close(second);
}

static void a_document_that_is_there_is_not_added_again(void **state)
{
    (void)state;
    struct error error = {0};
    assert_false(small_case_add(casefile, "again.txt", small_case_texts[0], 0,
                                9, &error));
    assert_error(error, ERROR_USAGE, "is in the case already");
}

/* A new reading of the first document, its claim from `begin` to `end`. */
static void read_again(uint32_t begin, uint32_t end)
{
    struct error error = {0};
    char json[400];
    struct slice text = slice_of(small_case_texts[0]);
    snprintf(json, sizeof json,
             "{\"document\":{\"id\":\"x\"},\"actors\":[{\"id\":\"a1\",\"name\":"
             "\"Them\",\"mentions\":[[0,16]]}],\"claims\":[{\"id\":\"c1\","
             "\"act\":\"assert\",\"content\":[[%u,%u]]}]}",
             begin, end);
    assert_true(casefile_begin(casefile, &error));
    if (!reading_keep(casefile, 1, 1, text, "another model", slice_of(json),
                      &error))
        fail_msg("%s", error.text);
    assert_true(casefile_commit(casefile, &error));
}

static size_t stranded(void)
{
    struct error error = {0};
    struct review review = {0};
    bool is_there = true, is_stranded;
    size_t count = 0;
    for (;;) {
        assert_true(review_after(casefile, review.id, arena, &review, &is_there,
                                 &error));
        if (!is_there)
            return count;
        assert_true(
            review_is_stranded(casefile, &review, &is_stranded, &error));
        count += is_stranded;
    }
}

static struct finding claim_of_first(void)
{
    struct error error = {0};
    struct findings findings;
    struct finding claim = {0};
    assert_true(findings_of_document(casefile, 1, arena, &findings, &error));
    for (size_t i = 0; i < findings.count; i++)
        if (strcmp(findings.items[i].kind, "claim") == 0)
            claim = findings.items[i];
    return claim;
}

static void a_review_outlives_a_new_reading(void **state)
{
    (void)state;
    struct error error = {0};
    char words[600];
    assert_string_equal(claim_of_first().status, "corrected");
    assert_string_equal(claim_of_first().says, "assert");
    /* Most of the passage: the same claim, better cut. */
    read_again(20, 44);
    assert_string_equal(claim_of_first().status, "corrected");
    assert_int_equal(claim_of_first().span.begin, 20);
    /* The actor's passage is another by two thirds: nobody is it now. */
    assert_int_equal(stranded(), 1);
    /* Elsewhere in the text: another claim. */
    read_again(45, 60);
    assert_string_equal(claim_of_first().status, "unreviewed");
    assert_int_equal(stranded(), 2);
    /* And back: nothing was lost on the way. */
    read_again(24, 44);
    assert_string_equal(claim_of_first().status, "corrected");
    assert_int_equal(stranded(), 1);
    assert_int_equal(small_case_faults(casefile, words), 0);
    (void)error;
}

static void what_is_taken_back_is_as_it_was_read(void **state)
{
    (void)state;
    struct error error = {0};
    const struct review given = {.reviewer = "B. Wafula"};
    struct finding claim = claim_of_first();
    assert_true(casefile_begin(casefile, &error));
    assert_true(review_undo(casefile, claim.key, &given, &error));
    assert_string_equal(claim_of_first().status, "unreviewed");
    assert_string_equal(claim_of_first().says, "deny");
    assert_false(review_undo(casefile, claim.key, &given, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_true(casefile_commit(casefile, &error));
}

static void a_finding_added_by_hand_outlives_a_new_reading(void **state)
{
    (void)state;
    struct error error = {0};
    char key[CASEFILE_KEY_SIZE];
    struct finding finding;
    struct review given = {.reviewer = "B. Wafula",
                           .document = 1,
                           .kind = "act",
                           .span = {49, 54},
                           .fields = "{\"act\":\"shooting\"}"};
    assert_true(casefile_begin(casefile, &error));
    assert_true(review_add_finding(casefile, &given, key, &error));
    given.span.end = 4000;
    assert_false(review_add_finding(casefile, &given, key + 0, &error));
    assert_int_equal(error.kind, ERROR_USAGE);
    casefile_rollback(casefile);
    given.span.end = 54;
    assert_true(casefile_begin(casefile, &error));
    assert_true(review_add_finding(casefile, &given, key, &error));
    assert_true(casefile_commit(casefile, &error));
    read_again(45, 60);
    assert_true(finding_find(casefile, key, arena, &finding, &error));
    assert_string_equal(finding.act, "shooting");
    assert_string_equal(finding.status, "added");
}

static void fields_that_say_nothing_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *decision, *fields, *told;
    } wrong[] = {
        {"corrected", NULL, "which field is wrong?"},
        {"corrected", "[1]", "fields are no JSON object"},
        {"corrected", "{\"says\":7}", "the field 'says' is no text"},
        {"corrected", "{\"span\":\"9\"}",
         "a span is two numbers of bytes, as 12-40"},
        {"corrected", "{\"span\":\"9-4000\"}",
         "the place 9-4000 lies outside the text"},
        {"merged", "{}", "with which other finding?"},
        {"praised", NULL, "'praised' is no decision"},
    };
    struct finding claim = claim_of_first();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct error error = {0};
        char key[CASEFILE_KEY_SIZE];
        const struct review given = {.decision = wrong[i].decision,
                                     .fields = wrong[i].fields,
                                     .reviewer = "C"};
        assert_true(casefile_begin(casefile, &error));
        assert_false(review_finding(casefile, &claim, &given, key, &error));
        assert_error(error, ERROR_USAGE, wrong[i].told);
        casefile_rollback(casefile);
    }
}

/* Whether the bytes stand in the case file or its journal. */
static bool stands(const char *word)
{
    static const char *const ends[] = {"", "-journal"};
    bool is_there = false;
    for (size_t i = 0; i < 2; i++) {
        char name[SMALL_CASE_PATH + 16];
        struct error error;
        struct file file;
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        if (!file_read(name, (size_t)1 << 28, &file, &error))
            continue;
        is_there = is_there || memmem(file.bytes.data, file.bytes.length, word,
                                      strlen(word)) != NULL;
        file_close(&file);
    }
    return is_there;
}

static bool stop_at_hash(void *context, struct slice sha256)
{
    ++*(unsigned *)context;
    assert_int_equal(sha256.length, 64);
    return false;
}

static bool stop_at_key(void *context, const struct note_key *key,
                        uint64_t entry)
{
    ++*(unsigned *)context;
    assert_true(key->name[0] != '\0' && entry > 0);
    return false;
}

static bool stop_at_size(void *context,
                         const struct earlier_checkpoint *earlier)
{
    ++*(unsigned *)context;
    assert_true(earlier->size > 0);
    return false;
}

static void whoever_is_called_back_may_stop(void **state)
{
    (void)state;
    struct error error = {0};
    unsigned calls = 0;
    assert_false(document_each_hash(casefile, stop_at_hash, &calls, &error));
    assert_int_equal(calls, 1);
    assert_true(key_store_each(casefile, stop_at_key, &calls, &error));
    assert_int_equal(calls, 2);
    assert_false(checkpoint_each_size(casefile, stop_at_size, &calls, &error));
    assert_int_equal(calls, 3);
    run_sql("INSERT INTO checkpoint SELECT NULL, size, note FROM checkpoint");
    run_sql("UPDATE signing_key SET public = 'none'");
    assert_false(key_store_each(casefile, stop_at_key, &calls, &error));
    assert_int_equal(calls, 3);
}

static void a_name_that_several_have_or_none_is_told(void **state)
{
    (void)state;
    static const char *const nobody[] = {"abc", "abcdef0", "nobody.txt"};
    struct error error = {0};
    struct case_document document;
    struct finding finding;
    for (size_t i = 0; i < 3; i++) {
        assert_false(
            document_find(casefile, nobody[i], arena, &document, &error));
        assert_int_equal(error.kind, ERROR_NOT_FOUND);
        assert_false(
            finding_find(casefile, nobody[i], arena, &finding, &error));
        assert_int_equal(error.kind, ERROR_NOT_FOUND);
    }
    assert_false(finding_find(casefile, "c-zzzz", arena, &finding, &error));
    assert_true(small_case_add(casefile, "letter.txt",
                               "Another letter of that day.\n", 2, 9, &error));
    assert_false(
        document_find(casefile, "letter.txt", arena, &document, &error));
    assert_error(error, ERROR_USAGE,
                 "'letter.txt' could be several documents; name one by more "
                 "of its SHA-256");
    assert_false(document_get(casefile, 77, arena, &document, &error));
    assert_false(finding_get(casefile, 7777, arena, &finding, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void lists_are_of_what_has_a_name(void **state)
{
    (void)state;
    static const char *const names[] = {NULL, "", "letter", "nobody"};
    static const uint64_t counts[] = {3, 3, 1, 0};
    struct error error = {0};
    struct listed_documents documents;
    struct findings findings;
    for (size_t i = 0; i < 4; i++) {
        const struct documents_wanted wanted = {.name = names[i], .limit = 9};
        const struct chronology_wanted acts = {
            .to = names[i], .who = names[i], .limit = 9};
        assert_true(
            list_documents(casefile, &wanted, arena, &documents, &error));
        assert_int_equal(documents.total, counts[i]);
        assert_true(list_chronology(casefile, &acts, arena, &findings, &error));
        assert_int_equal(findings.count, 0);
    }
}

/* Fails at each call; nothing of the file is left but where it was made. */
static void each_call_fails(bool (*make)(const char *, struct error *),
                            unsigned least)
{
    char other[SMALL_CASE_PATH + 8], partial[SMALL_CASE_PATH + 16];
    unsigned at = 1;
    snprintf(other, sizeof other, "%s.other", path);
    snprintf(partial, sizeof partial, "%s.partial", other);
    for (;; at++) {
        struct error error = {0};
        failing_file_at(at);
        bool is_made = make(other, &error);
        bool was_met = failing_file_was_met();
        failing_file_at(0);
        assert_int_equal(access(other, F_OK) == 0, is_made);
        assert_int_not_equal(access(partial, F_OK), 0);
        unlink(other);
        if (is_made && !was_met)
            break;
        assert_int_equal(error.kind, ERROR_IO);
    }
    assert_true(at > least);
}

static bool copy_case(const char *to, struct error *error)
{
    return casefile_copy(casefile, to, error);
}

static bool create_case(const char *at, struct error *error)
{
    struct casefile *made = casefile_create(at, error);
    casefile_close(made);
    return made != NULL;
}

static void a_disk_that_fails_leaves_no_copy_and_no_case(void **state)
{
    (void)state;
    each_call_fails(copy_case, 3);
    each_call_fails(create_case, 1);
}

static void a_place_that_cannot_be_had_is_told(void **state)
{
    (void)state;
    struct error error = {0};
    char long_path[5000], there[SMALL_CASE_PATH + 8];
    memset(long_path, 'a', sizeof long_path - 1);
    long_path[sizeof long_path - 1] = '\0';
    assert_false(casefile_copy(casefile, long_path, &error));
    assert_error(error, ERROR_USAGE, "the path is too long");
    assert_false(casefile_copy(casefile, path, &error));
    assert_int_equal(error.kind, ERROR_USAGE);
    snprintf(there, sizeof there, "%s/case", path);
    assert_false(casefile_copy(casefile, there, &error));
    assert_null(casefile_create(path, &error));
    assert_error(error, ERROR_USAGE, "is there already");
    assert_null(casefile_create(there, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_null(casefile_open(there, CASEFILE_READ, &error));
    *strrchr(there, '/') = '\0';
    *strrchr(there, '/') = '\0';
    assert_null(casefile_open(there, CASEFILE_READ, &error));
    assert_error(error, ERROR_CORRUPT, "not a case file");
}

/* Another process holds the case, which is named; a file that this program has
 * open twice is not looked at. */
static void who_holds_the_case_is_named(void **state)
{
    (void)state;
    struct error error = {0};
    int ready[2], go[2];
    char byte;
    assert_int_equal(pipe(ready) + pipe(go), 0);
    pid_t child = fork();
    if (child == 0) {
        struct error why;
        struct casefile *theirs = casefile_open(path, CASEFILE_WRITE, &why);
        bool is_held = theirs != NULL && casefile_begin(theirs, &why);
        (void)!write(ready[1], is_held ? "y" : "n", 1);
        (void)!read(go[0], &byte, 1);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    casefile_wait(casefile, 1);
    assert_false(casefile_begin(casefile, &error));
    char named[64];
    snprintf(named, sizeof named, "(process %ld) is using", (long)child);
    assert_non_null(strstr(error.text, named));
    for (unsigned at = 1; at < 4; at++) {
        failing_file_at(at);
        assert_false(casefile_begin(casefile, &error));
        failing_file_at(0);
        assert_non_null(strstr(error.text, "is using the case"));
    }
    casefile_share(casefile);
    assert_false(casefile_begin(casefile, &error));
    assert_non_null(strstr(error.text, "another program is using"));
    assert_int_equal(write(go[1], "g", 1), 1);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(
        close(ready[0]) + close(ready[1]) + close(go[0]) + close(go[1]), 0);
}

static void no_erased_word_is_left_in_the_bytes(void **state)
{
    (void)state;
    struct error error = {0};
    char words[600];
    const int64_t documents[] = {2};
    char *sha256 = NULL;
    struct case_document document;
    static const char *const gone[] = {"Kawango", "kawango",    "Odanga",
                                       "odanga",  "Molo",       "molo",
                                       "beaten",  "letter.txt", "Felix"};
    assert_true(document_get(casefile, 2, arena, &document, &error));
    sha256 = document.sha256;
    assert_true(stands("Kawango") && stands("kawango") && stands(sha256));
    assert_true(
        casefile_erase(casefile, documents, 1, "court", "an order", &error));
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        if (stands(gone[i]))
            fail_msg("%s is still there", gone[i]);
    assert_false(stands(sha256));
    assert_true(stands("Gilgil") && stands("gilgil"));
    if (small_case_faults(casefile, words) > 0)
        fail_msg("%s", words);
}

static void a_person_is_found_wherever_he_is_named(void **state)
{
    (void)state;
    struct error error = {0};
    int64_t *documents;
    size_t count;
    assert_true(casefile_naming(casefile, "kawango", arena, &documents, &count,
                                &error));
    assert_int_equal(count, 1);
    assert_int_equal(documents[0], 2);
    assert_true(casefile_naming(casefile, "a courier", arena, &documents,
                                &count, &error));
    assert_int_equal(count, 3);
    assert_false(
        casefile_naming(casefile, "", arena, &documents, &count, &error));
    assert_error(error, ERROR_USAGE, "which person?");
}

int main(void)
{
#define TEST(function)                                                         \
    cmocka_unit_test_setup_teardown(function, make_case, remove_case)
    const struct CMUnitTest tests[] = {
        TEST(every_statement_is_valid),
        TEST(what_is_no_case_is_refused),
        TEST(a_newer_file_is_refused_kindly_and_left_alone),
        TEST(the_second_writer_waits_and_then_says_who_writes),
        TEST(a_document_that_is_there_is_not_added_again),
        TEST(a_review_outlives_a_new_reading),
        TEST(what_is_taken_back_is_as_it_was_read),
        TEST(a_finding_added_by_hand_outlives_a_new_reading),
        TEST(fields_that_say_nothing_are_refused),
        TEST(whoever_is_called_back_may_stop),
        TEST(a_name_that_several_have_or_none_is_told),
        TEST(lists_are_of_what_has_a_name),
        TEST(a_disk_that_fails_leaves_no_copy_and_no_case),
        TEST(a_place_that_cannot_be_had_is_told),
        TEST(who_holds_the_case_is_named),
        TEST(no_erased_word_is_left_in_the_bytes),
        TEST(a_person_is_found_wherever_he_is_named),
    };
    return cmocka_run_group_tests_name("casefile", tests, NULL, NULL);
}
