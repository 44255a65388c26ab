/*
 * write_pdf.c - a paper as PDF: pages of type with their notes at the foot,
 * bookmarks, links, page numbers, tags for those who listen (pango, cairo).
 *
 * A line brings its notes to its page; where they do not fit, what is left of
 * them goes on at the foot of the next. The whole is set twice: the first
 * time only to learn on which page each heading comes.
 *
 * The fonts are those of the machine: two prints on one machine are the same
 * bytes, on two machines the same words.
 */
#include <cairo-pdf.h>
#include <fontconfig/fontconfig.h>

#include "pdf_layout.h"
#include "report.h"

#define FAMILY "Liberation Serif, Times New Roman, DejaVu Serif, serif"

/* A4, in points. */
static const double page_width = 595.276, page_height = 841.89;
static const double margin = 71, page_top = 71, page_bottom = 841.89 - 78;
static const double number_width = 34, padding = 4.2, note_gap = 9;

/* A line of a note that waits for the foot of a page. */
struct foot_line {
    struct pdf_text *text;
    size_t line;
    bool is_last; /* of its note: then the text is given back */
};

struct pdf {
    const struct paper *paper;
    cairo_surface_t *surface;
    cairo_t *cairo;
    PangoContext *context;
    struct foot_line *feet;
    size_t foot_count, foot_room;
    double foot_height, y;
    size_t page, page_count; /* from 1; in all, of the first time */
    size_t *pages;           /* of blocks */
    const char *tag;         /* that is open on this page */
    int outline[4];
    bool is_real;
};

static double text_width(void) { return page_width - 2 * margin; }

/* Tags ------------------------------------------------------------------- */

/* A tag is closed at the end of a page and opened again on the next. */
static void tag_open(struct pdf *pdf, const char *tag)
{
    pdf->tag = tag;
    cairo_tag_begin(pdf->cairo, tag, NULL);
}

static void tag_close(struct pdf *pdf)
{
    if (pdf->tag != NULL)
        cairo_tag_end(pdf->cairo, pdf->tag);
    pdf->tag = NULL;
}

/* Feet ------------------------------------------------------------------- */

static void draw_line(struct pdf *pdf, const struct pdf_line *line, double x,
                      double y)
{
    cairo_move_to(pdf->cairo, x + line->x, y + line->baseline);
    pango_cairo_show_layout_line(pdf->cairo, line->line);
}

static void add_passage(struct pdf_words *words, const struct paper *paper,
                        const struct passage *passage)
{
    char about[PASSAGE_WORDS];
    passage_place(paper, passage, about);
    pdf_words_add(words, slice_of(about), RUN_PLAIN, NULL);
    pdf_words_add(words, slice_of("“"), RUN_PLAIN, NULL);
    pdf_words_add(words, passage->quote, RUN_QUOTE, passage->language);
    pdf_words_add(words, slice_of("”"), RUN_PLAIN, NULL);
    passage_proof(paper, passage, about);
    pdf_words_add(words, slice_of(about), RUN_PLAIN, NULL);
}

static struct pdf_text *set_note(struct pdf *pdf, size_t index)
{
    const struct pdf_style style = {FAMILY " 8.4", text_width(), 1.04,
                                    PANGO_ALIGN_LEFT, true};
    const struct note *note = &pdf->paper->notes.items[index];
    struct pdf_text *text = g_new0(struct pdf_text, 1);
    struct pdf_words words;
    char earlier[64];
    pdf_words_begin(&words, 8.4);
    pdf_words_number(&words, index + 1);
    pdf_words_add(&words, slice_of("  "), RUN_PLAIN, NULL);
    if (note->same_as != PAPER_NONE) {
        snprintf(earlier, sizeof earlier, "As note %zu.", note->same_as + 1);
        pdf_words_add(&words, slice_of(earlier), RUN_PLAIN, NULL);
    }
    for (size_t i = 0; note->same_as == PAPER_NONE && i < note->count; i++) {
        if (i > 0)
            pdf_words_add(&words, slice_of(" — "), RUN_PLAIN, NULL);
        add_passage(&words, pdf->paper,
                    &pdf->paper->passages.items[note->first + i]);
    }
    pdf_text_set(text, pdf->context, &words, &style);
    return text;
}

