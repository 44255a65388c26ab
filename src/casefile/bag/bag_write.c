/*
 * bag_write.c - files, their digests, and at the end the proofs.
 *
 * Invariant: every file that was written whole has one line, in `payload` if
 * its path begins with "data/", else in `tags`.
 */
#include "bag_write.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena_fail.h"
#include "bag_embedded.h"
#include "bag_write_fail.h"
#include "lines.h"
#include "sha256.h"
#include "tlog_proof.h"

#define WRITER_CEILING ((size_t)4 << 30)

struct opened {
    uint64_t index;
    struct leaf leaf;
    struct digest salt;
};

struct bag_writer {
    struct arena *arena;
    const char *folder, *partial;
    const char *date;
    struct bag_list payload, tags;
    LIST(struct opened) entries;
    uint64_t payload_bytes;
    struct sha256 *hash;
    FILE *file; /* the one that is being written, or NULL */
    char path[BAG_PATH_MAX + 1];
    bool has_folder; /* of ours, to be removed if it comes to nothing */
    bool is_sealed;
};

static bool is_payload(const char *path)
{
    return strncmp(path, "data/", 5) == 0;
}

/* The file's place on the disk. */
static bool place_of(const struct bag_writer *writer, const char *path,
                     char place[PATH_MAX], struct error *error)
{
    int length = snprintf(place, PATH_MAX, "%s/%s", writer->partial, path);
    return (length > 0 && length < PATH_MAX) ||
           error_errno(error, ENAMETOOLONG, "cannot write");
}

