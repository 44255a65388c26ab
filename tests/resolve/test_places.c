/*
 * test_places.c - which place a name means, by what stands around it. The
 * gazetteer is the small one of the tests; names are marked in brackets,
 * [place], (person) {organisation}.
 */
#include "test.h"

#include "place_words.h"
#include "small_gazetteer.h"

struct resolved {
    struct arena *arena;
    struct slice bytes;
    struct gazetteer *gazetteer;
    struct text text;
    struct place_list places;
    char plain[4096];
};

/* Takes the brackets out; gives the names that were in them. */
static size_t unmark(const char *marked, char *plain, struct span *spans,
                     enum name_type *types)
{
    static const char opens[] = "([{<", closes[] = ")]}>";
    static const enum name_type by_mark[] = {NAME_PERSON, NAME_PLACE,
                                             NAME_ORGANISATION, NAME_OTHER};
    size_t length = 0, count = 0;
    for (; *marked != '\0'; marked++) {
        const char *open = strchr(opens, *marked);
        if (open != NULL) {
            spans[count].begin = (uint32_t)length;
            types[count] = by_mark[open - opens];
        } else if (strchr(closes, *marked) != NULL) {
            spans[count++].end = (uint32_t)length;
        } else {
            plain[length++] = *marked;
        }
    }
    plain[length] = '\0';
    return count;
}

static void resolve(struct resolved *made, const char *marked,
                    bool has_gazetteer)
{
    enum { NAMES = 200 };
    struct error error = {0};
    struct span spans[NAMES];
    enum name_type types[NAMES];
    struct place_name names[NAMES];
    *made = (struct resolved){.arena = arena_new((size_t)1 << 26)};
    assert_non_null(made->arena);
    made->bytes = small_gazetteer();
    made->gazetteer = gazetteer_read(made->bytes, &error);
    assert_non_null(made->gazetteer);
    const size_t count = unmark(marked, made->plain, spans, types);
    assert_true(
        text_analyse(slice_of(made->plain), made->arena, &made->text, &error));
    for (size_t i = 0; i < count; i++)
        names[i] = (struct place_name){text_tokens_in(&made->text, spans[i]),
                                       types[i], 0.9f};
    if (!places_resolve(&made->text, names, count,
                        has_gazetteer ? made->gazetteer : NULL, made->arena,
                        made->arena, &made->places, &error))
        fail_msg("%s", error.text);
}

static void end(struct resolved *made)
{
    gazetteer_close(made->gazetteer);
    free((char *)(uintptr_t)made->bytes.data);
    arena_release(made->arena);
}

/* What each place came to: "Paris<Texas<United States; ..." with "@" before
 * what is only at a place, "?" for what was not placed. */
static void comes_to(const char *marked, const char *wanted)
{
    struct resolved made;
    char words[2048] = "";
    size_t at = 0;
    resolve(&made, marked, true);
    for (size_t i = 0; i < made.places.count; i++) {
        const struct place *place = &made.places.items[i];
        const char *joint = place->is_at ? "@" : "";
        struct gazetteer_place found;
        at += (size_t)snprintf(words + at, sizeof words - at, "%s",
                               i > 0 ? "; " : "");
        if (place->index == GAZETTEER_NONE)
            at += (size_t)snprintf(words + at, sizeof words - at, "?");
        for (uint32_t step = place->index;
             step != GAZETTEER_NONE &&
             gazetteer_place_at(made.gazetteer, step, &found);
             step = found.within) {
            at +=
                (size_t)snprintf(words + at, sizeof words - at, "%s%.*s", joint,
                                 (int)found.name.length, found.name.data);
            joint = "<";
        }
        assert_true(place->confidence >= 0 && place->confidence <= 1);
    }
    assert_string_equal(words, wanted);
    end(&made);
}

static void tells_why(const char *marked, size_t index, const char *wanted)
{
    struct resolved made;
    char words[PLACE_WHY_SIZE];
    resolve(&made, marked, true);
    const struct slice why =
        place_why(made.gazetteer, &made.places.items[index], words);
    assert_true(slice_equals(why, slice_of(wanted)));
    end(&made);
}

static void the_best_known_is_meant_where_nothing_else_is_said(void **state)
{
    (void)state;
    comes_to("They met in [Paris].", "Paris<France");
    tells_why("They met in [Paris].", 0, "the best known place of this name");
    tells_why("They met in [Nakuru].", 0, "the only place of this name");
}

static void what_stands_beside_a_name_says_which_is_meant(void **state)
{
    (void)state;
    comes_to("They met in [Paris], [Texas].",
             "Paris<Texas<United States; Texas<United States");
    comes_to("They met in [Paris, TX].",
             "Paris<Texas<United States; Texas<United States");
    comes_to("[Atlanta], [Georgia], and [Tbilisi] in [Georgia].",
             "Atlanta<Georgia<United States; Georgia<United States; "
             "Tbilisi<Georgia; Georgia");
    tells_why("A fire in [Pipeline] in [Embakasi South].", 0,
              "beside Embakasi South");
}

