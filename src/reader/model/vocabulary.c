/*
 * vocabulary.c - word pieces through a hash table that was made when the
 * weight file was written: nothing is built when a model is opened.
 */
#include "vocabulary.h"

#include <utf8proc.h>

#include "utf8.h"

#define UNIT_MAX 100 /* code points; longer units are unknown */
#define UNIT_BYTES (UNIT_MAX * 4)
#define HASH_START UINT32_C(0x811C9DC5)

/* Characters between two cuts, as they are looked up. */
struct unit {
    int32_t codes[UNIT_MAX];
    uint8_t classes[UNIT_MAX]; /* canonical combining class */
    size_t count;              /* UNIT_MAX + 1: too long */
    size_t fixed;              /* a mark may not move to before this one */
};

struct pieces {
    const struct vocabulary *vocabulary;
    uint32_t *items;
    size_t count;
};

bool vocabulary_check(struct vocabulary *vocabulary, size_t text_length,
                      struct error *error)
{
    uint32_t filled = 0;
    vocabulary->longest = 0;
    if (vocabulary->starts[0] != 0 ||
        vocabulary->starts[vocabulary->count] != text_length)
        return error_set(error, ERROR_CORRUPT,
                         "the vocabulary does not fill its text");
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        uint32_t begin = vocabulary->starts[i];
        uint32_t end = vocabulary->starts[i + 1];
        if (end < begin)
            return error_set(error, ERROR_CORRUPT, "piece %u ends early", i);
        if (end - begin > vocabulary->longest)
            vocabulary->longest = end - begin;
    }
    for (uint32_t i = 0; i < vocabulary->slots; i++) {
        if (vocabulary->table[i] > vocabulary->count)
            return error_set(error, ERROR_CORRUPT,
                             "slot %u of the vocabulary holds no piece", i);
        filled += vocabulary->table[i] != 0;
    }
    if (filled > vocabulary->slots / 4 * 3)
        return error_set(error, ERROR_CORRUPT,
                         "the table of the vocabulary is too full");
    return true;
}

static uint32_t hash_add(uint32_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT32_C(0x01000193);
}

/* The piece that consists of `mark` and `bytes`, whose hash this is. */
static uint32_t find_hashed(const struct vocabulary *vocabulary, uint32_t hash,
                            struct slice mark, struct slice bytes)
{
    for (uint32_t step = 0; step < vocabulary->slots; step++) {
        uint32_t entry =
            vocabulary->table[(hash + step) & (vocabulary->slots - 1)];
        if (entry == 0)
            break;
        const uint32_t begin = vocabulary->starts[entry - 1];
        const unsigned char *text = vocabulary->text + begin;
        const size_t length = vocabulary->starts[entry] - begin;
        if (length == mark.length + bytes.length &&
            memcmp(text, mark.data, mark.length) == 0 &&
            memcmp(text + mark.length, bytes.data, bytes.length) == 0)
            return entry - 1;
    }
    return vocabulary->count;
}

uint32_t vocabulary_find(const struct vocabulary *vocabulary,
                         struct slice piece)
{
    uint32_t hash = HASH_START;
    for (size_t i = 0; i < piece.length; i++)
        hash = hash_add(hash, (unsigned char)piece.data[i]);
    return find_hashed(vocabulary, hash, slice_of(""), piece);
}

/* The longest piece at the front of `rest`; `*length` of its bytes. */
static uint32_t find_longest(const struct vocabulary *vocabulary,
                             struct slice mark, struct slice rest,
                             size_t *length)
{
    uint32_t hashes[UNIT_BYTES];
    uint32_t hash = HASH_START;
    for (size_t i = 0; i < mark.length; i++)
        hash = hash_add(hash, (unsigned char)mark.data[i]);
    size_t most = rest.length;
    if (most > vocabulary->longest)
        most = vocabulary->longest;
    for (size_t i = 0; i < most; i++)
        hashes[i] = hash = hash_add(hash, (unsigned char)rest.data[i]);
    for (*length = most; *length > 0; (*length)--) {
        const bool is_inside_character =
            *length < rest.length &&
            ((unsigned char)rest.data[*length] & 0xC0) == 0x80;
        if (is_inside_character)
            continue;
        uint32_t found = find_hashed(vocabulary, hashes[*length - 1], mark,
                                     (struct slice){rest.data, *length});
        if (found != vocabulary->count)
            return found;
    }
    return vocabulary->count;
}

static void piece_add(struct pieces *pieces, uint32_t piece)
{
    if (pieces->count < WORD_PIECES_MAX)
        pieces->items[pieces->count++] = piece;
}

