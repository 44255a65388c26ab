/*
 * failing_part.h - what a case stands on, failing on purpose: memory of our
 * arenas, of the JSON library and of SQLite, each take counted; hashes, each
 * piece that is hashed; and statements of SQLite, each step of one of them.
 */
#ifndef MADAI_TEST_FAILING_PART_H
#define MADAI_TEST_FAILING_PART_H

#include <stdbool.h>

#include "queries.h"

enum part {
    PART_ARENAS,     /* what is taken of them */
    PART_NEW_ARENAS, /* their beginning */
    PART_JSON,
    PART_SQLITE_MEMORY,
    PART_HASHES,
    PART_STATEMENTS
};

/* Takes the place of what gives memory; once, before SQLite is used. */
void failing_part_install(void);

/* The `count`th use of this part from now fails, those after it are well
 * again; 0: none. Not of statements. */
void failing_part_at(enum part, unsigned count);

/* The same of the steps of one statement: the disk cannot be read there. */
void failing_statement_at(enum query, unsigned count);

/* Whether it came to that since. */
bool failing_part_was_met(void);

#endif
