/*
 * test_leaf.c - leaves, digests and the text they are made of.
 */
#include "test.h"

#include "leaf.h"
#include "lines.h"
#include "merkle.h"

static const char body_text[] = "{\"name\":\"letter\"}";
static const char zeros[] =
    "0000000000000000000000000000000000000000000000000000000000000000";

static struct leaf make(struct digest *salt)
{
    struct leaf leaf;
    struct error error = {0};
    struct digest key = {{0}};
    memset(salt->bytes, 7, sizeof salt->bytes);
    assert_true(leaf_make("document", "2024-02-29T23:59:59Z", &key, salt,
                          slice_of(body_text), &leaf, &error));
    return leaf;
}

static void a_leaf_is_five_lines(void **state)
{
    (void)state;
    struct digest salt;
    struct leaf leaf = make(&salt);
    char text[LEAF_TEXT_MAX], right[LEAF_TEXT_MAX], hex[DIGEST_HEX_SIZE];
    digest_to_hex(&leaf.commitment, hex);
    snprintf(right, sizeof right,
             "madai/leaf/v1\nkind document\ntime 2024-02-29T23:59:59Z\n"
             "key %s\ncommitment %s\n",
             zeros, hex);
    assert_int_equal(leaf_write(&leaf, text), strlen(right));
    assert_string_equal(text, right);
    struct digest hash = leaf_hash(&leaf), merkle = merkle_leaf(slice_of(text));
    assert_memory_equal(hash.bytes, merkle.bytes, DIGEST_SIZE);
}

/* RFC 4231, test cases 1 and 2, have shorter keys; HMAC fills keys up with
 * zeros, so they can be given as 32 bytes. */
