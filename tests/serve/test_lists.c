/*
 * test_lists.c - what a case holds, a page at a time.
 */
#include "test.h"

#include "lists.h"
#include "reviews.h"
#include "small_case.h"

static char path[SMALL_CASE_PATH];
static struct casefile *casefile;
static struct arena *arena;
static struct error error;

static int make_case(void **state)
{
    (void)state;
    casefile = small_case_open(path);
    arena = arena_new((size_t)1 << 26);
    return arena == NULL || !small_case_add_report(casefile, &error);
}

static int remove_case(void **state)
{
    (void)state;
    casefile_close(casefile);
    arena_release(arena);
    small_case_remove(path);
    return 0;
}

static void documents_come_in_three_orders_and_by_name(void **state)
{
    (void)state;
    struct listed_documents all, some;
    struct documents_wanted wanted = {.limit = 100};
    assert_true(list_documents(casefile, &wanted, arena, &all, &error));
    assert_int_equal(all.count, all.total);
    assert_true(all.items[0].id > all.items[1].id);
    wanted.order = DOCUMENTS_NAME;
    assert_true(list_documents(casefile, &wanted, arena, &some, &error));
    assert_int_equal(some.total, all.total);
    for (size_t i = 1; i < some.count; i++)
        assert_true(strcmp(some.items[i - 1].name, some.items[i].name) <= 0);
    wanted.name = some.items[0].name;
    wanted.order = DOCUMENTS_DATE;
    assert_true(list_documents(casefile, &wanted, arena, &some, &error));
    assert_true(some.count >= 1 && some.count < all.count);
    wanted = (struct documents_wanted){.limit = 1, .offset = 1};
    assert_true(list_documents(casefile, &wanted, arena, &some, &error));
    assert_int_equal(some.count, 1);
    assert_int_equal(some.items[0].id, all.items[1].id);
}

static void findings_are_counted_as_they_are(void **state)
{
    (void)state;
    uint64_t sum = 0, listed = 0;
    struct counts counts;
    struct listed_documents documents;
    const struct documents_wanted wanted = {.limit = 100};
    assert_true(
        list_counts(casefile, COUNT_KINDS, 100, arena, &counts, &error));
    for (size_t i = 0; i < counts.count; i++)
        sum += counts.items[i].count;
    assert_true(list_documents(casefile, &wanted, arena, &documents, &error));
    for (size_t i = 0; i < documents.count; i++)
        listed += documents.items[i].findings;
    assert_int_equal(sum, listed);
    for (int by = 0; by < COUNT_BY; by++) {
        assert_true(list_counts(casefile, (enum counted_by)by, 1, arena,
                                &counts, &error));
        assert_true(counts.count <= 1);
    }
}

static void actors_of_one_name_are_listed_once(void **state)
{
    (void)state;
    struct counts actors;
    struct findings findings;
    assert_true(
        list_actor_names(casefile, NULL, 100, 0, arena, &actors, &error));
    assert_true(actors.count > 0);
    for (size_t i = 0; i < actors.count; i++) {
        assert_true(list_actor_findings(casefile, actors.items[i].name, 100,
                                        arena, &findings, &error));
        assert_int_equal(findings.count, actors.items[i].count);
    }
    assert_true(list_actor_names(casefile, "no such name", 100, 0, arena,
                                 &actors, &error));
    assert_int_equal(actors.count, 0);
}

static void the_chronology_is_in_order_and_within_its_bounds(void **state)
{
    (void)state;
    struct findings findings;
    struct chronology_wanted wanted = {.limit = 100};
    assert_true(list_chronology(casefile, &wanted, arena, &findings, &error));
    assert_true(findings.count > 0);
    for (size_t i = 0; i < findings.count; i++) {
        assert_string_equal(findings.items[i].kind, "act");
        assert_non_null(findings.items[i].first);
    }
    wanted.from = "9998";
    assert_true(list_chronology(casefile, &wanted, arena, &findings, &error));
    assert_int_equal(findings.count, 0);
}

static void a_window_has_the_findings_that_begin_in_it(void **state)
{
    (void)state;
    struct findings all, window;
    struct listed_documents documents;
    const struct documents_wanted wanted = {.limit = 1};
    assert_true(list_documents(casefile, &wanted, arena, &documents, &error));
    int64_t document = documents.items[0].id;
    assert_true(list_findings_of(casefile, document, NULL, 1000, 0, arena, &all,
                                 &error));
    assert_int_equal(all.count, documents.items[0].findings);
    size_t seen = 0;
    for (uint32_t at = 0; at < 20000; at += 100) {
        const struct span span = {at, at + 100};
        assert_true(list_findings_in(casefile, document, span, 1000, arena,
                                     &window, &error));
        seen += window.count;
        for (size_t i = 0; i < window.count; i++)
            assert_true(window.items[i].span.begin >= at &&
                        window.items[i].span.begin < at + 100);
    }
    assert_int_equal(seen, all.count);
    json_t *keys = list_keys(casefile, document, &error);
    assert_non_null(keys);
    assert_true(json_object_size(keys) > 0);
    json_decref(keys);
}

static void the_last_decisions_come_first(void **state)
{
    (void)state;
    struct reviews reviews, before;
    assert_true(reviews_last(casefile, 0, 100, arena, &reviews, &error));
    assert_true(reviews.count >= 2);
    assert_true(reviews.items[0].id > reviews.items[1].id);
    assert_true(
        reviews_last(casefile, reviews.items[0].id, 1, arena, &before, &error));
    assert_int_equal(before.items[0].id, reviews.items[1].id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_come_in_three_orders_and_by_name),
        cmocka_unit_test(findings_are_counted_as_they_are),
        cmocka_unit_test(actors_of_one_name_are_listed_once),
        cmocka_unit_test(the_chronology_is_in_order_and_within_its_bounds),
        cmocka_unit_test(a_window_has_the_findings_that_begin_in_it),
        cmocka_unit_test(the_last_decisions_come_first),
    };
    return cmocka_run_group_tests_name("lists", tests, make_case, remove_case);
}
