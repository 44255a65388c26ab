/*
 * place_words.h - what is told of a resolved place, for readings and people.
 *
 * The gazetteer is the one it was resolved with, or NULL. Slices are borrowed
 * from it, from the text, or from a buffer that is given.
 */
#ifndef MADAI_PLACE_WORDS_H
#define MADAI_PLACE_WORDS_H

#include "place.h"

enum { PLACE_WITHIN_MAX = 8, PLACE_WHY_SIZE = 320 };

/* Its name in the gazetteer; the text's own words for what is not in it. */
struct slice place_name(const struct gazetteer *, const struct place *,
                        struct slice text);

/* "town", "school"; NULL where it is not known. */
const char *place_kind(const struct gazetteer *, const struct place *);

/* Its point in ten-thousandths of a degree; for what is not in the gazetteer
 * that of the town it is at. False where none is known: what is said to be in
 * a whole country has none. */
MUST_CHECK bool place_point(const struct gazetteer *, const struct place *,
                            int32_t *lat, int32_t *lon);

/* The names of what it lies in, nearest first; gives how many. */
size_t place_within(const struct gazetteer *, const struct place *,
                    struct slice names[PLACE_WITHIN_MAX]);

/* How it was resolved, or why not. */
struct slice place_why(const struct gazetteer *, const struct place *,
                       char words[PLACE_WHY_SIZE]);

#endif
