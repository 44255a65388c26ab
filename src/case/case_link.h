/*
 * case_link.h - what the documents of a case say together: its readings and
 * what people decided, given to link.h.
 *
 * Nothing of it is stored: it follows from what is, so it is never out of
 * date, and costs what linking costs (docs/measurements.md). A finding that
 * somebody rejected takes no part; of actors and acts that somebody merged or
 * split, the later word holds.
 */
#ifndef MADAI_CASE_LINK_H
#define MADAI_CASE_LINK_H

#include "casefile.h"
#include "json.h"
#include "link.h"

/* What each document is called in links and exports: id -> name. Its own
 * name, and behind it the beginning of its hash where a document before it
 * has the same. Keys are decimal. Yours to json_decref; NULL: the error. */
MUST_CHECK json_t *case_document_names(struct casefile *, struct error *);
const char *case_document_name(const json_t *names, int64_t document);

/* Links all that was read. `link` is yours to link_release; the result is
 * gone with it. Within a transaction that reads. */
MUST_CHECK bool case_link(struct casefile *, struct link **,
                          const struct link_result **, struct error *);

#endif
