/*
 * golden.h - files of cases, each a text and what should come of it, in the
 * format of tree-sitter:
 *
 *     ====================
 *     Name of the case
 *     :attributes, if any
 *     ====================
 *     the text
 *     ---
 *     what comes of it
 *
 * With MADAI_GOLDEN=write in the environment the files are written anew from
 * what comes out ("make golden"); the diff is then to be reviewed.
 */
#ifndef MADAI_GOLDEN_H
#define MADAI_GOLDEN_H

#include <stdio.h>

#include "slice.h"

/* Writes what comes of the text, which ends without a line break. */
typedef void golden_render(struct slice text, struct slice attributes,
                           FILE *out);

/* Runs each case of each file as a test of its own; the exit code. */
int golden_run(int file_count, char **files, golden_render *);

#endif
