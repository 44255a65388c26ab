/*
 * text_map.h - where in its original each piece of a text stands: page,
 * paragraph, box; and what the file said of itself when it was converted. For
 * whoever shows a passage on the picture of the page, or names its page.
 *
 *     struct text_map map;
 *     text_map_get(casefile, text, arena, &map, error);
 *     size_t i = text_map_first(&map, span);
 *     while (i < map.places.count && map.places.items[i].span.begin < span.end)
 *         ... map.places.items[i++] ...
 *
 * Stored with the version of the text (column text.map) and sealed with it. A
 * text that is its original, byte for byte, has none; nor has one of a case
 * that was made before there were maps.
 */
#ifndef MADAI_TEXT_MAP_H
#define MADAI_TEXT_MAP_H

#include "documents.h"

/* In tenths of a point from the upper left corner of the page, as a viewer
 * shows it; all zero: not known. */
struct text_box {
    uint32_t left, top, right, bottom;
};

struct text_place {
    struct span span; /* bytes of the text */
    uint32_t page;    /* from 1; 0: the format has none */
    uint32_t paragraph;
    const char *kind; /* "body", "headline", ...: docs/intake.md */
    struct text_box box;
    unsigned confidence; /* percent, of a recognised word; 0: it was written */
};

/* A claim of the file about itself. */
struct text_fact {
    const char *name, *value, *from;
};

struct text_map {
    LIST(struct text_place) places; /* in order, without overlap */
    LIST(struct text_fact) facts;
    LIST(const char *) warnings; /* of the converter */
};

/* Everything is the arena's. A text without a map gives an empty one.
 * ERROR_TAMPERED, ERROR_CORRUPT where what is stored is no map. Linear in the
 * number of places, some tens of nanoseconds each. */
MUST_CHECK bool text_map_get(struct casefile *, const struct case_text *,
                             struct arena *, struct text_map *, struct error *);

/* The same of bytes that somebody has; ERROR_CORRUPT, ERROR_LIMIT. */
MUST_CHECK bool text_map_read(struct slice json, struct arena *,
                              struct text_map *, struct error *);

/* The first place that ends behind the beginning of the span; the number of
 * places where there is none. Logarithmic. */
size_t text_map_first(const struct text_map *, struct span);

/* The page that the span begins on; 0 where it is not known. */
uint32_t text_map_page(const struct text_map *, struct span);

#endif
