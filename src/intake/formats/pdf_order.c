/*
 * pdf_order.c - see pdf_order.h.
 */
#include "pdf_order.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

enum {
    GUTTERS_MAX = 8,
    DEPTH_MOST = 4,          /* columns in columns */
    COLUMN_ROWS_MIN = 3,     /* fewer are no columns */
    COLUMN_LETTERS_MIN = 20, /* on average, in a line of running text */
};

struct ordering {
    struct arena *arena;
    struct error *error;
    struct page_line *out; /* in order */
    size_t count, most;
    float gap; /* narrower white space is none between columns */
};

/* Lines [first, last) that stand side by side. */
struct row {
    size_t first, last;
};

struct range {
    float left, right;
};
/* Where a band has ink, from left to right. */
struct ink {
    struct range items[GUTTERS_MAX + 1];
    size_t count;
};

static int by_top(const void *a, const void *b)
{
    const struct page_line *x = a, *y = b;
    const float middle_x = x->top + x->bottom, middle_y = y->top + y->bottom;
    if (middle_x != middle_y)
        return middle_x < middle_y ? -1 : 1;
    return (x->left > y->left) - (x->left < y->left);
}

static int by_left(const void *a, const void *b)
{
    const struct page_line *x = a, *y = b;
    if (x->left != y->left)
        return x->left < y->left ? -1 : 1;
    return (x->top > y->top) - (x->top < y->top);
}

/* Lines whose middles lie within each other make a row. */
static size_t find_rows(struct page_line *lines, size_t count, struct row *rows)
{
    size_t found = 0;
    qsort(lines, count, sizeof *lines, by_top);
    for (size_t i = 0; i < count; i++) {
        const float middle = (lines[i].top + lines[i].bottom) / 2;
        if (found > 0) {
            const struct page_line *first = &lines[rows[found - 1].first];
            const float third = (first->bottom - first->top) / 3;
            if (middle < first->bottom - third && middle > first->top + third) {
                rows[found - 1].last = i + 1;
                continue;
            }
        }
        rows[found++] = (struct row){i, i + 1};
    }
    for (size_t i = 0; i < found; i++)
        qsort(lines + rows[i].first, rows[i].last - rows[i].first,
              sizeof *lines, by_left);
    return found;
}

/* Adds a piece; those that it touches become one. Where there are more than
 * can be told apart, the nearest are taken together. */
static void ink_add(struct ink *ink, struct range piece, float gap)
{
    size_t kept = 0;
    for (size_t i = 0; i < ink->count; i++) {
        const struct range other = ink->items[i];
        if (other.right + gap > piece.left && piece.right + gap > other.left) {
            piece.left = fminf(piece.left, other.left);
            piece.right = fmaxf(piece.right, other.right);
        } else {
            ink->items[kept++] = other;
        }
    }
    if (kept > GUTTERS_MAX) {
        ink->items[kept - 1].right =
            fmaxf(ink->items[kept - 1].right, piece.right);
        ink->count = kept;
        return;
    }
    size_t at = kept;
    while (at > 0 && ink->items[at - 1].left > piece.left) {
        ink->items[at] = ink->items[at - 1];
        at--;
    }
    ink->items[at] = piece;
    ink->count = kept + 1;
}

static struct ink ink_with(const struct ordering *order, struct ink ink,
                           const struct page_line *lines, struct row row)
{
    for (size_t i = row.first; i < row.last; i++)
        ink_add(&ink, (struct range){lines[i].left, lines[i].right},
                order->gap);
    return ink;
}

/* The band that begins with row `first`: as many rows as share a gutter, or
 * as many as have none. */
static size_t band_end(const struct ordering *order,
                       const struct page_line *lines, const struct row *rows,
                       size_t count, size_t first, struct ink *ink)
{
    size_t last = first + 1;
    *ink = ink_with(order, (struct ink){.count = 0}, lines, rows[first]);
    for (; last < count; last++) {
        const struct ink more = ink_with(order, *ink, lines, rows[last]);
        const struct ink own =
            ink_with(order, (struct ink){.count = 0}, lines, rows[last]);
        if (ink->count > 1 ? more.count < 2 : own.count > 1)
            break;
        *ink = more;
    }
    return last;
}

/* A heading at the head of one column, or its last line where the other is
 * longer, is a row of one piece: it still belongs to the band that has a
 * gutter there. */
