/*
 * test_sha256.c - the examples of FIPS 180-2, appendix B, and of sha256sum.
 */
#include "test.h"

#include <openssl/evp.h>

#include "sha256.h"

static void the_published_examples_hold(void **state)
{
    (void)state;
    const char *const examples[][2] = {
        {"",
         "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc",
         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (size_t i = 0; i < 3; i++) {
        struct error error = {0};
        char hex[SHA256_HEX_SIZE];
        assert_true(sha256_hex(slice_of(examples[i][0]), hex, &error));
        assert_string_equal(hex, examples[i][1]);
    }
}

static void a_machine_that_forbids_the_hash_is_an_error(void **state)
{
    (void)state;
    struct error error = {0};
    char hex[SHA256_HEX_SIZE];
    EVP_set_default_properties(NULL, "provider=none");
    assert_false(sha256_hex(slice_of("abc"), hex, &error));
    assert_error(error, ERROR_IO, "libcrypto refuses SHA-256");
    error = (struct error){0};
    assert_null(sha256_new(&error));
    assert_error(error, ERROR_IO, "libcrypto refuses SHA-256");
    EVP_set_default_properties(NULL, "");
}

static void pieces_give_the_hash_of_the_whole_again_and_again(void **state)
{
    (void)state;
    struct error error = {0};
    char whole[5000], wanted[SHA256_HEX_SIZE], got[SHA256_HEX_SIZE];
    uint64_t seed = 11;
    struct sha256 *hash = sha256_new(&error);
    assert_non_null(hash);
    for (size_t i = 0; i < sizeof whole; i++)
        whole[i] = (char)test_random(&seed);
    for (size_t round = 0; round < 20; round++) {
        size_t length = test_random(&seed) % sizeof whole;
        for (size_t at = 0; at < length;) {
            size_t piece = test_random(&seed) % 700;
            if (piece > length - at)
                piece = length - at;
            assert_true(
                sha256_add(hash, (struct slice){whole + at, piece}, &error));
            at += piece;
        }
        assert_true(sha256_end(hash, got, &error));
        assert_true(sha256_hex((struct slice){whole, length}, wanted, &error));
        assert_string_equal(got, wanted);
    }
    sha256_free(hash);
    sha256_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        /* First, since libcrypto remembers what was once allowed. */
        cmocka_unit_test(a_machine_that_forbids_the_hash_is_an_error),
        cmocka_unit_test(the_published_examples_hold),
        cmocka_unit_test(pieces_give_the_hash_of_the_whole_again_and_again),
    };
    return cmocka_run_group_tests_name("sha256", tests, NULL, NULL);
}
