/*
 * model_parts.h - the inside of a model, for this folder and for label/.
 */
#ifndef MADAI_MODEL_PARTS_H
#define MADAI_MODEL_PARTS_H

#include "kernels.h"
#include "model.h"
#include "model_file.h"
#include "products.h"
#include "vocabulary.h"

#define SHAPES 10
#define BEFORES 3
#define QUOTATIONS 5

/* A matrix of whole numbers: its place among the products and what its sums
 * mean. */
struct linear {
    size_t matrix;
    struct affine affine;
};

struct layer {
    struct linear attention; /* queries, keys, values side by side */
    struct linear output, up, down;
    struct norm norm1, norm2;
};

struct model {
    struct model_file file;
    const char *name;
    char machine[128];

    size_t width, heads, layer_count, inner, positions;
    size_t window;  /* pieces of a window's core, without begin and end */
    size_t context; /* pieces on either side of the core, at most */

    struct vocabulary vocabulary;
    const int8_t *word; /* [vocabulary.count][width] */
    const float *word_scale;
    const float *position, *shape, *before, *quotation;
    struct norm norm;
    struct layer *layers;

    int32_t *column_sums; /* of all matrices, one after another */
    struct products *products;
    const struct kernels *kernels;

    const float *calibration;
    size_t calibration_points;
    const float *evidence;
};

/* Whether the file has a label set of this name. */
bool model_has_labels(const struct model *, const char *set);
/* Whether the set has just these labels in this order; ERROR_CORRUPT. */
MUST_CHECK bool model_labels_are(const struct model *, const char *set,
                                 const char *const *labels, size_t count,
                                 struct error *);

#endif
