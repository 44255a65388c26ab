/*
 * date.h - calendar dates as letterheads and datelines write them.
 *
 * Only whole dates that need nothing but themselves: "17 May 2019", "29th
 * May 2019", "May 13, 2019", "2019-05-17". Everything else about time is
 * another stage's.
 */
#ifndef MADAI_DATE_H
#define MADAI_DATE_H

#include "word.h"

enum { DATE_SIZE = 11 }; /* YYYY-MM-DD and a NUL */

/* The date that begins at token `at` and ends by `end`: how many tokens it
 * takes, 0 when there is none. */
uint32_t date_at(const struct text *, uint32_t at, uint32_t end,
                 char date[DATE_SIZE]);

/* The first date within the tokens; false when there is none. */
bool date_find(const struct text *, struct span tokens, char date[DATE_SIZE]);

/* The day of a moment as "2019-05-13T08:30" writes it (ISO 8601), borrowed;
 * other bytes as they are. */
struct slice date_of_moment(struct slice);

/* Whether the bytes are a date as YYYY-MM-DD that the calendar has. */
bool date_is_valid(struct slice);

#endif
