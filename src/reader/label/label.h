/*
 * label.h - what the network says of a text: names, the pieces of
 * attributions, and which piece belongs to which. Rules come later (claims/).
 *
 * One pass of the encoder over windows of whole paragraphs serves all heads.
 */
#ifndef MADAI_LABEL_H
#define MADAI_LABEL_H

#include "act_kind.h"
#include "arena.h"
#include "text.h"

struct model;

enum name_type { NAME_PERSON, NAME_ORGANISATION, NAME_PLACE, NAME_OTHER };
enum piece_role { PIECE_CUE, PIECE_SOURCE, PIECE_CONTENT };
/* LAYER_OUTER: claims of the document; LAYER_INNER: claims told within the
 * content of another. */
enum piece_layer { LAYER_OUTER, LAYER_INNER };

struct labelled_name {
    struct span tokens;
    enum name_type type;
    float probability; /* that just these tokens are a name of this type */
};

struct labelled_piece {
    struct span tokens;
    enum piece_role role;
    enum piece_layer layer;
    float probability; /* that just these tokens are a piece of this role */
    /* A content's cue, a cue's source: index into pieces, or TEXT_NONE. */
    uint32_t link;
    float link_probability;
};

/* What a predicate is: OTHER are adjectives, and "be" or "have" where they say
 * something themselves; an auxiliary has no arguments. */
enum predicate_kind {
    PREDICATE_NONE,
    PREDICATE_VERB,
    PREDICATE_NOUN,
    PREDICATE_OTHER,
    PREDICATE_AUXILIARY,
};

/* A predicate of PropBank with its arguments, which lie in its paragraph, at
 * most 40 tokens away. */
struct labelled_frame {
    uint32_t predicate; /* token */
    enum predicate_kind kind;
    float probability;     /* of the kind */
    uint32_t first, count; /* of labels.arguments */
};

struct labelled_argument {
    struct span tokens;
    uint8_t role; /* index of label_argument_names */
};

/* What the words of the text say was done, and who takes part: participants
 * within 40 tokens of the trigger's first. Some are unlikely: what else speaks
 * for them is for others to say. */
struct labelled_act {
    struct span trigger;              /* tokens */
    uint8_t code, modality, polarity; /* indexes of the names below */
    bool is_likely;    /* though the best labels of the words have none here */
    float probability; /* that just these are a trigger */
    float code_probability; /* of the code, if it is one */
    float modality_probability, polarity_probability;
    uint32_t first, count; /* of labels.participants */
};

enum participant_role {
    PARTICIPANT_PERPETRATOR,
    PARTICIPANT_VICTIM,
    PARTICIPANT_TARGET,
    PARTICIPANT_WEAPON,
};

struct labelled_participant {
    struct span tokens;
    enum participant_role role;
    float probability; /* that just these tokens have this role, if it acts */
};

/* Who fills a role of MUC-4 in an incident of the text, wherever it says so. */
struct labelled_role {
    struct span tokens;
    uint8_t role; /* index of label_role_names */
    float probability;
};

enum mention_kind {
    MENTION_NONE,
    MENTION_PERSON,
    MENTION_ORGANISATION,
    MENTION_PLACE,
    MENTION_OTHER,
};

/* Words that speak of a person or an organisation ("she", "the two officers
 * who came"), known by their head. Mentions may lie within one another. Where
 * nobody wants their words (labeller_want_extents), they are the head alone. */
struct labelled_mention {
    uint32_t head; /* token */
    struct span tokens;
    enum mention_kind kind;
    float probability;   /* of the kind */
    uint32_t antecedent; /* index of an earlier one of the same, or TEXT_NONE */
    float antecedent_probability; /* of that, or that there is none */
};

enum {
    ROLE_COUNT = 5,
    ARGUMENT_COUNT = 23,
    PARTICIPANT_COUNT = 4,
    POLARITY_COUNT = 2,
};
/* As PropBank, acts.tsv of the corpus, READING.md and MUC-4 write them. */
extern const char *const label_role_names[ROLE_COUNT];
extern const char *const label_argument_names[ARGUMENT_COUNT];
extern const char *const label_participant_names[PARTICIPANT_COUNT];
extern const char *const label_polarity_names[POLARITY_COUNT];

struct labels {
    LIST(struct labelled_name) names;   /* in order, not overlapping */
    LIST(struct labelled_piece) pieces; /* by layer and window, in order */
    bool has_acts; /* the model can see them, and who takes part */
    /* Empty where the model has no such heads; frames and roles also where
     * nobody wants them. In order; triggers and roles do not overlap. */
    LIST(struct labelled_act) acts;
    LIST(struct labelled_participant) participants;
    LIST(struct labelled_role) roles;
    LIST(struct labelled_frame) frames;
    LIST(struct labelled_argument) arguments;
    LIST(struct labelled_mention) mentions; /* by head */
};

/* One worker's scratch memory for one model; reused between texts. */
struct labeller;
MUST_CHECK struct labeller *labeller_new(const struct model *, struct error *);
void labeller_free(struct labeller *); /* NULL is allowed */
/* The model that it was made for; borrowed. */
const struct model *labeller_model(const struct labeller *);

/* Whether frames (the words of mentions beside their heads, roles) are to be
 * found too: they cost time, and only some ask for them. At first they are
 * not. */
void labeller_want_frames(struct labeller *, bool);
void labeller_want_extents(struct labeller *, bool);
void labeller_want_roles(struct labeller *, bool);
/* Whether its model can find them. */
bool labeller_has_frames(const struct labeller *);
bool labeller_has_mentions(const struct labeller *);

/* Labels the whole text. Thread-safe for one labeller a thread; the same
 * text and model give the same labels to the last bit on every machine. */
MUST_CHECK bool label_text(struct labeller *, const struct text *,
                           struct arena *, struct labels *, struct error *);

#endif
