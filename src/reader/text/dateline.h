/*
 * dateline.h - dates as lines bear them, and the places before a report.
 *
 * Only their shape is read here; which day is meant is for resolve/.
 */
#ifndef MADAI_DATELINE_H
#define MADAI_DATELINE_H

#include "text.h"

/* A date that begins at a token. */
struct written_date {
    uint32_t end; /* behind it, a time of day that follows it included; the
                     token given where there is none */
    bool has_year;
    bool has_day;  /* a day of the month, or a weekday */
    bool has_time; /* of day */
};
struct written_date written_date_at(const struct text *, uint32_t token,
                                    uint32_t end);

/* The first token of the date that the tokens end with (a full stop behind it
 * may be left); tokens.end when they end with none. */
uint32_t date_at_end(const struct text *, struct span tokens);

/* Behind "NAKURU, May 13, 2019 (SPA) —" at the head of a paragraph;
 * tokens.begin where there is no such thing. Looser for the first paragraph
 * of running text: "Nakuru — At least". */
uint32_t dateline_end(const struct text *, struct span tokens, bool is_first);

/* "LDA/SG/19/05": letters and numbers with strokes and no space. */
bool is_reference_code(const struct text *, struct span tokens);

#endif
