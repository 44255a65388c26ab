/*
 * test_dates.c - calendar dates in the forms of letterheads and datelines.
 */
#include "date.h"
#include "test.h"

static void check(const char *words, const char *wanted)
{
    struct error error = {0};
    struct text text;
    char date[DATE_SIZE] = "";
    struct arena *arena = arena_new(1 << 20);
    assert_non_null(arena);
    assert_true(text_analyse(slice_of(words), arena, &text, &error));
    struct span all = {0, (uint32_t)text.tokens.count};
    bool is_found = date_find(&text, all, date);
    arena_release(arena);
    assert_int_equal(is_found, wanted != NULL);
    if (wanted != NULL)
        assert_string_equal(date, wanted);
}

static void whole_dates_are_found_in_every_order(void **state)
{
    (void)state;
    check("17 May 2019", "2019-05-17");
    check("Friday 17 May 2019", "2019-05-17");
    check("NAKURU, May 13, 2019 (SPA)", "2019-05-13");
    check("Tuesday, May 21, 2019", "2019-05-21");
    check("Wednesday, 29th May 2019", "2019-05-29");
    check("PETITION dated 10 June 2019", "2019-06-10");
    check("the 1st of March, 2020", "2020-03-01");
    check("Sept 3 2018", "2018-09-03");
    check("2019-05-17", "2019-05-17");
    check("29 February 2020", "2020-02-29");
    check("this 6th day of February 2017", "2017-02-06");
    check("Aug. 15, 2016 (INS)", "2016-08-15");
    check("17/5/2019", "2019-05-17");
    check("5/17/2019", "2019-05-17");
    check("Tue 11.2.97", "1997-02-11");
    check("2O March 2012", "2012-03-20");
    check("13 FEB 97 1842 GMT", "1997-02-13");
}

static void what_is_no_date_is_none(void **state)
{
    (void)state;
    check("", NULL);
    check("May 13", NULL);
    check("31 June 2019", NULL);
    check("29 February 2019", NULL);
    check("0 May 2019", NULL);
    check("you may 13 2019", NULL);
    check("12 of 2019 people", NULL);
    check("17 May 99999", NULL);
    check("Ref 4471/2019", NULL);
    check("on 18 May 10 people", NULL);
    check("22 June, 13.20", NULL);
    check("22 June 13.20", NULL);
    check("22 June. 14.00", NULL);
    check("26 Sept. to 2 Oct.", NULL);
    check("14 / 5 / 2019 of them", NULL);
}

static void a_given_date_must_be_one_of_the_calendar(void **state)
{
    (void)state;
    assert_true(date_is_valid(slice_of("2019-05-17")));
    assert_false(date_is_valid(slice_of("2019-02-29")));
    assert_false(date_is_valid(slice_of("2019-5-17")));
    assert_false(date_is_valid(slice_of("17-05-2019")));
    assert_false(date_is_valid(slice_of("2019-05-1x")));
    assert_false(date_is_valid(slice_of("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_dates_are_found_in_every_order),
        cmocka_unit_test(what_is_no_date_is_none),
        cmocka_unit_test(a_given_date_must_be_one_of_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
