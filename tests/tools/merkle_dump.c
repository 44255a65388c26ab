/*
 * merkle_dump.c - roots and proofs of the ledger's tree, for a program in
 * another language to compare.
 *
 *     merkle_dump SIZE
 *
 * Leaf i is i in decimal. For each size from 1 to SIZE: its root (32 bytes);
 * for each index the inclusion proof, for each earlier size (and itself) the
 * consistency proof: a byte with the number of digests, then those.
 */
#include "merkle.h"

static void put(const void *bytes, size_t length)
{
    if (fwrite(bytes, 1, length, stdout) != length)
        exit(1);
}

static void put_proof(const struct merkle_proof *proof)
{
    uint8_t count = (uint8_t)proof->count;
    put(&count, 1);
    put(proof->digests, proof->count * sizeof *proof->digests);
}

static bool dump(const struct merkle_source *source, uint64_t size,
                 struct error *error)
{
    struct merkle_proof proof;
    for (uint64_t index = 0; index < size; index++) {
        if (!merkle_prove_inclusion(source, index, size, &proof, error))
            return false;
        put_proof(&proof);
    }
    for (uint64_t before = 1; before <= size; before++) {
        if (!merkle_prove_consistency(source, before, size, &proof, error))
            return false;
        put_proof(&proof);
    }
    return true;
}

static bool dump_all(struct arena *arena, uint64_t most, struct error *error)
{
    struct merkle_frontier frontier = {0};
    struct merkle_levels levels;
    struct digest *leaves = arena_take(arena, most, sizeof *leaves, error);
    if (leaves == NULL)
        return false;
    for (uint64_t i = 0; i < most; i++) {
        char text[32];
        snprintf(text, sizeof text, "%ju", (uintmax_t)i);
        leaves[i] = merkle_leaf(slice_of(text));
    }
    if (!merkle_levels_build(arena, leaves, most, &levels, error))
        return false;
    struct merkle_source source = merkle_levels_source(&levels);
    for (uint64_t size = 1; size <= most; size++) {
        if (!merkle_append(&frontier, &leaves[size - 1], NULL, error))
            return false;
        struct digest root = merkle_root(&frontier);
        put(root.bytes, sizeof root.bytes);
        if (!dump(&source, size, error))
            return false;
    }
    return true;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    struct arena *arena = arena_new((size_t)1 << 24);
    if (count != 2 || arena == NULL)
        return 2;
    bool is_done = dump_all(arena, strtoull(arguments[1], NULL, 10), &error);
    if (!is_done)
        fprintf(stderr, "%s\n", error.text);
    arena_release(arena);
    return is_done && fflush(stdout) == 0 ? 0 : 1;
}
