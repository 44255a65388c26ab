/*
 * encoder.c - BERT's layers, matrix by matrix over all rows of a run, so that
 * each matrix is fetched once into the nearest cache and used for all.
 *
 * Invariants
 *   1. All buffers have room for ENCODER_ROWS rows, a multiple of
 *      PRODUCT_ROWS; products also compute the rows up to the next multiple
 *      of PRODUCT_STEP, which nobody reads.
 *   2. `bytes` holds the rows that go into the next product, `scales` what
 *      they mean.
 *   3. The last layer asks only the first piece of each word: from there on
 *      rows are words.
 */
#include "encoder.h"

#include <string.h>

#define LEAST_LARGEST 1e-30f     /* below this a head is all zero */
#define BITS_OF_E 1.44269504f    /* log2(e) */
#define ROOT_OF_HEAD 5.65685425f /* sqrt(HEAD_SIZE) */

struct encoder {
    const struct model *model;
    struct product_worker *worker;
    size_t rows;
    float *row_numbers;   /* [ENCODER_ROWS][width]: the residual stream */
    float *mixed;         /* [ENCODER_ROWS + block][width]: of attention */
    uint8_t *bytes;       /* [ENCODER_ROWS][width] */
    uint8_t *inner_bytes; /* [ENCODER_ROWS][inner] */
    float *projected;     /* [ENCODER_ROWS][3 * width] */
    int32_t *sums;        /* [PRODUCT_ROWS][widest] */
    float *largest;       /* [ENCODER_WINDOWS][3 * width] */
    void *queries;
    int32_t *key_groups, *key_zeros, *value_groups;
    struct row_scale scales[ENCODER_ROWS], inner_scales[ENCODER_ROWS];
    uint8_t window_of[ENCODER_ROWS];
    uint32_t every_row[ENCODER_ROWS]; /* 0, 1, 2 ... */
};

static void *take(size_t count, size_t size, bool *is_out)
{
    void *memory = aligned_alloc(64, (count * size + 63) / 64 * 64);
    if (memory == NULL)
        *is_out = true;
    else
        memset(memory, 0, count * size);
    return memory;
}

struct encoder *encoder_new(const struct model *model, struct error *error)
{
    const size_t width = model->width;
    const size_t widest = model->inner > width ? model->inner : width;
    bool is_out = false;
    struct encoder *encoder = take(1, sizeof *encoder, &is_out);
    if (is_out) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    encoder->model = model;
    encoder->row_numbers = take(ENCODER_ROWS * width, 4, &is_out);
    encoder->mixed = take((ENCODER_ROWS + ATTENTION_BLOCK) * width, 4, &is_out);
    encoder->bytes = take(ENCODER_ROWS * width, 1, &is_out);
    encoder->inner_bytes = take(ENCODER_ROWS * model->inner, 1, &is_out);
    encoder->projected = take(ENCODER_ROWS * 3 * width, 4, &is_out);
    encoder->sums = take(PRODUCT_ROWS * widest, 4, &is_out);
    encoder->largest = take(ENCODER_WINDOWS * 3 * width, 4, &is_out);
    encoder->queries =
        take((KEYS_MAX + ATTENTION_BLOCK) * HEAD_SIZE, 2, &is_out);
    encoder->key_groups = take(KEYS_MAX * HEAD_SIZE, 2, &is_out);
    encoder->key_zeros = take(KEYS_MAX, 4, &is_out);
    encoder->value_groups = take(KEYS_MAX * HEAD_SIZE, 2, &is_out);
    for (uint32_t i = 0; i < ENCODER_ROWS; i++)
        encoder->every_row[i] = i;
    if (is_out)
        error_set(error, ERROR_LIMIT, "out of memory");
    else
        encoder->worker = product_worker_new(model->products, error);
    if (encoder->worker != NULL)
        return encoder;
    encoder_free(encoder);
    return NULL;
}

void encoder_free(struct encoder *encoder)
{
    if (encoder == NULL)
        return;
    product_worker_free(encoder->worker);
    free(encoder->row_numbers);
    free(encoder->mixed);
    free(encoder->bytes);
    free(encoder->inner_bytes);
    free(encoder->projected);
    free(encoder->sums);
    free(encoder->largest);
    free(encoder->queries);
    free(encoder->key_groups);
    free(encoder->key_zeros);
    free(encoder->value_groups);
    free(encoder);
}

