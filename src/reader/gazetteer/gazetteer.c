/*
 * gazetteer.c - see gazetteer.h; the layout is in docs/gazetteer-format.md.
 *
 * Invariants
 *   1. The sections lie one after another between head and checksum, as long
 *      as the head says; nothing outside them is ever read.
 *   2. A key that is read from the file is at most FOLD_SIZE - 1 bytes.
 */
#include "gazetteer.h"

#include "file.h"
#include "sha256.h"

#define HEAD_BYTES ((size_t)64)
#define PLACE_BYTES ((size_t)20)
#define DIGEST_BYTES ((size_t)32)
#define VERSION 1

static const char magic[8] = {'m', 'a', 'd', 'a', 'i', '.', 'g', '\n'};

const char *const place_kind_names[] = {
    "place",     "continent",    "ocean",        "sea",        "gulf",
    "bay",       "channel",      "lake",         "lakes",      "mountain",
    "mountains", "desert",       "valley",       "island",     "peninsula",
    "region",    "country",      "state",        "province",   "county",
    "district",  "department",   "division",     "prefecture", "governorate",
    "commune",   "municipality", "canton",       "parish",     "emirate",
    "atoll",     "oblast",       "borough",      "city",       "town",
    "village",   "quarter",      "constituency", "ward",       "locality",
    "area",
};
_Static_assert(sizeof place_kind_names / sizeof *place_kind_names ==
                   PLACE_KINDS,
               "a name for each kind");

struct gazetteer {
    struct file file;
    char checksum[SHA256_HEX_SIZE];
    size_t place_count, block_count;
    struct slice places, blocks, names, keys;
};

/* Where a walk over the keys stands. */
struct cursor {
    size_t at;  /* in keys, behind the entry */
    size_t end; /* of its block */
    char key[FOLD_SIZE];
    size_t length;
    size_t meanings; /* where they begin */
    size_t count;
};

static bool is_corrupt(struct error *error, const char *what)
{
    return error_set(error, ERROR_CORRUPT, "%s", what);
}

/* Numbers stand with the low byte first, whatever machine this is. */
static uint64_t number_at(struct slice bytes, size_t at, size_t size)
{
    uint64_t number = 0;
    for (size_t i = size; i > 0; i--)
        number = number << 8 | (unsigned char)bytes.data[at + i - 1];
    return number;
}

static bool digest_check(struct gazetteer *gazetteer, struct slice bytes,
                         struct error *error)
{
    static const char digits[] = "0123456789abcdef";
    const size_t covered = bytes.length - DIGEST_BYTES;
    char stored[SHA256_HEX_SIZE] = "";
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        const unsigned char byte = (unsigned char)bytes.data[covered + i];
        stored[2 * i] = digits[byte >> 4];
        stored[2 * i + 1] = digits[byte & 15];
    }
    return sha256_hex((struct slice){bytes.data, covered}, gazetteer->checksum,
                      error) &&
           (strcmp(stored, gazetteer->checksum) == 0 ||
            is_corrupt(error, "the checksum is wrong: the file was altered "
                              "or did not arrive whole"));
}

static bool head_check(struct slice bytes, struct error *error)
{
    if (bytes.length < sizeof magic ||
        memcmp(bytes.data, magic, sizeof magic) != 0)
        return is_corrupt(error, "not a gazetteer of madai");
    if (bytes.length < HEAD_BYTES + DIGEST_BYTES)
        return is_corrupt(error, "the file ends early");
    const uint64_t version = number_at(bytes, 8, 4);
    const uint64_t length = number_at(bytes, 36, 8);
    if (version != VERSION)
        return error_set(error, ERROR_CORRUPT,
                         "format version %u, where this madai reads %u",
                         (unsigned)version, VERSION);
    if (length != bytes.length)
        return error_set(error, ERROR_CORRUPT,
                         "the file has %zu bytes, its head says %llu",
                         bytes.length, (unsigned long long)length);
    return true;
}

