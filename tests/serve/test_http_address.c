/*
 * test_http_address.c - addresses are taken apart once and strictly.
 */
#include "test.h"

#include "http_address.h"
#include "utf8.h"

static struct arena *arena;

static int make_arena(void **state)
{
    (void)state;
    arena = arena_new((size_t)1 << 24);
    return arena == NULL;
}

static int release_arena(void **state)
{
    (void)state;
    arena_release(arena);
    return 0;
}

static bool parses(const char *words, struct http_address *address)
{
    struct error error = {0};
    return address_parse(slice_of(words), arena, address, &error);
}

static void an_address_comes_apart(void **state)
{
    (void)state;
    struct http_address address;
    assert_true(parses("/a/b%20c?x=1&y=%C3%A4+z&empty=", &address));
    assert_int_equal(address.piece_count, 2);
    assert_string_equal(address.pieces[1], "b c");
    assert_string_equal(address_value(&address, "y"), "\xC3\xA4 z");
    assert_string_equal(address_value(&address, "empty"), "");
    assert_null(address_value(&address, "none"));
    assert_true(parses("/", &address));
    assert_int_equal(address.piece_count, 0);
    assert_true(parses("/a+b", &address));
    assert_string_equal(address.pieces[0], "a+b");
}

static void what_is_no_address_of_ours_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",          "a",
                                      "http://x/", "//",
                                      "/a//b",     "/a/",
                                      "/.",        "/a/..",
                                      "/%2e%2e",   "/a%2fb",
                                      "/a%5Cb",    "/%",
                                      "/%a",       "/%zz",
                                      "/%00",      "/%0a",
                                      "/a\nb",     "/%ff",
                                      "/%c0%ae",   "/?a=1&a=2",
                                      "/?=1",      "/?&",
                                      "/?a=%",     "/?a=%00",
                                      "/?a=\x7f",  "/1/2/3/4/5/6/7/8/9"};
    struct http_address address;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (parses(bad[i], &address))
            fail_msg("%s", bad[i]);
}

static void numbers_are_digits_within_bounds(void **state)
{
    (void)state;
    struct error error = {0};
    struct http_address address;
    uint64_t number;
    assert_true(parses("/?a=0&b=200&c=201&d=-1&e=&f=1x&g=99999999999999999999",
                       &address));
    assert_true(address_number(&address, "a", 5, 200, &number, &error));
    assert_int_equal(number, 0);
    assert_true(address_number(&address, "b", 5, 200, &number, &error));
    assert_int_equal(number, 200);
    assert_true(address_number(&address, "z", 5, 200, &number, &error));
    assert_int_equal(number, 5);
    for (const char *name = "cdefg"; *name != '\0'; name++) {
        const char word[] = {*name, '\0'};
        assert_false(address_number(&address, word, 5, 200, &number, &error));
    }
    assert_string_equal(error.text, "g takes a number up to 200");
}

static void names_that_nobody_asked_for_are_told(void **state)
{
    (void)state;
    static const char *const names[] = {"a"};
    struct error error = {0};
    struct http_address address;
    assert_true(parses("/?a=1", &address));
    assert_true(address_only(&address, names, 1, &error));
    assert_true(parses("/?b=1", &address));
    assert_false(address_only(&address, names, 1, &error));
    assert_error(error, ERROR_USAGE, "'b' is asked for nowhere");
}

static void any_bytes_are_an_address_or_refused(void **state)
{
    (void)state;
    enum { TRIES = 20000 };
    static const char letters[] = "/?&=%.+20aA\\\0\xff\x01";
    uint64_t seed = 7;
    for (int i = 0; i < TRIES; i++) {
        char bytes[40];
        struct error error = {0};
        struct http_address address;
        size_t length = test_random(&seed) % sizeof bytes;
        bytes[0] = '/';
        for (size_t k = 1; k < length; k++)
            bytes[k] = letters[test_random(&seed) % (sizeof letters - 1)];
        arena_reset(arena);
        if (!address_parse((struct slice){bytes, length}, arena, &address,
                           &error))
            continue;
        for (size_t k = 0; k < address.piece_count; k++) {
            assert_null(strpbrk(address.pieces[k], "/\\"));
            assert_string_not_equal(address.pieces[k], "..");
            assert_int_equal(utf8_count_invalid(slice_of(address.pieces[k])),
                             0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_comes_apart),
        cmocka_unit_test(what_is_no_address_of_ours_is_refused),
        cmocka_unit_test(numbers_are_digits_within_bounds),
        cmocka_unit_test(names_that_nobody_asked_for_are_told),
        cmocka_unit_test(any_bytes_are_an_address_or_refused),
    };
    return cmocka_run_group_tests_name("http address", tests, make_arena,
                                       release_arena);
}
