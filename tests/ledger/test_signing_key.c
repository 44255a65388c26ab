/*
 * test_signing_key.c - the secret half: sealed and opened, printed and typed.
 */
#include "test.h"

#include <sodium.h>

#include "recovery_sheet.h"

#define NAME "madai.case/0123"

static const struct sealing_cost cheap = {1, 8192};
static struct signing_key key;
static char sealed[SEALED_KEY_SIZE];
static char sheet[RECOVERY_SHEET_SIZE];

static int make_key(void **state)
{
    (void)state;
    struct error error = {0};
    if (!signing_key_new(NAME, &key, &error) ||
        !signing_key_seal(&key, slice_of("six words"), cheap, sealed, &error))
        return -1;
    recovery_sheet_write(&key, sheet);
    return 0;
}

static void the_passphrase_opens_the_key(void **state)
{
    (void)state;
    struct signing_key opened;
    struct note_key public_half;
    struct error error = {0};
    assert_true(signing_key_open(slice_of(sealed), slice_of("six words"),
                                 &opened, &error));
    assert_memory_equal(&opened, &key, sizeof key);
    assert_true(sealed_key_public(slice_of(sealed), &public_half, &error));
    assert_memory_equal(&public_half, &key.key, sizeof public_half);
    signing_key_close(&opened);
    assert_true(sodium_is_zero((const unsigned char *)&opened, sizeof opened));
}

static void another_passphrase_does_not(void **state)
{
    (void)state;
    struct signing_key opened;
    struct error error = {0};
    assert_false(signing_key_open(slice_of(sealed), slice_of("six word"),
                                  &opened, &error));
    assert_error(error, ERROR_USAGE, "the passphrase does not open the key");
    assert_false(
        signing_key_open(slice_of(sealed), slice_of(""), &opened, &error));
}

static void a_sealed_key_does_not_hold_the_secret_in_the_open(void **state)
{
    (void)state;
    char hex[65], base64[64];
    sodium_bin2hex(hex, sizeof hex, key.secret, 32);
    sodium_bin2base64(base64, sizeof base64, key.secret, 32,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    assert_null(strstr(sealed, hex));
    base64[42] = '\0'; /* the last letter depends on what follows */
    assert_null(strstr(sealed, base64));
    char again[SEALED_KEY_SIZE];
    struct error error = {0};
    assert_true(
        signing_key_seal(&key, slice_of("six words"), cheap, again, &error));
    assert_string_not_equal(again, sealed);
}

/* Every byte, for a bit each: Argon2id makes each try dear, but where the cost
 * itself is changed to more. */
static void no_byte_of_a_sealed_key_can_be_changed(void **state)
{
    (void)state;
    struct signing_key opened;
    char text[SEALED_KEY_SIZE];
    size_t length = strlen(sealed);
    for (size_t i = 0; i < length; i++) {
        struct error error = {0};
        memcpy(text, sealed, length);
        text[i] = (char)(text[i] ^ 1);
        assert_false(signing_key_open((struct slice){text, length},
                                      slice_of("six words"), &opened, &error));
        assert_true(error.kind == ERROR_CORRUPT || error.kind == ERROR_USAGE);
        assert_false(signing_key_open((struct slice){sealed, i},
                                      slice_of("six words"), &opened, &error));
        assert_int_equal(error.kind, ERROR_CORRUPT);
    }
}

static void a_cost_beyond_bounds_is_refused(void **state)
{
    (void)state;
    const struct sealing_cost wrong[] = {
        {0, 8192}, {65, 8192}, {1, 8191}, {1, ((uint64_t)4 << 30) + 1}};
    const char *const texts[] = {"argon2id 65 8192", "argon2id 1 99999999999",
                                 "argon2id 18192",   "argon2id 01 8192",
                                 "argon2id ",        "argon2id 0 8192",
                                 "argon2id 1 x"};
    char text[SEALED_KEY_SIZE];
    struct error error = {0};
    struct note_key public_half;
    for (size_t i = 0; i < 4; i++) {
        assert_false(
            signing_key_seal(&key, slice_of("x"), wrong[i], text, &error));
        assert_error(error, ERROR_USAGE, "no such cost of a passphrase");
    }
    assert_false(signing_key_seal(&key, slice_of(""), cheap, text, &error));
    assert_error(error, ERROR_USAGE, "an empty passphrase seals nothing");
    const char *place = strstr(sealed, "argon2id ");
    const char *rest = strchr(place, '\n');
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        snprintf(text, sizeof text, "%.*s%s%s", (int)(place - sealed), sealed,
                 texts[i], rest);
        assert_false(sealed_key_public(slice_of(text), &public_half, &error));
        assert_error(error, ERROR_CORRUPT, "not a sealed key");
    }
}