/* All folders above the file. */
static bool make_folders(const struct bag_writer *writer, char *place,
                         struct error *error)
{
    for (char *at = place + strlen(writer->partial) + 1;
         (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        bool is_there = mkdir(place, 0777) == 0 || errno == EEXIST;
        *at = '/';
        if (!is_there)
            return error_errno(error, errno, "cannot make the folder");
    }
    return true;
}

static bool file_open_new(struct bag_writer *writer, const char *path,
                          struct error *error)
{
    char place[PATH_MAX];
    assert(writer->file == NULL);
    if (!bag_path_is_valid(slice_of(path)))
        return error_set(error, ERROR_USAGE, "not a name for a file of a bag");
    if (!place_of(writer, path, place, error) ||
        !make_folders(writer, place, error))
        return false;
    writer->file = fopen(place, "wbx");
    if (writer->file == NULL && errno == EEXIST)
        return error_set(error, ERROR_USAGE, "is in the bag already");
    if (writer->file == NULL)
        return error_errno(error, errno, "cannot make the file");
    memcpy(writer->path, path, strlen(path) + 1);
    return true;
}

static bool begin(struct bag_writer *writer, const char *path,
                  struct error *error)
{
    return file_open_new(writer, path, error) ||
           error_prefix(error, "%.100s", path);
}

bool bag_file_add(struct bag_writer *writer, struct slice bytes,
                  struct error *error)
{
    if (fwrite(bytes.data, 1, bytes.length, writer->file) != bytes.length) {
        error_errno(error, errno, "cannot write");
        return error_prefix(error, "%.100s", writer->path);
    }
    if (is_payload(writer->path))
        writer->payload_bytes += bytes.length;
    return sha256_add(writer->hash, bytes, error);
}

bool bag_file_end(struct bag_writer *writer, struct error *error)
{
    char hex[SHA256_HEX_SIZE];
    struct digest digest;
    FILE *file = writer->file;
    writer->file = NULL;
    if (fclose(file) != 0) {
        error_errno(error, errno, "cannot write");
        return error_prefix(error, "%.100s", writer->path);
    }
    if (!sha256_end(writer->hash, hex, error))
        return false;
    bool is_read = digest_from_hex(slice_of(hex), &digest);
    assert(is_read);
    return bag_list_add(is_payload(writer->path) ? &writer->payload
                                                 : &writer->tags,
                        slice_of(writer->path), &digest, error);
}

static bool put(struct bag_writer *writer, const char *path, struct slice bytes,
                struct error *error)
{
    return begin(writer, path, error) && bag_file_add(writer, bytes, error) &&
           bag_file_end(writer, error);
}

bool bag_file_begin(struct bag_writer *writer, const char *path,
                    struct error *error)
{
    assert(!writer->is_sealed);
    if (!is_payload(path) ||
        strncmp(path, BAG_ENTRIES, sizeof BAG_ENTRIES - 1) == 0)
        return error_set(error, ERROR_USAGE,
                         "%.100s: no place for a file of the payload", path);
    return begin(writer, path, error);
}

bool bag_add_file(struct bag_writer *writer, const char *path,
                  struct slice bytes, struct error *error)
{
    return bag_file_begin(writer, path, error) &&
           bag_file_add(writer, bytes, error) && bag_file_end(writer, error);
}

static bool begin_folder(struct bag_writer *writer, const char *folder,
                         struct error *error)
{
    struct stat status;
    struct slice copy, partial;
    if (!arena_print(writer->arena, &copy, error, "%s", folder) ||
        !arena_print(writer->arena, &partial, error, "%s.partial", folder))
        return false;
    writer->folder = copy.data;
    writer->partial = partial.data;
    if (lstat(folder, &status) == 0)
        return error_set(error, ERROR_USAGE, "%.150s: is there already",
                         folder);
    if (mkdir(writer->partial, 0777) != 0) {
        error_errno(error, errno, "cannot make the folder");
        return error_prefix(error, "%.150s", writer->partial);
    }
    writer->has_folder = true;
    return true;
}

struct bag_writer *bag_begin(const char *folder, const char *date,
                             struct error *error)
{
    struct slice copy;
    struct bag_writer *writer = calloc(1, sizeof *writer);
    if (writer != NULL)
        writer->arena = arena_new(WRITER_CEILING);
    if (writer == NULL || writer->arena == NULL) {
        error_set(error, ERROR_LIMIT, "no memory for the bag");
        bag_writer_free(writer);
        return NULL;
    }
    writer->payload.arena = writer->tags.arena = writer->arena;
    writer->hash = sha256_new(error);
    if (writer->hash == NULL ||
        !arena_print(writer->arena, &copy, error, "%s", date) ||
        !begin_folder(writer, folder, error)) {
        bag_writer_free(writer);
        return NULL;
    }
    writer->date = copy.data;
    return writer;
}

static int remove_one(const char *path, const struct stat *status, int kind,
                      struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    return remove(path);
}

void bag_writer_free(struct bag_writer *writer)
{
    if (writer == NULL)
        return;
    if (writer->file != NULL)
        fclose(writer->file);
    if (writer->has_folder)
        nftw(writer->partial, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    sha256_free(writer->hash);
    arena_release(writer->arena);
    free(writer);
}

void bag_write_fail_at(struct bag_writer *writer, size_t take)
{
    arena_fail_at(writer->arena, take);
}

bool bag_add_keys(struct bag_writer *writer, const struct note_key *keys,
                  size_t count, struct error *error)
{
    if (!begin(writer, BAG_KEYS, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        char text[NOTE_KEY_TEXT_SIZE];
        note_key_write(&keys[i], text);
        if (!bag_file_add(writer, slice_of(text), error) ||
            !bag_file_add(writer, slice_of("\n"), error))
            return false;
    }
    return bag_file_end(writer, error);
}

bool bag_add_entry(struct bag_writer *writer, uint64_t index,
                   const struct leaf *leaf, const struct digest *salt,
                   struct slice body, struct error *error)
{
    char path[64];
    struct opened opened = {index, *leaf, *salt};
    assert(!writer->is_sealed);
    snprintf(path, sizeof path, BAG_ENTRIES "%ju.json", (uintmax_t)index);
    return put(writer, path, body, error) &&
           list_push(writer->arena, &writer->entries, opened, error);
}

static bool add_earlier(struct bag_writer *writer, uint64_t size,
                        const char *ending, struct slice bytes,
                        struct error *error)
{
    char path[64];
    snprintf(path, sizeof path, BAG_EARLIER "%ju%s", (uintmax_t)size, ending);
    return put(writer, path, bytes, error);
}

bool bag_add_earlier(struct bag_writer *writer, uint64_t size,
                     struct slice note, struct slice answer, struct slice chain,
                     struct error *error)
{
    assert(!writer->is_sealed);
    assert((answer.length == 0) == (chain.length == 0));
    return add_earlier(writer, size, ".checkpoint", note, error) &&
           (answer.length == 0 ||
            (add_earlier(writer, size, ".tsr", answer, error) &&
             add_earlier(writer, size, ".pem", chain, error)));
}

static bool put_info(struct bag_writer *writer, struct error *error)
{
    struct slice info;
    return arena_print(writer->arena, &info, error,
                       "Bag-Software-Agent: madai\nBagging-Date: %s\n"
                       "Payload-Oxum: %ju.%zu\n",
                       writer->date, (uintmax_t)writer->payload_bytes,
                       writer->payload.lines.count) &&
           put(writer, BAG_INFO, info, error);
}

/* Paths and digests need no escaping. */
static bool export_body(struct bag_writer *writer, struct slice *body,
                        struct error *error)
{
    struct slice made = {"", 0};
    for (size_t i = 0; i < writer->tags.lines.count; i++) {
        char hex[DIGEST_HEX_SIZE];
        const struct bag_line *line = &writer->tags.lines.items[i];
        digest_to_hex(&line->digest, hex);
        if (!arena_print(writer->arena, &made, error, "%s%s\"%s\":\"%s\"",
                         made.data, i > 0 ? "," : "", line->path, hex))
            return false;
    }
    return arena_print(writer->arena, body, error, "{\"files\":{%s}}",
                       made.data);
}

bool bag_seal(struct bag_writer *writer, struct slice *body,
              struct error *error)
{
    struct slice manifest;
    assert(!writer->is_sealed);
    bag_list_sort(&writer->payload);
    if (!put(writer, BAG_DECLARATION, slice_of(BAG_DECLARED), error) ||
        !put_info(writer, error) ||
        !put(writer, BAG_VERIFY, (struct slice){bag_verify, bag_verify_length},
             error) ||
        !put(writer, BAG_EXPLAIN,
             (struct slice){bag_explain, bag_explain_length}, error) ||
        !bag_list_write(&writer->payload, &manifest, error) ||
        !put(writer, BAG_MANIFEST, manifest, error))
        return false;
    writer->is_sealed = true;
    bag_list_sort(&writer->tags);
    return export_body(writer, body, error) &&
           put(writer, BAG_EXPORT, *body, error);
}

static bool put_leaf_hashes(struct bag_writer *writer,
                            const struct bag_ledger *ledger,
                            struct error *error)
{
    if (!begin(writer, BAG_LEAF_HASHES, error))
        return false;
    for (uint64_t i = 0; i < ledger->size; i++) {
        struct digest leaf;
        char line[DIGEST_HEX_SIZE];
        if (!ledger->nodes.node(ledger->nodes.context, 0, i, &leaf, error))
            return false;
        digest_to_hex(&leaf, line);
        line[DIGEST_HEX_SIZE - 1] = '\n';
        if (!bag_file_add(writer, (struct slice){line, sizeof line}, error))
            return false;
    }
    return bag_file_end(writer, error);
}

static bool put_proof(struct bag_writer *writer,
                      const struct bag_ledger *ledger,
                      const struct opened *opened, struct arena *arena,
                      struct error *error)
{
    char path[64];
    struct slice file;
    struct tlog_proof proof = {.leaf = opened->leaf,
                               .salt = opened->salt,
                               .index = opened->index,
                               .note = ledger->note};
    snprintf(path, sizeof path, BAG_PROOFS "%ju.tlog-proof",
             (uintmax_t)opened->index);
    arena_reset(arena);
    return merkle_prove_inclusion(&ledger->nodes, proof.index, ledger->size,
                                  &proof.path, error) &&
           tlog_proof_write(arena, &proof, &file, error) &&
           put(writer, path, file, error);
}

static bool put_proofs(struct bag_writer *writer,
                       const struct bag_ledger *ledger, struct error *error)
{
    struct opened last = {ledger->size - 1, ledger->export_leaf,
                          ledger->export_salt};
    struct arena *arena = arena_new(2 * TLOG_PROOF_BYTES_MAX);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the proofs");
    bool is_put = put_proof(writer, ledger, &last, arena, error);
    for (size_t i = 0; is_put && i < writer->entries.count; i++)
        is_put =
            put_proof(writer, ledger, &writer->entries.items[i], arena, error);
    arena_release(arena);
    return is_put;
}

/* Everything on the disk before anything says that it is whole. */
static bool make_durable(struct bag_writer *writer, struct error *error)
{
    int folder = open(writer->partial, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_durable = folder >= 0 && syncfs(folder) == 0;
    if (!is_durable)
        error_errno(error, errno, "cannot finish the bag");
    if (folder >= 0)
        close(folder);
    return is_durable;
}

bool bag_name(struct bag_writer *writer, struct error *error)
{
    writer->has_folder = false;
    if (rename(writer->partial, writer->folder) == 0)
        return true;
    error_errno(error, errno, "cannot name the bag");
    return error_prefix(error, "%.150s", writer->partial);
}

bool bag_finish(struct bag_writer *writer, const struct bag_ledger *ledger,
                struct error *error)
{
    struct slice manifest;
    assert(writer->is_sealed);
    if (!put(writer, BAG_CHECKPOINT, ledger->note, error) ||
        !put_leaf_hashes(writer, ledger, error) ||
        !put_proofs(writer, ledger, error))
        return false;
    bag_list_sort(&writer->tags);
    return bag_list_write(&writer->tags, &manifest, error) &&
           put(writer, BAG_TAG_MANIFEST, manifest, error) &&
           make_durable(writer, error);
}
