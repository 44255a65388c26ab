/*
 * table.h - the tables of this folder, as the build compiled them.
 *
 * Each .tsv says in its first lines what its columns mean; tools/table.c
 * makes a sorted array of it. Immutable; shared by all threads.
 */
#ifndef MADAI_TABLE_H
#define MADAI_TABLE_H

#include "slice.h"

enum { TABLE_COLUMNS = 7 };

struct table_row {
    const char *key;
    size_t length;  /* of the key */
    uint32_t forms; /* bit i: the key was the i-th of its line */
    const char *columns[TABLE_COLUMNS]; /* NULL after the last */
};

struct table {
    const struct table_row *rows; /* sorted by key */
    size_t count;
    /* A hash table with open addresses, at most half full: 0 or one more than
     * the number of a row. Its size is a power of two, mask + 1. */
    const uint16_t *slots;
    size_t mask;
};

/* Abbreviations; words and heads of lines that show how a text is laid
 * out. */
extern const struct table abbreviation_table, layout_table, line_head_table;
/* Function words by kind; speech verbs and nouns; what kind of party a word
 * makes its bearer; titles of persons; words of wrongdoing. */
extern const struct table word_table, speech_table, class_table,
    wrongdoing_table;
/* Function words of languages (language.c). */
extern const struct table language_table;
extern const struct table alias_table; /* alias-words.tsv */
/* Words and the speech acts that they speak for (draft_act.c). */
extern const struct table act_word_table;
/* What the last words of a place's name make it (place_names.c). */
extern const struct table facility_table;
/* Costs of words, endings and pairs of tags (tag.c). */
extern const struct table tag_table;
/* Words that tell of acts (act_find.c), and what words around them speak for
 * (act_weigh.h). */
extern const struct table act_lexicon_table, act_weight_table;
/* Which times and places around an act are its own (act_when.h). */
extern const struct table act_time_weight_table, act_place_weight_table;
/* Which class an actor has (actor_weigh.h), whom a pronoun means (whom.h). */
extern const struct table actor_weight_table, whom_weight_table;

/* Numbers in words (number.c); words, instruments and countries of citations
 * of law (citation.c). */
extern const struct table number_table, law_table, instrument_table,
    country_table;
/* Words that loosen bounds, money, harm, what numbers may count; and how much
 * the words around a number speak for its being a figure (figure.c). */
extern const struct table hedge_table, currency_table, harm_table,
    count_word_table, figure_word_table;
/* What was done to get an answer, what came of it, and the weights of what is
 * seen around (interventions.c). */
extern const struct table intervention_table, intervention_weight_table,
    response_table;

/* Families of kinds of acts; trees that say what belongs together
 * (src/link/weigh.h). */
extern const struct table act_kind_table, link_weight_table;
/* Encodings of one byte a character (charset.c); words of classes that tell
 * what a part of a web page is (html_tree.c), and beginnings of its lines and
 * of heads of its boxes that are not the article's (html_lines.c). */
extern const struct table charset_table, page_word_table, page_line_table,
    page_head_table;

/* The first row whose key is this one or comes behind it, or NULL: whether
 * any key begins so. */
const struct table_row *table_from(const struct table *, struct slice key);
/* Words that expressions of time are made of, the rules that join them, the
 * days that have a name, and how often each kind is right (resolve/time_*.h).
 */
extern const struct table time_word_table, time_rule_table, holiday_table,
    time_trust_table;

/* What reports are worded with: verbs that are taken over, names of kinds of
 * acts, how many a phrase means, and what makes a sentence be given word for
 * word (src/report). */
extern const struct table act_frame_table, act_label_table, report_word_table,
    reserve_table;
/* Kinds of acts in the scheme of PLOVER (src/report). */
extern const struct table plover_table;
/* What the law asks to be shown, and which acts may speak to it. */
extern const struct table elements_rome_table, elements_rights_table;

/* The row of a key in lower case, or NULL. */
const struct table_row *table_find(const struct table *, struct slice key);

/* The row of the longest of `*count` keys (TABLE_ENDS_MAX at most) that begin
 * alike, at `bytes`, and end one behind the other; *count says then which, or
 * is 0. */
enum { TABLE_ENDS_MAX = 5 };
const struct table_row *table_longest(const struct table *, const char *bytes,
                                      const size_t *ends, uint32_t *count);

#endif
