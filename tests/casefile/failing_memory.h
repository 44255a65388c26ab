/*
 * failing_memory.h - memory that runs out on purpose: of our arenas, of the
 * JSON library, of SQLite; each take counted.
 */
#ifndef MADAI_TEST_FAILING_MEMORY_H
#define MADAI_TEST_FAILING_MEMORY_H

#include <stdbool.h>

enum memory { MEMORY_OF_ARENAS, MEMORY_OF_JSON, MEMORY_OF_SQLITE, MEMORIES };

/* Takes the place of what gives memory; once, before SQLite is used. */
void failing_memory_install(void);

/* The `count`th take of this kind from now fails, those after it are well
 * again; 0: none. */
void failing_memory_at(enum memory, unsigned count);

/* Whether it came to that since. */
bool failing_memory_was_met(void);

#endif
