/*
 * test_calendar.c - days as integers, weeks, Easter.
 */
#include "calendar.h"
#include "test.h"

static void every_day_has_a_date_and_every_date_its_day(void **state)
{
    (void)state;
    int32_t day = CALENDAR_FIRST;
    for (int year = 1; year <= CALENDAR_YEARS; year++)
        for (int month = 1; month <= 12; month++)
            for (int of_month = 1;
                 of_month <= calendar_month_length(year, month);
                 of_month++, day++) {
                struct calendar_date date = calendar_date_of(day);
                if (calendar_day(year, month, of_month) != day ||
                    date.year != year || date.month != month ||
                    date.day != of_month)
                    fail_msg("%d-%d-%d", year, month, of_month);
            }
    assert_int_equal(day, CALENDAR_LAST + 1);
}

static void days_out_of_bounds_become_the_nearest(void **state)
{
    (void)state;
    assert_int_equal(calendar_date_of(INT32_MIN).year, 1);
    assert_int_equal(calendar_date_of(INT32_MAX).year, 9999);
    assert_false(calendar_has(0, 1, 1));
    assert_false(calendar_has(10000, 1, 1));
    assert_false(calendar_has(1900, 2, 29));
    assert_true(calendar_has(2000, 2, 29));
}

static void weekdays_and_weeks_are_those_of_iso_8601(void **state)
{
    (void)state;
    assert_int_equal(calendar_weekday(calendar_day(1970, 1, 1)), 4);
    assert_int_equal(calendar_weekday(calendar_day(2019, 5, 13)), 1);
    assert_int_equal(calendar_weekday(CALENDAR_FIRST), 1);
    struct calendar_week week = calendar_week_of(calendar_day(2021, 1, 3));
    assert_int_equal(week.year, 2020);
    assert_int_equal(week.week, 53);
    week = calendar_week_of(calendar_day(2018, 12, 31));
    assert_int_equal(week.year, 2019);
    assert_int_equal(week.week, 1);
    assert_int_equal(calendar_week_begin(week), calendar_day(2018, 12, 31));
}

static void weeks_begin_on_their_monday(void **state)
{
    (void)state;
    for (int32_t day = CALENDAR_FIRST + 7; day < CALENDAR_LAST - 7; day += 5) {
        int32_t monday = calendar_week_begin(calendar_week_of(day));
        if (monday > day || day - monday > 6 || calendar_weekday(monday) != 1)
            fail_msg("day %d", (int)day);
    }
}

static void months_are_added_within_the_calendar(void **state)
{
    (void)state;
    struct calendar_date date = {2019, 1, 31};
    assert_true(calendar_add_months(&date, 1));
    assert_int_equal(date.day, 28);
    assert_true(calendar_add_months(&date, -14));
    assert_int_equal(date.year, 2017);
    assert_int_equal(date.month, 12);
    date = (struct calendar_date){1, 1, 1};
    assert_false(calendar_add_months(&date, -1));
    date = (struct calendar_date){9999, 12, 1};
    assert_false(calendar_add_months(&date, 1));
    assert_false(calendar_add_months(&date, INT32_MAX));
}

/* The days that the churches published. */
static void easter_is_the_sunday_that_was_kept(void **state)
{
    (void)state;
    static const int days[][3] = {
        {1818, 3, 22}, {1943, 4, 25}, {1954, 4, 18}, {1981, 4, 19},
        {2000, 4, 23}, {2008, 3, 23}, {2019, 4, 21}, {2024, 3, 31},
        {2025, 4, 20}, {2038, 4, 25},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        assert_int_equal(calendar_easter(days[i][0]),
                         calendar_day(days[i][0], days[i][1], days[i][2]));
    for (int year = 1583; year < 5000; year++)
        assert_int_equal(calendar_weekday(calendar_easter(year)), 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_has_a_date_and_every_date_its_day),
        cmocka_unit_test(days_out_of_bounds_become_the_nearest),
        cmocka_unit_test(weekdays_and_weeks_are_those_of_iso_8601),
        cmocka_unit_test(weeks_begin_on_their_monday),
        cmocka_unit_test(months_are_added_within_the_calendar),
        cmocka_unit_test(easter_is_the_sunday_that_was_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
