/*
 * format_sheet.c - spreadsheets (XLSX, ECMA-376 part 1, 18): each row a
 * paragraph, with bars between its cells; each sheet a page under its name.
 *
 * Words stand in a list of their own and cells point into it; days are numbers
 * that a style makes a day of.
 */
#include <math.h>
#include <stdlib.h>

#include "child.h"
#include "table_lines.h"
#include "xml_walk.h"
#include "zip_member.h"

enum {
    STRINGS_MAX = 1 << 20,
    SHEETS_MAX = 200,
    STYLES_MAX = 4096,
    FORMATS_MAX = 512,
    CELL_MAX = 32768, /* Excel's own */
    COLUMNS_MAX = 16384,
    NAME_MAX_BYTES = 200,
};

/* Bytes one behind the other; `ends` says where each string ends. */
struct strings {
    char *bytes;
    size_t length, room;
    uint32_t *ends;
    size_t count, ends_room;
};

struct sheet {
    char name[NAME_MAX_BYTES], id[NAME_MAX_BYTES], part[NAME_MAX_BYTES];
    bool is_hidden;
};

struct book {
    zip_t *zip;
    struct zip_budget budget;
    struct writer *writer;
    struct strings strings;
    struct sheet *sheets;
    size_t sheet_count;
    bool is_day[STYLES_MAX]; /* by style of cells */
    size_t style_count;
    uint32_t day_formats[FORMATS_MAX];
    size_t day_format_count;
    bool has_1904; /* days are counted from then */
    bool is_short; /* of memory */
};

static bool is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

static void add_bytes(struct book *book, struct slice bytes)
{
    struct strings *strings = &book->strings;
    const size_t needed = strings->length + bytes.length;
    if (needed > strings->room) {
        char *grown = realloc(strings->bytes, needed * 2);
        if (grown == NULL) {
            book->is_short = true;
            return;
        }
        strings->bytes = grown;
        strings->room = needed * 2;
    }
    if (bytes.length > 0)
        memcpy(strings->bytes + strings->length, bytes.data, bytes.length);
    strings->length = needed;
}

static void end_string(struct book *book)
{
    struct strings *strings = &book->strings;
    if (strings->count == STRINGS_MAX || strings->length > UINT32_MAX)
        return;
    if (strings->count == strings->ends_room) {
        const size_t room = strings->ends_room * 2 + 256;
        uint32_t *grown = realloc(strings->ends, room * sizeof *grown);
        if (grown == NULL) {
            book->is_short = true;
            return;
        }
        strings->ends = grown;
        strings->ends_room = room;
    }
    strings->ends[strings->count++] = (uint32_t)strings->length;
}

static struct slice string_at(const struct book *book, size_t index)
{
    const struct strings *strings = &book->strings;
    if (index >= strings->count)
        return (struct slice){"", 0};
    const uint32_t begin = index > 0 ? strings->ends[index - 1] : 0;
    return (struct slice){strings->bytes + begin, strings->ends[index] - begin};
}

/* The list of strings: si, with t in it; rPh is how Japanese is spoken. */
struct string_walk {
    struct book *book;
    unsigned texts, skipped;
};

static void string_begin(void *context, const char *name,
                         const char **attributes)
{
    struct string_walk *walk = context;
    (void)attributes;
    walk->texts += is(name, "t");
    walk->skipped += is(name, "rPh");
}

static void string_end(void *context, const char *name)
{
    struct string_walk *walk = context;
    walk->texts -= is(name, "t") && walk->texts > 0;
    walk->skipped -= is(name, "rPh") && walk->skipped > 0;
    if (is(name, "si"))
        end_string(walk->book);
}

static void string_words(void *context, struct slice bytes)
{
    struct string_walk *walk = context;
    if (walk->texts > 0 && walk->skipped == 0)
        add_bytes(walk->book, bytes);
}

/* Whether a format of numbers shows days or hours: letters of them outside of
 * quoted words, colours and locales. */
