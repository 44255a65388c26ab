/*
 * test_merkle.c - the tree: published roots, proofs that hold, proofs that
 * were touched. test_proofs.py compares every proof with another program's.
 */
#include "test.h"

#include <sodium.h>

#include "arena_fail.h"
#include "merkle.h"

#define MOST 300

/* A tree of MOST leaves and the roots of all its beginnings. */
static struct arena *arena;
static struct digest leaves[MOST + 1];
static struct digest roots[MOST + 1];
static struct merkle_levels levels;
static struct merkle_source source;

static int plant(void **state)
{
    (void)state;
    struct error error = {0};
    struct merkle_frontier frontier = {0};
    roots[0] = merkle_root(&frontier);
    for (size_t i = 0; i < MOST; i++) {
        leaves[i] = merkle_leaf((struct slice){(const char *)&i, sizeof i});
        if (!merkle_append(&frontier, &leaves[i], NULL, &error))
            return -1;
        roots[i + 1] = merkle_root(&frontier);
    }
    arena = arena_new((size_t)1 << 20);
    if (!merkle_levels_build(arena, leaves, MOST, &levels, &error))
        return -1;
    source = merkle_levels_source(&levels);
    return 0;
}

static int fell(void **state)
{
    (void)state;
    arena_release(arena);
    return 0;
}

static struct digest from_hex(const char *hex)
{
    struct digest digest;
    assert_true(digest_from_hex(slice_of(hex), &digest));
    return digest;
}

/* The eight leaves and their roots that tests of Certificate Transparency
 * logs have used since RFC 6962. */
static void the_published_roots_hold(void **state)
{
    (void)state;
    const char *const inputs[] = {
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    };
    const char *const published[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    };
    struct merkle_frontier frontier = {0};
    struct error error = {0};
    for (size_t i = 0;; i++) {
        struct digest root = merkle_root(&frontier);
        struct digest right = from_hex(published[i]);
        assert_memory_equal(root.bytes, right.bytes, DIGEST_SIZE);
        if (i == 8)
            break;
        char bytes[16];
        size_t length;
        assert_int_equal(sodium_hex2bin((unsigned char *)bytes, sizeof bytes,
                                        inputs[i], strlen(inputs[i]), NULL,
                                        &length, NULL),
                         0);
        struct digest leaf = merkle_leaf((struct slice){bytes, length});
        assert_true(merkle_append(&frontier, &leaf, NULL, &error));
    }
}

static void every_proof_passes_its_check(void **state)
{
    (void)state;
    struct error error = {0};
    struct merkle_proof proof;
    for (uint64_t size = 1; size <= MOST; size++) {
        for (uint64_t i = 0; i < size; i++) {
            assert_true(
                merkle_prove_inclusion(&source, i, size, &proof, &error));
            assert_true(merkle_check_inclusion(&proof, i, size, &leaves[i],
                                               &roots[size], &error));
        }
        for (uint64_t i = 1; i <= size; i++) {
            assert_true(
                merkle_prove_consistency(&source, i, size, &proof, &error));
            assert_true(merkle_check_consistency(&proof, i, size, &roots[i],
                                                 &roots[size], &error));
        }
    }
}

/* Either kind of proof with what it is about. */
struct claim {
    bool is_inclusion;
    uint64_t first; /* the index, or the size before */
    uint64_t size;
    struct merkle_proof proof;
    struct digest known; /* the leaf, or the root before */
    struct digest root;
};

static bool claim_holds(const struct claim *claim)
{
    struct error error = {0};
    bool holds =
        claim->is_inclusion
            ? merkle_check_inclusion(&claim->proof, claim->first, claim->size,
                                     &claim->known, &claim->root, &error)
            : merkle_check_consistency(&claim->proof, claim->first, claim->size,
                                       &claim->known, &claim->root, &error);
    assert_true(holds || error.kind == ERROR_TAMPERED);
    return holds;
}

static struct claim claim_of(bool is_inclusion, uint64_t first, uint64_t size)
{
    struct error error = {0};
    struct claim claim = {is_inclusion, first, size, {0}, {{0}}, roots[size]};
    claim.known = is_inclusion ? leaves[first] : roots[first];
    assert_true(is_inclusion ? merkle_prove_inclusion(&source, first, size,
                                                      &claim.proof, &error)
                             : merkle_prove_consistency(&source, first, size,
                                                        &claim.proof, &error));
    return claim;
}

