/*
 * kernels.c - the encoder's own arithmetic, written once.
 *
 * meson.build compiles this file once for each instruction set, whose name is
 * KERNELS.
 *
 * Invariants
 *   1. Lanes are independent, except in exact operations (sums of integers,
 *      largest, smallest) and in parts_sum, which has a fixed order.
 *   2. No operation but + - * / and square root, each rounded on its own
 *      (-ffp-contract=off); no function of the C library has a say.
 */
#include "kernels.h"

#include <math.h>
#include <stdbool.h>

#include "lanes.h"

#define EPSILON 1e-12f /* BERT's, under the root of a layer norm */
#define NOTHING 1e-30f /* a range below this is none */

/* Phi(x) - 1/2 = t * P(t * t), t = x held within +-4; P by least squares
 * with weights that even out the error of x * Phi(x): below 5e-5 to +-4 and
 * 6e-4 to +-12, where a step of the bytes that follow is about 1e-2. */
static const float gelu_terms[8] = {
    0x1.983dd6p-2f,  -0x1.0de060p-4f,  0x1.3778e8p-7f,  -0x1.07d81ep-10f,
    0x1.39f64ep-14f, -0x1.ead876p-19f, 0x1.bf82acp-24f, -0x1.65b056p-30f,
};
#define GELU_END 4.0f

/* 2^f for f within +-1/2, relative error below 8e-5: a third of a step of
 * the weights at most. */
static const float power_terms[4] = {
    0x1.fff692p-1f,
    0x1.62f31ap-1f,
    0x1.f0de1ap-3f,
    0x1.c3f75ep-5f,
};
#define WEIGHT_MAX 4095.0f               /* of the likeliest key */
#define POWER_LEAST (-15.0f)             /* 2^-15 of that rounds to nothing */
#define SCORE_NONE (-(INT32_C(1) << 30)) /* below any sum */

/* Layer norm */

static float row_mean(const float *row, size_t width)
{
    floats parts[PARTS] = {0};
    for (size_t i = 0; i < width; i += 16)
        for (size_t part = 0; part < PARTS; part++)
            parts[part] += floats_at(row + i + part * LANES);
    return parts_sum(parts) / (float)width;
}

static float row_variance(const float *row, float mean, size_t width)
{
    floats parts[PARTS] = {0};
    for (size_t i = 0; i < width; i += 16)
        for (size_t part = 0; part < PARTS; part++) {
            floats off = floats_at(row + i + part * LANES) - mean;
            parts[part] += off * off;
        }
    return parts_sum(parts) / (float)width;
}

static void normalise(float *row, const struct norm *norm, size_t width)
{
    const float mean = row_mean(row, width);
    const float variance = row_variance(row, mean, width);
    const float inverse = 1.0f / sqrtf(variance + EPSILON);
    for (size_t i = 0; i < width; i += LANES) {
        floats off = (floats_at(row + i) - mean) * inverse;
        floats_put(row + i, off * floats_at(norm->weight + i) +
                                floats_at(norm->bias + i));
    }
}

static void embed(const struct embedding *embedding, const struct norm *norm,
                  float *row, size_t width)
{
    for (size_t i = 0; i < width; i += LANES) {
        floats word = floats_of(wholes_of_bytes(embedding->word + i)) *
                      embedding->word_scale;
        floats sum = word + floats_at(embedding->shape + i);
        sum += floats_at(embedding->before + i);
        sum += floats_at(embedding->quotation + i);
        sum += floats_at(embedding->position + i);
        floats_put(row + i, sum);
    }
    normalise(row, norm, width);
}

/* Bytes */

/* `least` is at most 0 and `most` at least 0, so that 0 has a byte. */
static void quantise_within(const float *row, size_t width, float least,
                            float most, uint8_t *out, struct row_scale *scale)
{
    const float range = most - least;
    const bool is_flat = !(range > NOTHING);
    const float inverse = is_flat ? 0.0f : 255.0f / range;
    scale->scale = is_flat ? 0.0f : range / 255.0f;
    scale->zero = whole_near(-least * inverse);
    for (size_t i = 0; i < width; i += LANES) {
        /* Rounding is even, so the least number gets 0 exactly; the most can
         * come to 256. */
        wholes byte = wholes_near(floats_at(row + i) * inverse) + scale->zero;
        put_octets(out + i, wholes_least(byte, wholes_all(255)));
    }
}

