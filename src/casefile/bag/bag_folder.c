/*
 * bag_folder.c - walking a folder that a stranger made.
 *
 * No link is followed and nothing but regular files is opened: a bag could
 * else point at other files of the machine, or at a pipe that never ends.
 */
#include "bag_folder.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sha256.h"

#define DEPTH_MAX 8
#define MANIFEST_BYTES_MAX ((size_t)1 << 30)

void check_fault(struct check *check, const char *path, const char *format, ...)
{
    char words[256];
    va_list values;
    va_start(values, format);
    vsnprintf(words, sizeof words, format, values);
    va_end(values);
    check->bag->fault_count++;
    check->faults->fault(check->faults->context, path, words);
}

/* A walk through the folder; `disk` gets a line for each file. */
struct walk {
    struct check *check;
    struct bag_list disk;
    char path[BAG_PATH_MAX + 1]; /* of the folder, "" or with a '/' behind */
    unsigned depth;
};

static bool walk_folder(struct walk *, int descriptor, struct error *);

/* The name of a thing in the folder, or a fault. */
static bool name_is_good(struct walk *walk, const char *name)
{
    char path[BAG_PATH_MAX + 256 + 1];
    snprintf(path, sizeof path, "%s%.255s", walk->path, name);
    if (bag_path_is_valid(slice_of(path)))
        return true;
    check_fault(walk->check, path, "not a name for a file of a bag");
    return false;
}

static bool walk_down(struct walk *walk, int parent, const char *name,
                      struct error *error)
{
    size_t length = strlen(walk->path);
    int folder =
        openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0)
        return error_errno(error, errno, "cannot open the folder");
    bool is_done = true;
    snprintf(walk->path + length, sizeof walk->path - length, "%s/", name);
    if (walk->depth == DEPTH_MAX) {
        check_fault(walk->check, walk->path, "folders nested too deep");
        close(folder);
    } else {
        walk->depth++;
        is_done = walk_folder(walk, folder, error);
        walk->depth--;
    }
    walk->path[length] = '\0';
    return is_done;
}