static void refuse_bit(struct claim *claim, struct digest *digest, unsigned bit)
{
    uint8_t mask = (uint8_t)(1u << bit % 8);
    digest->bytes[bit / 8] ^= mask;
    assert_false(claim_holds(claim));
    digest->bytes[bit / 8] ^= mask;
}

/* All bits of each digest of the proof or one, and one of what it leads from
 * and to. */
static void refuse_bits(struct claim *claim, bool is_all, uint64_t *seed)
{
    enum { BITS = DIGEST_SIZE * 8 };
    struct merkle_proof *proof = &claim->proof;
    refuse_bit(claim, &claim->known, (unsigned)(test_random(seed) % BITS));
    refuse_bit(claim, &claim->root, (unsigned)(test_random(seed) % BITS));
    for (size_t i = 0; i < proof->count; i++) {
        unsigned bit = is_all ? 0 : (unsigned)(test_random(seed) % BITS);
        unsigned end = is_all ? BITS : bit + 1;
        for (; bit < end; bit++)
            refuse_bit(claim, &proof->digests[i], bit);
    }
}

static void no_bit_of_a_proof_can_be_turned(void **state)
{
    (void)state;
    uint64_t seed = 6962;
    for (uint64_t size = 1; size <= MOST; size++)
        for (uint64_t first = 0; first < size; first++) {
            struct claim entry = claim_of(true, first, size);
            struct claim growth = claim_of(false, first + 1, size);
            refuse_bits(&entry, size <= 40, &seed);
            refuse_bits(&growth, size <= 40, &seed);
        }
}

static void a_proof_holds_for_its_own_place_and_size_only(void **state)
{
    (void)state;
    for (uint64_t size = 1; size <= 40; size++)
        for (uint64_t first = 0; first < size; first++)
            for (uint64_t other = 0; other <= 40; other++) {
                struct claim entry = claim_of(true, first, size);
                entry.first = other;
                assert_int_equal(claim_holds(&entry), other == first);
                struct claim growth = claim_of(false, first + 1, size);
                growth.first = other;
                assert_int_equal(claim_holds(&growth), other == first + 1);
                /* A proof can fit several sizes; the root fits one. */
                growth = claim_of(false, first + 1, size);
                growth.size = other;
                growth.root = roots[other];
                assert_int_equal(claim_holds(&growth), other == size);
            }
}

static void a_proof_that_is_cut_or_lengthened_is_refused(void **state)
{
    (void)state;
    for (uint64_t size = 1; size <= 70; size++)
        for (uint64_t first = 0; first < size; first++)
            for (unsigned i = 0; i < 2; i++) {
                struct claim claim =
                    claim_of(i == 0, i == 0 ? first : first + 1, size);
                claim.proof.digests[claim.proof.count++] = claim.root;
                assert_false(claim_holds(&claim));
                claim.proof.count--;
                if (claim.proof.count == 0)
                    continue;
                claim.proof.count--;
                assert_false(claim_holds(&claim));
            }
}

static void a_proof_from_nothing_proves_nothing(void **state)
{
    (void)state;
    struct claim claim = claim_of(false, 3, 7);
    claim.first = 0;
    claim.known = roots[0];
    assert_false(claim_holds(&claim));
    claim = claim_of(false, 7, 7);
    claim.first = 8;
    assert_false(claim_holds(&claim));
    claim = claim_of(false, 3, 7);
    claim.proof.count = 0;
    assert_false(claim_holds(&claim));
}

static void what_cannot_be_proved_is_a_usage_error(void **state)
{
    (void)state;
    struct error error = {0};
    struct merkle_proof proof;
    assert_false(merkle_prove_inclusion(&source, 7, 7, &proof, &error));
    assert_error(error, ERROR_USAGE, "there is no entry 7 in a ledger of 7");
    assert_false(
        merkle_prove_inclusion(&source, 0, UINT64_MAX, &proof, &error));
    assert_false(merkle_prove_consistency(&source, 0, 7, &proof, &error));
    assert_error(error, ERROR_USAGE, "a ledger of 0 does not begin one of 7");
    assert_false(merkle_prove_consistency(&source, 8, 7, &proof, &error));
    assert_false(
        merkle_prove_consistency(&source, 7, UINT64_MAX, &proof, &error));
}

