/*
 * test_slice.c - borrowed bytes and places in them.
 */
#include "test.h"

#include "slice.h"

static void equal_slices_have_equal_bytes(void **state)
{
    (void)state;
    assert_true(slice_equals(slice_of("haki"), (struct slice){"hakika", 4}));
    assert_false(slice_equals(slice_of("haki"), slice_of("hako")));
    assert_false(slice_equals(slice_of("haki"), slice_of("hakika")));
    assert_true(slice_equals((struct slice){NULL, 0}, slice_of("")));
}

static void a_span_gives_the_bytes_at_its_place(void **state)
{
    (void)state;
    struct slice text = slice_of("who says what");
    assert_true(
        slice_equals(slice_at(text, (struct span){4, 8}), slice_of("says")));
    assert_int_equal(slice_at(text, (struct span){13, 13}).length, 0);
}

static void spans_that_only_touch_do_not_overlap(void **state)
{
    (void)state;
    struct span left = {0, 4}, right = {4, 8}, middle = {3, 5};
    assert_false(span_overlaps(left, right));
    assert_true(span_overlaps(left, middle));
    assert_true(span_overlaps(middle, right));
    assert_true(span_contains((struct span){0, 8}, middle));
    assert_true(span_contains(middle, middle));
    assert_false(span_contains(left, middle));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_slices_have_equal_bytes),
        cmocka_unit_test(a_span_gives_the_bytes_at_its_place),
        cmocka_unit_test(spans_that_only_touch_do_not_overlap),
    };
    return cmocka_run_group_tests_name("slice", tests, NULL, NULL);
}
