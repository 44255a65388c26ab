/*
 * write_docx.c - a paper as DOCX (ECMA-376, WordprocessingML): styles, real
 * footnotes, automatic numbers, a table of contents, tables with repeated
 * heads, cross-references by bookmark, the language of each quotation.
 *
 * The parts are written to memory and packed by libzip with one fixed time,
 * so that the same paper gives the same bytes.
 */
#include <zip.h>

#include "docx_parts.h"
#include "report.h"

/* Table widths are twentieths of a point: A4 with margins of 25 mm. */
#define TEXT_WIDTH 9070

static void write_properties(struct output *to, const struct run *run)
{
    if (run->style == RUN_PLAIN && run->language == NULL)
        return;
    output_add(to, "<w:rPr>");
    if (run->style & RUN_BOLD)
        output_add(to, "<w:b/>");
    if (run->style & RUN_ITALIC)
        output_add(to, "<w:i/>");
    if (run->style & RUN_BLANK)
        output_add(to, "<w:highlight w:val=\"yellow\"/>");
    if (run->language != NULL) {
        output_add(to, "<w:lang w:val=\"");
        output_xml(to, slice_of(run->language));
        output_add(to, "\" w:bidi=\"");
        output_xml(to, slice_of(run->language));
        output_add(to, "\"/>");
    }
    output_add(to, "</w:rPr>");
}

/* Lines of a document become lines of the quotation. */
static void write_words(struct output *to, struct slice words)
{
    size_t from = 0;
    output_add(to, "<w:t xml:space=\"preserve\">");
    for (size_t at = 0; at < words.length; at++) {
        if (words.data[at] != '\n' && words.data[at] != '\f')
            continue;
        output_xml(to, (struct slice){words.data + from, at - from});
        output_add(to, "</w:t><w:br/><w:t xml:space=\"preserve\">");
        from = at + 1;
    }
    output_xml(to, (struct slice){words.data + from, words.length - from});
    output_add(to, "</w:t>");
}

static void write_text(struct output *to, const struct run *run)
{
    output_add(to, "<w:r>");
    write_properties(to, run);
    write_words(to, run->text);
    output_add(to, "</w:r>");
}

/* The number comes from the numbering of the bookmarked paragraph. */
static void write_ref(struct output *to, const struct paper *paper,
                      size_t block)
{
    output_print(to,
                 "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>"
                 "<w:instrText xml:space=\"preserve\"> REF _b%zu \\r \\h "
                 "</w:instrText></w:r><w:r><w:fldChar "
                 "w:fldCharType=\"separate\"/></w:r><w:r><w:t>%s</w:t></w:r>"
                 "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
                 block, block_label(paper, block));
}

static void write_runs(struct output *to, const struct paper *paper,
                       const struct runs *runs)
{
    for (size_t i = 0; i < runs->count; i++) {
        const struct run *run = &runs->items[i];
        if (run->kind == RUN_TEXT)
            write_text(to, run);
        else if (run->kind == RUN_NOTE)
            output_print(to,
                         "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/>"
                         "</w:rPr><w:footnoteReference w:id=\"%zu\"/></w:r>",
                         run->target + 2);
        else if (run->kind == RUN_REF)
            write_ref(to, paper, run->target);
        else if (run->kind == RUN_BEGIN && mark_words(run->target) != NULL)
            output_print(to,
                         "<w:r><w:rPr><w:rStyle w:val=\"Unreviewed\"/>"
                         "</w:rPr><w:t xml:space=\"preserve\">%s</w:t></w:r>",
                         mark_words(run->target));
    }
}

