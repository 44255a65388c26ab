/*
 * time_resolve.c - see time_resolve.h: which day, month or year a point of
 * time is.
 *
 * A point is found as the first day of a stretch and its grain; value and
 * bounds follow from these two.
 */
#include "time_resolve.h"

#include <string.h>

struct point {
    int32_t day; /* the first of the stretch */
    enum time_grain grain;
    int32_t season; /* 1 to 4 */
    enum time_why why;
    uint32_t anchor;
};

static const struct time *time_at(const struct time_task *task, uint32_t index)
{
    return &task->times->items.items[index];
}

static int32_t slot(const struct time_task *task, enum time_slot name,
                    int32_t otherwise)
{
    return time_slot(task->frame, name, otherwise);
}

static bool has(const struct time_task *task, enum time_slot name)
{
    return time_has(task->frame, name);
}

static bool in_calendar(int32_t day)
{
    return day >= CALENDAR_FIRST && day <= CALENDAR_LAST;
}

int32_t time_minute(const struct time_frame *frame)
{
    int32_t hour = time_slot(frame, SLOT_HOUR, -1);
    int32_t minute = time_slot(frame, SLOT_MINUTE, 0);
    int32_t part = time_slot(frame, SLOT_PART, 0);
    int32_t meridiem = time_slot(frame, SLOT_MERIDIEM, 0);
    if (hour < 0)
        return -1;
    if (hour >= TIME_HHMM) {
        minute = (hour - TIME_HHMM) % 100;
        hour = (hour - TIME_HHMM) / 100;
    }
    if (minute < 0) { /* "a quarter to" */
        minute += 60;
        hour = hour == 0 ? 23 : hour - 1;
    }
    bool is_late =
        meridiem == 2 || part == 2 || part == 3 || (part == 4 && hour >= 6);
    if (meridiem != 1 && is_late && hour < 12)
        hour += 12;
    else if (hour == 12 && (meridiem == 1 || part == 4))
        hour = 0;
    return hour > 24 || hour * 60 + minute > 1440 ? -1 : hour * 60 + minute;
}

/* The day that relative words count from, and why. */
static int32_t basis(const struct time_task *task, struct point *point)
{
    const struct time_anchors *anchors = task->anchors;
    point->why = anchors->is_entry ? WHY_ENTRY : WHY_DOCUMENT;
    point->anchor = TIME_NONE;
    if (anchors->is_narrative && anchors->last != TIME_NONE) {
        point->why = WHY_TIME;
        point->anchor = anchors->last;
        return time_at(task, anchors->last)->first.day;
    }
    if (anchors->entry == MOMENT_NONE && anchors->last_day != TIME_NONE) {
        point->why = WHY_TIME;
        point->anchor = anchors->last_day;
        return time_at(task, anchors->last_day)->first.day;
    }
    return anchors->entry;
}

/* The last day that was told; else the basis. */
static int32_t last_day(const struct time_task *task, struct point *point)
{
    uint32_t anchor = task->anchors->last_day;
    if (anchor == TIME_NONE)
        return basis(task, point);
    point->why = WHY_TIME;
    point->anchor = anchor;
    return time_at(task, anchor)->first.day;
}

/* The day told last in this paragraph or near it; else the basis. */
static int32_t near_day(const struct time_task *task, struct point *point)
{
    enum { PARAGRAPHS = 3 };
    if (task->anchors->last_day == TIME_NONE ||
        task->paragraph > task->anchors->day_paragraph + PARAGRAPHS)
        return basis(task, point);
    int32_t day = last_day(task, point);
    point->why = WHY_DAY_OF;
    return day;
}

static int32_t begin_of(int32_t day, enum time_grain grain)
{
    struct calendar_date date = calendar_date_of(day);
    switch (grain) {
    case GRAIN_CENTURY:
        date.year = (date.year - 1) / 100 * 100 + 1;
        break;
    case GRAIN_DECADE:
        date.year -= date.year % 10;
        break;
    case GRAIN_HALF:
        return calendar_day(date.year, date.month <= 6 ? 1 : 7, 1);
    case GRAIN_QUARTER:
        return calendar_day(date.year, (date.month - 1) / 3 * 3 + 1, 1);
    case GRAIN_MONTH:
        return calendar_day(date.year, date.month, 1);
    case GRAIN_WEEK:
        return day - calendar_weekday(day) + 1;
    case GRAIN_WEEKEND:
        return day - calendar_weekday(day) + 6;
    case GRAIN_YEAR:
    case GRAIN_SEASON:
        break;
    default:
        return day;
    }
    return calendar_day(date.year < 1 ? 1 : date.year, 1, 1);
}