static void quantise(const float *row, size_t width, uint8_t *out,
                     struct row_scale *scale)
{
    floats least = {0};
    floats most = {0};
    for (size_t i = 0; i < width; i += LANES) {
        least = floats_least(least, floats_at(row + i));
        most = floats_most(most, floats_at(row + i));
    }
    quantise_within(row, width, floats_smallest(least), floats_greatest(most),
                    out, scale);
}

/* What the sums at column i mean. */
static inline floats meaning_at(const int32_t *sums,
                                const struct affine *affine,
                                struct row_scale row, size_t i)
{
    wholes sum =
        wholes_at(sums + i) - row.zero * wholes_at(affine->column_sum + i);
    floats scale = row.scale * floats_at(affine->scale + i);
    return floats_of(sum) * scale + floats_at(affine->bias + i);
}

static void widen(void *sums, const struct affine *affine, struct row_scale row,
                  float *largest)
{
    for (size_t i = 0; i < affine->width; i += LANES) {
        floats numbers = meaning_at(sums, affine, row, i);
        floats_put((float *)sums + i, numbers);
        floats size = floats_most(numbers, -numbers);
        floats_put(largest + i, floats_most(size, floats_at(largest + i)));
    }
}

static void settle(const int32_t *sums, const struct affine *affine,
                   struct row_scale scale, const struct norm *norm, float *row)
{
    for (size_t i = 0; i < affine->width; i += LANES)
        floats_put(row + i,
                   floats_at(row + i) + meaning_at(sums, affine, scale, i));
    normalise(row, norm, affine->width);
}

static inline floats gelu(floats x)
{
    floats held = floats_least(x, floats_all(GELU_END));
    held = floats_most(held, floats_all(-GELU_END));
    const floats square = held * held;
    floats sum = floats_all(gelu_terms[7]);
#pragma GCC unroll 8
    for (int i = 6; i >= 0; i--)
        sum = sum * square + gelu_terms[i];
    return x * (held * sum + 0.5f);
}

static void activate(void *sums, const struct affine *affine,
                     struct row_scale row, uint8_t *out,
                     struct row_scale *out_scale)
{
    floats least = {0};
    floats most = {0};
    for (size_t i = 0; i < affine->width; i += LANES) {
        floats numbers = gelu(meaning_at(sums, affine, row, i));
        floats_put((float *)sums + i, numbers);
        least = floats_least(least, numbers);
        most = floats_most(most, numbers);
    }
    quantise_within(sums, affine->width, floats_smallest(least),
                    floats_greatest(most), out, out_scale);
}

/* Attention */

static void pack_queries(const float *from, size_t step, float inverse,
                         struct attention *to)
{
    for (size_t i = 0; i < to->rows; i++) {
        const float *query = from + to->picked[i] * step;
        for (size_t n = 0; n < HEAD_SIZE; n += LANES)
            put_halves(to->queries + i * HEAD_SIZE + n,
                       wholes_near(floats_at(query + n) * inverse));
    }
}

static void pack_keys(const float *from, size_t step, float inverse,
                      struct attention *to)
{
    for (size_t key = 0; key < to->stride; key++) {
        int16_t numbers[HEAD_SIZE] = {0};
        for (size_t n = 0; key < to->keys && n < HEAD_SIZE; n += LANES)
            put_halves(numbers + n,
                       wholes_near(floats_at(from + key * step + n) * inverse));
        int32_t pairs[HEAD_SIZE / 2];
        memcpy(pairs, numbers, sizeof pairs);
        for (size_t pair = 0; pair < HEAD_SIZE / 2; pair++)
            to->key_pairs[pair * to->stride + key] = pairs[pair];
    }
}

