/*
 * note.c - signed notes after c2sp.org/signed-note, with Ed25519 alone.
 */
#include "note.h"

#include <assert.h>
#include <sodium.h>

#include "lines.h"
#include "utf8.h"

#define DASH "\xE2\x80\x94 " /* an em dash, and a blank */
#define ED25519 0x01         /* the specification's number for it */
#define ID_SIZE 4
#define SIGNATURE_TEXT_SIZE 93 /* base64 of id and signature, and a NUL */

_Static_assert(crypto_sign_BYTES == NOTE_SIGNATURE_SIZE, "Ed25519");
_Static_assert(crypto_sign_PUBLICKEYBYTES == NOTE_PUBLIC_SIZE, "Ed25519");

bool note_name_is_valid(struct slice name)
{
    if (name.length == 0 || name.length >= NOTE_NAME_SIZE)
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (name.data[i] <= ' ' || name.data[i] > '~' || name.data[i] == '+')
            return false;
    return true;
}

struct digest note_key_fingerprint(const struct note_key *key)
{
    return digest_of(
        (struct slice){(const char *)key->public_key, sizeof key->public_key});
}

/* 0x01 and the public key, as they are hashed and written. */
struct typed_key {
    uint8_t bytes[1 + NOTE_PUBLIC_SIZE];
};

static struct typed_key typed_key_of(const struct note_key *key)
{
    struct typed_key typed = {{ED25519}};
    memcpy(typed.bytes + 1, key->public_key, sizeof key->public_key);
    return typed;
}

static void key_id(const struct note_key *key, uint8_t id[ID_SIZE])
{
    struct digest digest;
    struct typed_key typed = typed_key_of(key);
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const unsigned char *)key->name,
                              strlen(key->name));
    crypto_hash_sha256_update(&state, (const unsigned char *)"\n", 1);
    crypto_hash_sha256_update(&state, typed.bytes, sizeof typed.bytes);
    crypto_hash_sha256_final(&state, digest.bytes);
    memcpy(id, digest.bytes, ID_SIZE);
}

uint32_t note_key_id(const struct note_key *key)
{
    uint8_t id[ID_SIZE];
    key_id(key, id);
    return (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 |
           (uint32_t)id[2] << 8 | id[3];
}

void note_key_write(const struct note_key *key, char text[NOTE_KEY_TEXT_SIZE])
{
    struct typed_key typed = typed_key_of(key);
    uint8_t id[ID_SIZE];
    char hex[2 * ID_SIZE + 1];
    char base64[sodium_base64_ENCODED_LEN(sizeof typed.bytes,
                                          sodium_base64_VARIANT_ORIGINAL)];
    key_id(key, id);
    sodium_bin2hex(hex, sizeof hex, id, sizeof id);
    sodium_bin2base64(base64, sizeof base64, typed.bytes, sizeof typed.bytes,
                      sodium_base64_VARIANT_ORIGINAL);
    int length =
        snprintf(text, NOTE_KEY_TEXT_SIZE, "%s+%s+%s", key->name, hex, base64);
    assert(length > 0 && length < NOTE_KEY_TEXT_SIZE);
}

/* The key without asking whether the text is the one way to write it. */
static bool key_parse(struct slice text, struct note_key *key)
{
    const char *plus =
        text.length == 0 ? NULL : memchr(text.data, '+', text.length);
    if (plus == NULL)
        return false;
    struct slice name = {text.data, (size_t)(plus - text.data)};
    size_t skip = name.length + 1 + 2 * ID_SIZE + 1;
    struct typed_key typed;
    if (!note_name_is_valid(name) || text.length <= skip ||
        !base64_read((struct slice){text.data + skip, text.length - skip},
                     typed.bytes, sizeof typed.bytes))
        return false;
    *key = (struct note_key){0};
    memcpy(key->name, name.data, name.length);
    memcpy(key->public_key, typed.bytes + 1, sizeof key->public_key);
    return true;
}

bool note_key_read(struct slice text, struct note_key *key, struct error *error)
{
    struct note_key read;
    char again[NOTE_KEY_TEXT_SIZE];
    if (!key_parse(text, &read))
        return error_set(error, ERROR_BAD_INPUT, "not a verifier's key");
    note_key_write(&read, again);
    if (!slice_equals(slice_of(again), text))
        return error_set(error, ERROR_BAD_INPUT,
                         "a verifier's key with a wrong id");
    *key = read;
    return true;
}

static bool text_is_valid(struct slice text)
{
    if (text.length == 0 || text.data[text.length - 1] != '\n')
        return false;
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        if (unit.code_point == UTF8_INVALID || unit.code_point == 0x7F ||
            (unit.code_point < 0x20 && unit.code_point != '\n'))
            return false;
        at += unit.length;
    }
    return true;
}

