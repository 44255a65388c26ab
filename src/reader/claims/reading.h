/*
 * reading.h - the reading put together: what READING.md describes, as C.
 *
 * Ids are indexes here ("c3" is claims.items[2]) and become text only in
 * JSON. Spans are bytes of the text as it was given, also where it is no
 * UTF-8. Everything lives in the arena that read_text was given, and borrows
 * from the text. Types and classes of actors stand in actor.h.
 */
#ifndef MADAI_READING_H
#define MADAI_READING_H

#include "act.h"
#include "actor.h"
#include "arena.h"
#include "citation.h"
#include "figure.h"
#include "label.h"
#include "place.h"
#include "text.h"
#include "time_find.h"

enum claim_mode { MODE_DIRECT, MODE_MIXED, MODE_INDIRECT };
enum document_kind {
    KIND_OTHER,
    KIND_REPORT,
    KIND_STATEMENT,
    KIND_LETTER,
    KIND_REPLY,
    KIND_TESTIMONY,
    KIND_RECORD,
    KIND_OPINION,
};
enum date_from { DATE_NONE, DATE_DATELINE, DATE_METADATA, DATE_GIVEN };
/* Names as READING.md writes them, indexed by the enums above. */
extern const char *const claim_mode_names[], *const document_kind_names[],
    *const name_type_names[], *const date_from_names[];

#define READING_NONE UINT32_MAX

/* Pieces of one role, in order of the text. */
struct places {
    const struct span *items;
    uint32_t count;
};

struct name {
    struct span span;
    enum name_type type;
    uint32_t actor; /* or READING_NONE */
};

struct actor_role {
    struct slice title; /* borrowed from the text */
    uint32_t of;        /* actor, or READING_NONE */
};

struct actor {
    struct slice name; /* the text's, or the arena's ("mother of X") */
    enum actor_type type;
    enum actor_class class;
    enum actor_class table_class; /* by the table; what else says is weighed */
    bool has_class;               /* a word of the table says so */
    const struct actor_role *roles;
    uint32_t role_count;
    struct places mentions;
    float confidence;
};

/* The same claim told elsewhere (a headline and its body). */
struct claim_also {
    struct places source, cue, content;
};

struct claim {
    uint32_t parent; /* or READING_NONE; always an earlier claim */
    enum claim_mode mode;
    enum speech_act act;
    struct places source, cue, content, addressee, medium;
    uint32_t speaker; /* actor, or READING_NONE */
    bool is_denied;   /* polarity: the saying itself is denied */
    float score;      /* what the confidence was read off; made in draft_*.c */
    float confidence; /* calibrated: that source, cue and content all hold */
    const struct claim_also *also;
    uint32_t also_count;
};

/* HURIDOCS interventions, in the order of data/intervention-weights.tsv. */
enum intervention_kind {
    INTERVENTION_COMPLAINT,
    INTERVENTION_REPORT,
    INTERVENTION_COMMUNICATION,
    INTERVENTION_PETITION,
    INTERVENTION_LAWSUIT,
    INTERVENTION_STATEMENT,
    INTERVENTION_LETTER,
    INTERVENTION_APPEAL,
    INTERVENTION_INVESTIGATION,
};
enum { INTERVENTION_KINDS = INTERVENTION_INVESTIGATION + 1 };
enum response_status {
    RESPONSE_UNKNOWN, /* nothing is said */
    RESPONSE_NOTHING, /* it is said that nothing came: "none" */
    RESPONSE_DENIED,
    RESPONSE_ACKNOWLEDGED,
    RESPONSE_INVESTIGATED,
    RESPONSE_PROSECUTED,
    RESPONSE_ACTED,
};
extern const char *const intervention_kind_names[],
    *const response_status_names[];

struct intervention_party {
    struct span span; /* bytes; empty where only the actor is known */
    uint32_t actor;   /* or READING_NONE */
};

/* What was done to get an answer. */
struct intervention {
    enum intervention_kind kind;
    struct span span;
    struct intervention_party by, to;
    const uint32_t *about; /* acts, each as it is first told */
    uint32_t about_count;
    uint32_t time;     /* or READING_NONE; the layer of times fills it */
    uint32_t sentence; /* of text.sentences: where it is told */
    enum response_status status;
    struct span response; /* the words that say so */
    float confidence;     /* calibrated: that it is one, of this kind */
};

