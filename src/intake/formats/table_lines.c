/*
 * table_lines.c - see table_lines.h.
 */
#include "table_lines.h"

#include <ctype.h>
#include <stdlib.h>

#include "chat_head.h"

enum { ROW_CELLS_MAX = 16384, LINES_LOOKED_AT = 20 };

bool row_cell_is_long(struct slice words)
{
    unsigned count = 0;
    for (size_t i = 0; i < words.length && count < ROW_WORDS_LONG; i++)
        count += !isspace((unsigned char)words.data[i]) &&
                 (i == 0 || isspace((unsigned char)words.data[i - 1]));
    return count == ROW_WORDS_LONG;
}

void row_begin(struct table_row_saying *row, bool is_first, bool is_long)
{
    row->bars = 0;
    if (is_long || is_first)
        writer_begin(row->writer, is_long ? ORIGIN_BODY : ORIGIN_TABLE);
    else
        writer_begin_close(row->writer, ORIGIN_TABLE);
}

void row_cell(struct table_row_saying *row, struct slice words)
{
    bool is_blank = true;
    for (size_t i = 0; i < words.length && is_blank; i++)
        is_blank = isspace((unsigned char)words.data[i]);
    for (; !is_blank && row->bars > 0; row->bars--)
        writer_words(row->writer, slice_of(" | "));
    writer_words(row->writer, words);
    row->bars++;
}

void row_end(struct table_row_saying *row) { writer_end(row->writer); }

/* What parts cells: the mark of which the first lines have most, outside of
 * quotation marks. */
static char delimiter_of(struct slice text)
{
    static const char marks[] = ",;\t|";
    size_t counts[sizeof marks] = {0}, best = 0;
    unsigned lines = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < text.length && lines < LINES_LOOKED_AT; i++) {
        is_quoted ^= text.data[i] == '"';
        lines += !is_quoted && text.data[i] == '\n';
        const char *mark = is_quoted || text.data[i] == '\0'
                               ? NULL
                               : strchr(marks, text.data[i]);
        if (mark != NULL)
            counts[mark - marks]++;
    }
    for (size_t i = 1; i < sizeof marks - 1; i++)
        if (counts[i] > counts[best])
            best = i;
    return marks[best];
}

struct cells {
    struct slice items[ROW_CELLS_MAX]; /* in the text, or in `unquoted` */
    size_t count;
    char *unquoted; /* of this row; as long as the text is enough */
    size_t used;
    bool is_long;
};

/* A cell in quotation marks, which are doubled within it; `text` begins behind
 * the first. What stands between its end and the next delimiter goes with
 * it. */
static struct slice take_quoted(struct cells *cells, struct slice *text,
                                char delimiter)
{
    const size_t begin = cells->used;
    size_t i = 0;
    bool is_open = true;
    for (; i < text->length; i++) {
        const char byte = text->data[i];
        if (is_open && byte == '"') {
            bool is_doubled = i + 1 < text->length && text->data[i + 1] == '"';
            i += is_doubled;
            is_open = is_doubled;
            if (!is_doubled)
                continue;
        } else if (!is_open && (byte == delimiter || byte == '\n')) {
            break;
        }
        cells->unquoted[cells->used++] = byte;
    }
    *text = (struct slice){text->data + i, text->length - i};
    return (struct slice){cells->unquoted + begin, cells->used - begin};
}

static struct slice take_bare(struct slice *text, char delimiter)
{
    size_t i = 0;
    while (i < text->length && text->data[i] != delimiter &&
           text->data[i] != '\n')
        i++;
    const struct slice cell = {text->data, i};
    *text = (struct slice){text->data + i, text->length - i};
    return cell;
}

