/*
 * merkle.c - building and proving after RFC 6962, section 2.1; checking after
 * RFC 9162, sections 2.1.3.2 and 2.1.4.2, which is the same tree.
 *
 * A range of leaves splits at the largest power of two below its length. So
 * any range that a proof needs begins at a multiple of its own width, and is
 * made of complete nodes, one for each bit of its length: a frontier.
 */
#include "merkle.h"

#include <assert.h>
#include <sodium.h>

_Static_assert(MERKLE_SIZE_MAX >> (MERKLE_LEVELS - 1) == 1,
               "a frontier has a root for each bit of a size");

static struct digest hash_behind(uint8_t first, struct slice left,
                                 struct slice right)
{
    struct digest digest;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &first, 1);
    crypto_hash_sha256_update(&state, (const unsigned char *)left.data,
                              left.length);
    crypto_hash_sha256_update(&state, (const unsigned char *)right.data,
                              right.length);
    crypto_hash_sha256_final(&state, digest.bytes);
    return digest;
}

struct digest merkle_leaf(struct slice bytes)
{
    return hash_behind(0x00, bytes, (struct slice){"", 0});
}

struct digest merkle_node(const struct digest *left, const struct digest *right)
{
    struct slice sides[2] = {
        {(const char *)left->bytes, sizeof left->bytes},
        {(const char *)right->bytes, sizeof right->bytes},
    };
    return hash_behind(0x01, sides[0], sides[1]);
}

static bool has_bit(uint64_t number, unsigned bit)
{
    return (number >> bit & 1) != 0;
}

static bool tell(const struct merkle_sink *sink, unsigned level, uint64_t index,
                 const struct digest *node, struct error *error)
{
    return sink == NULL || sink->node(sink->context, level, index, node, error);
}

bool merkle_append(struct merkle_frontier *frontier, const struct digest *leaf,
                   const struct merkle_sink *sink, struct error *error)
{
    if (frontier->size >= MERKLE_SIZE_MAX)
        return error_set(error, ERROR_LIMIT, "the ledger is full");
    struct digest node = *leaf;
    unsigned level = 0;
    if (!tell(sink, 0, frontier->size, &node, error))
        return false;
    for (; has_bit(frontier->size, level); level++) {
        node = merkle_node(&frontier->roots[level], &node);
        if (!tell(sink, level + 1, frontier->size >> (level + 1), &node, error))
            return false;
    }
    frontier->roots[level] = node;
    frontier->size++;
    return true;
}

struct digest merkle_root(const struct merkle_frontier *frontier)
{
    if (frontier->size == 0)
        return digest_of((struct slice){"", 0});
    unsigned level = (unsigned)__builtin_ctzll(frontier->size);
    struct digest root = frontier->roots[level];
    for (level++; level < MERKLE_LEVELS; level++)
        if (has_bit(frontier->size, level))
            root = merkle_node(&frontier->roots[level], &root);
    return root;
}

/* The frontier of `length` leaves from `begin` on, a multiple of the largest
 * power of two that is not above the length. */
static bool load_range(const struct merkle_source *source, uint64_t begin,
                       uint64_t length, struct merkle_frontier *frontier,
                       struct error *error)
{
    frontier->size = length;
    for (unsigned level = MERKLE_LEVELS; level-- > 0;) {
        if (!has_bit(length, level))
            continue;
        if (!source->node(source->context, level, begin >> level,
                          &frontier->roots[level], error))
            return false;
        begin += UINT64_C(1) << level;
    }
    return true;
}

bool merkle_load(const struct merkle_source *source, uint64_t size,
                 struct merkle_frontier *frontier, struct error *error)
{
    struct merkle_frontier loaded = {0};
    if (size > MERKLE_SIZE_MAX)
        return error_set(error, ERROR_LIMIT, "a ledger cannot be that long");
    if (!load_range(source, 0, size, &loaded, error))
        return false;
    *frontier = loaded;
    return true;
}

/* A proof as it is made: from the root down, so the other way round. */
static bool push_range(const struct merkle_source *source, uint64_t begin,
                       uint64_t end, struct merkle_proof *proof,
                       struct error *error)
{
    struct merkle_frontier range;
    assert(proof->count < MERKLE_PROOF_MAX);
    if (!load_range(source, begin, end - begin, &range, error))
        return false;
    proof->digests[proof->count++] = merkle_root(&range);
    return true;
}

static void turn_round(struct merkle_proof *proof)
{
    for (size_t i = 0; i < proof->count / 2; i++) {
        struct digest *other = &proof->digests[proof->count - 1 - i];
        struct digest kept = proof->digests[i];
        proof->digests[i] = *other;
        *other = kept;
    }
}

/* Where a range of at least two leaves splits. */
static uint64_t split_of(uint64_t begin, uint64_t end)
{
    int highest = 63 - __builtin_clzll(end - begin - 1);
    return begin + (UINT64_C(1) << highest);
}

bool merkle_prove_inclusion(const struct merkle_source *source, uint64_t index,
                            uint64_t size, struct merkle_proof *proof,
                            struct error *error)
{
    if (index >= size || size > MERKLE_SIZE_MAX)
        return error_set(error, ERROR_USAGE,
                         "there is no entry %ju in a ledger of %ju",
                         (uintmax_t)index, (uintmax_t)size);
    uint64_t begin = 0, end = size;
    proof->count = 0;
    while (end - begin > 1) {
        uint64_t split = split_of(begin, end);
        bool is_left = index < split;
        if (!push_range(source, is_left ? split : begin, is_left ? end : split,
                        proof, error))
            return false;
        *(is_left ? &end : &begin) = split;
    }
    turn_round(proof);
    return true;
}

