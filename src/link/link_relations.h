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

/* How near two are to each other, in halves of bits of what they share: in
 * which order those of one document are like a statement of another. */
int32_t likeness_of(const struct run *, const struct statements *, uint32_t one,
                    uint32_t other);

/* How a pair stands among those of its two documents. */
struct rank {
    int32_t likeness;
    int32_t place, place_back;   /* how many are more like it; at most 9 */
    int32_t behind, behind_back; /* less than the best */
};

extern const uint32_t relation_feature_count;

/* Whether the document of the first answers that of the second. */
bool relation_is_reply(const struct run *, const struct statement *,
                       const struct statement *);
void relation_rank(int32_t *features, const struct rank *);
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