static void add_foot(struct pdf *pdf, struct pdf_text *text)
{
    if (pdf->foot_count == 0)
        pdf->foot_height += note_gap;
    for (size_t i = 0; i < text->count; i++) {
        if (pdf->foot_count == pdf->foot_room) {
            pdf->foot_room = pdf->foot_room * 2 + 32;
            pdf->feet = g_renew(struct foot_line, pdf->feet, pdf->foot_room);
        }
        pdf->feet[pdf->foot_count++] =
            (struct foot_line){text, i, i + 1 == text->count};
        pdf->foot_height += text->lines[i].height;
    }
}

/* How many of the waiting lines fit below what the page has. */
static size_t feet_that_fit(const struct pdf *pdf, double *height)
{
    double room = page_bottom - pdf->y - note_gap;
    size_t count = 0;
    for (*height = 0; count < pdf->foot_count; count++) {
        const struct foot_line *foot = &pdf->feet[count];
        double more = foot->text->lines[foot->line].height;
        if (*height + more > room)
            break;
        *height += more;
    }
    return count;
}

static void draw_feet(struct pdf *pdf)
{
    double height, y;
    size_t count = feet_that_fit(pdf, &height);
    if (pdf->foot_count == 0)
        return;
    y = page_bottom - height;
    cairo_set_line_width(pdf->cairo, 0.5);
    cairo_move_to(pdf->cairo, margin, y - note_gap / 2);
    cairo_rel_line_to(pdf->cairo, 120, 0);
    cairo_stroke(pdf->cairo);
    bool is_open = false;
    for (size_t i = 0; i < count; i++) {
        struct foot_line *foot = &pdf->feet[i];
        if (!is_open)
            cairo_tag_begin(pdf->cairo, "Note", NULL);
        is_open = true;
        draw_line(pdf, &foot->text->lines[foot->line], margin, y);
        y += foot->text->lines[foot->line].height;
        if (!foot->is_last)
            continue;
        cairo_tag_end(pdf->cairo, "Note");
        is_open = false;
        pdf_text_free(foot->text);
        g_free(foot->text);
    }
    if (is_open)
        cairo_tag_end(pdf->cairo, "Note");
    pdf->foot_count -= count;
    memmove(pdf->feet, pdf->feet + count, pdf->foot_count * sizeof *pdf->feet);
    pdf->foot_height = pdf->foot_count > 0 ? note_gap : 0;
    for (size_t i = 0; i < pdf->foot_count; i++)
        pdf->foot_height += pdf->feet[i].text->lines[pdf->feet[i].line].height;
}

/* Pages ------------------------------------------------------------------ */

static void draw_page_number(struct pdf *pdf)
{
    const struct pdf_style style = {FAMILY " 9", text_width(), 1,
                                    PANGO_ALIGN_CENTER, false};
    struct pdf_words words;
    struct pdf_text text;
    char number[96];
    snprintf(number, sizeof number, "%s%zu / %zu",
             pdf->paper->has_unreviewed
                 ? "Contains findings that nobody has reviewed  ·  "
                 : "",
             pdf->page, pdf->page_count);
    pdf_words_begin(&words, 11);
    pdf_words_add(&words, slice_of(number), RUN_PLAIN, NULL);
    pdf_text_set(&text, pdf->context, &words, &style);
    draw_line(pdf, &text.lines[0], margin, page_bottom + 26);
    pdf_text_free(&text);
}

static void page_begin(struct pdf *pdf)
{
    pdf->page++;
    pdf->y = page_top;
}

static void page_end(struct pdf *pdf)
{
    draw_feet(pdf);
    draw_page_number(pdf);
    cairo_show_page(pdf->cairo);
}

static void page_break(struct pdf *pdf)
{
    const char *tag = pdf->tag;
    tag_close(pdf);
    page_end(pdf);
    page_begin(pdf);
    if (tag != NULL)
        tag_open(pdf, tag);
}

