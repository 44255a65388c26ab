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

/* Phi(x) - 1/2 = t * P(t * t), t = x held within +-3.4; P by least squares
 * with weights that even out the error of x * Phi(x): below 2e-4 to +-3.4 and
 * 5e-3 to +-12, where a step of the bytes that follow is some 1e-2 and 5e-2. */
#define GELU_TERMS 6
static const float gelu_terms[GELU_TERMS] = {
    0x1.97550ap-2f,   -0x1.076428p-4f, 0x1.189000p-7f,
    -0x1.867620p-11f, 0x1.36f5bap-15f, -0x1.a8519ep-21f,
};
#define GELU_END 3.4f

/* 2^f for f within +-1/2, relative error below 2e-3: half a step of the
 * weights at most. */
static const float power_terms[3] = {0x1.001d0ap+0f, 0x1.682a56p-1f,
                                     0x1.e84d6ep-3f};
#define WEIGHT_MAX 255.0f                /* of the likeliest key */
#define POWER_LEAST (-15.0f)             /* 2^-15 of that rounds to nothing */
#define SCORE_NONE (-(INT32_C(1) << 30)) /* below any sum */

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

/* Layer norm */

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

/* The norm of the row, whose sum is known, in its place and as bytes. */
static void normalise(float *row, const struct norm *norm, size_t width,
                      float sum, uint8_t *out, struct row_scale *scale)
{
    const float mean = sum / (float)width;
    const float variance = row_variance(row, mean, width);
    const float inverse = 1.0f / sqrtf(variance + EPSILON);
    floats least = {0};
    floats most = {0};
    for (size_t i = 0; i < width; i += LANES) {
        floats off = (floats_at(row + i) - mean) * inverse;
        floats number =
            off * floats_at(norm->weight + i) + floats_at(norm->bias + i);
        floats_put(row + i, number);
        least = floats_least(least, number);
        most = floats_most(most, number);
    }
    quantise_within(row, width, floats_smallest(least), floats_greatest(most),
                    out, scale);
}

static inline floats embedding_at(const struct embedding *embedding, size_t i)
{
    floats word =
        floats_of(wholes_of_bytes(embedding->word + i)) * embedding->word_scale;
    floats sum = word + floats_at(embedding->shape + i);
    sum += floats_at(embedding->before + i);
    sum += floats_at(embedding->quotation + i);
    return sum + floats_at(embedding->position + i);
}

static void embed(const struct embedding *embedding, const struct norm *norm,
                  size_t width, float *row, uint8_t *out,
                  struct row_scale *out_scale)
{
    floats parts[PARTS] = {0};
    for (size_t i = 0; i < width; i += 16)
        for (size_t part = 0; part < PARTS; part++) {
            const size_t at = i + part * LANES;
            floats number = embedding_at(embedding, at);
            floats_put(row + at, number);
            parts[part] += number;
        }
    normalise(row, norm, width, parts_sum(parts), out, out_scale);
}

static void settle(const int32_t *sums, const struct affine *affine,
                   struct row_scale scale, const struct norm *norm, float *row,
                   uint8_t *out, struct row_scale *out_scale)
{
    floats parts[PARTS] = {0};
    for (size_t i = 0; i < affine->width; i += 16)
        for (size_t part = 0; part < PARTS; part++) {
            const size_t at = i + part * LANES;
            floats number =
                floats_at(row + at) + meaning_at(sums, affine, scale, at);
            floats_put(row + at, number);
            parts[part] += number;
        }
    normalise(row, norm, affine->width, parts_sum(parts), out, out_scale);
}

/* The inner layer */

static inline floats gelu(floats x)
{
    floats held = floats_least(x, floats_all(GELU_END));
    held = floats_most(held, floats_all(-GELU_END));
    const floats square = held * held;
    floats sum = floats_all(gelu_terms[GELU_TERMS - 1]);
#pragma GCC unroll 8
    for (int i = GELU_TERMS - 2; i >= 0; i--)
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
    small *out = to->queries;
    for (size_t i = 0; i < to->rows; i++, out += HEAD_SIZE) {
        const float *query = from + to->picked[i] * step;
        for (size_t n = 0; n < HEAD_SIZE; n += LANES)
            put_small(out + n,
                      wholes_near(floats_at(query + n) * inverse) + GROUP_ZERO);
    }
}

