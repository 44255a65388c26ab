/*
 * signing_key.c - a seed of 32 bytes, and the two ways to keep it: sealed
 * under a passphrase, printed on paper.
 */
#include "signing_key.h"

#include <assert.h>
#include <sodium.h>

#include "lines.h"

#define PASSES_MAX 64
#define MEMORY_MAX ((uint64_t)4 << 30)
#define BOX_SIZE                                                               \
    (SIGNING_KEY_SEED_SIZE + crypto_aead_xchacha20poly1305_ietf_ABYTES)

_Static_assert(crypto_sign_SEEDBYTES == SIGNING_KEY_SEED_SIZE, "Ed25519");
_Static_assert(crypto_pwhash_argon2id_MEMLIMIT_MIN == 8192,
               "as the header says");

const struct sealing_cost sealing_cost_usual = {3, (uint64_t)256 << 20};

bool signing_key_from_seed(const char *name,
                           const uint8_t seed[SIGNING_KEY_SEED_SIZE],
                           struct signing_key *key, struct error *error)
{
    if (!note_name_is_valid(slice_of(name)))
        return error_set(error, ERROR_USAGE, "'%.40s' is no name for a key",
                         name);
    *key = (struct signing_key){0};
    memcpy(key->key.name, name, strlen(name));
    crypto_sign_seed_keypair(key->key.public_key, key->secret, seed);
    return true;
}

bool signing_key_new(const char *name, struct signing_key *key,
                     struct error *error)
{
    uint8_t seed[SIGNING_KEY_SEED_SIZE];
    randombytes_buf(seed, sizeof seed);
    bool is_made = signing_key_from_seed(name, seed, key, error);
    sodium_memzero(seed, sizeof seed);
    return is_made;
}

void signing_key_close(struct signing_key *key)
{
    sodium_memzero(key, sizeof *key);
}

/* What stands in a sealed key. */
struct sealed {
    struct note_key key;
    struct sealing_cost cost;
    uint8_t salt[crypto_pwhash_argon2id_SALTBYTES];
    uint8_t nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
    uint8_t box[BOX_SIZE];
};

/* All lines but the last, which vouches for them. */
static size_t write_head(const struct sealed *sealed,
                         char text[SEALED_KEY_SIZE])
{
    char key[NOTE_KEY_TEXT_SIZE];
    char salt[sodium_base64_ENCODED_LEN(sizeof sealed->salt,
                                        sodium_base64_VARIANT_ORIGINAL)];
    char nonce[sodium_base64_ENCODED_LEN(sizeof sealed->nonce,
                                         sodium_base64_VARIANT_ORIGINAL)];
    note_key_write(&sealed->key, key);
    sodium_bin2base64(salt, sizeof salt, sealed->salt, sizeof sealed->salt,
                      sodium_base64_VARIANT_ORIGINAL);
    sodium_bin2base64(nonce, sizeof nonce, sealed->nonce, sizeof sealed->nonce,
                      sodium_base64_VARIANT_ORIGINAL);
    int length = snprintf(text, SEALED_KEY_SIZE,
                          "madai/sealed-key/v1\nkey %s\nargon2id %ju %ju\n"
                          "salt %s\nnonce %s\n",
                          key, (uintmax_t)sealed->cost.passes,
                          (uintmax_t)sealed->cost.memory, salt, nonce);
    assert(length > 0 && length < SEALED_KEY_SIZE);
    return (size_t)length;
}

/* The key of the box. */
static bool stretch(const struct sealed *sealed, struct slice passphrase,
                    uint8_t key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES],
                    struct error *error)
{
    int started = sodium_init();
    assert(started >= 0);
    return crypto_pwhash_argon2id(
               key, crypto_aead_xchacha20poly1305_ietf_KEYBYTES,
               passphrase.data, passphrase.length, sealed->salt,
               sealed->cost.passes, (size_t)sealed->cost.memory,
               crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0 ||
           error_set(error, ERROR_LIMIT,
                     "no memory to open or seal the key (%ju MiB)",
                     (uintmax_t)sealed->cost.memory >> 20);
}

static bool cost_is_bearable(struct sealing_cost cost)
{
    return cost.passes >= 1 && cost.passes <= PASSES_MAX &&
           cost.memory >= crypto_pwhash_argon2id_MEMLIMIT_MIN &&
           cost.memory <= MEMORY_MAX;
}

bool signing_key_seal(const struct signing_key *key, struct slice passphrase,
                      struct sealing_cost cost, char text[SEALED_KEY_SIZE],
                      struct error *error)
{
    struct sealed sealed = {.key = key->key, .cost = cost};
    uint8_t box_key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    char box[sodium_base64_ENCODED_LEN(BOX_SIZE,
                                       sodium_base64_VARIANT_ORIGINAL)];
    if (passphrase.length == 0)
        return error_set(error, ERROR_USAGE,
                         "an empty passphrase seals nothing");
    if (!cost_is_bearable(cost))
        return error_set(error, ERROR_USAGE, "no such cost of a passphrase");
    randombytes_buf(sealed.salt, sizeof sealed.salt);
    randombytes_buf(sealed.nonce, sizeof sealed.nonce);
    if (!stretch(&sealed, passphrase, box_key, error))
        return false;
    size_t head = write_head(&sealed, text);
    /* libsodium keeps the seed in the first half of the secret. */
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed.box, NULL, key->secret, SIGNING_KEY_SEED_SIZE,
        (const unsigned char *)text, head, NULL, sealed.nonce, box_key);
    sodium_memzero(box_key, sizeof box_key);
    sodium_bin2base64(box, sizeof box, sealed.box, sizeof sealed.box,
                      sodium_base64_VARIANT_ORIGINAL);
    int more =
        snprintf(text + head, SEALED_KEY_SIZE - head, "sealed %s\n", box);
    assert(more > 0 && (size_t)more < SEALED_KEY_SIZE - head);
    return true;
}