/* The next `size` bytes of the file; false where it has no more. */
static bool section_take(struct slice bytes, size_t *at, uint64_t size,
                         struct slice *section)
{
    if (size > bytes.length - DIGEST_BYTES - *at)
        return false;
    *section = (struct slice){bytes.data + *at, (size_t)size};
    *at += (size_t)size;
    return true;
}

static bool sections_read(struct gazetteer *gazetteer, struct slice bytes,
                          struct error *error)
{
    size_t at = HEAD_BYTES;
    struct slice about;
    gazetteer->place_count = (size_t)number_at(bytes, 16, 4);
    gazetteer->block_count = (size_t)number_at(bytes, 24, 4);
    if (!section_take(bytes, &at, number_at(bytes, 12, 4), &about) ||
        !section_take(bytes, &at, gazetteer->place_count * PLACE_BYTES,
                      &gazetteer->places) ||
        !section_take(bytes, &at, gazetteer->block_count * 4,
                      &gazetteer->blocks) ||
        !section_take(bytes, &at, number_at(bytes, 28, 4), &gazetteer->names) ||
        !section_take(bytes, &at, number_at(bytes, 32, 4), &gazetteer->keys))
        return is_corrupt(error, "a section is longer than the file");
    if (at != bytes.length - DIGEST_BYTES)
        return is_corrupt(error, "bytes that belong to no section");
    return true;
}