static bool shows_days(const char *format)
{
    bool is_quoted = false, is_bracketed = false;
    for (const char *at = format; *at != '\0'; at++) {
        if (*at == '"')
            is_quoted = !is_quoted;
        else if (*at == '[' || *at == ']')
            is_bracketed = *at == '[';
        else if (*at == '\\' && at[1] != '\0')
            at++;
        else if (!is_quoted && !is_bracketed && strchr("dDyYhHsS", *at) != NULL)
            return true;
    }
    return false;
}

/* styles.xml: formats by number, then the styles of cells that use them. */
struct style_walk {
    struct book *book;
    bool is_in_cells;
};

static bool is_day_format(const struct book *book, unsigned long number)
{
    if ((number >= 14 && number <= 22) || (number >= 45 && number <= 47))
        return true;
    for (size_t i = 0; i < book->day_format_count; i++)
        if (book->day_formats[i] == number)
            return true;
    return false;
}

static void style_begin(void *context, const char *name,
                        const char **attributes)
{
    struct style_walk *walk = context;
    struct book *book = walk->book;
    const char *number = xml_attribute(attributes, "numFmtId");
    const char *format = xml_attribute(attributes, "formatCode");
    const unsigned long id = number != NULL ? strtoul(number, NULL, 10) : 0;
    walk->is_in_cells = walk->is_in_cells || is(name, "cellXfs");
    if (is(name, "numFmt") && format != NULL && shows_days(format) &&
        book->day_format_count < FORMATS_MAX)
        book->day_formats[book->day_format_count++] = (uint32_t)id;
    if (is(name, "xf") && walk->is_in_cells && book->style_count < STYLES_MAX)
        book->is_day[book->style_count++] = is_day_format(book, id);
}

static void style_end(void *context, const char *name)
{
    struct style_walk *walk = context;
    if (is(name, "cellXfs"))
        walk->is_in_cells = false;
}

static void no_words(void *context, struct slice bytes)
{
    (void)context, (void)bytes;
}

static void no_end(void *context, const char *name)
{
    (void)context, (void)name;
}

static void copy(char to[NAME_MAX_BYTES], const char *from)
{
    snprintf(to, NAME_MAX_BYTES, "%s", from != NULL ? from : "");
}

/* workbook.xml: the sheets, in their order. */
static void book_begin(void *context, const char *name, const char **attributes)
{
    struct book *book = context;
    if (is(name, "workbookPr")) {
        const char *from = xml_attribute(attributes, "date1904");
        book->has_1904 = from != NULL && (is(from, "1") || is(from, "true"));
    }
    if (!is(name, "sheet") || book->sheet_count == SHEETS_MAX)
        return;
    struct sheet *sheet = &book->sheets[book->sheet_count++];
    const char *state = xml_attribute(attributes, "state");
    copy(sheet->name, xml_attribute(attributes, "name"));
    /* "id" is the relation's; a sheet's own number is "sheetId". */
    copy(sheet->id, xml_attribute(attributes, "id"));
    sheet->part[0] = '\0';
    sheet->is_hidden = state != NULL && !is(state, "visible");
}

/* workbook.xml.rels: which part of the archive each sheet is. */
static void relation_begin(void *context, const char *name,
                           const char **attributes)
{
    struct book *book = context;
    const char *id = xml_attribute(attributes, "Id");
    const char *target = xml_attribute(attributes, "Target");
    if (!is(name, "Relationship") || id == NULL || target == NULL)
        return;
    for (size_t i = 0; i < book->sheet_count; i++)
        if (is(book->sheets[i].id, id))
            snprintf(book->sheets[i].part, NAME_MAX_BYTES, "%s%s",
                     *target == '/' ? "" : "xl/",
                     *target == '/' ? target + 1 : target);
}