static bool fits_column(const struct ink *ink, const struct page_line *line,
                        float gap)
{
    for (size_t i = 0; i < ink->count; i++)
        if (line->left > ink->items[i].left - gap &&
            line->right < ink->items[i].right + gap)
            return true;
    return false;
}

static bool is_running_text(const struct page_line *lines, size_t first,
                            size_t last, const struct ink *ink, size_t rows)
{
    if (rows < COLUMN_ROWS_MIN)
        return false;
    for (size_t i = 0; i < ink->count; i++) {
        size_t letters = 0, pieces = 0;
        for (size_t j = first; j < last; j++)
            if (lines[j].left < ink->items[i].right &&
                lines[j].right > ink->items[i].left) {
                letters += lines[j].text.length;
                pieces++;
            }
        if (pieces < COLUMN_ROWS_MIN || letters / pieces < COLUMN_LETTERS_MIN)
            return false;
    }
    return true;
}

static bool put(struct ordering *order, const struct page_line *line)
{
    assert(order->count < order->most);
    order->out[order->count++] = *line;
    return true;
}

/* All of them as one line, with `between` between them. */
static bool put_joined(struct ordering *order, const struct page_line *pieces,
                       size_t count, const char *between)
{
    struct page_line whole = pieces[0];
    size_t length = 0;
    if (count == 1)
        return put(order, &whole);
    for (size_t i = 0; i < count; i++)
        length += pieces[i].text.length + strlen(between);
    char *to = arena_take(order->arena, length, 1, order->error);
    if (to == NULL)
        return false;
    length = 0;
    for (size_t i = 0; i < count; i++) {
        const struct page_line *piece = &pieces[i];
        if (i > 0) {
            memcpy(to + length, between, strlen(between));
            length += strlen(between);
        }
        memcpy(to + length, piece->text.data, piece->text.length);
        length += piece->text.length;
        whole.left = fminf(whole.left, piece->left);
        whole.right = fmaxf(whole.right, piece->right);
        whole.top = fminf(whole.top, piece->top);
        whole.bottom = fmaxf(whole.bottom, piece->bottom);
    }
    whole.text = (struct slice){to, length};
    whole.is_row = strcmp(between, " | ") == 0;
    return put(order, &whole);
}

static float pitch(const struct page_line *lines, const struct row *rows,
                   size_t at)
{
    return lines[rows[at + 1].first].top - lines[rows[at].first].top;
}

/* Behind the lines that are one row of a table, whose cells have several:
 * they stand closer than rows do, and not all cells go on to the last. */
static size_t row_end(const struct page_line *lines, const struct row *rows,
                      size_t at, size_t last, float closest, size_t cells)
{
    size_t end = at + 1;
    while (end < last && pitch(lines, rows, end - 1) < closest * 1.15F &&
           pitch(lines, rows, end - 1) < lines[rows[at].first].height * 1.6F)
        end++;
    const bool is_far =
        end < last && pitch(lines, rows, end - 1) > closest * 1.15F;
    const bool is_after =
        at > 0 && pitch(lines, rows, at - 1) > closest * 1.15F;
    const bool is_ragged = rows[end - 1].last - rows[end - 1].first < cells;
    return is_ragged && (is_far || is_after) ? end : at + 1;
}

/* Lines [first, last) that are one row: cell by cell, with bars between. */
static bool put_cells(struct ordering *order, const struct page_line *lines,
                      size_t first, size_t last, const struct ink *ink)
{
    struct page_line *pieces =
        arena_take(order->arena, last - first, sizeof *pieces, order->error);
    const size_t before = order->count;
    size_t cells = 0;
    if (pieces == NULL)
        return false;
    for (size_t i = 0; i < ink->count; i++) {
        size_t count = 0;
        for (size_t j = first; j < last; j++) {
            const float middle = (lines[j].left + lines[j].right) / 2;
            if (middle >= ink->items[i].left && middle <= ink->items[i].right)
                pieces[count++] = lines[j];
        }
        if (count > 0 && !put_joined(order, pieces, count, " "))
            return false;
        cells += count > 0;
    }
    /* They were put as lines, which become one. */
    order->count = before;
    memcpy(pieces, order->out + before, cells * sizeof *pieces);
    return cells == 0 || put_joined(order, pieces, cells, " | ");
}

static bool order_lines(struct ordering *order, struct page_line *lines,
                        size_t count, unsigned depth);

