/*
 * html_convert.h - a whole page to a writer: for the helper of pages, and for
 * those of messages and archives, whose parts are pages too.
 */
#ifndef MADAI_HTML_CONVERT_H
#define MADAI_HTML_CONVERT_H

#include "writer.h"

/* `charset` is what the page came with, or NULL: it says so itself, or it is
 * guessed. False: the page was refused, in words that are static. */
bool html_convert(struct slice bytes, const char *charset, struct writer *,
                  const char **why);

/* The words of a message that is written in HTML: all of them, in order. */
bool html_convert_message(struct slice bytes, const char *charset,
                          struct writer *, const char **why);

#endif
