/*
 * view.h - a reading as a person wants to see it: the document, paragraph by
 * paragraph, and under each what is claimed there, by whom, how surely.
 */
#ifndef MADAI_VIEW_H
#define MADAI_VIEW_H

#include "json.h"
#include "reading.h"

/* All, or the acts (view_acts.h), the actors (view_actors.h), the places
 * (view_places.h) or the times alone (view_times.h). */
enum view_kind {
    VIEW_CLAIMS,
    VIEW_ACTS,
    VIEW_ACTORS,
    VIEW_PLACES,
    VIEW_TIMELINE,
    VIEW_CALENDAR,
    VIEW_EXPLAIN,
};

struct view_options {
    enum view_kind kind;
    unsigned width;
    bool has_colour;
    float min_confidence; /* claims below it are counted, not shown */
};

/* Writes the whole view of its kind. False where the sink refused, with its
 * error. */
MUST_CHECK bool view_write(const struct reading *, const struct view_options *,
                           struct json_sink, struct error *);

#endif
