/*
 * test_bag.c - writing bags where it goes wrong, and reading them for import.
 * test_forgeries.py has the bags that were touched.
 */
#include "test.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena_fail.h"
#include "bag_check.h"
#include "bag_write_fail.h"
#include "failing_file.h"
#include "key_change.h"
#include "merkle.h"
#include "signing_key.h"

static struct arena *arena;
static struct signing_key key;
static char room[64]; /* a folder of our own; the tests run in it */

static int enter(void **state)
{
    (void)state;
    struct error error = {0};
    snprintf(room, sizeof room, "/tmp/madai-bag-XXXXXX");
    arena = arena_new((size_t)1 << 26);
    return arena == NULL || mkdtemp(room) == NULL || chdir(room) != 0 ||
                   !signing_key_new("madai.case/1", &key, &error)
               ? -1
               : 0;
}

static int leave(void **state)
{
    (void)state;
    char command[128];
    arena_release(arena);
    snprintf(command, sizeof command, "rm -rf %s", room);
    return chdir("/") != 0 || system(command) != 0; /* NOLINT: our own name */
}

/* The smallest bag that holds: no key was ever changed but the first. */
struct made {
    struct bag_writer *writer;
    struct digest leaves[3];
    struct leaf leaf;
};

static void append(struct made *made, size_t index, const char *kind,
                   struct slice body, struct error *error)
{
    struct digest salt = {{0}}, no_key = {{0}};
    struct digest fingerprint = note_key_fingerprint(&key.key);
    assert_true(leaf_make(kind, "2024-05-01T12:00:00Z",
                          index == 0 ? &no_key : &fingerprint, &salt, body,
                          &made->leaf, error));
    made->leaves[index] = leaf_hash(&made->leaf);
}

static bool add(struct made *made, const char *content, struct error *error)
{
    struct slice change, body;
    char hex[DIGEST_HEX_SIZE], text[128];
    struct digest salt = {{0}}, digest = digest_of(slice_of(content));
    digest_to_hex(&digest, hex);
    int length = snprintf(text, sizeof text, "{\"holds\":[\"%s\"]}", hex);
    body = (struct slice){text, (size_t)length};
    assert_true(key_change_write(arena, NULL, &key, &change, error));
    append(made, 0, LEAF_KIND_KEY, change, error);
    if (!bag_add_keys(made->writer, &key.key, 1, error) ||
        !bag_add_entry(made->writer, 0, &made->leaf, &salt, change, error))
        return false;
    append(made, 1, "document", body, error);
    return bag_add_entry(made->writer, 1, &made->leaf, &salt, body, error) &&
           bag_add_file(made->writer, "data/originals/a", slice_of(content),
                        error);
}

static bool finish(struct made *made, struct error *error)
{
    struct slice body;
    struct merkle_levels levels;
    struct merkle_frontier frontier;
    struct bag_ledger ledger = {.size = 3};
    if (!bag_seal(made->writer, &body, error))
        return false;
    append(made, 2, LEAF_KIND_EXPORT, body, error);
    assert_true(merkle_levels_build(arena, made->leaves, 3, &levels, error));
    ledger.nodes = merkle_levels_source(&levels);
    assert_true(merkle_load(&ledger.nodes, 3, &frontier, error));
    struct digest root = merkle_root(&frontier);
    assert_true(checkpoint_sign(arena, 3, &root, &key, &ledger.note, error));
    ledger.export_leaf = made->leaf;
    return bag_finish(made->writer, &ledger, error) &&
           bag_name(made->writer, error);
}

static bool make(const char *folder, struct error *error)
{
    struct made made = {.writer = bag_begin(folder, "2024-05-02", error)};
    bool is_made = made.writer != NULL && add(&made, "hello\n", error) &&
                   finish(&made, error);
    bag_writer_free(made.writer);
    return is_made;
}

static size_t faults;

static void count_fault(void *context, const char *path, const char *what)
{
    (void)context;
    assert_non_null(path);
    assert_true(*what != '\0');
    faults++;
}

static size_t files_seen;

static void see(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    assert_true(done <= total);
    files_seen = (size_t)done;
}

