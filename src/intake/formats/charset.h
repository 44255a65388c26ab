/*
 * charset.h - bytes of any encoding to UTF-8.
 *
 * One byte a character: tables of our own (data/charsets.tsv). UTF-8, UTF-16
 * and UTF-32: here. The wide encodings of East Asia: the system's iconv, whose
 * modules charset_prepare loads before the door closes.
 */
#ifndef MADAI_CHARSET_H
#define MADAI_CHARSET_H

#include "slice.h"

/* Loads what takes files; without it those encodings are unknown. */
void charset_prepare(void);

/* UTF-8 in memory that is yours to free, what is no character as U+FFFD; a
 * mark at its beginning is left out. `name` in any case. data is NULL where
 * the encoding is unknown or memory is out. */
struct slice charset_decode(struct slice bytes, const char *name);

/* The encoding that a mark at the beginning tells, or NULL. */
const char *charset_of_mark(struct slice bytes);

/* Guesses by uchardet, held against what it takes for granted: where the bytes
 * are valid UTF-8 they are that; Latin-1 is windows-1252. Never NULL. */
const char *charset_guess(struct slice bytes);

#endif
