/*
 * test_arena.c - the arena keeps its ceiling, its zeros and its lists.
 */
#include "test.h"

#include "arena_fail.h"

static int setup(void **state)
{
    *state = arena_new((size_t)1 << 24);
    return *state == NULL;
}

static int teardown(void **state)
{
    arena_release(*state);
    return 0;
}

static void a_take_is_zeroed_also_after_a_reset(void **state)
{
    struct arena *arena = *state;
    struct error error = {0};
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 70000; size = size * 3 / 2 + 1) {
            unsigned char *bytes = arena_take(arena, size, 1, &error);
            assert_non_null(bytes);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(bytes[i], 0);
            if (size > 0)
                memset(bytes, 0xFF, size);
        }
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
}

static void takes_do_not_overlap_and_are_aligned(void **state)
{
    struct arena *arena = *state;
    struct error error = {0};
    uint64_t seed = 1;
    unsigned char *takes[400];
    size_t sizes[400];
    for (size_t i = 0; i < 400; i++) {
        sizes[i] = 1 + test_random(&seed) % (i % 20 == 0 ? 40000 : 500);
        takes[i] = arena_take(arena, sizes[i], 1, &error);
        assert_non_null(takes[i]);
        size_t alignment = sizes[i] >= 64 ? 64 : _Alignof(max_align_t);
        assert_int_equal((uintptr_t)takes[i] % alignment, 0);
        memset(takes[i], (int)(i % 251), sizes[i]);
    }
    for (size_t i = 0; i < 400; i++)
        for (size_t j = 0; j < sizes[i]; j++)
            assert_int_equal(takes[i][j], i % 251);
}

static void a_string_is_a_copy_that_ends_in_nul(void **state)
{
    struct error error = {0};
    char source[] = "maji";
    char *copy = arena_string(*state, (struct slice){source, 3}, &error);
    source[0] = 'X';
    assert_string_equal(copy, "maj");
    assert_string_equal(arena_string(*state, (struct slice){NULL, 0}, &error),
                        "");
}

static void a_list_keeps_its_items_while_it_grows(void **state)
{
    struct error error = {0};
    LIST(uint32_t) numbers = {0};
    LIST(struct span) spans = {0};
    for (uint32_t i = 0; i < 200000; i++) {
        assert_true(list_push(*state, &numbers, i * 7, &error));
        if (i % 3 == 0)
            assert_true(
                list_push(*state, &spans, ((struct span){i, i + 1}), &error));
    }
    assert_int_equal(numbers.count, 200000);
    for (uint32_t i = 0; i < 200000; i++) {
        assert_int_equal(numbers.items[i], i * 7);
        assert_int_equal(spans.items[i / 3].begin, i / 3 * 3);
    }
    assert_int_equal(arena_used(*state),
                     numbers.capacity * sizeof *numbers.items +
                         spans.capacity * sizeof *spans.items);
}

static void the_ceiling_holds_for_takes(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1000);
    struct error error = {0};
    assert_non_null(arena_take(arena, 900, 1, &error));
    size_t used = arena_used(arena);
    assert_null(arena_take(arena, 10, 100, &error));
    assert_error(error, ERROR_LIMIT, "needs more than 1000 bytes of memory");
    assert_int_equal(arena_used(arena), used);
    assert_non_null(arena_take(arena, 16, 1, &error));
    arena_release(arena);
}

static void
the_ceiling_holds_for_lists_and_leaves_them_as_they_were(void **state)
{
    (void)state;
    struct arena *arena = arena_new(100000);
    struct error error = {0};
    LIST(uint64_t) list = {0};
    while (list_push(arena, &list, list.count, &error))
        ;
    assert_error(error, ERROR_LIMIT, "needs more than 100000 bytes of memory");
    assert_in_range(list.count, 5000, 12500);
    assert_in_range(arena_used(arena), 50000, 100000);
    for (size_t i = 0; i < list.count; i++)
        assert_int_equal(list.items[i], i);
    arena_release(arena);
}

static void sizes_that_overflow_are_refused(void **state)
{
    struct error error = {0};
    assert_null(arena_take(*state, SIZE_MAX / 2, 4, &error));
    assert_error(error, ERROR_LIMIT,
                 "no memory for 9223372036854775807 times 4 bytes");
    void *items = NULL;
    size_t capacity = 0;
    assert_false(
        list_reserve_(*state, &items, &capacity, SIZE_MAX / 2, 8, &error));
    assert_error(error, ERROR_LIMIT, "no memory for 9223372036854775807 items");
    assert_null(items);
    assert_int_equal(arena_used(*state), 0);
}

static void memory_that_the_machine_has_not_is_an_error(void **state)
{
    (void)state;
    struct arena *arena = arena_new(SIZE_MAX);
    struct error error = {0};
    void *items = NULL;
    size_t capacity = 0;
    size_t too_much = (size_t)1 << 58;
    assert_null(arena_take(arena, too_much, 1, &error));
    assert_error(error, ERROR_LIMIT, "out of memory");
    error = (struct error){0};
    assert_false(list_reserve_(arena, &items, &capacity, too_much, 1, &error));
    assert_error(error, ERROR_LIMIT, "out of memory");
    assert_int_equal(arena_used(arena), 0);
    arena_release(arena);
}

static void a_test_can_make_any_take_fail(void **state)
{
    struct arena *arena = *state;
    for (size_t failing = 1; failing <= 3; failing++) {
        struct error error = {0};
        LIST(int) list = {0};
        arena_fail_at(arena, failing);
        bool is_taken = arena_take(arena, 1, 1, &error) != NULL;
        bool is_pushed = list_push(arena, &list, 1, &error);
        bool is_copied = arena_string(arena, slice_of("x"), &error) != NULL;
        assert_int_equal(is_taken, failing != 1);
        assert_int_equal(is_pushed, failing != 2);
        assert_int_equal(is_copied, failing != 3);
        assert_error(error, ERROR_LIMIT, "out of memory");
        assert_non_null(arena_take(arena, 1, 1, &error));
    }
}

static void releasing_nothing_is_allowed(void **state)
{
    (void)state;
    arena_release(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_take_is_zeroed_also_after_a_reset),
        cmocka_unit_test(takes_do_not_overlap_and_are_aligned),
        cmocka_unit_test(a_string_is_a_copy_that_ends_in_nul),
        cmocka_unit_test_setup_teardown(a_list_keeps_its_items_while_it_grows,
                                        setup, teardown),
        cmocka_unit_test(the_ceiling_holds_for_takes),
        cmocka_unit_test(
            the_ceiling_holds_for_lists_and_leaves_them_as_they_were),
        cmocka_unit_test_setup_teardown(sizes_that_overflow_are_refused, setup,
                                        teardown),
        cmocka_unit_test(memory_that_the_machine_has_not_is_an_error),
        cmocka_unit_test(a_test_can_make_any_take_fail),
        cmocka_unit_test(releasing_nothing_is_allowed),
    };
    return cmocka_run_group_tests_name("arena", tests, setup, teardown);
}