/* The last day of the stretch that begins at `day`. */
static int32_t end_of(int32_t day, enum time_grain grain)
{
    static const int32_t months[] = {
        [GRAIN_CENTURY] = 1200, [GRAIN_DECADE] = 120, [GRAIN_YEAR] = 12,
        [GRAIN_HALF] = 6,       [GRAIN_QUARTER] = 3,  [GRAIN_SEASON] = 12,
        [GRAIN_MONTH] = 1,      [GRAIN_MINUTE] = 0,
    };
    struct calendar_date date = calendar_date_of(day);
    if (grain == GRAIN_WEEK)
        return day + 6;
    if (grain == GRAIN_WEEKEND)
        return day + 1;
    if (months[grain] == 0)
        return day;
    return calendar_add_months(&date, months[grain])
               ? calendar_day(date.year, date.month, date.day) - 1
               : CALENDAR_LAST;
}

static enum time_grain grain_of_unit(int32_t unit)
{
    switch (unit) {
    case 'w':
    case 'f':
        return GRAIN_WEEK;
    case 'e':
        return GRAIN_WEEKEND;
    case 'M':
        return GRAIN_MONTH;
    case 'q':
        return GRAIN_QUARTER;
    case 'y':
        return GRAIN_YEAR;
    case 't':
        return GRAIN_DECADE;
    case 'c':
    case 'k':
        return GRAIN_CENTURY;
    default:
        return GRAIN_DAY;
    }
}

/* `tenths` of a unit from `day`; false where the calendar ends. */
static bool shift(int32_t *day, int32_t tenths, int32_t unit)
{
    static const struct {
        char unit;
        int32_t months;
    } months[] = {{'M', 1},   {'q', 3},    {'y', 12},
                  {'t', 120}, {'c', 1200}, {'k', 12000}};
    enum { MOST = 300000 };
    if (tenths > MOST || tenths < -MOST)
        return false;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        struct calendar_date date = calendar_date_of(*day);
        if (months[i].unit != unit)
            continue;
        if (!calendar_add_months(&date, tenths * months[i].months / 10))
            return false;
        *day = calendar_day(date.year, date.month, date.day);
        return true;
    }
    if (unit == 'w' || unit == 'e')
        tenths *= 7;
    else if (unit == 'f')
        tenths *= 14;
    else if (unit == 'h')
        tenths /= 24;
    else if (unit == 'm' || unit == 's')
        tenths = 0;
    *day += tenths / 10;
    return in_calendar(*day);
}

/* The day of a month in the year that is meant where none is told: the past
 * one, unless the tense is ahead; nearer ones first where nothing tells. */
static int32_t choose_year(const struct time_task *task, int32_t from,
                           int32_t month, int32_t day, bool *is_ahead)
{
    enum { NEAR = 31 };
    int year = calendar_date_of(from).year;
    int length = calendar_month_length(year, month);
    int32_t here = calendar_day(year, month, day <= length ? day : length);
    bool is_month = !has(task, SLOT_DAY) && !has(task, SLOT_HOLIDAY);
    int32_t end = is_month ? here + length - 1 : here;
    *is_ahead = false;
    if (task->tense == TENSE_AHEAD) {
        *is_ahead = true;
        if (end >= from || from - end < 3 * NEAR)
            return here;
        return calendar_has(year + 1, month, day)
                   ? calendar_day(year + 1, month, day)
                   : here;
    }
    int32_t ahead = task->tense == TENSE_PAST && is_month ? NEAR : 183;
    if (here <= from + ahead || !calendar_has(year - 1, month, day))
        return here;
    return calendar_day(year - 1, month, day);
}

