/*
 * table_lines.h - text files that are lists of records: tables (CSV, as RFC
 * 4180 and as programs write it) and chats that WhatsApp exported.
 */
#ifndef MADAI_TABLE_LINES_H
#define MADAI_TABLE_LINES_H

#include "writer.h"

/* UTF-8. Each row is a paragraph, with bars between its cells; what parts the
 * cells (comma, semicolon, tab, bar) is what the first lines have most of. A
 * row with a long cell counts as running text. */
void table_lines_say(struct writer *, struct slice text);

/* UTF-8. Each message is a post under a line with who sent it and when. */
void chat_lines_say(struct writer *, struct slice text);

/* A row, cell by cell: shared with spreadsheets. Cells that are empty leave
 * no bar behind them at the row's end. */
struct table_row_saying {
    struct writer *writer;
    unsigned bars; /* still to be said */
};
/* `is_first`: the table's; `is_long`: it holds running text. */
void row_begin(struct table_row_saying *, bool is_first, bool is_long);
void row_cell(struct table_row_saying *, struct slice words);
void row_end(struct table_row_saying *);

/* A cell with as many words holds running text. */
enum { ROW_WORDS_LONG = 12 };
bool row_cell_is_long(struct slice words);

#endif
