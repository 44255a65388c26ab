/*
 * report_file.h - a made file goes to where it was asked for.
 */
#ifndef MADAI_REPORT_FILE_H
#define MADAI_REPORT_FILE_H

#include "error.h"
#include "slice.h"

/* To standard output where `path` is NULL or "-". ERROR_USAGE where the file
 * is there already; ERROR_IO, and then nothing is left. */
MUST_CHECK bool report_file_write(const char *path, struct slice bytes,
                                  struct error *);

#endif
