/*
 * link_rarity.c - document frequencies.
 */
#include "link_rarity.h"

#include <stdlib.h>

struct listed {
    uint64_t word;
    uint32_t document;
};

bool rarity_add(struct rarity_draft *draft, struct bag bag, uint32_t document)
{
    for (uint32_t i = 0; i < bag.count; i++) {
        if (!list_reserve_(draft->arena, (void **)&draft->items,
                           &draft->capacity, draft->count + 1,
                           sizeof *draft->items, draft->error))
            return false;
        draft->items[draft->count].word = bag.items[i];
        draft->items[draft->count++].document = document;
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct listed *one = a, *other = b;
    if (one->word != other->word)
        return one->word < other->word ? -1 : 1;
    return one->document < other->document ? -1
                                           : one->document > other->document;
}

bool rarity_close(struct rarity_draft *draft, uint32_t documents,
                  struct rarity *rarity)
{
    struct rarity_entry *items =
        arena_take(draft->arena, draft->count, sizeof *items, draft->error);
    size_t kept = 0;
    if (items == NULL)
        return false;
    if (draft->count > 1)
        qsort(draft->items, draft->count, sizeof *draft->items, compare);
    for (size_t i = 0; i < draft->count; i++) {
        bool is_known =
            i > 0 && draft->items[i - 1].word == draft->items[i].word;
        if (!is_known)
            items[kept++] = (struct rarity_entry){draft->items[i].word, 1};
        else
            items[kept - 1].documents +=
                draft->items[i - 1].document != draft->items[i].document;
    }
    *rarity = (struct rarity){items, kept, documents};
    return true;
}

uint32_t rarity_documents(const struct rarity *rarity, uint64_t word)
{
    size_t low = 0, high = rarity->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rarity->items[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low < rarity->count && rarity->items[low].word == word
               ? rarity->items[low].documents
               : 0;
}

int32_t rarity_of(const struct rarity *rarity, uint64_t word)
{
    uint64_t with = rarity_documents(rarity, word);
    uint64_t share = (with > 0 ? with : 1) << 12;
    uint64_t all = (uint64_t)rarity->documents << 12;
    int32_t halves = 0;
    /* The square root of 2 is about 99 / 70. */
    for (share = share * 99 / 70; share <= all && halves < 40; halves++)
        share = share * 99 / 70;
    return halves;
}

int32_t rarity_of_rarest(const struct rarity *rarity, struct bag a,
                         struct bag b)
{
    int32_t best = -1;
    for (uint32_t i = 0, j = 0; i < a.count && j < b.count;) {
        if (a.items[i] == b.items[j]) {
            int32_t its = rarity_of(rarity, a.items[i]);
            best = its > best ? its : best;
            i++;
            j++;
        } else if (a.items[i] < b.items[j])
            i++;
        else
            j++;
    }
    return best;
}

int32_t rarity_sum(const struct rarity *rarity, struct bag a, struct bag b)
{
    int32_t sum = 0;
    for (uint32_t i = 0, j = 0; i < a.count && j < b.count;) {
        if (a.items[i] == b.items[j]) {
            sum += 1 + rarity_of(rarity, a.items[i]);
            i++;
            j++;
        } else if (a.items[i] < b.items[j])
            i++;
        else
            j++;
    }
    return sum;
}
