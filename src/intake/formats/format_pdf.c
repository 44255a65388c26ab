/*
 * format_pdf.c - PDF, by poppler: the text layer in reading order, each line
 * with its place; pages that have none are told.
 */
#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <stdlib.h>
#include <time.h>

#include "c2pa.h"
#include "child.h"
#include "pdf_order.h"
#include "utf8.h"

enum {
    PAGES_MAX = 20000,
    PAGE_LETTERS_MIN = 8,
    DOTS_PER_INCH = 200, /* of pictures for who recognises letters */
    SIDE_MAX = 4000,
    DRAWING_SECONDS = 14, /* of the processor; then no more are drawn */
};

struct pdf {
    struct slice bytes;
    PopplerDocument *document;
    struct writer *writer;
    struct arena *arena;
    struct page_lines lines;
    float *heights;
    uint32_t pages, scans, drawn;
    struct error error;
};

static float median(float *values, size_t count)
{
    /* Letters of a line differ little: the one in the middle will do. */
    return count > 0 ? values[count / 2] : 0;
}

/* The line that begins with letter `first` of the page. */
static bool add_line(struct pdf *pdf, uint32_t page, struct slice text,
                     const PopplerRectangle *boxes, size_t count)
{
    enum { HEIGHTS = 256 };
    float heights[HEIGHTS];
    size_t used = 0;
    struct page_line line = {.page = page, .left = 1e9F, .top = 1e9F};
    while (text.length > 0 && (unsigned char)text.data[0] <= ' ')
        text = (struct slice){text.data + 1, text.length - 1};
    while (text.length > 0 && (unsigned char)text.data[text.length - 1] <= ' ')
        text.length--;
    for (size_t i = 0; i < count; i++) {
        const float left = (float)boxes[i].x1, right = (float)boxes[i].x2;
        const float top = (float)boxes[i].y1, bottom = (float)boxes[i].y2;
        if (!(right > left) || !(bottom > top))
            continue;
        line.left = fminf(line.left, left);
        line.right = fmaxf(line.right, right);
        line.top = fminf(line.top, top);
        line.bottom = fmaxf(line.bottom, bottom);
        if (used < HEIGHTS)
            heights[used++] = bottom - top;
    }
    if (text.length == 0 || used == 0)
        return true;
    line.height = median(heights, used);
    line.text.data = arena_string(pdf->arena, text, &pdf->error);
    line.text.length = text.length;
    return line.text.data != NULL &&
           list_push(pdf->arena, &pdf->lines, line, &pdf->error);
}

/* White space wider than any between words parts pieces: columns that stand
 * side by side come as one line. */
static bool add_pieces(struct pdf *pdf, uint32_t page, struct slice line,
                       const PopplerRectangle *boxes, size_t count)
{
    size_t begin = 0, first = 0, letter = 0;
    float right = 0;
    for (size_t at = 0; at < line.length && letter < count; letter++) {
        const struct utf8 unit = utf8_at(line, at);
        const PopplerRectangle *box = &boxes[letter];
        const float height = (float)(box->y2 - box->y1);
        if (line.data[at] != ' ') {
            const float gap = (float)box->x1 - right;
            bool is_far =
                right > 0 && (gap > height * 1.1F || gap < -2 * height);
            if (is_far &&
                !add_line(pdf, page,
                          (struct slice){line.data + begin, at - begin},
                          boxes + first, letter - first))
                return false;
            if (is_far) {
                begin = at;
                first = letter;
            }
            right = (float)box->x2;
        }
        at += unit.length;
    }
    return add_line(pdf, page,
                    (struct slice){line.data + begin, line.length - begin},
                    boxes + first, count - first);
}

