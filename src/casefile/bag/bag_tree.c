/*
 * bag_tree.c - the keys of a bag, its checkpoint, and the tree under it.
 */
#include "bag_ledger.h"
#include "lines.h"

#define KEYS_BYTES_MAX ((size_t)1 << 20)
#define LEAF_HASHES_BYTES_MAX ((size_t)1 << 30)

/* The bytes of a tag file that must be there. */
static bool read_tag(struct check *check, const char *path, size_t limit,
                     struct slice *bytes, bool *is_read, struct error *error)
{
    const struct bag_line *line = bag_list_find(&check->bag->tags, path);
    if (line != NULL)
        return check_read(check, line, limit, bytes, is_read, error);
    check_fault(check, path, "is missing");
    *is_read = false;
    return true;
}

static bool key_is_new(const struct bag *bag, const struct note_key *key)
{
    for (size_t i = 0; i < bag->key_count; i++)
        if (strcmp(bag->keys[i].name, key->name) != 0 ||
            memcmp(bag->keys[i].public_key, key->public_key,
                   sizeof key->public_key) == 0)
            return false;
    return true;
}

static bool check_keys(struct check *check, bool *is_sound, struct error *error)
{
    struct bag *bag = check->bag;
    struct slice text, line;
    struct error why;
    LIST(struct note_key) keys = {0};
    if (!read_tag(check, BAG_KEYS, KEYS_BYTES_MAX, &text, is_sound, error))
        return false;
    if (!*is_sound)
        return true;
    while (*is_sound && text.length > 0) {
        struct note_key key;
        *is_sound = line_take(&text, "", &line) &&
                    note_key_read(line, &key, &why) && key_is_new(bag, &key);
        if (*is_sound && !list_push(check->arena, &keys, key, error))
            return false;
        bag->keys = keys.items;
        bag->key_count = keys.count;
    }
    if (*is_sound && bag->key_count > 0)
        return true;
    *is_sound = false;
    check_fault(check, BAG_KEYS, "is no list of the keys of one ledger");
    return true;
}

static bool check_checkpoint(struct check *check, bool *is_sound,
                             struct error *error)
{
    struct bag *bag = check->bag;
    struct slice note;
    struct error why;
    if (!read_tag(check, BAG_CHECKPOINT, NOTE_BYTES_MAX, &note, is_sound,
                  error))
        return false;
    if (*is_sound && !checkpoint_open(note, &bag->keys[bag->key_count - 1],
                                      &bag->checkpoint, &why)) {
        check_fault(check, BAG_CHECKPOINT, "%s", why.text);
        *is_sound = false;
    }
    return true;
}

/* 64 digits a line, one for each entry of the checkpoint. */
static bool leaf_hashes_read(struct slice text, struct digest *hashes,
                             uint64_t count)
{
    struct slice line;
    for (uint64_t i = 0; i < count; i++)
        if (!line_take(&text, "", &line) || !digest_from_hex(line, &hashes[i]))
            return false;
    return text.length == 0;
}

static bool check_leaf_hashes(struct check *check, struct merkle_levels *levels,
                              bool *is_sound, struct error *error)
{
    struct bag *bag = check->bag;
    struct slice text;
    struct merkle_frontier frontier;
    if (!read_tag(check, BAG_LEAF_HASHES, LEAF_HASHES_BYTES_MAX, &text,
                  is_sound, error))
        return false;
    uint64_t size = bag->checkpoint.size;
    if (!*is_sound)
        return true;
    if (size == 0 || text.length % DIGEST_HEX_SIZE != 0 ||
        text.length / DIGEST_HEX_SIZE != size) {
        check_fault(check, BAG_LEAF_HASHES,
                    "has not one line for each entry of the checkpoint");
        *is_sound = false;
        return true;
    }
    bag->leaf_hashes =
        arena_take(check->arena, (size_t)size, sizeof *bag->leaf_hashes, error);
    if (bag->leaf_hashes == NULL)
        return false;
    *is_sound = leaf_hashes_read(text, bag->leaf_hashes, size);
    if (*is_sound) {
        if (!merkle_levels_build(check->arena, bag->leaf_hashes, size, levels,
                                 error))
            return false;
        struct merkle_source source = merkle_levels_source(levels);
        if (!merkle_load(&source, size, &frontier, error))
            return false;
        struct digest root = merkle_root(&frontier);
        *is_sound = digest_equals(&root, &bag->checkpoint.root);
    }
    if (!*is_sound)
        check_fault(check, BAG_LEAF_HASHES,
                    "does not lead to the root of the checkpoint");
    return true;
}

bool check_tree(struct check *check, struct merkle_levels *levels,
                bool *is_sound, struct error *error)
{
    return check_keys(check, is_sound, error) &&
           (!*is_sound || check_checkpoint(check, is_sound, error)) &&
           (!*is_sound || check_leaf_hashes(check, levels, is_sound, error));
}