static bool cost_read(struct slice text, struct sealing_cost *cost)
{
    uint64_t passes;
    const char *blank =
        text.length == 0 ? NULL : memchr(text.data, ' ', text.length);
    if (blank == NULL)
        return false;
    size_t first = (size_t)(blank - text.data);
    if (!decimal_read((struct slice){text.data, first}, &passes) ||
        !decimal_read((struct slice){blank + 1, text.length - first - 1},
                      &cost->memory) ||
        passes > PASSES_MAX)
        return false;
    cost->passes = (uint32_t)passes;
    return cost_is_bearable(*cost);
}

/* `head` is how many bytes stand before the last line. */
static bool sealed_read(struct slice text, struct sealed *sealed, size_t *head,
                        struct error *error)
{
    struct slice rest = text, line, key, cost, salt, nonce, box;
    struct error ignored;
    if (!line_take(&rest, "madai/sealed-key/v1", &line) || line.length > 0 ||
        !line_take(&rest, "key ", &key) ||
        !note_key_read(key, &sealed->key, &ignored) ||
        !line_take(&rest, "argon2id ", &cost) ||
        !cost_read(cost, &sealed->cost) || !line_take(&rest, "salt ", &salt) ||
        !base64_read(salt, sealed->salt, sizeof sealed->salt) ||
        !line_take(&rest, "nonce ", &nonce) ||
        !base64_read(nonce, sealed->nonce, sizeof sealed->nonce))
        return error_set(error, ERROR_CORRUPT, "not a sealed key");
    *head = text.length - rest.length;
    return (line_take(&rest, "sealed ", &box) &&
            base64_read(box, sealed->box, sizeof sealed->box) &&
            rest.length == 0) ||
           error_set(error, ERROR_CORRUPT, "the sealed key is not whole");
}

bool sealed_key_public(struct slice text, struct note_key *key,
                       struct error *error)
{
    struct sealed sealed;
    size_t head;
    if (!sealed_read(text, &sealed, &head, error))
        return false;
    *key = sealed.key;
    return true;
}

/* The key whose seed this is must be the one the text names. */
static bool unseal(const struct sealed *sealed, const uint8_t *seed,
                   struct signing_key *key, struct error *error)
{
    struct signing_key opened;
    bool is_same =
        signing_key_from_seed(sealed->key.name, seed, &opened, error);
    assert(is_same); /* the name was read by note_key_read */
    is_same = memcmp(opened.key.public_key, sealed->key.public_key,
                     sizeof opened.key.public_key) == 0;
    if (is_same)
        *key = opened;
    signing_key_close(&opened);
    return is_same || error_set(error, ERROR_CORRUPT,
                                "the sealed key holds another key's secret");
}

bool signing_key_open(struct slice text, struct slice passphrase,
                      struct signing_key *key, struct error *error)
{
    struct sealed sealed;
    size_t head;
    uint8_t box_key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    uint8_t seed[SIGNING_KEY_SEED_SIZE];
    if (!sealed_read(text, &sealed, &head, error) ||
        !stretch(&sealed, passphrase, box_key, error))
        return false;
    bool is_open =
        crypto_aead_xchacha20poly1305_ietf_decrypt(
            seed, NULL, NULL, sealed.box, sizeof sealed.box,
            (const unsigned char *)text.data, head, sealed.nonce, box_key) == 0;
    sodium_memzero(box_key, sizeof box_key);
    if (!is_open)
        return error_set(error, ERROR_USAGE,
                         "the passphrase does not open the key");
    is_open = unseal(&sealed, seed, key, error);
    sodium_memzero(seed, sizeof seed);
    return is_open;
}