/* All pieces of a unit, or the unknown one. */
static void unit_split(struct pieces *pieces, struct slice unit)
{
    const struct vocabulary *vocabulary = pieces->vocabulary;
    const size_t before = pieces->count;
    for (size_t at = 0; at < unit.length;) {
        size_t length;
        uint32_t piece = find_longest(
            vocabulary, slice_of(at > 0 ? "##" : ""),
            (struct slice){unit.data + at, unit.length - at}, &length);
        if (piece == vocabulary->count) {
            pieces->count = before;
            piece_add(pieces, vocabulary->unknown);
            return;
        }
        piece_add(pieces, piece);
        at += length;
    }
}

static void unit_end(struct pieces *pieces, struct unit *unit)
{
    char bytes[UNIT_BYTES];
    size_t length = 0;
    if (unit->count > UNIT_MAX) {
        piece_add(pieces, pieces->vocabulary->unknown);
    } else {
        for (size_t i = 0; i < unit->count; i++)
            length += utf8_encode((uint32_t)unit->codes[i], bytes + length);
        unit_split(pieces, (struct slice){bytes, length});
    }
    unit->count = unit->fixed = 0;
}

/* Appends a character; one with a combining class goes before those of a
 * higher class, as NFD has it. */
static void unit_add(struct unit *unit, int32_t code, uint8_t class)
{
    if (unit->count >= UNIT_MAX) {
        unit->count = UNIT_MAX + 1;
        return;
    }
    size_t at = unit->count++;
    for (; class > 0 && at > unit->fixed && unit->classes[at - 1] > class;
         at--) {
        unit->codes[at] = unit->codes[at - 1];
        unit->classes[at] = unit->classes[at - 1];
    }
    unit->codes[at] = code;
    unit->classes[at] = class;
    if (class == 0)
        unit->fixed = unit->count;
}

/* BERT's list of CJK ideographs. */
static bool is_ideograph(int32_t code)
{
    return (code >= 0x4E00 && code <= 0x9FFF) ||
           (code >= 0x3400 && code <= 0x4DBF) ||
           (code >= 0x20000 && code <= 0x2A6DF) ||
           (code >= 0x2A700 && code <= 0x2B73F) ||
           (code >= 0x2B740 && code <= 0x2B81F) ||
           (code >= 0x2B820 && code <= 0x2CEAF) ||
           (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0x2F800 && code <= 0x2FA1F);
}

/* One character of the decomposed word. */
static void character_add(struct pieces *pieces, struct unit *unit,
                          int32_t code)
{
    const utf8proc_property_t *property = utf8proc_get_property(code);
    const uint8_t class = (uint8_t)property->combining_class;
    switch (property->category) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CC:
        if (class == 0)
            unit->fixed = unit->count;
        return;
    default:
        break;
    }
    if (code == 0xFFFD)
        return;
    const int32_t small = utf8proc_tolower(code);
    if (!is_ideograph(small)) {
        unit_add(unit, small, class);
        return;
    }
    unit_end(pieces, unit);
    unit_add(unit, small, class);
    unit_end(pieces, unit);
}

static void word_split(struct pieces *pieces, struct slice word)
{
    struct unit unit = {0};
    for (size_t at = 0; at < word.length && pieces->count < WORD_PIECES_MAX;) {
        const struct utf8 character = utf8_at(word, at);
        at += character.length;
        if (character.code_point == UTF8_INVALID)
            continue;
        int32_t parts[32];
        int boundary = 0;
        const long count =
            utf8proc_decompose_char((int32_t)character.code_point, parts, 32,
                                    UTF8PROC_DECOMPOSE, &boundary);
        for (long i = 0; i < count && i < 32; i++)
            character_add(pieces, &unit, parts[i]);
    }
    unit_end(pieces, &unit);
}

/* Most words are plain ASCII: nothing to take apart. False for the others,
 * and for those with control characters. */
static bool ascii_split(struct pieces *pieces, struct slice word)
{
    char small[UNIT_MAX];
    if (word.length > sizeof small)
        return false;
    for (size_t i = 0; i < word.length; i++) {
        const unsigned char byte = (unsigned char)word.data[i];
        if (byte < 0x20 || byte >= 0x7F)
            return false;
        const bool is_capital = byte >= 'A' && byte <= 'Z';
        small[i] = (char)(is_capital ? byte + ('a' - 'A') : byte);
    }
    unit_split(pieces, (struct slice){small, word.length});
    return true;
}

size_t vocabulary_split(const struct vocabulary *vocabulary, struct slice word,
                        uint32_t items[WORD_PIECES_MAX])
{
    struct pieces pieces = {vocabulary, items, 0};
    if (!ascii_split(&pieces, word))
        word_split(&pieces, word);
    if (pieces.count == 0)
        piece_add(&pieces, vocabulary->unknown);
    return pieces.count;
}