struct gazetteer *gazetteer_read(struct slice bytes, struct error *error)
{
    struct gazetteer *gazetteer = calloc(1, sizeof *gazetteer);
    if (gazetteer == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    if (head_check(bytes, error) && digest_check(gazetteer, bytes, error) &&
        sections_read(gazetteer, bytes, error))
        return gazetteer;
    free(gazetteer);
    return NULL;
}

struct gazetteer *gazetteer_open(const char *path, struct error *error)
{
    struct file file;
    if (!file_map(path, GAZETTEER_BYTES_MAX, &file, error))
        return NULL;
    struct gazetteer *gazetteer = gazetteer_read(file.bytes, error);
    if (gazetteer == NULL)
        file_close(&file);
    else
        gazetteer->file = file;
    return gazetteer;
}

void gazetteer_close(struct gazetteer *gazetteer)
{
    if (gazetteer == NULL)
        return;
    if (gazetteer->file.bytes.data != NULL)
        file_close(&gazetteer->file);
    free(gazetteer);
}

const char *gazetteer_checksum(const struct gazetteer *gazetteer)
{
    return gazetteer->checksum;
}

size_t gazetteer_count(const struct gazetteer *gazetteer)
{
    return gazetteer->place_count;
}

/* A string of the names, which has its length before it. */
static struct slice name_at(const struct gazetteer *gazetteer, size_t at)
{
    const struct slice names = gazetteer->names;
    if (at >= names.length ||
        (unsigned char)names.data[at] > names.length - at - 1)
        return (struct slice){"", 0};
    return (struct slice){names.data + at + 1, (unsigned char)names.data[at]};
}

/* Three bytes with a sign. */
static int32_t point_at(struct slice bytes, size_t at)
{
    const uint32_t number = (uint32_t)number_at(bytes, at, 3);
    return (int32_t)(number ^ 0x800000) - 0x800000;
}

bool gazetteer_place_at(const struct gazetteer *gazetteer, uint32_t index,
                        struct gazetteer_place *place)
{
    if (index >= gazetteer->place_count)
        return false;
    const struct slice row = {gazetteer->places.data + index * PLACE_BYTES,
                              PLACE_BYTES};
    const unsigned kind = (unsigned)number_at(row, 9, 1);
    const uint32_t within = (uint32_t)number_at(row, 6, 3);
    *place = (struct gazetteer_place){
        .name = name_at(gazetteer, (size_t)number_at(row, 12, 3)),
        .kind = kind < PLACE_KINDS ? (enum place_kind)kind : PLACE_OTHER,
        .lat = point_at(row, 0),
        .lon = point_at(row, 3),
        .within = within < gazetteer->place_count ? within : GAZETTEER_NONE,
        .size = (unsigned)number_at(row, 10, 1),
        .source = (unsigned)number_at(row, 11, 1),
        .flags = (unsigned)number_at(row, 15, 1),
        .reference = (uint32_t)number_at(row, 16, 4),
    };
    enum { POLE = 900000, HALF_ROUND = 1800000 };
    place->has_point = place->lat >= -POLE && place->lat <= POLE &&
                       place->lon >= -HALF_ROUND && place->lon <= HALF_ROUND;
    return true;
}

void gazetteer_reference(const struct gazetteer *gazetteer,
                         const struct gazetteer_place *place,
                         char words[GAZETTEER_REFERENCE_SIZE])
{
    /* Those of words have their reference among the names. */
    static const struct {
        const char *name;
        bool is_words;
    } sources[] = {
        {"madai", true},
        {"geonames", false},
        {"geonames", true},
        {"kenya county", false},
        {"kenya constituency", false},
        {"kenya ward", false},
        {"kenya-locations", true},
    };
    words[0] = '\0';
    if (place->source >= sizeof sources / sizeof *sources)
        return;
    const char *source = sources[place->source].name;
    const struct slice name = name_at(gazetteer, place->reference);
    if (!sources[place->source].is_words)
        snprintf(words, GAZETTEER_REFERENCE_SIZE, "%s:%u", source,
                 (unsigned)place->reference);
    else if (name.length > 0)
        snprintf(words, GAZETTEER_REFERENCE_SIZE, "%s:%.*s", source,
                 name.length < 40 ? (int)name.length : 40, name.data);
    else
        snprintf(words, GAZETTEER_REFERENCE_SIZE, "%s", source);
}

/* The next key of the cursor's block; false at its end, or where the bytes
 * make no sense. */
static bool cursor_next(const struct gazetteer *gazetteer,
                        struct cursor *cursor)
{
    const unsigned char *bytes = (const unsigned char *)gazetteer->keys.data;
    if (cursor->end - cursor->at < 3)
        return false;
    const size_t shared = bytes[cursor->at];
    const size_t rest = bytes[cursor->at + 1];
    if (shared > cursor->length || shared + rest >= FOLD_SIZE ||
        rest + 1 > cursor->end - cursor->at - 2)
        return false;
    memcpy(cursor->key + shared, bytes + cursor->at + 2, rest);
    cursor->length = shared + rest;
    cursor->at += 2 + rest;
    cursor->count = bytes[cursor->at++];
    if (cursor->count > (cursor->end - cursor->at) / 3)
        return false;
    cursor->meanings = cursor->at;
    cursor->at += 3 * cursor->count;
    return true;
}

/* At the beginning of a block, before its first key. */
static struct cursor cursor_at(const struct gazetteer *gazetteer, size_t block)
{
    struct cursor cursor = {0};
    const size_t length = gazetteer->keys.length;
    const bool is_last = block + 1 >= gazetteer->block_count;
    if (block >= gazetteer->block_count)
        return cursor;
    const uint64_t begin = number_at(gazetteer->blocks, 4 * block, 4);
    const uint64_t end =
        is_last ? length : number_at(gazetteer->blocks, 4 * block + 4, 4);
    if (begin <= end && end <= length) {
        cursor.at = (size_t)begin;
        cursor.end = (size_t)end;
    }
    return cursor;
}

static int compare(struct slice a, struct slice b)
{
    const size_t shorter = a.length < b.length ? a.length : b.length;
    const int order = memcmp(a.data, b.data, shorter);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static struct slice cursor_key(const struct cursor *cursor)
{
    return (struct slice){cursor->key, cursor->length};
}

/* The last block whose first key is not behind `key`, or the first. */
static size_t block_of(const struct gazetteer *gazetteer, struct slice key)
{
    size_t low = 0;
    size_t high = gazetteer->block_count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        struct cursor cursor = cursor_at(gazetteer, middle);
        if (cursor_next(gazetteer, &cursor) &&
            compare(cursor_key(&cursor), key) <= 0)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static struct meaning meaning_at(const struct gazetteer *gazetteer, size_t at)
{
    enum { RELATION_SHIFT = 20 };
    const uint32_t number = (uint32_t)number_at(gazetteer->keys, at, 3);
    const uint32_t relation = number >> RELATION_SHIFT;
    return (struct meaning){number & ((UINT32_C(1) << RELATION_SHIFT) - 1),
                            relation <= NAME_IS_BEHIND_COMMA
                                ? (enum name_relation)relation
                                : NAME_IS_ANOTHER};
}

size_t gazetteer_find(const struct gazetteer *gazetteer, struct slice key,
                      struct meaning *meanings, size_t most)
{
    struct cursor cursor = cursor_at(gazetteer, block_of(gazetteer, key));
    size_t found = 0;
    while (cursor_next(gazetteer, &cursor)) {
        const int order = compare(cursor_key(&cursor), key);
        if (order > 0)
            break;
        if (order < 0)
            continue;
        for (size_t i = 0; i < cursor.count && found < most; i++) {
            const struct meaning meaning =
                meaning_at(gazetteer, cursor.meanings + 3 * i);
            if (meaning.place < gazetteer->place_count)
                meanings[found++] = meaning;
        }
        break;
    }
    return found;
}

void gazetteer_walk(const struct gazetteer *gazetteer, struct slice prefix,
                    bool (*each)(void *context, struct slice key),
                    void *context)
{
    for (size_t block = block_of(gazetteer, prefix);
         block < gazetteer->block_count; block++) {
        struct cursor cursor = cursor_at(gazetteer, block);
        while (cursor_next(gazetteer, &cursor)) {
            const struct slice key = cursor_key(&cursor);
            const bool is_there =
                key.length >= prefix.length &&
                memcmp(key.data, prefix.data, prefix.length) == 0;
            if (is_there ? !each(context, key) : compare(key, prefix) > 0)
                return;
        }
    }
}

/* What gazetteer_find_slip has seen so far. */
struct slip {
    struct slice key;
    char *found;
    size_t length;
    unsigned count;
};

/* Whether two words are one slip apart: what is left when the same beginning
 * and end are taken off says so. */
static bool is_one_slip(struct slice a, struct slice b)
{
    size_t begin = 0;
    size_t end = 0;
    const size_t shorter = a.length < b.length ? a.length : b.length;
    while (begin < shorter && a.data[begin] == b.data[begin])
        begin++;
    while (end < shorter - begin &&
           a.data[a.length - 1 - end] == b.data[b.length - 1 - end])
        end++;
    const size_t left = a.length - begin - end;
    const size_t right = b.length - begin - end;
    return (left <= 1 && right <= 1 && left + right > 0) ||
           (left == 2 && right == 2 && a.data[begin] == b.data[begin + 1] &&
            a.data[begin + 1] == b.data[begin]);
}

static bool look_for_slip(void *context, struct slice key)
{
    struct slip *slip = context;
    if (!is_one_slip(slip->key, key))
        return true;
    slip->count++;
    memcpy(slip->found, key.data, key.length);
    slip->length = key.length;
    return slip->count == 1;
}

bool gazetteer_find_slip(const struct gazetteer *gazetteer, struct slice key,
                         char found[FOLD_SIZE], size_t *length)
{
    enum { SAME_LETTERS = 3, LETTERS_LEAST = 6 };
    struct slip slip = {.key = key, .found = found};
    if (key.length < LETTERS_LEAST)
        return false;
    gazetteer_walk(gazetteer, (struct slice){key.data, SAME_LETTERS},
                   look_for_slip, &slip);
    *length = slip.length;
    return slip.count == 1;
}
