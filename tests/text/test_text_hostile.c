/*
 * test_text_hostile.c - texts that nobody would write: linear time, modest
 * memory, all invariants kept. Time is bounded by the processor's clock, so
 * that a busy machine fails nothing.
 */
#include <sys/resource.h>

#include "test.h"

#include "arena_fail.h"
#include "check_text.h"

enum { MEGABYTE = 1 << 20 };

static char *buffer; /* 6 megabytes */

static void analyse(size_t length)
{
    struct error error = {0};
    struct text text;
    struct arena *arena = arena_new((size_t)1 << 30);
    assert_non_null(arena);
    assert_true(
        text_analyse((struct slice){buffer, length}, arena, &text, &error));
    const char *fault = text_fault(&text);
    if (fault != NULL)
        fail_msg("%s", fault);
    arena_release(arena);
}

/* The pattern again and again, up to `most` bytes. */
static void analyse_repeated(const char *pattern, size_t size, size_t most)
{
    size_t length = 0;
    for (; length + size <= most; length += size)
        memcpy(buffer + length, pattern, size);
    analyse(length);
}

static void a_megabyte_of_quotation_marks_takes_linear_time(void **state)
{
    static const char *const patterns[] = {
        "\"",   "“",        "”",     "“”",     "‘",       "’",     "'",
        "' ",   "a' ",      " 'a",   "s' ",    " 's",     "«",     "»",
        "„",    "“‘«",      "”’»",   "“‘",     "\"'",     "`",     "``a",
        "“a‘ ", "« « « ” ", "“\n\n", "“a\n\n", "\"a\n\n", "‘a\n\n"};
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        analyse_repeated(patterns[i], strlen(patterns[i]), MEGABYTE);
}

static void any_pattern_takes_linear_time(void **state)
{
    static const char *const patterns[] = {"(",
                                           "((a))",
                                           "[",
                                           "[1]",
                                           "a.[1] ",
                                           "(a ",
                                           ".",
                                           ". ",
                                           "? ",
                                           "a.",
                                           "A.",
                                           "A. ",
                                           "a.A",
                                           "p.m.",
                                           "U.S. ",
                                           "…",
                                           "。",
                                           "!\"",
                                           "?” A ",
                                           "?” A A said ",
                                           "\n",
                                           "\r",
                                           "\r\n",
                                           "\f",
                                           "a\n",
                                           "a\n\n",
                                           "A\n\n",
                                           "A b:\n",
                                           "Q: a.\n",
                                           "Mr A: b c d.\n",
                                           "Mr A: b c d.\n\n(Laughter)\n\n",
                                           "A (",
                                           "A (b): ",
                                           "@a · 1\n",
                                           "@a · 1 May 2019\n\n",
                                           "A @a\nb\n\n",
                                           "— A (@a) 1 May\n",
                                           "|",
                                           "a|b\n",
                                           "a\tb\n",
                                           "a   b\n",
                                           "- a\n",
                                           "• a\n",
                                           "> a\n",
                                           "By A\n",
                                           "1 May 2019\n",
                                           "1 May ",
                                           "May ",
                                           "Monday ",
                                           "1/1/",
                                           "Ref: ",
                                           "RE: A\n\n",
                                           "Dear A\n\n",
                                           "Yours,\n\nA B\n\n",
                                           "Photo: a (AFP)\n",
                                           "Read also: a\n",
                                           "2 comments\n\na.\n\n",
                                           "A, ",
                                           "A — ",
                                           "A (B) — c.\n",
                                           "Taken by A. ",
                                           "Taken by A. B.\n\n",
                                           "3. ",
                                           "I",
                                           "1",
                                           "é",
                                           "漢",
                                           "ا",
                                           "ا ب. ",
                                           "🎉",
                                           "🎉 ",
                                           "\xFF",
                                           "\xC3",
                                           "\xE2\x80",
                                           "\xEF\xBB\xBF",
                                           "\xE2\x80\x8B",
                                           "\xC2\xAD",
                                           "a\xCC\x81",
                                           "\xCC\x81",
                                           "_",
                                           "a_",
                                           " ",
                                           "\t",
                                           "<a>",
                                           "http://a/"};
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        analyse_repeated(patterns[i], strlen(patterns[i]), MEGABYTE / 8);
    analyse_repeated("", 1, MEGABYTE);
    analyse_repeated("\n", 1, MEGABYTE);
    analyse_repeated("漢", 3, MEGABYTE);
}

static void one_word_of_five_megabytes_is_one_token(void **state)
{
    (void)state;
    memset(buffer, 'a', 5 * MEGABYTE);
    analyse(5 * MEGABYTE);
}

static void a_hundred_thousand_brackets_nest(void **state)
{
    (void)state;
    memset(buffer, '(', 100000);
    memset(buffer + 100000, ')', 100000);
    analyse(200000);
}

static void quotation_marks_that_all_open_then_all_close(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"“", "”"}, {"«", "»"}, {"‘", "’"}, {" \"a", "a\" "}, {"„", "“"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t length = 0;
        for (size_t j = 0; j < 2; j++) {
            size_t size = strlen(pairs[i][j]);
            for (size_t k = 0; k < 100000; k++, length += size)
                memcpy(buffer + length, pairs[i][j], size);
        }
        analyse(length);
    }
}

