/*
 * print.h - words of strangers on standard output: safe for a terminal, or
 * exact as JSON. Whether writing went well is asked at the end (say).
 */
#ifndef MADAI_PRINT_H
#define MADAI_PRINT_H

#include "json.h"
#include "slice.h"

/* As terminal_glyph shows them, in one line. */
void print_plain(struct slice);
void print_words(const char *); /* NULL is allowed: nothing */

/* "label: words", or nothing where there are no words. */
void print_field(const char *label, const char *words);

/* A line of porcelain: bytes below 0x20, 0x7F and the backslash as \xHH. */
void print_escaped(const char *);

/* A value in one line, with its line break. The value is given: decref'd. */
MUST_CHECK bool print_json(json_t *, struct error *);

/* Where JSON text goes. */
struct json_sink print_sink(void);

#endif
