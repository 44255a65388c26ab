/*
 * search_words.h - from what a person writes to what FTS5 is asked. Of
 * casefile/ alone.
 */
#ifndef MADAI_SEARCH_WORDS_H
#define MADAI_SEARCH_WORDS_H

#include "casefile.h"

/* All strings the arena's; NULL where nothing was asked. */
struct search_words {
    const char *passages; /* for passage_index */
    const char *findings; /* for finding_index */
    const char *first, *last;
    const char *status;
    const char *kinds; /* " claim act ": those meant, each between blanks */
    size_t kind_count;
    const char *instead; /* "koome for kome; ..." */
    bool has_fields;
};

/* ERROR_USAGE: an unknown field, a quotation mark without its other, nothing
 * to search for. */
MUST_CHECK bool search_words_parse(struct casefile *, const char *words,
                                   struct arena *, struct search_words *,
                                   struct error *);

#endif
