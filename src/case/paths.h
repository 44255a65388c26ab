/*
 * paths.h - the files that a person means by files and folders.
 *
 * Folders are walked in the order of their names, so that the same command
 * adds in the same order. Links are not followed below a folder, and what
 * begins with a dot is passed over, as `ls` does.
 */
#ifndef MADAI_PATHS_H
#define MADAI_PATHS_H

#include <sys/types.h>

#include "arena.h"

struct found_path {
    const char *path;   /* to open; "-" is standard input */
    const char *name;   /* for the case: below the folder; valid UTF-8 */
    struct error error; /* why it cannot be read, or ERROR_NONE */
};

struct found_paths {
    struct found_path *items;
    size_t count;
    size_t capacity;
};

/* All files, in the arena. A file that is `skipped` (device and number of
 * the case itself) is left out. What cannot be opened is in the list, with
 * its error. */
MUST_CHECK bool paths_find(char **words, size_t count, dev_t device,
                           ino_t skipped, struct arena *, struct found_paths *,
                           struct error *);

#endif
