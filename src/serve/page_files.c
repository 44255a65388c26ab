/*
 * page_files.c - see page_files.h.
 */
#include "page_files.h"

#include <stdlib.h>

#include "file.h"

struct page_files {
    const char *folder;
    char (*hashes)[SHA256_HEX_SIZE]; /* beside page_embedded */
};

static const struct {
    const char *ending, *type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
};

static const char *type_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < sizeof types / sizeof *types; i++)
        if (strcmp(dot, types[i].ending) == 0)
            return types[i].type;
    return "application/octet-stream";
}

struct page_files *page_files_new(const char *folder, struct error *error)
{
    struct page_files *files = calloc(1, sizeof *files);
    if (files != NULL)
        files->hashes = calloc(page_embedded_count, sizeof *files->hashes);
    if (files == NULL || files->hashes == NULL) {
        error_set(error, ERROR_LIMIT, "no memory for the page");
        page_files_free(files);
        return NULL;
    }
    files->folder = folder;
    for (size_t i = 0; i < page_embedded_count; i++) {
        struct slice bytes = {page_embedded[i].bytes, page_embedded[i].length};
        if (!sha256_hex(bytes, files->hashes[i], error)) {
            page_files_free(files);
            return NULL;
        }
    }
    return files;
}

void page_files_free(struct page_files *files)
{
    if (files == NULL)
        return;
    free(files->hashes);
    free(files);
}

/* Read anew each time: somebody is editing it. The name is one of those built
 * in, so it leads nowhere else. */
static bool from_folder(const struct page_files *files, const char *name,
                        struct arena *arena, struct page_file *found,
                        struct error *error)
{
    enum { BYTES_MAX = 1 << 24 };
    char path[4096];
    struct file file;
    int length = snprintf(path, sizeof path, "%s/%s", files->folder, name);
    if (length < 0 || (size_t)length >= sizeof path)
        return error_set(error, ERROR_LIMIT, "a path is too long");
    if (!file_read(path, BYTES_MAX, &file, error))
        return error_prefix(error, "%.100s", name);
    found->bytes.data = arena_string(arena, file.bytes, error);
    found->bytes.length = file.bytes.length;
    file_close(&file);
    char hash[SHA256_HEX_SIZE];
    if (found->bytes.data == NULL || !sha256_hex(found->bytes, hash, error))
        return false;
    snprintf(found->tag, sizeof found->tag, "\"%s\"", hash);
    return true;
}

bool page_file(const struct page_files *files, const char *name,
               struct arena *arena, struct page_file *found,
               struct error *error)
{
    for (size_t i = 0; i < page_embedded_count; i++) {
        if (strcmp(page_embedded[i].name, name) != 0)
            continue;
        found->type = type_of(name);
        if (files->folder != NULL)
            return from_folder(files, name, arena, found, error);
        found->bytes =
            (struct slice){page_embedded[i].bytes, page_embedded[i].length};
        snprintf(found->tag, sizeof found->tag, "\"%s\"", files->hashes[i]);
        return true;
    }
    return error_set(error, ERROR_NOT_FOUND, "there is no such page");
}
