/*
 * annexes.c - see annexes.h.
 */
#include "annexes.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "output.h"
#include "sha256.h"

enum { PATH_LONGEST = 4096 };

static bool write_file(const char *folder, const char *name, struct slice bytes,
                       struct error *error)
{
    char path[PATH_LONGEST];
    int length = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (length < 0 || (size_t)length >= sizeof path)
        return error_set(error, ERROR_USAGE, "the folder's name is too long");
    FILE *file = fopen(path, "wxe");
    if (file == NULL)
        return error_errno(error, errno, path);
    bool is_written = fwrite(bytes.data, 1, bytes.length, file) == bytes.length;
    if (!is_written)
        error_errno(error, errno, path);
    if (fclose(file) != 0 && is_written)
        is_written = error_errno(error, errno, path);
    return is_written;
}

static bool write_annex(const struct paper *paper,
                        const struct paper_source *source,
                        const struct protected_names *names, const char *folder,
                        struct output *sums, struct error *error)
{
    char name[40], sha256[SHA256_HEX_SIZE];
    struct slice text;
    snprintf(name, sizeof name, "%.20s.txt", source->label);
    if (!text_protect(source->text, names, paper->arena, &text, error) ||
        !sha256_hex(text, sha256, error) ||
        !write_file(folder, name, text, error))
        return false;
    output_print(sums, "%s  %s\n", sha256, name);
    return true;
}

bool annexes_write(const struct paper *paper,
                   const struct protected_names *names, const char *folder,
                   struct error *error)
{
    struct output sums;
    output_begin(&sums, paper->arena, error);
    if (mkdir(folder, 0700) != 0)
        return errno == EEXIST ? error_set(error, ERROR_USAGE,
                                           "%.150s is there already", folder)
                               : error_errno(error, errno, folder);
    for (size_t i = 0; i < paper->sources.count; i++)
        if (!write_annex(paper, &paper->sources.items[i], names, folder, &sums,
                         error))
            return false;
    return !sums.is_failed &&
           write_file(folder, "SHA256SUMS", output_bytes(&sums), error);
}
