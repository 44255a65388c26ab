/*
 * link_copies.c - texts that lie in other texts, by shingles.
 */
#include "link_copies.h"

#include "block.h"

enum {
    SHORT_TEXT = 400, /* shingles; of shorter ones all are kept */
    CROWD = 24,       /* a shingle of more texts pairs neighbours only */
    NEIGHBOURS = 6,
};

bool copies_sample(const struct words *words, struct arena *arena,
                   struct part_document *document, struct error *error)
{
    struct bag_draft draft = {0};
    size_t total =
        words->count >= SHINGLE_WORDS ? words->count - SHINGLE_WORDS + 1 : 0;
    uint64_t mask = (UINT64_C(1) << SHINGLE_SHIFT) - 1;
    for (size_t i = 0; i < total; i++) {
        uint64_t hash = HASH_SEED;
        for (size_t k = 0; k < SHINGLE_WORDS; k++)
            hash = hash_mix(hash, words->items[i + k].whole);
        if (((hash & mask) == 0 || total < SHORT_TEXT) &&
            !bag_add(arena, &draft, hash, error))
            return false;
    }
    document->shingles = bag_close(&draft);
    document->shingle_total = (uint32_t)total;
    return true;
}

/* Shingles of one text are sampled more finely where it is short: only those
 * that both would keep are counted. */
static bool is_sampled(uint64_t shingle)
{
    return (shingle & ((UINT64_C(1) << SHINGLE_SHIFT) - 1)) == 0;
}

static uint32_t sampled(const struct part_document *document, bool is_fine)
{
    uint32_t count = 0;
    if (is_fine)
        return document->shingles.count;
    for (uint32_t i = 0; i < document->shingles.count; i++)
        count += is_sampled(document->shingles.items[i]);
    return count;
}

static bool is_short(const struct part_document *document)
{
    return document->shingle_total < SHORT_TEXT;
}

/* How much two share, over what both keep. */
static void measure(const struct part_document *one,
                    const struct part_document *other, struct copy *copy)
{
    bool is_fine = is_short(one) && is_short(other);
    uint32_t both = 0;
    struct bag a = one->shingles, b = other->shingles;
    for (uint32_t i = 0, j = 0; i < a.count && j < b.count;) {
        if (a.items[i] == b.items[j]) {
            both += is_fine || is_sampled(a.items[i]);
            i++;
            j++;
        } else if (a.items[i] < b.items[j])
            i++;
        else
            j++;
    }
    uint32_t its = sampled(one, is_fine), others = sampled(other, is_fine);
    copy->of_one = its > 0 ? both * 1000 / its : 0;
    copy->of_other = others > 0 ? both * 1000 / others : 0;
}

static bool find_pairs(struct part_document *const *documents, size_t count,
                       struct arena *arena, struct block_pairs *pairs,
                       struct error *error)
{
    struct blocks blocks = {.crowd = CROWD, .neighbours = NEIGHBOURS};
    for (size_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < documents[i]->shingles.count; k++)
            if (!block_add(arena, &blocks, documents[i]->shingles.items[k],
                           (uint32_t)i, error))
                return false;
    return block_pair(&blocks, arena, pairs, error);
}

bool copies_find(struct part_document *const *documents, size_t count,
                 uint32_t least, struct arena *arena, struct copies *copies,
                 struct error *error)
{
    struct block_pairs pairs = {0};
    if (!find_pairs(documents, count, arena, &pairs, error))
        return false;
    for (size_t i = 0, end; i < pairs.count; i = end) {
        for (end = i + 1;
             end < pairs.count && pairs.items[end] == pairs.items[i];)
            end++;
        struct copy copy = {.one = (uint32_t)(pairs.items[i] >> 32),
                            .other = (uint32_t)pairs.items[i]};
        /* One shingle in common is chance, or a formula. */
        if (end - i < 2)
            continue;
        measure(documents[copy.one], documents[copy.other], &copy);
        if ((copy.of_one >= least || copy.of_other >= least) &&
            !list_push(arena, copies, copy, error))
            return false;
    }
    return true;
}
