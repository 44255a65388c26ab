/*
 * export_tables.c - see export.h: which exports there are, and the calendar.
 */
#include <stdlib.h>

#include "export.h"
#include "sheets.h"
#include "tell.h"

const struct export_format export_formats[] = {
    {"events", "a table of events, in columns like ACLED's (CSV)",
     export_events},
    {"incidents", "what happened at one time and place (CSV)",
     export_incidents},
    {"acts", "acts, each with its incident (CSV)", export_acts},
    {"involvements", "who took part in an act, and how (CSV)",
     export_involvements},
    {"interventions", "complaints, letters, lawsuits (CSV)",
     export_interventions},
    {"figures", "how many, of what, harmed how (CSV)", export_figures},
    {"xlsx", "all these tables, a workbook", export_workbook},
    {"plover", "event records as PLOVER has them, one a line", export_plover},
    {"geojson", "acts that have a place, for a map (RFC 7946)", export_geojson},
    {"ics", "incidents, for a calendar (RFC 5545)", export_calendar},
    {"annotations", "W3C Web Annotations (JSON-LD)", export_annotations},
    {"ftm", "FollowTheMoney entities, one a line", export_ftm},
};
const size_t export_format_count =
    sizeof export_formats / sizeof *export_formats;

const struct export_format *export_format_find(const char *name)
{
    for (size_t i = 0; i < export_format_count; i++)
        if (strcmp(export_formats[i].name, name) == 0)
            return &export_formats[i];
    return NULL;
}

/* Tables ----------------------------------------------------------------- */

#define TABLE(name)                                                            \
    bool export_##name(const struct gathered *all, struct slice *made,         \
                       struct error *error)                                    \
    {                                                                          \
        return sheet_csv(all, sheet_find(#name), made, error);                 \
    }
TABLE(events)
TABLE(incidents)
TABLE(acts)
TABLE(involvements)
TABLE(interventions)
TABLE(figures)

/* Calendar --------------------------------------------------------------- */

/* A content line, folded so that none is longer than 75 bytes, never within
 * a character (RFC 5545, 3.1). */
static void add_line(struct output *output, const char *name,
                     struct slice value, bool is_text)
{
    struct output line;
    enum { LONGEST = 73 };
    output_begin(&line, output->arena, output->error);
    output_add(&line, name);
    for (size_t i = 0; i < value.length; i++) {
        char byte = value.data[i];
        if (is_text && (byte == '\\' || byte == ';' || byte == ','))
            output_add(&line, "\\");
        if (byte == '\n')
            output_add(&line, "\\n");
        else if ((unsigned char)byte >= 0x20 && byte != 0x7F)
            output_slice(&line, (struct slice){&byte, 1});
    }
    struct slice bytes = output_bytes(&line);
    output->is_failed = output->is_failed || line.is_failed;
    while (bytes.length > LONGEST) {
        size_t cut = LONGEST;
        while (cut > 1 && ((unsigned char)bytes.data[cut] & 0xC0) == 0x80)
            cut--;
        output_slice(output, (struct slice){bytes.data, cut});
        output_add(output, "\r\n ");
        bytes = (struct slice){bytes.data + cut, bytes.length - cut};
    }
    output_slice(output, bytes);
    output_add(output, "\r\n");
}

static void add_words(struct output *output, const char *name,
                      const char *value, bool is_text)
{
    add_line(output, name, slice_of(value), is_text);
}

/* "20190513" of a day, `more` days later; the calendar is Gregorian. */
static void compact_day(const char *date, bool is_next, char day[12])
{
    static const unsigned lengths[12] = {31, 28, 31, 30, 31, 30,
                                         31, 31, 30, 31, 30, 31};
    unsigned year = (unsigned)strtoul(date, NULL, 10);
    unsigned month = (unsigned)strtoul(date + 5, NULL, 10);
    unsigned number = (unsigned)strtoul(date + 8, NULL, 10);
    bool is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    unsigned length =
        month >= 1 && month <= 12
            ? lengths[month - 1] + (month == 2 && is_leap ? 1u : 0u)
            : 31;
    if (is_next && ++number > length) {
        number = 1;
        if (++month > 12) {
            month = 1;
            year++;
        }
    }
    snprintf(day, 12, "%04u%02u%02u", year % 10000, month % 100, number % 100);
}

/* "20260131T120000Z" of "2026-01-31T12:00:00Z". */
static void compact_time(const char *time, char stamp[20])
{
    size_t length = 0;
    for (; *time != '\0' && length + 1 < 20; time++)
        if (*time != '-' && *time != ':')
            stamp[length++] = *time;
    stamp[length] = '\0';
}

static bool add_incident(struct output *output, const struct gathered *all,
                         size_t index, const char *stamp)
{
    const struct gathered_incident *incident = &all->incidents.items[index];
    const struct gathered_act *act = &all->acts.items[incident->acts[0]];
    struct act_words words;
    char day[12], summary[200];
    if (!is_day(incident->first) || !is_day(incident->last))
        return true;
    if (!act_words(all, incident->acts[0], &words, output->error))
        return false;
    snprintf(summary, sizeof summary, "%.80s%s%.80s", act_label(act->code),
             incident->place != NULL ? ", " : "",
             incident->place != NULL ? incident->place : "");
    output_add(output, "BEGIN:VEVENT\r\n");
    output_print(output, "UID:%s@madai\r\nDTSTAMP:%s\r\n",
                 incident_key(all, index), stamp);
    compact_day(incident->first, false, day);
    output_print(output, "DTSTART;VALUE=DATE:%s\r\n", day);
    compact_day(incident->last, true, day);
    output_print(output, "DTEND;VALUE=DATE:%s\r\n", day);
    add_words(output, "SUMMARY:", summary, true);
    if (incident->place != NULL)
        add_words(output, "LOCATION:", incident->place, true);
    add_words(output, "DESCRIPTION:", words.words, true);
    output_add(output, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
    return true;
}

bool export_calendar(const struct gathered *all, struct slice *made,
                     struct error *error)
{
    struct output output;
    char stamp[20];
    compact_time(all->time, stamp);
    output_begin(&output, all->arena, error);
    output_add(&output, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//madai//"
                        "chronology//EN\r\nCALSCALE:GREGORIAN\r\n");
    bool is_well = true;
    for (size_t i = 0; i < all->incidents.count && is_well; i++)
        is_well = add_incident(&output, all, i, stamp);
    output_add(&output, "END:VCALENDAR\r\n");
    *made = output_bytes(&output);
    return is_well && !output.is_failed;
}
