/*
 * file_text.h - the text of a file, as it goes to the reader: where intake and
 * reader meet.
 */
#ifndef MADAI_FILE_TEXT_H
#define MADAI_FILE_TEXT_H

#include "convert.h"
#include "part_marks.h"

/* A text of 4 GiB has places that 32 bits cannot tell. */
#define TEXT_BYTES_MAX ((size_t)UINT32_MAX)

struct file_text {
    struct slice text; /* never empty */
    /* YYYY-MM-DD, when the file says that it was published; or empty. */
    struct slice date;
    /* What the page says that parts of it are, for the reader; the arena's. */
    struct part_marks marks;
    struct conversion conversion;
    struct arena *arena; /* of all of it; NULL for a plain text */
};

/* `name` and `bytes` are borrowed until the end. ERROR_BAD_INPUT: what it is,
 * and why there is nothing to read; besides as convert. Close it in any case.
 */
MUST_CHECK bool file_text_open(struct slice bytes, const char *name,
                               bool is_unsafe, struct file_text *,
                               struct error *);
void file_text_close(struct file_text *); /* a zeroed one is allowed */

#endif
