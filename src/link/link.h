/*
 * link.h - what the documents of a case say together.
 *
 * Readings come in as JSON (docs/reading.md), in any order; out come the
 * actors and incidents of the case, which statements corroborate, contradict,
 * answer or repeat each other, what goes back to one origin, the figures of an
 * incident side by side, complaints with what came of them, and patterns.
 * docs/linking.md says what each of these is and how it is found.
 *
 * Invariants
 *   1. Pure: no files, clock or output. The same readings and decisions give
 *      the same result, byte for byte, whatever the order they came in.
 *   2. Every actor of every reading is a member of just one actor of the
 *      case; an act of at most one incident.
 *   3. What a person decided (link_decide) holds, whatever the scores say.
 *   4. Nothing is silent: a merge, an incident and a relation have reasons and
 *      a confidence, and point to findings, which have passages.
 *
 * Limits: LINK_DOCUMENTS_MAX documents; of one reading at most
 * LINK_ITEMS_MAX actors, claims, acts, figures or interventions each; what is
 * beyond is ERROR_LIMIT for that reading. Cost: about linear in the findings;
 * pairs are looked at only where two findings share rare words, names, or day
 * and place, and of each at most a fixed number.
 */
#ifndef MADAI_LINK_H
#define MADAI_LINK_H

#include "json.h"

#define LINK_DOCUMENTS_MAX 1000000u
#define LINK_ITEMS_MAX 20000u
#define LINK_NONE UINT32_MAX

struct link; /* opaque: readings, decisions, and the last result */

/* A finding: the document's place in `documents`, and the finding's id there
 * ("c3"). The id is "" where the document itself is meant. `span` is the
 * passage it rests on, in bytes of that document's text. */
struct link_finding {
    uint32_t document;
    const char *id;
    struct span span;
};

struct link_findings {
    const struct link_finding *items;
    uint32_t count;
};

/* Places in another list of the result. */
struct link_indices {
    const uint32_t *items;
    uint32_t count;
};

struct link_document {
    const char *id;
    const char *date; /* "2019-05-13", or NULL */
};

/* Why a member is held to be the same as another one of its actor: a proposal,
 * which a person may split again. */
struct link_merge {
    struct link_finding one, other;
    const char *reason;
    uint32_t confidence; /* thousandths */
};

struct link_actor {
    const char *name;
    const char *type;
    const char *class; /* of the conflict; the C++ word is a key of the JSON */
    const char *const *names; /* all names that it goes by */
    uint32_t name_count;
    struct link_findings members;
    const struct link_merge *merges;
    uint32_t merge_count;
    bool is_decided; /* a person merged or split it */
};

struct link_incident {
    const char *title;        /* of its own in the case */
    const char *first, *last; /* days, or NULL */
    const char *place;        /* or NULL */
    const char *reason;
    uint32_t confidence;
    uint32_t part_of; /* an incident, or LINK_NONE */
    struct link_findings members;
    struct link_indices perpetrators, victims; /* actors */
    bool is_decided;
};

enum link_kind {
    LINK_CORROBORATES, /* undirected; the origins differ */
    LINK_CONTRADICTS,  /* undirected */
    LINK_ANSWERS,      /* `from` is said in reply to `to` */
    LINK_REPEATS,      /* `from` says what `to` said first; one origin */
    LINK_KINDS
};
extern const char *const link_kind_names[LINK_KINDS];

struct link_relation {
    enum link_kind kind;
    struct link_finding from, to;
    const char *about;  /* in words */
    const char *reason; /* in words */
    uint32_t confidence;
    uint32_t incident; /* or LINK_NONE */
};

struct link_origin {
    const char *reason;
    uint32_t confidence;
    struct link_findings members;
};

struct link_complaint {
    struct link_findings members;
    uint32_t to;               /* actor, or LINK_NONE */
    struct link_indices by;    /* actors */
    struct link_indices about; /* incidents */
    const char *kind;
    const char *status;           /* of READING.md, or NULL */
    struct link_finding response; /* id NULL: none */
    const char *sent, *until;     /* days, or NULL */
    int32_t days;                 /* from sent to until; -1: not known */
};