/* What the notes that wait may take: not all of the page. */
static double foot_reserve(const struct pdf *pdf, double more)
{
    double most = (page_bottom - page_top) * 0.7;
    double height = pdf->foot_height + more;
    return height < most ? height : most;
}

static bool fits(const struct pdf *pdf, double height, double notes)
{
    return pdf->y + height + foot_reserve(pdf, notes) <= page_bottom;
}

static bool is_low(const struct pdf *pdf)
{
    return pdf->y > page_top + (page_bottom - page_top) * 0.35;
}

static void make_room(struct pdf *pdf, double height)
{
    if (!fits(pdf, height, 0) && pdf->y > page_top)
        page_break(pdf);
}

/* Paragraphs ------------------------------------------------------------- */

/* The notes of a line are set once and wait for the page that gets it. */
struct line_notes {
    struct pdf_text **texts;
    size_t count;
    double height;
};

static void notes_set(struct pdf *pdf, const struct pdf_text *text,
                      size_t first, size_t end, struct line_notes *notes)
{
    size_t begin = first < end ? text->lines[first].mark_begin : 0;
    size_t behind = first < end ? text->lines[end - 1].mark_end : 0;
    *notes = (struct line_notes){.count = behind - begin};
    notes->texts = g_new0(struct pdf_text *, notes->count + 1);
    for (size_t i = 0; i < notes->count; i++) {
        notes->texts[i] = set_note(pdf, text->marks[begin + i].note);
        notes->height +=
            pdf_text_height(notes->texts[i], 0, notes->texts[i]->count);
    }
    if (notes->count > 0 && pdf->foot_count == 0)
        notes->height += note_gap;
}

static void notes_wait(struct pdf *pdf, struct line_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        add_foot(pdf, notes->texts[i]);
    g_free(notes->texts);
}

static void notes_drop(struct line_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        pdf_text_free(notes->texts[i]);
        g_free(notes->texts[i]);
    }
    g_free(notes->texts);
}

static void place_line(struct pdf *pdf, const struct pdf_text *text,
                       size_t index, double x)
{
    const struct pdf_line *line = &text->lines[index];
    struct line_notes notes;
    notes_set(pdf, text, index, index + 1, &notes);
    if (!fits(pdf, line->height, notes.height) &&
        (is_low(pdf) || !fits(pdf, line->height, 0)) && pdf->y > page_top)
        page_break(pdf);
    draw_line(pdf, line, x, pdf->y);
    pdf->y += line->height;
    notes_wait(pdf, &notes);
}

static void place_text(struct pdf *pdf, const struct pdf_text *text, double x)
{
    for (size_t i = 0; i < text->count; i++) {
        /* No first line alone at the end of a page. */
        if (i == 0 && text->count > 1)
            make_room(pdf, text->lines[0].height + text->lines[1].height);
        place_line(pdf, text, i, x);
    }
}

static void draw_words(struct pdf *pdf, const char *label, const char *font,
                       double x, PangoAlignment align)
{
    const struct pdf_style style = {font, 200, 1.18, align, false};
    struct pdf_words words;
    struct pdf_text text;
    pdf_words_begin(&words, 11);
    pdf_words_add(&words, slice_of(label), RUN_PLAIN, NULL);
    pdf_text_set(&text, pdf->context, &words, &style);
    draw_line(pdf, &text.lines[0], x, pdf->y);
    pdf_text_free(&text);
}

static void draw_label(struct pdf *pdf, const char *label, const char *font,
                       double x)
{
    draw_words(pdf, label, font, x, PANGO_ALIGN_LEFT);
}

