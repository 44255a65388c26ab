/*
 * format.h - what a file is that is no text, told by its first bytes, so
 * that a person hears "this is a PDF" and not a reading of its innards.
 */
#ifndef MADAI_FORMAT_H
#define MADAI_FORMAT_H

#include "slice.h"

/* Words such as "a PDF", for "this is …"; NULL where it may be a text.
 * `advice` is then what to do about it, or NULL. */
const char *format_not_text(struct slice bytes, const char **advice);

#endif
