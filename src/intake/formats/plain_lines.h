/*
 * plain_lines.h - text whose lines are somebody's own: said as it is laid out.
 */
#ifndef MADAI_PLAIN_LINES_H
#define MADAI_PLAIN_LINES_H

#include "writer.h"

/* UTF-8; an empty line parts paragraphs, others keep their end. `kind` is that
 * of all. */
void plain_lines_say(struct writer *, struct slice text, enum origin_kind kind);

#endif
