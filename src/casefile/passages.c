/*
 * passages.c - see passages.h.
 */
#include "passages.h"

#include <stdlib.h>

#include "sql.h"

struct cutter {
    struct slice text;
    const uint32_t *stops; /* ends of sentences, rising */
    size_t stop_count;
    size_t stop;
    struct arena *arena;
    struct passages *passages;
    struct error *error;
};

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Keeps [begin, end) without the white space around it, if anything is left. */
static bool add(struct cutter *cutter, uint32_t begin, uint32_t end)
{
    const char *bytes = cutter->text.data;
    while (begin < end && is_blank(bytes[begin]))
        begin++;
    while (end > begin && is_blank(bytes[end - 1]))
        end--;
    struct span span = {begin, end};
    return begin == end ||
           list_push(cutter->arena, cutter->passages, span, cutter->error);
}

/* Where to cut what is too long: after the last sentence that fits, else
 * after a blank, else between two characters. */
static uint32_t cut_of(struct cutter *cutter, uint32_t begin, uint32_t end)
{
    const char *bytes = cutter->text.data;
    uint32_t most = begin + PASSAGE_BYTES_MAX, best = 0;
    while (cutter->stop < cutter->stop_count &&
           cutter->stops[cutter->stop] <= most) {
        if (cutter->stops[cutter->stop] > begin)
            best = cutter->stops[cutter->stop];
        cutter->stop++;
    }
    if (best > begin && best < end)
        return best;
    for (uint32_t at = most; at > begin + PASSAGE_BYTES_MAX / 2; at--)
        if (is_blank(bytes[at]))
            return at;
    while (most > begin + 4 && ((unsigned char)bytes[most] & 0xC0) == 0x80)
        most--;
    return most;
}

static bool add_pieces(struct cutter *cutter, uint32_t begin, uint32_t end)
{
    while (end - begin > PASSAGE_BYTES_MAX) {
        uint32_t middle = cut_of(cutter, begin, end);
        if (!add(cutter, begin, middle))
            return false;
        begin = middle;
    }
    return add(cutter, begin, end);
}

/* What no part covers is cut at empty lines. */
static bool add_gap(struct cutter *cutter, uint32_t begin, uint32_t end)
{
    uint32_t from = begin;
    for (uint32_t at = begin; at + 1 < end; at++) {
        if (cutter->text.data[at] != '\n' || cutter->text.data[at + 1] != '\n')
            continue;
        if (!add_pieces(cutter, from, at))
            return false;
        from = at + 1;
    }
    return add_pieces(cutter, from, end);
}

/* The pairs of integers in a list of them; those that are none, or lie
 * outside, are passed over. */
static bool span_of(const json_t *pair, size_t length, struct span *span)
{
    json_int_t begin = json_integer_value(json_array_get(pair, 0));
    json_int_t end = json_integer_value(json_array_get(pair, 1));
    if (begin < 0 || end < begin || (uint64_t)end > length)
        return false;
    *span = (struct span){(uint32_t)begin, (uint32_t)end};
    return true;
}

static int compare_spans(const void *a, const void *b)
{
    const struct span *left = a, *right = b;
    if (left->begin != right->begin)
        return left->begin < right->begin ? -1 : 1;
    return left->end < right->end ? -1 : left->end > right->end;
}

static bool collect(const json_t *list, const char *key, size_t length,
                    struct arena *arena, struct passages *spans,
                    struct error *error)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item)
    {
        struct span span;
        if (span_of(key != NULL ? json_object_get(item, key) : item, length,
                    &span) &&
            !list_push(arena, spans, span, error))
            return false;
    }
    if (spans->count > 1)
        qsort(spans->items, spans->count, sizeof *spans->items, compare_spans);
    return true;
}

bool passages_cut(const json_t *reading, struct slice text, struct arena *arena,
                  struct passages *passages, struct error *error)
{
    struct passages parts = {0}, sentences = {0};
    struct cutter cutter = {
        .text = text, .arena = arena, .passages = passages, .error = error};
    *passages = (struct passages){0};
    if (!collect(json_object_get(reading, "parts"), "span", text.length, arena,
                 &parts, error) ||
        !collect(json_object_get(reading, "sentences"), NULL, text.length,
                 arena, &sentences, error))
        return false;
    uint32_t *stops = arena_take(arena, sentences.count, sizeof *stops, error);
    if (stops == NULL)
        return false;
    for (size_t i = 0; i < sentences.count; i++)
        stops[i] = sentences.items[i].end;
    cutter.stops = stops;
    cutter.stop_count = sentences.count;
    uint32_t at = 0;
    for (size_t i = 0; i < parts.count; i++) {
        struct span part = parts.items[i];
        if (part.begin < at)
            part.begin = at;
        if (part.end <= part.begin)
            continue;
        if (!add_gap(&cutter, at, part.begin) ||
            !add_pieces(&cutter, part.begin, part.end))
            return false;
        at = part.end;
    }
    if (!add_gap(&cutter, at, (uint32_t)text.length))
        return false;
    passages->ids =
        arena_take(arena, passages->count, sizeof *passages->ids, error);
    return passages->ids != NULL;
}

bool passages_insert(struct casefile *casefile, int64_t document,
                     struct slice text, const struct passages *passages,
                     struct error *error)
{
    for (size_t i = 0; i < passages->count; i++) {
        struct span span = passages->items[i];
        if (!sql_run(casefile, QUERY_PASSAGE_INSERT, error,
                     sql_integer(document), sql_integer(span.begin),
                     sql_integer(span.end)))
            return false;
        passages->ids[i] = sql_last_id(casefile);
        if (!sql_run(casefile, QUERY_PASSAGE_INDEX_INSERT, error,
                     sql_integer(passages->ids[i]),
                     sql_slice(slice_at(text, span))))
            return false;
    }
    return true;
}

int64_t passages_at(const struct passages *passages, uint32_t place)
{
    size_t low = 0, high = passages->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (passages->items[middle].begin <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? passages->ids[low - 1] : 0;
}

bool passages_delete(struct casefile *casefile, int64_t document,
                     struct slice text, struct error *error)
{
    bool is_well = true;
    struct rows rows = sql_rows(casefile, QUERY_PASSAGE_OF_DOCUMENT, error,
                                sql_integer(document));
    while (is_well && rows_next(&rows)) {
        struct span span = rows_span(&rows, 1);
        if (span.begin > span.end || span.end > text.length)
            is_well = error_set(error, ERROR_TAMPERED,
                                "a passage lies outside its text");
        else
            is_well = sql_run(casefile, QUERY_PASSAGE_INDEX_DELETE, error,
                              sql_integer(rows_integer(&rows, 0)),
                              sql_slice(slice_at(text, span)));
    }
    return rows_end(&rows) && is_well &&
           sql_run(casefile, QUERY_PASSAGE_DELETE, error,
                   sql_integer(document));
}

bool passage_at(struct casefile *casefile, int64_t document, uint32_t place,
                int64_t *id, struct error *error)
{
    struct rows rows = sql_rows(casefile, QUERY_PASSAGE_AT, error,
                                sql_integer(document), sql_integer(place));
    *id = rows_next(&rows) ? rows_integer(&rows, 0) : 0;
    return rows_end(&rows);
}