static bool walk_one(struct walk *walk, int parent, const char *name,
                     struct error *error)
{
    struct stat status;
    char path[BAG_PATH_MAX + 1];
    if (!name_is_good(walk, name))
        return true;
    if (fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return error_errno(error, errno, "cannot look at a file of the bag");
    if (S_ISDIR(status.st_mode))
        return walk_down(walk, parent, name, error);
    snprintf(path, sizeof path, "%s%s", walk->path, name);
    if (!S_ISREG(status.st_mode)) {
        check_fault(walk->check, path, "not a regular file");
        return true;
    }
    struct digest unknown = {{0}};
    return bag_list_add(&walk->disk, slice_of(path), &unknown, error);
}

/* Closes the descriptor. */
static bool walk_folder(struct walk *walk, int descriptor, struct error *error)
{
    DIR *folder = fdopendir(descriptor);
    bool is_done = folder != NULL;
    size_t count = 0;
    if (!is_done) {
        error_errno(error, errno, "cannot read the folder");
        close(descriptor);
        return false;
    }
    for (struct dirent *entry; is_done && (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        is_done = walk_one(walk, descriptor, entry->d_name, error);
        count++;
    }
    closedir(folder);
    if (is_done && count == 0)
        check_fault(walk->check, walk->path, "an empty folder");
    return is_done;
}

static int open_file(const struct bag *bag, const char *path)
{
    int folder = open(bag->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int file =
        openat(folder, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    int number = errno;
    if (folder >= 0)
        close(folder);
    errno = number;
    return file;
}

static bool hash_descriptor(int file, struct sha256 *hash,
                            struct digest *digest, struct error *error)
{
    char room[1 << 16];
    char hex[SHA256_HEX_SIZE];
    for (;;) {
        ssize_t count = read(file, room, sizeof room);
        if (count < 0)
            return error_errno(error, errno, "cannot read");
        if (count == 0)
            break;
        if (!sha256_add(hash, (struct slice){room, (size_t)count}, error))
            return false;
    }
    if (!sha256_end(hash, hex, error))
        return false;
    bool is_hex = digest_from_hex(slice_of(hex), digest);
    assert(is_hex);
    return true;
}

static bool hash_file(const struct bag *bag, struct sha256 *hash,
                      struct bag_line *line, struct error *error)
{
    int file = open_file(bag, line->path);
    if (file < 0) {
        error_errno(error, errno, "cannot open");
        return error_prefix(error, "%.100s", line->path);
    }
    bool is_hashed = hash_descriptor(file, hash, &line->digest, error);
    close(file);
    return is_hashed || error_prefix(error, "%.100s", line->path);
}

static bool hash_all(struct check *check, struct bag_list *disk,
                     struct error *error)
{
    struct sha256 *hash = sha256_new(error);
    bool is_done = hash != NULL;
    for (size_t i = 0; is_done && i < disk->lines.count; i++) {
        is_done = hash_file(check->bag, hash, &disk->lines.items[i], error);
        progress_report(check->progress, i + 1, disk->lines.count);
    }
    sha256_free(hash);
    return is_done;
}

bool bag_file_read(const struct bag *bag, const char *path, size_t limit,
                   struct file *file, struct error *error)
{
    char place[4096], hex[DIGEST_HEX_SIZE], found[SHA256_HEX_SIZE];
    const struct bag_line *line = bag_list_find(&bag->payload, path);
    if (line == NULL)
        line = bag_list_find(&bag->tags, path);
    if (line == NULL)
        return error_set(error, ERROR_NOT_FOUND, "%.100s: not in the bag",
                         path);
    snprintf(place, sizeof place, "%s/%s", bag->folder, path);
    struct file read;
    if (!file_read(place, limit, &read, error))
        return error_prefix(error, "%.100s", path);
    digest_to_hex(&line->digest, hex);
    bool is_same = sha256_hex(read.bytes, found, error);
    if (is_same && strcmp(hex, found) != 0)
        is_same = error_set(error, ERROR_TAMPERED,
                            "%.100s: has changed since it was checked", path);
    if (is_same)
        *file = read;
    else
        file_close(&read);
    return is_same;
}

bool check_read(struct check *check, const struct bag_line *line, size_t limit,
                struct slice *bytes, bool *is_read, struct error *error)
{
    struct file file;
    struct error why;
    *is_read = bag_file_read(check->bag, line->path, limit, &file, &why);
    if (!*is_read && why.kind != ERROR_LIMIT && why.kind != ERROR_TAMPERED) {
        *error = why;
        return false;
    }
    if (!*is_read) {
        check_fault(check, line->path, "too long, or changed meanwhile");
        return true;
    }
    char *copy = arena_string(check->arena, file.bytes, error);
    *bytes = (struct slice){copy, file.bytes.length};
    file_close(&file);
    return copy != NULL;
}

/* Reads one manifest, whose own digest is that of the disk. */
static bool read_manifest(struct check *check, struct bag_list *disk,
                          const char *path, struct bag_list *list,
                          struct error *error)
{
    const struct bag_line *line = bag_list_find(disk, path);
    struct slice text;
    bool is_read;
    struct error why;
    if (line == NULL) {
        check_fault(check, path, "is missing");
        return true;
    }
    struct bag on_disk = {.folder = check->bag->folder, .tags = *disk};
    struct check reading = *check;
    reading.bag = &on_disk;
    if (!check_read(&reading, line, MANIFEST_BYTES_MAX, &text, &is_read, error))
        return false;
    check->bag->fault_count += on_disk.fault_count;
    if (!is_read || bag_list_read(text, list, &why))
        return true;
    if (why.kind != ERROR_TAMPERED) {
        *error = why;
        return false;
    }
    check_fault(check, path, "%s", why.text);
    return true;
}

static bool is_payload(const char *path)
{
    return strncmp(path, "data/", 5) == 0;
}

/* What a manifest names against what is there, both ways. */
static void compare(struct check *check, const struct bag_list *disk,
                    const struct bag_list *list, bool is_for_payload)
{
    for (size_t i = 0; i < list->lines.count; i++) {
        const struct bag_line *line = &list->lines.items[i];
        const struct bag_line *found = bag_list_find(disk, line->path);
        if (is_payload(line->path) != is_for_payload)
            check_fault(check, line->path, "is in the wrong manifest");
        else if (found == NULL)
            check_fault(check, line->path, "is missing");
        else if (!digest_equals(&found->digest, &line->digest))
            check_fault(check, line->path, "is not what the manifest says");
    }
    for (size_t i = 0; i < disk->lines.count; i++) {
        const char *path = disk->lines.items[i].path;
        if (is_payload(path) == is_for_payload &&
            strcmp(path, BAG_TAG_MANIFEST) != 0 &&
            bag_list_find(list, path) == NULL)
            check_fault(check, path, "is in no manifest");
    }
}

bool check_folder(struct check *check, struct error *error)
{
    struct bag *bag = check->bag;
    struct walk walk = {.check = check, .disk = {.arena = check->arena}};
    int folder = open(bag->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return error_errno(error, errno, "cannot open the bag");
    if (!walk_folder(&walk, folder, error))
        return false;
    bag_list_sort(&walk.disk);
    bag->payload.arena = bag->tags.arena = check->arena;
    if (!hash_all(check, &walk.disk, error) ||
        !read_manifest(check, &walk.disk, BAG_TAG_MANIFEST, &bag->tags,
                       error) ||
        !read_manifest(check, &walk.disk, BAG_MANIFEST, &bag->payload, error))
        return false;
    if (bag->fault_count == 0) {
        compare(check, &walk.disk, &bag->tags, false);
        compare(check, &walk.disk, &bag->payload, true);
    }
    return true;
}
