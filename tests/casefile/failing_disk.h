/*
 * failing_disk.h - a disk that fails on purpose: SQLite's own way to the file
 * (VFS), with a counter before each write and each fsync.
 */
#ifndef MADAI_TEST_FAILING_DISK_H
#define MADAI_TEST_FAILING_DISK_H

enum disk_failure { DISK_FULL, DISK_WRITE, DISK_SYNC };

/* Takes the place of the usual disk; once. */
void failing_disk_install(void);

/* The `count`th operation of this kind from now fails, and all after it until
 * this is called again; 0: none. */
void failing_disk_at(enum disk_failure, unsigned count);

#endif
