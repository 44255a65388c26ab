/*
 * cluster.h - from scored pairs to groups.
 *
 * Pairs are taken from the best down; two groups join when the mean of the
 * scores between them is above `least` (average linkage, Sokal and Michener
 * 1958), where a pair that was not scored counts as `missing`, at most as often
 * as there are pairs with a score. What must be one is one before; what must
 * not, and two of one kin, never meet. Ties go by the numbers of the nodes.
 * Cost: n log n, and for each pair the smaller group's pairs.
 */
#ifndef MADAI_CLUSTER_H
#define MADAI_CLUSTER_H

#include "arena.h"

struct cluster_edge {
    uint32_t one, other;
    int32_t score; /* log odds of their being one, in thousandths */
};

struct cluster_edges {
    struct cluster_edge *items;
    size_t count;
    size_t capacity;
};

struct cluster_task {
    uint32_t count; /* nodes */
    const struct cluster_edges *edges;
    const struct cluster_edges *decided; /* score above 0: one; else never */
    const uint32_t *kin; /* of each node, or NULL: nobody's kin */
    int32_t missing;
    int32_t least; /* what a mean must exceed */
};

/* A number for each node, the same in a group: the least of its nodes. */
MUST_CHECK bool clusters_make(const struct cluster_task *, struct arena *,
                              uint32_t *cluster_of, struct error *);

/* A set of numbers other than 0, and the pairs of small ones. */
struct number_set {
    uint64_t *slots;
    size_t capacity, count;
};
MUST_CHECK bool number_set_add(struct arena *, struct number_set *, uint64_t,
                               struct error *);
bool number_set_has(const struct number_set *, uint64_t);

static inline uint64_t number_pair(uint32_t one, uint32_t other)
{
    return one < other ? ((uint64_t)one + 1) << 32 | other
                       : ((uint64_t)other + 1) << 32 | one;
}

#endif
