/*
 * word_features.h - what the uncased pieces of a word do not say: its shape,
 * what stands before it, whether it is quoted. Inputs of the network;
 * train/text.py has the twin.
 */
#ifndef MADAI_WORD_FEATURES_H
#define MADAI_WORD_FEATURES_H

#include "slice.h"

/* One unit of a network input each; the numbers are those of the tables in
 * the weight file. 0 stands for begin and end of a window too. */
enum word_shape {
    SHAPE_NONE,
    SHAPE_NUMBER,            /* "2019" */
    SHAPE_WITH_NUMBER,       /* "5th" */
    SHAPE_MARK,              /* "," */
    SHAPE_CAPITALS,          /* "UN", also letters without case beside them */
    SHAPE_CAPITAL,           /* "A" */
    SHAPE_CAPITALISED,       /* "Nairobi" */
    SHAPE_MIXED_CAPITALISED, /* "McDonald" */
    SHAPE_SMALL,             /* "said" */
    SHAPE_OTHER,
};

enum word_before { BEFORE_NOTHING, BEFORE_SPACE, BEFORE_BREAK };

enum word_quotation {
    QUOTATION_NONE,
    QUOTATION_STRAIGHT, /* between straight marks */
    QUOTATION_CURLY,    /* behind an opening curly mark */
    QUOTATION_OPENS,    /* the mark itself */
    QUOTATION_CLOSES,
};

/* Time grows with the word. */
enum word_shape word_shape(struct slice word);

/* The state of a token and, in `*inside`, of what follows: QUOTATION_NONE,
 * _STRAIGHT or _CURLY. Set it to QUOTATION_NONE before each paragraph. */
enum word_quotation word_quotation(struct slice word,
                                   enum word_quotation *inside);

#endif