bool merkle_prove_consistency(const struct merkle_source *source,
                              uint64_t before, uint64_t after,
                              struct merkle_proof *proof, struct error *error)
{
    if (before == 0 || before > after || after > MERKLE_SIZE_MAX)
        return error_set(error, ERROR_USAGE,
                         "a ledger of %ju does not begin one of %ju",
                         (uintmax_t)before, (uintmax_t)after);
    uint64_t begin = 0, end = after;
    proof->count = 0;
    while (end != before) {
        uint64_t split = split_of(begin, end);
        bool is_left = before <= split;
        if (!push_range(source, is_left ? split : begin, is_left ? end : split,
                        proof, error))
            return false;
        *(is_left ? &end : &begin) = split;
    }
    /* The checker has this node already where it is the whole old tree. */
    if (begin > 0 && !push_range(source, begin, end, proof, error))
        return false;
    turn_round(proof);
    return true;
}

/* The place of a node in a tree: its number, and that of the last node of its
 * level. */
struct place {
    uint64_t node;
    uint64_t last;
};

static void place_rise(struct place *place)
{
    place->node >>= 1;
    place->last >>= 1;
}

/* Whether the next digest of the proof stands left of the node. If so, levels
 * follow on which the node is carried up alone; they are gone through. */
static bool place_is_right(struct place *place)
{
    if (!has_bit(place->node, 0) && place->node != place->last)
        return false;
    while (!has_bit(place->node, 0) && place->node != 0)
        place_rise(place);
    return true;
}

bool merkle_check_inclusion(const struct merkle_proof *proof, uint64_t index,
                            uint64_t size, const struct digest *leaf,
                            const struct digest *root, struct error *error)
{
    if (index >= size)
        return error_set(error, ERROR_TAMPERED,
                         "entry %ju is not in a ledger of %ju",
                         (uintmax_t)index, (uintmax_t)size);
    struct place place = {index, size - 1};
    struct digest node = *leaf;
    size_t used = 0;
    for (; used < proof->count && place.last > 0; used++) {
        const struct digest *other = &proof->digests[used];
        node = place_is_right(&place) ? merkle_node(other, &node)
                                      : merkle_node(&node, other);
        place_rise(&place);
    }
    if (used == proof->count && place.last == 0 && digest_equals(&node, root))
        return true;
    return error_set(error, ERROR_TAMPERED,
                     "the proof does not lead from entry %ju to the root",
                     (uintmax_t)index);
}

/* Both roots from the proof, whose first digest is a node of both trees. */
static bool both_roots(const struct digest *path, size_t count,
                       struct place place, struct digest *before,
                       struct digest *after)
{
    *before = *after = path[0];
    while (has_bit(place.node, 0))
        place_rise(&place);
    for (size_t i = 1; i < count; i++) {
        if (place.last == 0)
            return false;
        if (place_is_right(&place)) {
            *before = merkle_node(&path[i], before);
            *after = merkle_node(&path[i], after);
        } else {
            *after = merkle_node(after, &path[i]);
        }
        place_rise(&place);
    }
    return place.last == 0;
}

bool merkle_check_consistency(const struct merkle_proof *proof, uint64_t before,
                              uint64_t after, const struct digest *root_before,
                              const struct digest *root_after,
                              struct error *error)
{
    bool holds = false;
    if (before == after) {
        holds = proof->count == 0 && digest_equals(root_before, root_after);
    } else if (before > 0 && before < after) {
        struct digest path[MERKLE_PROOF_MAX + 1];
        struct digest roots[2];
        size_t count = 0;
        if ((before & (before - 1)) == 0)
            path[count++] = *root_before;
        memcpy(path + count, proof->digests,
               proof->count * sizeof *proof->digests);
        count += proof->count;
        struct place place = {before - 1, after - 1};
        holds = count > 0 &&
                both_roots(path, count, place, &roots[0], &roots[1]) &&
                digest_equals(&roots[0], root_before) &&
                digest_equals(&roots[1], root_after);
    }
    return holds || error_set(error, ERROR_TAMPERED,
                              "the first %ju entries are not what they were",
                              (uintmax_t)before);
}

bool merkle_levels_build(struct arena *arena, const struct digest *leaves,
                         uint64_t count, struct merkle_levels *levels,
                         struct error *error)
{
    *levels = (struct merkle_levels){.size = count};
    for (unsigned level = 0; level < MERKLE_LEVELS && count >> level > 0;
         level++) {
        size_t nodes = (size_t)(count >> level);
        struct digest *made = arena_take(arena, nodes, sizeof *made, error);
        if (made == NULL)
            return false;
        levels->levels[level] = made;
        if (level == 0) {
            memcpy(made, leaves, nodes * sizeof *made);
            continue;
        }
        const struct digest *below = levels->levels[level - 1];
        for (size_t i = 0; i < nodes; i++)
            made[i] = merkle_node(&below[2 * i], &below[2 * i + 1]);
    }
    return true;
}

static bool levels_node(void *context, unsigned level, uint64_t index,
                        struct digest *node, struct error *error)
{
    const struct merkle_levels *levels = context;
    if (level >= MERKLE_LEVELS || index >= levels->size >> level)
        return error_set(error, ERROR_NOT_FOUND,
                         "the tree has no complete node %ju of level %u",
                         (uintmax_t)index, level);
    *node = levels->levels[level][index];
    return true;
}

struct merkle_source merkle_levels_source(struct merkle_levels *levels)
{
    return (struct merkle_source){levels_node, levels};
}
