/*
 * tlog_proof.c - one entry's proof, as a file of its own.
 */
#include "tlog_proof.h"

#include <sodium.h>

#include "lines.h"

#define EXTRA_SIZE                                                             \
    sodium_base64_ENCODED_LEN(LEAF_TEXT_MAX, sodium_base64_VARIANT_ORIGINAL)

bool tlog_proof_write(struct arena *arena, const struct tlog_proof *proof,
                      struct slice *file, struct error *error)
{
    char opened[LEAF_TEXT_MAX], extra[EXTRA_SIZE];
    char path[MERKLE_PROOF_MAX * DIGEST_BASE64_SIZE + 1];
    size_t at = 0;
    size_t length = leaf_write_opened(&proof->leaf, &proof->salt, opened);
    sodium_bin2base64(extra, sizeof extra, (const unsigned char *)opened,
                      length, sodium_base64_VARIANT_ORIGINAL);
    for (size_t i = 0; i < proof->path.count; i++) {
        digest_to_base64(&proof->path.digests[i], path + at);
        at += DIGEST_BASE64_SIZE;
        path[at - 1] = '\n';
    }
    path[at] = '\0';
    return arena_print(arena, file, error,
                       "c2sp.org/tlog-proof@v1\nextra %s\nindex %ju\n%s\n%.*s",
                       extra, (uintmax_t)proof->index, path,
                       (int)proof->note.length, proof->note.data);
}

static bool extra_read(struct slice base64, struct tlog_proof *proof)
{
    uint8_t opened[LEAF_TEXT_MAX];
    size_t length;
    struct error ignored;
    return base64_read_most(base64, opened, sizeof opened, &length) &&
           leaf_read_opened((struct slice){(const char *)opened, length},
                            &proof->leaf, &proof->salt, &ignored);
}

/* The digests, up to the empty line. */
static bool path_read(struct slice *text, struct merkle_proof *path)
{
    struct slice line;
    for (path->count = 0;; path->count++) {
        if (!line_take(text, "", &line))
            return false;
        if (line.length == 0)
            return true;
        if (path->count == MERKLE_PROOF_MAX ||
            !digest_from_base64(line, &path->digests[path->count]))
            return false;
    }
}

bool tlog_proof_read(struct slice file, struct tlog_proof *proof,
                     struct error *error)
{
    struct slice head, extra, index;
    if (file.length > TLOG_PROOF_BYTES_MAX ||
        !line_take(&file, "c2sp.org/tlog-proof@v1", &head) || head.length > 0)
        return error_set(error, ERROR_CORRUPT, "not a proof");
    if (!line_take(&file, "extra ", &extra) || !extra_read(extra, proof))
        return error_set(error, ERROR_CORRUPT, "the proof opens no entry");
    if (!line_take(&file, "index ", &index) ||
        !decimal_read(index, &proof->index) || !path_read(&file, &proof->path))
        return error_set(error, ERROR_CORRUPT, "the proof is not whole");
    proof->note = file;
    return true;
}

bool tlog_proof_check(const struct tlog_proof *proof, struct slice body,
                      const struct note_key *key, struct checkpoint *checkpoint,
                      struct error *error)
{
    struct checkpoint opened;
    struct digest leaf = leaf_hash(&proof->leaf);
    if (!checkpoint_open(proof->note, key, &opened, error) ||
        !leaf_check_body(&proof->leaf, &proof->salt, body, error) ||
        !merkle_check_inclusion(&proof->path, proof->index, opened.size, &leaf,
                                &opened.root, error))
        return false;
    if (checkpoint != NULL)
        *checkpoint = opened;
    return true;
}
