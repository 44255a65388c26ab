/*
 * pdf_order.h - the pieces of a page's lines in the order in which a person
 * reads them: columns one after the other, rows of a table each whole.
 *
 * Rows of pieces are gathered to bands that share their gutters (white space
 * from top to bottom), after the recursive X-Y cut of Nagy and Seth (1984),
 * but from the top down, so that a heading over two columns parts bands
 * instead of closing the gutter. A band whose pieces are short is a table.
 */
#ifndef MADAI_PDF_ORDER_H
#define MADAI_PDF_ORDER_H

#include "pdf_lines.h"

/* Puts the lines of one page in order; pieces of a table's row become one
 * line. `kept` is how many there are then. Uses the arena. */
MUST_CHECK bool page_lines_order(struct page_line *, size_t count,
                                 struct arena *, size_t *kept, struct error *);

#endif
