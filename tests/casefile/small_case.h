/*
 * small_case.h - a case with a little of everything, in a file of its own.
 */
#ifndef MADAI_TEST_SMALL_CASE_H
#define MADAI_TEST_SMALL_CASE_H

#include "casefile.h"

#define SMALL_CASE_PATH 64

/* A path in a fresh folder of its own, which small_case_remove takes away. */
void small_case_path(char path[SMALL_CASE_PATH]);
void small_case_remove(const char *path);

/* A path with the filled case there, open; yours to close. */
struct casefile *small_case_open(char path[SMALL_CASE_PATH]);
/* The same, closed. */
void small_case_make(char path[SMALL_CASE_PATH]);

/* Adds the text as a document of this name with a small reading of it: one
 * actor, one claim from `begin` to `end`. In a transaction of its own. */
bool small_case_add(struct casefile *, const char *name, const char *text,
                    uint32_t begin, uint32_t end, struct error *);

/* Adds a report of several pages, with every layer that a reading may have. */
bool small_case_add_report(struct casefile *, struct error *);

/* Three documents, two reviews, a key and a checkpoint. */
void small_case_fill(struct casefile *);

/* cmocka's set-up and tear-down: the filled case, closed, at this path. */
extern char small_case_here[SMALL_CASE_PATH];
int small_case_set_up(void **state);
int small_case_tear_down(void **state);

/* How many documents it has; fails the test where verify finds a fault. */
uint64_t small_case_check(void);

/* How many faults verify finds; the first of them are in `words`, a line each.
 */
size_t small_case_faults(struct casefile *, char words[600]);

extern const char small_case_texts[3][200];

#endif