/* The paper that a letter answers. */
struct document_answered {
    bool is_known; /* else nothing is said of one */
    enum intervention_kind kind;
    struct span span;
    uint32_t by;   /* actor, or READING_NONE */
    char date[11]; /* YYYY-MM-DD, or empty */
};

struct reading_document {
    struct slice id; /* as given */
    char sha256[65];
    char date[11];   /* YYYY-MM-DD, or empty */
    bool is_english; /* else the language is not said */
    enum date_from date_from;
    enum document_kind kind;
    struct slice publisher, title; /* borrowed; empty where not known */
    uint32_t issuer;               /* actor, or READING_NONE */
    const uint32_t *addressees;
    uint32_t addressee_count;
    struct document_answered answers;
};

/* Layers that a reading has for those who ask. */
enum reading_layer {
    READING_FRAMES = 1,
    READING_MENTIONS = 2,
    READING_ROLES = 4,
    READING_POLICE = 8,
    /* Keeps what the network says, for who explains; not in the JSON. */
    READING_LABELS = 16
};

struct frame_argument {
    const char *role; /* as PropBank writes it */
    struct span span;
};

/* Who fills a role of MUC-4 in an incident of the text. */
struct role_filler {
    struct span span;
    uint8_t role;    /* index of label_role_names */
    uint32_t entity; /* those of one number in a role are one */
};

/* A predicate and its arguments (PropBank). */
struct frame {
    struct span predicate;
    const struct frame_argument *arguments;
    uint32_t argument_count;
};

/* Words that speak of somebody; those of one number speak of the same. */
struct reading_mention {
    struct span span;
    enum mention_kind kind;
    uint32_t cluster;
};

struct reading {
    struct reading_document document;
    struct text text;
    LIST(struct name) names;
    LIST(struct actor) actors;
    LIST(struct claim) claims;    /* parents before children */
    LIST(struct act) acts;        /* in order of the text */
    const struct figure *figures; /* in order of the text */
    size_t figure_count;
    struct times times;                       /* in order of the text */
    struct place_list places;                 /* in order of the text */
    const struct gazetteer *gazetteer;        /* theirs; borrowed, or NULL */
    const struct intervention *interventions; /* in order of the text */
    size_t intervention_count;
    const struct citation *citations; /* in order of the text */
    size_t citation_count;
    unsigned layers; /* that were asked for */
    LIST(struct frame) frames;
    /* As the network finds them; where the model cannot, has_mentions is false
     * and those of actors and names are all there are. */
    LIST(struct reading_mention) mentions;
    bool has_mentions;
    LIST(struct role_filler) roles; /* by role, entity, place in the text */
    const struct labels *labels;    /* with READING_LABELS, else NULL */
    uint8_t *police; /* by sentence, see police.h; NULL: nobody asked */
};

struct act_probe;
struct whom_probe;

struct read_options {
    struct slice id;   /* document.id; may be empty */
    struct slice date; /* YYYY-MM-DD, as a person gives it; may be empty */
    /* What the file it came in says; may be empty. Where somebody gave a date
     * that one holds. */
    struct slice claimed_date;
    /* What the page says that its parts are (text.h); may be none. They outlive
     * the reading. */
    const struct part_mark *marks;
    size_t mark_count;
    unsigned layers; /* of enum reading_layer, any of them */
    /* Says where places lie; NULL: they are found and not placed. Outlives
     * the reading. */
    const struct gazetteer *gazetteer;
};

/* What is known before a text is put together. */
struct reading_basis {
    const struct labels *labels;
    const float *calibration; /* score, confidence, score, ...; both rising */
    size_t calibration_count; /* points; with 0 a score is its confidence */
    const float *evidence;    /* see model_evidence; may be NULL */
    const struct act_probe *act_probe;   /* see act_weigh.h; may be NULL */
    const struct whom_probe *whom_probe; /* see whom.h; may be NULL */
};

/* From labels to the reading: actors, claims, facts of the document.
 * `reading->text` has been analysed, and stays. */
MUST_CHECK bool reading_assemble(const struct reading_basis *,
                                 const struct read_options *, struct arena *,
                                 struct reading *, struct error *);

/* Reads one text whole: text_analyse, label_text, reading_assemble. The text
 * is borrowed; an id that is empty stays so. ERROR_LIMIT, or ERROR_BAD_INPUT
 * for a date that is none. */
MUST_CHECK bool read_text(struct labeller *, struct slice bytes,
                          const struct read_options *, struct arena *,
                          struct reading *, struct error *);

#endif
