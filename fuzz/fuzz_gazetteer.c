/*
 * fuzz_gazetteer.c - gazetteers that somebody altered on purpose: refused, or
 * read and asked for places without harm.
 *
 * The input says what is altered in the small gazetteer of the tests: records
 * of three bytes, a place (two of them, the low byte first) and the new byte.
 * Length and checksum are made right, else nothing would be reached behind
 * them.
 */
#include <assert.h>

#include "fold.h"
#include "fuzz.h"
#include "place_words.h"
#include "small_gazetteer.h"

static bool count_key(void *context, struct slice key)
{
    size_t *count = context;
    assert(key.length < FOLD_SIZE);
    return ++*count < 1000;
}

static void ask(const struct gazetteer *gazetteer)
{
    static const char *const names[] = {"paris",    "nakurux", "kenyan",
                                        "tbillisi", "zzzzzz",  ""};
    struct meaning meanings[PLACE_MEANINGS_MAX];
    char found[FOLD_SIZE];
    size_t length = 0, count = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert(gazetteer_find(gazetteer, slice_of(names[i]), meanings,
                              PLACE_MEANINGS_MAX) <= PLACE_MEANINGS_MAX);
        (void)!gazetteer_find_slip(gazetteer, slice_of(names[i]), found,
                                   &length);
    }
    gazetteer_walk(gazetteer, slice_of(""), count_key, &count);
}

static void resolve(const struct gazetteer *gazetteer)
{
    struct error error = {0};
    struct text text;
    struct place_list places = {0};
    struct arena *arena = arena_new((size_t)1 << 26);
    const struct slice bytes = slice_of(
        "Paris, Texas, Georgia, Nakuru Hospital in Kisumu and Pipeline town.");
    if (arena == NULL || !text_analyse(bytes, arena, &text, &error))
        abort();
    static const struct place_name names[] = {
        {{0, 1}, NAME_PLACE, 1},  {{2, 3}, NAME_PLACE, 1},
        {{4, 5}, NAME_PLACE, 1},  {{6, 8}, NAME_PLACE, 1},
        {{9, 10}, NAME_PLACE, 1}, {{11, 13}, NAME_ORGANISATION, 1},
    };
    const bool is_done =
        places_resolve(&text, names, sizeof names / sizeof *names, gazetteer,
                       arena, arena, &places, &error);
    assert(is_done);
    for (size_t i = 0; i < places.count; i++) {
        struct slice within[PLACE_WITHIN_MAX];
        char why[PLACE_WHY_SIZE];
        const struct place *place = &places.items[i];
        assert(place_within(gazetteer, place, within) <= PLACE_WITHIN_MAX);
        assert(place_why(gazetteer, place, why).length < PLACE_WHY_SIZE);
        assert(place->confidence >= 0 && place->confidence <= 1);
        (void)place_kind(gazetteer, place);
        (void)place_name(gazetteer, place, bytes);
    }
    arena_release(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct error error = {0};
    const struct slice small = small_gazetteer();
    unsigned char *copy = (unsigned char *)(uintptr_t)small.data;
    for (size_t i = 0; i + 3 <= length; i += 3)
        copy[(bytes[i] | (size_t)bytes[i + 1] << 8) % small.length] =
            bytes[i + 2];
    small_gazetteer_seal(small);
    struct gazetteer *gazetteer = gazetteer_read(small, &error);
    if (gazetteer == NULL) {
        assert(error.kind != ERROR_NONE && error.text[0] != '\0');
    } else {
        ask(gazetteer);
        resolve(gazetteer);
    }
    gazetteer_close(gazetteer);
    free(copy);
    return 0;
}
