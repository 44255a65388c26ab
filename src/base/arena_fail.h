/*
 * arena_fail.h - makes an arena run out of memory on purpose, for tests.
 */
#ifndef MADAI_ARENA_FAIL_H
#define MADAI_ARENA_FAIL_H

#include "arena.h"

/* From now on, the `take`th take or growth of a list fails as if memory were
 * out (1: the next); those after it succeed again. 0: none fails. */
void arena_fail_at(struct arena *, size_t take);

#endif
