/*
 * label.h - what the network says of a text: names, the pieces of
 * attributions, and which piece belongs to which. Rules come later (claims/).
 *
 * One pass of the encoder over windows of whole paragraphs serves all heads.
 */
#ifndef MADAI_LABEL_H
#define MADAI_LABEL_H

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

struct labels {
    LIST(struct labelled_name) names;   /* in order, not overlapping */
    LIST(struct labelled_piece) pieces; /* by layer and window, in order */
};

/* One worker's scratch memory for one model; reused between texts. */
struct labeller;
MUST_CHECK struct labeller *labeller_new(const struct model *, struct error *);
void labeller_free(struct labeller *); /* NULL is allowed */
/* The model that it was made for; borrowed. */
const struct model *labeller_model(const struct labeller *);

/* Labels the whole text. Thread-safe for one labeller a thread; the same
 * text and model give the same labels to the last bit on every machine. */
MUST_CHECK bool label_text(struct labeller *, const struct text *,
                           struct arena *, struct labels *, struct error *);

#endif