/* A rectangle a letter, line ends included. */
static bool add_lines(struct pdf *pdf, uint32_t page, const char *text,
                      const PopplerRectangle *boxes, size_t count)
{
    size_t begin = 0, first = 0, letter = 0;
    const struct slice whole = slice_of(text);
    for (size_t at = 0; at <= whole.length; letter++) {
        if (at == whole.length || whole.data[at] == '\n' ||
            whole.data[at] == '\f') {
            size_t last = letter < count ? letter : count;
            if (first < last &&
                !add_pieces(pdf, page,
                            (struct slice){whole.data + begin, at - begin},
                            boxes + first, last - first))
                return false;
            begin = at + 1;
            first = letter + 1;
            at++;
        } else {
            at += utf8_at(whole, at).length;
        }
    }
    return true;
}

/* Grey from red, green and blue in equal parts: scans are grey. */
static void send_grey(struct pdf *pdf, cairo_surface_t *surface,
                      uint32_t number)
{
    const int width = cairo_image_surface_get_width(surface);
    const int height = cairo_image_surface_get_height(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    char head[40];
    char *row = malloc((size_t)width);
    if (row == NULL || pixels == NULL) {
        free(row);
        return;
    }
    writer_picture(pdf->writer, number);
    snprintf(head, sizeof head, "P5\n%d %d\n255\n", width, height);
    writer_member_bytes(pdf->writer, slice_of(head));
    for (int y = 0; y < height; y++) {
        const unsigned char *from = pixels + (size_t)y * (size_t)stride;
        for (int x = 0; x < width; x++)
            row[x] =
                (char)((from[4 * x] + from[4 * x + 1] + from[4 * x + 2]) / 3);
        writer_member_bytes(pdf->writer, (struct slice){row, (size_t)width});
    }
    free(row);
    pdf->drawn++;
}

/* The page as it looks, for who recognises letters in it. */
static void draw_page(struct pdf *pdf, PopplerPage *page, uint32_t number,
                      double width, double height)
{
    const double scale = DOTS_PER_INCH / 72.0;
    bool is_late = clock() / CLOCKS_PER_SEC >= DRAWING_SECONDS;
    if (is_late || !(width * scale >= 16) || !(height * scale >= 16) ||
        !(width * scale <= SIDE_MAX) || !(height * scale <= SIDE_MAX))
        return;
    cairo_surface_t *surface = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)(width * scale), (int)(height * scale));
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS) {
        cairo_t *drawing = cairo_create(surface);
        cairo_set_source_rgb(drawing, 1, 1, 1);
        cairo_paint(drawing);
        cairo_scale(drawing, scale, scale);
        poppler_page_render(page, drawing);
        cairo_destroy(drawing);
        cairo_surface_flush(surface);
        send_grey(pdf, surface, number);
    }
    cairo_surface_destroy(surface);
}

static bool read_page(struct pdf *pdf, uint32_t number)
{
    PopplerRectangle *boxes = NULL;
    guint count = 0;
    double width = 0, height = 0;
    bool is_well = true;
    PopplerPage *page =
        poppler_document_get_page(pdf->document, (int)number - 1);
    if (page == NULL)
        return true;
    poppler_page_get_size(page, &width, &height);
    pdf->heights[number - 1] = (float)height;
    char *text = poppler_page_get_text(page);
    if (text != NULL && strlen(text) >= PAGE_LETTERS_MIN &&
        poppler_page_get_text_layout(page, &boxes, &count)) {
        size_t before = pdf->lines.count, kept = 0;
        is_well = add_lines(pdf, number, text, boxes, count) &&
                  page_lines_order(pdf->lines.items + before,
                                   pdf->lines.count - before, pdf->arena, &kept,
                                   &pdf->error);
        pdf->lines.count = before + kept;
    } else {
        GList *images = poppler_page_get_image_mapping(page);
        pdf->scans += images != NULL;
        if (images != NULL)
            draw_page(pdf, page, number, width, height);
        poppler_page_free_image_mapping(images);
    }
    g_free(boxes);
    g_free(text);
    g_object_unref(page);
    return is_well;
}