static void signature_write(struct slice text, const struct signing_key *signer,
                            char line[SIGNATURE_TEXT_SIZE])
{
    uint8_t signature[ID_SIZE + NOTE_SIGNATURE_SIZE];
    key_id(&signer->key, signature);
    crypto_sign_detached(signature + ID_SIZE, NULL,
                         (const unsigned char *)text.data, text.length,
                         signer->secret);
    sodium_bin2base64(line, SIGNATURE_TEXT_SIZE, signature, sizeof signature,
                      sodium_base64_VARIANT_ORIGINAL);
}

bool note_sign(struct arena *arena, struct slice text,
               const struct signing_key *const *keys, size_t count,
               struct slice *note, struct error *error)
{
    assert(count <= NOTE_SIGNATURES_MAX);
    struct slice made;
    if (!text_is_valid(text) || text.length > NOTE_BYTES_MAX / 2)
        return error_set(error, ERROR_USAGE, "not a text that can be signed");
    if (!arena_print(arena, &made, error, "%.*s\n", (int)text.length,
                     text.data))
        return false;
    for (size_t i = 0; i < count; i++) {
        char line[SIGNATURE_TEXT_SIZE];
        signature_write(text, keys[i], line);
        if (!arena_print(arena, &made, error, "%s" DASH "%s %s\n", made.data,
                         keys[i]->key.name, line))
            return false;
    }
    *note = made;
    return true;
}

/* One line of a signature. */
struct signature {
    struct slice name;
    uint8_t id[ID_SIZE];
    struct slice base64; /* of id and signature */
};

static bool signature_take(struct slice *lines, struct signature *signature)
{
    struct slice line;
    const char *blank;
    if (!line_take(lines, DASH, &line) || line.length == 0 ||
        (blank = memchr(line.data, ' ', line.length)) == NULL)
        return false;
    signature->name = (struct slice){line.data, (size_t)(blank - line.data)};
    signature->base64 =
        (struct slice){blank + 1, line.length - signature->name.length - 1};
    /* Other keys sign in other lengths, so look only at the id. */
    uint8_t head[6];
    if (signature->name.length == 0 || signature->base64.length < 8 ||
        !base64_read((struct slice){signature->base64.data, 8}, head,
                     sizeof head))
        return false;
    memcpy(signature->id, head, sizeof signature->id);
    return true;
}

/* The signatures are behind the last empty line: a text may hold such. */
static bool find_signatures(struct slice bytes, struct note *note)
{
    for (size_t at = bytes.length; at-- > 1;)
        if (bytes.data[at] == '\n' && bytes.data[at - 1] == '\n') {
            note->text = (struct slice){bytes.data, at};
            note->signatures =
                (struct slice){bytes.data + at + 1, bytes.length - at - 1};
            return true;
        }
    return false;
}

bool note_split(struct slice bytes, struct note *note, struct error *error)
{
    struct signature signature;
    size_t count = 0;
    if (bytes.length > NOTE_BYTES_MAX)
        return error_set(error, ERROR_CORRUPT, "too long for a signed note");
    if (!find_signatures(bytes, note) || !text_is_valid(note->text))
        return error_set(error, ERROR_CORRUPT, "not a signed note");
    for (struct slice rest = note->signatures; rest.length > 0; count++)
        if (count == NOTE_SIGNATURES_MAX || !signature_take(&rest, &signature))
            return error_set(error, ERROR_CORRUPT,
                             "the signatures of the note are not whole");
    return count > 0 ||
           error_set(error, ERROR_CORRUPT, "the note is not signed");
}

static bool signature_holds(const struct note *note, const struct note_key *key,
                            const struct signature *signature)
{
    uint8_t bytes[ID_SIZE + NOTE_SIGNATURE_SIZE];
    return base64_read(signature->base64, bytes, sizeof bytes) &&
           crypto_sign_verify_detached(bytes + ID_SIZE,
                                       (const unsigned char *)note->text.data,
                                       note->text.length, key->public_key) == 0;
}

bool note_check(const struct note *note, const struct note_key *key,
                struct error *error)
{
    uint8_t id[ID_SIZE];
    size_t found = 0;
    struct signature signature;
    struct slice rest = note->signatures;
    key_id(key, id);
    while (signature_take(&rest, &signature)) {
        if (!slice_equals(signature.name, slice_of(key->name)) ||
            memcmp(signature.id, id, sizeof id) != 0)
            continue;
        if (!signature_holds(note, key, &signature))
            return error_set(error, ERROR_TAMPERED,
                             "the signature of %s does not hold", key->name);
        found++;
    }
    return found > 0 || error_set(error, ERROR_NOT_FOUND,
                                  "not signed by the key of %s", key->name);
}
