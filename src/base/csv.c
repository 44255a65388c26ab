/*
 * csv.c - see csv.h.
 */
#include "csv.h"

#include "utf8.h"

#define MARK "\xEF\xBB\xBF"
#define REPLACEMENT "\xEF\xBF\xBD"
enum {
    WIDE_PLUS = 0xFF0B,
    WIDE_MINUS = 0xFF0D,
    WIDE_EQUALS = 0xFF1D,
    WIDE_AT = 0xFF20
};

/* Whether the first character makes a formula of the cell, or is the
 * apostrophe that says that it is none. */
static bool is_guarded(struct slice cell)
{
    if (cell.length == 0)
        return false;
    switch (utf8_at(cell, 0).code_point) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
    case '\n':
    case '\'':
    case WIDE_PLUS:
    case WIDE_MINUS:
    case WIDE_EQUALS:
    case WIDE_AT:
        return true;
    default:
        return false;
    }
}

static void write_cell(FILE *file, struct slice cell)
{
    if (cell.length == 0)
        return;
    fputs(is_guarded(cell) ? "\"'" : "\"", file);
    for (size_t at = 0; at < cell.length;) {
        struct utf8 unit = utf8_at(cell, at);
        if (unit.code_point == '"')
            fputs("\"\"", file);
        else if (unit.code_point == UTF8_INVALID)
            fputs(REPLACEMENT, file);
        else
            fwrite(cell.data + at, 1, unit.length, file);
        at += unit.length;
    }
    putc('"', file);
}

void csv_write_mark(FILE *file) { fputs(MARK, file); }

void csv_write_row(FILE *file, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            putc(',', file);
        if (cells[i] != NULL)
            write_cell(file, slice_of(cells[i]));
    }
    fputs("\r\n", file);
}

/* What parts the names in the first line: the first of the three there that
 * stands outside of quotes. */
static char separator_of(struct slice bytes)
{
    bool is_quoted = false;
    for (size_t i = 0; i < bytes.length; i++) {
        char byte = bytes.data[i];
        if (byte == '"')
            is_quoted = !is_quoted;
        if (is_quoted)
            continue;
        if (byte == ',' || byte == ';' || byte == '\t')
            return byte;
        if (byte == '\r' || byte == '\n')
            break;
    }
    return ',';
}

bool csv_begin(struct csv *csv, struct slice bytes, struct error *error)
{
    size_t mark = sizeof MARK - 1;
    if (bytes.length >= mark && memcmp(bytes.data, MARK, mark) == 0)
        bytes = (struct slice){bytes.data + mark, bytes.length - mark};
    if (utf8_count_invalid(bytes) > 0)
        return error_set(error, ERROR_BAD_INPUT,
                         "not UTF-8: save the table as \"CSV UTF-8\"");
    if (bytes.length > 0 && memchr(bytes.data, '\0', bytes.length) != NULL)
        return error_set(error, ERROR_BAD_INPUT, "not a table: a NUL byte");
    *csv = (struct csv){
        .bytes = bytes, .next_line = 1, .separator = separator_of(bytes)};
    return true;
}

static char byte_at(const struct csv *csv)
{
    if (csv->at < csv->bytes.length)
        return csv->bytes.data[csv->at];
    return '\0';
}

static bool is_line_end(char byte)
{
    return byte == '\r' || byte == '\n' || byte == '\0';
}

/* Steps over a byte; CR and LF together end one line. */
static void step(struct csv *csv)
{
    char byte = csv->bytes.data[csv->at++];
    if (byte == '\n' || (byte == '\r' && byte_at(csv) != '\n'))
        csv->next_line++;
}

/* Up to the closing quote, doubled ones once; `csv` stands behind it then. */
static bool take_quoted(struct csv *csv, char *to, size_t *length,
                        struct error *error)
{
    step(csv);
    for (;;) {
        char byte = byte_at(csv);
        if (csv->at >= csv->bytes.length)
            return error_set(error, ERROR_BAD_INPUT,
                             "line %u: a quote is not closed", csv->line);
        step(csv);
        if (byte == '"' && byte_at(csv) != '"')
            break;
        if (byte == '"')
            step(csv);
        to[(*length)++] = byte;
    }
    return is_line_end(byte_at(csv)) || byte_at(csv) == csv->separator ||
           error_set(error, ERROR_BAD_INPUT,
                     "line %u: words behind a closed quote", csv->line);
}

static bool take_plain(struct csv *csv, char *to, size_t *length,
                       struct error *error)
{
    for (char byte; !is_line_end(byte = byte_at(csv)) && byte != csv->separator;
         step(csv)) {
        if (byte == '"')
            return error_set(error, ERROR_BAD_INPUT,
                             "line %u: a quote within a cell without quotes",
                             csv->line);
        to[(*length)++] = byte;
    }
    return true;
}

/* How long the next cell can be at most: to the row's end as the quotes have
 * it, so that all cells of a row take no more than twice its bytes. */
static size_t cell_room(const struct csv *csv)
{
    bool is_quoted = false;
    size_t at = csv->at;
    for (; at < csv->bytes.length; at++) {
        char byte = csv->bytes.data[at];
        if (byte == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (is_line_end(byte) || byte == csv->separator))
            break;
    }
    return at - csv->at + 1;
}

static bool take_cell(struct csv *csv, struct arena *arena, const char **cell,
                      struct error *error)
{
    size_t length = 0;
    char *bytes = arena_take(arena, cell_room(csv), 1, error);
    if (bytes == NULL ||
        !(byte_at(csv) == '"' ? take_quoted(csv, bytes, &length, error)
                              : take_plain(csv, bytes, &length, error)))
        return false;
    bytes[length] = '\0';
    bool has_guard = length > 1 && bytes[0] == '\'' &&
                     is_guarded((struct slice){bytes + 1, length - 1});
    *cell = bytes + has_guard;
    return true;
}

bool csv_next(struct csv *csv, struct arena *arena, struct csv_row *row,
              bool *is_there, struct error *error)
{
    *row = (struct csv_row){0};
    while (csv->at < csv->bytes.length && is_line_end(byte_at(csv)))
        step(csv);
    *is_there = csv->at < csv->bytes.length;
    csv->line = csv->next_line;
    while (*is_there) {
        const char *cell;
        if (!take_cell(csv, arena, &cell, error) ||
            !list_push(arena, row, cell, error))
            return false;
        if (byte_at(csv) != csv->separator)
            break;
        step(csv);
    }
    return true;
}
