/*
 * note.h - signed notes (c2sp.org/signed-note) and the keys that check them.
 *
 * A note is text, an empty line, and a line for each signature:
 *
 *     — NAME base64(key id || signature)
 *
 * Ed25519 (RFC 8032) by libsodium. The key id is the first four bytes of
 * SHA-256(NAME || 0x0A || 0x01 || public key). A verifier's key in text is
 * NAME+id in 8 hexadecimal digits+base64(0x01 || public key).
 *
 * The text ends in a line feed, is UTF-8, and holds no control character but
 * line feeds. Signatures of keys that nobody asked for are passed over, as
 * the specification demands; one of a known key that does not hold is fatal.
 */
#ifndef MADAI_NOTE_H
#define MADAI_NOTE_H

#include "arena.h"
#include "digest.h"

#define NOTE_BYTES_MAX ((size_t)64 * 1024)
#define NOTE_SIGNATURES_MAX 16
#define NOTE_NAME_SIZE 129     /* 128 bytes and a NUL */
#define NOTE_KEY_TEXT_SIZE 192 /* of a verifier's key in text, with a NUL */
#define NOTE_PUBLIC_SIZE 32
#define NOTE_SIGNATURE_SIZE 64

struct note_key {
    char name[NOTE_NAME_SIZE]; /* note_name_is_valid */
    uint8_t public_key[NOTE_PUBLIC_SIZE];
};

/* A note taken apart; all borrowed from its bytes. */
struct note {
    struct slice text;       /* with its last line feed */
    struct slice signatures; /* the lines after the empty one */
};

/* 1 to 128 printable bytes of ASCII, no blank, no '+'. */
bool note_name_is_valid(struct slice);

/* SHA-256 of the 32 bytes: what people compare, and what a leaf names. */
struct digest note_key_fingerprint(const struct note_key *);

void note_key_write(const struct note_key *, char text[NOTE_KEY_TEXT_SIZE]);
/* ERROR_BAD_INPUT where it is no key in text, or not its own id. */
MUST_CHECK bool note_key_read(struct slice, struct note_key *, struct error *);

/* The key id, its first byte highest. */
uint32_t note_key_id(const struct note_key *);

/* What to sign with; opened by signing_key.h, wiped by signing_key_close. */
struct signing_key {
    struct note_key key;
    uint8_t secret[64]; /* as libsodium keeps it: seed, public key */
};

/* The text signed by each of the keys, in the arena. ERROR_LIMIT, and
 * ERROR_USAGE where the text is none that a note may have. */
MUST_CHECK bool note_sign(struct arena *, struct slice text,
                          const struct signing_key *const *keys, size_t count,
                          struct slice *note, struct error *);

/* Takes a note apart. ERROR_CORRUPT where it is none. */
MUST_CHECK bool note_split(struct slice, struct note *, struct error *);

/* ERROR_TAMPERED: the key signed it, but not this; ERROR_NOT_FOUND: there is
 * no signature of this key. */
MUST_CHECK bool note_check(const struct note *, const struct note_key *,
                           struct error *);

#endif