static void a_node_that_is_missing_is_told(void **state)
{
    (void)state;
    struct error error = {0};
    struct merkle_proof proof;
    struct merkle_frontier frontier = {0};
    assert_false(merkle_prove_inclusion(&source, 0, MOST + 1, &proof, &error));
    assert_error(error, ERROR_NOT_FOUND,
                 "the tree has no complete node 300 of level 0");
    assert_false(
        merkle_prove_consistency(&source, 1, MOST + 1, &proof, &error));
    assert_false(
        merkle_prove_consistency(&source, MOST + 1, MOST + 2, &proof, &error));
    assert_false(merkle_load(&source, MOST + 1, &frontier, &error));
    assert_int_equal(frontier.size, 0);
    struct digest node;
    assert_false(source.node(source.context, 64, 0, &node, &error));
}

static void a_frontier_is_loaded_as_it_was_kept(void **state)
{
    (void)state;
    struct error error = {0};
    struct merkle_frontier frontier;
    for (uint64_t size = 0; size <= MOST; size++) {
        assert_true(merkle_load(&source, size, &frontier, &error));
        struct digest root = merkle_root(&frontier);
        assert_true(digest_equals(&root, &roots[size]));
    }
    assert_false(merkle_load(&source, UINT64_MAX, &frontier, &error));
    assert_error(error, ERROR_LIMIT, "a ledger cannot be that long");
}

/* Compares each node with the levels; fails at `fail_at`. */
struct listener {
    size_t told;
    size_t fail_at; /* 0: never */
};

static bool listen(void *context, unsigned level, uint64_t index,
                   const struct digest *node, struct error *error)
{
    struct listener *listener = context;
    assert_true(digest_equals(node, &levels.levels[level][index]));
    return ++listener->told != listener->fail_at ||
           error_set(error, ERROR_IO, "full");
}

static void a_sink_is_told_of_every_node_once(void **state)
{
    (void)state;
    struct error error = {0};
    struct listener listener = {0};
    struct merkle_sink sink = {listen, &listener};
    struct merkle_frontier frontier = {0};
    for (size_t i = 0; i < 256; i++)
        assert_true(merkle_append(&frontier, &leaves[i], &sink, &error));
    assert_int_equal(listener.told, 511);
}

static void an_append_that_fails_leaves_the_frontier_as_it_was(void **state)
{
    (void)state;
    struct error error = {0};
    struct merkle_frontier frontier = {0};
    for (size_t i = 0; i < 40; i++) {
        for (size_t fail_at = 1;; fail_at++) {
            struct listener listener = {.fail_at = fail_at};
            struct merkle_sink sink = {listen, &listener};
            if (merkle_append(&frontier, &leaves[i], &sink, &error))
                break;
            assert_error(error, ERROR_IO, "full");
            struct digest root = merkle_root(&frontier);
            assert_int_equal(frontier.size, i);
            assert_true(digest_equals(&root, &roots[i]));
        }
    }
    frontier.size = MERKLE_SIZE_MAX;
    assert_false(merkle_append(&frontier, &leaves[0], NULL, &error));
    assert_error(error, ERROR_LIMIT, "the ledger is full");
}

static void a_tree_is_built_or_memory_is_out(void **state)
{
    (void)state;
    struct merkle_levels built;
    for (size_t take = 1; take <= 9; take++) {
        struct error error = {0};
        struct arena *small = arena_new((size_t)1 << 20);
        arena_fail_at(small, take);
        assert_false(merkle_levels_build(small, leaves, MOST, &built, &error));
        assert_int_equal(error.kind, ERROR_LIMIT);
        arena_release(small);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_roots_hold),
        cmocka_unit_test(every_proof_passes_its_check),
        cmocka_unit_test(no_bit_of_a_proof_can_be_turned),
        cmocka_unit_test(a_proof_holds_for_its_own_place_and_size_only),
        cmocka_unit_test(a_proof_that_is_cut_or_lengthened_is_refused),
        cmocka_unit_test(a_proof_from_nothing_proves_nothing),
        cmocka_unit_test(what_cannot_be_proved_is_a_usage_error),
        cmocka_unit_test(a_node_that_is_missing_is_told),
        cmocka_unit_test(a_frontier_is_loaded_as_it_was_kept),
        cmocka_unit_test(a_sink_is_told_of_every_node_once),
        cmocka_unit_test(an_append_that_fails_leaves_the_frontier_as_it_was),
        cmocka_unit_test(a_tree_is_built_or_memory_is_out),
    };
    return cmocka_run_group_tests_name("merkle", tests, plant, fell);
}
