/*
 * token.h - words and marks, for the stages of this folder.
 *
 * A token is a word (a letter or number, then letters, numbers, combining
 * marks and joiners) or one character that is neither of a word nor white
 * space.
 */
#ifndef MADAI_TOKEN_H
#define MADAI_TOKEN_H

#include "character.h"
#include "text.h"

/* The first token that begins at `at` or behind it; false when there is
 * none. */
bool token_next(struct slice bytes, size_t at, struct span *token);

/* Fills text->tokens and text->invalid_bytes. */
MUST_CHECK bool tokens_find(struct text *, struct arena *, struct error *);

/* In the functions below `token` is an index; the first two also take one
 * behind the last, and give 0 and false for it. */

/* Its first code point (UTF8_INVALID where it is no UTF-8). */
uint32_t token_code(const struct text *, size_t token);
/* Whether it is just this one ASCII or other character. */
static inline bool token_is(const struct text *text, size_t token,
                            uint32_t code_point)
{
    return token < text->tokens.count && token_code(text, token) == code_point;
}
/* character_flags of its first code point. */
unsigned token_flags(const struct text *, size_t token);

struct slice token_bytes(const struct text *, size_t token);
/* Whether white space, or the start of the text, stands before it. The token
 * behind the last has some too. */
bool token_has_gap(const struct text *, size_t token);
/* Whether a blank line stands before it, or nothing at all. */
bool token_opens_block(const struct text *, size_t token);
/* How many characters it has, no more than `most`. */
size_t token_length(const struct text *, size_t token, size_t most);
/* Whether it has a letter and none of its letters is lower case. */
bool token_is_capitals(const struct text *, size_t token);
/* Whether it begins as a sentence or name does: with an upper-case letter, or
 * like iPhone with a lower-case letter and an upper-case one. */
bool token_is_capitalised(const struct text *, size_t token);

/* The word in lower case, in `buffer`; empty when it has no room there. */
enum { TOKEN_WORD_SIZE = 64 };
struct slice token_lower(const struct text *, size_t token,
                         char buffer[TOKEN_WORD_SIZE]);

#endif