static void a_key_that_names_another_is_refused(void **state)
{
    (void)state;
    struct signing_key mixed = key, opened;
    struct error error = {0};
    char text[SEALED_KEY_SIZE];
    mixed.key.public_key[0] ^= 1;
    assert_true(signing_key_seal(&mixed, slice_of("x"), cheap, text, &error));
    assert_false(
        signing_key_open(slice_of(text), slice_of("x"), &opened, &error));
    assert_error(error, ERROR_CORRUPT,
                 "the sealed key holds another key's secret");
}

static void a_name_with_a_blank_is_no_name_for_a_key(void **state)
{
    (void)state;
    struct signing_key made;
    struct error error = {0};
    char name[NOTE_NAME_SIZE + 1];
    assert_false(signing_key_new("my case", &made, &error));
    assert_error(error, ERROR_USAGE, "'my case' is no name for a key");
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_false(signing_key_new(name, &made, &error));
    name[NOTE_NAME_SIZE - 1] = '\0';
    assert_true(signing_key_new(name, &made, &error));
    assert_true(signing_key_seal(&made, slice_of("x"), cheap, sealed, &error));
    recovery_sheet_write(&made, (char[RECOVERY_SHEET_SIZE]){0});
    make_key(state);
}

static void a_sheet_gives_the_key_back(void **state)
{
    (void)state;
    struct signing_key typed;
    struct error error = {0};
    assert_true(recovery_sheet_read(slice_of(sheet), &typed, &error));
    assert_memory_equal(&typed, &key, sizeof key);
}

/* As a person types it: capitals, other blanks, another machine's line ends,
 * other lines and no line feed at the end. */
static void a_sheet_is_read_as_it_is_typed(void **state)
{
    (void)state;
    char typed[RECOVERY_SHEET_SIZE];
    struct signing_key read;
    struct error error = {0};
    size_t end = 0;
    for (const char *line = strstr(sheet, "\nname ") + 1; line != NULL;) {
        const char *next = strchr(line, '\n');
        bool is_digits = *line >= '1' && *line <= '4';
        typed[end++] = ' ';
        for (; line < next; line++)
            if (!is_digits || *line != ' ' || line[-1] <= '4')
                typed[end++] =
                    (char)(is_digits && *line >= 'a' ? *line - 32 : *line);
        typed[end++] = '\r';
        typed[end++] = '\n';
        line = strncmp(next + 1, "\nF", 2) == 0 ? NULL : next + 1;
    }
    assert_true(
        recovery_sheet_read((struct slice){typed, end - 2}, &read, &error));
    assert_memory_equal(&read, &key, sizeof key);
}

/* Changes one thing on the sheet; what is then said. */
static void expect_slip(const char *line, size_t offset, char instead,
                        const char *told)
{
    char typed[RECOVERY_SHEET_SIZE];
    struct signing_key read;
    struct error error = {0};
    memcpy(typed, sheet, sizeof typed);
    char *place = strstr(typed, line);
    assert_non_null(place);
    place += offset;
    *place = *place == instead ? (char)(instead + 1) : instead;
    assert_false(recovery_sheet_read(slice_of(typed), &read, &error));
    assert_error(error, ERROR_BAD_INPUT, told);
}

static void a_slip_on_the_sheet_is_named(void **state)
{
    (void)state;
    expect_slip("\n2  ", 5, '7', "line 2 is mistyped");
    expect_slip("\n4  ", 25, '7', "line 4 is mistyped");
    expect_slip("\n3  ", 5, 'x', "line 3 should have 20 digits (0-9, a-f)");
    expect_slip("\n3  ", 1, '8', "line 3 is missing");
    expect_slip("\nid ", 5, '7', "the name or the id is mistyped");
    expect_slip("\nid ", 5, 'x', "the id should have 8 digits (0-9, a-f)");
    expect_slip("\nid ", 1, 'x', "the line 'id' is missing");
    expect_slip("\nname ", 8, 'x', "the name or the id is mistyped");
    expect_slip("\nname ", 8, '+', "the name is mistyped");
    expect_slip("\nname ", 1, 'x', "the line 'name' is missing");
    struct signing_key read;
    struct error error = {0};
    assert_false(recovery_sheet_read(
        (struct slice){sheet, RECOVERY_SHEET_MAX + 1}, &read, &error));
    assert_error(error, ERROR_BAD_INPUT, "too long for a sheet");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_passphrase_opens_the_key),
        cmocka_unit_test(another_passphrase_does_not),
        cmocka_unit_test(a_sealed_key_does_not_hold_the_secret_in_the_open),
        cmocka_unit_test(no_byte_of_a_sealed_key_can_be_changed),
        cmocka_unit_test(a_cost_beyond_bounds_is_refused),
        cmocka_unit_test(a_key_that_names_another_is_refused),
        cmocka_unit_test(a_name_with_a_blank_is_no_name_for_a_key),
        cmocka_unit_test(a_sheet_gives_the_key_back),
        cmocka_unit_test(a_sheet_is_read_as_it_is_typed),
        cmocka_unit_test(a_slip_on_the_sheet_is_named),
    };
    return cmocka_run_group_tests_name("signing key", tests, make_key, NULL);
}
