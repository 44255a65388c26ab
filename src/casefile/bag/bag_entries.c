/*
 * bag_entries.c - the entries that a bag opens: each by its proof, all
 * together by the export entry and the chain of keys.
 */
#include "bag_ledger.h"
#include "json.h"
#include "key_change.h"
#include "tlog_proof.h"

#define BODY_BYTES_MAX ((size_t)16 << 20)

struct change {
    uint64_t index; /* of its entry */
    struct key_change keys;
};

/* What the entries say, gathered while they are read. */
struct gathered {
    LIST(struct bag_entry) entries;
    LIST(struct change) changes;
    LIST(struct digest) held;
};

/* `holds` of a body: an array of digests, or nothing. */
static bool gather_held(struct check *check, const json_t *body,
                        struct gathered *gathered, bool *is_good,
                        struct error *error)
{
    const json_t *holds = json_object_get(body, "holds");
    *is_good = json_is_object(body) && (holds == NULL || json_is_array(holds));
    for (size_t i = 0; *is_good && i < json_array_size(holds); i++) {
        const json_t *item = json_array_get(holds, i);
        struct digest digest;
        *is_good = json_is_string(item) &&
                   digest_from_hex((struct slice){json_string_value(item),
                                                  json_string_length(item)},
                                   &digest);
        if (*is_good &&
            !list_push(check->arena, &gathered->held, digest, error))
            return false;
    }
    return true;
}

static bool gather_change(struct check *check, const struct bag_entry *entry,
                          struct slice body, struct gathered *gathered,
                          struct error *error)
{
    struct change change = {.index = entry->index};
    struct error why;
    if (strcmp(entry->leaf.kind, LEAF_KIND_KEY) != 0)
        return true;
    if (!key_change_read(body, &change.keys, &why)) {
        check_fault(check, entry->path, "%s", why.text);
        return true;
    }
    return list_push(check->arena, &gathered->changes, change, error);
}

static bool gather_body(struct check *check, const struct bag_entry *entry,
                        struct slice bytes, struct gathered *gathered,
                        struct error *error)
{
    struct error why;
    bool is_good = false;
    json_t *body = json_read(bytes, &why);
    bool is_done =
        body == NULL || gather_held(check, body, gathered, &is_good, error);
    json_decref(body);
    if (is_done && !is_good)
        check_fault(check, entry->path, "is no body of an entry");
    return is_done && gather_change(check, entry, bytes, gathered, error);
}

/* The proof is this entry's, of this tree and this body. */
static bool proof_holds(struct check *check, const struct tlog_proof *proof,
                        uint64_t index, struct slice body, struct error *why)
{
    const struct bag *bag = check->bag;
    struct checkpoint checkpoint;
    struct digest leaf = leaf_hash(&proof->leaf);
    if (proof->index != index)
        return error_set(why, ERROR_TAMPERED, "is another entry's proof");
    if (!tlog_proof_check(proof, body, &bag->keys[bag->key_count - 1],
                          &checkpoint, why))
        return false;
    return (checkpoint.size == bag->checkpoint.size &&
            digest_equals(&checkpoint.root, &bag->checkpoint.root) &&
            digest_equals(&leaf, &bag->leaf_hashes[index])) ||
           error_set(why, ERROR_TAMPERED, "is a proof for another checkpoint");
}

/* One entry: `line` is its body, `index` its place. */
static bool check_entry(struct check *check, const struct bag_line *line,
                        uint64_t index, struct gathered *gathered,
                        struct error *error)
{
    char path[64];
    struct slice body, file;
    struct tlog_proof proof;
    struct error why;
    bool is_read;
    snprintf(path, sizeof path, BAG_PROOFS "%ju.tlog-proof", (uintmax_t)index);
    const struct bag_line *proof_line = bag_list_find(&check->bag->tags, path);
    if (proof_line == NULL) {
        check_fault(check, line->path, "has no proof");
        return true;
    }
    if (!check_read(check, line, BODY_BYTES_MAX, &body, &is_read, error) ||
        (is_read && !check_read(check, proof_line, TLOG_PROOF_BYTES_MAX, &file,
                                &is_read, error)))
        return false;
    if (!is_read)
        return true;
    if (!tlog_proof_read(file, &proof, &why) ||
        !proof_holds(check, &proof, index, body, &why)) {
        check_fault(check, path, "%s", why.text);
        return true;
    }
    struct bag_entry entry = {index, proof.leaf, proof.salt, line->path};
    return list_push(check->arena, &gathered->entries, entry, error) &&
           gather_body(check, &entry, body, gathered, error);
}

