/*
 * format_archive.c - archives and packed files (ZIP, tar, 7z, gzip, xz, ...),
 * by libarchive: each file in it is a member.
 *
 * Names are data and never paths; links, devices and folders are passed over.
 */
#include <archive.h>
#include <archive_entry.h>

#include "child.h"

enum { STEP = 1 << 16 };

struct unpacking {
    struct archive *archive;
    struct writer *writer;
    size_t left; /* bytes that may still be unpacked */
    unsigned members, passed;
};

static struct archive *archive_of(struct slice bytes)
{
    struct archive *archive = archive_read_new();
    if (archive == NULL)
        return NULL;
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_rar(archive);
    /* One packed file, without a name. */
    archive_read_support_format_raw(archive);
    if (archive_read_open_memory(archive, bytes.data, bytes.length) ==
        ARCHIVE_OK)
        return archive;
    archive_read_free(archive);
    return NULL;
}

/* False: no more may be unpacked. */
static bool unpack(struct unpacking *to, const char *name)
{
    static char step[STEP];
    la_ssize_t count;
    writer_member(to->writer, slice_of(name));
    to->members++;
    while ((count = archive_read_data(to->archive, step, sizeof step)) > 0) {
        if ((size_t)count > to->left)
            return false;
        to->left -= (size_t)count;
        writer_member_bytes(to->writer, (struct slice){step, (size_t)count});
    }
    if (count < 0)
        writer_warn(to->writer, "%.100s is broken, or locked: cut short", name);
    return true;
}

static const char *name_of(struct archive *archive, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname(entry);
    bool is_raw = archive_format(archive) == ARCHIVE_FORMAT_RAW;
    return is_raw || name == NULL || *name == '\0' ? "unpacked" : name;
}

static void unpack_all(struct unpacking *to)
{
    struct archive_entry *entry;
    int status;
    while ((status = archive_read_next_header(to->archive, &entry)) ==
               ARCHIVE_OK ||
           status == ARCHIVE_WARN) {
        if (archive_entry_filetype(entry) == AE_IFDIR)
            continue;
        if (archive_entry_filetype(entry) != AE_IFREG ||
            archive_entry_hardlink(entry) != NULL) {
            to->passed++;
            continue;
        }
        if (to->members == CONVERSION_MEMBERS_MAX) {
            writer_warn(to->writer,
                        "holds more than %d files; the others "
                        "were left",
                        CONVERSION_MEMBERS_MAX);
            return;
        }
        if (!unpack(to, name_of(to->archive, entry))) {
            writer_refuse(to->writer, "unpacks to more than %d times its size",
                          CONVERSION_RATIO_MAX);
            return;
        }
    }
    if (status != ARCHIVE_EOF && to->members > 0)
        writer_warn(to->writer,
                    "is broken, or cut short: only %u files of it "
                    "could be unpacked",
                    to->members);
    if (to->passed > 0)
        writer_warn(to->writer, "%u links and devices were passed over",
                    to->passed);
}

static void convert_archive(struct slice bytes, enum file_kind kind,
                            struct writer *writer)
{
    struct unpacking to = {.archive = archive_of(bytes), .writer = writer};
    (void)kind;
    to.left = bytes.length > CONVERSION_RATIO_FREE / CONVERSION_RATIO_MAX
                  ? bytes.length * CONVERSION_RATIO_MAX
                  : CONVERSION_RATIO_FREE;
    if (to.archive != NULL) {
        unpack_all(&to);
        archive_read_free(to.archive);
    }
    if (to.members == 0)
        writer_refuse(writer, "is empty, broken, or locked with a password");
}

const struct converter converter = {.convert = convert_archive};
