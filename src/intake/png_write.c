/*
 * png_write.c - see page_picture.h. PNG (ISO 15948) with one IDAT; each line
 * is told as what differs from the one above it, which suits pages.
 */
#include <stdlib.h>
#include <zlib.h>

#include "page_picture.h"

enum { CHUNK_FRAME = 12, HEAD_BYTES = 13, SIGNATURE_BYTES = 8, FILTER_UP = 2 };

static void put_u32(unsigned char *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (unsigned char)(value >> (24 - 8 * i));
}

/* Length, name, bytes, sum over name and bytes; where it ends. */
static unsigned char *put_chunk(unsigned char *to, const char *name,
                                const unsigned char *bytes, size_t length)
{
    put_u32(to, (uint32_t)length);
    memcpy(to + 4, name, 4);
    if (length > 0 && bytes != to + 8)
        memcpy(to + 8, bytes, length);
    put_u32(to + 8 + length, (uint32_t)crc32(0, to + 4, (uInt)length + 4));
    return to + length + CHUNK_FRAME;
}

static bool is_grey(const unsigned char *pixels, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (pixels[3 * i] != pixels[3 * i + 1] ||
            pixels[3 * i] != pixels[3 * i + 2])
            return false;
    return true;
}

/* Lines as they are compressed: a byte that names the filter, and what differs
 * from above. `step`: bytes between samples that are kept. */
static void filter(const unsigned char *pixels, uint32_t width, uint32_t height,
                   size_t channels, unsigned char *lines)
{
    const size_t samples = (size_t)width * channels;
    const size_t step = channels == 1 ? 3 : 1;
    for (size_t y = 0; y < height; y++) {
        const unsigned char *line = pixels + y * width * 3;
        const unsigned char *above = y > 0 ? line - (size_t)width * 3 : NULL;
        *lines++ = FILTER_UP;
        for (size_t i = 0; i < samples; i++)
            *lines++ = (unsigned char)(line[i * step] -
                                       (above != NULL ? above[i * step] : 0));
    }
}

bool png_write(const unsigned char *pixels, uint32_t width, uint32_t height,
               struct arena *arena, struct slice *png, struct error *error)
{
    static const unsigned char signature[SIGNATURE_BYTES] = {
        0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    const size_t channels = is_grey(pixels, (size_t)width * height) ? 1 : 3;
    const size_t length = ((size_t)width * channels + 1) * height;
    uLongf packed = compressBound((uLong)length);
    unsigned char head[HEAD_BYTES] = {0};
    unsigned char *lines = arena_take(arena, length, 1, error);
    unsigned char *bytes = arena_take(
        arena, SIGNATURE_BYTES + HEAD_BYTES + packed + 3 * CHUNK_FRAME, 1,
        error);
    if (lines == NULL || bytes == NULL)
        return false;
    filter(pixels, width, height, channels, lines);
    put_u32(head, width);
    put_u32(head + 4, height);
    head[8] = 8;                     /* bits a sample */
    head[9] = channels == 1 ? 0 : 2; /* grey; red, green and blue */
    memcpy(bytes, signature, SIGNATURE_BYTES);
    unsigned char *at =
        put_chunk(bytes + SIGNATURE_BYTES, "IHDR", head, HEAD_BYTES);
    if (compress2(at + 8, &packed, lines, (uLong)length, 6) != Z_OK)
        return error_set(error, ERROR_LIMIT, "no memory for the picture");
    at = put_chunk(at, "IDAT", at + 8, packed);
    at = put_chunk(at, "IEND", NULL, 0);
    *png = (struct slice){(const char *)bytes, (size_t)(at - bytes)};
    return true;
}