/* Groups of a key's numbers, [HEAD_SIZE / GROUP][stride]. */
static void pack_keys(const float *from, size_t step, float inverse,
                      struct attention *to)
{
    for (size_t key = 0; key < to->stride; key++) {
        small numbers[HEAD_SIZE] = {0};
        for (size_t n = 0; key < to->keys && n < HEAD_SIZE; n += LANES)
            put_small(numbers + n,
                      wholes_near(floats_at(from + key * step + n) * inverse));
        int32_t groups[HEAD_SIZE / GROUP];
        memcpy(groups, numbers, sizeof groups);
        for (size_t group = 0; group < HEAD_SIZE / GROUP; group++)
            to->key_groups[group * to->stride + key] = groups[group];
    }
    for (size_t key = 0; key < to->stride; key += LANES) {
        wholes sum = {0};
        for (size_t group = 0; group < HEAD_SIZE / GROUP; group++)
            sum = groups_add(
                sum, wholes_all(GROUP_ONES),
                wholes_at(to->key_groups + group * to->stride + key));
        wholes_put(to->key_zeros + key, -GROUP_ZERO * sum);
    }
    for (size_t key = to->keys; key < to->stride; key++)
        to->key_zeros[key] = SCORE_NONE;
}

/* Groups of the same number of successive keys, [stride / GROUP][HEAD_SIZE]. */
static void pack_values(const float *from, size_t step, float inverse,
                        struct attention *to)
{
    for (size_t key = 0; key < to->stride; key += GROUP)
        for (size_t n = 0; n < HEAD_SIZE; n += LANES) {
            wholes groups = {0};
            for (size_t i = 0; i < GROUP && key + i < to->keys; i++) {
                const float *value = from + (key + i) * step + n;
                wholes numbers = wholes_near(floats_at(value) * inverse);
                groups |= (numbers & GROUP_MASK) << (int)(i * GROUP_BITS);
            }
            wholes_put(to->value_groups + key / GROUP * HEAD_SIZE + n, groups);
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

/* Sums of SCORE_ROWS queries with `columns` vectors of keys; `best` keeps the
 * largest of each query. */
static inline __attribute__((always_inline)) void
score_tile(const struct attention *attention, const small *queries, size_t key,
           size_t columns, int32_t *scores, wholes best[SCORE_ROWS])
{
    wholes sums[SCORE_ROWS][SCORE_COLUMNS];
#pragma GCC unroll 4
    for (size_t row = 0; row < SCORE_ROWS; row++)
#pragma GCC unroll 4
        for (size_t column = 0; column < columns; column++)
            sums[row][column] =
                wholes_at(attention->key_zeros + key + column * LANES);
    for (size_t group = 0; group < HEAD_SIZE / GROUP; group++) {
        const int32_t *keys =
            attention->key_groups + group * attention->stride + key;
#pragma GCC unroll 4
        for (size_t row = 0; row < SCORE_ROWS; row++) {
            wholes query = group_all(queries + row * HEAD_SIZE + group * GROUP);
#pragma GCC unroll 4
            for (size_t column = 0; column < columns; column++)
                sums[row][column] = groups_add(
                    sums[row][column], query, wholes_at(keys + column * LANES));
        }
    }
#pragma GCC unroll 4
    for (size_t row = 0; row < SCORE_ROWS; row++)
#pragma GCC unroll 4
        for (size_t column = 0; column < columns; column++) {
            best[row] = wholes_most(best[row], sums[row][column]);
            wholes_put(scores + row * KEYS_MAX + key + column * LANES,
                       sums[row][column]);
        }
}

static void score_rows(const struct attention *attention, const small *queries,
                       int32_t *scores, int32_t most[SCORE_ROWS])
{
    const size_t wide = (size_t)SCORE_COLUMNS * LANES;
    wholes best[SCORE_ROWS];
    for (size_t row = 0; row < SCORE_ROWS; row++)
        best[row] = wholes_all(SCORE_NONE);
    size_t key = 0;
    for (; key + wide <= attention->stride; key += wide)
        score_tile(attention, queries, key, SCORE_COLUMNS, scores, best);
    for (; key < attention->stride; key += LANES)
        score_tile(attention, queries, key, 1, scores, best);
    for (size_t row = 0; row < SCORE_ROWS; row++)
        most[row] = wholes_greatest(best[row]);
}

/* WEIGHT_MAX * 2^power for powers from POWER_LEAST to 0, to the nearest: the
 * low bits of each lane. Rounding leaves the whole part of the power in the
 * low bits of `moved`, from where it goes into the exponent. */
static inline wholes weight_of(floats power)
{
    power = floats_most(power, floats_all(POWER_LEAST));
    const floats moved = power + ROUNDER;
    const floats rest = power - (moved - ROUNDER);
    floats sum = floats_all(power_terms[2] * WEIGHT_MAX);
    sum = sum * rest + power_terms[1] * WEIGHT_MAX;
    sum = sum * rest + power_terms[0] * WEIGHT_MAX;
    const floats weight = (floats)((wholes)sum + ((wholes)moved << 23));
    return (wholes)(weight + ROUNDER);
}

/* The scores of SCORE_ROWS queries as weights. What is no key weighs nothing:
 * its score is that far below (see SCALE_LEAST). */
static void weigh_rows(const struct attention *attention, const int32_t *scores,
                       const int32_t most[SCORE_ROWS], small *weights)
{
    for (size_t key = 0; key < attention->stride; key += LANES)
#pragma GCC unroll 4
        for (size_t row = 0; row < SCORE_ROWS; row++) {
            floats below =
                floats_of(wholes_at(scores + row * KEYS_MAX + key) - most[row]);
            put_small(weights + row * KEYS_MAX + key,
                      weight_of(below * attention->score_scale));
        }
}

/* The sums of the weights of SCORE_ROWS queries, which end in zeros up to
 * `end`, a multiple of 64. */
static void sum_rows(const small *weights, size_t end, int32_t sums[SCORE_ROWS])
{
    for (size_t row = 0; row < SCORE_ROWS; row++) {
        wholes sum = {0};
        for (size_t key = 0; key < end; key += (size_t)GROUP * LANES)
            sum = groups_add(sum, wholes_at(weights + row * KEYS_MAX + key),
                             wholes_all(GROUP_ONES));
        sums[row] = wholes_sum(sum);
    }
}

/* Weighted sums of the values for VALUE_ROWS queries. */
static void mix_rows(const struct attention *attention, const small *weights,
                     const int32_t *sums, float *out, size_t step)
{
    wholes mixed[VALUE_ROWS][VALUE_COLUMNS] = {0};
    for (size_t key = 0; key < attention->stride; key += GROUP) {
        const int32_t *values =
            attention->value_groups + key / GROUP * HEAD_SIZE;
#pragma GCC unroll 8
        for (size_t row = 0; row < VALUE_ROWS; row++) {
            wholes weight = group_all(weights + row * KEYS_MAX + key);
#pragma GCC unroll 8
            for (size_t column = 0; column < VALUE_COLUMNS; column++)
                mixed[row][column] =
                    groups_add(mixed[row][column], weight,
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
    _Alignas(64) small weights[ATTENTION_BLOCK * KEYS_MAX];
    int32_t most[SCORE_ROWS];
    int32_t sums[ATTENTION_BLOCK];
    const size_t end = (attention->stride + 63) / 64 * 64;
    for (size_t i = 0; i < ATTENTION_BLOCK; i++)
        memset(weights + i * KEYS_MAX + attention->stride, 0,
               (end - attention->stride) * sizeof *weights);
    const small *queries = attention->queries;
    for (size_t row = 0; row < attention->rows; row += ATTENTION_BLOCK) {
        for (size_t i = 0; i < ATTENTION_BLOCK; i += SCORE_ROWS) {
            score_rows(attention, queries + (row + i) * HEAD_SIZE, scores,
                       most);
            weigh_rows(attention, scores, most, weights + i * KEYS_MAX);
            sum_rows(weights + i * KEYS_MAX, end, sums + i);
        }
        for (size_t i = 0; i < ATTENTION_BLOCK; i += VALUE_ROWS)
            mix_rows(attention, weights + i * KEYS_MAX, sums + i,
                     out + (row + i) * step, step);
    }
}

/* Heads */

/* MAP_ROWS at a time, so that sums need not wait for one another. */
#define MAP_ROWS 4

static inline __attribute__((always_inline)) void
map_rows(const float *rows, size_t count, size_t inputs, const float *weight,
         const float *bias, float *out, size_t width)
{
    for (size_t n = 0; n < width; n += LANES) {
        floats sums[MAP_ROWS] = {0};
        for (size_t k = 0; k < inputs; k++) {
            const floats factor = floats_at(weight + k * width + n);
#pragma GCC unroll 4
            for (size_t row = 0; row < count; row++)
                sums[row] += rows[row * inputs + k] * factor;
        }
        for (size_t row = 0; row < count; row++)
            floats_put(out + row * width + n, sums[row] + floats_at(bias + n));
    }
}

static void map(const float *rows, size_t count, size_t inputs,
                const float *weight, const float *bias, float *out,
                size_t width)
{
    for (; count >= MAP_ROWS; count -= MAP_ROWS) {
        map_rows(rows, MAP_ROWS, inputs, weight, bias, out, width);
        rows += MAP_ROWS * inputs;
        out += MAP_ROWS * width;
    }
    for (; count > 0; count--, rows += inputs, out += width)
        map_rows(rows, 1, inputs, weight, bias, out, width);
}

static void join(const float *origin, const float *gate, const float *rows,
                 const float *offsets, size_t count, size_t width, float *out)
{
    for (size_t at = 0; at < count * width; at += width)
        for (size_t n = 0; n < width; n += LANES) {
            floats sum = floats_at(origin + n) + floats_at(rows + at + n);
            sum += floats_at(offsets + at + n);
            floats_put(out + at + n, gelu(sum) * floats_at(gate + n));
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
    .join = join,
};