static void place_paragraph(struct pdf *pdf, const struct block *block)
{
    bool is_numbered = block->kind == BLOCK_NUMBERED;
    bool is_item = block->kind == BLOCK_ITEM;
    double indent = is_numbered ? number_width : is_item ? 18 : 0;
    const struct pdf_style style = {FAMILY " 11", text_width() - indent, 1.18,
                                    PANGO_ALIGN_LEFT, true};
    struct pdf_words words;
    struct pdf_text text;
    char label[32] = "•";
    pdf_words_begin(&words, 11);
    pdf_words_runs(&words, pdf->paper, &block->runs);
    pdf_text_set(&text, pdf->context, &words, &style);
    struct line_notes notes;
    notes_set(pdf, &text, 0, text.count > 0 ? 1 : 0, &notes);
    if (text.count > 0 &&
        !fits(pdf, pdf_text_height(&text, 0, text.count > 1 ? 2 : 1),
              notes.height) &&
        is_low(pdf))
        page_break(pdf);
    notes_drop(&notes);
    if (is_numbered)
        snprintf(label, sizeof label, "%zu.", block->number);
    tag_open(pdf, is_item ? "LI" : "P");
    if (is_numbered || is_item)
        draw_label(pdf, label, FAMILY " 11", margin);
    place_text(pdf, &text, margin + indent);
    tag_close(pdf);
    pdf->y += is_item ? 3 : 7;
    pdf_text_free(&text);
}

/* Headings --------------------------------------------------------------- */

static char *plain_words(const struct runs *runs)
{
    struct pdf_words words;
    pdf_words_begin(&words, 11);
    for (size_t i = 0; i < runs->count; i++)
        if (runs->items[i].kind == RUN_TEXT)
            pdf_words_add(&words, runs->items[i].text, RUN_PLAIN, NULL);
    char *plain = g_string_free(words.text, FALSE);
    words.text = NULL;
    pdf_words_free(&words);
    return plain;
}