static int index_order(const void *a, const void *b)
{
    const struct bag_entry *left = a, *right = b;
    return (left->index > right->index) - (left->index < right->index);
}

/* Which key was in force must follow from the changes, and each entry must
 * name it. The entries are in order; so are, after them, the changes. */
static void check_chain(struct check *check)
{
    const struct bag *bag = check->bag;
    struct digest in_force = {{0}};
    size_t changes = 0;
    for (size_t i = 0; i < bag->entry_count; i++) {
        const struct bag_entry *entry = &bag->entries[i];
        if (!digest_equals(&entry->leaf.key, &in_force))
            check_fault(check, entry->path,
                        "names another key than the one in force");
        if (strcmp(entry->leaf.kind, LEAF_KIND_KEY) == 0 &&
            changes < bag->key_count)
            in_force = note_key_fingerprint(&bag->keys[changes++]);
    }
    if (changes != bag->key_count)
        check_fault(check, BAG_KEYS, "names keys that no entry brought in");
}

static bool same_key(const struct note_key *a, const struct note_key *b)
{
    return strcmp(a->name, b->name) == 0 &&
           memcmp(a->public_key, b->public_key, sizeof a->public_key) == 0;
}

static int change_order(const void *a, const void *b)
{
    const struct change *left = a, *right = b;
    return (left->index > right->index) - (left->index < right->index);
}

/* Change number i leads from key i - 1 to key i. */
static void check_changes(struct check *check, struct gathered *gathered)
{
    const struct bag *bag = check->bag;
    struct change *changes = gathered->changes.items;
    size_t count = gathered->changes.count;
    if (count > 0)
        qsort(changes, count, sizeof *changes, change_order);
    for (size_t i = 0; i < count; i++) {
        const struct key_change *keys = &changes[i].keys;
        if (i >= bag->key_count || !same_key(&keys->after, &bag->keys[i]) ||
            keys->has_before != (i > 0) ||
            (i > 0 && !same_key(&keys->before, &bag->keys[i - 1])))
            check_fault(check, BAG_KEYS, "is not what entry %ju made of them",
                        (uintmax_t)changes[i].index);
    }
}

/* What the export entry seals: all tag files but those that came after it. */
static bool is_sealed(const char *path)
{
    return strcmp(path, BAG_CHECKPOINT) != 0 &&
           strcmp(path, BAG_LEAF_HASHES) != 0 &&
           strcmp(path, BAG_EXPORT) != 0 &&
           strncmp(path, BAG_PROOFS, sizeof BAG_PROOFS - 1) != 0;
}

static void compare_sealed(struct check *check, const json_t *files)
{
    const struct bag_list *tags = &check->bag->tags;
    size_t count = 0;
    for (size_t i = 0; i < tags->lines.count; i++) {
        char hex[DIGEST_HEX_SIZE];
        const struct bag_line *line = &tags->lines.items[i];
        if (!is_sealed(line->path))
            continue;
        const char *sealed =
            json_string_value(json_object_get(files, line->path));
        digest_to_hex(&line->digest, hex);
        count++;
        if (sealed == NULL || strcmp(sealed, hex) != 0)
            check_fault(check, line->path, "is not what was exported");
    }
    if (count != json_object_size(files))
        check_fault(check, BAG_EXPORT, "names files that are missing");
}

static bool check_export(struct check *check, struct gathered *gathered,
                         struct error *error)
{
    const struct bag_line *line = bag_list_find(&check->bag->tags, BAG_EXPORT);
    size_t before = gathered->entries.count;
    struct slice bytes;
    struct error why;
    bool is_read;
    if (line == NULL) {
        check_fault(check, BAG_EXPORT, "is missing");
        return true;
    }
    if (!check_entry(check, line, check->bag->checkpoint.size - 1, gathered,
                     error))
        return false;
    if (gathered->entries.count == before)
        return true; /* told already */
    if (strcmp(gathered->entries.items[before].leaf.kind, LEAF_KIND_EXPORT) !=
        0) {
        check_fault(check, BAG_EXPORT, "is no entry of an export");
        return true;
    }
    if (!check_read(check, line, BODY_BYTES_MAX, &bytes, &is_read, error))
        return false;
    json_t *body = is_read ? json_read(bytes, &why) : NULL;
    compare_sealed(check, json_object_get(body, "files"));
    json_decref(body);
    return true;
}

