/*
 * kernels.h - the inner loops of the encoder, besides the integer products.
 *
 * Built once for each instruction set from the same source (kernels.c); all
 * of them give the same bits. What each computes, to the last operation, is
 * in docs/model-format.md.
 *
 * Every row is aligned to 64 bytes and has a multiple of 16 numbers; a head
 * has HEAD_SIZE of them. Nothing here allocates or fails.
 */
#ifndef MADAI_KERNELS_H
#define MADAI_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#define HEAD_SIZE ((size_t)32)
#define KEYS_MAX ((size_t)512) /* rows of a window */

/* A row as bytes: number = (byte - zero) * scale. */
struct row_scale {
    float scale;
    int32_t zero;
};

/* What the integer sums of a product mean: for column n,
 * (sum - zero * column_sum[n]) * (row scale * scale[n]) + bias[n]. */
struct affine {
    const int32_t *column_sum;
    const float *scale;
    const float *bias;
    size_t width;
};

struct norm {
    const float *weight;
    const float *bias;
};

/* The embeddings of one piece; the row is their sum. */
struct embedding {
    const int8_t *word;
    float word_scale;
    const float *shape, *before, *quotation, *position;
};

/* One head of one window, in small whole numbers: queries, keys and values
 * within +-SMALL_MOST. Each build packs them in an order of its own. What is
 * computed for queries is computed for whole ATTENTION_BLOCKs of them: the
 * memory of queries and of results has room for that, and the last ones mean
 * nothing. */
#define ATTENTION_BLOCK ((size_t)8)
#define SMALL_MOST 127.0f
#define SCALE_LEAST 0x1p-24f
struct attention {
    const uint32_t *picked; /* the rows whose queries are asked */
    size_t rows;            /* how many */
    size_t keys;            /* rows of the window; at most KEYS_MAX */
    size_t stride;          /* keys rounded up to 16 */
    void *queries;          /* two bytes a number are enough */
    int32_t *key_groups;    /* as are these */
    int32_t *key_zeros;     /* what the scores of each key begin with */
    int32_t *value_groups;
    float score_scale; /* of a product of queries and keys, in bits; at least
                        * SCALE_LEAST, so that no key at all weighs nothing */
    float value_scale;
};

struct kernels {
    const char *name;
    /* The row becomes norm(embedding); it is also given as bytes. */
    void (*embed)(const struct embedding *, const struct norm *, size_t width,
                  float *row, uint8_t *out, struct row_scale *out_scale);
    void (*quantise)(const float *row, size_t width, uint8_t *out,
                     struct row_scale *);
    /* In place: sums become numbers; `largest` keeps the largest absolute
     * number of each column. */
    void (*widen)(void *sums, const struct affine *, struct row_scale,
                  float *largest);
    /* The row becomes norm(row + numbers of the sums), and bytes too. */
    void (*settle)(const int32_t *sums, const struct affine *, struct row_scale,
                   const struct norm *, float *row, uint8_t *out,
                   struct row_scale *out_scale);
    /* gelu of the numbers, as bytes; the sums are overwritten. */
    void (*activate)(void *sums, const struct affine *, struct row_scale,
                     uint8_t *out, struct row_scale *out_scale);
    /* Numbers of one head, `step` floats from row to row, times `inverse` to
     * the nearest whole number. */
    void (*pack_queries)(const float *from, size_t step, float inverse,
                         struct attention *);
    void (*pack_keys)(const float *from, size_t step, float inverse,
                      struct attention *);
    void (*pack_values)(const float *from, size_t step, float inverse,
                        struct attention *);
    /* softmax(queries * keys) * values of one head. */
    void (*attend)(const struct attention *, float *out, size_t step);
    /* Of each row: out[n] = sum over k, in order, of row[k] * weight[k][n],
     * plus bias; width is a multiple of 16. */
    void (*map)(const float *rows, size_t count, size_t inputs,
                const float *weight, const float *bias, float *out,
                size_t width);
    /* Of each row: gelu of (origin + row) + offset, times gate, number by
     * number; width is a multiple of 16. */
    void (*join)(const float *origin, const float *gate, const float *rows,
                 const float *offsets, size_t count, size_t width, float *out);
};

/* The best build for this processor, or the one that the environment's
 * MADAI_KERNELS names (plain, sse41, avx2, avx512, avx512vnni) where the
 * processor has it; where not, the best one below it. Never NULL. */
const struct kernels *kernels_choose(void);

#endif