static void bookmark(struct pdf *pdf, const struct block *block, size_t index)
{
    char link[48], *plain = plain_words(&block->runs);
    char *title = g_strdup_printf("%s  %s", block->label, plain);
    int parent = block->level > 1 ? pdf->outline[block->level - 1]
                                  : CAIRO_PDF_OUTLINE_ROOT;
    snprintf(link, sizeof link, "dest='b%zu'", index);
    pdf->outline[block->level] = cairo_pdf_surface_add_outline(
        pdf->surface, parent, title, link,
        block->level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
    g_free(title);
    g_free(plain);
}

static void place_heading(struct pdf *pdf, const struct block *block,
                          size_t index)
{
    static const char *const fonts[] = {FAMILY " bold 17", FAMILY " bold 14",
                                        FAMILY " bold 11.5", FAMILY " bold 11"};
    static const char *const tags[] = {"H1", "H2", "H3", "H4"};
    bool is_title = block->kind == BLOCK_TITLE;
    bool is_subtitle = block->kind == BLOCK_SUBTITLE;
    unsigned level = is_title || is_subtitle ? 0 : block->level;
    double indent = is_title || is_subtitle ? 0 : number_width;
    const struct pdf_style style = {
        is_subtitle ? FAMILY " 12" : fonts[level], text_width() - indent, 1.18,
        is_title || is_subtitle ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT, false};
    struct pdf_words words;
    struct pdf_text text;
    char name[48];
    pdf_words_begin(&words, 11);
    pdf_words_runs(&words, pdf->paper, &block->runs);
    pdf_text_set(&text, pdf->context, &words, &style);
    if (pdf->y > page_top)
        pdf->y += level == 1 ? 16 : is_subtitle ? 2 : 10;
    /* A heading stays with what it heads. */
    make_room(pdf, pdf_text_height(&text, 0, text.count) + 64);
    pdf->pages[index] = pdf->page;
    snprintf(name, sizeof name, "name='b%zu'", index);
    cairo_tag_begin(pdf->cairo, CAIRO_TAG_DEST, name);
    cairo_tag_end(pdf->cairo, CAIRO_TAG_DEST);
    if (block->kind == BLOCK_HEADING)
        bookmark(pdf, block, index);
    tag_open(pdf, is_subtitle ? "P" : tags[level]);
    if (block->kind == BLOCK_HEADING)
        draw_label(pdf, block->label, fonts[level], margin);
    place_text(pdf, &text, margin + indent);
    tag_close(pdf);
    pdf->y += is_title ? 4 : is_subtitle ? 22 : level == 1 ? 7 : 5;
    pdf_text_free(&text);
}

/* Contents --------------------------------------------------------------- */

static void place_entry(struct pdf *pdf, const struct block *block,
                        size_t index)
{
    double indent = (block->level - 1) * 16.0;
    const struct pdf_style style = {FAMILY " 10.5", text_width() - indent - 70,
                                    1.2, PANGO_ALIGN_LEFT, false};
    struct pdf_words words;
    struct pdf_text text;
    char link[48], page[24];
    pdf_words_begin(&words, 11);
    pdf_words_add(&words, slice_of(block->label), RUN_PLAIN, NULL);
    pdf_words_add(&words, slice_of("  "), RUN_PLAIN, NULL);
    pdf_words_runs(&words, pdf->paper, &block->runs);
    pdf_text_set(&text, pdf->context, &words, &style);
    make_room(pdf, pdf_text_height(&text, 0, text.count));
    snprintf(link, sizeof link, "dest='b%zu'", index);
    snprintf(page, sizeof page, "%zu", pdf->pages[index]);
    tag_open(pdf, "P");
    cairo_tag_begin(pdf->cairo, CAIRO_TAG_LINK, link);
    double y = pdf->y;
    place_text(pdf, &text, margin + indent);
    double after = pdf->y;
    pdf->y = y;
    draw_words(pdf, page, FAMILY " 10.5", page_width - margin - 200,
               PANGO_ALIGN_RIGHT);
    pdf->y = after;
    cairo_tag_end(pdf->cairo, CAIRO_TAG_LINK);
    tag_close(pdf);
    pdf_text_free(&text);
}

static void place_contents(struct pdf *pdf)
{
    tag_open(pdf, "P");
    draw_label(pdf, "Contents", FAMILY " bold 14", margin);
    tag_close(pdf);
    pdf->y += 24;
    for (size_t i = 0; i < pdf->paper->blocks.count; i++) {
        const struct block *block = &pdf->paper->blocks.items[i];
        if (block->kind == BLOCK_HEADING && block->level <= 2)
            place_entry(pdf, block, i);
    }
    pdf->y += 8;
}

/* Tables ----------------------------------------------------------------- */

/* One row: its cells, and how far each is printed. */
struct pdf_row {
    size_t columns;
    double x[PAPER_COLUMNS_MAX + 1];
    struct pdf_text cells[PAPER_COLUMNS_MAX];
    size_t done[PAPER_COLUMNS_MAX];
    bool is_head;
};

static void row_set(struct pdf *pdf, const struct paper_table *table,
                    size_t index, struct pdf_row *row)
{
    unsigned whole = 0;
    *row = (struct pdf_row){.columns = table->columns, .is_head = index == 0};
    for (size_t i = 0; i < table->columns; i++)
        whole += table->widths[i];
    row->x[0] = margin;
    for (size_t i = 0; i < table->columns; i++) {
        double width = text_width() * table->widths[i] / whole;
        const struct pdf_style style = {FAMILY " 9.5", width - 2 * padding,
                                        1.08, PANGO_ALIGN_LEFT, false};
        struct pdf_words words;
        row->x[i + 1] = row->x[i] + width;
        pdf_words_begin(&words, 9.5);
        pdf_words_runs(&words, pdf->paper, &table->items[index].cells[i].runs);
        pdf_text_set(&row->cells[i], pdf->context, &words, &style);
    }
}

static void row_free(struct pdf_row *row)
{
    for (size_t i = 0; i < row->columns; i++)
        pdf_text_free(&row->cells[i]);
}

/* How many lines of the cell fit into the height. */
static size_t lines_within(const struct pdf_text *text, size_t from,
                           double height)
{
    size_t end = from;
    double used = 0;
    while (end < text->count && used + text->lines[end].height <= height)
        used += text->lines[end++].height;
    return end;
}

static double row_left(const struct pdf_row *row)
{
    double most = 0;
    for (size_t i = 0; i < row->columns; i++) {
        double height =
            pdf_text_height(&row->cells[i], row->done[i], row->cells[i].count);
        most = height > most ? height : most;
    }
    return most;
}

/* The notes that a piece of this height brings along. */
static double piece_notes(struct pdf *pdf, const struct pdf_row *row,
                          double height)
{
    double sum = 0;
    for (size_t i = 0; i < row->columns; i++) {
        struct line_notes notes;
        notes_set(pdf, &row->cells[i], row->done[i],
                  lines_within(&row->cells[i], row->done[i], height), &notes);
        sum += notes.height;
        notes_drop(&notes);
    }
    return sum;
}

static void draw_borders(struct pdf *pdf, const struct pdf_row *row,
                         double height)
{
    cairo_save(pdf->cairo);
    cairo_set_source_rgb(pdf->cairo, 0.45, 0.45, 0.45);
    cairo_set_line_width(pdf->cairo, 0.4);
    cairo_rectangle(pdf->cairo, row->x[0], pdf->y,
                    row->x[row->columns] - row->x[0], height);
    for (size_t i = 1; i < row->columns; i++) {
        cairo_move_to(pdf->cairo, row->x[i], pdf->y);
        cairo_rel_line_to(pdf->cairo, 0, height);
    }
    cairo_stroke(pdf->cairo);
    cairo_restore(pdf->cairo);
}

/* Draws what fits into the height; its notes wait. */
static void draw_piece(struct pdf *pdf, struct pdf_row *row, double height)
{
    draw_borders(pdf, row, height + 2 * padding);
    cairo_tag_begin(pdf->cairo, "TR", NULL);
    for (size_t i = 0; i < row->columns; i++) {
        struct pdf_text *text = &row->cells[i];
        size_t end = lines_within(text, row->done[i], height);
        double y = pdf->y + padding;
        struct line_notes notes;
        notes_set(pdf, text, row->done[i], end, &notes);
        cairo_tag_begin(pdf->cairo, row->is_head ? "TH" : "TD", NULL);
        for (; row->done[i] < end; row->done[i]++) {
            draw_line(pdf, &text->lines[row->done[i]], row->x[i] + padding, y);
            y += text->lines[row->done[i]].height;
        }
        cairo_tag_end(pdf->cairo, row->is_head ? "TH" : "TD");
        notes_wait(pdf, &notes);
    }
    cairo_tag_end(pdf->cairo, "TR");
    pdf->y += height + 2 * padding;
}

static bool lines_within_any(const struct pdf_row *row, double height)
{
    for (size_t i = 0; i < row->columns; i++)
        if (lines_within(&row->cells[i], row->done[i], height) > row->done[i])
            return true;
    return false;
}

/* The greatest height, by steps of a line, whose lines and notes fit here. */
static double piece_height(struct pdf *pdf, const struct pdf_row *row)
{
    enum { STEP = 12 };
    double left = row_left(row);
    double room = page_bottom - foot_reserve(pdf, 0) - pdf->y - 2 * padding;
    double height = left < room ? left : room;
    for (; height > 0; height -= STEP)
        if (lines_within_any(row, height) &&
            fits(pdf, height + 2 * padding, piece_notes(pdf, row, height)))
            return height;
    return 0;
}

static void place_row(struct pdf *pdf, const struct paper_table *table,
                      size_t index)
{
    struct pdf_row row;
    bool is_new_page = false;
    row_set(pdf, table, index, &row);
    double whole = row_left(&row);
    if (!fits(pdf, whole + 2 * padding, piece_notes(pdf, &row, whole)) &&
        is_low(pdf)) {
        page_break(pdf);
        is_new_page = true;
    }
    while (row_left(&row) > 0) {
        if (is_new_page && index > 0)
            place_row(pdf, table, 0);
        double height = piece_height(pdf, &row);
        if (height <= 0 && pdf->y > page_top + 60) {
            page_break(pdf);
            is_new_page = true;
            continue;
        }
        /* On a fresh page something must go, come what may. */
        draw_piece(pdf, &row, height > 0 ? height : 48);
        is_new_page = row_left(&row) > 0;
        if (is_new_page)
            page_break(pdf);
    }
    row_free(&row);
}

static void place_table(struct pdf *pdf, const struct paper_table *table)
{
    tag_open(pdf, "Table");
    make_room(pdf, 60);
    for (size_t i = 0; i < table->count; i++)
        place_row(pdf, table, i);
    tag_close(pdf);
    pdf->y += 10;
}

/* The whole -------------------------------------------------------------- */

static void place_block(struct pdf *pdf, size_t index)
{
    const struct block *block = &pdf->paper->blocks.items[index];
    switch (block->kind) {
    case BLOCK_TITLE:
    case BLOCK_SUBTITLE:
    case BLOCK_HEADING:
        place_heading(pdf, block, index);
        break;
    case BLOCK_CONTENTS:
        place_contents(pdf);
        break;
    case BLOCK_TABLE:
        place_table(pdf, block->table);
        break;
    default:
        place_paragraph(pdf, block);
    }
}

static void place_all(struct pdf *pdf)
{
    pdf->page = 0;
    page_begin(pdf);
    cairo_tag_begin(pdf->cairo, "Document", NULL);
    for (size_t i = 0; i < pdf->paper->blocks.count; i++)
        place_block(pdf, i);
    page_end(pdf);
    /* What is left of the last notes. */
    while (pdf->foot_count > 0) {
        page_begin(pdf);
        page_end(pdf);
    }
    cairo_tag_end(pdf->cairo, "Document");
    pdf->page_count = pdf->page;
}

static cairo_status_t take_bytes(void *context, const unsigned char *bytes,
                                 unsigned length)
{
    struct output *output = context;
    output_slice(output, (struct slice){(const char *)bytes, length});
    return output->is_failed ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static void begin_surface(struct pdf *pdf, struct output *output)
{
    /* A template is anybody's bytes; a PDF takes characters alone. */
    char *title = g_utf8_make_valid(
        pdf->paper->title != NULL ? pdf->paper->title : "", -1);
    pdf->surface = cairo_pdf_surface_create_for_stream(take_bytes, output,
                                                       page_width, page_height);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE,
                                   title);
    g_free(title);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR,
                                   "madai");
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_SUBJECT,
                                   pdf->paper->state);
    /* The clock is the case's: the same state, the same bytes. */
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   pdf->paper->time);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_MOD_DATE,
                                   pdf->paper->time);
    pdf->cairo = cairo_create(pdf->surface);
}

