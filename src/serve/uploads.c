/*
 * uploads.c - see uploads.h.
 */
#include "uploads.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "utf8.h"

struct waiting {
    char *folder; /* NULL: free */
    uint64_t bytes;
    bool is_whole, is_taken;
};

struct upload_room {
    pthread_mutex_t lock;
    char folder[PATH_MAX - 64]; /* with six X until it is made */
    bool is_made;
    struct waiting *items; /* UPLOADS_MAX; number - 1 */
    uint64_t bytes;
};

struct upload {
    struct upload_room *room;
    uint64_t number;
    int descriptor;
};

struct upload_room *uploads_new(const char *case_path, struct error *error)
{
    struct upload_room *room = calloc(1, sizeof *room);
    if (room != NULL)
        room->items = calloc(UPLOADS_MAX, sizeof *room->items);
    if (room == NULL || room->items == NULL) {
        free(room);
        error_set(error, ERROR_LIMIT, "no memory for files that come");
        return NULL;
    }
    pthread_mutex_init(&room->lock, NULL);
    snprintf(room->folder, sizeof room->folder, "%s.incoming-XXXXXX",
             case_path);
    return room;
}

static int remove_one(const char *path, const struct stat *status, int type,
                      struct FTW *where)
{
    (void)status;
    (void)type;
    (void)where;
    return remove(path);
}

static void remove_tree(const char *folder)
{
    enum { OPEN_MAX_HERE = 16 };
    nftw(folder, remove_one, OPEN_MAX_HERE, FTW_DEPTH | FTW_PHYS);
}

void uploads_free(struct upload_room *room)
{
    if (room == NULL)
        return;
    for (uint64_t i = 1; i <= UPLOADS_MAX; i++)
        upload_remove(room, i);
    if (room->is_made)
        rmdir(room->folder);
    pthread_mutex_destroy(&room->lock);
    free(room->items);
    free(room);
}

/* A part between slashes: not empty, not upwards, not hidden, and short enough
 * for a file system. */
static bool is_part(const char *part, size_t length)
{
    return length > 0 && length <= NAME_MAX && part[0] != '.' &&
           memchr(part, '\\', length) == NULL;
}

static bool check_name(const char *name, struct error *error)
{
    enum { DEPTH_MAX = 30 };
    size_t depth = 0, length = strlen(name);
    bool is_well = length > 0 && length <= UPLOAD_NAME_MAX &&
                   utf8_count_invalid(slice_of(name)) == 0;
    for (size_t i = 0; i < length; i++)
        is_well = is_well && (unsigned char)name[i] >= 0x20 && name[i] != 0x7F;
    for (const char *at = name; is_well; depth++) {
        size_t part = strcspn(at, "/");
        is_well = is_part(at, part) && depth < DEPTH_MAX;
        if (at[part] == '\0')
            break;
        at += part + 1;
    }
    return is_well || error_set(error, ERROR_USAGE,
                                "'%.100s' is no name for a file", name);
}

/* A free place with a folder of its own; the room is locked. */
static bool place_new(struct upload_room *room, uint64_t *number,
                      struct error *error)
{
    char path[PATH_MAX];
    size_t i = 0;
    if (!room->is_made && mkdtemp(room->folder) == NULL)
        return error_errno(error, errno, "cannot make a folder by the case");
    room->is_made = true;
    while (i < UPLOADS_MAX && room->items[i].folder != NULL)
        i++;
    if (i == UPLOADS_MAX || room->bytes >= UPLOADS_BYTES_MAX)
        return error_set(error, ERROR_LIMIT,
                         "too much is waiting to be added already");
    snprintf(path, sizeof path, "%s/%zu", room->folder, i + 1);
    if (mkdir(path, 0700) != 0)
        return error_errno(error, errno, "cannot make a folder by the case");
    room->items[i] = (struct waiting){.folder = strdup(path)};
    *number = i + 1;
    return room->items[i].folder != NULL ||
           error_set(error, ERROR_LIMIT, "out of memory");
}

