/*
 * export.h - what was found, for programs that others use: maps, calendars,
 * event tables, annotations, investigations.
 *
 * Ids are made of the findings' short names, so that a second export of the
 * same findings has the same ids: what takes it in doubles nothing. What is
 * told is what was reviewed, unless all was gathered; each record says which.
 */
#ifndef MADAI_EXPORT_H
#define MADAI_EXPORT_H

#include "gather.h"
#include "output.h"

struct export_format {
    const char *name, *about;
    bool (*write)(const struct gathered *, struct slice *, struct error *);
};
extern const struct export_format export_formats[];
extern const size_t export_format_count;
const struct export_format *export_format_find(const char *name);

/* The writers (the workbook's is in sheets.h); the bytes are the arena's of
 * what was gathered. */
MUST_CHECK bool export_events(const struct gathered *, struct slice *,
                              struct error *);
MUST_CHECK bool export_incidents(const struct gathered *, struct slice *,
                                 struct error *);
MUST_CHECK bool export_acts(const struct gathered *, struct slice *,
                            struct error *);
MUST_CHECK bool export_involvements(const struct gathered *, struct slice *,
                                    struct error *);
MUST_CHECK bool export_interventions(const struct gathered *, struct slice *,
                                     struct error *);
MUST_CHECK bool export_figures(const struct gathered *, struct slice *,
                               struct error *);
MUST_CHECK bool export_plover(const struct gathered *, struct slice *,
                              struct error *);
MUST_CHECK bool export_geojson(const struct gathered *, struct slice *,
                               struct error *);
MUST_CHECK bool export_calendar(const struct gathered *, struct slice *,
                                struct error *);
MUST_CHECK bool export_annotations(const struct gathered *, struct slice *,
                                   struct error *);
MUST_CHECK bool export_ftm(const struct gathered *, struct slice *,
                           struct error *);

/* Names or phrases of those who took part, parted by "; ". The arena's. */
const char *involved_names(const struct gathered *, size_t document,
                           const struct gathered_parts *, struct error *);

/* export_words.c: what several of them say of an act. The arena's. */
struct act_words {
    const char *doers, *sufferers; /* names or phrases, parted by "; " */
    const char *speaker;           /* on whose word */
    const char *words;             /* the sentence of the passage */
    const char *date;              /* YYYY-MM-DD, YYYY-MM, YYYY; or NULL */
    unsigned precision;            /* of the date: 1 day, 2 month, 3 more */
};
MUST_CHECK bool act_words(const struct gathered *, size_t act,
                          struct act_words *, struct error *);

#endif