static int digest_order(const void *a, const void *b)
{
    return memcmp(a, b, DIGEST_SIZE);
}

static bool must_be_held(const char *path)
{
    return strncmp(path, BAG_ORIGINALS, sizeof BAG_ORIGINALS - 1) == 0 ||
           strncmp(path, BAG_TEXTS, sizeof BAG_TEXTS - 1) == 0;
}

static void check_held(struct check *check, struct gathered *gathered)
{
    const struct bag_list *payload = &check->bag->payload;
    struct digest *held = gathered->held.items;
    size_t count = gathered->held.count;
    if (count > 0)
        qsort(held, count, sizeof *held, digest_order);
    for (size_t i = 0; i < payload->lines.count; i++) {
        const struct bag_line *line = &payload->lines.items[i];
        if (must_be_held(line->path) &&
            (count == 0 || bsearch(&line->digest, held, count, sizeof *held,
                                   digest_order) == NULL))
            check_fault(check, line->path, "no entry of the ledger holds it");
    }
}

/* Proofs that prove nothing in the bag, and files that no bag has. */
static void check_names(struct check *check)
{
    static const char *const always[] = {
        BAG_CHECKPOINT, BAG_DECLARATION, BAG_EXPLAIN,     BAG_EXPORT, BAG_INFO,
        BAG_KEYS,       BAG_MANIFEST,    BAG_LEAF_HASHES, BAG_VERIFY,
    };
    const struct bag *bag = check->bag;
    for (size_t i = 0; i < bag->tags.lines.count; i++) {
        const char *path = bag->tags.lines.items[i].path;
        char body[64];
        uint64_t number;
        bool is_known = strncmp(path, BAG_EARLIER, sizeof BAG_EARLIER - 1) == 0;
        for (size_t j = 0; j < sizeof always / sizeof *always; j++)
            is_known |= strcmp(path, always[j]) == 0;
        if (bag_path_number(slice_of(path), BAG_PROOFS, ".tlog-proof",
                            &number)) {
            snprintf(body, sizeof body, BAG_ENTRIES "%ju.json",
                     (uintmax_t)number);
            is_known = number == bag->checkpoint.size - 1 ||
                       bag_list_find(&bag->payload, body) != NULL;
        }
        if (!is_known)
            check_fault(check, path, "does not belong into a bag");
    }
}

/* The payload's entries; the last place is the export's own. */
static bool check_payload_entries(struct check *check,
                                  struct gathered *gathered,
                                  struct error *error)
{
    const struct bag *bag = check->bag;
    for (size_t i = 0; i < bag->payload.lines.count; i++) {
        const struct bag_line *line = &bag->payload.lines.items[i];
        uint64_t index;
        if (strncmp(line->path, BAG_ENTRIES, sizeof BAG_ENTRIES - 1) != 0)
            continue;
        if (!bag_path_number(slice_of(line->path), BAG_ENTRIES, ".json",
                             &index) ||
            index >= bag->checkpoint.size - 1)
            check_fault(check, line->path, "is no entry of this ledger");
        else if (!check_entry(check, line, index, gathered, error))
            return false;
    }
    return true;
}

bool check_entries(struct check *check, struct error *error)
{
    struct bag *bag = check->bag;
    struct gathered gathered = {0};
    const struct bag_line *declared =
        bag_list_find(&bag->tags, BAG_DECLARATION);
    struct digest right = digest_of(slice_of(BAG_DECLARED));
    if (declared == NULL || !digest_equals(&declared->digest, &right))
        check_fault(check, BAG_DECLARATION, "is not that of BagIt 1.0");
    check_names(check);
    if (!check_payload_entries(check, &gathered, error) ||
        !check_export(check, &gathered, error))
        return false;
    if (gathered.entries.count > 0)
        qsort(gathered.entries.items, gathered.entries.count,
              sizeof *gathered.entries.items, index_order);
    bag->entries = gathered.entries.items;
    bag->entry_count = gathered.entries.count;
    check_chain(check);
    check_changes(check, &gathered);
    check_held(check, &gathered);
    return true;
}
