/*
 * page_picture.h - one page of an original as it looks, for whoever holds a
 * passage against it.
 *
 * The page is drawn in a helper (helper.h) that sends pixels and nothing else;
 * the PNG is written here. So whoever looks at it decodes bytes that we wrote,
 * whatever the document was made to do.
 */
#ifndef MADAI_PAGE_PICTURE_H
#define MADAI_PAGE_PICTURE_H

#include "arena.h"
#include "error.h"
#include "slice.h"

/* A hundred dots an inch, less where a side were longer than this. */
enum { PAGE_PICTURE_DOTS = 100, PAGE_PICTURE_SIDE_MAX = 2200 };

struct page_picture {
    uint32_t width, height; /* pixels */
    uint32_t dots;          /* of an inch, in tenths */
    struct slice png;
};

/* Whether originals of these bytes have pages that can be drawn. */
bool page_picture_is_possible(struct slice bytes, const char *name);

/* Draws page `page`, from 1. All of it is the arena's, which needs some 40 MiB.
 * ERROR_NOT_FOUND: no such page, or no helper is installed; ERROR_BAD_INPUT:
 * the helper died of the document, or wrote what is no picture. It may take
 * PAGE_PICTURE_SECONDS of the processor. Thread-safe for different arenas. */
enum { PAGE_PICTURE_SECONDS = 8 };
MUST_CHECK bool page_picture_draw(struct slice bytes, const char *name,
                                  uint32_t page, struct arena *,
                                  struct page_picture *, struct error *);

/* `width` x `height` pixels of red, green and blue, as PNG (ISO 15948): grey
 * where all are. In the arena. ERROR_LIMIT. */
MUST_CHECK bool png_write(const unsigned char *pixels, uint32_t width,
                          uint32_t height, struct arena *, struct slice *,
                          struct error *);

#endif