/* The folders of the name, and the file itself, which is new. */
static int open_below(const char *folder, const char *name)
{
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    for (char *at = path + strlen(folder) + 1; (at = strchr(at, '/')) != NULL;
         at++) {
        *at = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return -1;
        *at = '/';
    }
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                0600);
}

static struct upload *open_upload(struct upload_room *room, const char *name,
                                  struct error *error)
{
    struct upload *upload = calloc(1, sizeof *upload);
    if (upload == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    upload->room = room;
    upload->descriptor = -1;
    pthread_mutex_lock(&room->lock);
    bool has_place = place_new(room, &upload->number, error);
    pthread_mutex_unlock(&room->lock);
    if (has_place) {
        upload->descriptor =
            open_below(room->items[upload->number - 1].folder, name);
        if (upload->descriptor >= 0)
            return upload;
        error_errno(error, errno, "cannot keep the file");
    }
    upload_abandon(upload);
    return NULL;
}

struct upload *upload_begin(struct request *request, struct error *error)
{
    const char *name = address_value(&request->address, "name");
    if (name == NULL) {
        error_set(error, ERROR_USAGE, "which name?");
        return NULL;
    }
    return check_name(name, error)
               ? open_upload(request->server->uploads, name, error)
               : NULL;
}

bool upload_write(struct upload *upload, struct slice bytes,
                  struct error *error)
{
    struct upload_room *room = upload->room;
    struct waiting *waiting = &room->items[upload->number - 1];
    pthread_mutex_lock(&room->lock);
    waiting->bytes += bytes.length;
    room->bytes += bytes.length;
    bool has_room =
        waiting->bytes <= UPLOAD_BYTES_MAX && room->bytes <= UPLOADS_BYTES_MAX;
    pthread_mutex_unlock(&room->lock);
    if (!has_room)
        return error_set(error, ERROR_LIMIT, "the file is too large");
    for (size_t at = 0; at < bytes.length;) {
        ssize_t count =
            write(upload->descriptor, bytes.data + at, bytes.length - at);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return error_errno(error, errno, "cannot keep the file");
        at += (size_t)count;
    }
    return true;
}

bool upload_end(struct upload *upload, uint64_t *number, struct error *error)
{
    struct upload_room *room = upload->room;
    int code = close(upload->descriptor);
    upload->descriptor = -1;
    if (code != 0) {
        error_errno(error, errno, "cannot keep the file");
        upload_abandon(upload);
        return false;
    }
    pthread_mutex_lock(&room->lock);
    room->items[upload->number - 1].is_whole = true;
    pthread_mutex_unlock(&room->lock);
    *number = upload->number;
    free(upload);
    return true;
}

void upload_abandon(struct upload *upload)
{
    if (upload == NULL)
        return;
    if (upload->descriptor >= 0)
        close(upload->descriptor);
    upload_remove(upload->room, upload->number);
    free(upload);
}

const char *upload_take(struct upload_room *room, uint64_t number)
{
    const char *folder = NULL;
    if (number == 0 || number > UPLOADS_MAX)
        return NULL;
    pthread_mutex_lock(&room->lock);
    struct waiting *waiting = &room->items[number - 1];
    if (waiting->folder != NULL && waiting->is_whole && !waiting->is_taken) {
        waiting->is_taken = true;
        folder = waiting->folder;
    }
    pthread_mutex_unlock(&room->lock);
    return folder;
}

void upload_remove(struct upload_room *room, uint64_t number)
{
    if (number == 0 || number > UPLOADS_MAX)
        return;
    pthread_mutex_lock(&room->lock);
    struct waiting *waiting = &room->items[number - 1];
    if (waiting->folder != NULL) {
        remove_tree(waiting->folder);
        free(waiting->folder);
        room->bytes -= waiting->bytes;
        *waiting = (struct waiting){0};
    }
    pthread_mutex_unlock(&room->lock);
}

bool upload_example(struct upload_room *room, const char *name,
                    struct slice bytes, uint64_t *number, struct error *error)
{
    struct upload *upload = open_upload(room, name, error);
    if (upload == NULL)
        return false;
    if (!upload_write(upload, bytes, error)) {
        upload_abandon(upload);
        return false;
    }
    return upload_end(upload, number, error);
}
