/*
 * paths.c - see paths.h.
 */
#include "paths.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "utf8.h"

/* Deeper than any tree that a person keeps; links in a circle stop here. */
enum { DEPTH_MAX = 64 };

struct walk {
    dev_t device;
    ino_t skipped;
    struct arena *arena;
    struct found_paths *found;
    struct error *error;
};

/* Bytes that are no UTF-8 become question marks. */
static void make_valid(char *name)
{
    struct slice text = slice_of(name);
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        if (unit.code_point == UTF8_INVALID)
            name[at] = '?';
        at += unit.length;
    }
}

/* `number` is errno, or 0 for a file that may be opened. */
static bool add(struct walk *walk, const char *path, const char *name,
                int number)
{
    struct found_path found = {.path = path};
    char *copy = arena_string(walk->arena, slice_of(name), walk->error);
    if (copy == NULL)
        return false;
    make_valid(copy);
    found.name = copy;
    if (number != 0)
        error_errno(&found.error, number, "cannot open");
    return list_push(walk->arena, walk->found, found, walk->error);
}

static char *join(struct walk *walk, const char *folder, const char *name)
{
    size_t length = strlen(folder) + strlen(name) + 2;
    char *path = arena_take(walk->arena, length, 1, walk->error);
    if (path != NULL)
        snprintf(path, length, "%s%s%s", folder, *folder == '\0' ? "" : "/",
                 name);
    return path;
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool walk_into(struct walk *walk, const char *path, const char *name,
                      unsigned depth);

/* One entry of a folder. */
static bool walk_entry(struct walk *walk, const char *path, const char *name,
                       unsigned depth)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return add(walk, path, name, errno);
    if (S_ISDIR(status.st_mode))
        return walk_into(walk, path, name, depth);
    if (!S_ISREG(status.st_mode) ||
        (status.st_dev == walk->device && status.st_ino == walk->skipped))
        return true;
    return add(walk, path, name, 0);
}

static bool walk_into(struct walk *walk, const char *path, const char *name,
                      unsigned depth)
{
    struct dirent **entries = NULL;
    int count =
        depth < DEPTH_MAX ? scandir(path, &entries, is_shown, by_bytes) : -1;
    bool is_well = true;
    if (count < 0)
        return add(walk, path, name, depth < DEPTH_MAX ? errno : ELOOP);
    for (int i = 0; i < count; i++) {
        const char *entry = entries[i]->d_name;
        char *below = is_well ? join(walk, path, entry) : NULL;
        char *named = below != NULL ? join(walk, name, entry) : NULL;
        is_well = named != NULL && walk_entry(walk, below, named, depth + 1);
        free(entries[i]);
    }
    free(entries);
    return is_well;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

bool paths_find(char **words, size_t count, dev_t device, ino_t skipped,
                struct arena *arena, struct found_paths *found,
                struct error *error)
{
    struct walk walk = {device, skipped, arena, found, error};
    *found = (struct found_paths){0};
    for (size_t i = 0; i < count; i++) {
        struct stat status;
        const char *word = words[i];
        bool is_well;
        if (strcmp(word, "-") == 0)
            is_well = add(&walk, word, "standard input", 0);
        else if (stat(word, &status) != 0)
            is_well = add(&walk, word, last_part(word), errno);
        else if (S_ISDIR(status.st_mode))
            is_well = walk_into(&walk, word, "", 0);
        else
            is_well = add(&walk, word, last_part(word), 0);
        if (!is_well)
            return false;
    }
    return true;
}
