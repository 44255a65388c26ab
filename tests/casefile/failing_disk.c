/*
 * failing_disk.c - see failing_disk.h. A file of ours stands before the one of
 * the usual VFS and hands all but writing and synchronising on.
 */
#include "failing_disk.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct failing_file {
    sqlite3_file base;
    sqlite3_file *real; /* stands right behind */
};

static sqlite3_vfs *usual;
static sqlite3_vfs failing;
static sqlite3_io_methods methods;
static enum disk_failure kind;
static unsigned left;
static bool is_broken;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((struct failing_file *)file)->real;
}

static bool fails(enum disk_failure a, enum disk_failure b)
{
    if (left == 0 && !is_broken)
        return false;
    if (kind != a && kind != b)
        return false;
    if (!is_broken && --left == 0)
        is_broken = true;
    return is_broken;
}

static int close_file(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}
static int read_file(sqlite3_file *file, void *to, int count, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), to, count, at);
}
static int write_file(sqlite3_file *file, const void *from, int count,
                      sqlite3_int64 at)
{
    if (fails(DISK_FULL, DISK_WRITE))
        return kind == DISK_FULL ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    return real_of(file)->pMethods->xWrite(real_of(file), from, count, at);
}
static int truncate_file(sqlite3_file *file, sqlite3_int64 size)
{
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
static int sync_file(sqlite3_file *file, int flags)
{
    if (fails(DISK_SYNC, DISK_SYNC))
        return SQLITE_IOERR_FSYNC;
    return real_of(file)->pMethods->xSync(real_of(file), flags);
}
static int size_of_file(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
static int lock_file(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xLock(real_of(file), lock);
}
static int unlock_file(sqlite3_file *file, int lock)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), lock);
}
static int check_lock(sqlite3_file *file, int *is_held)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), is_held);
}
static int control_file(sqlite3_file *file, int number, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), number,
                                                 argument);
}
static int sector_size(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}
static int characteristics(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
                     int flags, int *given)
{
    struct failing_file *ours = (struct failing_file *)file;
    (void)vfs;
    ours->real = (sqlite3_file *)(void *)(ours + 1);
    memset(ours->real, 0, (size_t)usual->szOsFile);
    int code = usual->xOpen(usual, name, ours->real, flags, given);
    ours->base.pMethods = ours->real->pMethods != NULL ? &methods : NULL;
    return code;
}

void failing_disk_install(void)
{
    usual = sqlite3_vfs_find(NULL);
    failing = *usual;
    failing.zName = "failing";
    failing.xOpen = open_file;
    failing.szOsFile = (int)sizeof(struct failing_file) + usual->szOsFile;
    methods = (sqlite3_io_methods){
        .iVersion = 1,
        .xClose = close_file,
        .xRead = read_file,
        .xWrite = write_file,
        .xTruncate = truncate_file,
        .xSync = sync_file,
        .xFileSize = size_of_file,
        .xLock = lock_file,
        .xUnlock = unlock_file,
        .xCheckReservedLock = check_lock,
        .xFileControl = control_file,
        .xSectorSize = sector_size,
        .xDeviceCharacteristics = characteristics,
    };
    sqlite3_vfs_register(&failing, 1);
}

void failing_disk_at(enum disk_failure failure, unsigned count)
{
    kind = failure;
    left = count;
    is_broken = false;
}
