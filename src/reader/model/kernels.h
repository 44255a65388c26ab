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

#define HEAD_SIZE 32
#define KEYS_MAX 512 /* rows of a window: sums of 32 bits hold no more */

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

/* One head of one window, in 16-bit numbers. What is computed for queries is
 * computed for whole ATTENTION_BLOCKs of them: the memory of queries and of
 * results has room for that, and the last ones mean nothing. */
#define ATTENTION_BLOCK 8
struct attention {
    const uint32_t *picked; /* the rows whose queries are asked */
    size_t rows;            /* how many */
    size_t keys;            /* rows of the window; at most KEYS_MAX */
    size_t stride;          /* keys rounded up to 16 */
    int16_t *queries;       /* [rows][HEAD_SIZE] */
    int32_t *key_pairs;     /* [HEAD_SIZE / 2][stride]: numbers 2p, 2p + 1 */
    int32_t *value_pairs;   /* [stride / 2][HEAD_SIZE]: of keys 2j, 2j + 1 */
    float score_scale;      /* of a product of queries and keys, in bits */
    float value_scale;
};

struct kernels {
    const char *name;
    void (*embed)(const struct embedding *, const struct norm *, float *row,
                  size_t width);
    void (*quantise)(const float *row, size_t width, uint8_t *out,
                     struct row_scale *);
    /* In place: sums become numbers; `largest` keeps the largest absolute
     * number of each column. */
    void (*widen)(void *sums, const struct affine *, struct row_scale,
                  float *largest);
    /* The row becomes norm(row + numbers of the sums). */
    void (*settle)(const int32_t *sums, const struct affine *, struct row_scale,
                   const struct norm *, float *row);
    /* gelu of the numbers, as bytes; the sums are overwritten. */
    void (*activate)(void *sums, const struct affine *, struct row_scale,
                     uint8_t *out, struct row_scale *out_scale);
    /* Numbers of one head, `step` floats from row to row, as 16 bits. */
    void (*pack_queries)(const float *from, size_t step, float inverse,
                         struct attention *);
    void (*pack_keys)(const float *from, size_t step, float inverse,
                      struct attention *);
    void (*pack_values)(const float *from, size_t step, float inverse,
                        struct attention *);
    /* softmax(queries * keys) * values of one head. */
    void (*attend)(const struct attention *, float *out, size_t step);
    /* out[n] = sum over k, in order, of row[k] * weight[k][n], plus bias;
     * width is a multiple of 16. */
    void (*map)(const float *row, size_t inputs, const float *weight,
                const float *bias, float *out, size_t width);
};

/* The best build for this processor, or the one that the environment's
 * MADAI_KERNELS names (plain, sse41, avx2, avx512, avx512vnni) where the
 * processor has it; where not, the best one below it. Never NULL. */
const struct kernels *kernels_choose(void);

#endif
