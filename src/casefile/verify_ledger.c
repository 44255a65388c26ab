/*
 * verify_ledger.c - the ledger: entries, tree, keys, checkpoints, stamps.
 */
#include <stdlib.h>

#include "casefile_parts.h"
#include "checkpoint.h"
#include "key_change.h"
#include "sql.h"
#include "timestamp.h"
#include "verify_parts.h"

/* A checkpoint, with what is to be said of it. */
struct signed_root {
    struct checkpoint checkpoint;
    const char *name;
};

struct walk {
    struct verifying *verifying;
    struct merkle_frontier frontier;
    LIST(struct note_key) keys; /* in force so far */
    LIST(uint64_t) key_entries; /* that put them in force */
    LIST(struct signed_root) roots;
    LIST(uint64_t) erased; /* positions without body */
    uint64_t nodes;
};

static struct digest key_in_force(const struct walk *walk)
{
    struct digest none = {{0}};
    return walk->keys.count == 0
               ? none
               : note_key_fingerprint(&walk->keys.items[walk->keys.count - 1]);
}

/* Compares each node that the entries give with the one that is stored. */
static bool compare_node(void *context, unsigned level, uint64_t index,
                         const struct digest *digest, struct error *error)
{
    struct walk *walk = context;
    struct digest stored;
    struct merkle_source source = entry_nodes(walk->verifying->casefile);
    walk->nodes++;
    if (!source.node(source.context, level, index, &stored, error))
        return verify_told(walk->verifying, "the tree");
    if (!digest_equals(&stored, digest))
        verify_fault(walk->verifying, "altered",
                     level == 0 ? "entry %llu: its leaf is not that of the tree"
                                : "the tree: node %llu of level %u",
                     (unsigned long long)index, level);
    return true;
}

/* A change of key is signed by both; then the new one is in force. */
static bool change_key(struct walk *walk, const struct entry *entry)
{
    struct verifying *verifying = walk->verifying;
    struct key_change change;
    char where[48];
    struct digest before = key_in_force(walk), told = {{0}};
    snprintf(where, sizeof where, "entry %llu",
             (unsigned long long)entry->position);
    if (!key_change_read(entry->body, &change, verifying->error))
        return verify_told(verifying, where);
    if (change.has_before)
        told = note_key_fingerprint(&change.before);
    if (!digest_equals(&before, &told))
        verify_fault(verifying, "key unknown",
                     "%s: it hands over from a key that was not in force",
                     where);
    return list_push(verifying->arena, &walk->keys, change.after,
                     verifying->error) &&
           list_push(verifying->arena, &walk->key_entries, entry->position,
                     verifying->error);
}

/* Positions that an erase entry names. */
static bool note_erased(struct walk *walk, const struct entry *entry)
{
    struct verifying *verifying = walk->verifying;
    size_t i;
    json_t *position;
    json_t *body = json_read(entry->body, verifying->error);
    if (body == NULL)
        return verify_told(verifying, "an entry of an erasure");
    json_array_foreach(json_object_get(body, "entries"), i, position)
    {
        json_int_t number = json_integer_value(position);
        if (number >= 0 && (uint64_t)number < verifying->size)
            verifying->is_named_erased[number] = true;
    }
    json_decref(body);
    return true;
}

static bool check_entry(struct walk *walk, const struct entry *entry)
{
    struct verifying *verifying = walk->verifying;
    struct digest in_force = key_in_force(walk);
    char where[48];
    snprintf(where, sizeof where, "entry %llu",
             (unsigned long long)entry->position);
    if (!digest_equals(&entry->leaf.key, &in_force))
        verify_fault(verifying, "key unknown",
                     "%s: its key is not the one then in force", where);
    if (entry->is_erased)
        return list_push(verifying->arena, &walk->erased, entry->position,
                         verifying->error);
    if (!leaf_check_body(&entry->leaf, &entry->salt, entry->body,
                         verifying->error))
        return verify_told(verifying, where);
    if (strcmp(entry->leaf.kind, LEAF_KIND_KEY) == 0)
        return change_key(walk, entry);
    return strcmp(entry->leaf.kind, ENTRY_ERASE) != 0 ||
           note_erased(walk, entry);
}

/* Roots that were signed when the ledger had as many entries as now. */
static void check_roots(struct walk *walk)
{
    struct digest root = merkle_root(&walk->frontier);
    for (size_t i = 0; i < walk->roots.count; i++) {
        const struct signed_root *signed_root = &walk->roots.items[i];
        if (signed_root->checkpoint.size == walk->frontier.size &&
            !digest_equals(&signed_root->checkpoint.root, &root))
            verify_fault(walk->verifying, "altered",
                         "%s: the first %llu entries are not those it covers",
                         signed_root->name,
                         (unsigned long long)signed_root->checkpoint.size);
    }
}

