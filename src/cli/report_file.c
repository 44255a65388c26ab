/*
 * report_file.c - see report_file.h.
 */
#include "report_file.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

bool report_file_write(const char *path, struct slice bytes,
                       struct error *error)
{
    if (path == NULL || strcmp(path, "-") == 0) {
        /* What went wrong there is told at the end (say). */
        fwrite(bytes.data, 1, bytes.length, stdout);
        return true;
    }
    FILE *file = fopen(path, "wxe");
    if (file == NULL && errno == EEXIST)
        return error_set(error, ERROR_USAGE, "%.150s is there already", path);
    if (file == NULL)
        return error_errno(error, errno, path);
    bool is_written = fwrite(bytes.data, 1, bytes.length, file) == bytes.length;
    if (!is_written)
        error_errno(error, errno, path);
    if (fclose(file) != 0 && is_written)
        is_written = error_errno(error, errno, path);
    if (!is_written)
        unlink(path);
    return is_written;
}
