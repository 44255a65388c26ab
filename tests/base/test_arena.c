/*
 * test_arena.c - the arena keeps its ceiling, its zeros and its lists.
 */
#include "test.h"

#include "arena_fail.h"

static void a_take_is_zeroed_also_after_a_reset(void **state)
{
    (void)state;
    struct error error = {0};
    struct arena *arena = arena_new(1 << 20);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 300; size++) {
            unsigned char *bytes = arena_take(arena, size, 1, &error);
            assert_non_null(bytes);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(bytes[i], 0);
            memset(bytes, 0xFF, size);
        }
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_release(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_take_is_zeroed_also_after_a_reset),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
