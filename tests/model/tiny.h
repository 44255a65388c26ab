/*
 * tiny.h - the small made-up model of the tests, whole or altered in memory.
 *
 * Made by train/tiny.py; tests run in the root of the source tree.
 */
#ifndef MADAI_TINY_H
#define MADAI_TINY_H

#include "file.h"
#include "model.h"
#include "test.h"

#define TINY_PATH "tests/model/tiny.model"

/* A copy that may be altered: its bytes begin at a multiple of 64. */
struct copy {
    unsigned char *bytes;
    size_t length;
};

struct copy tiny_copy(void);
void tiny_free(struct copy *);
/* Makes the length in the head and the checksum right again. */
void tiny_seal(struct copy *);
struct model *tiny_open(void);

#endif