/* A year in which the day falls on the weekday, nearest to `year`. */
static bool year_of_weekday(int year, int32_t month, int32_t day,
                            int32_t weekday, int32_t *found)
{
    for (int i = 0; i < 12; i++) {
        int tried = year + (i % 2 == 0 ? -(i / 2) : i / 2 + 1);
        if (!calendar_has(tried, month, day))
            continue;
        *found = calendar_day(tried, month, day);
        if (calendar_weekday(*found) == weekday)
            return true;
    }
    return false;
}

/* The day of a month that is nearest to `from`. */
static bool nearest_year(int32_t from, int32_t month, int32_t day,
                         int32_t *found)
{
    int year = calendar_date_of(from).year;
    int32_t least = INT32_MAX;
    for (int tried = year - 1; tried <= year + 1; tried++) {
        if (!calendar_has(tried, month, day))
            continue;
        int32_t here = calendar_day(tried, month, day);
        int32_t away = here > from ? here - from : from - here;
        if (away < least)
            *found = here;
        least = away < least ? away : least;
    }
    return least < INT32_MAX;
}

/* Whether the year is that of a time told before, and which time that is. */
static uint32_t year_anchor(const struct time_task *task)
{
    const struct time_anchors *anchors = task->anchors;
    if (anchors->is_narrative)
        return anchors->last;
    return anchors->entry == MOMENT_NONE ? anchors->last_year : TIME_NONE;
}

/* The first day of a month, or a day of it, whose year is not told. */
static bool infer_year(const struct time_task *task, int32_t month, int32_t day,
                       struct point *point)
{
    uint32_t anchor = year_anchor(task);
    int32_t weekday = slot(task, SLOT_WEEKDAY, 0);
    bool is_ahead = false;
    if (day > calendar_month_length(2000, month))
        return false;
    int32_t from = anchor != TIME_NONE ? time_at(task, anchor)->first.day
                                       : basis(task, point);
    if (from == MOMENT_NONE) {
        point->day = MOMENT_NONE;
        return true;
    }
    int year = calendar_date_of(from).year;
    if (weekday != 0 && has(task, SLOT_DAY) &&
        year_of_weekday(year, month, day, weekday, &point->day))
        return true;
    if (anchor == TIME_NONE) {
        point->day = choose_year(task, from, month, day, &is_ahead);
        if (is_ahead && point->why == WHY_DOCUMENT)
            point->why = WHY_DOCUMENT_NEXT;
        return true;
    }
    point->why = WHY_YEAR_OF;
    point->anchor = anchor;
    if (time_at(task, anchor)->grain >= GRAIN_MONTH)
        return nearest_year(from, month, day, &point->day);
    if (!calendar_has(year, month, day))
        return false;
    point->day = calendar_day(year, month, day);
    return true;
}

static bool resolve_quarter(const struct time_task *task, struct point *point)
{
    int32_t quarter = slot(task, SLOT_QUARTER, 0);
    int32_t year = slot(task, SLOT_YEAR, 0);
    if (quarter < 1 || quarter > 4)
        return false;
    point->grain = GRAIN_QUARTER;
    if (year > 0) {
        point->day = calendar_day(year, quarter * 3 - 2, 1);
        return true;
    }
    int32_t from = basis(task, point);
    point->day = from;
    if (from == MOMENT_NONE)
        return true;
    year =
        calendar_date_of(from).year +
        slot(task, SLOT_REL, 0) *
            (has(task, SLOT_UNIT) && slot(task, SLOT_UNIT, 0) == 'y' ? 1 : 0);
    point->day = calendar_day(year, quarter * 3 - 2, 1);
    if (point->day > from && task->tense != TENSE_AHEAD && year > 1)
        point->day = calendar_day(year - 1, quarter * 3 - 2, 1);
    return true;
}

static int32_t month_of_season(int32_t season)
{
    return season == 4 ? 12 : season * 3;
}

