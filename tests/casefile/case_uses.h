/*
 * case_uses.h - what one does with a case, all of it, for tests in which
 * something fails at any step of that: a clear word, all or nothing, and the
 * file verifies.
 */
#ifndef MADAI_TEST_CASE_USES_H
#define MADAI_TEST_CASE_USES_H

#include <stdbool.h>

#include "error.h"

/* cmocka's: makes a small case, and takes it away. */
int case_uses_set_up(void **state);
int case_uses_tear_down(void **state);

/* The case as it was made. */
void case_uses_put_back(void);

/* Opens it, adds, reviews, reads again, signs, copies, erases, and closes. */
bool case_use_write(struct error *);

/* Opens it, asks for all that can be asked, and closes. `may_doubt`: verify
 * may name what holds, since a part could not tell it from nothing. */
bool case_use_look(bool may_doubt, struct error *);

/* Fails the test, with the number, where verify finds a fault. */
void case_uses_check(unsigned at);

#endif
