/*
 * link_statements.h - what documents say, as the ends of relations: a claim,
 * or, in the document's own voice, an act or a figure. A claim that tells
 * several things is an end, and each act and figure in it is one too: most
 * often one of them is meant, not the whole. Of link/ alone.
 */
#ifndef MADAI_LINK_STATEMENTS_H
#define MADAI_LINK_STATEMENTS_H

#include "link_scene.h"

enum statement_kind { STATEMENT_CLAIM, STATEMENT_ACT, STATEMENT_FIGURE };

struct statement {
    enum statement_kind kind;
    struct numbered at; /* document, and place in the layer of its kind */
    const char *id;
    struct span span;
    uint32_t speaker; /* actor of the case, or LINK_NONE */
    int32_t speaker_class;
    bool is_voice;      /* the document's own */
    bool is_wide;       /* a claim whose acts and figures are ends too */
    uint32_t unit;      /* the statement that it is part of, or itself */
    uint32_t addressee; /* actor of the case, or LINK_NONE */
    int32_t speech;     /* enum speech_act; -1: none */
    bool is_denied, is_direct;
    uint32_t negations, depth, paragraph, order;
    struct link_list acts, figures; /* numbers of the run */
    struct bag words, numbers, actors, incidents, codes, families;
    /* Who does and who suffers in its acts: actors of the case, one more each;
     * and their classes, a bit each. */
    struct bag doers, victims;
    uint32_t doer_classes, victim_classes;
    struct bag sides; /* the speaker, and who he speaks for: link_sides.c */
    uint32_t parent;  /* statement, or LINK_NONE */
    uint32_t turn; /* claims of its document before it that are in no other */
    uint32_t confidence;
};

struct statements {
    struct statement *items;
    uint32_t count;
    uint32_t *first; /* of each document; one more at the end */
    struct rarity words, actors, incidents;
};

MUST_CHECK bool statements_find(struct run *, struct statements *);

static inline struct link_finding statement_finding(const struct run *run,
                                                    const struct statement *its)
{
    return run_finding(run, its->at, its->id, its->span);
}

/* Whether `a` was said before `b`, as far as dates tell; within a document and
 * a day by place. */
bool statement_is_before(const struct run *, const struct statement *a,
                         const struct statement *b);

#endif
