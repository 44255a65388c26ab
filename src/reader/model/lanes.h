/*
 * lanes.h - as many numbers side by side as the processor takes at once.
 *
 * kernels.c is written once against this and compiled once for each
 * instruction set. All operations are exact (integers, minimum, rounding to
 * a whole number) or a single IEEE 754 operation on each lane, so the number
 * of lanes never shows in a result. Include this in kernels.c only.
 */
#ifndef MADAI_LANES_H
#define MADAI_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(KERNELS_PLAIN)
#define LANES 4
#elif defined(__AVX512BW__)
#include <immintrin.h>
#define LANES 16
#define LANES_DO(operation) _mm512_##operation
#define LANES_WHOLE si512
typedef __m512i lanes_bits;
#elif defined(__AVX2__)
#include <immintrin.h>
#define LANES 8
#define LANES_DO(operation) _mm256_##operation
typedef __m256i lanes_bits;
#elif defined(__SSE4_1__)
#include <immintrin.h>
#define LANES 4
#define LANES_DO(operation) _mm_##operation
typedef __m128i lanes_bits;
#else
#define LANES 4
#endif

/* They may alias: the same memory holds sums first, then what they mean. */
typedef float floats __attribute__((vector_size(4 * LANES), may_alias));
typedef int32_t wholes __attribute__((vector_size(4 * LANES), may_alias));
typedef int16_t halves __attribute__((vector_size(2 * LANES), may_alias));
typedef uint8_t octets __attribute__((vector_size(LANES), may_alias));

/* Memory is aligned to LANES numbers, except where said. */
static inline floats floats_at(const void *memory)
{
    return *(const floats *)memory;
}

static inline wholes wholes_at(const void *memory)
{
    return *(const wholes *)memory;
}

static inline void floats_put(void *memory, floats numbers)
{
    *(floats *)memory = numbers;
}

static inline void wholes_put(void *memory, wholes numbers)
{
    *(wholes *)memory = numbers;
}

static inline floats floats_all(float number) { return number - (floats){0}; }

static inline wholes wholes_all(int32_t number) { return number - (wholes){0}; }

static inline floats floats_of(wholes numbers)
{
    return __builtin_convertvector(numbers, floats);
}

/* Keeps the low bits of each; out has room for LANES and any alignment. */
static inline void put_octets(uint8_t *out, wholes numbers)
{
    octets small = __builtin_convertvector(numbers, octets);
    memcpy(out, &small, sizeof small);
}

static inline void put_halves(int16_t *out, wholes numbers)
{
    halves small = __builtin_convertvector(numbers, halves);
    memcpy(out, &small, sizeof small);
}

/* LANES signed bytes, widened. */
static inline wholes wholes_of_bytes(const int8_t *memory)
{
    typedef int8_t bytes __attribute__((vector_size(LANES)));
    bytes small;
    memcpy(&small, memory, sizeof small);
    return __builtin_convertvector(small, wholes);
}

/* To the nearest whole number, halves to even. Adding 1.5 * 2^23 leaves the
 * whole number in the low bits: no instruction's own rounding is asked.
 * Right below 2^22; beyond, some number, the same everywhere. */
#define ROUNDER 12582912.0f
#define ROUNDER_BITS 0x4B400000

static inline wholes wholes_near(floats numbers)
{
    return (wholes)(numbers + ROUNDER) - ROUNDER_BITS;
}

static inline int32_t whole_near(float number)
{
    float moved = number + ROUNDER;
    int32_t bits;
    memcpy(&bits, &moved, sizeof bits);
    return bits - ROUNDER_BITS;
}

/* a < b ? a : b and a > b ? a : b, as SSE has it: b where one is NaN. */
#ifdef LANES_DO
static inline floats floats_least(floats a, floats b)
{
    return LANES_DO(min_ps)(a, b);
}

static inline floats floats_most(floats a, floats b)
{
    return LANES_DO(max_ps)(a, b);
}

