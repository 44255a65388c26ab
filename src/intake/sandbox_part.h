/*
 * sandbox_part.h - what holds a helper, as bits: told by it in its first frame
 * and to a person in words.
 */
#ifndef MADAI_SANDBOX_PART_H
#define MADAI_SANDBOX_PART_H

#include <stddef.h>
#include <stdint.h>

enum sandbox_part {
    SANDBOX_LIMITS = 1 << 0,     /* rlimits */
    SANDBOX_PRIVILEGES = 1 << 1, /* no_new_privs, no capabilities */
    SANDBOX_LANDLOCK = 1 << 2,
    SANDBOX_SECCOMP = 1 << 3,
    SANDBOX_NAMESPACES = 1 << 4, /* user, mount, net, pid, ipc, uts */
    SANDBOX_MOUNTS = 1 << 5,     /* no file system but an empty one */
};

/* Without these no document is parsed, unless one asks for it. Namespaces are
 * used where the system allows them to its users. */
#define SANDBOX_REQUIRED                                                       \
    (SANDBOX_LIMITS | SANDBOX_PRIVILEGES | SANDBOX_LANDLOCK | SANDBOX_SECCOMP)

/* "Landlock, seccomp": what is missing of the required; cut to fit. */
void sandbox_missing(uint32_t in_force, char *words, size_t size);

#endif
