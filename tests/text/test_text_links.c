/*
 * test_text_links.c - what points to what: quotations that run on or nest,
 * labels and what was said. The golden files show their words.
 */
#include "test.h"

#include "check_text.h"

static struct arena *arena;
static struct text text;

static void analyse(const char *bytes)
{
    struct error error = {0};
    arena_reset(arena);
    assert_true(text_analyse(slice_of(bytes), arena, &text, &error));
    assert_null(text_fault(&text));
}

static void assert_bytes(struct span span, const char *wanted)
{
    struct slice bytes = slice_at(text.bytes, span);
    assert_int_equal(bytes.length, strlen(wanted));
    assert_memory_equal(bytes.data, wanted, bytes.length);
}

static void
a_quotation_goes_on_where_the_next_paragraph_opens_anew(void **state)
{
    (void)state;
    analyse("He said: “One.\n\n“Two.\n\n“Three.” Then he left.\n\n“Four.”");
    assert_int_equal(text.quotations.count, 4);
    assert_int_equal(text.quotations.items[0].continued, 1);
    assert_int_equal(text.quotations.items[1].continued, 2);
    assert_int_equal(text.quotations.items[2].continued, TEXT_NONE);
    assert_false(text.quotations.items[0].is_continuation);
    assert_true(text.quotations.items[1].is_continuation);
    assert_true(text.quotations.items[2].is_continuation);
    assert_false(text.quotations.items[1].is_closed);
    assert_true(text.quotations.items[2].is_closed);
    assert_false(text.quotations.items[3].is_continuation);
}

static void a_quotation_goes_on_to_a_mark_that_only_closes(void **state)
{
    (void)state;
    analyse("“One.\n\nTwo,” he said. “Three.”");
    assert_int_equal(text.quotations.count, 3);
    assert_int_equal(text.quotations.items[0].continued, 1);
    assert_bytes(text.quotations.items[1].span, "Two,”");
    assert_bytes(text.quotations.items[1].inside, "Two,");
}

static void a_quotation_that_is_closed_goes_on_nowhere(void **state)
{
    (void)state;
    analyse("“One.”\n\n“Two.”\n\nThree.”");
    assert_int_equal(text.quotations.count, 2);
    assert_int_equal(text.quotations.items[0].continued, TEXT_NONE);
    assert_int_equal(text.quotations.items[1].continued, TEXT_NONE);
}

static void a_paragraph_without_marks_ends_a_quotation(void **state)
{
    (void)state;
    analyse("“One.\n\nTwo.\n\n“Three.”");
    assert_int_equal(text.quotations.count, 2);
    assert_int_equal(text.quotations.items[0].continued, TEXT_NONE);
}

static void an_inner_quotation_knows_its_outer_one(void **state)
{
    (void)state;
    analyse("“A ‘b «c» d’ e ‘f’ g” h ‘i’");
    assert_int_equal(text.quotations.count, 5);
    assert_int_equal(text.quotations.items[0].outer, TEXT_NONE);
    assert_int_equal(text.quotations.items[1].outer, 0);
    assert_int_equal(text.quotations.items[2].outer, 1);
    assert_int_equal(text.quotations.items[3].outer, 0);
    assert_int_equal(text.quotations.items[4].outer, TEXT_NONE);
    assert_bytes(text.quotations.items[1].inside, "b «c» d");
}

static void an_apostrophe_that_looked_like_a_mark_leaves_no_trace(void **state)
{
    (void)state;
    analyse("“He 'was “b” c” and ‘d’");
    for (size_t i = 0; i < text.quotations.count; i++)
        assert_true(text.quotations.items[i].span.end >
                    text.quotations.items[i].span.begin);
    assert_bytes(text.quotations.items[text.quotations.count - 1].span, "‘d’");
    assert_int_equal(text.quotations.items[text.quotations.count - 1].outer,
                     TEXT_NONE);
}

static void a_label_reaches_to_the_next_one(void **state)
{
    (void)state;
    analyse("Hearing\n\nThey sat at noon.\n\nMr A: We begin at last.\n\nAll "
            "rose.\n\nMs B: I saw it all.");
    assert_int_equal(text.labels.count, 2);
    assert_bytes(text.labels.items[0].name, "Mr A");
    assert_int_equal(text.labels.items[0].first, 2);
    assert_int_equal(text.labels.items[0].last, 4);
    assert_int_equal(text.bytes.data[text.labels.items[0].said], 'W');
    assert_int_equal(text.labels.items[1].first, 4);
    assert_int_equal(text.labels.items[1].last, 5);
}

static void a_stage_direction_cuts_what_is_said(void **state)
{
    (void)state;
    analyse("Mr A: We begin at last.\n\n(Laughter)\n\nAll rose.\n\n[Applause]"
            "\n\nMs B: I saw it all.");
    assert_int_equal(text.labels.count, 3);
    assert_int_equal(text.labels.items[0].last, 1);
    assert_true(text.labels.items[1].is_resumed);
    assert_bytes(text.labels.items[1].name, "Mr A");
    assert_int_equal(text.labels.items[1].first, 2);
    assert_int_equal(text.labels.items[1].last, 3);
    assert_int_equal(text.bytes.data[text.labels.items[1].said], 'A');
    assert_false(text.labels.items[2].is_resumed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            a_quotation_goes_on_where_the_next_paragraph_opens_anew),
        cmocka_unit_test(a_quotation_goes_on_to_a_mark_that_only_closes),
        cmocka_unit_test(a_quotation_that_is_closed_goes_on_nowhere),
        cmocka_unit_test(a_paragraph_without_marks_ends_a_quotation),
        cmocka_unit_test(an_inner_quotation_knows_its_outer_one),
        cmocka_unit_test(an_apostrophe_that_looked_like_a_mark_leaves_no_trace),
        cmocka_unit_test(a_label_reaches_to_the_next_one),
        cmocka_unit_test(a_stage_direction_cuts_what_is_said),
    };
    arena = arena_new(1 << 24);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(arena);
    return failed;
}
