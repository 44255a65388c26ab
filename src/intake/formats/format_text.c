/*
 * format_text.c - texts in another encoding than UTF-8.
 */
#include <stdlib.h>

#include "charset.h"
#include "child.h"
#include "plain_lines.h"

static void convert_text(struct slice bytes, enum file_kind kind,
                         struct writer *writer)
{
    (void)kind;
    const char *name = charset_guess(bytes);
    struct slice text = charset_decode(bytes, name);
    if (text.data == NULL) {
        writer_warn(writer,
                    "its encoding (%s) is not known; read as "
                    "windows-1252",
                    name);
        name = "windows-1252";
        text = charset_decode(bytes, name);
    }
    if (text.data == NULL) {
        writer_refuse(writer, "is too large to be decoded");
        return;
    }
    writer_fact(writer, "encoding", slice_of(name), "guessed from the bytes");
    plain_lines_say(writer, text, ORIGIN_BODY);
    free((char *)(uintptr_t)text.data);
}

const struct converter converter = {.prepare = charset_prepare,
                                    .convert = convert_text};
