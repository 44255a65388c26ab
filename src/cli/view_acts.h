/*
 * view_acts.h - the acts of a reading for people: a line each, like a
 * sentence, or as a table.
 *
 * An act that is told several times (same_as) is shown once, where it is told
 * first.
 */
#ifndef MADAI_VIEW_ACTS_H
#define MADAI_VIEW_ACTS_H

#include "layout.h"
#include "reading.h"

/* Lines under a heading; nothing where no act is at least this sure. */
MUST_CHECK bool view_acts_lines(struct layout *, const struct reading *,
                                float min_confidence, struct error *);

/* A table in columns parted by tabs, a line an act, with a head: act, by
 * whom, to whom, with what, how far (modality, polarity), who says so, how
 * often told, how surely. */
MUST_CHECK bool view_acts_table(const struct reading *, float min_confidence,
                                struct json_sink, struct error *);

#endif