static bool check(const char *folder, struct bag *bag, struct error *error)
{
    struct bag_faults listener = {count_fault, NULL};
    struct bag_trust trust = {{NULL, 0}, {NULL, 0}};
    struct progress progress = {see, NULL};
    faults = 0;
    bool is_checked =
        bag_check(folder, &trust, &listener, &progress, arena, bag, error);
    assert_true(!is_checked || faults == bag->fault_count);
    return is_checked;
}

static void a_bag_can_be_read_for_import(void **state)
{
    (void)state;
    struct error error = {0};
    struct bag bag;
    struct file file;
    assert_true(make("whole", &error));
    assert_true(check("whole", &bag, &error));
    assert_int_equal(bag.fault_count, 0);
    assert_int_equal(files_seen, 16);
    assert_int_equal(bag.entry_count, 3);
    assert_int_equal(bag.entries[1].index, 1);
    assert_string_equal(bag.entries[1].leaf.kind, "document");
    assert_string_equal(bag.entries[1].path, "data/entries/1.json");
    assert_true(bag_file_read(&bag, "data/originals/a", 100, &file, &error));
    assert_true(slice_equals(file.bytes, slice_of("hello\n")));
    file_close(&file);
    assert_true(bag_file_read(&bag, BAG_KEYS, 1000, &file, &error));
    file_close(&file);
    assert_false(bag_file_read(&bag, "data/b", 100, &file, &error));
    assert_error(error, ERROR_NOT_FOUND, "data/b: not in the bag");
    assert_false(bag_file_read(&bag, "data/originals/a", 2, &file, &error));
    assert_int_equal(error.kind, ERROR_LIMIT);

    FILE *changed = fopen("whole/data/originals/a", "wb");
    fputs("hullo\n", changed);
    fclose(changed);
    assert_false(bag_file_read(&bag, "data/originals/a", 100, &file, &error));
    assert_error(error, ERROR_TAMPERED,
                 "data/originals/a: has changed since it was checked");
}

