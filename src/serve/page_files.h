/*
 * page_files.h - the files of the page, as they were built in, or from a
 * folder for whoever works on them.
 */
#ifndef MADAI_PAGE_FILES_H
#define MADAI_PAGE_FILES_H

#include "arena.h"
#include "error.h"
#include "sha256.h"
#include "slice.h"

/* Made by tools/embed_files.c, sorted by name. */
struct embedded_file {
    const char *name;
    const char *bytes;
    size_t length;
};
extern const struct embedded_file page_embedded[];
extern const size_t page_embedded_count;
/* Invented documents to try things on. */
extern const struct embedded_file example_embedded[];
extern const size_t example_embedded_count;

struct page_files;

/* NULL: no memory, or no hash. `folder` may be NULL. */
MUST_CHECK struct page_files *page_files_new(const char *folder,
                                             struct error *);
void page_files_free(struct page_files *);

struct page_file {
    struct slice bytes;
    const char *type;
    char tag[SHA256_HEX_SIZE + 2]; /* with its quotation marks */
};
/* ERROR_NOT_FOUND; ERROR_IO. Bytes are built in, or the arena's. */
MUST_CHECK bool page_file(const struct page_files *, const char *name,
                          struct arena *, struct page_file *, struct error *);

#endif
