/*
 * sha256.c - SHA-256 by libcrypto, which uses the processor's instructions.
 */
#include "sha256.h"

#include <openssl/evp.h>

/* libcrypto's own context behind a name of ours. */
struct sha256 {
    EVP_MD_CTX *context;
};

static bool refuse(struct error *error)
{
    return error_set(error, ERROR_IO, "libcrypto refuses SHA-256");
}

static void write_hex(const unsigned char *digest, char hex[SHA256_HEX_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < 32; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[64] = '\0';
}

bool sha256_hex(struct slice bytes, char hex[SHA256_HEX_SIZE],
                struct error *error)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    if (EVP_Digest(bytes.data, bytes.length, digest, NULL, EVP_sha256(),
                   NULL) != 1)
        return refuse(error);
    write_hex(digest, hex);
    return true;
}

struct sha256 *sha256_new(struct error *error)
{
    struct sha256 *hash = calloc(1, sizeof *hash);
    if (hash != NULL)
        hash->context = EVP_MD_CTX_new();
    if (hash != NULL && hash->context != NULL &&
        EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) == 1)
        return hash;
    sha256_free(hash);
    refuse(error);
    return NULL;
}

void sha256_free(struct sha256 *hash)
{
    if (hash != NULL)
        EVP_MD_CTX_free(hash->context);
    free(hash);
}

bool sha256_add(struct sha256 *hash, struct slice bytes, struct error *error)
{
    return EVP_DigestUpdate(hash->context, bytes.data, bytes.length) == 1 ||
           refuse(error);
}

bool sha256_end(struct sha256 *hash, char hex[SHA256_HEX_SIZE],
                struct error *error)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    if (EVP_DigestFinal_ex(hash->context, digest, NULL) != 1 ||
        EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) != 1)
        return refuse(error);
    write_hex(digest, hex);
    return true;
}