static void a_place_that_is_taken_is_left_alone(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(mkdir("taken", 0700), 0);
    assert_null(bag_begin("taken", "2024-05-02", &error));
    assert_error(error, ERROR_USAGE, "taken: is there already");
    assert_int_equal(mkdir("begun.partial", 0700), 0);
    assert_null(bag_begin("begun", "2024-05-02", &error));
    assert_int_equal(error.kind, ERROR_IO);
    assert_int_equal(access("begun.partial", F_OK), 0);
    assert_null(bag_begin("no/such/place", "2024-05-02", &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void names_that_lead_out_or_come_twice_are_refused(void **state)
{
    (void)state;
    const char *const wrong[] = {
        "originals/a", "data/../../a", "data/.a",
        "data/a b",    "data/",        "data/entries/1.json",
        "data//a",     "data/-a",      "/data/a",
        "data/a\n",
    };
    struct error error = {0};
    struct bag_writer *bag = bag_begin("names", "2024-05-02", &error);
    assert_non_null(bag);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(bag_add_file(bag, wrong[i], slice_of("x"), &error));
        assert_int_equal(error.kind, ERROR_USAGE);
    }
    assert_true(bag_add_file(bag, "data/a", slice_of("x"), &error));
    assert_false(bag_add_file(bag, "data/a", slice_of("x"), &error));
    assert_error(error, ERROR_USAGE, "data/a: is in the bag already");
    assert_false(bag_add_file(bag, "data/a/b", slice_of("x"), &error));
    assert_error(error, ERROR_NOT_FOUND,
                 "data/a/b: cannot make the file: Not a directory");
    bag_writer_free(bag);
    assert_int_not_equal(access("names.partial", F_OK), 0);
}

/* A ceiling for files instead of a full disk: the same error, from the same
 * calls. */
static void a_disk_that_is_full_leaves_nothing_behind(void **state)
{
    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before, limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    size_t failed = 0;
    for (rlim_t size = 0; size < 40000; size = size < 8 ? size + 2 : size * 2) {
        struct error error = {0};
        limit = before;
        limit.rlim_cur = size;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        bool is_made = make("full", &error);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        if (is_made)
            continue;
        failed++;
        assert_int_equal(error.kind, ERROR_IO);
        assert_non_null(strstr(error.text, "File too large"));
        assert_int_not_equal(access("full.partial", F_OK), 0);
        assert_int_not_equal(access("full", F_OK), 0);
    }
    assert_true(failed > 8);
}

/* Fails at each call; what is left of the bag is nothing. */
static void a_disk_that_fails_anywhere_leaves_nothing_behind(void **state)
{
    (void)state;
    unsigned failed = 0;
    for (unsigned at = 1;; at++) {
        struct error error = {0};
        failing_file_at(at);
        bool is_made = make("failing", &error);
        bool was_met = failing_file_was_met();
        failing_file_at(0);
        /* Where it is only closed again nobody needs to know. */
        if (is_made && !was_met)
            break;
        if (!is_made)
            assert_int_equal(error.kind, ERROR_IO);
        else
            assert_int_equal(rename("failing", "made"), 0);
        failed += !is_made;
        assert_int_not_equal(access("failing", F_OK), 0);
        assert_int_equal(system("rm -rf made failing.partial"), 0); /* NOLINT */
    }
    assert_true(failed > 20);
}

static void a_bag_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    struct error error = {0};
    struct bag bag;
    assert_true(make("unread", &error));
    unsigned failed = 0;
    for (unsigned at = 1;; at++) {
        struct error why = {0};
        failing_file_at(at);
        faults = 0;
        bool is_checked = check("unread", &bag, &why);
        bool was_met = failing_file_was_met();
        failing_file_at(0);
        if (is_checked && !was_met)
            break;
        failed += !is_checked;
        if (!is_checked)
            assert_int_equal(why.kind, ERROR_IO);
    }
    assert_int_equal(faults, 0);
    assert_true(failed > 5);
}

static void memory_that_runs_out_while_writing_leaves_nothing(void **state)
{
    (void)state;
    bool is_made = false;
    size_t take = 1;
    for (; !is_made; take++) {
        struct error error = {0};
        struct made made = {.writer =
                                bag_begin("scarce", "2024-05-02", &error)};
        assert_non_null(made.writer);
        bag_write_fail_at(made.writer, take);
        is_made = add(&made, "hello\n", &error) &&
                  bag_add_earlier(made.writer, 1, slice_of("a"), slice_of("b"),
                                  slice_of("c"), &error) &&
                  finish(&made, &error);
        bag_writer_free(made.writer);
        assert_true(is_made || error.kind == ERROR_LIMIT);
        assert_int_not_equal(access("scarce.partial", F_OK), 0);
        assert_int_equal(access("scarce", F_OK) == 0, is_made);
    }
    assert_true(take > 20);
}

/* A folder that nothing can be put into, at each step of the writing. */
static void a_place_that_is_lost_is_told(void **state)
{
    (void)state;
    struct error error = {0};
    struct bag_writer *bag = bag_begin("lost", "2024-05-02", &error);
    assert_non_null(bag);
    assert_int_equal(rmdir("lost.partial"), 0);
    assert_false(bag_add_keys(bag, &key.key, 1, &error));
    assert_error(error, ERROR_NOT_FOUND,
                 "ledger/keys: cannot make the folder: No such file or "
                 "directory");
    struct slice body;
    assert_false(bag_seal(bag, &body, &error));
    assert_error(error, ERROR_NOT_FOUND,
                 "bagit.txt: cannot make the file: No such file or directory");
    bag_writer_free(bag);

    struct made made = {.writer = bag_begin("late", "2024-05-02", &error)};
    assert_non_null(made.writer);
    assert_true(add(&made, "hello\n", &error));
    assert_int_equal(mkdir("late", 0700), 0);
    FILE *other = fopen("late/other", "wb");
    fclose(other);
    assert_false(finish(&made, &error));
    assert_error(error, ERROR_IO,
                 "late.partial: cannot name the bag: Directory not empty");
    bag_writer_free(made.writer);
    assert_int_equal(access("late/other", F_OK), 0);
    /* Whole, and its entry may be in a ledger: it stays. */
    assert_int_equal(access("late.partial/ledger/checkpoint", F_OK), 0);
}

static bool node_fails(void *context, unsigned level, uint64_t index,
                       struct digest *node, struct error *error)
{
    size_t *left = context;
    (void)level, (void)index;
    *node = (struct digest){{0}};
    return (*left)-- > 0 || error_set(error, ERROR_IO, "no such node");
}

static void a_ledger_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    for (size_t good = 0; good < 16; good++) {
        struct error error = {0};
        size_t left = good;
        struct slice body;
        struct bag_ledger ledger = {.size = 3};
        struct made made = {.writer = bag_begin("nodes", "2024-05-02", &error)};
        assert_non_null(made.writer);
        assert_true(add(&made, "hello\n", &error) &&
                    bag_seal(made.writer, &body, &error));
        ledger.nodes = (struct merkle_source){node_fails, &left};
        ledger.note = slice_of("x\n");
        ledger.export_leaf = made.leaf;
        bool is_finished = bag_finish(made.writer, &ledger, &error) &&
                           bag_name(made.writer, &error);
        bag_writer_free(made.writer);
        assert_true(is_finished || error.kind == ERROR_IO);
        assert_int_equal(access("nodes", F_OK) == 0, is_finished);
        if (is_finished)
            return;
    }
    fail();
}

