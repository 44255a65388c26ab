/*
 * search_index.h - the lists that search looks words up in, made anew from
 * what they were made of: after an erasure, for a newer version of the file.
 * Of casefile/ alone.
 */
#ifndef MADAI_SEARCH_INDEX_H
#define MADAI_SEARCH_INDEX_H

#include "casefile.h"

/* Within a transaction; passages and findings stay as they are. Cost: reads
 * every text that was read. ERROR_TAMPERED where a passage lies outside. */
MUST_CHECK bool search_index_anew(struct casefile *, struct error *);

#endif
