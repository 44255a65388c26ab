/*
 * small_gazetteer.c - see small_gazetteer.h.
 */
#include "small_gazetteer.h"

#include <assert.h>

#include <openssl/sha.h>

enum { ROOM = 1 << 16, BLOCK = 16, NOWHERE = 0xFFFFFF, NO_POINT = 0x800000 };

static const struct {
    const char *name;
    enum place_kind kind;
    uint32_t within;
    int32_t lat, lon; /* ten-thousandths */
    uint8_t size, source;
} places[] = {
    {"Kenya", PLACE_COUNTRY, NOWHERE, 10000, 380000, 0, 0},           /* 0 */
    {"Nairobi County", PLACE_COUNTY, 0, -12800, 368600, 0, 3},        /* 1 */
    {"Embakasi South", PLACE_CONSTITUENCY, 1, -13200, 368900, 0, 4},  /* 2 */
    {"Pipeline", PLACE_WARD, 2, -13130, 368910, 0, 5},                /* 3 */
    {"Nairobi", PLACE_CITY, 1, -12833, 368167, 86, 1},                /* 4 */
    {"Nakuru County", PLACE_COUNTY, 0, -5000, 360000, 0, 3},          /* 5 */
    {"Nakuru", PLACE_CITY, 5, -3072, 360722, 72, 1},                  /* 6 */
    {"France", PLACE_COUNTRY, NOWHERE, 460000, 20000, 0, 0},          /* 7 */
    {"Paris", PLACE_CITY, 7, 488534, 23488, 85, 1},                   /* 8 */
    {"United States", PLACE_COUNTRY, NOWHERE, 398000, -989000, 0, 0}, /* 9 */
    {"Texas", PLACE_STATE, 9, 313000, -993000, 0, 2},                 /* 10 */
    {"Paris", PLACE_TOWN, 10, 336609, -955555, 58, 1},                /* 11 */
    {"Georgia", PLACE_COUNTRY, NOWHERE, 420000, 435000, 0, 0},        /* 12 */
    {"Georgia", PLACE_STATE, 9, 328000, -835000, 0, 2},               /* 13 */
    {"Atlanta", PLACE_CITY, 13, 337490, -843880, 75, 1},              /* 14 */
    {"Tbilisi", PLACE_CITY, 12, 416941, 448337, 80, 1},               /* 15 */
    {"Kondele", PLACE_AREA, 0, NO_POINT, NO_POINT, 0, 6},             /* 16 */
    {"Kisumu", PLACE_CITY, 0, -1022, 347617, 74, 1},                  /* 17 */
};

/* In order, as the file has them. */
static const struct {
    const char *key;
    enum name_relation relation;
    uint32_t meanings[2];
    uint8_t count;
} keys[] = {
    {"atlanta", NAME_IS_OWN, {14}, 1},
    {"embakasi south", NAME_IS_OWN, {2}, 1},
    {"france", NAME_IS_OWN, {7}, 1},
    {"georgia", NAME_IS_OWN, {12, 13}, 2},
    {"kenya", NAME_IS_OWN, {0}, 1},
    {"kenyan", NAME_IS_ADJECTIVE, {0}, 1},
    {"kisumu", NAME_IS_OWN, {17}, 1},
    {"kondele", NAME_IS_OWN, {16}, 1},
    {"nairobi", NAME_IS_OWN, {4}, 1},
    {"nairobi county", NAME_IS_OWN, {1}, 1},
    {"nakuru", NAME_IS_OWN, {6}, 1},
    {"nakuru county", NAME_IS_OWN, {5}, 1},
    {"nakurut", NAME_IS_OWN, {5}, 1},
    {"paris", NAME_IS_OWN, {8, 11}, 2},
    {"pipeline", NAME_IS_OWN, {3}, 1},
    {"tbilisi", NAME_IS_OWN, {15}, 1},
    {"texas", NAME_IS_OWN, {10}, 1},
    {"tx", NAME_IS_BEHIND_COMMA, {10}, 1},
    {"united states", NAME_IS_OWN, {9}, 1},
};
enum {
    PLACES = sizeof places / sizeof *places,
    KEYS = sizeof keys / sizeof *keys,
};

