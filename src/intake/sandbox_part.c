/*
 * sandbox_part.c - see sandbox_part.h.
 */
#include "sandbox_part.h"

void sandbox_missing(uint32_t in_force, char *words, size_t size)
{
    static const struct {
        uint32_t part;
        const char *name;
    } parts[] = {{SANDBOX_LIMITS, "resource limits"},
                 {SANDBOX_PRIVILEGES, "no_new_privs"},
                 {SANDBOX_LANDLOCK, "Landlock"},
                 {SANDBOX_SECCOMP, "seccomp"}};
    size_t at = 0;
    words[0] = '\0';
    for (size_t i = 0; i < sizeof parts / sizeof *parts && at < size; i++)
        if ((in_force & parts[i].part) == 0)
            at += (size_t)snprintf(words + at, size - at, "%s%s",
                                   at > 0 ? ", " : "", parts[i].name);
}
