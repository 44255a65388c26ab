/*
 * calendar.c - see calendar.h.
 */
#include "calendar.h"

bool calendar_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int calendar_month_length(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 30;
    return days[month - 1] + (month == 2 && calendar_is_leap(year) ? 1 : 0);
}

bool calendar_has(int year, int month, int day)
{
    return year >= 1 && year <= CALENDAR_YEARS && month >= 1 && month <= 12 &&
           day >= 1 && day <= calendar_month_length(year, month);
}

/* Hinnant's days_from_civil: the year begins in March, so that the leap day
 * is its last. */
int32_t calendar_day(int year, int month, int day)
{
    int shifted = month <= 2 ? year - 1 : year;
    int era = shifted / 400;
    int of_era = shifted - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int in_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * 146097 + in_era - 719468;
}

/* Hinnant's civil_from_days. */
struct calendar_date calendar_date_of(int32_t day)
{
    if (day < CALENDAR_FIRST)
        day = CALENDAR_FIRST;
    if (day > CALENDAR_LAST)
        day = CALENDAR_LAST;
    int32_t shifted = day + 719468;
    int32_t era = shifted / 146097;
    int32_t in_era = shifted - era * 146097;
    int32_t of_era =
        (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int32_t of_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
    int32_t march = (5 * of_year + 2) / 153;
    struct calendar_date date = {
        .year = (int)(of_era + era * 400),
        .month = (int)(march < 10 ? march + 3 : march - 9),
        .day = (int)(of_year - (153 * march + 2) / 5 + 1),
    };
    if (date.month <= 2)
        date.year++;
    return date;
}

int calendar_weekday(int32_t day)
{
    /* 1 January 1970 was a Thursday; the sum is never negative. */
    return (int)((day + 3 + 7 * 110000) % 7) + 1;
}

struct calendar_week calendar_week_of(int32_t day)
{
    int32_t thursday = day - calendar_weekday(day) + 4;
    int year = calendar_date_of(thursday).year;
    int32_t first = calendar_day(year, 1, 1);
    return (struct calendar_week){year, (int)((thursday - first) / 7) + 1};
}

int32_t calendar_week_begin(struct calendar_week week)
{
    int32_t fourth = calendar_day(week.year, 1, 4); /* always in week 1 */
    return fourth - calendar_weekday(fourth) + 1 + (week.week - 1) * 7;
}

bool calendar_add_months(struct calendar_date *date, int32_t months)
{
    int64_t month = (int64_t)date->year * 12 + date->month - 1 + months;
    if (month < 12 || month >= ((int64_t)CALENDAR_YEARS + 1) * 12)
        return false;
    date->year = (int)(month / 12);
    date->month = (int)(month % 12) + 1;
    int length = calendar_month_length(date->year, date->month);
    if (date->day > length)
        date->day = length;
    return true;
}

int32_t calendar_easter(int year)
{
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7;
    int f = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114;
    return calendar_day(year, f / 31, f % 31 + 1);
}
