/*
 * file_kind.h - what a file is, told by its first bytes; the name decides only
 * between kinds that are text (a saved message, a table).
 *
 * No library, no loop over more than FILE_LOOKED_AT bytes: this runs in the
 * program itself, on whatever comes.
 */
#ifndef MADAI_FILE_KIND_H
#define MADAI_FILE_KIND_H

#include "error.h"
#include "slice.h"

#define FILE_LOOKED_AT ((size_t)8192)

enum file_kind {
    FILE_EMPTY,
    FILE_TEXT,    /* UTF-8, or nearly: read as it is */
    FILE_CHARSET, /* a text in another encoding */
    FILE_HTML,
    FILE_PDF,
    FILE_DOCX,
    FILE_ODT,
    FILE_RTF,
    FILE_MAIL,
    FILE_MBOX,
    FILE_MHTML,
    FILE_PICTURE,
    FILE_SPREADSHEET,
    FILE_TABLE, /* a text of rows: CSV */
    FILE_CHAT,  /* an export of WhatsApp */
    FILE_ARCHIVE,
    FILE_WARC,
    FILE_OTHER, /* kept, and not read */
    FILE_KINDS
};

/* How a converter knows it and JSON tells it: "docx". */
extern const char *const file_kind_names[FILE_KINDS];

struct kind_found {
    enum file_kind kind;
    const char *words; /* for "this is ...": "a PDF"; static */
};

/* `name` is the file's, or "". */
struct kind_found file_kind_of(struct slice bytes, const char *name);

/* The helper program that reads it: "html" for madai-convert-html; NULL where
 * none does. */
const char *file_kind_helper(enum file_kind);

#endif
