/*
 * encoder.h - pieces in, a vector for each word out.
 *
 * Windows do not see one another; several are run together only to fill the
 * matrix products. The same window gives the same bits alone or in company.
 */
#ifndef MADAI_ENCODER_H
#define MADAI_ENCODER_H

#include "model_parts.h"

#define ENCODER_ROWS                                                           \
    ((size_t)512) /* pieces in one run, begin and end included */
#define ENCODER_WINDOWS ((size_t)16) /* windows in one run */

struct encoder_piece {
    uint32_t piece;
    uint8_t shape, before, quotation;
};

/* Pieces of all windows one after another, each with begin and end. */
struct encoder_batch {
    size_t window_count;
    uint32_t rows[ENCODER_WINDOWS];  /* pieces of each window */
    uint32_t words[ENCODER_WINDOWS]; /* words of each window */
    const struct encoder_piece *pieces;
    /* For each word of all windows: the place of its first piece in its
     * window. */
    const uint32_t *firsts;
};

/* One thread's scratch memory: some 7 MB. */
struct encoder;
MUST_CHECK struct encoder *encoder_new(const struct model *, struct error *);
void encoder_free(struct encoder *); /* NULL is allowed */

/* Vectors of all words of all windows, in order, `width` floats each; valid
 * until the next run. NULL and an error where oneDNN fails. */
MUST_CHECK const float *
encoder_run(struct encoder *, const struct encoder_batch *, struct error *);

#endif
