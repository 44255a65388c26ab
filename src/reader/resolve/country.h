/*
 * country.h - countries by what names them: themselves, their people, their
 * capitals (data/countries.tsv). For questions that need no map.
 */
#ifndef MADAI_COUNTRY_H
#define MADAI_COUNTRY_H

#include "word.h"

/* The row of country_table for the words at `at` (with a capital), or NULL;
 * *length is how many tokens they are. */
const struct table_row *country_at(const struct text *, uint32_t at,
                                   uint32_t end, uint32_t *length);

/* The row of the country that a text names most often; of two, the one that
 * it names first; NULL where it names none. Time grows with the text. */
const struct table_row *country_of_text(const struct text *);
/* The row of a country by its name, in whatever case; NULL for others. */
const struct table_row *country_named(struct slice name);

#endif
