/*
 * place_parts.h - what the files place*.c share.
 *
 *   place.c        the steps, and what comes of them
 *   place_names.c  mentions, the names that they share, their meanings
 *   place_choose.c which meaning goes with the document
 *   place_weights.c how much each sign counts
 */
#ifndef MADAI_PLACE_PARTS_H
#define MADAI_PLACE_PARTS_H

#include "fold.h"
#include "place.h"
#include "table.h"

#define NODE_NONE UINT32_MAX

/* What the signs of place_choose.c count; tuned on train parts (see
 * docs/measurements.md). Units: natural logarithms of odds. */
enum place_weight {
    WEIGHT_SIZE,    /* for each doubling of the people */
    WEIGHT_COUNTRY, /* the ranks of what has no number of people */
    WEIGHT_CONTINENT,
    WEIGHT_FIRST,
    WEIGHT_SECOND,
    WEIGHT_MINOR,   /* wards, localities, areas, quarters */
    WEIGHT_ANOTHER, /* how the name stands to the place */
    WEIGHT_SHORT,
    WEIGHT_SEAT_OF_COUNTRY,
    WEIGHT_SEAT_OF_FIRST,
    WEIGHT_SEAT_OF_SECOND,
    WEIGHT_IN_COUNTRY, /* shared with the document's other names */
    WEIGHT_IN_FIRST,
    WEIGHT_IN_SECOND,
    WEIGHT_BESIDE, /* what stands beside the name holds it */
    WEIGHT_HOLDS,  /* it holds what it stands beside */
    WEIGHT_ADJECTIVE,
    WEIGHT_COMMA,        /* a form that stands behind a comma only */
    WEIGHT_SLIP,         /* the name was written otherwise */
    WEIGHT_EVIDENCE,     /* of a name within another ("Ohio Department ...") */
    WEIGHT_HALF,         /* votes that give half of what votes can give */
    WEIGHT_NOWHERE,      /* the place meant is not in the gazetteer */
    WEIGHT_NOWHERE_HERE, /* ... where the document has a country */
    WEIGHT_SAME_NAME, /* it is meant where something stands beside the name */
    WEIGHT_COUNT,
};
extern const double place_weights[WEIGHT_COUNT];

/* How the words of the text became a key of the gazetteer. */
enum node_how {
    HOW_WHOLE,
    HOW_PART,    /* "northern Uganda" */
    HOW_GENERIC, /* "Kisumu town", "Kwale District" */
    HOW_SLIP,
};

/* Country, first and second level. */
enum { PLACE_LEVELS = 3 };

struct candidate {
    uint32_t place;
    enum name_relation relation;
    enum place_kind kind;
    uint32_t levels[PLACE_LEVELS]; /* itself or above it, or NONE */
    uint32_t votes[PLACE_LEVELS];  /* where theirs are counted */
    double prior, score, share;    /* share: of its node's probability */
};

/* One name as the document uses it: all mentions with the same key and the
 * same place beside it. */
struct node {
    uint32_t candidates, count;
    uint32_t beside; /* node that stands beside it and may hold it */
    uint32_t bare;   /* the node of the same name with nothing beside it */
    double weight;   /* of its votes */
    double nowhere;  /* score of the place that no gazetteer has */
    enum node_how how;
    uint32_t best; /* candidate, once chosen */
    double best_share;
};

struct mention {
    struct span tokens;
    uint32_t node;   /* or NODE_NONE */
    uint32_t beside; /* mention beside it that may hold it; or NODE_NONE */
    uint32_t named;  /* node of the name within a facility's; or NODE_NONE */
    const struct table_row *facility;
    float probability;
    bool is_place;  /* else only evidence */
    bool is_person; /* a person of the document is called so */
};

struct place_work {
    const struct text *text;
    const struct gazetteer *gazetteer;
    struct arena *scratch;
    LIST(struct mention) mentions;
    LIST(struct node) nodes;
    LIST(struct candidate) candidates;
    struct node_slot *slots; /* a hash table of keys */
    size_t slot_count;
    uint32_t slips; /* looked for so far */
};

/* place_names.c */
MUST_CHECK bool place_mentions(struct place_work *, const struct place_name *,
                               size_t count, struct error *);
/* Whether the place of `outer` is a level that the other lies in. */
bool place_holds(const struct candidate *outer, const struct candidate *);

/* place_choose.c: best and best_share of every node. */
MUST_CHECK bool place_choose(struct place_work *, struct error *);

/* Squared length of the chord between two points of a unit sphere; 4 where
 * one has none. A kilometre on earth is 1.57e-4 long. */
double place_chord(const struct gazetteer *, uint32_t a, uint32_t b);

#endif