/* Days since the beginning of 1900, as Excel counts them (with a 29 February
 * that there was not), or of 1904, to a date. Howard Hinnant, chrono-compatible
 * low-level date algorithms, civil_from_days. */
static void say_day(const struct book *book, double serial, char *words,
                    size_t size)
{
    enum { TO_1900 = 25569, TO_1904 = 24107, TO_YEAR_ZERO = 719468 };
    const double whole = floor(serial);
    const long minutes = lround((serial - whole) * 1440) % 1440;
    long days = (long)whole - (book->has_1904 ? TO_1904 : TO_1900);
    days += !book->has_1904 && whole < 60;
    days += TO_YEAR_ZERO;
    const long era = (days >= 0 ? days : days - 146096) / 146097;
    const long of_era = days - era * 146097;
    const long year_of_era =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const long of_year =
        of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const long month_from_march = (5 * of_year + 2) / 153;
    const long day = of_year - (153 * month_from_march + 2) / 5 + 1;
    const long month =
        month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    const long year = year_of_era + era * 400 + (month <= 2);
    int length = 0;
    if (serial >= 1)
        length = snprintf(words, size, "%04ld-%02ld-%02ld", year, month, day);
    if (serial < 1 || minutes > 0)
        snprintf(words + length, size - (size_t)length, "%s%02ld:%02ld",
                 length > 0 ? " " : "", minutes / 60, minutes % 60);
}

struct cell {
    size_t begin, end; /* in the row's bytes */
    unsigned column;
};

/* A sheet, row by row. */
struct sheet_walk {
    struct book *book;
    struct table_row_saying saying;
    char *row; /* what its cells say */
    size_t length, room;
    struct cell *cells;
    size_t count;
    unsigned column;
    char type[16];       /* of the cell that is open */
    unsigned long style; /* the same */
    char value[CELL_MAX];
    size_t value_length;
    unsigned values, skipped; /* open elements */
    bool is_first, is_long;
};

/* "AB12" is in column 28. */
static unsigned column_of(const char *place)
{
    unsigned column = 0;
    for (; *place >= 'A' && *place <= 'Z' && column < COLUMNS_MAX; place++)
        column = column * 26 + (unsigned)(*place - 'A') + 1;
    return column;
}

static void sheet_begin(void *context, const char *name,
                        const char **attributes)
{
    struct sheet_walk *walk = context;
    if (is(name, "row")) {
        walk->count = walk->length = 0;
        walk->column = 0;
        walk->is_long = false;
    } else if (is(name, "c")) {
        const char *place = xml_attribute(attributes, "r");
        const char *type = xml_attribute(attributes, "t");
        const char *style = xml_attribute(attributes, "s");
        snprintf(walk->type, sizeof walk->type, "%s",
                 type != NULL ? type : "n");
        walk->style = style != NULL ? strtoul(style, NULL, 10) : 0;
        walk->column = place != NULL ? column_of(place) : walk->column + 1;
        walk->value_length = 0;
    } else if (is(name, "v") || is(name, "t")) {
        walk->values++;
    } else if (is(name, "rPh") || is(name, "f")) {
        walk->skipped++;
    }
}

static void sheet_words(void *context, struct slice bytes)
{
    struct sheet_walk *walk = context;
    const size_t room = sizeof walk->value - 1 - walk->value_length;
    if (walk->values == 0 || walk->skipped > 0)
        return;
    if (bytes.length > room)
        bytes.length = room;
    memcpy(walk->value + walk->value_length, bytes.data, bytes.length);
    walk->value_length += bytes.length;
}

/* What the cell shows; `words` is room for a day. */
static struct slice cell_words(struct sheet_walk *walk, char words[64])
{
    const struct book *book = walk->book;
    char *end;
    walk->value[walk->value_length] = '\0';
    if (is(walk->type, "s"))
        return string_at(book, strtoul(walk->value, NULL, 10));
    if (is(walk->type, "b"))
        return slice_of(walk->value[0] == '1' ? "yes" : "no");
    const double number = strtod(walk->value, &end);
    if (is(walk->type, "n") && end != walk->value &&
        walk->style < book->style_count && book->is_day[walk->style] &&
        number >= 0 && number < 2958466) {
        say_day(book, number, words, 64);
        return slice_of(words);
    }
    return (struct slice){walk->value, walk->value_length};
}

