/*
 * html_lines.c - see html_lines.h.
 */
#include "html_lines.h"

#include <ctype.h>
#include <string.h>

#include "table.h"

enum { LINE_LOOKED_AT = 80, HEAD_WORDS_MOST = 8 };

static unsigned count_words(struct slice text)
{
    unsigned count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] != ' ' && (i == 0 || text.data[i - 1] == ' ');
    return count;
}

static bool is_border(char letter)
{
    return !isalnum((unsigned char)letter) && letter != '\'';
}

/* Columns name kinds by their first letter. */
static enum html_line_kind kind_of(const struct table_row *row)
{
    switch (row->columns[0][0]) {
    case 'l':
        return LINE_LINK;
    case 'a':
        return LINE_ALONE;
    case 'b':
        return LINE_BOX;
    case 'r':
        return LINE_REST;
    default:
        return LINE_SHORT;
    }
}

static const struct table_row *row_of(const struct table *table,
                                      const char *line, size_t length)
{
    const struct table_row *best = NULL;
    for (size_t i = 0; i < table->count; i++) {
        const struct table_row *row = &table->rows[i];
        if (row->length <= length && is_border(line[row->length]) &&
            memcmp(line, row->key, row->length) == 0 &&
            (best == NULL || best->length < row->length))
            best = row;
    }
    return best;
}

static struct html_line line_in(const struct table *table, struct slice text)
{
    char line[LINE_LOOKED_AT + 1] = {0};
    struct html_line found = {.kind = LINE_NONE, .words = count_words(text)};
    size_t length = 0, whole = 0;
    for (size_t i = 0; i < text.length; i++) {
        const unsigned char byte = (unsigned char)text.data[i];
        /* An apostrophe is one, however it is printed. */
        const bool is_curved = byte == 0xE2 && i + 2 < text.length &&
                               (unsigned char)text.data[i + 1] == 0x80 &&
                               (unsigned char)text.data[i + 2] == 0x99;
        if (whole == 0 && !isalnum(byte))
            continue;
        if (length < LINE_LOOKED_AT)
            line[length++] = (char)(is_curved ? '\'' : tolower(byte));
        whole++;
        i += is_curved ? 2 : 0;
    }
    const struct table_row *row = row_of(table, line, length);
    if (row == NULL)
        return found;
    found.kind = kind_of(row);
    found.is_alone = whole <= row->length + 3;
    found.is_leading = line[row->length] == ':';
    return found;
}

struct html_line html_line_of(struct slice line)
{
    static const char right[] = "\xC2\xA9"; /* the sign of copyright */
    if (line.length > 2 && memcmp(line.data, right, 2) == 0)
        return (struct html_line){.kind = LINE_SHORT};
    return line_in(&page_line_table, line);
}

enum html_line_kind html_line_as_head(struct slice text)
{
    while (text.length > 0 && !isalpha((unsigned char)*text.data))
        text.data++, text.length--;
    const struct html_line head = line_in(&page_head_table, text);
    const struct html_line line = html_line_of(text);
    if (head.words > HEAD_WORDS_MOST)
        return LINE_NONE;
    if (head.kind != LINE_NONE)
        return head.kind;
    return line.is_alone && line.kind != LINE_NONE ? LINE_BOX : LINE_NONE;
}
