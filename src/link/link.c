/*
 * link.c - readings in, a run through all stages, the result out.
 */
#include "link.h"

#include <stdlib.h>

#include "link_run.h"

/* A ceiling for all digests, and for what a run makes of them. */
#define LINK_BYTES_MAX ((size_t)16 << 30)

const char *const link_kind_names[LINK_KINDS] = {"corroborates", "contradicts",
                                                 "answers", "repeats"};

struct link *link_new(struct error *error)
{
    struct link *link = calloc(1, sizeof *link);
    if (link != NULL) {
        link->kept = arena_new(LINK_BYTES_MAX);
        link->run = arena_new(LINK_BYTES_MAX);
        link->spare = arena_new(LINK_BYTES_MAX);
        if (link->kept != NULL && link->run != NULL && link->spare != NULL)
            return link;
    }
    link_release(link);
    error_set(error, ERROR_LIMIT, "no memory for linking");
    return NULL;
}

void link_release(struct link *link)
{
    if (link == NULL)
        return;
    arena_release(link->kept);
    arena_release(link->run);
    arena_release(link->spare);
    free(link);
}

bool link_add(struct link *link, const json_t *reading, struct error *error)
{
    if (link->documents.count >= LINK_DOCUMENTS_MAX)
        return error_set(error, ERROR_LIMIT, "more than %u documents",
                         LINK_DOCUMENTS_MAX);
    struct part_document *document =
        arena_take(link->kept, 1, sizeof *document, error);
    arena_reset(link->spare);
    return document != NULL &&
           part_document_read(reading, link->kept, link->spare, document,
                              error) &&
           list_push(link->kept, &link->documents, document, error);
}

bool link_decide(struct link *link, const struct link_decision *decision,
                 struct error *error)
{
    struct link_decided kept = {
        .is_same = decision->is_same,
        .document =
            arena_string(link->kept, slice_of(decision->document), error),
        .id = arena_string(link->kept, slice_of(decision->id), error),
        .other_document =
            arena_string(link->kept, slice_of(decision->other_document), error),
        .other_id =
            arena_string(link->kept, slice_of(decision->other_id), error)};
    return kept.document != NULL && kept.id != NULL &&
           kept.other_document != NULL && kept.other_id != NULL &&
           list_push(link->kept, &link->decisions, kept, error);
}

static int compare_documents(const void *a, const void *b)
{
    return strcmp((*(struct part_document *const *)a)->id,
                  (*(struct part_document *const *)b)->id);
}

/* One list over all documents: which is whose. */
static struct numbered *number_all(struct run *run, size_t count_at,
                                   size_t base_at, uint32_t *total)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < run->document_count; i++)
        count += *(uint32_t *)((char *)run->documents[i] + count_at);
    if (count >= LINK_NONE) {
        error_set(run->error, ERROR_LIMIT, "too many findings to link");
        return NULL;
    }
    struct numbered *all =
        arena_take(run->arena, (size_t)count, sizeof *all, run->error);
    *total = 0;
    for (uint32_t i = 0; all != NULL && i < run->document_count; i++) {
        *(uint32_t *)((char *)run->documents[i] + base_at) = *total;
        uint32_t its = *(uint32_t *)((char *)run->documents[i] + count_at);
        for (uint32_t k = 0; k < its; k++)
            all[(*total)++] = (struct numbered){i, k};
    }
    return all;
}

#define NUMBER(list, one)                                                      \
    ((run->list = number_all(run, offsetof(struct part_document, one##_count), \
                             offsetof(struct part_document, one##_base),       \
                             &run->one##_count)) != NULL)

static bool number_findings(struct run *run)
{
    return NUMBER(actors, actor) && NUMBER(claims, claim) &&
           NUMBER(acts, act) && NUMBER(figures, figure) &&
           NUMBER(interventions, intervention);
}

/* The same whatever the order they came in. */
static bool order_documents(struct run *run)
{
    struct link *link = run->link;
    if (link->documents.count > 1)
        qsort(link->documents.items, link->documents.count,
              sizeof *link->documents.items, compare_documents);
    run->documents = link->documents.items;
    run->document_count = (uint32_t)link->documents.count;
    struct link_document *listed =
        arena_take(run->arena, run->document_count, sizeof *listed, run->error);
    for (uint32_t i = 0; listed != NULL && i < run->document_count; i++) {
        if (i > 0 &&
            strcmp(run->documents[i]->id, run->documents[i - 1]->id) == 0)
            return error_set(run->error, ERROR_BAD_INPUT,
                             "two readings are called %.150s",
                             run->documents[i]->id);
        listed[i] = (struct link_document){run->documents[i]->id,
                                           run->documents[i]->date};
    }
    run->result->documents.items = listed;
    run->result->documents.count = run->document_count;
    return listed != NULL;
}

struct link_finding run_finding(const struct run *run, struct numbered at,
                                const char *id, struct span span)
{
    (void)run;
    return (struct link_finding){at.document, id, span};
}

const struct link_result *link_run(struct link *link, struct error *error)
{
    arena_reset(link->run);
    link->result = (struct link_result){0};
    struct run run = {.link = link,
                      .arena = link->run,
                      .error = error,
                      .result = &link->result};
    return weights_read(&run.weights, run.arena, error) &&
                   order_documents(&run) && number_findings(&run) &&
                   run_copies(&run) && run_actors(&run) && run_sides(&run) &&
                   run_incidents(&run) && run_relations(&run) &&
                   run_origins(&run) && run_figures(&run) &&
                   run_complaints(&run) && run_patterns(&run) &&
                   run_accusations(&run)
               ? &link->result
               : NULL;
}
