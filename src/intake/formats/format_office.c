/*
 * format_office.c - Word and Writer files: DOCX (ECMA-376) and ODT (OASIS
 * OpenDocument 1.3).
 *
 * The text is what stands if all tracked changes are taken; what was put in
 * has its kind in the map. Behind it stand the footnotes, the comments with
 * their authors, and what was deleted and is still in the file: the same XML
 * walked again, once for each.
 */
#include <stdlib.h>

#include "child.h"
#include "xml_walk.h"
#include "zip_member.h"

enum pass { PASS_TEXT, PASS_NOTES, PASS_COMMENTS, PASS_DELETED };

struct office {
    struct writer *writer;
    enum pass pass;
    enum origin_kind kind; /* of paragraphs in this pass */
    bool is_docx;
    unsigned skipped; /* open elements whose words are not said */
    unsigned wanted;  /* open elements that this pass is about */
    unsigned inserted, lists, tables, cells;
    bool is_row_open, has_cell_words;
    bool is_item, was_item; /* this paragraph, the one before */
    bool has_style;         /* that says what it is */
    char author[200];       /* of the comment or deletion that is open */
    char field[200];        /* words of a creator in an annotation */
    size_t field_length;
    bool in_field;
};

static bool is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

static bool is_one_of(const char *name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (is(name, list[i]))
            return true;
    return false;
}

/* Elements whose words are none of the text, in any pass. */
static bool is_skipped(const struct office *office, const char *name)
{
    static const char *const docx[] = {"instrText", "Fallback",
                                       "docPartGallery", "rPr", "sectPr"};
    static const char *const odt[] = {
        "note-citation", "styles",          "automatic-styles",
        "scripts",       "font-face-decls", "desc",
        "forms",         "sequence-decls",  "meta",
        "settings",      "change-info",     "object",
        "plugin"};
    return office->is_docx ? is_one_of(name, docx, sizeof docx / sizeof *docx)
                           : is_one_of(name, odt, sizeof odt / sizeof *odt);
}

/* What an element is told in: its own pass, and no other. */
static bool pass_of(const struct office *office, const char *name,
                    enum pass *pass)
{
    static const struct {
        const char *name;
        bool is_docx;
        enum pass pass;
    } parts[] = {{"del", true, PASS_DELETED},
                 {"moveFrom", true, PASS_DELETED},
                 {"note", false, PASS_NOTES},
                 {"annotation", false, PASS_COMMENTS},
                 {"tracked-changes", false, PASS_DELETED}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].is_docx == office->is_docx && is(name, parts[i].name)) {
            *pass = parts[i].pass;
            return true;
        }
    return false;
}

/* Whether words and paragraphs here belong to the pass. */
static bool is_said(const struct office *office)
{
    bool is_whole = office->pass == PASS_TEXT ||
                    (office->is_docx && office->pass != PASS_DELETED);
    return office->skipped == 0 && (is_whole || office->wanted > 0);
}

static void say(struct office *office, const char *words)
{
    if (is_said(office))
        writer_words(office->writer, slice_of(words));
}

/* Items of a list stand close together. */
static void begin_of_kind(struct office *office, enum origin_kind kind)
{
    if (kind == ORIGIN_BULLET && office->was_item)
        writer_begin_close(office->writer, kind);
    else
        writer_begin(office->writer, kind);
    office->is_item = kind == ORIGIN_BULLET;
}

/* A row is one paragraph: paragraphs in its cells are parted by a blank. */
static void begin_paragraph(struct office *office)
{
    enum origin_kind kind = office->kind;
    if (!is_said(office))
        return;
    if (office->is_row_open) {
        say(office, office->has_cell_words ? " " : "");
        return;
    }
    if (office->pass == PASS_TEXT && office->lists > 0)
        kind = ORIGIN_BULLET;
    office->was_item = office->is_item;
    office->is_item = office->has_style = false;
    begin_of_kind(office, kind);
    if (office->author[0] != '\0') {
        /* Not "Name: words", which would be a record of who spoke. */
        writer_words(office->writer,
                     slice_of(office->pass == PASS_DELETED ? "[Deleted by "
                                                           : "[Comment by "));
        writer_words(office->writer, slice_of(office->author));
        writer_words(office->writer, slice_of("] "));
        office->author[0] = '\0';
    }
    if (office->inserted > 0)
        writer_kind(office->writer, ORIGIN_INSERTED);
}

