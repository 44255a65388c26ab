/*
 * link_relations.h - pairs of statements, and what is made of them. Of link/
 * alone.
 */
#ifndef MADAI_LINK_RELATIONS_H
#define MADAI_LINK_RELATIONS_H

#include "block.h"
#include "cluster.h"
#include "link_statements.h"

/* Of a kind: pairs of statements with their log odds, those that are likely
 * enough to be looked at again. Of answers the first answers the second; of
 * the others the first is the later one. */
struct related {
    struct cluster_edges tasks[WEIGH_TASKS];
};

void relation_see(const struct run *, const struct statements *, uint32_t one,
                  uint32_t other, int32_t *features);
MUST_CHECK bool relation_pairs(struct run *, const struct statements *,
                               struct block_pairs *);

/* link_related.c: keeps a pair; and makes relations and origins of all. */
MUST_CHECK bool related_add(struct run *, struct related *, enum weigh_task,
                            uint32_t one, uint32_t other, int32_t score);
MUST_CHECK bool related_choose(struct run *, const struct statements *,
                               struct related *);

#endif
