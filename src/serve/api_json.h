/*
 * api_json.h - documents, findings and reviews as the API writes them.
 *
 * Places are bytes of the text; what is no UTF-8 there is U+001A, a byte too,
 * so that places hold for whoever gets it.
 */
#ifndef MADAI_API_JSON_H
#define MADAI_API_JSON_H

#include "documents.h"
#include "findings.h"
#include "opened_readings.h"
#include "reviews.h"
#include "server.h"

/* Any bytes as a string. Yours to json_decref; NULL: no memory. */
json_t *text_json(struct slice, struct arena *, struct error *);
json_t *span_json(struct span);

/* Members that say something are set; false: no memory. */
MUST_CHECK bool put_words(json_t *object, const char *key, const char *words,
                          struct error *);

/* What a finding says, its detail in the reading, and `refs`, where that is
 * not NULL: for each id that the detail names, {"key", "label"}. */
MUST_CHECK json_t *finding_api_json(const struct finding *,
                                    const struct opened_reading *, json_t *refs,
                                    struct error *);

/* The same with where it stands: document, name, date, and its words, held
 * against their hash: "intact". `quote_most`: bytes of the quote. */
MUST_CHECK json_t *finding_placed_json(struct request *, const struct finding *,
                                       size_t quote_most, json_t *refs,
                                       struct error *);

/* The whole words of a finding in the text that it points into; "intact" says
 * whether they hash to what was recorded. */
MUST_CHECK bool finding_words(struct request *, const struct finding *,
                              size_t most, struct slice *, bool *is_intact,
                              bool *is_cut, struct error *);

MUST_CHECK json_t *review_api_json(struct request *, const struct review *,
                                   struct error *);

/* An array of what `findings` are, placed. */
MUST_CHECK json_t *findings_json(struct request *, const struct findings *,
                                 json_t *refs, struct error *);

#endif
