/*
 * figure.h - how many: the numbers of a text that count people harmed, or
 * people and things that an act takes, uses or does; as bounds.
 *
 * A number with its hedge ("at least 4"), its currency and what it counts is
 * a candidate; whether it is a figure, and which harm it tells of, is weighed
 * by the words around it (data/figure-words.tsv, learnt by train/figures.py
 * from the train part of the corpus). Dates, provisions of law, ages, labels
 * ("Gate 3") and measures are numbers too, and are weighed away.
 *
 *   at least 4        min 4                up to 600       max 600
 *   more than 30      min 30               some 150        150, approximate
 *   7 or 8            min 7, max 8         dozens          min 24
 */
#ifndef MADAI_FIGURE_H
#define MADAI_FIGURE_H

#include "citation.h"
#include "label.h"
#include "number.h"

enum figure_harm {
    HARM_NONE,
    HARM_KILLED,
    HARM_INJURED,
    HARM_ARRESTED,
    HARM_DETAINED,
    HARM_MISSING,
};
enum { HARM_COUNT = HARM_MISSING + 1 };
/* Names as READING.md writes them; that of none is empty. */
extern const char *const figure_harm_names[];

struct figure {
    struct span span;      /* bytes: hedge, number, what is counted */
    struct slice of;       /* the arena's; empty where not said */
    enum figure_harm harm; /* of those that are counted */
    bool has_min, has_max, is_approximate;
    int64_t min, max;
    uint32_t claim; /* innermost that says it, or UINT32_MAX: claims/ sets it */
    uint32_t act; /* of reading.acts, or UINT32_MAX: the acts' layer sets it */
    float confidence; /* calibrated: that it is a figure, with these bounds */
};

/* All figures in order of the text, in the arena; none overlap. The citations
 * are those of the text, in order. Time grows with the text. ERROR_LIMIT. */
MUST_CHECK bool figures_find(const struct text *, const struct labels *,
                             const struct citation *citations,
                             size_t citation_count, struct arena *,
                             const struct figure **items, size_t *count,
                             struct error *);

/* What follows is for the files of this layer and for train/figures.py. */

/* A number that may be a figure; all in tokens. */
struct count {
    struct span number;   /* the number or range alone */
    struct span tokens;   /* with hedge, currency and what is counted */
    struct span noun;     /* what is counted; empty where not said */
    struct span sentence; /* that it stands in */
    const struct table_row *money; /* of currency_table, or NULL */
    const struct table_row *hedge; /* of hedge_table, or NULL */
    int64_t low, high;             /* the same but in a range */
    bool is_words, is_several, is_range;
    bool is_elliptic; /* "two of them", "31 were": what it counts was said */
};

/* What is known around the candidates. */
struct count_context {
    const struct text *text;
    const struct labels *labels;
    const struct citation *citations;
    size_t citation_count;
    size_t name;     /* the first name that ends behind the last candidate */
    size_t citation; /* the first citation that does */
    uint32_t last;   /* end of the candidate before, or 0 */
};

/* The candidate whose number begins at `at`; false when there is none. */
bool count_at(const struct text *, struct span sentence, uint32_t at,
              struct count *);

/* Whether it is for certain something else: a part of a date, a time or a
 * citation, a nought. To be asked in order of the text. */
bool count_is_other(struct count_context *, const struct count *);

/* Calls `take` with every feature of the candidate, some more than once. To
 * be called with candidates in order of the text. */
void count_features(struct count_context *, const struct count *,
                    void (*take)(void *, struct slice), void *);

/* The noun, its adjectives left out, that a number counts: from the token
 * behind the number. *end is behind what belongs to the phrase. Empty for
 * "of them", with *is_elliptic, and where a verb follows. */
struct span count_noun(const struct text *, uint32_t at, uint32_t end,
                       bool is_one, uint32_t *phrase_end, bool *is_elliptic);

#endif
