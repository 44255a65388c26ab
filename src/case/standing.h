/*
 * standing.h - what stands of a finding, as a row of the table has it. Of
 * review_table*.c alone.
 */
#ifndef MADAI_STANDING_H
#define MADAI_STANDING_H

#include "documents.h"
#include "findings.h"
#include "json.h"
#include "reviews.h"

enum table_column {
    COLUMN_REVIEW,
    COLUMN_FINDING,
    COLUMN_DOCUMENT, /* SHA-256 of the original */
    COLUMN_NAME,
    COLUMN_KIND,
    COLUMN_DECISION,
    COLUMN_WHO,
    COLUMN_SAYS,
    COLUMN_ACT,
    COLUMN_PLACE,
    COLUMN_FIRST,
    COLUMN_LAST,
    COLUMN_BEGIN, /* apart, for a spreadsheet makes a date of 5-12 */
    COLUMN_END,
    COLUMN_OTHER, /* JSON: corrected fields that have no column */
    COLUMN_WITH,  /* the other findings of a merge or split */
    COLUMN_WHY,
    COLUMN_REVIEWER,
    COLUMN_TIME,
    COLUMN_QUOTE,
    COLUMN_STRANDED, /* "stranded": the review holds for no finding */
    COLUMN_COUNT
};
extern const char *const column_names[COLUMN_COUNT];

/* Of COLUMN_WHO to COLUMN_LAST; NULL where nothing is said. */
const char *finding_value(const struct finding *, enum table_column);

bool review_is_group(const struct review *); /* a merge or split */

/* Reviews that hold for a finding and were not taken back, merges and splits
 * apart; the first first. Strings are the arena's. */
struct standing {
    struct finding finding;
    struct reviews reviews;
    json_t *other; /* yours to json_decref */
};
MUST_CHECK bool standing_of(struct casefile *, const struct finding *,
                            struct arena *, struct standing *, struct error *);
/* The last of them, or NULL. */
const struct review *standing_last(const struct standing *);

/* The findings that a merge or split names, as the keys of an object, so that
 * their order says nothing. Yours to json_decref; NULL: no memory. */
json_t *review_with(const struct review *, struct error *);

/* A row, as it is written: an empty cell is NULL. */
struct table_cells {
    const char *items[COLUMN_COUNT];
    char numbers[2][16];
};
void cells_set_span(struct table_cells *, struct span);
void cells_set_review(struct table_cells *, const struct review *);
void cells_set_document(struct table_cells *, const struct case_document *);

/* The row of a review that holds for no finding: what it said, and where. */
MUST_CHECK bool cells_of_stranded(struct table_cells *, const struct review *,
                                  const struct case_document *, struct arena *,
                                  struct error *);

#endif
