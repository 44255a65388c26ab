/*
 * review_table.h - what people decided as a table for a spreadsheet, and the
 * table taken back with what was changed in it.
 *
 * A row is a finding with what stands of it now, or a merge or split. Its
 * stable keys are `finding`, and `review`: the decision that stood last when
 * the table was made. A row is held against what stands in the case; only
 * where it says something else does it become a new review, so that a table
 * can be brought in as often as one likes. Where somebody has decided since,
 * the row is passed over and told: neither's work is lost unseen.
 */
#ifndef MADAI_REVIEW_TABLE_H
#define MADAI_REVIEW_TABLE_H

#include <stdio.h>

#include "casefile.h"
#include "csv.h"

/* Findings that somebody decided about, and with `is_whole` all others too. A
 * stranded review, which holds for no finding, has a row of its own: brought
 * back with its decision emptied, it is taken back. */
MUST_CHECK bool review_table_write(struct casefile *, FILE *, bool is_whole,
                                   struct error *);

struct review_table {
    const char *reviewer; /* who brings it in */
    /* What is the matter with the row that begins in this line. */
    void (*tell)(void *context, unsigned line, const char *words);
    void *context;
};
struct review_table_counts {
    uint64_t taken, known, passed;
};
/* All rows or none: ERROR_BAD_INPUT where one cannot be taken (`tell` told
 * which, and why). Cells that are for people alone (quote, name, time) are not
 * looked at; a column that is not there leaves things as they are. */
MUST_CHECK bool review_table_read(struct casefile *, struct slice bytes,
                                  const struct review_table *,
                                  struct review_table_counts *, struct error *);

#endif