static void add_cell(struct sheet_walk *walk)
{
    char words[64];
    const struct slice said = cell_words(walk, words);
    if (said.length == 0 || walk->count == COLUMNS_MAX)
        return;
    if (walk->length + said.length > walk->room) {
        const size_t room = (walk->length + said.length) * 2;
        char *grown = realloc(walk->row, room);
        if (grown == NULL) {
            walk->book->is_short = true;
            return;
        }
        walk->row = grown;
        walk->room = room;
    }
    memcpy(walk->row + walk->length, said.data, said.length);
    walk->cells[walk->count++] =
        (struct cell){walk->length, walk->length + said.length, walk->column};
    walk->length += said.length;
    walk->is_long = walk->is_long || row_cell_is_long(said);
}

/* Empty cells between two that say something have their bars, so that columns
 * keep their places. */
static void say_row(struct sheet_walk *walk)
{
    unsigned column = walk->count > 0 ? walk->cells[0].column : 0;
    if (walk->count == 0)
        return;
    row_begin(&walk->saying, walk->is_first, walk->is_long);
    for (size_t i = 0; i < walk->count; i++) {
        const struct cell *cell = &walk->cells[i];
        for (; column < cell->column; column++)
            row_cell(&walk->saying, slice_of(""));
        row_cell(&walk->saying, (struct slice){walk->row + cell->begin,
                                               cell->end - cell->begin});
        column = cell->column + 1;
    }
    row_end(&walk->saying);
    walk->is_first = walk->is_long;
}

static void sheet_end(void *context, const char *name)
{
    struct sheet_walk *walk = context;
    if (is(name, "c"))
        add_cell(walk);
    else if (is(name, "row"))
        say_row(walk);
    else if ((is(name, "v") || is(name, "t")) && walk->values > 0)
        walk->values--;
    else if ((is(name, "rPh") || is(name, "f")) && walk->skipped > 0)
        walk->skipped--;
}

/* False where the part is missing, or broken. */
static bool walk_part(struct book *book, const char *part,
                      const struct xml_walk *walk)
{
    const char *why;
    const struct slice bytes = zip_read_named(book->zip, part, &book->budget);
    bool is_whole = bytes.data != NULL && xml_walk(bytes, walk, &why);
    free((char *)(uintptr_t)bytes.data);
    return is_whole;
}

static bool say_sheet(struct book *book, const struct sheet *sheet)
{
    struct sheet_walk *walk = calloc(1, sizeof *walk);
    bool is_whole = false;
    if (walk == NULL ||
        (walk->cells = calloc(COLUMNS_MAX, sizeof *walk->cells)) == NULL) {
        free(walk);
        book->is_short = true;
        return false;
    }
    walk->book = book;
    walk->saying.writer = book->writer;
    walk->is_first = true;
    if (book->sheet_count > 1) {
        writer_begin(book->writer, ORIGIN_HEADLINE);
        writer_words(book->writer, slice_of(sheet->name));
        writer_end(book->writer);
    }
    is_whole = walk_part(
        book, sheet->part,
        &(struct xml_walk){sheet_begin, sheet_end, sheet_words, walk});
    writer_end(book->writer);
    free(walk->row);
    free(walk->cells);
    free(walk);
    return is_whole;
}

