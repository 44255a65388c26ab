/*
 * claim_at.h - who says what stands at a place: the innermost claim whose
 * content holds it.
 *
 * For layers whose findings are told by somebody: figures, acts. Contents of
 * claims nest; where two only overlap, the one that begins later is the inner.
 */
#ifndef MADAI_CLAIM_AT_H
#define MADAI_CLAIM_AT_H

#include "reading.h"

struct claim_content {
    struct span span; /* bytes */
    uint32_t claim;
};

struct claim_finder {
    const struct claim_content *contents; /* by begin; longer ones first */
    size_t count;
    size_t next;    /* the first that begins behind the last place */
    uint32_t *open; /* indexes of those that may hold it, inner ones last */
    size_t open_count;
};

/* Contents of all claims of the reading, a headline's own content (`also`)
 * too. Memory is the arena's; n log n of the contents. ERROR_LIMIT. */
MUST_CHECK bool claim_finder_init(struct claim_finder *, const struct reading *,
                                  struct arena *, struct error *);

/* The claim at a place, or READING_NONE: its own document's voice. Places must
 * be asked for in order of their begin; all together take time linear in
 * places and contents. */
uint32_t claim_at(struct claim_finder *, struct span place);

#endif