/* Spring to winter, of a year that is told or not. */
static bool resolve_season(const struct time_task *task, struct point *point)
{
    point->season = slot(task, SLOT_SEASON, 1);
    point->grain = GRAIN_SEASON;
    if (has(task, SLOT_YEAR)) {
        point->day = calendar_day(slot(task, SLOT_YEAR, 1), 1, 1);
        return true;
    }
    uint32_t anchor = year_anchor(task);
    int32_t from = anchor != TIME_NONE ? time_at(task, anchor)->first.day
                                       : basis(task, point);
    point->day = from;
    if (from == MOMENT_NONE)
        return true;
    struct calendar_date date = calendar_date_of(from);
    if (anchor != TIME_NONE) {
        point->why = WHY_YEAR_OF;
        point->anchor = anchor;
    } else if (slot(task, SLOT_REL, 0) < 0 ||
               (!has(task, SLOT_REL) && task->tense == TENSE_PAST)) {
        date.year -= month_of_season(point->season) >= date.month ? 1 : 0;
    } else if (slot(task, SLOT_REL, 0) > 0) {
        date.year += month_of_season(point->season) <= date.month ? 1 : 0;
    }
    point->day = calendar_day(date.year < 1 ? 1 : date.year, 1, 1);
    return true;
}

static bool resolve_calendar(const struct time_task *task, struct point *point)
{
    if (has(task, SLOT_QUARTER))
        return resolve_quarter(task, point);
    if (has(task, SLOT_SEASON))
        return resolve_season(task, point);
    int32_t year = slot(task, SLOT_YEAR, 0);
    int32_t month = slot(task, SLOT_MONTH, 1);
    int32_t day = slot(task, SLOT_DAY, 1);
    point->grain = has(task, SLOT_DAY) ? GRAIN_DAY : GRAIN_MONTH;
    if (slot(task, SLOT_HALF, 0) == 2)
        month = 7;
    if (has(task, SLOT_HALF))
        point->grain = GRAIN_HALF;
    if (has(task, SLOT_YEAR)) {
        if (!calendar_has(year, month, day))
            return false;
        point->day = calendar_day(year, month, day);
    } else if (!infer_year(task, month, day, point)) {
        return false;
    }
    if (has(task, SLOT_UNIT) && point->day != MOMENT_NONE) {
        point->grain = grain_of_unit(slot(task, SLOT_UNIT, 'd'));
        point->day = begin_of(point->day, point->grain);
    }
    return true;
}

/* The weekday nearest to `from` on its side; `rel` 0: on it or before. */
static int32_t weekday_from(int32_t from, int32_t weekday, int32_t rel)
{
    int32_t back = (calendar_weekday(from) - weekday + 7) % 7;
    if (rel > 0)
        return from + 7 - back;
    return from - (rel < 0 && back == 0 ? 7 : back);
}

static bool resolve_weekday(const struct time_task *task, struct point *point)
{
    int32_t weekday = slot(task, SLOT_WEEKDAY, 1);
    int32_t rel = slot(task, SLOT_REL, 0);
    bool is_told = slot(task, SLOT_FROM, 0) == 1 || task->anchors->is_narrative;
    int32_t from = is_told ? last_day(task, point) : basis(task, point);
    point->grain = GRAIN_DAY;
    point->day = from;
    if (from == MOMENT_NONE)
        return true;
    if (slot(task, SLOT_ORDINAL, 0) == 7) {
        point->day = begin_of(from, GRAIN_WEEK) + rel * 7 + weekday - 1;
    } else if (slot(task, SLOT_ORDINAL, 0) == 14) {
        point->day = weekday_from(from, weekday, 1) + 7;
    } else if (has(task, SLOT_REL) && rel != 0) {
        point->day = weekday_from(from, weekday, rel);
    } else if (is_told && point->anchor != TIME_NONE) {
        point->day = weekday_from(from - 1, weekday, 1);
    } else if (task->tense == TENSE_AHEAD) {
        point->day = weekday_from(from, weekday, 1);
        if (point->why == WHY_DOCUMENT)
            point->why = WHY_DOCUMENT_NEXT;
    } else {
        point->day = weekday_from(from, weekday, 0);
    }
    return in_calendar(point->day);
}

