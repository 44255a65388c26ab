/*
 * view_calendar.c - see view_times.h: iCalendar.
 *
 * Lines end in CR LF and are folded at 75 bytes, never within a character.
 * DTSTAMP, which every event must have, is the document's date: no clock is
 * read, so that the same reading gives the same bytes.
 */
#include <stdio.h>

#include "calendar.h"
#include "date.h"
#include "time_recurrence.h"
#include "utf8.h"
#include "view_times.h"

enum { LINE_MOST = 73, DAY_SIZE = 9, SUMMARY_MOST = 300 };

struct calendar {
    const struct reading *reading;
    struct json_sink sink;
    struct error *error;
    size_t column;
    bool is_failed;
};

static void put_bytes(struct calendar *calendar, struct slice bytes)
{
    if (!calendar->is_failed)
        calendar->is_failed = !calendar->sink.write(calendar->sink.context,
                                                    bytes, calendar->error);
}

/* One character, in a further line where this one is full. */
static void put_unit(struct calendar *calendar, struct slice unit)
{
    if (calendar->column + unit.length > LINE_MOST) {
        put_bytes(calendar, slice_of("\r\n "));
        calendar->column = 1;
    }
    put_bytes(calendar, unit);
    calendar->column += unit.length;
}

static void put(struct calendar *calendar, const char *words)
{
    struct slice text = slice_of(words);
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        put_unit(calendar, (struct slice){text.data + at, unit.length});
        at += unit.length;
    }
}

static void end_line(struct calendar *calendar)
{
    put_bytes(calendar, slice_of("\r\n"));
    calendar->column = 0;
}

/* Text of a document: white space is a blank, what must not stand in a line
 * is left out, commas and the like are escaped. */
static void put_text(struct calendar *calendar, struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        struct slice bytes = {text.data + at, unit.length};
        at += unit.length;
        if (unit.code_point == UTF8_INVALID)
            continue;
        if (unit.code_point <= ' ' || unit.code_point == 0x7F)
            bytes = slice_of(" ");
        if (unit.code_point == ',' || unit.code_point == ';' ||
            unit.code_point == '\\')
            put_unit(calendar, slice_of("\\"));
        put_unit(calendar, bytes);
    }
}

static void write_day(int32_t day, char written[DAY_SIZE])
{
    char moment[TIME_MOMENT_SIZE];
    size_t at = 0;
    time_moment_write((struct moment){day, -1}, moment);
    for (size_t i = 0; moment[i] != '\0' && at + 1 < DAY_SIZE; i++)
        if (moment[i] != '-')
            written[at++] = moment[i];
    written[at] = '\0';
}

/* "DTSTART;VALUE=DATE:20190513" or "DTSTART:20190513T151500". */
static void put_moment(struct calendar *calendar, const char *name, int32_t day,
                       int minute)
{
    char written[DAY_SIZE];
    char clock[16];
    write_day(day, written);
    put(calendar, name);
    put(calendar, minute < 0 ? ";VALUE=DATE:" : ":");
    put(calendar, written);
    if (minute >= 0) {
        snprintf(clock, sizeof clock, "T%02d%02d00", minute / 60, minute % 60);
        put(calendar, clock);
    }
    end_line(calendar);
}

static int32_t document_day(const struct reading *reading)
{
    int numbers[3] = {0, 0, 0};
    size_t part = 0;
    for (const char *at = reading->document.date; *at != '\0'; at++)
        if (*at == '-')
            part++;
        else
            numbers[part] = numbers[part] * 10 + (*at - '0');
    return calendar_has(numbers[0], numbers[1], numbers[2])
               ? calendar_day(numbers[0], numbers[1], numbers[2])
               : MOMENT_NONE;
}

