/*
 * write_sheets.c - tables as CSV (RFC 4180) and as a workbook (libxlsxwriter).
 *
 * The library writes to a file alone: it is given one that lies in memory. In
 * a workbook a cell of words is a string whatever it begins with, so that none
 * is taken for a formula. Its clock is the ledger's: the same state, the same
 * bytes.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "csv.h"
#include "file.h"
#include "output.h"
#include "sheets.h"
#include "utf8.h"

static const char *column_name(const char *column)
{
    return column + (*column == '#');
}

/* CSV -------------------------------------------------------------------- */

static bool csv_row_to(void *context, const char *const *cells, size_t count,
                       struct error *error)
{
    (void)error;
    csv_write_row(context, cells, count);
    return true;
}

bool sheet_csv(const struct gathered *all, const struct sheet *sheet,
               struct slice *made, struct error *error)
{
    const char *names[SHEET_COLUMNS_MAX];
    char *bytes = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&bytes, &length);
    if (file == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    const struct sheet_writer to = {csv_row_to, file, error};
    for (size_t i = 0; i < sheet->column_count; i++)
        names[i] = column_name(sheet->columns[i]);
    csv_write_mark(file);
    csv_write_row(file, names, sheet->column_count);
    bool is_well = sheet->write(all, &to);
    if (fclose(file) != 0 && is_well)
        is_well = error_set(error, ERROR_LIMIT, "out of memory");
    const char *copied =
        is_well ? arena_string(all->arena, (struct slice){bytes, length}, error)
                : NULL;
    *made = (struct slice){copied, length};
    free(bytes);
    return copied != NULL;
}

/* XLSX ------------------------------------------------------------------- */

struct workbook_row {
    lxw_worksheet *to;
    const struct sheet *sheet;
    struct arena *arena;
    lxw_row_t row;
};

/* What a cell can hold: characters that XML has, and not too many. */
static const char *cell_words(struct workbook_row *at, const char *words,
                              struct error *error)
{
    enum { LONGEST = 32767 };
    struct output output;
    struct slice text = slice_of(words);
    size_t units = 0;
    output_begin(&output, at->arena, error);
    for (size_t i = 0; i < text.length;) {
        struct utf8 unit = utf8_at(text, i);
        uint32_t code = unit.code_point;
        bool is_cell = code != UTF8_INVALID && code != 0xFFFE &&
                       code != 0xFFFF &&
                       (code >= 0x20 || code == '\t' || code == '\n');
        units += code > 0xFFFF && code != UTF8_INVALID ? 2 : 1;
        if (units >= LONGEST) {
            output_add(&output, "…");
            break;
        }
        if (is_cell)
            output_slice(&output, (struct slice){text.data + i, unit.length});
        else
            output_add(&output, "\xEF\xBF\xBD");
        i += unit.length;
    }
    return output.is_failed
               ? NULL
               : arena_string(at->arena, output_bytes(&output), error);
}

static bool workbook_row_to(void *context, const char *const *cells,
                            size_t count, struct error *error)
{
    enum { ROWS_MOST = 1048576 };
    struct workbook_row *at = context;
    if (++at->row >= ROWS_MOST)
        return error_set(error, ERROR_LIMIT,
                         "%s has more rows than a workbook holds",
                         at->sheet->name);
    for (size_t i = 0; i < count; i++) {
        lxw_col_t column = (lxw_col_t)i;
        if (cells[i] == NULL || *cells[i] == '\0')
            continue;
        if (at->sheet->columns[i][0] == '#') {
            worksheet_write_number(at->to, at->row, column,
                                   strtod(cells[i], NULL), NULL);
            continue;
        }
        const char *words = cell_words(at, cells[i], error);
        if (words == NULL)
            return false;
        worksheet_write_string(at->to, at->row, column, words, NULL);
    }
    return true;
}

static bool fill_sheet(const struct gathered *all, const struct sheet *sheet,
                       lxw_workbook *book, lxw_format *bold,
                       struct error *error)
{
    struct workbook_row at = {workbook_add_worksheet(book, sheet->name), sheet,
                              all->arena, 0};
    const struct sheet_writer to = {workbook_row_to, &at, error};
    if (at.to == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    for (size_t i = 0; i < sheet->column_count; i++)
        worksheet_write_string(at.to, 0, (lxw_col_t)i,
                               column_name(sheet->columns[i]), bold);
    worksheet_freeze_panes(at.to, 1, 1);
    worksheet_set_column(at.to, 0, (lxw_col_t)(sheet->column_count - 1), 18,
                         NULL);
    if (!sheet->write(all, &to))
        return false;
    worksheet_autofilter(at.to, 0, 0, at.row,
                         (lxw_col_t)(sheet->column_count - 1));
    return true;
}

static void set_clock(const struct gathered *all, lxw_workbook *book)
{
    struct tm day = {0};
    static char title[] = "Findings of a case", author[] = "madai";
    if (strptime(all->time, "%Y-%m-%dT%H:%M:%SZ", &day) == NULL)
        return;
    lxw_doc_properties about = {
        .title = title, .author = author, .created = timegm(&day)};
    workbook_set_properties(book, &about);
}

static bool read_back(int memory, struct arena *arena, struct slice *made,
                      struct error *error)
{
    off_t length = lseek(memory, 0, SEEK_END);
    char *bytes =
        length > 0 ? arena_take(arena, (size_t)length, 1, error) : NULL;
    if (length <= 0)
        return error_set(error, ERROR_LIMIT, "the workbook is empty");
    for (off_t at = 0; bytes != NULL && at < length;) {
        ssize_t read = pread(memory, bytes + at, (size_t)(length - at), at);
        if (read <= 0)
            return error_set(error, ERROR_IO, "cannot read the workbook back");
        at += read;
    }
    *made = (struct slice){bytes, (size_t)length};
    return bytes != NULL;
}

bool export_workbook(const struct gathered *all, struct slice *made,
                     struct error *error)
{
    char path[40];
    int memory = memfd_create("workbook", MFD_CLOEXEC);
    if (memory < 0)
        return error_set(error, ERROR_LIMIT, "no memory for a workbook");
    snprintf(path, sizeof path, "/proc/self/fd/%d", memory);
    lxw_workbook *book = workbook_new(path);
    bool is_well =
        book != NULL || error_set(error, ERROR_LIMIT, "out of memory");
    if (is_well) {
        lxw_format *bold = workbook_add_format(book);
        format_set_bold(bold);
        set_clock(all, book);
        for (size_t i = 0; is_well && i < sheet_count; i++)
            is_well = fill_sheet(all, &sheets[i], book, bold, error);
        lxw_error status = workbook_close(book);
        if (is_well && status != LXW_NO_ERROR)
            is_well = error_set(error, ERROR_LIMIT, "workbook: %s",
                                lxw_strerror(status));
    }
    is_well = is_well && read_back(memory, all->arena, made, error);
    close(memory);
    return is_well;
}