/* A number of units from the document's date, or from the last time told. */
static bool resolve_counted(const struct time_task *task, bool is_told,
                            struct point *point)
{
    int32_t unit = slot(task, SLOT_UNIT, 'd');
    int32_t rel = slot(task, SLOT_REL, 0);
    int32_t tenths = slot(task, SLOT_COUNT_TENTHS, 0) * rel;
    bool is_narrative = task->anchors->is_narrative;
    int32_t from =
        is_told || is_narrative ? last_day(task, point) : basis(task, point);
    uint32_t last = task->anchors->last;
    point->grain = grain_of_unit(unit);
    if (point->grain == GRAIN_WEEK)
        point->grain = GRAIN_DAY;
    bool is_year = point->grain == GRAIN_YEAR && rel < 0 && tenths == -10;
    if (is_year && task->anchors->last_quarter != TIME_NONE) {
        /* "a year earlier" of what a quarter brought is that quarter */
        last = task->anchors->last_quarter;
        point->grain = GRAIN_QUARTER;
    }
    if (last != TIME_NONE && point->grain != GRAIN_DAY &&
        (is_told || point->grain == GRAIN_QUARTER)) {
        from = time_at(task, last)->first.day;
        point->why = WHY_TIME;
        point->anchor = last;
    }
    point->day = from;
    if (from == MOMENT_NONE)
        return true;
    if (!shift(&point->day, tenths, unit))
        return false;
    point->day = begin_of(point->day, point->grain);
    return true;
}

static bool resolve_same(const struct time_task *task, struct point *point)
{
    enum time_grain grain = grain_of_unit(slot(task, SLOT_UNIT, 'd'));
    uint32_t last = task->anchors->last;
    int32_t from = near_day(task, point);
    if (grain < GRAIN_DAY && last != TIME_NONE) {
        from = time_at(task, last)->first.day;
        point->why = WHY_TIME;
        point->anchor = last;
    }
    point->grain = grain;
    point->day = from == MOMENT_NONE ? from : begin_of(from, grain);
    return true;
}

/* "last May": a month or holiday on one side of the basis. */
static bool resolve_rel_month(const struct time_task *task, int32_t from,
                              struct point *point)
{
    int32_t rel = slot(task, SLOT_REL, 0);
    int32_t month = slot(task, SLOT_MONTH, 1);
    struct calendar_date date = calendar_date_of(from);
    point->grain = GRAIN_MONTH;
    if (has(task, SLOT_UNIT))
        date.year += rel;
    else if (rel < 0)
        date.year -= month >= date.month ? 1 : 0;
    else if (rel > 0)
        date.year += month <= date.month ? 1 : 0;
    if (!calendar_has(date.year, month, 1))
        return false;
    point->day = calendar_day(date.year, month, 1);
    return true;
}

static bool resolve_unit(const struct time_task *task, struct point *point)
{
    int32_t from = basis(task, point);
    int32_t rel = slot(task, SLOT_REL, 0);
    int32_t unit = slot(task, SLOT_UNIT, 'd');
    if (has(task, SLOT_SEASON))
        return resolve_season(task, point);
    point->grain = grain_of_unit(unit);
    point->day = from;
    if (has(task, SLOT_MONTH))
        point->grain = GRAIN_MONTH;
    if (from == MOMENT_NONE)
        return true;
    if (has(task, SLOT_MONTH))
        return resolve_rel_month(task, from, point);
    if (has(task, SLOT_HALF)) {
        point->grain = GRAIN_HALF;
        point->day = calendar_day(calendar_date_of(from).year + rel,
                                  slot(task, SLOT_HALF, 1) == 2 ? 7 : 1, 1);
        return true;
    }
    if (unit == 'e' && rel > 0)
        rel = calendar_weekday(from) >= 6 ? 1 : 0;
    if (!shift(&point->day, rel * 10, unit))
        return false;
    point->day = begin_of(point->day, point->grain);
    return true;
}

/* The day of a holiday's rule in a year; false where it has none. */
static bool holiday_day(const char *rule, int year, int32_t *day)
{
    int32_t numbers[3] = {0, 0, 0};
    size_t count = 0;
    bool is_below = strchr(rule, '-') != NULL && rule[0] == 'e';
    for (const char *at = rule; *at != '\0' && count < 3;) {
        if (*at < '0' || *at > '9') {
            at++;
            continue;
        }
        while (*at >= '0' && *at <= '9')
            numbers[count] = numbers[count] * 10 + (*at++ - '0');
        count++;
    }
    if (rule[0] == 'e') {
        *day = calendar_easter(year) + (is_below ? -numbers[0] : numbers[0]);
        return true;
    }
    if (rule[0] != 'n') {
        *day = calendar_day(year, numbers[0], numbers[1]);
        return calendar_has(year, numbers[0], numbers[1]);
    }
    int length = calendar_month_length(year, numbers[0]);
    if (numbers[2] == 0) /* the last of the month */
        *day =
            weekday_from(calendar_day(year, numbers[0], length), numbers[1], 0);
    else
        *day =
            weekday_from(calendar_day(year, numbers[0], 1) - 1, numbers[1], 1) +
            (numbers[2] - 1) * 7;
    return true;
}

