/*
 * export_tables.c - see export.h: acts as a table of events in the columns
 * that ACLED's users know, and as a calendar.
 */
#include <errno.h>

#include "csv.h"
#include "export.h"
#include "tell.h"

const struct export_format export_formats[] = {
    {"events", "a table of events, in columns like ACLED's (CSV)",
     export_events},
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

/* Events ----------------------------------------------------------------- */

enum { EVENT_CELLS = 23 };
static const char *const event_names[EVENT_CELLS] = {
    "event_id", "event_date", "time_precision",  "event_type",
    "actor1",   "actor2",     "location",        "admin",
    "latitude", "longitude",  "fatalities_min",  "fatalities_max",
    "source",   "said_by",    "notes",           "modality",
    "polarity", "incident",   "document_sha256", "begin",
    "end",      "finding",    "reviewed"};

/* Killed, as the act's own figures bound it. */
static void fatalities(const struct gathered *all, size_t act, char min[24],
                       char max[24])
{
    min[0] = max[0] = '\0';
    for (size_t i = 0; i < all->figures.count; i++) {
        const struct gathered_figure *one = &all->figures.items[i];
        if (one->act != act || one->harm == NULL ||
            strcmp(one->harm, "killed") != 0)
            continue;
        if (one->has_min)
            snprintf(min, 24, "%.0f", one->min);
        if (one->has_max)
            snprintf(max, 24, "%.0f", one->max);
        return;
    }
}

static bool write_event(const struct gathered *all, size_t index, FILE *file,
                        struct error *error)
{
    const struct gathered_act *act = &all->acts.items[index];
    const struct gathered_document *document =
        &all->documents.items[act->document];
    const struct gathered_place *place =
        act->place != GATHERED_NONE ? &all->places.items[act->place] : NULL;
    struct act_words words;
    char precision[8], lat[32] = "", lon[32] = "", min[24], max[24], begin[16],
                       end[16], incident[24] = "";
    if (!act_words(all, index, &words, error))
        return false;
    snprintf(precision, sizeof precision, "%u", words.precision);
    snprintf(begin, sizeof begin, "%u", act->finding.span.begin);
    snprintf(end, sizeof end, "%u", act->finding.span.end);
    fatalities(all, index, min, max);
    if (place != NULL && place->has_point) {
        snprintf(lat, sizeof lat, "%.5f", place->lat);
        snprintf(lon, sizeof lon, "%.5f", place->lon);
    }
    if (act->incident != GATHERED_NONE)
        snprintf(incident, sizeof incident, "%zu", act->incident + 1);
    const char *const cells[EVENT_CELLS] = {
        act->finding.key,
        words.date,
        words.date != NULL ? precision : NULL,
        act->code,
        words.doers,
        words.sufferers,
        place != NULL ? place->name : NULL,
        place != NULL ? place->within : NULL,
        lat,
        lon,
        min,
        max,
        document->publisher != NULL ? document->publisher
                                    : document->row.facts.name,
        words.speaker,
        words.words,
        act->modality,
        act->is_denied ? "denied" : "asserted",
        incident,
        document->row.sha256,
        begin,
        end,
        act->finding.key,
        act_is_reviewed(all, index) ? "yes" : "no"};
    csv_write_row(file, cells, EVENT_CELLS);
    return true;
}

bool export_events(const struct gathered *all, struct slice *made,
                   struct error *error)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&bytes, &length);
    if (file == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    csv_write_mark(file);
    csv_write_row(file, event_names, EVENT_CELLS);
    bool is_well = true;
    for (size_t i = 0; i < all->acts.count && is_well; i++)
        is_well = write_event(all, i, file, error);
    if (fclose(file) != 0 && is_well)
        is_well = error_set(error, ERROR_LIMIT, "out of memory");
    const char *copied =
        is_well ? arena_string(all->arena, (struct slice){bytes, length}, error)
                : NULL;
    *made = (struct slice){copied, length};
    free(bytes);
    return copied != NULL;
}

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
    output_print(output, "UID:%s@madai\r\nDTSTAMP:%s\r\n", act->finding.key,
                 stamp);
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