/* Bounds: LINK_NO_BOUND where there is none. */
#define LINK_NO_BOUND INT64_MIN

struct link_said {
    uint32_t by; /* actor, or LINK_NONE */
    int64_t min, max;
    bool is_approximate;
    struct link_finding claim; /* id NULL: the document's own voice */
    struct link_finding figure;
    const char *said_on; /* the day of the document, or NULL */
    uint32_t origin;     /* those of one number are one source */
    /* Of the same table: what this source said last before, where it was
     * something else; LINK_NONE: it says it first, or says the same again. */
    uint32_t instead_of;
};

struct link_figures {
    uint32_t incident;
    const char *of;
    const char *harm;             /* or NULL */
    const struct link_said *said; /* by day */
    uint32_t said_count;
    uint32_t source_count; /* origins, not documents */
    int64_t low, high;     /* what two independent sources or more allow */
};

/* A count that one can check: its members are the acts behind it. */
struct link_pattern {
    const char *of;    /* "act", "class", "place", "week", "act and place" */
    const char *value; /* "killing", "police", "Nakuru", "2019-W20" */
    uint32_t incidents, acts, sources;
    uint32_t rate;    /* incidents a week, in thousandths, first to last */
    bool is_striking; /* stands out among those of its kind */
    struct link_findings members;
};

/* Claims of one actor that another did something: who accuses whom. */
struct link_accusation {
    uint32_t by, of;  /* actors */
    uint32_t sources; /* texts that do not go back to each other */
    struct link_findings members;
};

#define LINK_LIST(type)                                                        \
    struct {                                                                   \
        const type *items;                                                     \
        uint32_t count;                                                        \
    }

struct link_result {
    LINK_LIST(struct link_document) documents; /* by id */
    LINK_LIST(struct link_actor) actors;
    LINK_LIST(struct link_incident) incidents;
    LINK_LIST(struct link_relation) relations;
    LINK_LIST(struct link_origin) origins;
    LINK_LIST(struct link_complaint) complaints;
    LINK_LIST(struct link_figures) figures;
    LINK_LIST(struct link_pattern) patterns;
    LINK_LIST(struct link_accusation) accusations; /* most claims first */
};

/* Nothing linked yet; NULL when memory is out. Yours to link_release. */
MUST_CHECK struct link *link_new(struct error *);
void link_release(struct link *); /* NULL is allowed */

/* Takes what linking needs of a reading with its text; the reading is
 * borrowed for the call. ERROR_BAD_INPUT: no document.id or no text, a span
 * outside of it, an id that came before. On failure nothing was taken. */
MUST_CHECK bool link_add(struct link *, const json_t *reading, struct error *);

/* Whether a reading that comes from elsewhere holds together: ids once each,
 * what they point to is there, and no claim or act goes back to itself.
 * ERROR_BAD_INPUT says what is wrong and where; ERROR_LIMIT: a list is longer
 * than LINK_ITEMS_MAX. link_add does not ask for this: what a person rejected
 * leaves gaps. Cost: n log n. */
MUST_CHECK bool link_check(const json_t *reading, struct error *);

/* What a person decided of two actors or two acts: they are one, or they are
 * not. Findings that no reading has are passed over when linking. Later
 * decisions win over earlier ones. The words are copied. */
struct link_decision {
    bool is_same;
    const char *document, *id;
    const char *other_document, *other_id;
};
MUST_CHECK bool link_decide(struct link *, const struct link_decision *,
                            struct error *);

/* Links all that was added. Borrowed; gone with the next link_run or with
 * link_release. NULL: ERROR_LIMIT. */
MUST_CHECK const struct link_result *link_run(struct link *, struct error *);

/* case.json: the fields that the scorer and the page read, and besides them
 * confidence, reasons and passages. Yours to json_decref. */
MUST_CHECK json_t *link_json(const struct link_result *, struct error *);

#endif
