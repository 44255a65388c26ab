/*
 * bag_earlier.c - whether the ledger still begins as it was when somebody
 * else was given a checkpoint of it.
 */
#include <assert.h>

#include "bag_ledger.h"
#include "timestamp.h"

/* The root of the first `size` entries, at most as many as there are. The
 * levels hold every node that this needs. */
static struct digest root_of(struct merkle_levels *levels, uint64_t size)
{
    struct merkle_source source = merkle_levels_source(levels);
    struct merkle_frontier frontier;
    struct error error;
    bool is_loaded = merkle_load(&source, size, &frontier, &error);
    assert(is_loaded);
    return merkle_root(&frontier);
}

/* Signed by a key of this ledger, and the same beginning. */
static bool is_beginning(const struct check *check,
                         struct merkle_levels *levels, struct slice note,
                         struct checkpoint *checkpoint, struct error *why)
{
    const struct bag *bag = check->bag;
    bool is_signed = false;
    for (size_t i = 0; i < bag->key_count && !is_signed; i++)
        is_signed = checkpoint_open(note, &bag->keys[i], checkpoint, why);
    if (!is_signed)
        return false;
    if (checkpoint->size > bag->checkpoint.size)
        return error_set(
            why, ERROR_TAMPERED, "has %ju entries, this ledger only %ju",
            (uintmax_t)checkpoint->size, (uintmax_t)bag->checkpoint.size);
    struct digest root = root_of(levels, checkpoint->size);
    return digest_equals(&root, &checkpoint->root) ||
           error_set(why, ERROR_TAMPERED,
                     "the first %ju entries are not what they were",
                     (uintmax_t)checkpoint->size);
}

/* The answer must be about this note. Whether its authority can be trusted is
 * not for a bag to say; the export entry holds that it was not changed. */
static bool check_stamp(struct check *check, struct slice note, uint64_t size,
                        struct error *error)
{
    char paths[2][64];
    const struct bag_line *lines[2];
    struct slice answer;
    bool is_read;
    struct digest digest = digest_of(note);
    for (size_t i = 0; i < 2; i++) {
        snprintf(paths[i], sizeof paths[i], BAG_EARLIER "%ju.%s",
                 (uintmax_t)size, i == 0 ? "tsr" : "pem");
        lines[i] = bag_list_find(&check->bag->tags, paths[i]);
    }
    if ((lines[0] == NULL) != (lines[1] == NULL))
        check_fault(check, paths[lines[0] == NULL], "is without its %s",
                    lines[0] == NULL ? "answer" : "certificates");
    if (lines[0] == NULL)
        return true;
    if (!check_read(check, lines[0], TIMESTAMP_BYTES_MAX, &answer, &is_read,
                    error))
        return false;
    if (is_read && memmem(answer.data, answer.length, digest.bytes,
                          sizeof digest.bytes) == NULL)
        check_fault(check, paths[0], "is a stamp of something else");
    return true;
}

static bool check_one(struct check *check, struct merkle_levels *levels,
                      const struct bag_line *line, uint64_t size,
                      struct error *error)
{
    struct slice note;
    struct checkpoint checkpoint;
    struct error why = {0};
    bool is_read, holds;
    if (!check_read(check, line, NOTE_BYTES_MAX, &note, &is_read, error))
        return false;
    if (!is_read)
        return true;
    holds = is_beginning(check, levels, note, &checkpoint, &why);
    if (holds && checkpoint.size != size)
        check_fault(check, line->path, "has another size than its name");
    else if (!holds)
        check_fault(check, line->path, "%s", why.text);
    return check_stamp(check, note, size, error);
}

/* Whether the file is .tsr or .pem beside a checkpoint. */
static bool is_beside(const struct check *check, struct slice path)
{
    char name[64];
    uint64_t size;
    if (!bag_path_number(path, BAG_EARLIER, ".tsr", &size) &&
        !bag_path_number(path, BAG_EARLIER, ".pem", &size))
        return false;
    snprintf(name, sizeof name, BAG_EARLIER "%ju.checkpoint", (uintmax_t)size);
    return bag_list_find(&check->bag->tags, name) != NULL;
}

static bool key_is_known(const struct bag *bag, struct slice key)
{
    for (size_t i = 0; i < bag->key_count; i++) {
        char text[NOTE_KEY_TEXT_SIZE], hex[DIGEST_HEX_SIZE];
        struct digest fingerprint = note_key_fingerprint(&bag->keys[i]);
        note_key_write(&bag->keys[i], text);
        digest_to_hex(&fingerprint, hex);
        if (slice_equals(key, slice_of(text)) ||
            slice_equals(key, slice_of(hex)))
            return true;
    }
    return false;
}

static void check_trust(struct check *check, struct merkle_levels *levels,
                        const struct bag_trust *trust)
{
    struct checkpoint checkpoint;
    struct error why = {0};
    if (trust->key.length > 0 && !key_is_known(check->bag, trust->key))
        check_fault(check, "", "the key that you hold is none of this ledger");
    if (trust->checkpoint.length > 0 &&
        !is_beginning(check, levels, trust->checkpoint, &checkpoint, &why))
        check_fault(check, "", "the checkpoint that you hold: %s", why.text);
}

bool check_earlier(struct check *check, struct merkle_levels *levels,
                   const struct bag_trust *trust, struct error *error)
{
    const struct bag_list *tags = &check->bag->tags;
    for (size_t i = 0; i < tags->lines.count; i++) {
        const struct bag_line *line = &tags->lines.items[i];
        struct slice path = slice_of(line->path);
        uint64_t size;
        if (strncmp(line->path, BAG_EARLIER, sizeof BAG_EARLIER - 1) != 0 ||
            is_beside(check, path))
            continue;
        if (!bag_path_number(path, BAG_EARLIER, ".checkpoint", &size))
            check_fault(check, line->path, "does not belong into a bag");
        else if (!check_one(check, levels, line, size, error))
            return false;
    }
    check_trust(check, levels, trust);
    return true;
}
