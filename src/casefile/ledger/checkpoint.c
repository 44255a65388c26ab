/*
 * checkpoint.c - three lines under a signature.
 */
#include "checkpoint.h"

#include <sodium.h>

#include "lines.h"

void checkpoint_new_origin(char origin[NOTE_NAME_SIZE])
{
    uint8_t bytes[16];
    char hex[2 * sizeof bytes + 1];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
    snprintf(origin, NOTE_NAME_SIZE, "madai.case/%s", hex);
}

bool checkpoint_sign(struct arena *arena, uint64_t size,
                     const struct digest *root, const struct signing_key *key,
                     struct slice *note, struct error *error)
{
    char base64[DIGEST_BASE64_SIZE];
    char text[NOTE_NAME_SIZE + DIGEST_BASE64_SIZE + 32];
    digest_to_base64(root, base64);
    snprintf(text, sizeof text, "%s\n%ju\n%s\n", key->key.name, (uintmax_t)size,
             base64);
    return note_sign(arena, slice_of(text), &key, 1, note, error);
}

static bool checkpoint_parse(struct slice text, struct checkpoint *checkpoint)
{
    struct slice origin, size, root, more;
    if (!line_take(&text, "", &origin) || !note_name_is_valid(origin) ||
        !line_take(&text, "", &size) ||
        !decimal_read(size, &checkpoint->size) ||
        !line_take(&text, "", &root) ||
        !digest_from_base64(root, &checkpoint->root))
        return false;
    while (text.length > 0)
        if (!line_take(&text, "", &more) || more.length == 0)
            return false;
    memcpy(checkpoint->origin, origin.data, origin.length);
    checkpoint->origin[origin.length] = '\0';
    return true;
}

static bool split_checkpoint(struct slice bytes, struct note *note,
                             struct checkpoint *checkpoint, struct error *error)
{
    return note_split(bytes, note, error) &&
           (checkpoint_parse(note->text, checkpoint) ||
            error_set(error, ERROR_CORRUPT, "not a checkpoint"));
}

bool checkpoint_read(struct slice bytes, struct checkpoint *checkpoint,
                     struct error *error)
{
    struct note note;
    return split_checkpoint(bytes, &note, checkpoint, error);
}

bool checkpoint_open(struct slice bytes, const struct note_key *key,
                     struct checkpoint *checkpoint, struct error *error)
{
    struct note note;
    if (!split_checkpoint(bytes, &note, checkpoint, error))
        return false;
    if (strcmp(checkpoint->origin, key->name) != 0)
        return error_set(error, ERROR_NOT_FOUND,
                         "a checkpoint of another ledger, %s",
                         checkpoint->origin);
    return note_check(&note, key, error);
}
