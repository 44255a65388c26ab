/*
 * time_rule.h - the rules of data/time-rules.tsv, and how they are matched.
 *
 * A rule is a pattern over lexemes that fills the slots of a frame ("3rd
 * April" fills day and month); what a frame means is for time_resolve.h. The
 * patterns are a parsing expression grammar (B. Ford, POPL 2004), but that of
 * several alternatives of one rule the longest is taken, so that their order
 * does not count. What a pattern may say:
 *
 *   word        that word, whatever the case, or that mark
 *   a|b|#c      one of these
 *   #class      a word of that class of data/time-words.tsv, its value into
 *               the slot of the same name; or one of the classes below
 *   #class:slot ... into another slot
 *   @name       a rule whose name is @name or @name/...
 *   =slot:n     fills a slot, takes nothing; of letters: the letter
 *   ( x y )     both, one after the other
 *   x?          or nothing
 *   ~x          with no white space before it
 *   ^x          with a capital letter
 *   !x          nothing, where x does not follow
 *   &x          nothing, where x follows; its slots are filled
 *   <x  <!x     nothing, where the lexeme before is x, or is not, and no slot
 * is filled; <<x looks at the one before that
 *
 * A slot that is filled stays as it is. Classes that are no words: day (1 to
 * 31), dth (3rd), monthnum, year (1000 to 2999), yearlate (1500 to 2099),
 * yearany, yy (two figures; 30 to 99 are 19..), hour, minute, hourword (1 to
 * 12), hhmm (to hour), int, number (in figures or words, times ten in the
 * slot), years (a year in words), ordinals (first to hundredth, 3rd), holiday
 * (data/holidays.tsv), decades (1990s), capital, word, small (a word in small
 * letters), end (of the paragraph), break (a line begins).
 *
 * Limits: LOOK lexemes for one expression, STEPS tries from one place; with
 * more there is no expression.
 */
#ifndef MADAI_TIME_RULE_H
#define MADAI_TIME_RULE_H

#include "arena.h"
#include "time_lex.h"

enum time_slot {
    SLOT_YEAR,
    SLOT_MONTH,
    SLOT_DAY,
    SLOT_WEEKDAY,
    SLOT_HOUR,
    SLOT_MINUTE,
    SLOT_SECOND,
    SLOT_MERIDIEM,
    SLOT_ZONE,
    SLOT_PART,
    SLOT_COUNT_TENTHS,
    SLOT_UNIT,
    SLOT_COUNT_TENTHS_2,
    SLOT_UNIT_2,
    SLOT_VAGUE,
    SLOT_REL,
    SLOT_ORDINAL,
    SLOT_MOD,
    SLOT_QUARTER,
    SLOT_HALF,
    SLOT_SEASON,
    SLOT_DECADE,
    SLOT_CENTURY,
    SLOT_HOLIDAY,
    SLOT_REF,
    SLOT_BASE,
    SLOT_BC,
    SLOT_WEEKDAYS,
    SLOT_FROM, /* what an offset counts from, enum time_from */
    SLOTS,
};

#define SLOT_EMPTY INT32_MIN
/* Added to an hour that is hour and minute in four figures. */
enum { TIME_HHMM = 10000 };

struct time_frame {
    int32_t slots[SLOTS];
};

/* What an expression is, before it is resolved: the second column. */
enum time_what {
    WHAT_PART_OF_RULE, /* "-" */
    WHAT_POINT,
    WHAT_DURATION,
    WHAT_SET,
    WHAT_REFERENCE,
};

struct time_rule {
    const char *name; /* the table's */
    enum time_what what;
    uint32_t first; /* node */
};

struct time_grammar; /* opaque; an arena's */

/* Reads the table; some tens of microseconds. NULL when memory is out. A rule
 * that is none is our own mistake. */
MUST_CHECK const struct time_grammar *time_grammar_read(struct arena *,
                                                        struct error *);

size_t time_rule_count(const struct time_grammar *);
const struct time_rule *time_rule_at(const struct time_grammar *, size_t);

/* Its row in the table. */
uint16_t time_rule_index(const struct time_grammar *, const struct time_rule *);

/* Gives a lexeme the symbols by which rules know it; before it is matched. */
void time_grammar_name(const struct time_grammar *, const struct text *,
                       struct lexeme *);

/* A stretch of lexemes; those outside of it are LEXEME_END. */
struct lexeme_window {
    const struct text *text;
    const struct lexeme *items;
    size_t count;
};

enum { TIME_LOOK = 40, TIME_STEPS = 20000 };

/* The longest expression that begins at `at`, of those as long the one that
 * fills the most slots, of those the first by name: how many lexemes it takes,
 * 0 for none. */
size_t time_match(const struct time_grammar *, struct lexeme_window, size_t at,
                  struct time_frame *, const struct time_rule **);

#endif