static bool walk_entry(struct walk *walk, uint64_t position)
{
    struct verifying *verifying = walk->verifying;
    struct entry entry;
    char where[48];
    struct merkle_sink sink = {compare_node, walk};
    snprintf(where, sizeof where, "entry %llu", (unsigned long long)position);
    if (!entry_get(verifying->casefile, position, verifying->moment, &entry,
                   verifying->error)) {
        struct digest stored;
        struct merkle_source source = entry_nodes(verifying->casefile);
        if (!verify_told(verifying, where))
            return false;
        /* The tree knows its leaf: those after it can still be checked. */
        if (!source.node(source.context, 0, position, &stored,
                         verifying->error))
            return verify_told(verifying, "the tree");
        return merkle_append(&walk->frontier, &stored, &sink, verifying->error);
    }
    if (!check_entry(walk, &entry))
        return false;
    struct digest leaf = leaf_hash(&entry.leaf);
    return merkle_append(&walk->frontier, &leaf, &sink, verifying->error);
}

/* Content goes only by an erasure that says so. */
static bool check_erased(struct walk *walk)
{
    struct verifying *verifying = walk->verifying;
    for (size_t i = 0; i < walk->erased.count; i++)
        if (!verifying->is_named_erased[walk->erased.items[i]])
            verify_fault(verifying, "missing",
                         "entry %llu: its content is gone, and no entry says "
                         "that it was erased",
                         (unsigned long long)walk->erased.items[i]);
    verifying->counts->erased = walk->erased.count;
    return true;
}

static bool check_node_count(struct walk *walk)
{
    struct verifying *verifying = walk->verifying;
    int64_t count;
    if (!sql_number(verifying->casefile, QUERY_NODE_COUNT, &count,
                    verifying->error))
        return false;
    if ((uint64_t)count > walk->nodes)
        verify_fault(verifying, "cut back",
                     "the tree has nodes of more entries than there are");
    return true;
}

/* Signed by whom; a root of more entries than there are was cut back. */
static bool take_root(struct walk *walk, struct slice note, const char *name,
                      bool is_held)
{
    struct verifying *verifying = walk->verifying;
    struct signed_root root = {.name = name};
    struct rows rows =
        sql_all_rows(verifying->casefile, QUERY_KEY_LIST, verifying->error);
    bool is_signed = false, is_wrong = false;
    while (rows_next(&rows)) {
        struct note_key key;
        struct error why = {.kind = ERROR_NONE};
        if (!note_key_read(rows_slice(&rows, 1), &key, &why))
            continue;
        if (checkpoint_open(note, &key, &root.checkpoint, &why))
            is_signed = true;
        else if (why.kind != ERROR_NOT_FOUND)
            is_wrong = true;
        if (is_signed)
            break;
    }
    if (!rows_end(&rows))
        return false;
    if (!is_signed) {
        verify_fault(verifying, is_wrong ? "altered" : "key unknown",
                     is_wrong ? "%s: its signature does not hold"
                              : "%s: no key of this ledger signed it",
                     name);
        return true;
    }
    verifying->counts->checkpoints += !is_held;
    if (root.checkpoint.size > verifying->size)
        verify_fault(verifying, "cut back",
                     "%s covers %llu entries; the ledger has %llu", name,
                     (unsigned long long)root.checkpoint.size,
                     (unsigned long long)verifying->size);
    return list_push(verifying->arena, &walk->roots, root, verifying->error);
}

static bool take_roots(struct walk *walk)
{
    struct verifying *verifying = walk->verifying;
    LIST(struct slice) notes = {0};
    bool is_well = true;
    struct rows rows = sql_all_rows(verifying->casefile, QUERY_CHECKPOINT_LIST,
                                    verifying->error);
    while (is_well && rows_next(&rows)) {
        struct checkpoint read;
        struct error ignored;
        struct slice note = rows_slice(&rows, 2);
        if (checkpoint_read(note, &read, &ignored) &&
            read.size != (uint64_t)rows_integer(&rows, 1))
            verify_fault(verifying, "altered", "the size of checkpoint %zu",
                         notes.count + 1);
        /* A damaged row may have none: nobody signed that. */
        note.data = rows_is_null(&rows, 2)
                        ? ""
                        : rows_string(&rows, 2, verifying->arena);
        is_well = note.data != NULL &&
                  list_push(verifying->arena, &notes, note, verifying->error);
    }
    is_well = rows_end(&rows) && is_well;
    for (size_t i = 0; i < notes.count && is_well; i++) {
        char name[48];
        snprintf(name, sizeof name, "checkpoint %zu", i + 1);
        char *copy =
            arena_string(verifying->arena, slice_of(name), verifying->error);
        is_well = copy != NULL && take_root(walk, notes.items[i], copy, false);
    }
    for (size_t i = 0; i < verifying->verify->held_count && is_well; i++)
        is_well = take_root(walk, verifying->verify->held[i],
                            "the checkpoint that was given", true);
    return is_well;
}

