/*
 * probes.h - what a converter under an attacker's control would try.
 */
#ifndef MADAI_PROBES_H
#define MADAI_PROBES_H

#include <stdbool.h>
#include <stddef.h>

struct probe {
    const char *name;
    bool (*escapes)(void); /* true: it got what it wanted */
    bool works_outside;    /* and does so where nothing holds it */
};

extern const struct probe probes[];
extern const size_t probe_count;

#endif
