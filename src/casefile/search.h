/*
 * search.h - any passage or finding of a case, at once.
 *
 * A search is words, as a person writes them:
 *
 *     tear gas              passages with both words
 *     "tear gas"            as a phrase
 *     demonstrat*           words that begin so
 *     NEAR(officers shot 5) both, at most five words apart
 *     march OR rally        either;  march -school: without the second
 *     who:koome says:order act:killing date:2023-03 place:kisumu kind:claim
 *                           findings; a field may be quoted (who:"felix
 *                           odanga") or have several values
 * (act:arrest,abduction)
 *
 * Case and diacritics do not matter. A name that is not in the case finds
 * those spelt nearly so. Words together with fields find findings whose
 * passage has the words.
 */
#ifndef MADAI_SEARCH_H
#define MADAI_SEARCH_H

#include "casefile.h"

/* So many matches are looked at, the last added first: more could not be read
 * anyway, and an answer must not take long because a word is common. */
#define SEARCH_LOOKED_AT 10000

struct search {
    const char *words;
    bool by_date; /* the latest first; else the best first */
    uint64_t limit, offset;
};

struct search_hit {
    int64_t finding; /* id, or 0: a passage */
    int64_t document;
    struct span span;   /* of the passage */
    const char *date;   /* or an empty string */
    double score;       /* of a passage; more is better */
    struct slice text;  /* of the passage */
    struct span *marks; /* places of words found, in the whole text */
    size_t mark_count;
};

struct search_hits {
    struct search_hit *items;
    size_t count;
    size_t capacity;
    uint64_t seen;       /* matches in all; SEARCH_LOOKED_AT: or more */
    const char *instead; /* names that were searched as others, or NULL */
};

/* Hits are the arena's. ERROR_USAGE where the words are no search. */
MUST_CHECK bool casefile_search(struct casefile *, const struct search *,
                                struct arena *, struct search_hits *,
                                struct error *);

#endif