static inline wholes wholes_least(wholes a, wholes b)
{
    return (wholes)LANES_DO(min_epi32)((lanes_bits)a, (lanes_bits)b);
}

static inline wholes wholes_most(wholes a, wholes b)
{
    return (wholes)LANES_DO(max_epi32)((lanes_bits)a, (lanes_bits)b);
}
#else
static inline wholes lanes_choose(wholes which, wholes yes, wholes no)
{
    return (yes & which) | (no & ~which);
}

static inline floats floats_least(floats a, floats b)
{
    return (floats)lanes_choose(a < b, (wholes)a, (wholes)b);
}

static inline floats floats_most(floats a, floats b)
{
    return (floats)lanes_choose(a > b, (wholes)a, (wholes)b);
}

static inline wholes wholes_least(wholes a, wholes b)
{
    return lanes_choose(a < b, a, b);
}

static inline wholes wholes_most(wholes a, wholes b)
{
    return lanes_choose(a > b, a, b);
}
#endif

/* sum + a.low * b.low + a.high * b.high, where each lane of a and b holds
 * two signed 16-bit numbers. Exact while the sum fits in 32 bits. */
static inline wholes pairs_add(wholes sum, wholes a, wholes b)
{
#if defined(LANES_DO) && LANES == 16 && defined(__AVX512VNNI__)
    return (wholes)_mm512_dpwssd_epi32((lanes_bits)sum, (lanes_bits)a,
                                       (lanes_bits)b);
#elif defined(LANES_DO)
    return sum + (wholes)LANES_DO(madd_epi16)((lanes_bits)a, (lanes_bits)b);
#else
    const wholes low_a = (wholes)((a << 16) >> 16);
    const wholes low_b = (wholes)((b << 16) >> 16);
    return sum + low_a * low_b + (a >> 16) * (b >> 16);
#endif
}

/* Adds 16 halves times the pairs in `factor`. */
static inline wholes halves_add(wholes sum, const int16_t *numbers,
                                wholes factor)
{
#if LANES == 16
    const __m256i both = _mm256_loadu_si256((const __m256i *)numbers);
    return pairs_add(sum, (wholes)_mm512_zextsi256_si512(both), factor);
#else
    for (size_t i = 0; i < 16; i += 2 * LANES) {
        wholes pairs;
        memcpy(&pairs, numbers + i, sizeof pairs);
        sum = pairs_add(sum, pairs, factor);
    }
    return sum;
#endif
}

/* The order does not matter to these. */
#if LANES == 16
static inline int32_t wholes_greatest(wholes numbers)
{
    return _mm512_reduce_max_epi32((lanes_bits)numbers);
}

static inline int32_t wholes_sum(wholes numbers)
{
    return _mm512_reduce_add_epi32((lanes_bits)numbers);
}
#else
static inline int32_t wholes_greatest(wholes numbers)
{
    int32_t most = numbers[0];
    for (int i = 1; i < LANES; i++)
        most = numbers[i] > most ? numbers[i] : most;
    return most;
}

static inline int32_t wholes_sum(wholes numbers)
{
    int32_t sum = 0;
    for (int i = 0; i < LANES; i++)
        sum += numbers[i];
    return sum;
}
#endif

static inline float floats_greatest(floats numbers)
{
    float most = numbers[0];
    for (int i = 1; i < LANES; i++)
        most = numbers[i] > most ? numbers[i] : most;
    return most;
}

static inline float floats_smallest(floats numbers)
{
    return -floats_greatest(-numbers);
}

/* A sum whose order is the same for any number of lanes: sixteen partial
 * sums (of every sixteenth number), then halved four times. */
#define PARTS (16 / LANES)

static inline float parts_sum(const floats parts[PARTS])
{
    float sums[16];
    memcpy(sums, parts, sizeof sums);
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++)
            sums[i] += sums[i + half];
    return sums[0];
}

#endif
