/*
 * stop.h - the marks that may end a sentence, with all that clings to them.
 */
#ifndef MADAI_STOP_H
#define MADAI_STOP_H

#include "text.h"

struct stop {
    uint32_t first;     /* token of the first mark */
    uint32_t marks_end; /* behind the marks: "?!" "..." */
    uint32_t end;       /* behind closing marks, brackets and footnotes */
    uint32_t dots;      /* full stops among the marks */
    bool is_strong;     /* has ! or ? */
    bool is_ellipsis;
    bool is_full_width; /* 。: no white space follows it */
    bool closes_quotation;
    bool closes_bracket;
};

/* Whether a mark that may end a sentence is at `token`. */
bool stop_is_at(const struct text *, uint32_t token);

/* The marks at `token` and what clings to them, before token `end`. */
struct stop stop_at(const struct text *, uint32_t token, uint32_t end);

/* What a single full stop stands behind. */
enum stopped {
    STOPPED_WORD, /* an ordinary word, or none */
    STOPPED_NUMBER,
    STOPPED_INITIAL, /* one letter */
    STOPPED_TITLE,   /* the rest: as in lexicon.h */
    STOPPED_INNER,
    STOPPED_COUNTED, /* No., p. */
    STOPPED_MONTH,
    STOPPED_ABBREVIATION,
    STOPPED_CLOCK,
};
/* `first` is where the sentence begins. In a text without capitals
 * (is_small) a title may be small too. */
enum stopped stop_behind(const struct text *, uint32_t token, uint32_t first,
                         bool is_small);

#endif
