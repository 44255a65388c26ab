/*
 * calendar.h - days, weeks and months as integers.
 *
 * Proleptic Gregorian calendar, years 1 to 9999; a day is counted from 1
 * January 1970, which is 0. Nothing here reads a clock or a time zone.
 * Day and date by E. Richards's formulas in the form of H. Hinnant
 * ("chrono-compatible low-level date algorithms", 2013); weeks by ISO 8601;
 * Easter by the anonymous Gregorian algorithm (Nature, 20 April 1876; J.
 * Meeus, "Astronomical Algorithms", chapter 8).
 */
#ifndef MADAI_CALENDAR_H
#define MADAI_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum { CALENDAR_YEARS = 9999 };
/* 1 January of year 1, 31 December of year 9999. */
enum { CALENDAR_FIRST = -719162, CALENDAR_LAST = 2932896 };

struct calendar_date {
    int year; /* 1 to 9999 */
    int month;
    int day;
};

struct calendar_week {
    int year; /* the one that holds the week's Thursday */
    int week; /* 1 to 53 */
};

bool calendar_has(int year, int month, int day);
bool calendar_is_leap(int year);
/* 28 to 31; 30 for a month that is none. */
int calendar_month_length(int year, int month);

/* The day of a date that the calendar has. */
int32_t calendar_day(int year, int month, int day);
/* The date of a day; one out of bounds is taken to the nearest bound. */
struct calendar_date calendar_date_of(int32_t day);

/* 1 is Monday, 7 is Sunday. */
int calendar_weekday(int32_t day);
struct calendar_week calendar_week_of(int32_t day);
/* The Monday of a week; week 53 of a year that has 52 is the next year's
 * first. */
int32_t calendar_week_begin(struct calendar_week);

/* The day `months` later, on the same day of the month or the month's last;
 * false where it leaves the calendar. */
bool calendar_add_months(struct calendar_date *, int32_t months);

/* Easter Sunday of the western churches. */
int32_t calendar_easter(int year);

#endif
