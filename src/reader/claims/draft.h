/*
 * draft.h - claims in the making: all in tokens, from every source of claims,
 * before spans are cleaned and ids given.
 *
 * The steps, in order, each a file: draft_labels (what the network found,
 * and speakers' labels), draft_run_on (quotations over several paragraphs),
 * draft_rules (claims within what others say), draft_nesting (which claim is
 * told within which), draft_sense (mode, act, polarity, addressee, medium;
 * draft_act weighs words), draft_speakers (who is meant), draft_twins
 * (headlines).
 *
 * Invariants
 *   1. No content is empty; each lies in one paragraph and is trimmed as
 *      READING.md says.
 *   2. Once nested, a parent stands before its children.
 */
#ifndef MADAI_DRAFT_H
#define MADAI_DRAFT_H

#include "reading.h"
#include "speaker.h"

enum draft_origin {
    DRAFT_SPEECH,    /* after a speaker's label */
    DRAFT_OUTER,     /* the network's, of the document */
    DRAFT_QUOTATION, /* a quotation that has no cue */
    DRAFT_INNER,     /* the network's, within another's words */
    DRAFT_RULE,      /* by a cue word and the shape of the sentence */
};

struct draft {
    struct span cue, source;       /* tokens; empty where there is none */
    struct span addressee, medium; /* the same */
    uint32_t content;              /* the first of `contents` */
    uint32_t content_count;
    uint32_t parent; /* an index of drafts, or READING_NONE */
    uint32_t speaker;
    enum draft_origin origin;
    enum claim_mode mode;
    enum speech_act act;
    bool is_denied;
    bool is_void; /* no claim, but claims may be told within */
    float score;  /* 0 to 1: see add_cue in draft_labels.c */
    float raw;    /* 0 to 1: what calibration makes a confidence of */
};

struct drafts {
    const struct text *text;
    const struct labels *labels;
    const float *evidence; /* see model_evidence; may be NULL */
    struct arena *arena;
    enum document_kind kind;
    LIST(struct draft) items;
    LIST(struct span) contents;
};

/* The content pieces of a draft; borrowed until the next piece is added. */
static inline const struct span *draft_contents(const struct drafts *drafts,
                                                const struct draft *draft)
{
    return drafts->contents.items + draft->content;
}

/* From the first token of any role to behind the last. */
struct span draft_extent(const struct drafts *, const struct draft *);

/* Adds one content, cut at paragraphs and trimmed; what is empty then is
 * left out. */
MUST_CHECK bool draft_add_content(struct drafts *, struct draft *,
                                  struct span tokens, struct error *);

/* A span without quotation marks, commas and stops at its ends. */
struct span draft_trim(const struct text *, struct span tokens);

/* The innermost quotation that holds the token, or TEXT_NONE. */
uint32_t draft_quotation_at(const struct text *, uint32_t token);
/* The tokens within the marks of a quotation. */
struct span draft_quoted(const struct text *, uint32_t quotation);

MUST_CHECK bool draft_labels(struct drafts *, struct error *);
/* May leave drafts without contents; draft_nesting drops them. */
MUST_CHECK bool draft_run_on(struct drafts *, struct error *);
MUST_CHECK bool draft_rules(struct drafts *, struct error *);
MUST_CHECK bool draft_nesting(struct drafts *, struct error *);
void draft_sense(struct drafts *);
/* The speech act that the words of a claim speak for, once its mode and its
 * parent are known. */
enum speech_act draft_weigh_act(const struct drafts *, const struct draft *,
                                bool has_children);
/* Whom the pronouns of the text mean (whom.h), by who tells what. */
MUST_CHECK bool draft_whom(const struct drafts *, struct cast *,
                           const struct whom_probe *, struct error *);
MUST_CHECK bool draft_speakers(struct drafts *, struct cast *, uint32_t issuer,
                               uint32_t addressee, struct error *);

/* Where the names of a text have been looked at for its writer. */
struct draft_writers {
    size_t next;    /* name */
    uint32_t first; /* the first of the text: a signature comes last */
    uint32_t last;  /* the last before some token: a post has its own */
};
struct draft_writers draft_writers_of(const struct cast *);
/* The party that writes what stands at the token, or PARTY_NONE; tokens come
 * in order. */
uint32_t draft_writer_at(const struct cast *, struct draft_writers *,
                         uint32_t token);

/* For each draft the index of the one that tells it again in the body, when
 * it stands in a headline; else READING_NONE. */
MUST_CHECK bool draft_twins(struct drafts *, uint32_t **twins, struct error *);

/* The mode by the marks of the claim's own level. */
enum claim_mode draft_mode(const struct drafts *, const struct draft *);

/* The row of speech_table for the main word of a cue, or NULL; the token
 * where it begins. */
const struct table_row *draft_cue_row(const struct text *, struct span cue,
                                      uint32_t *token);

#endif