static bool resolve_holiday(const struct time_task *task, struct point *point)
{
    const char *rule =
        holiday_table.rows[slot(task, SLOT_HOLIDAY, 0)].columns[0];
    point->grain = GRAIN_DAY;
    if (has(task, SLOT_YEAR))
        return holiday_day(rule, slot(task, SLOT_YEAR, 1), &point->day);
    uint32_t anchor = year_anchor(task);
    int32_t from = anchor != TIME_NONE ? time_at(task, anchor)->first.day
                                       : basis(task, point);
    point->day = from;
    if (from == MOMENT_NONE)
        return true;
    int year = calendar_date_of(from).year;
    if (!holiday_day(rule, year, &point->day))
        return false;
    int32_t rel = slot(task, SLOT_REL, 0);
    if (anchor != TIME_NONE) {
        point->why = WHY_YEAR_OF;
        point->anchor = anchor;
        return true;
    }
    if (rel == 0 && task->tense == TENSE_AHEAD)
        rel = 1;
    bool is_behind =
        point->day > from && (rel < 0 || (rel == 0 && point->day > from + 60));
    if (is_behind && year > 1)
        return holiday_day(rule, year - 1, &point->day);
    if (rel > 0 && point->day <= from)
        return holiday_day(rule, year + 1, &point->day);
    return true;
}

/* "the 14th": of the month told last, else of the document's; a weekday that
 * is told with it must fit. */
static bool resolve_number(const struct time_task *task, struct point *point)
{
    int32_t day = slot(task, SLOT_DAY, 1);
    int32_t weekday = slot(task, SLOT_WEEKDAY, 0);
    int32_t from =
        has(task, SLOT_REL) ? basis(task, point) : last_day(task, point);
    static const int32_t steps[] = {0, -1, 1, -2, 2};
    point->grain = GRAIN_DAY;
    point->day = from;
    if (from == MOMENT_NONE)
        return true;
    if (point->why == WHY_TIME)
        point->why = WHY_YEAR_OF;
    int32_t rel = slot(task, SLOT_REL, 0);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct calendar_date date = calendar_date_of(from);
        date.day = 1;
        if (!calendar_add_months(&date, steps[i] + rel) ||
            !calendar_has(date.year, date.month, day))
            continue;
        point->day = calendar_day(date.year, date.month, day);
        bool is_wrong = weekday != 0 && calendar_weekday(point->day) != weekday;
        bool is_late = point->why != WHY_YEAR_OF && weekday == 0 &&
                       point->day > from && task->tense != TENSE_AHEAD &&
                       i == 0 && rel == 0;
        if (!is_wrong && !is_late)
            return true;
    }
    return weekday == 0;
}

/* Years, decades and centuries, and those before Christ. */
static bool resolve_year(const struct time_task *task, struct point *point)
{
    int32_t year = slot(task, SLOT_YEAR, 1);
    point->grain = GRAIN_YEAR;
    if (has(task, SLOT_DECADE)) {
        year = slot(task, SLOT_DECADE, 1990);
        year += year < 100 ? 1900 : 0;
        point->grain = GRAIN_DECADE;
    } else if (has(task, SLOT_CENTURY)) {
        year = slot(task, SLOT_CENTURY, 1) * 100 - 99;
        point->grain = GRAIN_CENTURY;
    }
    if (year < 1 || year > CALENDAR_YEARS)
        return false;
    point->day = calendar_day(year, 1, 1);
    return true;
}

/* The quarter told last, else the one before the document's date; or that of
 * another year. */
