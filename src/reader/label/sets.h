/*
 * sets.h - the heads that a weight file may have, and what their labels mean.
 *
 * The first three are in every model; the others came later, and a model
 * without them is read as before.
 */
#ifndef MADAI_SETS_H
#define MADAI_SETS_H

#include "model_parts.h"

enum head {
    /* Sequences over the words of a window. */
    HEAD_OUTER,
    HEAD_INNER,
    HEAD_NAMES,
    HEAD_ROLES,
    HEAD_ACTS,
    HEAD_SEQUENCES,
    /* One label of each word; and of the first word of a trigger. */
    HEAD_PREDICATES = HEAD_SEQUENCES,
    HEAD_MENTIONS,
    HEAD_CODES,
    HEAD_MODALITIES,
    HEAD_POLARITIES,
    /* Sequences over the words around a predicate, a trigger ... */
    HEAD_ARGUMENTS,
    HEAD_PARTICIPANTS,
    HEAD_EXTENTS, /* of a mention, around its head */
    HEAD_COUNT,
};

/* A head in the file: score of label n = sum over inputs k of weight[k][n],
 * plus bias[n]. Transitions and start are those of a sequence, else NULL. All
 * borrowed from the model. */
struct head_tensors {
    size_t labels; /* 0 where the model has no such head */
    const float *weight, *bias;
    const float *transitions, *start;
};

/* Finds the head's tensors for so many inputs. ERROR_CORRUPT where they are
 * not whole, or the labels are not those of this program. */
MUST_CHECK bool head_read(const struct model *, enum head, size_t inputs,
                          struct head_tensors *, struct error *);

/* Labels of a head; that of a sequence has two for each type and one more. */
size_t head_labels(enum head);

#endif
