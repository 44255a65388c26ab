/*
 * helper.h - one document, one process: a helper program that has one parsing
 * library, gets the document as a sealed memfd, and writes frames to a pipe.
 *
 * Invariants
 *   1. The document's bytes are parsed only in the helper, after it has shut
 *      itself in (sandbox.h).
 *   2. Whatever the helper does, the parent goes on: it reads at most what
 *      collect.h allows, waits at most HELPER_WALL_SECONDS, and kills.
 *   3. Nothing of ours is inherited: descriptors 0 (document), 1 (pipe) and 2
 *      (nothing), and of the environment no variable.
 */
#ifndef MADAI_HELPER_H
#define MADAI_HELPER_H

#include <limits.h>

#include "error.h"
#include "slice.h"

enum { HELPER_CPU_SECONDS = 20, HELPER_WALL_SECONDS = 600 };
#define HELPER_MEMORY ((size_t)1 << 30)

struct helper_job {
    const char *program; /* path */
    const char *kind;    /* of file_kind_names: what to take the document for */
    struct slice input;
    unsigned cpu_seconds; /* 0: HELPER_CPU_SECONDS */
    size_t memory;        /* bytes of address space; 0: HELPER_MEMORY */
    bool is_unsafe;       /* parse though the sandbox is not whole */
    /* Gets what the helper writes, as it comes; false, with the error, stops
     * it. */
    bool (*take)(void *context, struct slice, struct error *);
    void *context;
};

/* True where the helper ended by itself with 0. ERROR_BAD_INPUT: it died of
 * the document (a limit, a crash, a call that it may not make), in words;
 * ERROR_NOT_FOUND: no such program; ERROR_IO: the machine. Thread-safe. */
MUST_CHECK bool helper_run(const struct helper_job *, struct error *);

/* The path of helper `name`: in $MADAI_HELPERS, beside this program in the
 * build tree, or in ../libexec/madai. ERROR_NOT_FOUND. */
MUST_CHECK bool helper_find(const char *name, char path[PATH_MAX],
                            struct error *);

#endif
