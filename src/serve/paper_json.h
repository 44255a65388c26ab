/*
 * paper_json.h - a paper as JSON, for a page that shows it before it is
 * printed. What a document said stays a string.
 */
#ifndef MADAI_PAPER_JSON_H
#define MADAI_PAPER_JSON_H

#include "json.h"
#include "paper.h"

/* {"title", "state", "blocks": [{"kind", "level", "label", "runs": [{"text",
 * "style", "note"}], "rows", "cut"}], "notes": [[{"document", "name", "span",
 * "quote", "finding"}]], "total"}; blocks from the first on, as many as come
 * to about `most` bytes, and the notes of those. Yours to json_decref; NULL:
 * ERROR_LIMIT. */
MUST_CHECK json_t *paper_json(const struct paper *, size_t most, struct arena *,
                              struct error *);

#endif
