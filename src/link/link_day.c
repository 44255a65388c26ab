/*
 * link_day.c - days as numbers. After Hinnant, "chrono-compatible low-level
 * date algorithms" (2013).
 */
#include <stdio.h>

#include "link_parts.h"

enum { DAYS_OF_ERA = 146097, DAYS_OF_YEAR = 365 };

static int32_t digits(const char *at, int count)
{
    int32_t value = 0;
    for (int i = 0; i < count; i++) {
        if (at[i] < '0' || at[i] > '9')
            return -1;
        value = value * 10 + (at[i] - '0');
    }
    return value;
}

static int32_t day_of(int32_t year, int32_t month, int32_t day)
{
    year -= month <= 2;
    int32_t era = year / 400;
    int32_t of_era = year - era * 400;
    int32_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * DAYS_OF_ERA + of_era * DAYS_OF_YEAR + of_era / 4 -
           of_era / 100 + of_year;
}

static void day_split(int32_t day, int32_t *year, int32_t *month, int32_t *of)
{
    int32_t era = day / DAYS_OF_ERA, of_era = day % DAYS_OF_ERA;
    int32_t years =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
        DAYS_OF_YEAR;
    int32_t of_year = of_era - (DAYS_OF_YEAR * years + years / 4 - years / 100);
    int32_t shifted = (5 * of_year + 2) / 153;
    *of = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted + (shifted < 10 ? 3 : -9);
    *year = years + era * 400 + (*month <= 2);
}

int32_t day_read(const char *iso)
{
    if (iso == NULL || strlen(iso) < 10 || iso[4] != '-' || iso[7] != '-')
        return LINK_NO_DAY;
    int32_t year = digits(iso, 4), month = digits(iso + 5, 2),
            day = digits(iso + 8, 2);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31)
        return LINK_NO_DAY;
    return day_of(year, month, day);
}

void day_write(int32_t day, char *words)
{
    int32_t year, month, of;
    day_split(day, &year, &month, &of);
    snprintf(words, DAY_BYTES, "%04d-%02d-%02d", (int)year, (int)month,
             (int)of);
}

/* Day 0 was a Wednesday; the week belongs to the year of its Thursday. */
int32_t day_week(int32_t day, int32_t *year)
{
    int32_t month, of;
    int32_t thursday = day - (day + 2) % 7 + 3;
    day_split(thursday, year, &month, &of);
    return (thursday - day_of(*year, 1, 1)) / 7 + 1;
}
