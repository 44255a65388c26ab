/*
 * reading_json.h - a reading as JSON, by READING.md.
 *
 * Written as it is made: nothing is held but a small buffer. The same reading
 * gives the same bytes, whatever the locale. The text, when asked for, has
 * U+001A in place of each byte that is no UTF-8, so that all spans, which
 * count the bytes as they were given, hold for it too.
 */
#ifndef MADAI_READING_JSON_H
#define MADAI_READING_JSON_H

#include "json.h"
#include "reading.h"

/* Writes the reading as one line of JSON, without a line break at its end.
 * False when the sink fails, with its error. */
MUST_CHECK bool reading_json_write(const struct reading *, bool has_text,
                                   struct json_sink, struct error *);

#endif