static void set_context(struct pdf *pdf, PangoFontMap *fonts)
{
    cairo_font_options_t *options = cairo_font_options_create();
    pdf->context = pango_font_map_create_context(fonts);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(pdf->context, options);
    pango_cairo_context_set_resolution(pdf->context, 72);
    pango_context_set_round_glyph_positions(pdf->context, FALSE);
    pango_context_set_language(pdf->context,
                               pango_language_from_string("en-gb"));
    cairo_font_options_destroy(options);
}

static bool print_once(struct pdf *pdf, struct output *output)
{
    begin_surface(pdf, output);
    place_all(pdf);
    cairo_destroy(pdf->cairo);
    cairo_surface_finish(pdf->surface);
    cairo_status_t status = cairo_surface_status(pdf->surface);
    cairo_surface_destroy(pdf->surface);
    if (output->is_failed)
        return false;
    return status == CAIRO_STATUS_SUCCESS ||
           error_set(output->error, ERROR_LIMIT, "PDF: %s",
                     cairo_status_to_string(status));
}

bool paper_pdf(const struct paper *paper, struct slice *made,
               struct error *error)
{
    struct output first, second;
    PangoFontMap *fonts = pango_cairo_font_map_new();
    struct pdf pdf = {.paper = paper, .is_real = false};
    output_begin(&first, paper->arena, error);
    output_begin(&second, paper->arena, error);
    pdf.pages = g_new0(size_t, paper->blocks.count + 1);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts), 72);
    set_context(&pdf, fonts);
    bool is_well = print_once(&pdf, &first) && print_once(&pdf, &second);
    g_free(pdf.feet);
    g_free(pdf.pages);
    g_object_unref(pdf.context);
    g_object_unref(fonts);
    *made = output_bytes(&second);
    return is_well;
}
