/*
 * view_times.h - the times of a reading for people: as a table in order of
 * time, and as a calendar.
 *
 * The table has a row for each point of time: when, the sentence that tells
 * it, and how the date was found. The calendar is iCalendar (RFC 5545): one
 * event for each point, one that repeats for what comes again. Both leave out
 * times below the least confidence, and lengths of time.
 */
#ifndef MADAI_VIEW_TIMES_H
#define MADAI_VIEW_TIMES_H

#include "view.h"

/* False where the sink refused, with its error. */
MUST_CHECK bool view_timeline(const struct reading *,
                              const struct view_options *, struct json_sink,
                              struct error *);
MUST_CHECK bool view_calendar(const struct reading *,
                              const struct view_options *, struct json_sink,
                              struct error *);

#endif
