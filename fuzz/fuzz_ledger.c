/*
 * fuzz_ledger.c - everything that a bag or a stranger can hand to the ledger:
 * any bytes are read or refused, and what was read is written back as the
 * same bytes, since each format has one way to be written.
 */
#include <assert.h>

#include "bag_path.h"
#include "fuzz.h"
#include "key_change.h"
#include "recovery_sheet.h"
#include "timestamp.h"
#include "tlog_proof.h"

static void read_proof(struct slice bytes, struct arena *arena)
{
    struct tlog_proof proof;
    struct error error = {0};
    struct slice again;
    if (!tlog_proof_read(bytes, &proof, &error)) {
        assert(error.kind == ERROR_CORRUPT);
        return;
    }
    /* The note was not looked at yet; printf would stop at a NUL. */
    struct checkpoint checkpoint;
    if (!checkpoint_read(proof.note, &checkpoint, &error))
        return;
    bool is_written = tlog_proof_write(arena, &proof, &again, &error);
    assert(is_written && slice_equals(again, bytes));
}

static void read_list(struct slice bytes, struct arena *arena)
{
    struct bag_list list = {.arena = arena};
    struct error error = {0};
    struct slice again;
    if (!bag_list_read(bytes, &list, &error)) {
        assert(error.kind == ERROR_TAMPERED);
        return;
    }
    bool is_written = bag_list_write(&list, &again, &error);
    assert(is_written && slice_equals(again, bytes));
}

static void read_keys(struct slice bytes)
{
    struct note_key key;
    struct signing_key signing;
    struct error error = {0};
    char again[NOTE_KEY_TEXT_SIZE];
    if (note_key_read(bytes, &key, &error)) {
        note_key_write(&key, again);
        assert(slice_equals(slice_of(again), bytes));
    }
    if (sealed_key_public(bytes, &key, &error))
        note_key_write(&key, again);
    if (recovery_sheet_read(bytes, &signing, &error))
        signing_key_close(&signing);
}

static void read_stamp(struct slice bytes)
{
    struct timestamp stamp;
    struct error error = {0};
    struct slice nothing = {"", 0};
    bool holds =
        timestamp_check(bytes, nothing, bytes, nothing, &stamp, &error);
    assert(!holds && error.text[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t length)
{
    struct slice bytes = {(const char *)data, length};
    struct arena *arena = arena_new((size_t)1 << 26);
    struct key_change change;
    struct note note;
    struct leaf leaf;
    char again[LEAF_TEXT_MAX];
    struct error error = {0};
    if (leaf_read(bytes, &leaf, &error)) {
        size_t written = leaf_write(&leaf, again);
        assert(slice_equals((struct slice){again, written}, bytes));
    }
    if (note_split(bytes, &note, &error))
        assert(note.text.length + note.signatures.length + 1 == length);
    if (!key_change_read(bytes, &change, &error))
        assert(error.text[0] != '\0');
    read_proof(bytes, arena);
    read_list(bytes, arena);
    read_keys(bytes);
    read_stamp(bytes);
    arena_release(arena);
    return 0;
}
