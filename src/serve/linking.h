/*
 * linking.h - what the documents say together, worked out beside the
 * answering: it takes long for a large case, and nothing waits for it.
 */
#ifndef MADAI_LINKING_H
#define MADAI_LINKING_H

#include "server.h"

MUST_CHECK struct link_room *linking_new(const char *case_path, struct error *);
void linking_free(struct link_room *); /* waits; NULL is allowed */

enum linking_state { LINKING_READY, LINKING_AT_WORK, LINKING_FAILED };

/* What holds for a ledger of this length, or, until that is worked out, what
 * held before: {"lists": link_json, "documents": {name: id}, "entries"}.
 * `whole` is yours to json_decref; NULL where there is nothing yet. `error`
 * is set where the state is LINKING_FAILED. */
enum linking_state linking_get(struct link_room *, uint64_t entries,
                               json_t **whole, struct error *);

#endif
