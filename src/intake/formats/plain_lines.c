/*
 * plain_lines.c - see plain_lines.h.
 */
#include "plain_lines.h"

static bool is_blank(struct slice line)
{
    for (size_t i = 0; i < line.length; i++)
        if (line.data[i] != ' ' && line.data[i] != '\t' &&
            line.data[i] != '\r' && line.data[i] != '\f')
            return false;
    return true;
}

void plain_lines_say(struct writer *writer, struct slice text,
                     enum origin_kind kind)
{
    writer_begin(writer, kind);
    while (text.length > 0) {
        size_t length = 0;
        while (length < text.length && text.data[length] != '\n' &&
               text.data[length] != '\r')
            length++;
        const struct slice line = {text.data, length};
        if (is_blank(line)) {
            if (writer_has_words(writer))
                writer_begin(writer, kind);
        } else {
            writer_words(writer, line);
            writer_line(writer);
        }
        if (length + 1 < text.length && text.data[length] == '\r' &&
            text.data[length + 1] == '\n')
            length++;
        length += length < text.length;
        text = (struct slice){text.data + length, text.length - length};
    }
    writer_end(writer);
}
