/*
 * gather.h - what a report is made of: the documents of a case, what was
 * found in them, and what stands of it after review.
 *
 * Invariants
 *   1. Each text was hashed, and each passage of a finding that is given held
 *      against its own hash: ERROR_TAMPERED with the document's name.
 *   2. What a person rejected is not here. What nobody reviewed is here only
 *      where it was asked for, and says so.
 *   3. Documents stand in the order of their dates, then as they came in;
 *      findings in the order of their passages.
 *
 * All memory is the arena's. Indices are SIZE_MAX (GATHERED_NONE) where there
 * is nothing. Cost: each text and original is read and hashed once.
 */
#ifndef MADAI_GATHER_H
#define MADAI_GATHER_H

#include "casefile.h"
#include "documents.h"
#include "json.h"
#include "text_map.h"

#define GATHERED_NONE SIZE_MAX
#define GATHERED_SPANS_MAX 8

/* A place in pieces; those beyond the eighth are not kept, and `is_cut`. */
struct places {
    struct span items[GATHERED_SPANS_MAX];
    size_t count;
    bool is_cut;
};

struct gathered_finding {
    char key[CASEFILE_KEY_SIZE];
    struct span span; /* its passage */
    double confidence;
    bool is_reviewed;
    bool is_changed; /* a person changed who it is about, or its passage: what
                        the reading says of it besides no longer holds */
    bool is_added;   /* by hand: only row and passage are there */
    const char *status;
};

struct gathered_actor {
    struct gathered_finding finding;
    size_t document;
    const char *local, *name, *type, *class, *title;
    size_t title_of;            /* actor, or GATHERED_NONE */
    struct span named;          /* a mention that is the name */
    bool is_named, has_article; /* there is one; "the" stands before it */
    size_t party; /* the actor of the case it is (gathered.parties) */
};

struct gathered_claim {
    struct gathered_finding finding;
    size_t document;
    const char *local, *mode, *act;
    bool is_denied; /* the saying itself */
    struct places source, cue, content;
    size_t speaker, parent;
    size_t origin; /* GATHERED_NONE: not known to be shared */
};

struct gathered_part { /* who took part in an act */
    struct places span;
    size_t actor;
    const char *degree;
};
struct gathered_parts {
    struct gathered_part *items;
    size_t count;
    size_t capacity;
};

struct gathered_time {
    const char *type, *first, *last, *why;
    struct places span;
    size_t document;
};

struct gathered_place {
    const char *name, *kind, *within; /* within: "Nakuru County, Kenya" */
    double lat, lon;
    bool has_point;
    struct places span;
    size_t document;
};

struct gathered_figure {
    struct gathered_finding finding;
    size_t document;
    const char *local, *of, *harm;
    double min, max;
    bool has_min, has_max, is_approximate;
    size_t act, claim;
};

struct gathered_act {
    struct gathered_finding finding;
    size_t document;
    const char *local, *code;
    const char *first, *last; /* the dates it may be on; or NULL */
    const char *modality;
    bool is_denied;
    struct places trigger;
    struct gathered_parts perpetrators, victims, targets, weapons;
    size_t time, place, claim, same_as; /* claim: the innermost */
    bool has_hidden_claim; /* somebody says it, and that is not shown */
    size_t incident, origin;
};

struct gathered_intervention {
    struct gathered_finding finding;
    size_t document;
    const char *local, *kind, *status; /* status of the response, or NULL */
    const char *first;
    struct gathered_parts by, to;
    struct places response;
    size_t about[16], about_count; /* acts */
    size_t time;
};

struct gathered_citation {
    struct gathered_finding finding;
    size_t document;
    const char *instrument, *provision;
};

struct index_range {
    size_t begin, end;
};