static void say_string(struct pdf *pdf, const char *name, char *value)
{
    if (value != NULL)
        writer_fact(pdf->writer, name, slice_of(value), "document information");
    g_free(value);
}

static void say_time(struct pdf *pdf, const char *name, GDateTime *time)
{
    if (time == NULL)
        return;
    say_string(pdf, name, g_date_time_format_iso8601(time));
    g_date_time_unref(time);
}

static void say_facts(struct pdf *pdf)
{
    char pages[16];
    PopplerDocument *document = pdf->document;
    say_string(pdf, "title", poppler_document_get_title(document));
    say_string(pdf, "author", poppler_document_get_author(document));
    say_string(pdf, "subject", poppler_document_get_subject(document));
    say_string(pdf, "software", poppler_document_get_creator(document));
    say_string(pdf, "software", poppler_document_get_producer(document));
    say_time(pdf, "created", poppler_document_get_creation_date_time(document));
    say_time(pdf, "modified",
             poppler_document_get_modification_date_time(document));
    snprintf(pages, sizeof pages, "%u", pdf->pages);
    writer_fact(pdf->writer, "pages", slice_of(pages), "the file");
    c2pa_say(pdf->bytes, false, pdf->writer);
    unsigned files = poppler_document_get_n_attachments(document);
    if (files > 0)
        writer_warn(pdf->writer, "%u files lie in it, which were not read",
                    files);
}

static void say_scans(struct pdf *pdf)
{
    if (pdf->scans == 0)
        return;
    writer_scan(pdf->writer);
    writer_warn(pdf->writer, "%u of %u pages are pictures without text",
                pdf->scans, pdf->pages);
    if (pdf->drawn < pdf->scans)
        writer_warn(pdf->writer,
                    "%u of them were too many, or too large, to "
                    "be looked at",
                    pdf->scans - pdf->drawn);
}

static void read_pages(struct pdf *pdf)
{
    bool is_well = true;
    int pages = poppler_document_get_n_pages(pdf->document);
    if (pages > PAGES_MAX)
        writer_warn(pdf->writer, "has %d pages; the first %d were read", pages,
                    (int)PAGES_MAX);
    pages = pages > PAGES_MAX ? PAGES_MAX : pages < 0 ? 0 : pages;
    pdf->pages = (uint32_t)pages;
    pdf->heights = arena_take(pdf->arena, pdf->pages + (size_t)1,
                              sizeof *pdf->heights, &pdf->error);
    is_well = pdf->heights != NULL;
    for (uint32_t i = 1; is_well && i <= pdf->pages; i++)
        is_well = read_page(pdf, i);
    if (is_well)
        say_facts(pdf);
    if (!is_well || !page_lines_say(&pdf->lines, pdf->heights, pdf->pages,
                                    pdf->arena, pdf->writer, &pdf->error))
        writer_refuse(pdf->writer, "needs too much memory");
    else
        say_scans(pdf);
}

static void convert_pdf(struct slice bytes, enum file_kind kind,
                        struct writer *writer)
{
    GError *why = NULL;
    struct pdf pdf = {.bytes = bytes,
                      .writer = writer,
                      .arena = arena_new((size_t)600 << 20)};
    (void)kind;
    GBytes *held = g_bytes_new_static(bytes.data, bytes.length);
    pdf.document = poppler_document_new_from_bytes(held, NULL, &why);
    if (pdf.document == NULL || pdf.arena == NULL) {
        bool is_locked =
            g_error_matches(why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
        writer_refuse(writer, "%s",
                      is_locked ? "is locked with a password"
                                : "is broken, or cut short");
    } else {
        read_pages(&pdf);
        g_object_unref(pdf.document);
    }
    g_clear_error(&why);
    g_bytes_unref(held);
    arena_release(pdf.arena);
}

/* Character maps of fonts that the file does not bring. */
static const char *const folders[] = {"/usr/share/poppler", NULL};

const struct converter converter = {.folders = folders, .convert = convert_pdf};
