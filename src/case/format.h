/*
 * format.h - what a file is that is no text, told by its first bytes, so
 * that a person hears "this is a PDF" and not a reading of its innards.
 */
#ifndef MADAI_FORMAT_H
#define MADAI_FORMAT_H

#include "error.h"
#include "slice.h"

/* A text of 4 GiB has places that 32 bits cannot tell. */
#define TEXT_BYTES_MAX ((size_t)UINT32_MAX)

/* ERROR_BAD_INPUT, with what it is, for what cannot be read as a text. */
MUST_CHECK bool format_check_text(struct slice bytes, struct error *);

/* Words such as "a PDF", for "this is …"; NULL where it may be a text.
 * `advice` is then what to do about it, or NULL. */
const char *format_not_text(struct slice bytes, const char **advice);

#endif
