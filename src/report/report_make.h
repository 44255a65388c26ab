/*
 * report_make.h - a paper of a case in one call: what the commands and the
 * server both do.
 */
#ifndef MADAI_REPORT_MAKE_H
#define MADAI_REPORT_MAKE_H

#include "report.h"

struct report_format {
    const char *name, *type; /* its media type */
    bool (*write)(const struct paper *, struct slice *, struct error *);
};
extern const struct report_format report_formats[];
extern const size_t report_format_count;
/* NULL: there is none of this name. */
const struct report_format *report_format_find(const char *name);

struct report_order {
    struct slice words; /* of the template */
    const char *title;  /* instead of the template's; or NULL */
    struct gather_options options;
    struct protected_names names; /* longer ones first (names_order) */
};

/* Gathers and fills the paper, in the arena; `error` must outlive it.
 * ERROR_TAMPERED names what is not what it was; ERROR_BAD_INPUT the line of
 * the template. */
MUST_CHECK bool report_make(struct casefile *, const struct report_order *,
                            struct arena *, struct paper *, struct error *);

/* A day, "2019-05-13"; NULL is well. */
bool report_is_date(const char *);

/* A table of names and codes (CSV), in the arena. ERROR_BAD_INPUT. */
MUST_CHECK bool names_read(struct slice bytes, struct arena *,
                           struct protected_names *, struct error *);
/* Longer names first, so that "Mercy Akoth" goes before "Akoth". */
void names_order(struct protected_names *);

#endif