static void a_commitment_is_hmac(void **state)
{
    (void)state;
    struct digest key = {{0}};
    char hex[DIGEST_HEX_SIZE];
    memset(key.bytes, 0x0b, 20);
    struct digest digest = leaf_commitment(&key, slice_of("Hi There"));
    digest_to_hex(&digest, hex);
    assert_string_equal(
        hex,
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    key = (struct digest){{'J', 'e', 'f', 'e'}};
    digest = leaf_commitment(&key, slice_of("what do ya want for nothing?"));
    digest_to_hex(&digest, hex);
    assert_string_equal(
        hex,
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct digest salt, read_salt;
    struct leaf leaf = make(&salt), read;
    struct error error = {0};
    char text[LEAF_TEXT_MAX];
    size_t length = leaf_write(&leaf, text);
    assert_true(leaf_read((struct slice){text, length}, &read, &error));
    assert_memory_equal(&read, &leaf, sizeof leaf);
    length = leaf_write_opened(&leaf, &salt, text);
    assert_true(leaf_read_opened((struct slice){text, length}, &read,
                                 &read_salt, &error));
    assert_memory_equal(&read, &leaf, sizeof leaf);
    assert_memory_equal(&read_salt, &salt, sizeof salt);
    assert_true(
        leaf_check_body(&read, &read_salt, slice_of(body_text), &error));
    assert_false(leaf_check_body(&read, &read_salt, slice_of("{}"), &error));
    assert_error(error, ERROR_TAMPERED,
                 "the body is not the one that the entry commits to");
}

/* Whatever byte is changed: it is refused, or another leaf that is written
 * back as just that text. */
static void there_is_one_way_to_write_a_leaf(void **state)
{
    (void)state;
    struct digest salt;
    struct leaf leaf = make(&salt), read;
    struct error error = {0};
    char text[LEAF_TEXT_MAX], again[LEAF_TEXT_MAX];
    size_t length = leaf_write_opened(&leaf, &salt, text);
    for (size_t i = 0; i < length; i++)
        for (unsigned bit = 0; bit < 8; bit++) {
            text[i] = (char)(text[i] ^ 1 << bit);
            if (leaf_read_opened((struct slice){text, length}, &read, &salt,
                                 &error)) {
                assert_int_equal(leaf_write_opened(&read, &salt, again),
                                 length);
                assert_memory_equal(again, text, length);
            } else {
                assert_error(error, ERROR_CORRUPT,
                             "not an opened leaf of a ledger");
            }
            text[i] = (char)(text[i] ^ 1 << bit);
        }
    for (size_t cut = 0; cut < length; cut++) {
        assert_false(
            leaf_read_opened((struct slice){text, cut}, &read, &salt, &error));
        bool is_leaf = leaf_read((struct slice){text, cut}, &read, &error);
        assert_int_equal(is_leaf, cut == leaf_write(&leaf, again));
    }
    assert_false(leaf_read((struct slice){NULL, 0}, &read, &error));
    assert_error(error, ERROR_CORRUPT, "not a leaf of a ledger");
}

static void kinds_and_times_are_checked(void **state)
{
    (void)state;
    struct leaf leaf;
    struct error error = {0};
    struct digest nothing = {{0}};
    const char *const no_kinds[] = {
        "",          "-a", "Key", "a b", "abcdefghijklmnopqrstuvwxyzabcdefg",
        "k\xC3\xA9y"};
    const char *const no_times[] = {
        "",
        "2024-02-29T23:59:59",
        "2023-02-29T23:59:59Z",
        "1900-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2024-01-00T00:00:00Z",
        "2024-04-31T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:60Z",
        "2024-01-01 00:00:00Z",
        "20x4-01-01T00:00:00Z",
        "202x-01-01T00:00:00Z",
        "x024-01-01T00:00:00Z",
    };
    for (size_t i = 0; i < sizeof no_kinds / sizeof *no_kinds; i++) {
        assert_false(leaf_make(no_kinds[i], "2024-01-01T00:00:00Z", &nothing,
                               &nothing, slice_of(""), &leaf, &error));
        assert_int_equal(error.kind, ERROR_USAGE);
    }
    for (size_t i = 0; i < sizeof no_times / sizeof *no_times; i++)
        assert_false(leaf_make("key", no_times[i], &nothing, &nothing,
                               slice_of(""), &leaf, &error));
    assert_error(error, ERROR_USAGE,
                 "'x024-01-01T00:00:00Z' is no time of an entry");
    assert_true(leaf_make("a-very-long-kind-of-thirty-two-x",
                          "2000-02-29T00:00:00Z", &nothing, &nothing,
                          slice_of(""), &leaf, &error));
    char text[LEAF_TEXT_MAX];
    leaf_write_opened(&leaf, &nothing, text);
}

static void a_digest_has_one_text_of_each_kind(void **state)
{
    (void)state;
    struct digest digest = digest_of(slice_of("abc")), read;
    char hex[DIGEST_HEX_SIZE], base64[DIGEST_BASE64_SIZE];
    digest_to_hex(&digest, hex);
    digest_to_base64(&digest, base64);
    assert_string_equal(
        hex,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_string_equal(base64, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    assert_true(digest_from_hex(slice_of(hex), &read));
    assert_true(digest_equals(&read, &digest));
    assert_true(digest_from_base64(slice_of(base64), &read));
    assert_true(digest_equals(&read, &digest));
    assert_false(digest_from_base64(
        slice_of("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa1="), &read));
    assert_false(digest_from_base64(
        slice_of("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0"), &read));
    for (unsigned byte = 0; byte < 256; byte++) {
        char kept = base64[0];
        base64[0] = (char)byte;
        char text[2] = {base64[0], '\0'};
        bool is_letter = byte != 0 && strpbrk(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                    "abcdefghijklmnopqrstuvwxyz"
                                                    "0123456789+/") != NULL;
        assert_int_equal(digest_from_base64((struct slice){base64, 44}, &read),
                         is_letter);
        base64[0] = kept;
        kept = hex[0];
        hex[0] = (char)byte;
        bool is_digit = byte != 0 && strpbrk(text, "0123456789abcdef") != NULL;
        assert_int_equal(digest_from_hex((struct slice){hex, 64}, &read),
                         is_digit);
        hex[0] = kept;
    }
    assert_false(digest_from_hex((struct slice){hex, 63}, &read));
}

static void salts_differ(void **state)
{
    (void)state;
    struct digest one = digest_random(), other = digest_random();
    assert_false(digest_equals(&one, &other));
}

static void numbers_have_one_text(void **state)
{
    (void)state;
    uint64_t number = 1;
    assert_true(decimal_read(slice_of("0"), &number));
    assert_int_equal(number, 0);
    assert_true(decimal_read(slice_of("999999999999999999"), &number));
    assert_true(number == UINT64_C(999999999999999999));
    const char *const wrong[] = {"",   "00",  "01", "-1",
                                 "1 ", "1/2", "1:", "1000000000000000000"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(decimal_read(slice_of(wrong[i]), &number));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leaf_is_five_lines),
        cmocka_unit_test(a_commitment_is_hmac),
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(there_is_one_way_to_write_a_leaf),
        cmocka_unit_test(kinds_and_times_are_checked),
        cmocka_unit_test(a_digest_has_one_text_of_each_kind),
        cmocka_unit_test(salts_differ),
        cmocka_unit_test(numbers_have_one_text),
    };
    return cmocka_run_group_tests_name("leaf", tests, NULL, NULL);
}
