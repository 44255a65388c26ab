/*
 * link_run.h - the stages of a run, in their order. Of link/ alone.
 *
 * Findings of all documents are numbered through, document by document in the
 * order of their ids: an actor of a document is its `actor_base` plus its
 * place there.
 */
#ifndef MADAI_LINK_RUN_H
#define MADAI_LINK_RUN_H

#include "link_copies.h"
#include "link_parts.h"
#include "link_rarity.h"
#include "weigh.h"

/* What one document adds to a list that is numbered through. */
struct numbered {
    uint32_t document, place;
};

struct run {
    struct link *link;
    struct part_document **documents;
    uint32_t document_count;
    uint32_t actor_count, claim_count, act_count, figure_count,
        intervention_count;
    struct numbered *actors, *claims, *acts, *figures, *interventions;
    struct weights weights;
    struct copies copies;  /* documents that hold each other's text */
    struct scene *scenes;  /* of each act */
    uint32_t *text_of;     /* document -> the one its text goes back to */
    uint32_t *actor_of;    /* actor of a document -> actor of the case */
    struct bag *sides;     /* of each actor of the case: itself, and who it is
                              of, by link_sides.c */
    uint32_t *incident_of; /* act -> incident, or LINK_NONE */
    const struct statements *statements;
    uint32_t *origin_of; /* statement -> the least of its origin */
    struct arena *arena;
    struct error *error;
    struct link_result *result;
};

static inline const struct part_actor *run_actor(const struct run *run,
                                                 uint32_t number)
{
    struct numbered at = run->actors[number];
    return &run->documents[at.document]->actors[at.place];
}
static inline const struct part_claim *run_claim(const struct run *run,
                                                 uint32_t number)
{
    struct numbered at = run->claims[number];
    return &run->documents[at.document]->claims[at.place];
}
static inline const struct part_act *run_act(const struct run *run,
                                             uint32_t number)
{
    struct numbered at = run->acts[number];
    return &run->documents[at.document]->acts[at.place];
}
static inline const struct part_figure *run_figure(const struct run *run,
                                                   uint32_t number)
{
    struct numbered at = run->figures[number];
    return &run->documents[at.document]->figures[at.place];
}
static inline const struct part_intervention *
run_intervention(const struct run *run, uint32_t number)
{
    struct numbered at = run->interventions[number];
    return &run->documents[at.document]->interventions[at.place];
}

/* The finding as the result names it. */
struct link_finding run_finding(const struct run *, struct numbered,
                                const char *id, struct span);

/* Marks what a person decided of findings whose ids begin with this letter:
 * pairs of numbers, score 1: one, -1: not one; of a pair the last word. */
struct cluster_edges;
MUST_CHECK bool run_decided(struct run *, char letter, struct cluster_edges *);

/* A list that is done, as the result has it. */
MUST_CHECK bool run_indices(struct run *, const struct link_list *,
                            struct link_indices *);

/* Each stage adds its lists to the result. */
MUST_CHECK bool run_copies(struct run *);      /* link_origins.c */
MUST_CHECK bool run_actors(struct run *);      /* link_actors.c */
MUST_CHECK bool run_sides(struct run *);       /* link_sides.c */
MUST_CHECK bool run_incidents(struct run *);   /* link_incidents.c */
MUST_CHECK bool run_relations(struct run *);   /* link_relations.c */
MUST_CHECK bool run_origins(struct run *);     /* link_origins.c */
MUST_CHECK bool run_figures(struct run *);     /* link_figures.c */
MUST_CHECK bool run_complaints(struct run *);  /* link_complaints.c */
MUST_CHECK bool run_patterns(struct run *);    /* link_patterns.c */
MUST_CHECK bool run_accusations(struct run *); /* link_accusations.c */

#endif