static void end_paragraph(struct office *office)
{
    if (is_said(office) && !office->is_row_open)
        writer_end(office->writer);
}

static void begin_row(struct office *office)
{
    if (!is_said(office) || office->tables != 1)
        return;
    if (office->cells > 0)
        writer_begin_close(office->writer, ORIGIN_TABLE);
    else
        writer_begin(office->writer, ORIGIN_TABLE);
    office->is_row_open = true;
    office->has_cell_words = false;
}

static void begin_cell(struct office *office)
{
    if (is_said(office) && office->tables == 1 && office->is_row_open) {
        say(office, office->has_cell_words ? " | " : "");
        office->has_cell_words = true;
    }
    office->cells++;
}

static void keep_author(struct office *office, const char **attributes)
{
    const char *author = xml_attribute(attributes, "author");
    if (author != NULL)
        snprintf(office->author, sizeof office->author, "%.190s", author);
}

/* Common to both formats: table, row and cell go by other names. */
static bool begin_table_part(struct office *office, const char *name)
{
    static const char *const names[2][3] = {
        {"table", "table-row", "table-cell"}, {"tbl", "tr", "tc"}};
    const char *const *own = names[office->is_docx];
    if (is(name, own[0])) {
        if (office->tables++ == 0)
            office->cells = 0;
    } else if (is(name, own[1])) {
        begin_row(office);
    } else if (is(name, own[2])) {
        begin_cell(office);
    } else {
        return false;
    }
    return true;
}

static void end_table_part(struct office *office, const char *name)
{
    const bool is_table = is(name, office->is_docx ? "tbl" : "table");
    const bool is_row = is(name, office->is_docx ? "tr" : "table-row");
    if (is_table && office->tables > 0)
        office->tables--;
    if (is_row && office->tables == 1 && office->is_row_open) {
        writer_end(office->writer);
        office->is_row_open = false;
    }
}

static void set_inserted(struct office *office, int change)
{
    if (change < 0 && office->inserted == 0)
        return;
    office->inserted = (unsigned)((int)office->inserted + change);
    if (is_said(office) && writer_is_open(office->writer) &&
        office->pass == PASS_TEXT)
        writer_kind(office->writer, office->inserted > 0  ? ORIGIN_INSERTED
                                    : office->is_row_open ? ORIGIN_TABLE
                                                          : office->kind);
}

/* Named styles of Word, Writer and Pandoc that say what a paragraph is. */
static void begin_style(struct office *office, const char *style)
{
    static const struct {
        const char *begin;
        enum origin_kind kind;
    } styles[] = {
        {"Title", ORIGIN_HEADLINE},       {"Heading", ORIGIN_HEADLINE},
        {"heading", ORIGIN_HEADLINE},     {"Author", ORIGIN_BYLINE},
        {"Date", ORIGIN_DATELINE},        {"Caption", ORIGIN_CAPTION},
        {"caption", ORIGIN_CAPTION},      {"ImageCaption", ORIGIN_CAPTION},
        {"Illustration", ORIGIN_CAPTION}, {"TableCaption", ORIGIN_CAPTION}};
    for (size_t i = 0; style != NULL && i < sizeof styles / sizeof *styles; i++)
        if (strncmp(style, styles[i].begin, strlen(styles[i].begin)) == 0) {
            writer_begin(office->writer, styles[i].kind);
            office->has_style = true;
            return;
        }
}

static void begin_docx(struct office *office, const char *name,
                       const char **attributes)
{
    if (is(name, "p")) {
        begin_paragraph(office);
    } else if (is(name, "tab")) {
        /* A stop that pPr defines is none in the text. */
        say(office, xml_attribute(attributes, "pos") == NULL ? " " : "");
    } else if (is(name, "br") || is(name, "cr")) {
        if (is_said(office))
            writer_line(office->writer);
    } else if (is(name, "noBreakHyphen")) {
        say(office, "-");
    } else if (is(name, "numPr") && office->pass == PASS_TEXT &&
               !office->is_row_open && !office->has_style && is_said(office)) {
        begin_of_kind(office, ORIGIN_BULLET);
    } else if (is(name, "pStyle") && office->pass == PASS_TEXT &&
               !office->is_row_open && is_said(office)) {
        begin_style(office, xml_attribute(attributes, "val"));
    } else if (is(name, "ins") || is(name, "moveTo")) {
        set_inserted(office, 1);
    } else if (is(name, "comment")) {
        keep_author(office, attributes);
    } else if (is(name, "footnote") || is(name, "endnote")) {
        /* The first two are the lines that part them from the text. */
        const char *type = xml_attribute(attributes, "type");
        office->skipped += type != NULL && !is(type, "normal");
    }
}

