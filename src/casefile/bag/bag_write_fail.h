/*
 * bag_write_fail.h - makes a writer run out of memory on purpose, for tests.
 */
#ifndef MADAI_BAG_WRITE_FAIL_H
#define MADAI_BAG_WRITE_FAIL_H

#include "bag_write.h"

/* arena_fail_at for the writer's own memory. */
void bag_write_fail_at(struct bag_writer *, size_t take);

#endif
