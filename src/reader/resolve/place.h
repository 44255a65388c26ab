/*
 * place.h - which place on earth a name means.
 *
 * The gazetteer gives what a name may mean. Each meaning has a score: how
 * well known such a place is (its people, its rank), how the name stands to
 * it, and how well it goes with the document: what stands beside the name
 * ("Pipeline in Embakasi South"), and the countries, first and second levels
 * that the document's other names may lie in. The scores of all names are
 * counted anew three times, each time with what the time before made of the
 * others; so the names of one document settle each other. That toponyms of a
 * text share their surroundings, and that a name has one meaning in a text,
 * is from J. L. Leidner, "Toponym Resolution in Text" (2007).
 *
 * What stays in doubt is not placed: a wrong place is worse than none.
 *
 * Invariants
 *   1. Places stand in the order of the text and do not overlap.
 *   2. Time and memory grow with the names and what they may mean, of which
 *      there are at most PLACE_MEANINGS_MAX each; of different names at most
 *      PLACE_NODES_MAX are looked at, the rest are found and not placed.
 */
#ifndef MADAI_PLACE_H
#define MADAI_PLACE_H

#include "arena.h"
#include "gazetteer.h"
#include "label.h"
#include "text.h"

enum { PLACE_MEANINGS_MAX = 40, PLACE_NODES_MAX = 2000 };

/* How a place was resolved, or why not. */
enum place_why {
    WHY_NO_GAZETTEER,
    WHY_NOT_KNOWN,   /* the gazetteer does not have the name */
    WHY_IN_DOUBT,    /* several places are meant by it, none clearly */
    WHY_PERSON,      /* a person of the document is called so */
    WHY_ONLY_ONE,    /* of this name */
    WHY_LARGEST,     /* the best known of this name */
    WHY_BESIDE,      /* `why_place` stands beside it, and holds it */
    WHY_AROUND,      /* it lies in `why_place`, as other names do */
    WHY_AT_NAMED,    /* a facility with the place's name in its own */
    WHY_AT_BESIDE,   /* not known itself: in the place beside it */
    WHY_AT_SENTENCE, /* a facility: at the one town of its sentence */
    WHY_COUNT,
};
struct place {
    struct span span;     /* bytes */
    const char *facility; /* its kind where it is one; else NULL */
    uint32_t index;       /* in the gazetteer, or GAZETTEER_NONE */
    bool is_at;           /* not the place itself: it lies in or at it */
    bool is_part;         /* a part of it ("northern Uganda") */
    enum place_why why;
    uint32_t why_place; /* in the gazetteer, or GAZETTEER_NONE */
    float confidence;   /* that it is a place and, where placed, this one
                           (within 161 km) */
};

struct place_list {
    struct place *items;
    size_t count;
    size_t capacity;
};

/* A name of the text. */
struct place_name {
    struct span tokens;
    enum name_type type;
    float probability;
};

/* The places among the names (in order, not overlapping) of a text. Without
 * a gazetteer (NULL) they are found and not placed. Results are of `arena`,
 * all else of `scratch`. ERROR_LIMIT. */
MUST_CHECK bool places_resolve(const struct text *, const struct place_name *,
                               size_t count, const struct gazetteer *,
                               struct arena *, struct arena *scratch,
                               struct place_list *, struct error *);

/* Whether a thing that is at a place is about where the place is: not so for
 * a country. */
bool place_is_small(const struct gazetteer_place *);

#endif
