/*
 * lines.h - the formats of the ledger are text in lines; this takes them
 * apart and makes them.
 */
#ifndef MADAI_LINES_H
#define MADAI_LINES_H

#include "arena.h"

/* Takes the line that begins with `prefix` off the text; `value` is the rest
 * of it without its line feed. Both are borrowed. False, and the text as it
 * was, where the next line begins otherwise or has no line feed. */
MUST_CHECK bool line_take(struct slice *text, const char *prefix,
                          struct slice *value);

/* A number as printf writes it: no sign, no leading zero, at most 18 digits,
 * so that it is below MERKLE_SIZE_MAX. */
#define DECIMAL_DIGITS_MAX 18
MUST_CHECK bool decimal_read(struct slice, uint64_t *number);

/* Bytes of base64 with padding, as one encoder writes it: exactly `size`. */
MUST_CHECK bool base64_read(struct slice, void *bytes, size_t size);
/* The same for up to `most` bytes. */
MUST_CHECK bool base64_read_most(struct slice, void *bytes, size_t most,
                                 size_t *length);

/* printf into the arena; the slice has a NUL after it. ERROR_LIMIT. */
MUST_CHECK bool arena_print(struct arena *, struct slice *, struct error *,
                            const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