/* Up to the end of the row, and over it. */
static void take_row(struct cells *cells, struct slice *text, char delimiter)
{
    cells->count = cells->used = 0;
    cells->is_long = false;
    while (text->length > 0) {
        struct slice cell;
        if (*text->data == '"') {
            *text = (struct slice){text->data + 1, text->length - 1};
            cell = take_quoted(cells, text, delimiter);
        } else {
            cell = take_bare(text, delimiter);
        }
        if (cells->count < ROW_CELLS_MAX)
            cells->items[cells->count++] = cell;
        cells->is_long = cells->is_long || row_cell_is_long(cell);
        if (text->length == 0)
            return;
        bool is_last = *text->data == '\n';
        *text = (struct slice){text->data + 1, text->length - 1};
        if (is_last)
            return;
    }
}

void table_lines_say(struct writer *writer, struct slice text)
{
    const char delimiter = delimiter_of(text);
    struct table_row_saying row = {.writer = writer};
    struct cells *cells = malloc(sizeof *cells);
    bool is_first = true;
    if (cells != NULL)
        cells->unquoted = malloc(text.length + 1);
    if (cells == NULL || cells->unquoted == NULL) {
        free(cells);
        writer_refuse(writer, "needs too much memory");
        return;
    }
    while (text.length > 0) {
        take_row(cells, &text, delimiter);
        row_begin(&row, is_first, cells->is_long);
        for (size_t i = 0; i < cells->count; i++)
            row_cell(&row, cells->items[i]);
        /* Rows stand close below each other, unless a long one is between. */
        is_first = cells->is_long || (is_first && !writer_has_words(writer));
        row_end(&row);
    }
    free(cells->unquoted);
    free(cells);
}

static struct slice take_line(struct slice *text)
{
    const char *stop = memchr(text->data, '\n', text->length);
    size_t length = stop != NULL ? (size_t)(stop - text->data) : text->length;
    struct slice line = {text->data, length};
    length += stop != NULL;
    *text = (struct slice){text->data + length, text->length - length};
    if (line.length > 0 && line.data[line.length - 1] == '\r')
        line.length--;
    return line;
}

/* Whether days stand before months: a number above 12 settles it, and else
 * they do, as nearly everywhere. */
static bool has_days_first(struct slice text)
{
    while (text.length > 0) {
        struct chat_head head;
        if (!chat_head_of(take_line(&text), &head))
            continue;
        if (head.first > 12)
            return true;
        if (head.second > 12)
            return false;
    }
    return true;
}

static void say_head(struct writer *writer, const struct chat_head *head,
                     bool days_first)
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const unsigned day = days_first ? head->first : head->second;
    const unsigned month = days_first ? head->second : head->first;
    char words[120];
    writer_begin(writer, ORIGIN_BYLINE);
    writer_words(writer, head->sender);
    if (month >= 1 && month <= 12)
        snprintf(words, sizeof words, " \xC2\xB7 %u %s %u, %02u:%02u", day,
                 months[month - 1], head->year, head->hour, head->minute);
    else
        snprintf(words, sizeof words, " \xC2\xB7 %.40s", "(no date)");
    writer_words(writer, slice_of(words));
    writer_begin_close(writer, ORIGIN_POST);
}

void chat_lines_say(struct writer *writer, struct slice text)
{
    const bool days_first = has_days_first(text);
    unsigned messages = 0, notices = 0;
    bool is_notice = true; /* before the first message */
    char words[40];
    while (text.length > 0) {
        struct chat_head head;
        const struct slice line = take_line(&text);
        if (!chat_head_of(line, &head)) {
            if (is_notice)
                continue;
            writer_line(writer);
            writer_words(writer, line);
            continue;
        }
        /* "Messages are end-to-end encrypted": the program's own words. */
        is_notice = head.sender.length == 0;
        notices += is_notice;
        if (is_notice)
            continue;
        messages++;
        say_head(writer, &head, days_first);
        writer_words(writer, head.rest);
    }
    writer_end(writer);
    snprintf(words, sizeof words, "%u", messages);
    writer_fact(writer, "messages", slice_of(words), "the export");
    if (notices > 0)
        writer_warn(writer, "left out: %u notices of the program", notices);
}
