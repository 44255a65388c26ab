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

/* The low 8 (16) bits of each lane, side by side; any alignment. Compilers
 * make a dozen instructions of the plain form. */
static inline void put_octets(uint8_t *out, wholes numbers)
{
#if !defined(LANES_DO)
    octets packed = __builtin_convertvector(numbers, octets);
#elif LANES == 16
    const __m128i packed = _mm512_cvtepi32_epi8((lanes_bits)numbers);
#else
    const __m128i pick = _mm_set1_epi32(0x0C080400);
#if LANES == 8
    const __m128i low = _mm256_castsi256_si128((lanes_bits)numbers);
    const __m128i high = _mm256_extracti128_si256((lanes_bits)numbers, 1);
    const int64_t packed = _mm_cvtsi128_si64(_mm_unpacklo_epi32(
        _mm_shuffle_epi8(low, pick), _mm_shuffle_epi8(high, pick)));
#else
    const int32_t packed =
        _mm_cvtsi128_si32(_mm_shuffle_epi8((lanes_bits)numbers, pick));
#endif
#endif
    memcpy(out, &packed, sizeof packed);
}

static inline void put_halves(int16_t *out, wholes numbers)
{
#if !defined(LANES_DO)
    halves packed = __builtin_convertvector(numbers, halves);
#elif LANES == 16
    const __m256i packed = _mm512_cvtepi32_epi16((lanes_bits)numbers);
#else
    const __m128i pick = _mm_set1_epi64x(0x0D0C090805040100);
#if LANES == 8
    const __m128i low = _mm256_castsi256_si128((lanes_bits)numbers);
    const __m128i high = _mm256_extracti128_si256((lanes_bits)numbers, 1);
    const __m128i packed = _mm_unpacklo_epi64(_mm_shuffle_epi8(low, pick),
                                              _mm_shuffle_epi8(high, pick));
#else
    const int64_t packed =
        _mm_cvtsi128_si64(_mm_shuffle_epi8((lanes_bits)numbers, pick));
#endif
#endif
    memcpy(out, &packed, sizeof packed);
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

/* Small numbers lie in groups, as many as one lane of 32 bits holds:
 *
 *     groups_add(sum, a, b) = sum + the products of a's and b's, number by
 * number
 *
 * exact while the sum fits. With VNNI they have 8 bits, unsigned in a and
 * signed in b, and four make a group; else 16 bits, two a group. Which it is
 * shows only in how they are packed. */
#if defined(LANES_DO) && LANES == 16 && defined(__AVX512VNNI__)
#define GROUP 4
#define GROUP_ZERO 128 /* added to signed numbers that go into a */
typedef uint8_t small;

static inline wholes groups_add(wholes sum, wholes a, wholes b)
{
    return (wholes)_mm512_dpbusd_epi32((lanes_bits)sum, (lanes_bits)a,
                                       (lanes_bits)b);
}
#else
#define GROUP 2
#define GROUP_ZERO 0
typedef int16_t small;

static inline wholes groups_add(wholes sum, wholes a, wholes b)
{
#if defined(LANES_DO)
    return sum + (wholes)LANES_DO(madd_epi16)((lanes_bits)a, (lanes_bits)b);
#else
    const wholes low_a = (wholes)((a << 16) >> 16);
    const wholes low_b = (wholes)((b << 16) >> 16);
    return sum + low_a * low_b + (a >> 16) * (b >> 16);
#endif
}
#endif

#define GROUP_BITS (32 / GROUP)
#define GROUP_MASK (GROUP == 4 ? 0xff : 0xffff)
#define GROUP_ONES (GROUP == 4 ? 0x01010101 : 0x00010001)

/* The low bits of each lane, side by side. */
static inline void put_small(small *out, wholes numbers)
{
#if GROUP == 4
    put_octets(out, numbers);
#else
    put_halves(out, numbers);
#endif
}

/* The group there, in every lane. */
static inline wholes group_all(const small *group)
{
    int32_t bits;
    memcpy(&bits, group, sizeof bits);
    return wholes_all(bits);
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

static inline float floats_greatest(floats numbers)
{
    return _mm512_reduce_max_ps(numbers);
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

static inline float floats_greatest(floats numbers)
{
    float most = numbers[0];
    for (int i = 1; i < LANES; i++)
        most = numbers[i] > most ? numbers[i] : most;
    return most;
}
#endif

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
    for (size_t part = 0; part < PARTS; part++)
        memcpy(sums + part * LANES, &parts[part], sizeof parts[part]);
    for (int half = 8; half > 0; half /= 2)
        for (int i = 0; i < half; i++)
            sums[i] += sums[i + half];
    return sums[0];
}

#endif
