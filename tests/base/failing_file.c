/*
 * failing_file.c - see failing_file.h. The linker leads the calls past those
 * here (--wrap); some have their name from 64-bit offsets.
 */
#include "failing_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>

static unsigned left;

static bool fails(void)
{
    if (left == 0 || --left > 0)
        return false;
    errno = EIO;
    return true;
}

/* The mode, where the flags ask for one. */
#define MODE_OF(flags, mode)                                                   \
    do {                                                                       \
        va_list values;                                                        \
        va_start(values, flags);                                               \
        (mode) = ((flags)&O_CREAT) != 0 ? va_arg(values, mode_t) : 0;          \
        va_end(values);                                                        \
    } while (0)

int __real_open64(const char *path, int flags, ...);
int __real_openat64(int folder, const char *path, int flags, ...);
int __real_fstatat64(int folder, const char *path, struct stat *, int flags);
DIR *__real_fdopendir(int);
ssize_t __real_read(int, void *, size_t);
int __real_mkdir(const char *path, mode_t);
FILE *__real_fopen64(const char *path, const char *mode);
size_t __real_fwrite(const void *, size_t, size_t, FILE *);
int __real_fclose(FILE *);
int __real_rename(const char *from, const char *to);
int __real_fsync(int);
int __real_syncfs(int);

int __wrap_open64(const char *path, int flags, ...);
int __wrap_openat64(int folder, const char *path, int flags, ...);
int __wrap_fstatat64(int folder, const char *path, struct stat *, int flags);
DIR *__wrap_fdopendir(int);
ssize_t __wrap_read(int, void *, size_t);
int __wrap_mkdir(const char *path, mode_t);
FILE *__wrap_fopen64(const char *path, const char *mode);
size_t __wrap_fwrite(const void *, size_t, size_t, FILE *);
int __wrap_fclose(FILE *);
int __wrap_rename(const char *from, const char *to);
int __wrap_fsync(int);
int __wrap_syncfs(int);

int __wrap_open64(const char *path, int flags, ...)
{
    mode_t mode;
    MODE_OF(flags, mode);
    return fails() ? -1 : __real_open64(path, flags, mode);
}

int __wrap_openat64(int folder, const char *path, int flags, ...)
{
    mode_t mode;
    MODE_OF(flags, mode);
    return fails() ? -1 : __real_openat64(folder, path, flags, mode);
}

int __wrap_fstatat64(int folder, const char *path, struct stat *status,
                     int flags)
{
    return fails() ? -1 : __real_fstatat64(folder, path, status, flags);
}

DIR *__wrap_fdopendir(int descriptor)
{
    return fails() ? NULL : __real_fdopendir(descriptor);
}

ssize_t __wrap_read(int descriptor, void *to, size_t count)
{
    return fails() ? -1 : __real_read(descriptor, to, count);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    return fails() ? -1 : __real_mkdir(path, mode);
}

FILE *__wrap_fopen64(const char *path, const char *mode)
{
    return fails() ? NULL : __real_fopen64(path, mode);
}

size_t __wrap_fwrite(const void *from, size_t size, size_t count, FILE *file)
{
    return fails() ? 0 : __real_fwrite(from, size, count, file);
}

/* It is closed also where it fails. */
int __wrap_fclose(FILE *file)
{
    const bool is_broken = fails();
    const int code = __real_fclose(file);
    if (is_broken)
        errno = EIO;
    return is_broken ? EOF : code;
}

int __wrap_rename(const char *from, const char *to)
{
    return fails() ? -1 : __real_rename(from, to);
}

int __wrap_fsync(int descriptor)
{
    return fails() ? -1 : __real_fsync(descriptor);
}

int __wrap_syncfs(int descriptor)
{
    return fails() ? -1 : __real_syncfs(descriptor);
}

void failing_file_at(unsigned count) { left = count; }

bool failing_file_was_met(void) { return left == 0; }