static void put_rule(struct calendar *calendar,
                     const struct recurrence *recurrence)
{
    static const char *const units[] = {"HOURLY", "DAILY", "WEEKLY", "MONTHLY",
                                        "YEARLY"};
    static const char *const days[] = {"MO", "TU", "WE", "TH",
                                       "FR", "SA", "SU"};
    char words[40];
    put(calendar, "RRULE:FREQ=");
    put(calendar, units[recurrence->unit]);
    snprintf(words, sizeof words, ";INTERVAL=%d", (int)recurrence->interval);
    put(calendar, recurrence->interval > 1 ? words : "");
    for (unsigned i = 0, count = 0; i < 7; i++)
        if (recurrence->weekdays >> i & 1) {
            put(calendar, count++ == 0 ? ";BYDAY=" : ",");
            put(calendar, days[i]);
        }
    if (recurrence->last != MOMENT_NONE) {
        char written[DAY_SIZE];
        write_day(recurrence->last, written);
        put(calendar, ";UNTIL=");
        put(calendar, written);
        put(calendar, recurrence->minute < 0 ? "" : "T235959");
    }
    end_line(calendar);
}

/* What all events have: who, when it was made, what the passage says. */
static void begin_event(struct calendar *calendar, uint32_t index)
{
    const struct reading *reading = calendar->reading;
    const struct text *text = &reading->text;
    const struct time *time = &reading->times.items.items[index];
    uint32_t token = text_tokens_in(text, time->span).begin;
    struct slice sentence = slice_at(
        text->bytes,
        text_bytes_of(text,
                      text->sentences.items[text_sentence_of(text, token)]));
    char words[TIME_WHY_SIZE];
    char stamp[DAY_SIZE];
    int32_t day = document_day(reading);
    if (sentence.length > SUMMARY_MOST)
        sentence.length = SUMMARY_MOST; /* a broken character is left out */
    put(calendar, "BEGIN:VEVENT");
    end_line(calendar);
    snprintf(words, sizeof words, "-t%u@madai", index + 1);
    put(calendar, "UID:");
    put(calendar, reading->document.sha256);
    put(calendar, words);
    end_line(calendar);
    write_day(day == MOMENT_NONE ? 0 : day, stamp);
    put(calendar, "DTSTAMP:");
    put(calendar, stamp);
    put(calendar, "T000000Z");
    end_line(calendar);
    put(calendar, "SUMMARY:");
    put_text(calendar, sentence);
    end_line(calendar);
    time_why_write(&reading->times, index, words);
    put(calendar, "DESCRIPTION:");
    put_text(calendar, slice_at(text->bytes, time->span));
    put(calendar, ": ");
    put_text(calendar, slice_of(words));
    put(calendar, "\\, in ");
    put_text(calendar, reading->document.id);
    end_line(calendar);
}

static void put_point(struct calendar *calendar, uint32_t index)
{
    const struct time *time = &calendar->reading->times.items.items[index];
    begin_event(calendar, index);
    put_moment(calendar, "DTSTART", time->first.day, time->first.minute);
    if (time->first.minute < 0 && time->last.day < CALENDAR_LAST)
        put_moment(calendar, "DTEND", time->last.day + 1, -1);
    put(calendar, "END:VEVENT");
    end_line(calendar);
}

static void put_set(struct calendar *calendar, uint32_t index)
{
    struct recurrence recurrence;
    if (!time_recurrence(&calendar->reading->times, index,
                         document_day(calendar->reading), &recurrence) ||
        recurrence.first == MOMENT_NONE)
        return;
    begin_event(calendar, index);
    put_moment(calendar, "DTSTART", recurrence.first, recurrence.minute);
    put_rule(calendar, &recurrence);
    put(calendar, "END:VEVENT");
    end_line(calendar);
}

bool view_calendar(const struct reading *reading,
                   const struct view_options *options, struct json_sink sink,
                   struct error *error)
{
    struct calendar calendar = {
        .reading = reading, .sink = sink, .error = error};
    const struct times *times = &reading->times;
    put(&calendar, "BEGIN:VCALENDAR");
    end_line(&calendar);
    put(&calendar, "VERSION:2.0");
    end_line(&calendar);
    put(&calendar, "PRODID:-//madai//madai read//EN");
    end_line(&calendar);
    for (uint32_t i = 0; i < times->items.count && !calendar.is_failed; i++) {
        const struct time *time = &times->items.items[i];
        if (time->confidence < options->min_confidence)
            continue;
        if (time->first.day != MOMENT_NONE)
            put_point(&calendar, i);
        else if (time->type == TIME_SET)
            put_set(&calendar, i);
    }
    put(&calendar, "END:VCALENDAR");
    end_line(&calendar);
    return !calendar.is_failed;
}
