/*
 * sha256.c - SHA-256 by libcrypto, which uses the processor's instructions.
 */
#include "sha256.h"

#include <openssl/evp.h>

bool sha256_hex(struct slice bytes, char hex[SHA256_HEX_SIZE],
                struct error *error)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[EVP_MAX_MD_SIZE];
    if (EVP_Digest(bytes.data, bytes.length, digest, NULL, EVP_sha256(),
                   NULL) != 1)
        return error_set(error, ERROR_IO, "libcrypto refuses SHA-256");
    for (size_t i = 0; i < 32; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[64] = '\0';
    return true;
}