static void a_bag_of_two_names_for_one_payload_still_holds(void **state)
{
    (void)state;
    struct error error = {0};
    struct bag bag;
    struct made made = {.writer = bag_begin("pieces", "2024-05-02", &error)};
    assert_non_null(made.writer);
    assert_true(add(&made, "hello\n", &error));
    assert_true(bag_file_begin(made.writer, "data/texts/a", &error));
    assert_true(bag_file_add(made.writer, slice_of("hel"), &error));
    assert_true(bag_file_add(made.writer, slice_of("lo\n"), &error));
    assert_true(bag_file_end(made.writer, &error));
    assert_true(finish(&made, &error));
    bag_writer_free(made.writer);
    assert_true(check("pieces", &bag, &error));
    assert_int_equal(bag.fault_count, 0);
}

static void a_bag_left_half_done_is_removed(void **state)
{
    (void)state;
    struct error error = {0};
    struct bag_writer *bag = bag_begin("half", "2024-05-02", &error);
    assert_non_null(bag);
    assert_true(bag_file_begin(bag, "data/a", &error));
    bag_writer_free(bag);
    assert_int_not_equal(access("half.partial", F_OK), 0);
    bag_writer_free(NULL);
}

static void memory_that_runs_out_is_an_error(void **state)
{
    (void)state;
    struct error error = {0};
    struct bag bag;
    struct bag_faults listener = {count_fault, NULL};
    struct bag_trust trust = {{NULL, 0}, {NULL, 0}};
    assert_true(make("memory", &error));
    size_t take = 1;
    for (;; take++) {
        struct arena *small = arena_new((size_t)1 << 26);
        struct error why = {0};
        arena_fail_at(small, take);
        bool is_checked =
            bag_check("memory", &trust, &listener, NULL, small, &bag, &why);
        arena_release(small);
        if (is_checked)
            break;
        assert_int_equal(why.kind, ERROR_LIMIT);
    }
    assert_int_equal(bag.fault_count, 0);
    assert_true(take > 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bag_can_be_read_for_import),
        cmocka_unit_test(a_place_that_is_taken_is_left_alone),
        cmocka_unit_test(names_that_lead_out_or_come_twice_are_refused),
        cmocka_unit_test(a_disk_that_is_full_leaves_nothing_behind),
        cmocka_unit_test(a_disk_that_fails_anywhere_leaves_nothing_behind),
        cmocka_unit_test(a_bag_that_cannot_be_read_is_told),
        cmocka_unit_test(memory_that_runs_out_while_writing_leaves_nothing),
        cmocka_unit_test(a_place_that_is_lost_is_told),
        cmocka_unit_test(a_ledger_that_cannot_be_read_is_told),
        cmocka_unit_test(a_bag_of_two_names_for_one_payload_still_holds),
        cmocka_unit_test(a_bag_left_half_done_is_removed),
        cmocka_unit_test(memory_that_runs_out_is_an_error),
    };
    return cmocka_run_group_tests_name("bag", tests, enter, leave);
}
