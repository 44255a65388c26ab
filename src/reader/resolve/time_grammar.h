/*
 * time_grammar.h - the rules of time as they are held; for time_rule.c, which
 * reads them, and time_match.c, which matches them.
 *
 * Every word, mark and class that a pattern names is a symbol, a small number.
 * For each symbol it is known which rules can begin with it, so that of some
 * three hundred rules only a few are tried at a place.
 */
#ifndef MADAI_TIME_GRAMMAR_H
#define MADAI_TIME_GRAMMAR_H

#include "time_rule.h"

#define TIME_NODE_NONE UINT32_MAX

enum time_node_kind {
    TIME_NODE_WORD,
    TIME_NODE_CLASS,
    TIME_NODE_RULE,
    TIME_NODE_FILL,
    TIME_NODE_GROUP,
};

/* In the order of "<!&~^" in a pattern, then "?" and "<<". */
enum time_sign {
    TIME_SIGN_BEHIND = 1u << 0,
    TIME_SIGN_NOT = 1u << 1,
    TIME_SIGN_AHEAD = 1u << 2,
    TIME_SIGN_GLUED = 1u << 3,
    TIME_SIGN_CAPITAL = 1u << 4,
    TIME_SIGN_OPTIONAL = 1u << 5,
    TIME_SIGN_BEHIND_TWO = 1u << 6,
};

/* One atom; its signs stand at the first of its alternatives. */
struct time_node {
    uint8_t kind;
    uint8_t signs;
    uint8_t slot;    /* SLOTS: none */
    uint8_t builtin; /* enum time_builtin */
    uint16_t symbol; /* of a word or class */
    uint16_t rule_count;
    struct slice name; /* a word, a class, a rule */
    int32_t value;     /* to fill in; or the first rule */
    uint32_t next;     /* element of the sequence */
    uint32_t other;    /* alternative */
    uint32_t child;    /* of a group */
};

enum {
    TIME_RULES_MOST = 512,
    TIME_SYMBOLS_MOST = 1024, /* a power of two; twice those that are used */
};

/* A set of rules. */
struct time_rule_set {
    uint64_t bits[TIME_RULES_MOST / 64];
};

/* Symbols of their own: any number, any word, any capitalised one, one that
 * opens the name of a holiday. */
enum {
    SYMBOL_NONE,
    SYMBOL_NUMBER,
    SYMBOL_WORD,
    SYMBOL_CAPITAL,
    SYMBOL_HOLIDAY,
    SYMBOL_FIRST
};

struct time_grammar {
    LIST(struct time_node) nodes;
    LIST(struct time_rule) rules; /* by name */
    /* A hash table, open addressing: words and marks as they are, classes
     * behind a "#"; the symbol is the slot's number plus SYMBOL_FIRST. */
    struct {
        struct slice name;
        bool is_class;
    } symbols[TIME_SYMBOLS_MOST];
    size_t symbol_count;
    struct time_rule_set begins[TIME_SYMBOLS_MOST + SYMBOL_FIRST];
    struct time_rule_set anywhere; /* rules that need not take anything */
    struct time_rule_set whole; /* rules that are an expression of their own */
    bool opens_holiday[TIME_SYMBOLS_MOST + SYMBOL_FIRST];
};

static inline bool time_set_has(const struct time_rule_set *set, size_t rule)
{
    return set->bits[rule / 64] >> (rule % 64) & 1;
}

/* Classes that are no words of the table. */
enum time_builtin {
    BUILTIN_NONE,
    BUILTIN_DAY,
    BUILTIN_DTH,
    BUILTIN_MONTHNUM,
    BUILTIN_YEAR,
    BUILTIN_YEARLATE,
    BUILTIN_YEARANY,
    BUILTIN_YY,
    BUILTIN_HOUR,
    BUILTIN_MINUTE,
    BUILTIN_HOURWORD, /* one to twelve, in words or figures */
    BUILTIN_HHMM,
    BUILTIN_INT,
    BUILTIN_NUMBER,
    BUILTIN_YEARS,
    BUILTIN_ORDINALS,
    BUILTIN_HOLIDAY,
    BUILTIN_DECADES,
    BUILTIN_CAPITAL,
    BUILTIN_ANYWORD,
    BUILTIN_SMALL,
    BUILTIN_END,
    BUILTIN_BREAK,
    BUILTINS,
};

/* BUILTIN_NONE for a class of the table of words. */
uint8_t time_builtin_named(struct slice);

/* How many lexemes the class takes at `at`, 0 for no match; its value. */
size_t time_builtin_match(enum time_builtin, struct lexeme_window, size_t at,
                          int32_t *value);

#endif