static bool resolve_same_quarter(const struct time_task *task,
                                 struct point *point)
{
    uint32_t last = task->anchors->last_quarter;
    int32_t from = basis(task, point);
    point->grain = GRAIN_QUARTER;
    point->day = from;
    if (last != TIME_NONE) {
        from = time_at(task, last)->first.day;
        point->why = WHY_TIME;
        point->anchor = last;
    } else if (from != MOMENT_NONE && !shift(&from, -10, 'q')) {
        return false;
    }
    if (from == MOMENT_NONE)
        return true;
    struct calendar_date date = calendar_date_of(begin_of(from, GRAIN_QUARTER));
    date.year = slot(task, SLOT_YEAR, date.year + slot(task, SLOT_REL, 0));
    if (!calendar_has(date.year, date.month, 1))
        return false;
    point->day = calendar_day(date.year, date.month, 1);
    return true;
}

static bool resolve_base(const struct time_task *task, struct point *point)
{
    switch (slot(task, SLOT_BASE, 'c')) {
    case 'w':
        return resolve_weekday(task, point);
    case 'd':
        return resolve_counted(task, false, point);
    case 'l':
        return resolve_counted(task, true, point);
    case 's':
        return resolve_same(task, point);
    case 'q':
        return resolve_same_quarter(task, point);
    case 'r':
        return resolve_unit(task, point);
    case 'h':
        return resolve_holiday(task, point);
    case 'n':
        return resolve_number(task, point);
    case 'y':
        return resolve_year(task, point);
    case 'u': /* a part of no day */
        return true;
    case 't':
        point->day = near_day(task, point);
        point->grain = GRAIN_DAY;
        return true;
    default:
        return resolve_calendar(task, point);
    }
}

static void put_day(struct time_writer *writer, int32_t day, bool has_month,
                    bool has_day)
{
    struct calendar_date date = calendar_date_of(day);
    time_put_number(writer, date.year, 4);
    if (has_month) {
        time_put(writer, "-");
        time_put_number(writer, date.month, 2);
    }
    if (has_day) {
        time_put(writer, "-");
        time_put_number(writer, date.day, 2);
    }
}

/* The value of a point of no time of day. */
static void put_point(struct time_writer *writer, const struct point *point)
{
    static const char *const seasons[] = {"-SP", "-SU", "-FA", "-WI"};
    struct calendar_date date = calendar_date_of(point->day);
    struct calendar_week week = calendar_week_of(point->day);
    switch (point->grain) {
    case GRAIN_CENTURY:
        time_put_number(writer, date.year / 100, 2);
        break;
    case GRAIN_DECADE:
        time_put_number(writer, date.year / 10, 3);
        break;
    case GRAIN_HALF:
    case GRAIN_QUARTER:
        time_put_number(writer, date.year, 4);
        time_put(writer, point->grain == GRAIN_HALF ? "-H" : "-Q");
        time_put_number(
            writer, (date.month - 1) / (point->grain == GRAIN_HALF ? 6 : 3) + 1,
            1);
        break;
    case GRAIN_SEASON:
        time_put_number(writer, date.year, 4);
        time_put(writer, seasons[(point->season - 1) & 3]);
        break;
    case GRAIN_WEEK:
    case GRAIN_WEEKEND:
        time_put_number(writer, week.year, 4);
        time_put(writer, "-W");
        time_put_number(writer, week.week, 2);
        time_put(writer, point->grain == GRAIN_WEEKEND ? "-WE" : "");
        break;
    default:
        put_day(writer, point->day, point->grain >= GRAIN_MONTH,
                point->grain >= GRAIN_DAY);
    }
}

/* What is known of a point whose date hangs on one that is not. */
static void put_unknown(const struct time_task *task,
                        struct time_writer *writer, const struct point *point)
{
    if (has(task, SLOT_WEEKDAY) && !has(task, SLOT_MONTH)) {
        time_put(writer, "XXXX-WXX-");
        time_put_number(writer, slot(task, SLOT_WEEKDAY, 1), 1);
        return;
    }
    if (slot(task, SLOT_BASE, 'c') == 't' || slot(task, SLOT_BASE, 'c') == 'u')
        return; /* a clock time stands alone */
    time_put(writer, "XXXX");
    if (point->grain == GRAIN_QUARTER && has(task, SLOT_QUARTER)) {
        time_put(writer, "-Q");
        time_put_number(writer, slot(task, SLOT_QUARTER, 1), 1);
    } else if (point->grain == GRAIN_WEEK) {
        time_put(writer, "-WXX");
    } else if (point->grain == GRAIN_MONTH || point->grain >= GRAIN_DAY) {
        time_put(writer, "-");
        if (has(task, SLOT_MONTH))
            time_put_number(writer, slot(task, SLOT_MONTH, 1), 2);
        else
            time_put(writer, "XX");
    }
    if (point->grain < GRAIN_DAY)
        return;
    time_put(writer, "-");
    if (has(task, SLOT_DAY))
        time_put_number(writer, slot(task, SLOT_DAY, 1), 2);
    else
        time_put(writer, "XX");
}