static void end_docx(struct office *office, const char *name)
{
    if (is(name, "p"))
        end_paragraph(office);
    else if (is(name, "ins") || is(name, "moveTo"))
        set_inserted(office, -1);
    else if (is(name, "footnote") || is(name, "endnote"))
        office->skipped = 0;
}

static void begin_odt(struct office *office, const char *name,
                      const char **attributes)
{
    if (is(name, "p") || is(name, "h")) {
        const char *style = xml_attribute(attributes, "style-name");
        begin_paragraph(office);
        if (office->pass == PASS_TEXT && !office->is_row_open &&
            is_said(office))
            begin_style(office, is(name, "h") ? "Heading" : style);
    } else if (is(name, "s") || is(name, "tab")) {
        say(office, " ");
    } else if (is(name, "line-break")) {
        if (is_said(office))
            writer_line(office->writer);
    } else if (is(name, "list-item")) {
        office->lists++;
    } else if (is(name, "change-start")) {
        set_inserted(office, 1);
    } else if (is(name, "change-end")) {
        set_inserted(office, -1);
    } else if (is(name, "creator") && office->wanted > 0) {
        office->in_field = true;
        office->field_length = 0;
    } else if (is(name, "date") && office->wanted > 0) {
        office->skipped++;
    }
}

static void end_odt(struct office *office, const char *name)
{
    if (is(name, "p") || is(name, "h")) {
        end_paragraph(office);
    } else if (is(name, "list-item") && office->lists > 0) {
        office->lists--;
    } else if (is(name, "creator") && office->in_field) {
        office->in_field = false;
        snprintf(office->author, sizeof office->author, "%.*s",
                 (int)office->field_length, office->field);
    } else if (is(name, "date") && office->wanted > 0 && office->skipped > 0) {
        office->skipped--;
    }
}

static void begin(void *context, const char *name, const char **attributes)
{
    struct office *office = context;
    enum pass pass;
    if (is_skipped(office, name))
        office->skipped++;
    if (pass_of(office, name, &pass)) {
        if (pass != office->pass)
            office->skipped++;
        else if (office->wanted++ == 0 && office->is_docx) {
            keep_author(office, attributes);
            begin_paragraph(office);
        }
    } else if (!begin_table_part(office, name)) {
        if (office->is_docx)
            begin_docx(office, name, attributes);
        else
            begin_odt(office, name, attributes);
    }
}

static void end(void *context, const char *name)
{
    struct office *office = context;
    enum pass pass;
    if (office->is_docx)
        end_docx(office, name);
    else
        end_odt(office, name);
    end_table_part(office, name);
    if (pass_of(office, name, &pass)) {
        if (pass != office->pass) {
            office->skipped -= office->skipped > 0;
        } else if (office->wanted > 0 && --office->wanted == 0) {
            writer_end(office->writer);
            office->author[0] = '\0';
        }
    }
    if (is_skipped(office, name) && office->skipped > 0)
        office->skipped--;
}

static void words(void *context, struct slice bytes)
{
    struct office *office = context;
    if (office->in_field) {
        for (size_t i = 0; i < bytes.length &&
                           office->field_length < sizeof office->field - 1;
             i++)
            office->field[office->field_length++] = bytes.data[i];
        return;
    }
    /* White space between elements is the file's, not the text's. */
    if (is_said(office) && writer_is_open(office->writer))
        writer_words(office->writer, bytes);
}

struct container {
    zip_t *zip;
    struct zip_budget budget;
    struct writer *writer;
    bool is_docx;
};

/* True where the member was there and said whole; else `why`, or NULL. */
static bool say_member(struct container *from, const char *name, enum pass pass,
                       enum origin_kind kind, const char **why)
{
    struct office office = {.writer = from->writer,
                            .pass = pass,
                            .kind = kind,
                            .is_docx = from->is_docx};
    const struct xml_walk walk = {begin, end, words, &office};
    struct slice bytes = zip_read_named(from->zip, name, &from->budget);
    *why = NULL;
    if (bytes.data == NULL)
        return false;
    bool is_whole = xml_walk(bytes, &walk, why);
    writer_end(from->writer);
    free((char *)(uintptr_t)bytes.data);
    return is_whole;
}

