/*
 * bag_folder.h - the first half of a check: that the folder holds just the
 * files that its manifests name, with the bytes they name.
 */
#ifndef MADAI_BAG_FOLDER_H
#define MADAI_BAG_FOLDER_H

#include "bag_check.h"

/* A check as it goes on. */
struct check {
    struct arena *arena;
    struct bag *bag;
    const struct bag_faults *faults;
    const struct progress *progress;
};

/* Tells a fault and counts it. The caller goes on. */
void check_fault(struct check *, const char *path, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Fills in `payload` and `tags`; tells what differs. False where the machine
 * failed. */
MUST_CHECK bool check_folder(struct check *, struct error *);

/* A file of either list, hashed again, in the arena: what is judged is what
 * was hashed. A fault (then `bytes` is empty) where it is longer than
 * `limit` or has changed meanwhile. False where the machine failed. */
MUST_CHECK bool check_read(struct check *, const struct bag_line *,
                           size_t limit, struct slice *bytes, bool *is_read,
                           struct error *);

#endif
