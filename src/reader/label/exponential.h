/*
 * exponential.h - e to a power, the same bits on every machine: the C
 * library's differs from one to the next.
 */
#ifndef MADAI_EXPONENTIAL_H
#define MADAI_EXPONENTIAL_H

#include <stdint.h>
#include <string.h>

/* For x up to 700; 0 below -700. Relative error below 1e-15: a Taylor series
 * to the 13th power on half a power of two either side. */
static inline double exponential(double x)
{
    static const double terms[14] = {
        1.0,
        1.0,
        1.0 / 2,
        1.0 / 6,
        1.0 / 24,
        1.0 / 120,
        1.0 / 720,
        1.0 / 5040,
        1.0 / 40320,
        1.0 / 362880,
        1.0 / 3628800,
        1.0 / 39916800,
        1.0 / 479001600,
        1.0 / 6227020800.0,
    };
    if (!(x > -700.0))
        return 0.0;
    if (x > 700.0)
        x = 700.0;
    const double twos = x * 0x1.71547652b82fep+0;
    const int64_t whole = (int64_t)(twos < 0 ? twos - 0.5 : twos + 0.5);
    const double rest = (x - (double)whole * 0x1.62e42fee00000p-1) -
                        (double)whole * 0x1.a39ef35793c76p-33;
    double sum = terms[13];
    for (int i = 12; i >= 0; i--)
        sum = sum * rest + terms[i];
    uint64_t bits;
    memcpy(&bits, &sum, sizeof bits);
    bits += (uint64_t)whole << 52;
    memcpy(&sum, &bits, sizeof bits);
    return sum;
}

#endif