static void rows_embed(struct encoder *encoder,
                       const struct encoder_batch *batch)
{
    const struct model *model = encoder->model;
    const size_t width = model->width;
    const struct encoder_piece *piece = batch->pieces;
    size_t row = 0;
    for (size_t window = 0; window < batch->window_count; window++)
        for (size_t i = 0; i < batch->rows[window]; i++, row++, piece++) {
            const struct embedding embedding = {
                .word = model->word + piece->piece * width,
                .word_scale = model->word_scale[piece->piece],
                .shape = model->shape + piece->shape * width,
                .before = model->before + piece->before * width,
                .quotation = model->quotation + piece->quotation * width,
                .position = model->position + i * width,
            };
            model->kernels->embed(&embedding, &model->norm, width,
                                  encoder->row_numbers + row * width,
                                  encoder->bytes + row * width,
                                  &encoder->scales[row]);
            encoder->window_of[row] = (uint8_t)window;
        }
    encoder->rows = row;
}

/* What follows a product, row by row. */
typedef void row_step(struct encoder *, const struct linear *,
                      const struct norm *, size_t row, int32_t *sums);

/* All rows times the matrix, PRODUCT_ROWS at a time. */
static bool rows_multiply(struct encoder *encoder, const struct linear *linear,
                          const struct norm *norm, const uint8_t *bytes,
                          size_t inputs, row_step *step, struct error *error)
{
    const size_t outputs = linear->affine.width;
    for (size_t row = 0; row < encoder->rows; row += PRODUCT_ROWS) {
        size_t count = encoder->rows - row;
        if (count > PRODUCT_ROWS)
            count = PRODUCT_ROWS;
        const size_t padded =
            (count + PRODUCT_STEP - 1) / PRODUCT_STEP * PRODUCT_STEP;
        int32_t *sums = encoder->sums;
        if (outputs == 3 * encoder->model->width)
            sums = (void *)(encoder->projected + row * outputs);
        if (!product_run(encoder->worker, linear->matrix, bytes + row * inputs,
                         padded, sums, error))
            return false;
        for (size_t i = 0; i < count; i++)
            step(encoder, linear, norm, row + i, sums + i * outputs);
    }
    return true;
}

static void row_project(struct encoder *encoder, const struct linear *linear,
                        const struct norm *norm, size_t row, int32_t *sums)
{
    (void)norm;
    float *largest =
        encoder->largest + encoder->window_of[row] * linear->affine.width;
    encoder->model->kernels->widen(sums, &linear->affine, encoder->scales[row],
                                   largest);
}

static void row_settle(struct encoder *encoder, const struct linear *linear,
                       const struct norm *norm, size_t row, int32_t *sums)
{
    const size_t at = row * encoder->model->width;
    encoder->model->kernels->settle(sums, &linear->affine, encoder->scales[row],
                                    norm, encoder->row_numbers + at,
                                    encoder->bytes + at, &encoder->scales[row]);
}

static void row_activate(struct encoder *encoder, const struct linear *linear,
                         const struct norm *norm, size_t row, int32_t *sums)
{
    (void)norm;
    encoder->model->kernels->activate(
        sums, &linear->affine, encoder->scales[row],
        encoder->inner_bytes + row * encoder->model->inner,
        &encoder->inner_scales[row]);
}

static void row_settle_inner(struct encoder *encoder,
                             const struct linear *linear,
                             const struct norm *norm, size_t row, int32_t *sums)
{
    encoder->scales[row] = encoder->inner_scales[row];
    row_settle(encoder, linear, norm, row, sums);
}

/* What a step of one head's small numbers in one window means, and its
 * inverse. */
static float head_scale(const float *largest, float *inverse)
{
    float size = 0.0f;
    for (size_t i = 0; i < HEAD_SIZE; i++)
        size = largest[i] > size ? largest[i] : size;
    const bool is_zero = !(size > LEAST_LARGEST);
    *inverse = is_zero ? 0.0f : SMALL_MOST / size;
    return is_zero ? 0.0f : size / SMALL_MOST;
}

