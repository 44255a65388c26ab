/*
 * format_text.c - texts that are no plain UTF-8: other encodings; and those
 * that are records, tables (CSV) and chats.
 */
#include <stdlib.h>

#include "charset.h"
#include "child.h"
#include "plain_lines.h"
#include "table_lines.h"
#include "utf8.h"

static void say(struct slice text, enum file_kind kind, struct writer *writer)
{
    if (kind == FILE_TABLE)
        table_lines_say(writer, text);
    else if (kind == FILE_CHAT)
        chat_lines_say(writer, text);
    else
        plain_lines_say(writer, text, ORIGIN_BODY);
}

static void convert_text(struct slice bytes, enum file_kind kind,
                         struct writer *writer)
{
    if (kind != FILE_CHARSET && charset_of_mark(bytes) == NULL &&
        utf8_count_invalid(bytes) == 0) {
        say(bytes, kind, writer);
        return;
    }
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
    say(text, kind, writer);
    free((char *)(uintptr_t)text.data);
}

const struct converter converter = {.prepare = charset_prepare,
                                    .convert = convert_text};
