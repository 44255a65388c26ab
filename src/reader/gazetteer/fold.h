/*
 * fold.h - names as the gazetteer has them for keys: ASCII letters and digits
 * in lower case, one space between words, no accents, apostrophes or full
 * stops. "Saint", "Sainte", "Mount" and "Fort" are "st", "ste", "mt", "ft".
 *
 * train/gazetteer folds in the same way; docs/gazetteer-format.md says how.
 */
#ifndef MADAI_FOLD_H
#define MADAI_FOLD_H

#include "gazetteer.h"

/* Into `key`; gives its length, 0 where the name has a letter that no key has
 * (another script's), nothing but marks, or is too long. */
size_t name_fold(struct slice name, char key[FOLD_SIZE]);

#endif
