/*
 * link_words.c - folding, endings, bags.
 */
#include "link_words.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "table.h"
#include "utf8.h"

enum { WORD_BYTES_MAX = 96 };

/* FNV-1a (Fowler, Noll, Vo), 64 bits. */
uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++)
        seed = (seed ^ at[i]) * UINT64_C(0x100000001b3);
    return seed;
}

/* The finaliser of splitmix64 (Steele, Lea, Flood 2014). */
uint64_t hash_mix(uint64_t a, uint64_t b)
{
    uint64_t z = a + UINT64_C(0x9e3779b97f4a7c15) * (b + 1);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static bool is_letter(uint32_t code_point)
{
    if (code_point < 0x80)
        return (code_point >= 'a' && code_point <= 'z') ||
               (code_point >= 'A' && code_point <= 'Z');
    if (code_point == UTF8_INVALID)
        return false;
    utf8proc_category_t category =
        utf8proc_category((utf8proc_int32_t)code_point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

static bool is_digit(uint32_t code_point)
{
    return code_point >= '0' && code_point <= '9';
}

static bool is_capital(uint32_t code_point)
{
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z';
    return code_point != UTF8_INVALID &&
           utf8proc_category((utf8proc_int32_t)code_point) ==
               UTF8PROC_CATEGORY_LU;
}

/* Writes the folded letters of one code point; gives how many bytes. */
static size_t fold(uint32_t code_point, char *bytes, size_t room)
{
    utf8proc_int32_t folded[16];
    size_t length = 0;
    if (code_point < 0x80) {
        bytes[0] =
            (char)(is_capital(code_point) ? code_point + 32 : code_point);
        return 1;
    }
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)code_point, folded, 16,
                                UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
                                    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE,
                                NULL);
    for (utf8proc_ssize_t i = 0; i < count && i < 16 && length + 4 <= room; i++)
        length += utf8_encode((uint32_t)folded[i], bytes + length);
    return length;
}

static bool ends(const char *word, size_t length, const char *ending)
{
    size_t its = strlen(ending);
    return length > its + 2 && memcmp(word + length - its, ending, its) == 0;
}

static bool is_vowel(char letter) { return strchr("aeiouy", letter) != NULL; }

/* Takes English endings off, after the first steps of Porter (1980), and
 * coarser: what is wanted is that forms of one word meet. */
static size_t stem_length(char *word, size_t length)
{
    if (length > 4 && ends(word, length, "ies")) {
        word[length - 3] = 'y';
        length -= 2;
    } else if (length > 3 && word[length - 1] == 's' &&
               word[length - 2] != 's' && word[length - 2] != 'u' &&
               word[length - 2] != 'i')
        length--;
    size_t before = length;
    if (ends(word, length, "ing"))
        length -= 3;
    else if (ends(word, length, "ed"))
        length -= 2;
    bool has_vowel = false;
    for (size_t i = 0; i < length; i++)
        has_vowel = has_vowel || is_vowel(word[i]);
    if (!has_vowel || length < 3)
        length = before;
    if (length < before && length > 3 && word[length - 1] == word[length - 2] &&
        strchr("lsz", word[length - 1]) == NULL)
        length--;
    if (length > 4 && word[length - 1] == 'e')
        length--;
    if (length > 4 && word[length - 1] == 'y')
        word[length - 1] = 'i';
    return length;
}

static bool is_stop(const char *word, size_t length)
{
    return length < 2 ||
           table_find(&word_table, (struct slice){word, length}) != NULL;
}

/* Function words of negation, and words that say that something is not so. */
static bool is_denying(const char *word, size_t length)
{
    static const char *const denying[] = {"deni", "den",    "fals",    "untru",
                                          "lie",  "reject", "baseles", "never"};
    const struct table_row *row =
        table_find(&word_table, (struct slice){word, length});
    if (row != NULL && row->columns[0] != NULL)
        return strchr(row->columns[0], 'n') != NULL;
    for (size_t i = 0; i < sizeof denying / sizeof *denying; i++)
        if (strlen(denying[i]) == length &&
            memcmp(denying[i], word, length) == 0)
            return true;
    return false;
}

static bool add_word(struct slice text, struct span place, struct arena *arena,
                     struct words *words, struct error *error)
{
    char folded[WORD_BYTES_MAX + 16];
    size_t length = 0;
    uint32_t letters = 0, capitals = 0;
    struct word word = {.begin = place.begin, .end = place.end};
    for (size_t at = place.begin; at < place.end;) {
        struct utf8 unit = utf8_at(text, at);
        bool is_large = is_capital(unit.code_point);
        capitals += is_large;
        letters++;
        if (at == place.begin && is_large)
            word.flags |= WORD_CAPITAL;
        if (at == place.begin && is_digit(unit.code_point))
            word.flags |= WORD_NUMBER;
        if (length < WORD_BYTES_MAX)
            length += fold(unit.code_point, folded + length, 16);
        at += unit.length;
    }
    if (letters > 1 && letters == capitals)
        word.flags |= WORD_SHOUTED;
    if ((word.flags & WORD_NUMBER) == 0 && is_stop(folded, length))
        word.flags |= WORD_STOP;
    if (is_denying(folded, length))
        word.flags |= WORD_DENIES;
    word.initial = (unsigned char)folded[0];
    word.whole = hash_bytes(HASH_SEED, folded, length);
    if ((word.flags & WORD_NUMBER) == 0)
        length = stem_length(folded, length);
    if (is_denying(folded, length))
        word.flags |= WORD_DENIES;
    word.stem = hash_bytes(HASH_SEED, folded, length);
    return list_push(arena, words, word, error);
}

/* A letter, digit, or a mark that stands inside words: "O'Brien", "3,200". */
static bool goes_on(struct slice text, size_t at, uint32_t before)
{
    struct utf8 unit = utf8_at(text, at);
    if (is_letter(unit.code_point) || is_digit(unit.code_point))
        return true;
    if (at + unit.length >= text.length)
        return false;
    uint32_t next = utf8_at(text, at + unit.length).code_point;
    if (unit.code_point == ',' || unit.code_point == '.')
        return is_digit(before) && is_digit(next);
    return false;
}

bool words_of(struct slice text, struct arena *arena, struct words *words,
              struct error *error)
{
    bool opens = true;
    *words = (struct words){0};
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        if (!is_letter(unit.code_point) && !is_digit(unit.code_point)) {
            opens =
                opens || strchr("\n.!?:;", (int)(unsigned char)text.data[at]);
            at += unit.length;
            continue;
        }
        size_t begin = at;
        uint32_t before = unit.code_point;
        for (at += unit.length;
             at < text.length && goes_on(text, at, before);) {
            unit = utf8_at(text, at);
            before = unit.code_point;
            at += unit.length;
        }
        struct span place = {(uint32_t)begin, (uint32_t)at};
        if (!add_word(text, place, arena, words, error))
            return false;
        if (opens)
            words->items[words->count - 1].flags |= WORD_OPENS;
        opens = false;
    }
    return true;
}