static void write_table(struct output *to, const struct paper *paper,
                        const struct paper_table *table)
{
    unsigned whole = 0;
    for (size_t i = 0; i < table->columns; i++)
        whole += table->widths[i];
    output_add(to, "<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/>"
                   "<w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLayout "
                   "w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < table->columns; i++)
        output_print(to, "<w:gridCol w:w=\"%u\"/>",
                     table->widths[i] * TEXT_WIDTH / whole);
    output_add(to, "</w:tblGrid>");
    for (size_t row = 0; row < table->count; row++) {
        output_add(to, row == 0 ? "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/>"
                                  "</w:trPr>"
                                : "<w:tr>");
        for (size_t column = 0; column < table->columns; column++) {
            output_print(to,
                         "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/>"
                         "</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/>"
                         "</w:pPr>",
                         table->widths[column] * TEXT_WIDTH / whole);
            write_runs(to, paper, &table->items[row].cells[column].runs);
            output_add(to, "</w:p></w:tc>");
        }
        output_add(to, "</w:tr>");
    }
    output_add(to, "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/>"
                   "</w:pPr></w:p>");
}

/* A field, with what it would give, so that it reads before it is updated. */
static void write_contents(struct output *to, const struct paper *paper)
{
    bool is_first = true;
    output_add(to, "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/><w:keepNext/>"
                   "</w:pPr><w:r><w:rPr><w:b/><w:sz w:val=\"28\"/></w:rPr>"
                   "<w:t>Contents</w:t></w:r></w:p>");
    for (size_t i = 0; i < paper->blocks.count; i++) {
        const struct block *block = &paper->blocks.items[i];
        if (block->kind != BLOCK_HEADING || block->level > 2)
            continue;
        output_print(to, "<w:p><w:pPr><w:pStyle w:val=\"TOC%u\"/></w:pPr>",
                     block->level);
        if (is_first)
            output_add(to, "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
                           "<w:r><w:instrText xml:space=\"preserve\"> TOC \\o "
                           "\"1-2\" \\n \\h \\z \\u </w:instrText></w:r><w:r>"
                           "<w:fldChar w:fldCharType=\"separate\"/></w:r>");
        is_first = false;
        output_print(to,
                     "<w:hyperlink w:anchor=\"_b%zu\" w:history=\"1\"><w:r>"
                     "<w:t xml:space=\"preserve\">%s  </w:t></w:r>",
                     i, block->label);
        write_runs(to, paper, &block->runs);
        output_add(to, "</w:hyperlink></w:p>");
    }
    if (!is_first)
        output_add(to, "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
                       "</w:p>");
}

static const char *style_of(const struct block *block)
{
    static const char *const headings[] = {"Title", "Heading1", "Heading2",
                                           "Heading3"};
    switch (block->kind) {
    case BLOCK_TITLE:
        return "Title";
    case BLOCK_SUBTITLE:
        return "Subtitle";
    case BLOCK_HEADING:
        return headings[block->level];
    case BLOCK_NUMBERED:
        return "NumberedParagraph";
    case BLOCK_ITEM:
        return "ListBullet";
    default:
        return "BodyText";
    }
}

static void write_block(struct output *to, const struct paper *paper,
                        size_t index)
{
    const struct block *block = &paper->blocks.items[index];
    if (block->kind == BLOCK_TABLE) {
        write_table(to, paper, block->table);
        return;
    }
    if (block->kind == BLOCK_CONTENTS) {
        write_contents(to, paper);
        return;
    }
    output_print(to,
                 "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>"
                 "<w:bookmarkStart w:id=\"%zu\" w:name=\"_b%zu\"/>",
                 style_of(block), index, index);
    write_runs(to, paper, &block->runs);
    output_print(to, "<w:bookmarkEnd w:id=\"%zu\"/></w:p>", index);
}

static void write_document(struct output *to, const struct paper *paper)
{
    output_add(to, docx_document_head);
    for (size_t i = 0; i < paper->blocks.count; i++)
        write_block(to, paper, i);
    output_add(to, docx_document_tail);
}

/* Footnotes -------------------------------------------------------------- */

static void write_passage(struct output *to, const struct paper *paper,
                          const struct passage *passage)
{
    char words[PASSAGE_WORDS];
    struct run quote = {.kind = RUN_TEXT,
                        .style = RUN_QUOTE,
                        .text = passage->quote,
                        .language = passage->language};
    passage_place(paper, passage, words);
    struct run place = {.kind = RUN_TEXT, .text = slice_of(words)};
    write_text(to, &place);
    output_add(to, "<w:r><w:t>“</w:t></w:r>");
    write_text(to, &quote);
    output_add(to, "<w:r><w:t>”</w:t></w:r>");
    passage_proof(paper, passage, words);
    struct run proof = {.kind = RUN_TEXT, .text = slice_of(words)};
    write_text(to, &proof);
}

static void write_note(struct output *to, const struct paper *paper,
                       size_t index)
{
    const struct note *note = &paper->notes.items[index];
    output_print(to,
                 "<w:footnote w:id=\"%zu\"><w:p><w:pPr><w:pStyle "
                 "w:val=\"FootnoteText\"/></w:pPr><w:r><w:rPr><w:rStyle "
                 "w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>"
                 "<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>",
                 index + 2);
    if (note->same_as != PAPER_NONE)
        output_print(to, "<w:r><w:t>As note %zu.</w:t></w:r>",
                     note->same_as + 1);
    for (size_t i = 0; note->same_as == PAPER_NONE && i < note->count; i++) {
        if (i > 0)
            output_add(to, "<w:r><w:t xml:space=\"preserve\"> — </w:t></w:r>");
        write_passage(to, paper, &paper->passages.items[note->first + i]);
    }
    output_add(to, "</w:p></w:footnote>");
}

static void write_notes(struct output *to, const struct paper *paper)
{
    output_add(to, docx_footnotes_head);
    for (size_t i = 0; i < paper->notes.count; i++)
        write_note(to, paper, i);
    output_add(to, "</w:footnotes>");
}

/* Title, and the moment of the state it was made from. */
static void write_core(struct output *to, const struct paper *paper)
{
    output_add(to, docx_core_head);
    output_add(to, "<dc:title>");
    output_xml(to, slice_of(paper->title != NULL ? paper->title : ""));
    output_print(to,
                 "</dc:title><dc:language>%s</dc:language>"
                 "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%s"
                 "</dcterms:created><dcterms:modified "
                 "xsi:type=\"dcterms:W3CDTF\">%s</dcterms:modified>"
                 "<dc:description>",
                 paper->language, paper->time, paper->time);
    output_xml(to, slice_of(paper->state));
    output_add(to, "</dc:description></cp:coreProperties>");
}

static void write_footer(struct output *to, const struct paper *paper)
{
    output_add(to, docx_footer_head);
    if (paper->has_unreviewed)
        output_add(to, "<w:r><w:t xml:space=\"preserve\">Contains findings "
                       "that nobody has reviewed  ·  </w:t></w:r>");
    output_add(to, docx_footer_tail);
}

/* Packing ---------------------------------------------------------------- */

static bool add_part(zip_t *zip, const char *name, struct slice bytes,
                     struct error *error)
{
    /* 1 January 1980, the first moment that a zip can name. */
    enum { FIRST_DATE = (1 << 5) | 1 };
    zip_source_t *source = zip_source_buffer(zip, bytes.data, bytes.length, 0);
    zip_int64_t index =
        source != NULL ? zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
        zip_source_free(source);
        return error_set(error, ERROR_LIMIT, "%s: %s", name, zip_strerror(zip));
    }
    return (zip_file_set_dostime(zip, (zip_uint64_t)index, 0, FIRST_DATE, 0) ==
                0 &&
            zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_DEFLATE,
                                     6) == 0) ||
           error_set(error, ERROR_LIMIT, "%s: %s", name, zip_strerror(zip));
}