struct maker {
    unsigned char bytes[ROOM];
    size_t length;
};

static void put(struct maker *maker, uint64_t number, size_t size)
{
    for (size_t i = 0; i < size; i++)
        maker->bytes[maker->length++] = (unsigned char)(number >> (8 * i));
}

static void put_words(struct maker *maker, const char *words, size_t length)
{
    memcpy(maker->bytes + maker->length, words, length);
    maker->length += length;
}

static void put_places(struct maker *maker)
{
    size_t name = 0;
    for (size_t i = 0; i < PLACES; i++) {
        put(maker, (uint32_t)places[i].lat, 3);
        put(maker, (uint32_t)places[i].lon, 3);
        put(maker, places[i].within, 3);
        put(maker, places[i].kind, 1);
        put(maker, places[i].size, 1);
        put(maker, places[i].source, 1);
        put(maker, name, 3);
        put(maker, 0, 1);
        put(maker, places[i].source == 1 ? 1000 + i : name, 4);
        name += 1 + strlen(places[i].name);
    }
}

/* The keys into `out`, and where each block begins. */
static size_t put_keys(struct maker *out, uint32_t *blocks)
{
    size_t count = 0;
    for (size_t i = 0; i < KEYS; i++) {
        size_t shared = 0;
        if (i % BLOCK == 0)
            blocks[count++] = (uint32_t)out->length;
        else
            while (keys[i].key[shared] != '\0' &&
                   keys[i].key[shared] == keys[i - 1].key[shared])
                shared++;
        put(out, shared, 1);
        put(out, strlen(keys[i].key) - shared, 1);
        put_words(out, keys[i].key + shared, strlen(keys[i].key) - shared);
        put(out, keys[i].count, 1);
        for (size_t j = 0; j < keys[i].count; j++)
            put(out, (uint32_t)keys[i].relation << 20 | keys[i].meanings[j], 3);
    }
    return count;
}

void small_gazetteer_seal(struct slice bytes)
{
    unsigned char *at = (unsigned char *)(uintptr_t)bytes.data;
    for (size_t i = 0; i < 8; i++)
        at[36 + i] = (unsigned char)(bytes.length >> (8 * i));
    SHA256(at, bytes.length - SHA256_DIGEST_LENGTH,
           at + bytes.length - SHA256_DIGEST_LENGTH);
}

struct slice small_gazetteer(void)
{
    static const char about[] = "made up for tests\n";
    struct maker *maker = calloc(1, sizeof *maker);
    struct maker *index = calloc(1, sizeof *index);
    uint32_t blocks[KEYS];
    assert(maker != NULL && index != NULL);
    const size_t block_count = put_keys(index, blocks);
    size_t names = 0;
    for (size_t i = 0; i < PLACES; i++)
        names += 1 + strlen(places[i].name);
    put_words(maker, "madai.g\n", 8);
    put(maker, 1, 4);
    put(maker, sizeof about - 1, 4);
    put(maker, PLACES, 4);
    put(maker, KEYS, 4);
    put(maker, block_count, 4);
    put(maker, names, 4);
    put(maker, index->length, 4);
    maker->length = 64;
    put_words(maker, about, sizeof about - 1);
    put_places(maker);
    for (size_t i = 0; i < block_count; i++)
        put(maker, blocks[i], 4);
    for (size_t i = 0; i < PLACES; i++) {
        put(maker, strlen(places[i].name), 1);
        put_words(maker, places[i].name, strlen(places[i].name));
    }
    put_words(maker, (const char *)index->bytes, index->length);
    maker->length += SHA256_DIGEST_LENGTH;
    free(index);
    char *bytes = malloc(maker->length);
    assert(bytes != NULL);
    memcpy(bytes, maker->bytes, maker->length);
    const struct slice made = {bytes, maker->length};
    free(maker);
    small_gazetteer_seal(made);
    return made;
}
