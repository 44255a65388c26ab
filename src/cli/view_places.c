/*
 * view_places.c - see view_places.h. Mentions that are told alike are one
 * entry, which stands where the first of them does.
 */
#include "view_places.h"

#include <math.h>
#include <stdlib.h>

#include "layout.h"
#include "place_words.h"

enum { MARGIN_PLACE = 3 };

/* A place of the reading among those that are told like it. */
struct row {
    const struct reading *reading;
    uint32_t place;
    uint32_t count; /* of those told like it */
};

static const struct place *place_of(const struct row *row)
{
    return &row->reading->places.items[row->place];
}

static struct slice words_of(const struct row *row)
{
    return slice_at(row->reading->text.bytes, place_of(row)->span);
}

static int compare_numbers(uint32_t a, uint32_t b) { return (a > b) - (a < b); }

/* Orders those that are told alike beside each other: the same place, or the
 * same words where none is known. */
static int compare_alike(const struct row *a, const struct row *b)
{
    const struct place *one = place_of(a);
    const struct place *two = place_of(b);
    const struct slice words = words_of(a);
    const struct slice others = words_of(b);
    if (one->index != two->index)
        return compare_numbers(one->index, two->index);
    if (one->is_at != two->is_at)
        return one->is_at ? 1 : -1;
    if (!one->is_at && one->index != GAZETTEER_NONE)
        return 0;
    if (words.length != others.length)
        return words.length < others.length ? -1 : 1;
    return memcmp(words.data, others.data, words.length);
}

static int row_compare(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    const int alike = compare_alike(a, b);
    return alike != 0 ? alike : compare_numbers(a->place, b->place);
}

static int row_compare_first(const void *left, const void *right)
{
    const struct row *a = left, *b = right;
    return compare_numbers(a->place, b->place);
}

/* One row for each entry, in the order of the text. */
static size_t arrange(struct row *rows, size_t count)
{
    size_t kept = 0;
    qsort(rows, count, sizeof *rows, row_compare);
    for (size_t i = 0; i < count; i++)
        if (kept > 0 && compare_alike(&rows[kept - 1], &rows[i]) == 0) {
            rows[kept - 1].count++;
        } else {
            rows[kept] = rows[i];
            rows[kept++].count = 1;
        }
    qsort(rows, kept, sizeof *rows, row_compare_first);
    return kept;
}

static void show_degrees(struct layout *layout, int32_t value,
                         const char *letters)
{
    enum { DEGREE = 10000 };
    char words[32];
    const int32_t size = value < 0 ? -value : value;
    snprintf(words, sizeof words, "%d.%04d° %c", (int)(size / DEGREE),
             (int)(size % DEGREE), letters[value < 0]);
    layout_words(layout, words);
}

/* "town in Nakuru County, Kenya, 0.3031° S 36.0661° E" */
static void show_where(struct layout *layout, const struct reading *reading,
                       const struct place *place)
{
    struct slice names[PLACE_WITHIN_MAX];
    const size_t count = place_within(reading->gazetteer, place, names);
    const char *kind = place_kind(reading->gazetteer, place);
    int32_t lat, lon;
    if (kind != NULL)
        layout_words(layout, kind);
    for (size_t i = 0; i < count; i++) {
        layout_words(layout, i == 0 ? kind != NULL ? " in " : "in " : ", ");
        layout_text(layout, names[i]);
    }
    if (place_point(reading->gazetteer, place, &lat, &lon)) {
        layout_words(layout, kind != NULL || count > 0 ? "; " : "");
        layout_words(layout, place->is_at ? "about " : "");
        show_degrees(layout, lat, "NS");
        layout_words(layout, " ");
        show_degrees(layout, lon, "EW");
    }
    layout_line(layout);
}

static void show_row(struct layout *layout, const struct row *row)
{
    const struct reading *reading = row->reading;
    const struct place *place = place_of(row);
    const struct slice name =
        place_name(reading->gazetteer, place, reading->text.bytes);
    char words[64], why[PLACE_WHY_SIZE];
    layout_margin(layout, 0, NULL);
    layout_style(layout, STYLE_STRONG);
    layout_text(layout, words_of(row));
    layout_style(layout, STYLE_PLAIN);
    if (!slice_equals(name, words_of(row))) {
        layout_words(layout, " = ");
        layout_text(layout, name);
    }
    if (row->count > 1) {
        snprintf(words, sizeof words, " (%u times)", (unsigned)row->count);
        layout_words(layout, words);
    }
    if (place->index != GAZETTEER_NONE) {
        snprintf(words, sizeof words, "%d %%",
                 (int)lroundf(place->confidence * 100));
        layout_right(layout, STYLE_QUIET, words);
    } else {
        layout_right(layout, STYLE_QUIET, "not placed");
    }
    layout_margin(layout, MARGIN_PLACE, NULL);
    show_where(layout, reading, place);
    layout_style(layout, STYLE_QUIET);
    layout_text(layout, place_why(reading->gazetteer, place, why));
    layout_style(layout, STYLE_PLAIN);
    layout_line(layout);
}

bool view_places_write(const struct reading *reading,
                       const struct view_options *options,
                       struct json_sink sink, struct error *error)
{
    struct layout layout = {.sink = sink,
                            .width = options->width,
                            .has_colour = options->has_colour};
    const size_t count = reading->places.count;
    struct row *rows = calloc(count + 1, sizeof *rows);
    if (rows == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the view");
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct row){.reading = reading, .place = (uint32_t)i};
    const size_t kept = arrange(rows, count);
    layout_margin(&layout, 0, NULL);
    layout_style(&layout, STYLE_STRONG);
    layout_text(&layout, reading->document.id);
    layout_style(&layout, STYLE_PLAIN);
    layout_line(&layout);
    layout_gap(&layout);
    if (count == 0)
        layout_words(&layout, "No places.");
    for (size_t i = 0; i < kept; i++)
        show_row(&layout, &rows[i]);
    layout_line(&layout);
    free(rows);
    return layout_end(&layout, error);
}
