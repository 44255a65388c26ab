/*
 * sheets.h - what was found as tables: events, and the three of the HURIDOCS
 * Events Standard Formats (events, acts, involvements) with interventions,
 * figures and documents beside them. As CSV each by itself, as XLSX together.
 *
 * The first column of each is its key: made of the short name of a finding
 * (of a document its hash), so that it is the same in each export.
 */
#ifndef MADAI_SHEETS_H
#define MADAI_SHEETS_H

#include "gather.h"

#define SHEET_COLUMNS_MAX 24

/* Takes the rows one by one. */
struct sheet_writer {
    bool (*row)(void *context, const char *const *cells, size_t count,
                struct error *);
    void *context;
    struct error *error;
};

struct sheet {
    const char *name;
    const char *const *columns; /* with "#" before those of numbers */
    size_t column_count;
    bool (*write)(const struct gathered *, const struct sheet_writer *);
};
extern const struct sheet sheets[];
extern const size_t sheet_count;
const struct sheet *sheet_find(const char *name);

/* The key of an incident: that of its first act in the order of keys. */
const char *incident_key(const struct gathered *, size_t incident);

/* One as CSV, and all as a workbook; the arena's of what was gathered. A cell
 * of a workbook holds 32,767 characters at most; what is longer is cut there,
 * and ends with an ellipsis. */
MUST_CHECK bool sheet_csv(const struct gathered *, const struct sheet *,
                          struct slice *, struct error *);
MUST_CHECK bool export_workbook(const struct gathered *, struct slice *,
                                struct error *);

#endif
