/*
 * table.c - turns a table of data/ into C, at build time.
 *
 *     table NAME FILE.tsv > NAME.c
 *
 * A line of the table is a row, its columns are separated by tabs; lines
 * that are empty or begin with # are notes. The first column holds the keys
 * of the row, separated by |; a key that is - keeps its place only. A key
 * that comes again in the same row sets one more bit of `forms` (the first 32
 * keys have one); one that
 * comes in two rows of the same table is an error, since only one could be
 * found. The rows come out sorted by key, with a hash table over them.
 */
#define _GNU_SOURCE

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../data/table_hash.h"

enum { COLUMNS_MAX = 8, KEYS_MAX = 128, FORMS_MAX = 32, ROWS_MAX = 16384 };

struct row {
    char *key;
    unsigned forms;
    char *columns[COLUMNS_MAX];
    size_t column_count;
    size_t line;
};

static struct row rows[ROWS_MAX];
static size_t row_count;
static char *lines[ROWS_MAX]; /* what the rows borrow */
static size_t line_count;

static _Noreturn void die(const char *file, size_t line, const char *why)
{
    fprintf(stderr, "%s:%zu: %s\n", file, line, why);
    exit(1);
}

/* Cuts `text` at each `mark` in place; gives how many pieces there are. */
static size_t cut(char *text, char mark, char **pieces, size_t most)
{
    size_t count = 0;
    for (char *at = text; at != NULL && count < most;) {
        pieces[count++] = at;
        at = strchr(at, mark);
        if (at != NULL)
            *at++ = '\0';
    }
    return count;
}

static void add_key(const char *file, struct row *made, size_t form)
{
    unsigned bit = form < FORMS_MAX ? 1u << form : 0;
    for (size_t i = 0; i < row_count; i++) {
        if (strcmp(rows[i].key, made->key) != 0)
            continue;
        if (rows[i].line != made->line)
            die(file, made->line, "a key that another row has");
        rows[i].forms |= bit;
        return;
    }
    if (row_count == ROWS_MAX)
        die(file, made->line, "too many rows");
    made->forms = bit;
    rows[row_count++] = *made;
}

static void add_line(const char *file, size_t line, char *text)
{
    struct row made = {.line = line};
    char *keys[KEYS_MAX + 1];
    char *columns[COLUMNS_MAX + 1];
    size_t count = cut(text, '\t', columns, COLUMNS_MAX + 1);
    if (count < 2 || count > COLUMNS_MAX)
        die(file, line, "not from 2 to 8 columns");
    made.column_count = count - 1;
    memcpy(made.columns, columns + 1, made.column_count * sizeof *columns);
    size_t key_count = cut(columns[0], '|', keys, KEYS_MAX + 1);
    if (key_count > KEYS_MAX)
        die(file, line, "too many keys");
    for (size_t i = 0; i < key_count; i++) {
        made.key = keys[i];
        if (strcmp(keys[i], "-") != 0)
            add_key(file, &made, i);
    }
}

static void read_rows(const char *file)
{
    FILE *stream = fopen(file, "r");
    char *text = NULL;
    size_t room = 0;
    size_t line = 0;
    if (stream == NULL)
        die(file, 0, "cannot be opened");
    for (ssize_t got; (got = getline(&text, &room, stream)) >= 0;) {
        line++;
        while (got > 0 && (text[got - 1] == '\n' || text[got - 1] == '\r'))
            text[--got] = '\0';
        if (got == 0 || text[0] == '#')
            continue;
        if (line_count == ROWS_MAX)
            die(file, line, "too many lines");
        lines[line_count++] = text;
        add_line(file, line, text);
        text = NULL;
        room = 0;
    }
    free(text);
    fclose(stream);
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct row *)a)->key, ((const struct row *)b)->key);
}

static void print_string(const char *text)
{
    putchar('"');
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\' || byte < 32 || byte > 126)
            printf("\\%03o", byte);
        else
            putchar(byte);
    }
    putchar('"');
}

static void print_rows(void)
{
    printf("/* Made by tools/table.c; do not edit. */\n#include \"table.h\"\n\n"
           "static const struct table_row rows[] = {\n");
    for (size_t i = 0; i < row_count; i++) {
        printf("    {");
        print_string(rows[i].key);
        printf(", %zu, %uu, {", strlen(rows[i].key), rows[i].forms);
        for (size_t j = 0; j < rows[i].column_count; j++) {
            print_string(rows[i].columns[j]);
            printf(", ");
        }
        printf("}},\n");
    }
    printf("};\n\n");
}

static void print_table(const char *name)
{
    static uint16_t slots[4 * ROWS_MAX];
    size_t mask = 1;
    while (mask + 1 < 2 * row_count)
        mask = 2 * mask + 1;
    for (size_t i = 0; i < row_count; i++) {
        size_t slot = table_hash_end(table_hash_on(
                          TABLE_HASH_BEGIN, rows[i].key, strlen(rows[i].key))) &
                      mask;
        while (slots[slot] != 0)
            slot = (slot + 1) & mask;
        slots[slot] = (uint16_t)(i + 1);
    }
    printf("static const uint16_t slots[] = {");
    for (size_t i = 0; i <= mask; i++)
        printf("%s%u,", i % 16 == 0 ? "\n    " : " ", (unsigned)slots[i]);
    printf("\n};\n\nconst struct table %s_table = {rows, %zu, slots, %zu};\n",
           name, row_count, mask);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: table NAME FILE.tsv\n");
        return 2;
    }
    read_rows(argv[2]);
    if (row_count == 0)
        die(argv[2], 0, "no rows");
    qsort(rows, row_count, sizeof *rows, compare);
    print_rows();
    print_table(argv[1]);
    while (line_count > 0)
        free(lines[--line_count]);
    return fflush(stdout) == 0 && ferror(stdout) == 0 ? 0 : 1;
}
