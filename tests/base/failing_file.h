/*
 * failing_file.h - a disk that fails on purpose: any call of ours that opens,
 * makes, reads, writes, names or synchronises a file or folder. (SQLite's own
 * calls: tests/casefile/failing_disk.h.)
 */
#ifndef MADAI_TEST_FAILING_FILE_H
#define MADAI_TEST_FAILING_FILE_H

#include <stdbool.h>

/* The `count`th call from now fails as a broken disk does (EIO), those after
 * it are well again; 0: none. */
void failing_file_at(unsigned count);

/* Whether it came to that since. */
bool failing_file_was_met(void);

#endif