void words_within(const struct words *words, struct span place, size_t *first,
                  size_t *end)
{
    size_t low = 0, high = words->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (words->items[middle].begin < place.begin)
            low = middle + 1;
        else
            high = middle;
    }
    *first = low;
    while (low < words->count && words->items[low].end <= place.end)
        low++;
    *end = low;
}

uint32_t words_denying(const struct words *words, struct span place)
{
    size_t first, end;
    uint32_t count = 0;
    words_within(words, place, &first, &end);
    for (size_t i = first; i < end; i++)
        count += (words->items[i].flags & WORD_DENIES) != 0;
    return count;
}

uint64_t word_number(const char *word)
{
    char folded[WORD_BYTES_MAX];
    size_t length = strlen(word);
    if (length > sizeof folded)
        length = sizeof folded;
    memcpy(folded, word, length);
    return hash_bytes(HASH_SEED, folded, stem_length(folded, length));
}

bool bag_add(struct arena *arena, struct bag_draft *draft, uint64_t word,
             struct error *error)
{
    return list_push(arena, draft, word, error);
}

bool bag_add_span(struct arena *arena, struct bag_draft *draft,
                  const struct words *words, struct span place,
                  enum bag_kind kind, struct error *error)
{
    size_t first, end;
    words_within(words, place, &first, &end);
    for (size_t i = first; i < end; i++) {
        const struct word *word = &words->items[i];
        if ((word->flags & WORD_STOP) != 0 ||
            (kind == BAG_CAPITALS && (word->flags & WORD_CAPITAL) == 0) ||
            (kind == BAG_NUMBERS && (word->flags & WORD_NUMBER) == 0))
            continue;
        if (!bag_add(arena, draft,
                     kind == BAG_CAPITALS ? word->whole : word->stem, error))
            return false;
    }
    return true;
}

bool bag_add_string(struct arena *arena, struct bag_draft *draft,
                    const char *string, struct error *error)
{
    struct words words;
    struct slice text = slice_of(string);
    return words_of(text, arena, &words, error) &&
           bag_add_span(arena, draft, &words,
                        (struct span){0, (uint32_t)text.length}, BAG_CONTENT,
                        error);
}

static int compare_numbers(const void *a, const void *b)
{
    uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return one < other ? -1 : one > other;
}

struct bag bag_close(struct bag_draft *draft)
{
    uint32_t kept = 0;
    if (draft->count > 1)
        qsort(draft->items, draft->count, sizeof *draft->items,
              compare_numbers);
    for (size_t i = 0; i < draft->count; i++)
        if (kept == 0 || draft->items[kept - 1] != draft->items[i])
            draft->items[kept++] = draft->items[i];
    return (struct bag){draft->items, kept};
}

uint32_t bag_common(struct bag a, struct bag b)
{
    uint32_t common = 0;
    for (uint32_t i = 0, j = 0; i < a.count && j < b.count;) {
        if (a.items[i] == b.items[j]) {
            common++;
            i++;
            j++;
        } else if (a.items[i] < b.items[j])
            i++;
        else
            j++;
    }
    return common;
}

bool bag_has(struct bag bag, uint64_t word)
{
    struct bag one = {&word, 1};
    return bag_common(bag, one) == 1;
}

bool bag_contains(struct bag whole, struct bag part)
{
    return bag_common(whole, part) == part.count;
}

bool bag_equals(struct bag a, struct bag b)
{
    return a.count == b.count && bag_common(a, b) == a.count;
}

uint64_t bag_hash(struct bag bag)
{
    return hash_bytes(HASH_SEED, bag.items, bag.count * sizeof *bag.items);
}