/* Each column for itself, from left to right. */
static bool put_columns(struct ordering *order, struct page_line *lines,
                        size_t first, size_t last, const struct ink *ink,
                        unsigned depth)
{
    struct page_line *column =
        arena_take(order->arena, last - first, sizeof *column, order->error);
    if (column == NULL)
        return false;
    for (size_t i = 0; i < ink->count; i++) {
        size_t count = 0;
        for (size_t j = first; j < last; j++) {
            const float middle = (lines[j].left + lines[j].right) / 2;
            if (middle >= ink->items[i].left && middle <= ink->items[i].right)
                column[count++] = lines[j];
        }
        if (!order_lines(order, column, count, depth + 1))
            return false;
    }
    return true;
}

/* Words with a tab between them, or a line of its own. */
static bool put_rows(struct ordering *order, const struct page_line *lines,
                     const struct row *rows, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++)
        if (!put_joined(order, lines + rows[i].first,
                        rows[i].last - rows[i].first, "  "))
            return false;
    return true;
}

static bool put_table(struct ordering *order, const struct page_line *lines,
                      const struct row *rows, size_t first, size_t last,
                      const struct ink *ink)
{
    float closest = INFINITY;
    for (size_t i = first; i + 1 < last; i++)
        closest = fminf(closest, pitch(lines, rows, i));
    for (size_t i = first, end; i < last; i = end) {
        end = row_end(lines, rows, i, last, closest, ink->count);
        if (end == i + 1 ? !put_joined(order, lines + rows[i].first,
                                       rows[i].last - rows[i].first, " | ")
                         : !put_cells(order, lines, rows[i].first,
                                      rows[end - 1].last, ink))
            return false;
    }
    return true;
}

/* Rows of one piece before and after a band that fit its columns are its own;
 * those before it, unless they are short (headings stand over their column,
 * but a short line may be the heading of all). */
static size_t grow_back(const struct ordering *order,
                        const struct page_line *lines, const struct row *rows,
                        size_t from, size_t first, const struct ink *ink)
{
    while (first > from) {
        const struct row above = rows[first - 1];
        const struct page_line *line = &lines[above.first];
        bool is_near =
            lines[rows[first].first].top - line->bottom < 2 * line->height;
        if (above.last - above.first != 1 || !is_near ||
            line->text.length < COLUMN_LETTERS_MIN ||
            !fits_column(ink, line, order->gap / 2))
            break;
        first--;
    }
    return first;
}

static bool order_lines(struct ordering *order, struct page_line *lines,
                        size_t count, unsigned depth)
{
    size_t said = 0; /* rows */
    struct row *rows =
        arena_take(order->arena, count + 1, sizeof *rows, order->error);
    if (rows == NULL)
        return false;
    const size_t row_count = find_rows(lines, count, rows);
    for (size_t first = 0, last; first < row_count; first = last) {
        struct ink ink;
        last = band_end(order, lines, rows, row_count, first, &ink);
        if (ink.count < 2)
            continue; /* said with what follows, or at the end */
        bool is_text = depth < DEPTH_MOST &&
                       is_running_text(lines, rows[first].first,
                                       rows[last - 1].last, &ink, last - first);
        size_t begin =
            is_text ? grow_back(order, lines, rows, said, first, &ink) : first;
        if (!put_rows(order, lines, rows, said, begin))
            return false;
        bool is_put = is_text ? put_columns(order, lines, rows[begin].first,
                                            rows[last - 1].last, &ink, depth)
                      : last - begin >= 2
                          ? put_table(order, lines, rows, begin, last, &ink)
                          : put_rows(order, lines, rows, begin, last);
        if (!is_put)
            return false;
        said = last;
    }
    return put_rows(order, lines, rows, said, row_count);
}

bool page_lines_order(struct page_line *lines, size_t count,
                      struct arena *arena, size_t *kept, struct error *error)
{
    struct ordering order = {.arena = arena, .error = error, .most = count};
    float height = 0;
    for (size_t i = 0; i < count; i++)
        height += lines[i].height;
    *kept = count;
    if (count < 2)
        return true;
    order.gap = height / (float)count * 0.7F;
    order.out = arena_take(arena, count, sizeof *order.out, error);
    struct page_line *copy = arena_take(arena, count, sizeof *copy, error);
    if (order.out == NULL || copy == NULL)
        return false;
    memcpy(copy, lines, count * sizeof *copy);
    if (!order_lines(&order, copy, count, 0))
        return false;
    memcpy(lines, order.out, order.count * sizeof *lines);
    *kept = order.count;
    return true;
}
