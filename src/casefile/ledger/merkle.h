/*
 * merkle.h - the tree over the entries of a ledger (RFC 6962, section 2.1).
 *
 * Knows nothing of storage. Whoever appends keeps a frontier: the roots of the
 * complete subtrees that stand side by side, one for each bit of the size, so
 * that the root of a tree of millions of leaves comes from 20-odd digests.
 * Whoever proves gives a reader of complete nodes; node `index` of `level`
 * covers the leaves from index << level, 1 << level of them.
 *
 * Invariants
 *   1. A leaf and an inner node are hashed behind different bytes (0x00 and
 *      0x01), so that none can be shown for the other.
 *   2. What merkle_prove_... gives passes merkle_check_..., and no other list
 *      of digests does.
 *
 * Cost: an append is two hashes on average; a proof reads at most
 * 2 * log2(size) nodes.
 */
#ifndef MADAI_MERKLE_H
#define MADAI_MERKLE_H

#include "arena.h"
#include "digest.h"

#define MERKLE_SIZE_MAX ((uint64_t)1 << 62)
#define MERKLE_LEVELS 63
#define MERKLE_PROOF_MAX 64 /* digests in a proof, of either kind */

/* A zeroed frontier is the empty tree. `roots[level]` counts only where that
 * bit of the size is set. Copy it to keep what was; store size and the roots
 * of the set bits to go on later. */
struct merkle_frontier {
    uint64_t size;
    struct digest roots[MERKLE_LEVELS];
};

/* Told of each node that an append completes, the leaf itself first. False
 * and an error stop the append. */
struct merkle_sink {
    bool (*node)(void *context, unsigned level, uint64_t index,
                 const struct digest *, struct error *);
    void *context;
};

/* Gives a complete node that was once told to a sink. */
struct merkle_source {
    bool (*node)(void *context, unsigned level, uint64_t index, struct digest *,
                 struct error *);
    void *context;
};

struct merkle_proof {
    size_t count;
    struct digest digests[MERKLE_PROOF_MAX];
};

struct digest merkle_leaf(struct slice);
struct digest merkle_node(const struct digest *left,
                          const struct digest *right);

/* Appends the hash of a leaf. `sink` may be NULL. On failure (of the sink, or
 * ERROR_LIMIT at MERKLE_SIZE_MAX) the frontier is as it was. */
MUST_CHECK bool merkle_append(struct merkle_frontier *,
                              const struct digest *leaf,
                              const struct merkle_sink *sink, struct error *);

/* The root; of the empty tree it is the digest of no bytes. */
struct digest merkle_root(const struct merkle_frontier *);

/* The frontier of the first `size` leaves, from at most 62 stored nodes. */
MUST_CHECK bool merkle_load(const struct merkle_source *, uint64_t size,
                            struct merkle_frontier *, struct error *);

/* That leaf `index` stands in the tree of `size`; index < size, else
 * ERROR_USAGE. Other errors are the source's. */
MUST_CHECK bool merkle_prove_inclusion(const struct merkle_source *,
                                       uint64_t index, uint64_t size,
                                       struct merkle_proof *, struct error *);

/* That the tree of `before` is the beginning of that of `after`;
 * 0 < before <= after, else ERROR_USAGE. */
MUST_CHECK bool merkle_prove_consistency(const struct merkle_source *,
                                         uint64_t before, uint64_t after,
                                         struct merkle_proof *, struct error *);

/* ERROR_TAMPERED where the proof does not hold. `leaf` is merkle_leaf. */
MUST_CHECK bool merkle_check_inclusion(const struct merkle_proof *,
                                       uint64_t index, uint64_t size,
                                       const struct digest *leaf,
                                       const struct digest *root,
                                       struct error *);
MUST_CHECK bool merkle_check_consistency(const struct merkle_proof *,
                                         uint64_t before, uint64_t after,
                                         const struct digest *root_before,
                                         const struct digest *root_after,
                                         struct error *);

/* All complete nodes of a tree, made from its leaves' hashes: a source for
 * whoever stores nothing but those. Twice the leaves' memory, in the arena. */
struct merkle_levels {
    uint64_t size;
    struct digest *levels[MERKLE_LEVELS]; /* levels[0] is a copy */
};
MUST_CHECK bool merkle_levels_build(struct arena *, const struct digest *leaves,
                                    uint64_t count, struct merkle_levels *,
                                    struct error *);
/* Borrows the levels. ERROR_NOT_FOUND for a node that is not complete. */
struct merkle_source merkle_levels_source(struct merkle_levels *);

#endif
