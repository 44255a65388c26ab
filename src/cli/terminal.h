/*
 * terminal.h - the screen a person sits at: how wide, with colour or not,
 * behind a pager or not; and words that cannot play tricks on it.
 *
 * Documents come from strangers. No byte of one that a terminal would obey
 * (escape sequences, other controls, marks that turn the direction of
 * writing) is ever printed as it is: terminal_glyph stands in its place.
 */
#ifndef MADAI_TERMINAL_H
#define MADAI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

struct terminal {
    bool is_terminal; /* standard output is one */
    bool has_colour;
    unsigned width; /* columns to use */
};

/* Looks at standard output, NO_COLOR, TERM and COLUMNS. */
struct terminal terminal_look(void);

/* Starts $PAGER (less, with -FRX, if there is none) where standard output is
 * a terminal, and puts it in the place of standard output. Does nothing where
 * PAGER is empty or "cat". */
void terminal_page(const struct terminal *);

/* Waits until the pager has ended, if there is one. */
void terminal_end(void);

/* What to print for one unit of a text: its own bytes, or a visible mark of
 * the same meaning; `columns` is how wide it is. White space is one blank. */
struct terminal_glyph {
    char bytes[12];
    uint8_t length;
    uint8_t columns;
    bool is_space;
    bool is_substitute; /* stands for what must not be printed */
};
struct terminal_glyph terminal_glyph(uint32_t code_point);

/* Writes "madai: words" and a line break to the descriptor, in one write. */
void terminal_complain(int descriptor, const char *words);

/* Takes the line that progress is drawn on, so that others can clear it. */
void terminal_status(const char *words); /* NULL: clear */

#endif