struct gathered_document {
    struct case_document row;
    struct case_text about;
    struct slice text;
    const char *label; /* "D1" */
    const char *date, *kind, *language, *publisher, *title, *reader;
    size_t issuer; /* actor */
    struct {
        struct span *items;
        size_t count, capacity;
    } sentences;
    struct {
        uint32_t *items;
        size_t count, capacity;
    } paragraphs, pages; /* where they begin */
    struct text_map map; /* where pieces of it stand in the original */
    struct index_range actors, claims, acts, figures, interventions, citations;
    /* Only while the case is gathered: the reading; its ids -> indices. */
    json_t *reading, *ids;
};

/* Who comes in several documents: actors of one name and type, or those that
 * links say are one. */
struct gathered_party {
    const char *name, *type, *class;
    size_t first; /* actor that names it first */
    size_t mentions;
};

/* What happened at one time and place, with all that tells of it. */
struct gathered_incident {
    bool is_linked;                   /* then its days are those of the links */
    const char *first, *last, *place; /* NULL where not known */
    size_t *acts;                     /* in the order of documents */
    size_t act_count;
    size_t origins; /* 0: not counted */
};

enum relation_kind {
    RELATION_REPEATS,
    RELATION_CORROBORATES,
    RELATION_CONTRADICTS,
    RELATION_ANSWERS
};
struct gathered_end {
    char kind; /* 'c', 'i' or 'f': claim, act, figure */
    size_t index;
};
struct gathered_relation {
    enum relation_kind kind;
    struct gathered_end from, to;
    const char *about;
};

struct gather_options {
    bool with_unreviewed;
    const char *from, *to; /* dates; incidents outside are left out */
    const char *actor, *place, *kind; /* words; or NULL */
};

struct gathered {
    struct casefile *casefile;
    struct arena *arena;
    struct gather_options options;
    const char *time;  /* of the last entry of the ledger */
    const char *state; /* "12 entries, root ..." */
    LIST(struct gathered_document) documents;
    LIST(struct gathered_actor) actors;
    LIST(struct gathered_claim) claims;
    LIST(struct gathered_act) acts;
    LIST(struct gathered_figure) figures;
    LIST(struct gathered_time) times;
    LIST(struct gathered_place) places;
    LIST(struct gathered_intervention) interventions;
    LIST(struct gathered_citation) citations;
    LIST(struct gathered_party) parties;
    LIST(struct gathered_incident) incidents;
    LIST(struct gathered_relation) relations;
    size_t unreviewed; /* findings left out because nobody reviewed them */
    bool has_links;
};

/* Reads the case, in a transaction that only looks, into `gathered`.
 * ERROR_TAMPERED, with the document named; ERROR_BAD_INPUT; ERROR_LIMIT. */
MUST_CHECK bool gather(struct casefile *, const struct gather_options *,
                       struct arena *, struct gathered *, struct error *);

/* The place, widened to the sentences of the reading that it touches. */
struct span sentence_at(const struct gathered_document *, struct span);
/* From the first to the last byte of a place in pieces. */
struct span places_hull(const struct places *);
/* Of a day: "2019-05-13" of a value with a time too; false for none. */
bool is_day(const char *date);

/* gather_document.c: the findings of one document, appended. */
MUST_CHECK bool gather_document(struct gathered *, size_t document,
                                struct error *);
/* gather_link.c: who is one, what is one incident, how statements stand to
 * each other. Needs all documents, with their readings. */
MUST_CHECK bool gather_links(struct gathered *, struct error *);
/* gather_incidents.c: acts into incidents, actors into parties. */
MUST_CHECK bool gather_incidents(struct gathered *, struct error *);

/* gather_names.c: names in capitals as they are written elsewhere; of actors
 * before, of parties after the acts are joined to incidents. */
MUST_CHECK bool gather_names(struct gathered *, struct error *);
MUST_CHECK bool gather_party_names(struct gathered *, struct error *);
/* Whether it names, and does not describe: "Esther Lokwawi", not "two people"
 * nor "One person". */
bool name_is_proper(const char *name);

#endif