static void the_documents_other_places_say_which_is_meant(void **state)
{
    (void)state;
    comes_to("From [Atlanta] and [Texas] they came to [Paris], then to the "
             "{Texas Rangers}.",
             "Atlanta<Georgia<United States; Texas<United States; "
             "Paris<Texas<United States");
}

static void facilities_are_at_their_town(void **state)
{
    (void)state;
    comes_to("Three were held at [Nakuru Police Station].",
             "@Nakuru<Nakuru County<Kenya");
    comes_to("He was taken to [Moi Road Hospital] in [Kisumu].",
             "@Kisumu<Kenya; Kisumu<Kenya");
    comes_to("At [Moi Market] in the middle of [Kisumu] shots were heard.",
             "@Kisumu<Kenya; Kisumu<Kenya");
    comes_to("At [Moi Market] shots were heard.", "?");
    comes_to("On [Nairobi Road] shots were heard.", "?");
    tells_why("Three were held at [Nakuru Police Station].", 0,
              "at Nakuru, which its name says");
}

static void what_is_not_known_is_where_the_name_beside_it_says(void **state)
{
    (void)state;
    comes_to("In [Majengo] in [Nakuru] shots were heard.",
             "@Nakuru<Nakuru County<Kenya; Nakuru<Nakuru County<Kenya");
    comes_to("In [Majengo] shots were heard.", "?");
}

static void parts_and_kinds_and_slips_are_seen_through(void **state)
{
    (void)state;
    comes_to("in [northern Kenya]", "Kenya");
    comes_to("in [Kisumu town] in [Kenya]", "Kisumu<Kenya; Kenya");
    comes_to("in [Tbillisi], [Georgia]", "Tbilisi<Georgia; Georgia");
}

static void a_person_of_the_same_name_keeps_a_name_from_being_placed(void **s)
{
    (void)s;
    comes_to("(Peter Nakuru) spoke. [Nakuru] was glad.", "?");
    comes_to("(Peter Nakuru) spoke in [Nakuru].", "Nakuru<Nakuru County<Kenya");
    tells_why("(Peter Nakuru) spoke. [Nakuru] was glad.", 0,
              "a person here is called so");
}

static void without_a_gazetteer_places_are_found_and_not_known(void **state)
{
    (void)state;
    struct resolved made;
    char words[PLACE_WHY_SIZE];
    int32_t lat, lon;
    resolve(&made, "From [Nakuru], [Kenya], to [Moi Market].", false);
    assert_int_equal(made.places.count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct place *place = &made.places.items[i];
        assert_int_equal(place->index, GAZETTEER_NONE);
        assert_false(place_point(NULL, place, &lat, &lon));
        assert_true(slice_equals(place_why(NULL, place, words),
                                 slice_of("no gazetteer")));
    }
    assert_string_equal(place_kind(NULL, &made.places.items[2]), "market");
    assert_null(place_kind(NULL, &made.places.items[0]));
    end(&made);
}

static void memory_that_runs_out_is_said(void **state)
{
    (void)state;
    static const size_t ceilings[] = {0, 1 << 10, 1 << 16, 140000, 150000};
    struct resolved made;
    resolve(&made, "From [Paris], [Texas], to [Georgia] and {Kisumu Police}.",
            true);
    const struct place_name names[] = {{{1, 2}, NAME_PLACE, 1},
                                       {{3, 4}, NAME_PLACE, 1}};
    for (size_t i = 0; i < sizeof ceilings / sizeof *ceilings; i++) {
        struct error error = {0};
        struct place_list list = {0};
        struct arena *scratch = arena_new(ceilings[i]);
        const bool is_done =
            places_resolve(&made.text, names, 2, made.gazetteer, made.arena,
                           scratch, &list, &error);
        assert_true(is_done || error.kind == ERROR_LIMIT);
        arena_release(scratch);
    }
    end(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_known_is_meant_where_nothing_else_is_said),
        cmocka_unit_test(what_stands_beside_a_name_says_which_is_meant),
        cmocka_unit_test(the_documents_other_places_say_which_is_meant),
        cmocka_unit_test(facilities_are_at_their_town),
        cmocka_unit_test(what_is_not_known_is_where_the_name_beside_it_says),
        cmocka_unit_test(parts_and_kinds_and_slips_are_seen_through),
        cmocka_unit_test(
            a_person_of_the_same_name_keeps_a_name_from_being_placed),
        cmocka_unit_test(without_a_gazetteer_places_are_found_and_not_known),
        cmocka_unit_test(memory_that_runs_out_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
