/*
 * format_draw.c - draws a page of a PDF with poppler and cairo: pixels out,
 * nothing else (page_picture.h).
 */
#include <cairo.h>
#include <poppler.h>
#include <stdlib.h>

#include "child.h"
#include "page_picture.h"

/* Dots an inch, so that no side is too long; 0: no page that can be drawn. */
static double dots_of(double width, double height)
{
    const double longest = width > height ? width : height;
    const double most = (double)PAGE_PICTURE_SIDE_MAX * 72 / longest;
    if (!(width >= 1) || !(height >= 1) || !(longest <= 1e6))
        return 0;
    return most < PAGE_PICTURE_DOTS ? most : PAGE_PICTURE_DOTS;
}

/* Cairo keeps blue, green, red and a byte that is not used. */
static void send_pixels(cairo_surface_t *surface, double dots,
                        struct writer *writer)
{
    char name[40];
    const int width = cairo_image_surface_get_width(surface);
    const int height = cairo_image_surface_get_height(surface);
    const size_t stride = (size_t)cairo_image_surface_get_stride(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    char *line = malloc((size_t)width * 3);
    if (line == NULL || pixels == NULL) {
        writer_refuse(writer, "needs too much memory");
        free(line);
        return;
    }
    snprintf(name, sizeof name, "%d %d %d", width, height, (int)(dots * 10));
    writer_member(writer, slice_of(name));
    for (int y = 0; y < height; y++) {
        const unsigned char *from = pixels + (size_t)y * stride;
        for (int x = 0; x < width; x++)
            for (int c = 0; c < 3; c++)
                line[3 * x + c] = (char)from[4 * x + 2 - c];
        writer_member_bytes(writer, (struct slice){line, (size_t)width * 3});
    }
    free(line);
}

static void draw(PopplerPage *page, struct writer *writer)
{
    double width = 0, height = 0;
    poppler_page_get_size(page, &width, &height);
    const double dots = dots_of(width, height);
    const int across = (int)(width * dots / 72),
              down = (int)(height * dots / 72);
    if (across < 1 || down < 1) {
        writer_refuse(writer, "has no size");
        return;
    }
    cairo_surface_t *surface =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, across, down);
    cairo_t *drawing = cairo_create(surface);
    cairo_set_source_rgb(drawing, 1, 1, 1);
    cairo_paint(drawing);
    cairo_scale(drawing, dots / 72, dots / 72);
    poppler_page_render(page, drawing);
    cairo_destroy(drawing);
    cairo_surface_flush(surface);
    if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
        send_pixels(surface, dots, writer);
    else
        writer_refuse(writer, "cannot be drawn");
    cairo_surface_destroy(surface);
}

static void convert_page(struct slice bytes, enum file_kind kind,
                         struct writer *writer)
{
    GError *why = NULL;
    (void)kind;
    if (bytes.length < 4) {
        writer_refuse(writer, "is cut short");
        return;
    }
    const uint32_t number = frame_get_u32(bytes.data);
    GBytes *held = g_bytes_new_static(bytes.data + 4, bytes.length - 4);
    PopplerDocument *document =
        poppler_document_new_from_bytes(held, NULL, &why);
    PopplerPage *page =
        document != NULL && number >= 1 && number <= INT32_MAX &&
                (int)number <= poppler_document_get_n_pages(document)
            ? poppler_document_get_page(document, (int)number - 1)
            : NULL;
    if (page != NULL) {
        draw(page, writer);
        g_object_unref(page);
    } else if (document == NULL) {
        writer_refuse(writer, "is broken, locked, or cut short");
    }
    if (document != NULL)
        g_object_unref(document);
    g_clear_error(&why);
    g_bytes_unref(held);
}

/* Fonts that the file does not bring, and what finds them. */
static const char *const folders[] = {"/usr/share/poppler",
                                      "/usr/share/fonts",
                                      "/usr/local/share/fonts",
                                      "/etc/fonts",
                                      "/var/cache/fontconfig",
                                      "/usr/share/fontconfig",
                                      NULL};

const struct converter converter = {.folders = folders,
                                    .convert = convert_page};
