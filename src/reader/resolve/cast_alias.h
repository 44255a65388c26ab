/*
 * cast_alias.h - "Dennis Lokwawi, whom everybody calls Deno": two names of
 * one person, by the words between them (data/alias-words.tsv).
 */
#ifndef MADAI_CAST_ALIAS_H
#define MADAI_CAST_ALIAS_H

#include <stdbool.h>
#include <stdint.h>

#include "text.h"

/* Whether the tokens from `begin`, the end of one name, to `end`, where the
 * next begins, say that both are one person's. Looks at a handful of tokens. */
bool cast_is_alias(const struct text *, uint32_t begin, uint32_t end);

#endif
