/*
 * time_recurrence.c - see time_recurrence.h.
 */
#include "time_recurrence.h"

#include "calendar.h"

static int32_t number_at(const char **at)
{
    int32_t number = 0;
    while (**at >= '0' && **at <= '9' && number < 100000)
        number = number * 10 + (*(*at)++ - '0');
    return number;
}

/* "P2W", "PT3H", "P1Q". */
static bool take_period(const char *at, struct recurrence *recurrence)
{
    bool is_clock = at[1] == 'T';
    at += is_clock ? 2 : 1;
    recurrence->interval = number_at(&at);
    if (recurrence->interval < 1)
        return false;
    switch (*at) {
    case 'H':
        recurrence->unit = RECURRENCE_HOUR;
        return is_clock;
    case 'D':
        recurrence->unit = RECURRENCE_DAY;
        return true;
    case 'W':
        recurrence->unit = RECURRENCE_WEEK;
        return at[1] == '\0';
    case 'Q':
        recurrence->interval *= 3;
        recurrence->unit = RECURRENCE_MONTH;
        return true;
    case 'M':
        recurrence->unit = RECURRENCE_MONTH;
        return !is_clock;
    case 'Y':
        recurrence->unit = RECURRENCE_YEAR;
        return true;
    default:
        return false;
    }
}

static bool take_value(const struct time *time, struct recurrence *recurrence)
{
    const char *at = time->value;
    recurrence->interval = 1;
    recurrence->unit = RECURRENCE_WEEK;
    if (*at == 'T') {
        at++;
        int32_t hour = number_at(&at);
        at += *at == ':';
        recurrence->unit = RECURRENCE_DAY;
        recurrence->minute = (int16_t)(hour * 60 + number_at(&at));
        return recurrence->minute < 1440;
    }
    if (*at == 'P')
        return take_period(at, recurrence);
    if (recurrence->weekdays != 0)
        return true;
    at += 5; /* "XXXX-05" */
    recurrence->month = (uint8_t)number_at(&at);
    recurrence->unit = RECURRENCE_YEAR;
    return recurrence->month >= 1 && recurrence->month <= 12;
}

static bool has_weekday(const struct recurrence *recurrence, int32_t day)
{
    return recurrence->weekdays == 0 ||
           (recurrence->weekdays >> (calendar_weekday(day) - 1) & 1) != 0;
}

bool time_recurrence(const struct times *times, uint32_t index, int32_t from,
                     struct recurrence *recurrence)
{
    const struct time *time = &times->items.items[index];
    *recurrence = (struct recurrence){.minute = -1,
                                      .weekdays = time->weekdays,
                                      .first = from,
                                      .last = MOMENT_NONE};
    if (time->type != TIME_SET || !take_value(time, recurrence))
        return false;
    if (time->anchor != TIME_NONE)
        recurrence->last = times->items.items[time->anchor].last.day;
    if (from == MOMENT_NONE)
        return true;
    if (recurrence->month != 0) {
        struct calendar_date date = calendar_date_of(from);
        date.year += date.month > recurrence->month ? 1 : 0;
        if (!calendar_has(date.year, recurrence->month, 1))
            return false;
        recurrence->first = calendar_day(date.year, recurrence->month, 1);
    }
    while (recurrence->first < CALENDAR_LAST &&
           !has_weekday(recurrence, recurrence->first))
        recurrence->first++;
    return recurrence->last == MOMENT_NONE ||
           recurrence->first <= recurrence->last;
}

int32_t recurrence_next(const struct recurrence *recurrence, int32_t day)
{
    struct calendar_date date = calendar_date_of(day);
    int32_t next = day + 1;
    switch (recurrence->unit) {
    case RECURRENCE_HOUR:
        break;
    case RECURRENCE_DAY:
        next = day + recurrence->interval;
        break;
    case RECURRENCE_WEEK:
        if (recurrence->weekdays == 0)
            next = day + 7 * recurrence->interval;
        break;
    case RECURRENCE_MONTH:
    case RECURRENCE_YEAR:
        if (!calendar_add_months(
                &date, recurrence->interval *
                           (recurrence->unit == RECURRENCE_YEAR ? 12 : 1)))
            return MOMENT_NONE;
        next = calendar_day(date.year, date.month, date.day);
        break;
    }
    while (next <= CALENDAR_LAST && !has_weekday(recurrence, next))
        next++;
    bool is_over = next > CALENDAR_LAST ||
                   (recurrence->last != MOMENT_NONE && next > recurrence->last);
    return is_over ? MOMENT_NONE : next;
}
