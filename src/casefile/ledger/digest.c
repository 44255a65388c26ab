/*
 * digest.c - SHA-256 and its text, by libsodium.
 */
#include "digest.h"

#include <sodium.h>

#include "lines.h"

_Static_assert(crypto_hash_sha256_BYTES == DIGEST_SIZE, "SHA-256");
_Static_assert(crypto_auth_hmacsha256_KEYBYTES == DIGEST_SIZE, "HMAC-SHA256");

struct digest digest_of(struct slice bytes)
{
    struct digest digest;
    crypto_hash_sha256(digest.bytes, (const unsigned char *)bytes.data,
                       bytes.length);
    return digest;
}

struct digest digest_keyed(const struct digest *key, struct slice bytes)
{
    struct digest digest;
    crypto_auth_hmacsha256(digest.bytes, (const unsigned char *)bytes.data,
                           bytes.length, key->bytes);
    return digest;
}

struct digest digest_random(void)
{
    struct digest digest;
    randombytes_buf(digest.bytes, sizeof digest.bytes);
    return digest;
}

bool digest_equals(const struct digest *a, const struct digest *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

void digest_to_hex(const struct digest *digest, char hex[DIGEST_HEX_SIZE])
{
    sodium_bin2hex(hex, DIGEST_HEX_SIZE, digest->bytes, sizeof digest->bytes);
}

void digest_to_base64(const struct digest *digest,
                      char text[DIGEST_BASE64_SIZE])
{
    sodium_bin2base64(text, DIGEST_BASE64_SIZE, digest->bytes,
                      sizeof digest->bytes, sodium_base64_VARIANT_ORIGINAL);
}

/* libsodium takes capitals too; one digest shall have one text. */
bool digest_from_hex(struct slice text, struct digest *digest)
{
    size_t length;
    if (text.length != DIGEST_HEX_SIZE - 1)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= 'A' && text.data[i] <= 'F')
            return false;
    return sodium_hex2bin(digest->bytes, sizeof digest->bytes, text.data,
                          text.length, NULL, &length, NULL) == 0 &&
           length == sizeof digest->bytes;
}

bool digest_from_base64(struct slice text, struct digest *digest)
{
    return base64_read(text, digest->bytes, sizeof digest->bytes);
}