static bool is_key_row(const struct walk *walk, const struct rows *rows,
                       size_t index)
{
    char text[NOTE_KEY_TEXT_SIZE];
    if (index >= walk->keys.count)
        return false;
    struct digest fingerprint = note_key_fingerprint(&walk->keys.items[index]);
    struct slice bytes = {(const char *)fingerprint.bytes,
                          sizeof fingerprint.bytes};
    note_key_write(&walk->keys.items[index], text);
    return slice_equals(rows_slice(rows, 0), bytes) &&
           slice_equals(rows_slice(rows, 1), slice_of(text)) &&
           (uint64_t)rows_integer(rows, 3) == walk->key_entries.items[index];
}

/* The keys of the table are those that the entries put in force. */
static bool check_key_rows(struct walk *walk)
{
    struct verifying *verifying = walk->verifying;
    size_t count = 0;
    struct rows rows =
        sql_all_rows(verifying->casefile, QUERY_KEY_LIST, verifying->error);
    while (rows_next(&rows)) {
        if (!is_key_row(walk, &rows, count))
            verify_fault(verifying, "altered",
                         "key %zu is not the one that its entry names",
                         count + 1);
        count++;
    }
    if (count < walk->keys.count)
        verify_fault(verifying, "missing", "a key that an entry names");
    return rows_end(&rows);
}

static bool check_stamps(struct walk *walk)
{
    struct verifying *verifying = walk->verifying;
    struct rows rows =
        sql_all_rows(verifying->casefile, QUERY_STAMP_LIST, verifying->error);
    while (rows_next(&rows)) {
        struct timestamp stamp;
        struct error why = {.kind = ERROR_NONE};
        if (rows_is_null(&rows, 2))
            continue;
        verifying->counts->stamps++;
        if (!timestamp_check(rows_slice(&rows, 2), rows_slice(&rows, 1),
                             rows_slice(&rows, 6), rows_slice(&rows, 3), &stamp,
                             &why))
            verify_fault(verifying, "altered", "time stamp %lld: %s",
                         (long long)rows_integer(&rows, 0), why.text);
        else if (!slice_equals(slice_of(stamp.time), rows_slice(&rows, 4)) ||
                 !slice_equals(slice_of(stamp.authority), rows_slice(&rows, 5)))
            verify_fault(verifying, "altered",
                         "time stamp %lld: its time or authority",
                         (long long)rows_integer(&rows, 0));
    }
    return rows_end(&rows);
}

/* A position far out must not be walked to. */
static bool check_size(struct verifying *verifying)
{
    int64_t rows;
    if (!sql_number(verifying->casefile, QUERY_LEDGER_ROWS, &rows,
                    verifying->error))
        return false;
    if ((uint64_t)rows != verifying->size)
        verify_fault(verifying, "reordered",
                     "the ledger: %lld entries, the last with number %lld",
                     (long long)rows, (long long)verifying->size - 1);
    verifying->size = (uint64_t)rows;
    return true;
}

bool verify_ledger(struct verifying *verifying)
{
    struct walk *walk =
        arena_take(verifying->arena, 1, sizeof *walk, verifying->error);
    if (walk == NULL ||
        !entry_count(verifying->casefile, &verifying->size, verifying->error))
        return false;
    walk->verifying = verifying;
    if (!check_size(verifying))
        return false;
    verifying->counts->entries = verifying->size;
    verifying->is_named_erased =
        arena_take(verifying->arena, (size_t)verifying->size, sizeof(bool),
                   verifying->error);
    if (verifying->is_named_erased == NULL || !take_roots(walk))
        return false;
    if (verifying->size == 0)
        verify_fault(verifying, "cut back", "the ledger is empty");
    for (uint64_t i = 0; i < verifying->size; i++) {
        if (!walk_entry(walk, i))
            return false;
        check_roots(walk);
        arena_reset(verifying->moment);
    }
    return check_erased(walk) && check_node_count(walk) &&
           check_key_rows(walk) && check_stamps(walk);
}