static void head_attend(struct encoder *encoder, struct attention *attention,
                        const float *projected, const float *largest,
                        size_t head, float *out)
{
    const struct kernels *kernels = encoder->model->kernels;
    const size_t width = encoder->model->width;
    const size_t at = head * HEAD_SIZE;
    const size_t step = 3 * width;
    float inverse;
    const float query = head_scale(largest + at, &inverse);
    kernels->pack_queries(projected + at, step, inverse, attention);
    const float key = head_scale(largest + width + at, &inverse);
    kernels->pack_keys(projected + width + at, step, inverse, attention);
    attention->value_scale = head_scale(largest + 2 * width + at, &inverse);
    kernels->pack_values(projected + 2 * width + at, step, inverse, attention);
    const float scale = query * key * (BITS_OF_E / ROOT_OF_HEAD);
    attention->score_scale = scale > SCALE_LEAST ? scale : SCALE_LEAST;
    kernels->attend(attention, out + at, width);
}

/* Attention within each window; `firsts` asks for the words only. */
static void windows_attend(struct encoder *encoder,
                           const struct encoder_batch *batch,
                           const uint32_t *firsts)
{
    const size_t width = encoder->model->width;
    size_t from = 0;
    size_t to = 0;
    for (size_t window = 0; window < batch->window_count; window++) {
        struct attention attention = {
            .picked = firsts != NULL ? firsts + to : encoder->every_row,
            .rows = firsts != NULL ? batch->words[window] : batch->rows[window],
            .keys = batch->rows[window],
            .stride = ((size_t)batch->rows[window] + 15) / 16 * 16,
            .queries = encoder->queries,
            .key_groups = encoder->key_groups,
            .key_zeros = encoder->key_zeros,
            .value_groups = encoder->value_groups,
        };
        for (size_t head = 0; head < encoder->model->heads; head++)
            head_attend(encoder, &attention,
                        encoder->projected + from * 3 * width,
                        encoder->largest + window * 3 * width, head,
                        encoder->mixed + to * width);
        from += batch->rows[window];
        to += attention.rows;
    }
    encoder->rows = to;
}

/* From here on only the first piece of each word counts. */
static void rows_pick(struct encoder *encoder,
                      const struct encoder_batch *batch)
{
    const size_t width = encoder->model->width;
    size_t from = 0;
    size_t to = 0;
    for (size_t window = 0; window < batch->window_count; window++) {
        for (size_t i = 0; i < batch->words[window]; i++, to++)
            memmove(encoder->row_numbers + to * width,
                    encoder->row_numbers + (from + batch->firsts[to]) * width,
                    width * sizeof(float));
        from += batch->rows[window];
    }
}

static bool layer_run(struct encoder *encoder, const struct layer *layer,
                      const struct encoder_batch *batch, bool is_last,
                      struct error *error)
{
    const size_t width = encoder->model->width;
    memset(encoder->largest, 0,
           batch->window_count * 3 * width * sizeof(float));
    if (!rows_multiply(encoder, &layer->attention, NULL, encoder->bytes, width,
                       row_project, error))
        return false;
    windows_attend(encoder, batch, is_last ? batch->firsts : NULL);
    if (is_last)
        rows_pick(encoder, batch);
    for (size_t row = 0; row < encoder->rows; row++)
        encoder->model->kernels->quantise(encoder->mixed + row * width, width,
                                          encoder->bytes + row * width,
                                          &encoder->scales[row]);
    return rows_multiply(encoder, &layer->output, &layer->norm1, encoder->bytes,
                         width, row_settle, error) &&
           rows_multiply(encoder, &layer->up, NULL, encoder->bytes, width,
                         row_activate, error) &&
           rows_multiply(encoder, &layer->down, &layer->norm2,
                         encoder->inner_bytes, encoder->model->inner,
                         row_settle_inner, error);
}

const float *encoder_run(struct encoder *encoder,
                         const struct encoder_batch *batch, struct error *error)
{
    const struct model *model = encoder->model;
    rows_embed(encoder, batch);
    for (size_t i = 0; i < model->layer_count; i++)
        if (!layer_run(encoder, &model->layers[i], batch,
                       i + 1 == model->layer_count, error))
            return NULL;
    return encoder->row_numbers;
}
