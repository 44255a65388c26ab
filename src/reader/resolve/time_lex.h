/*
 * time_lex.h - words, numbers and marks as expressions of time are made of.
 *
 * A token that joins figures and letters comes apart: "30pm" is a number and
 * a word, "3rd" a number with an ending, "Q3" a word and a number. Figures may
 * be as scans have them (O for 0, l or I for 1).
 */
#ifndef MADAI_TIME_LEX_H
#define MADAI_TIME_LEX_H

#include "table.h"
#include "text.h"

enum { LEXEME_CLASSES = 6 };

enum lexeme_kind { LEXEME_END, LEXEME_WORD, LEXEME_NUMBER, LEXEME_MARK };

enum lexeme_flag {
    LEXEME_GLUED = 1u << 0,   /* no white space before it */
    LEXEME_CAPITAL = 1u << 1, /* begins with a capital letter */
    LEXEME_SHOUTED = 1u << 2, /* has nothing but capital letters */
    LEXEME_ORDINAL = 1u << 3, /* "3rd", "14th" */
    LEXEME_PLURAL = 1u << 4,  /* "1990s" */
    LEXEME_SCANNED = 1u << 5, /* a letter was read as a figure */
    LEXEME_BREAK = 1u << 6,   /* begins a line */
};

struct lexeme {
    struct span bytes;
    uint32_t token;
    uint8_t kind;   /* enum lexeme_kind */
    uint8_t flags;  /* enum lexeme_flag */
    uint8_t digits; /* of a number */
    char mark;      /* of a mark: itself, all dashes "-", all apostrophes "'"; 0
                       for one that is no ASCII */
    uint32_t number;             /* of a number; 999,999,999 at most */
    const struct table_row *row; /* of a word, in time_word_table, or NULL */
    uint16_t symbol;             /* what rules call it; see time_grammar.h */
    uint16_t class_count;        /* of `classes` */
    struct {
        uint16_t symbol;
        int16_t value;
    } classes[LEXEME_CLASSES];
};

enum { LEXEME_MAX = 3 }; /* that one token can become */

/* The lexemes of a token, in order; how many. */
size_t lexemes_of(const struct text *, uint32_t token,
                  struct lexeme lexemes[LEXEME_MAX]);

/* The name of a class of a word, and its value: "unit d" of a column of
 * data/time-words.tsv; a unit is its letter. */
struct slice lexeme_class_name(const char *column, int32_t *value);
/* Whether a word has the class, and its value. */
bool lexeme_class(const struct lexeme *, const char *class, int32_t *value);

#endif
