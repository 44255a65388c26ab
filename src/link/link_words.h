/*
 * link_words.h - the words of a text as numbers that can be compared.
 *
 * A word is folded (case, accents), its ending is taken off, and it becomes
 * the FNV-1a hash of what is left: the same word is the same number in every
 * document, whatever was read before, so nothing depends on an order. Two
 * words that meet in one of 2^64 numbers are taken for one.
 */
#ifndef MADAI_LINK_WORDS_H
#define MADAI_LINK_WORDS_H

#include "arena.h"

enum word_flag {
    WORD_STOP = 1,     /* holds sentences together, says nothing */
    WORD_CAPITAL = 2,  /* begins with a capital */
    WORD_NUMBER = 4,   /* digits */
    WORD_OPENS = 8,    /* the first of its sentence or line */
    WORD_SHOUTED = 16, /* all in capitals, of two letters or more */
    WORD_DENIES = 32,  /* "not", "false" */
};

struct word {
    uint32_t begin, end; /* bytes */
    uint64_t stem;
    uint64_t whole;   /* folded, with its ending */
    uint32_t initial; /* its first letter, folded */
    uint32_t flags;
};

struct words {
    struct word *items;
    size_t count;
    size_t capacity;
};

/* Sorted, each once. */
struct bag {
    const uint64_t *items;
    uint32_t count;
};

/* All words of the text, in order. */
MUST_CHECK bool words_of(struct slice text, struct arena *, struct words *,
                         struct error *);

/* Those that lie wholly within the place: [first, end) of `items`. */
void words_within(const struct words *, struct span, size_t *first,
                  size_t *end);

/* How many words there deny. */
uint32_t words_denying(const struct words *, struct span);

/* A word as it would be in a text. */
uint64_t word_number(const char *word);

/* Collects numbers and makes a bag of them. */
struct bag_draft {
    uint64_t *items;
    size_t count;
    size_t capacity;
};
enum bag_kind { BAG_CONTENT, BAG_CAPITALS, BAG_NUMBERS };
MUST_CHECK bool bag_add(struct arena *, struct bag_draft *, uint64_t,
                        struct error *);
MUST_CHECK bool bag_add_span(struct arena *, struct bag_draft *,
                             const struct words *, struct span, enum bag_kind,
                             struct error *);
MUST_CHECK bool bag_add_string(struct arena *, struct bag_draft *, const char *,
                               struct error *);
struct bag bag_close(struct bag_draft *);

uint32_t bag_common(struct bag, struct bag);
bool bag_has(struct bag, uint64_t);
bool bag_contains(struct bag whole, struct bag part);
bool bag_equals(struct bag, struct bag);
uint64_t bag_hash(struct bag);

/* For hashing anything else. */
uint64_t hash_bytes(uint64_t seed, const void *, size_t);
uint64_t hash_mix(uint64_t, uint64_t);
#define HASH_SEED UINT64_C(0xcbf29ce484222325)

#endif
