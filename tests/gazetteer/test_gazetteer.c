/*
 * test_gazetteer.c - what is no whole, unaltered gazetteer is refused, and
 * says why; what is one gives the places of a name.
 */
#include "test.h"

#include "fold.h"
#include "small_gazetteer.h"

struct fixture {
    struct slice bytes;
    struct gazetteer *gazetteer;
};

static struct fixture open_small(void)
{
    struct error error = {0};
    struct fixture small = {.bytes = small_gazetteer()};
    small.gazetteer = gazetteer_read(small.bytes, &error);
    if (small.gazetteer == NULL)
        fail_msg("%s", error.text);
    return small;
}

static void close_small(struct fixture *small)
{
    gazetteer_close(small->gazetteer);
    free((char *)(uintptr_t)small->bytes.data);
}

static void refused_as(struct slice bytes, const char *words)
{
    struct error error = {0};
    assert_null(gazetteer_read(bytes, &error));
    assert_error(error, ERROR_CORRUPT, words);
}

static void a_missing_file_is_not_found(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(gazetteer_open("tests/gazetteer/none", &error));
    assert_error(error, ERROR_NOT_FOUND,
                 "cannot open: No such file or directory");
}

static void a_file_of_another_kind_is_refused(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(gazetteer_open("tests/gazetteer/meson.build", &error));
    assert_error(error, ERROR_CORRUPT, "not a gazetteer of madai");
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    (void)state;
    struct slice whole = small_gazetteer();
    for (size_t length = 0; length < whole.length; length++) {
        struct error error = {0};
        assert_null(gazetteer_read((struct slice){whole.data, length}, &error));
        assert_int_equal(error.kind, ERROR_CORRUPT);
    }
    free((char *)(uintptr_t)whole.data);
}

static void a_file_altered_by_one_bit_is_refused(void **state)
{
    (void)state;
    struct slice whole = small_gazetteer();
    char *bytes = (char *)(uintptr_t)whole.data;
    for (size_t at = 0; at < whole.length; at++) {
        struct error error = {0};
        bytes[at] = (char)(bytes[at] ^ 1 << at % 8);
        assert_null(gazetteer_read(whole, &error));
        assert_int_equal(error.kind, ERROR_CORRUPT);
        bytes[at] = (char)(bytes[at] ^ 1 << at % 8);
    }
    bytes[100] ^= 1;
    refused_as(whole, "the checksum is wrong: the file was altered or did not "
                      "arrive whole");
    free(bytes);
}

static void a_head_that_says_too_much_is_refused(void **state)
{
    (void)state;
    struct slice whole = small_gazetteer();
    char *bytes = (char *)(uintptr_t)whole.data;
    bytes[8] = 2;
    small_gazetteer_seal(whole);
    refused_as(whole, "format version 2, where this madai reads 1");
    bytes[8] = 1;
    for (size_t at = 12; at < 36; at += 4) {
        if (at == 20) /* how many names there are is for people */
            continue;
        const char was = bytes[at + 3];
        bytes[at + 3] = 0x7F;
        small_gazetteer_seal(whole);
        refused_as(whole, "a section is longer than the file");
        bytes[at + 3] = was;
    }
    bytes[12]--;
    small_gazetteer_seal(whole);
    refused_as(whole, "bytes that belong to no section");
    free(bytes);
}

static void a_name_gives_its_places(void **state)
{
    (void)state;
    struct fixture small = open_small();
    struct meaning meanings[4];
    struct gazetteer_place place;
    char words[GAZETTEER_REFERENCE_SIZE];
    assert_int_equal(gazetteer_count(small.gazetteer), 18);
    assert_int_equal(strlen(gazetteer_checksum(small.gazetteer)), 64);
    assert_int_equal(
        gazetteer_find(small.gazetteer, slice_of("paris"), meanings, 4), 2);
    assert_int_equal(
        gazetteer_find(small.gazetteer, slice_of("paris"), meanings, 1), 1);
    assert_true(gazetteer_place_at(small.gazetteer, meanings[0].place, &place));
    assert_true(slice_equals(place.name, slice_of("Paris")));
    assert_int_equal(place.kind, PLACE_CITY);
    assert_true(place.has_point && place.lat == 488534 && place.lon == 23488);
    gazetteer_reference(small.gazetteer, &place, words);
    assert_string_equal(words, "geonames:1008");
    assert_true(gazetteer_place_at(small.gazetteer, place.within, &place));
    assert_true(slice_equals(place.name, slice_of("France")));
    assert_int_equal(place.within, GAZETTEER_NONE);
    gazetteer_reference(small.gazetteer, &place, words);
    assert_string_equal(words, "madai:France");
    assert_false(gazetteer_place_at(small.gazetteer, 18, &place));
    assert_true(gazetteer_place_at(small.gazetteer, 16, &place));
    assert_false(place.has_point);
    close_small(&small);
}

