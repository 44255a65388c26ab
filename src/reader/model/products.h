/*
 * products.h - exact matrix products in whole numbers, by oneDNN.
 *
 * Rows of unsigned bytes times a matrix of signed bytes within +-63 give
 * 32-bit sums. With numbers that small no instruction set saturates on the
 * way, so the sums are the same integers on every machine.
 *
 * A matrix is packed once, in the order that the processor likes, and may
 * then be shared by threads; a worker belongs to one thread.
 */
#ifndef MADAI_PRODUCTS_H
#define MADAI_PRODUCTS_H

#include "error.h"

#include <stddef.h>
#include <stdint.h>

#define PRODUCT_ROWS ((size_t)64) /* most rows at once */
#define PRODUCT_STEP ((size_t)8)  /* rows come in multiples of this */

/* [outputs][inputs], borrowed for the time of products_new. */
struct product_matrix {
    const int8_t *numbers;
    size_t inputs, outputs; /* multiples of 16 */
};

struct products;
/* Packs the matrices; takes about as much memory as they have. ERROR_LIMIT
 * or ERROR_IO (oneDNN refuses). Yours to free. */
MUST_CHECK struct products *products_new(const struct product_matrix *,
                                         size_t count, struct error *);
void products_free(struct products *); /* NULL is allowed */
/* What oneDNN calls the way it multiplies here. */
const char *products_name(const struct products *);

struct product_worker;
MUST_CHECK struct product_worker *product_worker_new(const struct products *,
                                                     struct error *);
void product_worker_free(struct product_worker *); /* NULL is allowed */

/* sums[row][output] for `rows` rows (a multiple of PRODUCT_STEP, at most
 * PRODUCT_ROWS) of matrix number `matrix`; both aligned to 64 bytes. */
MUST_CHECK bool product_run(struct product_worker *, size_t matrix,
                            const uint8_t *rows, size_t count, int32_t *sums,
                            struct error *);

/* Sets the calling thread's OpenMP to one thread, and back: Debian's oneDNN
 * brings OpenMP, and our parallelism is over documents. */
int products_one_thread(void);
void products_threads(int before);

#endif
