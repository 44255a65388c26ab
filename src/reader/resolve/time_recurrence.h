/*
 * time_recurrence.h - when that which comes again comes: the SETs of a text
 * as days.
 *
 * What a rule of iCalendar (RFC 5545, 3.3.10) can say and no more. A set whose
 * amount is not known ("every few days") has no recurrence.
 */
#ifndef MADAI_TIME_RECURRENCE_H
#define MADAI_TIME_RECURRENCE_H

#include "time_find.h"

enum recurrence_unit {
    RECURRENCE_HOUR,
    RECURRENCE_DAY,
    RECURRENCE_WEEK,
    RECURRENCE_MONTH,
    RECURRENCE_YEAR,
};

struct recurrence {
    enum recurrence_unit unit;
    int32_t interval; /* every how many units */
    uint8_t weekdays; /* Monday's bit is 1; 0: any */
    int16_t minute;   /* of the day, or -1 */
    uint8_t month;    /* of a year, or 0 */
    int32_t first;    /* day on or behind `from`; MOMENT_NONE: not known */
    int32_t last;     /* day, or MOMENT_NONE: no end is told */
};

/* False where the time is no set, one that says too little, or one that is
 * over before `from`. `from` is the
 * day from which on it is counted (the document's), or MOMENT_NONE. */
bool time_recurrence(const struct times *, uint32_t time, int32_t from,
                     struct recurrence *);

/* The next day of the recurrence behind `day`; MOMENT_NONE behind its last. A
 * recurrence by hours comes on each day. */
int32_t recurrence_next(const struct recurrence *, int32_t day);

#endif