static void names_that_are_not_there_have_no_places(void **state)
{
    (void)state;
    static const char *const names[] = {
        "", "a", "nak", "nakuruu", "zzz", "unitedstates", "pariss"};
    struct fixture small = open_small();
    struct meaning meaning;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(
            gazetteer_find(small.gazetteer, slice_of(names[i]), &meaning, 1),
            0);
    close_small(&small);
}

static void one_slip_of_spelling_is_found_where_it_is_the_only_one(void **state)
{
    (void)state;
    struct fixture small = open_small();
    char found[FOLD_SIZE];
    size_t length;
    static const char *const slips[] = {"tbilsi", "tbillisi", "tbilizi",
                                        "tbiilsi"};
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        assert_true(gazetteer_find_slip(small.gazetteer, slice_of(slips[i]),
                                        found, &length));
        assert_true(
            slice_equals((struct slice){found, length}, slice_of("tbilisi")));
    }
    /* Two slips; another beginning; too short; two names that it may be. */
    static const char *const others[] = {"tbelizi", "dbilisi", "kemya",
                                         "nakurux"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(gazetteer_find_slip(small.gazetteer, slice_of(others[i]),
                                         found, &length));
    close_small(&small);
}

static bool join(void *context, struct slice key)
{
    char *words = context;
    memcpy(words + strlen(words), key.data, key.length);
    return true;
}

static void names_with_a_beginning_come_in_order(void **state)
{
    (void)state;
    struct fixture small = open_small();
    char words[128] = "";
    gazetteer_walk(small.gazetteer, slice_of("naku"), join, words);
    assert_string_equal(words, "nakurunakuru countynakurut");
    close_small(&small);
}

static void folds_to(const char *name, const char *key)
{
    char folded[FOLD_SIZE];
    const size_t length = name_fold(slice_of(name), folded);
    assert_true(slice_equals((struct slice){folded, length}, slice_of(key)));
}

static void names_fold_to_plain_letters(void **state)
{
    (void)state;
    folds_to("NAKURU", "nakuru");
    folds_to("Trans-Nzoia", "trans nzoia");
    folds_to("Murang’a", "muranga");
    folds_to("W.Va.", "wva");
    folds_to("Saint-Étienne", "st etienne");
    folds_to("São Tomé & Príncipe", "sao tome principe");
    folds_to("Łódź", "lodz");
    folds_to("Fort  St. John", "ft st john");
    folds_to("Straße", "strasse");
    folds_to("", "");
    folds_to("—", "");
    folds_to("Москва", "");
    folds_to("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and "
             "more",
             "");
}

static void the_gazetteer_that_is_shipped_knows_kenya(void **state)
{
    (void)state;
    struct error error = {0};
    struct gazetteer *shipped = gazetteer_open("model/madai.gazetteer", &error);
    struct meaning meanings[8];
    struct gazetteer_place place;
    if (shipped == NULL)
        fail_msg("%s", error.text);
    assert_true(gazetteer_count(shipped) > 200000);
    assert_int_equal(
        gazetteer_find(shipped, slice_of("embakasi south"), meanings, 8), 1);
    assert_true(gazetteer_place_at(shipped, meanings[0].place, &place));
    assert_int_equal(place.kind, PLACE_CONSTITUENCY);
    assert_true(gazetteer_place_at(shipped, place.within, &place));
    assert_true(slice_equals(place.name, slice_of("Nairobi County")));
    gazetteer_close(shipped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_file_is_not_found),
        cmocka_unit_test(a_file_of_another_kind_is_refused),
        cmocka_unit_test(a_file_cut_anywhere_is_refused),
        cmocka_unit_test(a_file_altered_by_one_bit_is_refused),
        cmocka_unit_test(a_head_that_says_too_much_is_refused),
        cmocka_unit_test(a_name_gives_its_places),
        cmocka_unit_test(names_that_are_not_there_have_no_places),
        cmocka_unit_test(
            one_slip_of_spelling_is_found_where_it_is_the_only_one),
        cmocka_unit_test(names_with_a_beginning_come_in_order),
        cmocka_unit_test(names_fold_to_plain_letters),
        cmocka_unit_test(the_gazetteer_that_is_shipped_knows_kenya),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
