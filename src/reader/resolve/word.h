/*
 * word.h - single words of a text: what they are, by shape and by table.
 *
 * A word is a token here; a phrase of a table is up to four tokens, joined
 * by one space where there is white space between them and by nothing where
 * there is none. Case never counts in a table.
 */
#ifndef MADAI_WORD_H
#define MADAI_WORD_H

#include "table.h"
#include "text.h"

/* The kinds of data/function-words.tsv as bits. */
enum word_kind {
    WORD_DETERMINER = 1u << 0,
    WORD_POSSESSIVE = 1u << 1,
    WORD_PREPOSITION = 1u << 2,       /* may stand inside a noun phrase */
    WORD_OUTER_PREPOSITION = 1u << 3, /* ends one */
    WORD_AUXILIARY = 1u << 4,
    WORD_SUBJECT = 1u << 5, /* a pronoun */
    WORD_OBJECT = 1u << 6,
    WORD_RELATIVE = 1u << 7,
    WORD_CONJUNCTION = 1u << 8,
    WORD_NEGATION = 1u << 9,
    WORD_ADVERB = 1u << 10,
    WORD_NUMBER = 1u << 11,
    WORD_FIRST_PERSON = 1u << 12,
    WORD_SECOND_PERSON = 1u << 13,
    WORD_THIRD_PERSON = 1u << 14,
    WORD_NO_NAME = 1u << 15, /* a capital letter does not make it a name */
};

enum { WORD_KEY_MAX = 64 };

static inline struct slice word_at(const struct text *text, uint32_t token)
{
    return slice_at(text->bytes, text->tokens.items[token]);
}

/* Kinds of a function word; 0 for any other token. */
uint32_t word_kinds(const struct text *, uint32_t token);

/* Whether the token is this word; `word` is ASCII in lower case. */
bool word_is(const struct text *, uint32_t token, const char *word);

bool word_has_letters(const struct text *, uint32_t token); /* or digits */
bool word_is_capital(const struct text *, uint32_t token);
/* All letters are capitals, and there are two or more. */
bool word_is_all_capitals(const struct text *, uint32_t token);
bool word_is_quotation_mark(const struct text *, uint32_t token);
/* A word that was written against the one before: the "s" of "party's". */
bool word_is_glued(const struct text *, uint32_t token);
/* An apostrophe glued to what stands before it (the one of "party's"). */
bool word_is_apostrophe(const struct text *, uint32_t token);

/* Head of a body's name, tokens first to last: the word before "of" or "for"
 * ("Ministry of Public Safety"), else the last. */
uint32_t word_head_of_body(const struct text *, uint32_t first, uint32_t last);

/* The tokens as a key of a table; empty when they do not fit. */
struct slice word_key(const struct text *, struct span tokens,
                      char buffer[WORD_KEY_MAX]);

/* The longest phrase of the table that begins at `begin` and ends at or
 * before `end`; NULL when there is none. */
const struct table_row *word_phrase(const struct text *, const struct table *,
                                    uint32_t begin, uint32_t end,
                                    uint32_t *length);

/* The longest phrase that ends just before `end`. */
const struct table_row *word_phrase_before(const struct text *,
                                           const struct table *, uint32_t begin,
                                           uint32_t end, uint32_t *length);

/* Hash of the tokens' words in lower case, marks left out; `tag` keeps
 * several uses of one hash table apart. */
uint64_t word_hash(const struct text *, struct span tokens, char tag);

#endif
