/*
 * fuzz_csv.c - a table of a stranger's: it reads or is told why not, and what
 * was read is written so that it reads back as it was.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "csv.h"
#include "fuzz.h"

struct table {
    LIST(struct csv_row) rows;
};

static bool has_words(const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++)
        if (*row->items[i] != '\0')
            return true;
    return false;
}

/* Rows without a word are left out: an empty line is none when it is read. */
static bool read_table(struct slice bytes, struct arena *arena,
                       struct table *table)
{
    struct csv csv;
    struct error error = {.kind = ERROR_NONE};
    bool is_there = true, is_well = csv_begin(&csv, bytes, &error);
    *table = (struct table){0};
    while (is_well && is_there) {
        struct csv_row row;
        is_well = csv_next(&csv, arena, &row, &is_there, &error);
        if (is_well && is_there && has_words(&row))
            is_well = list_push(arena, &table->rows, row, &error);
    }
    assert(is_well || error.text[0] != '\0');
    return is_well;
}

static void compare(const struct table *a, const struct table *b)
{
    assert(a->rows.count == b->rows.count);
    for (size_t i = 0; i < a->rows.count; i++) {
        const struct csv_row *row = &a->rows.items[i];
        const struct csv_row *again = &b->rows.items[i];
        assert(row->count == again->count);
        for (size_t j = 0; j < row->count; j++)
            assert(strcmp(row->items[j], again->items[j]) == 0);
    }
}

static void write_and_read(const struct table *table, struct arena *arena)
{
    char *text = NULL;
    size_t length = 0;
    struct table again;
    FILE *file = open_memstream(&text, &length);
    assert(file != NULL);
    csv_write_mark(file);
    /* The first line says what parts the cells: a column as a head has it. */
    const char *const head[] = {"review", "finding"};
    csv_write_row(file, head, 2);
    for (size_t i = 0; i < table->rows.count; i++)
        csv_write_row(file, table->rows.items[i].items,
                      table->rows.items[i].count);
    int is_failed = fclose(file);
    assert(is_failed == 0);
    (void)is_failed;
    bool is_read = read_table((struct slice){text, length}, arena, &again);
    assert(is_read);
    (void)is_read;
    assert(again.rows.count > 0);
    again.rows.items++;
    again.rows.count--;
    compare(table, &again);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct table table;
    struct arena *arena = arena_new((size_t)1 << 28);
    assert(arena != NULL);
    if (read_table((struct slice){(const char *)bytes, length}, arena, &table))
        write_and_read(&table, arena);
    arena_release(arena);
    return 0;
}
