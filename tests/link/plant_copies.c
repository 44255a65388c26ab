/*
 * plant_copies.c - texts of random words with planted copies, and how many of
 * them are found.
 *
 *     plant_copies COUNT
 *
 * A third of the copies are exact, a third have one word in ten changed, a
 * third are excerpts of 40 to 90 % of a text, every other one with other words
 * around it. Prints recall and precision; 1 where less than 98 % are found, or
 * less than 99 % of what is found was planted.
 */
#include <stdio.h>
#include <stdlib.h>

#include "link_copies.h"

enum { VOCABULARY = 20000, WORDS_LEAST = 150, WORDS_MORE = 450, LEAST = 350 };

static uint64_t seed = 20190513;

/* splitmix64 */
static uint32_t draw(uint32_t below)
{
    uint64_t mixed = (seed += UINT64_C(0x9E3779B97F4A7C15));
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (uint32_t)((mixed ^ (mixed >> 31)) % below);
}

static uint32_t random_word(void)
{
    /* Some words are common, as in texts. */
    return draw(4) == 0 ? draw(200) : draw(VOCABULARY);
}

struct written {
    uint32_t words[2 * (WORDS_LEAST + WORDS_MORE)];
    uint32_t count;
};

static void write_fresh(struct written *text)
{
    text->count = WORDS_LEAST + draw(WORDS_MORE);
    for (uint32_t i = 0; i < text->count; i++)
        text->words[i] = random_word();
}

static void write_excerpt(const struct written *source, struct written *text,
                          bool is_embedded)
{
    uint32_t length = source->count * (40 + draw(51)) / 100 + 1;
    uint32_t from = draw(source->count - length + 1);
    uint32_t around = is_embedded ? length / 2 : 0;
    text->count = 0;
    for (uint32_t i = 0; i < around; i++)
        text->words[text->count++] = random_word();
    for (uint32_t i = 0; i < length; i++)
        text->words[text->count++] = source->words[from + i];
    for (uint32_t i = 0; i < around; i++)
        text->words[text->count++] = random_word();
}

static void write_copy(const struct written *source, struct written *text,
                       uint32_t how)
{
    *text = *source;
    if (how % 3 == 1)
        for (uint32_t i = 0; i < text->count; i++)
            if (draw(10) == 0)
                text->words[i] = random_word();
    if (how % 3 == 2)
        write_excerpt(source, text, how % 2 == 0);
}

/* The words as a text would give them. */
static bool digest(const struct written *text, struct arena *kept,
                   struct part_document *document, struct error *error)
{
    static struct word items[2 * (WORDS_LEAST + WORDS_MORE)];
    struct words words = {items, text->count, text->count};
    for (uint32_t i = 0; i < text->count; i++)
        items[i].whole = hash_mix(text->words[i], 1);
    return copies_sample(&words, kept, document, error);
}

/* Every tenth text is a copy of the one before it. */
static bool is_planted(uint32_t one, uint32_t other)
{
    return other % 10 == 9 && one + 1 == other;
}

static bool make_all(struct part_document **documents, uint32_t count,
                     struct arena *kept, struct error *error)
{
    static struct written source, copy;
    for (uint32_t i = 0; i < count; i++) {
        bool is_copy = i % 10 == 9;
        documents[i] = arena_take(kept, 1, sizeof **documents, error);
        if (is_copy)
            write_copy(&source, &copy, i / 10);
        else
            write_fresh(&source);
        if (documents[i] == NULL ||
            !digest(is_copy ? &copy : &source, kept, documents[i], error))
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct error error = {0};
    uint32_t count = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 100000;
    struct arena *arena = arena_new((size_t)16 << 30);
    struct copies copies = {0};
    uint32_t right = 0;
    struct part_document **documents =
        arena != NULL ? arena_take(arena, count, sizeof *documents, &error)
                      : NULL;
    if (documents == NULL || !make_all(documents, count, arena, &error) ||
        !copies_find(documents, count, LEAST, arena, &copies, &error)) {
        fprintf(stderr, "plant_copies: %s\n", error.text);
        return 2;
    }
    for (size_t i = 0; i < copies.count; i++)
        right += is_planted(copies.items[i].one, copies.items[i].other);
    uint32_t planted = count / 10;
    printf("%u texts, %u copies: recall %.2f %%, precision %.2f %%\n", count,
           planted, 100.0 * right / (planted > 0 ? planted : 1),
           100.0 * right / (copies.count > 0 ? (double)copies.count : 1));
    bool is_well = right * 100 >= planted * 98 &&
                   (uint64_t)right * 100 >= copies.count * 99;
    arena_release(arena);
    return is_well ? 0 : 1;
}
