/*
 * citation.h - provisions of law that a text cites: of which instrument, and
 * which, in its own numbering.
 *
 * By rules over data/instruments.tsv, law-words.tsv and countries.tsv:
 *
 *   Article 7 (1) (h) of the Rome Statute     Rome Statute, 7(1)(h)
 *   Arts. 33-37 of the Constitution           Constitution of Kenya, 33-37
 *   s. 4 of the said Act                      the act named last, 4
 *   section 17                                what a section was cited of last
 *   U/S 324, 353 PPC                          Pakistan Penal Code, 324, 353
 *   resolution 1325 (2000)                    Security Council resolution 1325
 *   Okoro v Attorney General                  the case, without a provision
 *
 * An instrument that is not in the table is called as it is written, without
 * article and year, so that two documents that cite it meet. A constitution
 * is called by its country: the one named with it, else the one that the
 * text speaks of most, else that of its places; a text that names none has
 * "Constitution".
 */
#ifndef MADAI_CITATION_H
#define MADAI_CITATION_H

#include "phrase.h"

struct citation {
    struct span span;        /* bytes */
    struct slice instrument; /* the table's, or the arena's */
    struct slice provision;  /* the arena's; empty where none is cited */
    float confidence;        /* that instrument and provision are right */
};

/* All citations in order of the text, in the arena; none overlap. The country
 * is a row of country_table by what is known besides (its places), for a text
 * that names none; or NULL. Time grows with the text. ERROR_LIMIT. */
MUST_CHECK bool citations_find(const struct text *,
                               const struct table_row *country, struct arena *,
                               const struct citation **items, size_t *count,
                               struct error *);

/* What follows is for citation.c and its parts. */

enum { PROVISION_SIZE = 128, INSTRUMENT_TOKENS_MOST = 24 };

/* A provision by its numbers: "7(1)(h)" or "33-37, 49". */
struct provision {
    uint32_t end; /* behind it; the token given where there is none */
    size_t length;
    char words[PROVISION_SIZE];
};

/* The numbers at token `at`; several only where `is_plural`, except for what
 * is joined by brackets; `prefix` ("Chapter", or "-") comes before it. */
struct provision provision_at(const struct text *, uint32_t at, uint32_t end,
                              bool is_plural, const char *prefix);

/* An instrument as it is named in one place. */
struct instrument {
    struct span tokens;    /* empty: there is none */
    const char *canonical; /* of the table; NULL: made of `tokens` */
    const char *kind;      /* the word that points back to it */
    bool is_short;         /* "the said Act": named before */
};

/* The instrument that begins at `at`, after an article and the like. */
struct instrument instrument_at(const struct text *, uint32_t at, uint32_t end);
/* The instrument whose name the kind word at `token` ends or begins; and the
 * one of the table whose name ends just before `end`. */
struct instrument instrument_around(const struct text *, uint32_t token,
                                    uint32_t begin, uint32_t end);
struct instrument instrument_before(const struct text *, uint32_t begin,
                                    uint32_t end);
/* Behind the year, or the number in brackets, that follow a name. */
uint32_t instrument_year_end(const struct text *, uint32_t at, uint32_t end);

/* The row of law_table for a word with or without its stop; NULL for others.
 * *length is its tokens. */
const struct table_row *law_word_at(const struct text *, uint32_t at,
                                    uint32_t end, uint32_t *length);

#endif