/* docProps/core.xml and app.xml, or meta.xml. */
struct properties {
    struct writer *writer;
    const char *fact; /* of the element that is open; NULL */
    bool is_docx;
    char value[1000];
    size_t length;
};

static void property_begin(void *context, const char *name,
                           const char **attributes)
{
    static const struct {
        const char *name, *docx, *odt;
    } known[] = {{"title", "title", "title"},
                 {"creator", "author", "last changed by"},
                 {"initial-creator", NULL, "author"},
                 {"lastModifiedBy", "last changed by", NULL},
                 {"created", "created", NULL},
                 {"creation-date", NULL, "created"},
                 {"modified", "modified", NULL},
                 {"date", NULL, "modified"},
                 {"printed-by", NULL, "printed by"},
                 {"Application", "software", NULL},
                 {"generator", NULL, "software"},
                 {"Company", "organisation", NULL},
                 {"Manager", "manager", NULL},
                 {"subject", "subject", "subject"},
                 {"keywords", "keywords", NULL},
                 {"language", "language", "language"}};
    struct properties *properties = context;
    (void)attributes;
    properties->fact = NULL;
    properties->length = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (is(name, known[i].name))
            properties->fact =
                properties->is_docx ? known[i].docx : known[i].odt;
}

static void property_end(void *context, const char *name)
{
    struct properties *properties = context;
    (void)name;
    if (properties->fact != NULL)
        writer_fact(properties->writer, properties->fact,
                    (struct slice){properties->value, properties->length},
                    "the file's properties");
    properties->fact = NULL;
}

static void property_words(void *context, struct slice bytes)
{
    struct properties *properties = context;
    for (size_t i = 0;
         i < bytes.length && properties->length < sizeof properties->value; i++)
        properties->value[properties->length++] = bytes.data[i];
}

static void say_properties(struct container *from, const char *name)
{
    struct properties properties = {.writer = from->writer,
                                    .is_docx = from->is_docx};
    const struct xml_walk walk = {property_begin, property_end, property_words,
                                  &properties};
    const char *ignored;
    struct slice bytes = zip_read_named(from->zip, name, &from->budget);
    if (bytes.data != NULL)
        (void)!xml_walk(bytes, &walk, &ignored);
    free((char *)(uintptr_t)bytes.data);
}

static void say_behind(struct container *from)
{
    const char *ignored;
    if (from->is_docx) {
        say_member(from, "word/footnotes.xml", PASS_NOTES, ORIGIN_FOOTNOTE,
                   &ignored);
        say_member(from, "word/endnotes.xml", PASS_NOTES, ORIGIN_FOOTNOTE,
                   &ignored);
        say_member(from, "word/comments.xml", PASS_COMMENTS, ORIGIN_NOTE,
                   &ignored);
        say_member(from, "word/document.xml", PASS_DELETED, ORIGIN_DELETED,
                   &ignored);
        return;
    }
    say_member(from, "content.xml", PASS_NOTES, ORIGIN_FOOTNOTE, &ignored);
    say_member(from, "content.xml", PASS_COMMENTS, ORIGIN_NOTE, &ignored);
    say_member(from, "content.xml", PASS_DELETED, ORIGIN_DELETED, &ignored);
}

static void say_all(struct container *from)
{
    const char *why;
    const char *main = from->is_docx ? "word/document.xml" : "content.xml";
    say_properties(from, from->is_docx ? "docProps/core.xml" : "meta.xml");
    if (from->is_docx)
        say_properties(from, "docProps/app.xml");
    bool is_whole = say_member(from, main, PASS_TEXT, ORIGIN_BODY, &why);
    if (!is_whole && (why == NULL || writer_count(from->writer) == 0)) {
        writer_refuse(from->writer, "%s",
                      why != NULL ? why
                                  : "its text is missing, broken, encrypted, "
                                    "or a bomb");
        return;
    }
    if (!is_whole)
        writer_warn(from->writer, "broken: %s; read up to there", why);
    say_behind(from);
}

static void convert_office(struct slice bytes, enum file_kind kind,
                           struct writer *writer)
{
    struct container from = {.zip = zip_of(bytes),
                             .budget = zip_budget_of(bytes),
                             .writer = writer,
                             .is_docx = kind == FILE_DOCX};
    if (from.zip == NULL) {
        writer_refuse(writer, "its ZIP container is broken or cut short");
        return;
    }
    say_all(&from);
    zip_discard(from.zip);
}

const struct converter converter = {.convert = convert_office};