static void pack_values(const float *from, size_t step, float inverse,
                        struct attention *to)
{
    for (size_t key = 0; key < to->stride; key += 2)
        for (size_t n = 0; n < HEAD_SIZE; n += LANES) {
            wholes even = {0};
            wholes odd = {0};
            if (key < to->keys)
                even = wholes_near(floats_at(from + key * step + n) * inverse);
            if (key + 1 < to->keys)
                odd = wholes_near(floats_at(from + (key + 1) * step + n) *
                                  inverse);
            wholes_put(to->value_pairs + key / 2 * HEAD_SIZE + n,
                       (even & 0xffff) | (odd << 16));
        }
}

/* How many rows and vectors of columns share their loads: as many sums as
 * there are registers for. */
#if LANES == 16
#define SCORE_COLUMNS 4
#define VALUE_ROWS 8
#elif LANES == 8
#define SCORE_COLUMNS 2
#define VALUE_ROWS 2
#else
#define SCORE_COLUMNS 2
#define VALUE_ROWS 1
#endif
#define SCORE_ROWS 4
#define VALUE_COLUMNS (HEAD_SIZE / LANES)

/* The two 16-bit numbers there, in every lane. */
static inline wholes pair_all(const int16_t *pair)
{
    int32_t both;
    memcpy(&both, pair, sizeof both);
    return wholes_all(both);
}

/* Sums of SCORE_ROWS queries with `columns` vectors of keys. */
static inline __attribute__((always_inline)) void
score_tile(const struct attention *attention, const int16_t *queries,
           size_t key, size_t columns, int32_t *scores)
{
    wholes sums[SCORE_ROWS][SCORE_COLUMNS] = {0};
    for (size_t pair = 0; pair < HEAD_SIZE / 2; pair++) {
        const int32_t *keys =
            attention->key_pairs + pair * attention->stride + key;
#pragma GCC unroll 4
        for (size_t row = 0; row < SCORE_ROWS; row++) {
            wholes query = pair_all(queries + row * HEAD_SIZE + 2 * pair);
#pragma GCC unroll 4
            for (size_t column = 0; column < columns; column++)
                sums[row][column] = pairs_add(sums[row][column], query,
                                              wholes_at(keys + column * LANES));
        }
    }
#pragma GCC unroll 4
    for (size_t row = 0; row < SCORE_ROWS; row++)
#pragma GCC unroll 4
        for (size_t column = 0; column < columns; column++)
            wholes_put(scores + row * KEYS_MAX + key + column * LANES,
                       sums[row][column]);
}

static void score_rows(const struct attention *attention,
                       const int16_t *queries, int32_t *scores)
{
    const size_t wide = SCORE_COLUMNS * LANES;
    size_t key = 0;
    for (; key + wide <= attention->stride; key += wide)
        score_tile(attention, queries, key, SCORE_COLUMNS, scores);
    for (; key < attention->stride; key += LANES)
        score_tile(attention, queries, key, 1, scores);
}

/* 4095 * 2^power for powers from POWER_LEAST to 0, to the nearest: the low
 * 16 bits of each lane. Rounding leaves the whole part of the power in the low
 * bits of `moved`, from where it goes into the exponent. */
static inline wholes weight_of(floats power)
{
    power = floats_most(power, floats_all(POWER_LEAST));
    const floats moved = power + ROUNDER;
    const floats rest = power - (moved - ROUNDER);
    floats sum = floats_all(power_terms[3] * WEIGHT_MAX);
#pragma GCC unroll 4
    for (int i = 2; i >= 0; i--)
        sum = sum * rest + power_terms[i] * WEIGHT_MAX;
    const floats weight = (floats)((wholes)sum + ((wholes)moved << 23));
    return (wholes)(weight + ROUNDER);
}