static void say_sheets(struct book *book)
{
    unsigned hidden = 0, broken = 0;
    for (size_t i = 0; i < book->sheet_count; i++) {
        writer_page(book->writer, (uint32_t)i + 1);
        hidden += book->sheets[i].is_hidden;
        broken += !say_sheet(book, &book->sheets[i]);
    }
    if (hidden > 0)
        writer_warn(book->writer, "%u of %zu sheets are hidden; they were read",
                    hidden, book->sheet_count);
    if (book->is_short || (broken > 0 && writer_count(book->writer) == 0))
        writer_refuse(book->writer, "%s",
                      book->is_short ? "needs too much memory"
                                     : "its sheets are broken, or a bomb");
    else if (broken > 0)
        writer_warn(book->writer, "%u of %zu sheets are broken: cut short",
                    broken, book->sheet_count);
}

/* docProps: who made it, when, with what. */
struct property_walk {
    struct writer *writer;
    const char *fact;
    char value[500];
    size_t length;
};

static void property_begin(void *context, const char *name,
                           const char **attributes)
{
    static const char *const known[][2] = {
        {"title", "title"},         {"creator", "author"},
        {"created", "created"},     {"lastModifiedBy", "last changed by"},
        {"modified", "modified"},   {"Application", "software"},
        {"Company", "organisation"}};
    struct property_walk *walk = context;
    (void)attributes;
    walk->fact = NULL;
    walk->length = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (is(name, known[i][0]))
            walk->fact = known[i][1];
}

static void property_words(void *context, struct slice bytes)
{
    struct property_walk *walk = context;
    const size_t room = sizeof walk->value - walk->length;
    if (bytes.length > room)
        bytes.length = room;
    memcpy(walk->value + walk->length, bytes.data, bytes.length);
    walk->length += bytes.length;
}

static void property_end(void *context, const char *name)
{
    struct property_walk *walk = context;
    (void)name;
    if (walk->fact != NULL)
        writer_fact(walk->writer, walk->fact,
                    (struct slice){walk->value, walk->length},
                    "the file's properties");
    walk->fact = NULL;
}

static void say_properties(struct book *book)
{
    struct property_walk walk = {.writer = book->writer};
    const struct xml_walk properties = {property_begin, property_end,
                                        property_words, &walk};
    (void)!walk_part(book, "docProps/core.xml", &properties);
    (void)!walk_part(book, "docProps/app.xml", &properties);
}

static void convert_book(struct book *book)
{
    struct string_walk strings = {.book = book};
    struct style_walk styles = {.book = book};
    say_properties(book);
    (void)!walk_part(
        book, "xl/sharedStrings.xml",
        &(struct xml_walk){string_begin, string_end, string_words, &strings});
    (void)!walk_part(
        book, "xl/styles.xml",
        &(struct xml_walk){style_begin, style_end, no_words, &styles});
    bool has_sheets =
        walk_part(book, "xl/workbook.xml",
                  &(struct xml_walk){book_begin, no_end, no_words, book}) &&
        walk_part(book, "xl/_rels/workbook.xml.rels",
                  &(struct xml_walk){relation_begin, no_end, no_words, book});
    if (!has_sheets || book->sheet_count == 0)
        writer_refuse(book->writer,
                      "its list of sheets is missing, broken, or encrypted");
    else
        say_sheets(book);
}

static void convert_sheet(struct slice bytes, enum file_kind kind,
                          struct writer *writer)
{
    struct book *book = calloc(1, sizeof *book);
    (void)kind;
    if (book != NULL)
        book->sheets = calloc(SHEETS_MAX, sizeof *book->sheets);
    if (book == NULL || book->sheets == NULL) {
        writer_refuse(writer, "needs too much memory");
        free(book);
        return;
    }
    book->writer = writer;
    book->budget = zip_budget_of(bytes);
    book->zip = zip_of(bytes);
    if (book->zip == NULL) {
        writer_refuse(writer, "its ZIP container is broken or cut short");
    } else {
        convert_book(book);
        zip_discard(book->zip);
    }
    free(book->strings.bytes);
    free(book->strings.ends);
    free(book->sheets);
    free(book);
}

const struct converter converter = {.convert = convert_sheet};
