/*
 * progress.h - how far a long piece of work has come.
 *
 * Nothing below cli and serve prints; work that takes long calls back
 * instead. The one who started it decides what to show and how often.
 */
#ifndef MADAI_PROGRESS_H
#define MADAI_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

struct progress {
    /* `total` is 0 where it is not known. May be called from any thread
     * that works, but never from two at once for one progress. */
    void (*report)(void *context, uint64_t done, uint64_t total);
    void *context;
};

/* A NULL progress is allowed: nobody wants to know. */
static inline void progress_report(const struct progress *progress,
                                   uint64_t done, uint64_t total)
{
    if (progress != NULL)
        progress->report(progress->context, done, total);
}

#endif
