/*
 * csv.h - tables that go to a spreadsheet and come back (RFC 4180).
 *
 * Written: UTF-8 with a byte-order mark, since spreadsheets take a file
 * without one for their country's old encoding; commas, CRLF, every cell with
 * words in quotes. A cell that a spreadsheet would take for a formula (it
 * begins with = + - @, their wide forms, a tab, a line's end) gets an
 * apostrophe before it, as one that begins with an apostrophe does, so that
 * reading can take off just those that writing put there: what was written
 * reads back as it was (https://owasp.org/www-community/attacks/CSV_Injection).
 *
 * Read: commas, semicolons or tabs, as the first line has them; lines ended by
 * CRLF, LF or CR; with or without the mark.
 */
#ifndef MADAI_CSV_H
#define MADAI_CSV_H

#include <stdio.h>

#include "arena.h"
#include "error.h"
#include "slice.h"

/* The mark, before the first row. What went wrong, ferror tells. */
void csv_write_mark(FILE *);
/* A row. NULL is an empty cell; a byte that is no UTF-8 becomes U+FFFD. */
void csv_write_row(FILE *, const char *const *cells, size_t count);

struct csv {
    struct slice bytes; /* borrowed */
    size_t at;
    unsigned line; /* in which the row that was read last began, from 1 */
    unsigned next_line;
    char separator;
};

/* ERROR_BAD_INPUT where the bytes are no UTF-8, or hold a NUL. */
MUST_CHECK bool csv_begin(struct csv *, struct slice bytes, struct error *);

struct csv_row {
    const char **items; /* the arena's, each with a NUL */
    size_t count;
    size_t capacity;
};
/* The next row that is not empty; `is_there` is false at the end.
 * ERROR_BAD_INPUT with the line: a quote that stands where none may, or is
 * not closed. */
MUST_CHECK bool csv_next(struct csv *, struct arena *, struct csv_row *,
                         bool *is_there, struct error *);

#endif