struct part {
    const char *name;
    struct slice bytes;
};

/* The archive's bytes, in the arena, once it is closed. */
static bool take_bytes(zip_source_t *source, struct arena *arena,
                       struct slice *made, struct error *error)
{
    zip_stat_t about;
    bool is_well = zip_source_open(source) == 0;
    if (!is_well || zip_source_stat(source, &about) != 0)
        return error_set(error, ERROR_LIMIT, "cannot pack the document");
    char *bytes = arena_take(arena, about.size + 1, 1, error);
    is_well = bytes != NULL && zip_source_read(source, bytes, about.size) ==
                                   (zip_int64_t)about.size;
    zip_source_close(source);
    *made = (struct slice){bytes, about.size};
    return is_well ||
           (error->kind != ERROR_NONE && bytes == NULL
                ? false
                : error_set(error, ERROR_LIMIT, "cannot pack the document"));
}

static bool pack(const struct part *parts, size_t count, struct arena *arena,
                 struct slice *made, struct error *error)
{
    zip_error_t failure;
    zip_error_init(&failure);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &failure);
    zip_t *zip =
        source != NULL
            ? zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &failure)
            : NULL;
    zip_error_fini(&failure);
    if (zip == NULL) {
        zip_source_free(source);
        return error_set(error, ERROR_LIMIT, "cannot pack the document");
    }
    zip_source_keep(source);
    bool is_well = true;
    for (size_t i = 0; i < count && is_well; i++)
        is_well = add_part(zip, parts[i].name, parts[i].bytes, error);
    if (!is_well)
        zip_discard(zip);
    else if (zip_close(zip) != 0) {
        is_well = error_set(error, ERROR_LIMIT, "%s", zip_strerror(zip));
        zip_discard(zip);
    }
    is_well = is_well && take_bytes(source, arena, made, error);
    zip_source_free(source);
    return is_well;
}

bool paper_docx(const struct paper *paper, struct slice *made,
                struct error *error)
{
    struct output document, notes, core, footer;
    output_begin(&document, paper->arena, error);
    output_begin(&notes, paper->arena, error);
    output_begin(&core, paper->arena, error);
    output_begin(&footer, paper->arena, error);
    write_document(&document, paper);
    write_notes(&notes, paper);
    write_core(&core, paper);
    write_footer(&footer, paper);
    if (document.is_failed || notes.is_failed || core.is_failed ||
        footer.is_failed)
        return false;
    const struct part parts[] = {
        {"[Content_Types].xml", slice_of(docx_types)},
        {"_rels/.rels", slice_of(docx_rels)},
        {"docProps/core.xml", output_bytes(&core)},
        {"docProps/app.xml", slice_of(docx_app)},
        {"word/document.xml", output_bytes(&document)},
        {"word/_rels/document.xml.rels", slice_of(docx_document_rels)},
        {"word/styles.xml", slice_of(docx_styles)},
        {"word/numbering.xml", slice_of(docx_numbering)},
        {"word/settings.xml", slice_of(docx_settings)},
        {"word/footnotes.xml", output_bytes(&notes)},
        {"word/footer1.xml", output_bytes(&footer)},
    };
    return pack(parts, sizeof parts / sizeof *parts, paper->arena, made, error);
}
