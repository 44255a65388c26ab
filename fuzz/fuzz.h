/*
 * fuzz.h - what a fuzz target is.
 */
#ifndef MADAI_FUZZ_H
#define MADAI_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Returns 0 for whatever bytes; a fault stops the program. */
__attribute__((visibility("default"))) int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#endif
