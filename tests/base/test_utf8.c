/*
 * test_utf8.c - every code point there and back; all else one byte at a time.
 */
#include "test.h"

#include "utf8.h"

static bool is_scalar(uint32_t code_point)
{
    return code_point <= 0x10FFFF &&
           (code_point < 0xD800 || code_point > 0xDFFF);
}

static void every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t point = 0; point <= 0x10FFFF; point++) {
        if (!is_scalar(point))
            continue;
        char bytes[4];
        struct slice text = {bytes, utf8_encode(point, bytes)};
        struct utf8 unit = utf8_at(text, 0);
        if (unit.code_point != point || unit.length != text.length)
            fail_msg("U+%04X", point);
        struct utf8 back = utf8_before(text, text.length);
        if (back.code_point != point || back.length != text.length)
            fail_msg("U+%04X backwards", point);
    }
}

static void a_code_point_cut_short_is_invalid_bytes(void **state)
{
    (void)state;
    for (uint32_t point = 0x80; point <= 0x10FFFF; point += 61) {
        if (!is_scalar(point))
            continue;
        char bytes[4];
        size_t length = utf8_encode(point, bytes);
        for (size_t kept = 1; kept < length; kept++) {
            struct slice text = {bytes, kept};
            if (utf8_count_invalid(text) != kept || utf8_count(text) != kept)
                fail_msg("U+%04X cut to %zu bytes", point, kept);
        }
    }
}

static void what_is_no_utf8_is_one_byte_each(void **state)
{
    (void)state;
    const char *const examples[] = {
        "\x80",             /* a continuation alone */
        "\xC0\xAF",         /* overlong */
        "\xC1\xBF",         /* overlong */
        "\xE0\x9F\xBF",     /* overlong */
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xED\xA0\x80",     /* first surrogate */
        "\xED\xBF\xBF",     /* last surrogate */
        "\xF4\x90\x80\x80", /* above U+10FFFF */
        "\xF5\x80\x80\x80", /* no lead byte */
        "\xFE\xFF",         /* another encoding's mark */
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct slice text = slice_of(examples[i]);
        assert_int_equal(utf8_count_invalid(text), text.length);
        assert_int_equal(utf8_count(text), text.length);
    }
}

static void reading_on_after_an_invalid_byte_loses_nothing(void **state)
{
    (void)state;
    struct slice text = slice_of("\xE2\x82z\xE2\x82\xAC");
    assert_int_equal(utf8_count_invalid(text), 2);
    assert_int_equal(utf8_count(text), 4);
    assert_int_equal(utf8_at(text, 2).code_point, 'z');
    assert_int_equal(utf8_at(text, 3).code_point, 0x20AC);
}

static void walking_backwards_finds_the_same_units(void **state)
{
    (void)state;
    static const char alphabet[] = "a\x80\xBF\xC3\xA9\xE2\x82\xAC\xED\xF0\x9D";
    uint64_t seed = 2;
    for (int round = 0; round < 20000; round++) {
        char bytes[24];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = alphabet[test_random(&seed) % (sizeof alphabet - 1)];
        struct slice text = {bytes, sizeof bytes};
        for (size_t at = 0; at < text.length;) {
            struct utf8 unit = utf8_at(text, at);
            at += unit.length;
            struct utf8 back = utf8_before(text, at);
            assert_int_equal(back.code_point, unit.code_point);
            assert_int_equal(back.length, unit.length);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_comes_back),
        cmocka_unit_test(a_code_point_cut_short_is_invalid_bytes),
        cmocka_unit_test(what_is_no_utf8_is_one_byte_each),
        cmocka_unit_test(reading_on_after_an_invalid_byte_loses_nothing),
        cmocka_unit_test(walking_backwards_finds_the_same_units),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