/* The scores of one query as weights; their sum is returned. */
static int32_t weigh(const struct attention *attention, int32_t *scores,
                     int16_t *weights)
{
    const size_t keys = attention->keys;
    const size_t stride = attention->stride;
    for (size_t key = keys; key < stride; key++)
        scores[key] = SCORE_NONE;
    wholes best = wholes_all(SCORE_NONE);
    for (size_t key = 0; key < stride; key += LANES)
        best = wholes_most(best, wholes_at(scores + key));
    const int32_t most = wholes_greatest(best);
    for (size_t key = 0; key < stride; key += LANES) {
        floats below = floats_of(wholes_at(scores + key) - most);
        put_halves(weights + key, weight_of(below * attention->score_scale));
    }
    /* However flat the scores: what is no key weighs nothing. */
    memset(weights + keys, 0, (stride - keys) * sizeof *weights);
    const wholes ones = wholes_all(0x00010001);
    wholes sum = {0};
    for (size_t key = 0; key < stride; key += 16)
        sum = halves_add(sum, weights + key, ones);
    return wholes_sum(sum);
}

/* Weighted sums of the values for VALUE_ROWS queries. */
static void mix_rows(const struct attention *attention, const int16_t *weights,
                     const int32_t *sums, float *out, size_t step)
{
    wholes mixed[VALUE_ROWS][VALUE_COLUMNS] = {0};
    for (size_t key = 0; key < attention->stride; key += 2) {
        const int32_t *values = attention->value_pairs + key / 2 * HEAD_SIZE;
#pragma GCC unroll 8
        for (size_t row = 0; row < VALUE_ROWS; row++) {
            wholes weight = pair_all(weights + row * KEYS_MAX + key);
#pragma GCC unroll 8
            for (size_t column = 0; column < VALUE_COLUMNS; column++)
                mixed[row][column] =
                    pairs_add(mixed[row][column], weight,
                              wholes_at(values + column * LANES));
        }
    }
    for (size_t row = 0; row < VALUE_ROWS; row++) {
        const float scale = attention->value_scale / (float)sums[row];
        for (size_t column = 0; column < VALUE_COLUMNS; column++)
            floats_put(out + row * step + column * LANES,
                       floats_of(mixed[row][column]) * scale);
    }
}

static void attend(const struct attention *attention, float *out, size_t step)
{
    _Alignas(64) int32_t scores[SCORE_ROWS * KEYS_MAX];
    _Alignas(64) int16_t weights[ATTENTION_BLOCK * KEYS_MAX];
    int32_t sums[ATTENTION_BLOCK];
    for (size_t row = 0; row < attention->rows; row += ATTENTION_BLOCK) {
        for (size_t i = 0; i < ATTENTION_BLOCK; i += SCORE_ROWS) {
            score_rows(attention, attention->queries + (row + i) * HEAD_SIZE,
                       scores);
            for (size_t j = 0; j < SCORE_ROWS; j++)
                sums[i + j] = weigh(attention, scores + j * KEYS_MAX,
                                    weights + (i + j) * KEYS_MAX);
        }
        for (size_t i = 0; i < ATTENTION_BLOCK; i += VALUE_ROWS)
            mix_rows(attention, weights + i * KEYS_MAX, sums + i,
                     out + (row + i) * step, step);
    }
}

/* Heads */

static void map(const float *row, size_t inputs, const float *weight,
                const float *bias, float *out, size_t width)
{
    for (size_t n = 0; n < width; n += 16) {
        floats sums[PARTS] = {0};
        for (size_t k = 0; k < inputs; k++)
            for (size_t part = 0; part < PARTS; part++)
                sums[part] +=
                    row[k] * floats_at(weight + k * width + n + part * LANES);
        for (size_t part = 0; part < PARTS; part++)
            floats_put(out + n + part * LANES,
                       sums[part] + floats_at(bias + n + part * LANES));
    }
}

#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
#define TEXT_(word) #word
#define TEXT(word) TEXT_(word)
#define TABLE JOIN(kernels_, KERNELS)

extern const struct kernels TABLE;
const struct kernels TABLE = {
    .name = TEXT(KERNELS),
    .embed = embed,
    .quantise = quantise,
    .widen = widen,
    .settle = settle,
    .activate = activate,
    .pack_queries = pack_queries,
    .pack_keys = pack_keys,
    .pack_values = pack_values,
    .attend = attend,
    .map = map,
};
