/*
 * sandbox.h - a helper shuts itself in, before it looks at its document.
 *
 * What it links, and the data that its library needs, is loaded before; after
 * sandbox_close it can compute, read what it holds, and write to its pipe.
 *
 *   rlimits     processor seconds, address space, no files written, no
 *               processes, no core
 *   privileges  no_new_privs, no capabilities, not dumpable
 *   mounts      inside namespaces (helper.c): an empty, read-only root
 *   Landlock    no file system but what the plan names, to read; no TCP, no
 *               abstract sockets, no signals where the kernel knows of them
 *   seccomp     a list of calls that are allowed; those that libraries try
 *               in passing fail; every other call kills
 */
#ifndef MADAI_SANDBOX_H
#define MADAI_SANDBOX_H

#include "sandbox_part.h"

struct sandbox_plan {
    unsigned cpu_seconds;
    size_t memory; /* bytes of address space */
    /* Folders that may be read, NULL at the end; or NULL: none, and then no
     * file can be opened at all. */
    const char *const *folders;
};

/* What of it is in force then, as bits of enum sandbox_part. Call once, with
 * one thread. */
uint32_t sandbox_close(const struct sandbox_plan *);

#endif