static void any_bytes_are_a_text(void **state)
{
    (void)state;
    uint32_t random = 1;
    for (size_t i = 0; i < MEGABYTE; i++) {
        random = random * 1664525 + 1013904223;
        buffer[i] = (char)(random >> 24);
    }
    analyse(MEGABYTE);
    for (size_t length = 0; length < 300; length++)
        analyse(length);
}

static void nothing_is_a_text(void **state)
{
    (void)state;
    struct error error = {0};
    struct text text;
    struct arena *arena = arena_new(1 << 20);
    assert_true(text_analyse((struct slice){NULL, 0}, arena, &text, &error));
    assert_int_equal(text.tokens.count, 0);
    assert_int_equal(text.parts.count, 0);
    assert_null(text_fault(&text));
    arena_release(arena);
}

static void four_gigabytes_are_too_much(void **state)
{
    (void)state;
    struct error error = {0};
    struct text text;
    struct arena *arena = arena_new(1 << 20);
    struct slice bytes = {buffer, (size_t)UINT32_MAX};
    assert_false(text_analyse(bytes, arena, &text, &error));
    assert_int_equal(error.kind, ERROR_LIMIT);
    assert_string_equal(error.text, "a text of 4 GiB or more");
    arena_release(arena);
}

/* A document of the usual kind, over and over. */
static size_t fill_with_prose(size_t least)
{
    static const char prose[] =
        "Four die as police break up water march in Nakuru\n\n"
        "NAKURU, May 13, 2019 (SPA) — At least four people were killed on "
        "Monday when officers opened fire on a march, organisers said.\n\n"
        "“Our officers fired tear gas to disperse a rowdy crowd, and nothing "
        "else,” Superintendent Agnes Ndolo told reporters by telephone. She "
        "would not say who had given the order, or when.\n\n"
        "Hon. Peter Lemayian asked: “Who shot them?” Nobody answered.\n\n";
    size_t length = 0;
    for (; length < least; length += sizeof prose - 1)
        memcpy(buffer + length, prose, sizeof prose - 1);
    return length;
}

static void memory_is_at_most_three_times_the_text(void **state)
{
    (void)state;
    struct error error = {0};
    struct text text;
    size_t length = fill_with_prose(5 * MEGABYTE);
    struct arena *arena = arena_new((size_t)1 << 30);
    assert_true(
        text_analyse((struct slice){buffer, length}, arena, &text, &error));
    assert_in_range(arena_used(arena), length, 3 * length);
    arena_release(arena);
}

static void running_out_of_memory_is_said_wherever_it_happens(void **state)
{
    (void)state;
    size_t length = fill_with_prose(3000);
    static const char hearing[] = "\n\nMr A: They came.\n\n(Laughter)\n\nThen "
                                  "they left.\n\nMr B: So I hear.\n";
    memcpy(buffer + length, hearing, sizeof hearing - 1);
    length += sizeof hearing - 1;
    bool is_done = false;
    for (size_t take = 1; !is_done; take++) {
        struct error error = {0};
        struct text text;
        struct arena *arena = arena_new(1 << 24);
        arena_fail_at(arena, take);
        is_done =
            text_analyse((struct slice){buffer, length}, arena, &text, &error);
        assert_int_equal(error.kind, is_done ? ERROR_NONE : ERROR_LIMIT);
        assert_in_range(take, 1, 1000);
        arena_release(arena);
    }
}

static void a_ceiling_is_kept(void **state)
{
    (void)state;
    struct error error = {0};
    struct text text;
    size_t length = fill_with_prose(MEGABYTE);
    struct arena *arena = arena_new(MEGABYTE);
    assert_false(
        text_analyse((struct slice){buffer, length}, arena, &text, &error));
    assert_int_equal(error.kind, ERROR_LIMIT);
    arena_release(arena);
}

/* valgrind is some fifty times slower. */
static void bound_time(void)
{
    const char *preloaded = getenv("LD_PRELOAD");
    bool is_slow = preloaded != NULL && strstr(preloaded, "vgpreload");
    rlim_t seconds = is_slow ? 3000 : 100;
    setrlimit(RLIMIT_CPU, &(struct rlimit){seconds, seconds});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_megabyte_of_quotation_marks_takes_linear_time),
        cmocka_unit_test(any_pattern_takes_linear_time),
        cmocka_unit_test(one_word_of_five_megabytes_is_one_token),
        cmocka_unit_test(a_hundred_thousand_brackets_nest),
        cmocka_unit_test(quotation_marks_that_all_open_then_all_close),
        cmocka_unit_test(any_bytes_are_a_text),
        cmocka_unit_test(nothing_is_a_text),
        cmocka_unit_test(four_gigabytes_are_too_much),
        cmocka_unit_test(memory_is_at_most_three_times_the_text),
        cmocka_unit_test(running_out_of_memory_is_said_wherever_it_happens),
        cmocka_unit_test(a_ceiling_is_kept),
    };
    bound_time();
    buffer = malloc(6 * MEGABYTE);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(buffer);
    return failed;
}
