/*
 * lists.h - what stands in a case, a page at a time, counted and grouped: for
 * whoever shows a case to a person. Nothing here changes anything.
 *
 * What is about all findings (counts, groups, months) reads an index or the
 * table once, some 100 ms for 300,000 findings, and says the same until the
 * ledger grows: keep it until then (entry_count). Pages cost what they show.
 */
#ifndef MADAI_LISTS_H
#define MADAI_LISTS_H

#include "casefile.h"
#include "documents.h"
#include "findings.h"
#include "reading_store.h"

/* A document with what stands about it. Strings are the arena's. */
struct listed_document {
    int64_t id;
    const char *sha256, *name;
    const char *date; /* as given, else as read; or NULL */
    uint64_t bytes;
    bool is_held, is_read;
    uint64_t findings, claims;
    uint64_t decided; /* findings that a person decided about */
};
struct listed_documents {
    struct listed_document *items;
    size_t count;
    size_t capacity;
    uint64_t total; /* without limit and offset */
};

enum document_order { DOCUMENTS_ADDED, DOCUMENTS_NAME, DOCUMENTS_DATE };

struct documents_wanted {
    const char *name;          /* what its name has in it, any case; or NULL */
    enum document_order order; /* added: the last first */
    uint64_t limit, offset;
};
MUST_CHECK bool list_documents(struct casefile *,
                               const struct documents_wanted *, struct arena *,
                               struct listed_documents *, struct error *);

/* How often something stands in a case. */
struct counted {
    const char *name;
    uint64_t count;
    uint64_t documents; /* that it stands in; 0: not counted */
    int64_t finding;    /* id of one of them; 0: none is meant */
};
struct counts {
    struct counted *items;
    size_t count;
    size_t capacity;
    uint64_t total; /* of groups, without limit and offset */
};

enum counted_by {
    COUNT_KINDS,    /* findings of each kind */
    COUNT_STATUSES, /* findings of each status but unreviewed */
    COUNT_SAYS,     /* claims by speech act */
    COUNT_SPEAKERS, /* claims by the first who is named in them */
    COUNT_ACTS,     /* acts by code */
    COUNT_PLACES,   /* mentions of places, by name */
    COUNT_MONTHS,   /* acts by month, the earliest first: 2019-05 */
    COUNT_BY
};
/* The most frequent first, at most `limit`. */
MUST_CHECK bool list_counts(struct casefile *, enum counted_by, uint64_t limit,
                            struct arena *, struct counts *, struct error *);

/* Acts by place and month, in the order of both; the place as list_counts
 * names it. */
struct place_month {
    const char *place, *month;
    uint64_t count;
};
struct place_months {
    struct place_month *items;
    size_t count;
    size_t capacity;
};
MUST_CHECK bool list_place_months(struct casefile *, uint64_t limit,
                                  struct arena *, struct place_months *,
                                  struct error *);

/* Actors of all documents, those of one name as one; the most mentioned
 * first. `name`: what it has in it, or NULL. */
MUST_CHECK bool list_actor_names(struct casefile *, const char *name,
                                 uint64_t limit, uint64_t offset,
                                 struct arena *, struct counts *,
                                 struct error *);
/* The findings that list_actor_names showed as one of this name. */
MUST_CHECK bool list_actor_findings(struct casefile *, const char *name,
                                    uint64_t limit, struct arena *,
                                    struct findings *, struct error *);

/* Acts with a date, the earliest first. All but limits may be NULL. */
struct chronology_wanted {
    const char *from, *to;         /* dates, also 2019 and 2019-05 */
    const char *who, *act, *place; /* what stands there in part, any case */
    uint64_t limit, offset;
};
MUST_CHECK bool list_chronology(struct casefile *,
                                const struct chronology_wanted *,
                                struct arena *, struct findings *,
                                struct error *);

/* Findings that begin in [begin, end) of the text, in order. */
MUST_CHECK bool list_findings_in(struct casefile *, int64_t document,
                                 struct span, uint64_t limit, struct arena *,
                                 struct findings *, struct error *);
/* Findings of a document; of a kind, or of all where that is NULL. */
MUST_CHECK bool list_findings_of(struct casefile *, int64_t document,
                                 const char *kind, uint64_t limit,
                                 uint64_t offset, struct arena *,
                                 struct findings *, struct error *);

/* How many documents have a reading. */
MUST_CHECK bool reading_count(struct casefile *, uint64_t *, struct error *);

/* Which reading stands, without its body; text is 0 where none does. */
MUST_CHECK bool reading_about(struct casefile *, int64_t document,
                              struct arena *, struct case_reading *,
                              struct error *);

/* Short names by id in the reading: {"c3": "c-7k3m..."}; what was added by
 * hand has none. Yours to json_decref. */
MUST_CHECK json_t *list_keys(struct casefile *, int64_t document,
                             struct error *);

#endif