/* The time of day, behind a day that is written. */
static void put_time_of_day(const struct time_task *task,
                            struct time_writer *writer, struct time *time)
{
    static const char *const parts[] = {"TMO", "TAF", "TEV", "TNI"};
    int32_t minute = time_minute(task->frame);
    int32_t part = slot(task, SLOT_PART, 0);
    if (minute >= 0) {
        time->type = TIME_TIME;
        time->grain = GRAIN_MINUTE;
        time_put(writer, "T");
        time_put_number(writer, minute / 60, 2);
        time_put(writer, ":");
        time_put_number(writer, minute % 60, 2);
        if (has(task, SLOT_SECOND)) {
            time_put(writer, ":");
            time_put_number(writer, slot(task, SLOT_SECOND, 0), 2);
        }
        time_put(writer, has(task, SLOT_ZONE) ? "Z" : "");
        if (minute < 1440)
            time->first.minute = time->last.minute = (int16_t)minute;
    } else if (part >= 1 && part <= 4) {
        time->type = TIME_TIME;
        time->grain = GRAIN_PART;
        time_put(writer, parts[part - 1]);
    }
}

/* Years before Christ are outside of the calendar: a value, no bounds. */
static bool resolve_before_christ(const struct time_task *task,
                                  struct time *time)
{
    struct time_writer writer = time_writer_on(time->value, TIME_VALUE_SIZE);
    time_put(&writer, "BC");
    time_put_number(&writer, slot(task, SLOT_YEAR, 1), 4);
    time->type = TIME_DATE;
    time->why = WHY_WRITTEN;
    return true;
}

static bool resolve_point(const struct time_task *task, struct time *time)
{
    struct point point = {.day = MOMENT_NONE,
                          .grain = GRAIN_DAY,
                          .why = WHY_WRITTEN,
                          .anchor = TIME_NONE};
    if (has(task, SLOT_BC))
        return resolve_before_christ(task, time);
    if (!resolve_base(task, &point))
        return false;
    struct time_writer writer = time_writer_on(time->value, TIME_VALUE_SIZE);
    time->type = TIME_DATE;
    time->why = (uint8_t)point.why;
    time->anchor = point.anchor;
    if (point.day == MOMENT_NONE) {
        time->why = WHY_UNKNOWN;
        put_unknown(task, &writer, &point);
    } else if (!in_calendar(point.day)) {
        return false;
    } else {
        time->grain = (uint8_t)point.grain;
        put_point(&writer, &point);
        time->first.day = point.day;
        time->last.day = end_of(point.day, point.grain);
    }
    if (point.grain == GRAIN_DAY)
        put_time_of_day(task, &writer, time);
    return time->value[0] != '\0';
}

bool time_resolve(const struct time_task *task, struct time *time)
{
    const struct time_frame *frame = task->frame;
    time->first = time->last = (struct moment){MOMENT_NONE, -1};
    time->anchor = TIME_NONE;
    time->grain = GRAIN_NONE;
    time->weekdays = 0;
    switch (task->what) {
    case WHAT_POINT:
        if (has(task, SLOT_VAGUE) || has(task, SLOT_REF)) {
            struct time_frame vague = *frame;
            if (!has(task, SLOT_REF))
                vague.slots[SLOT_REF] = slot(task, SLOT_REL, -1) < 0 ? 1 : 2;
            time_resolve_reference(&vague, time);
            return true;
        }
        return resolve_point(task, time);
    case WHAT_DURATION:
        return time_resolve_length(frame, time);
    case WHAT_SET:
        return time_resolve_set(frame, time);
    default:
        time_resolve_reference(frame, time);
        return true;
    }
}
