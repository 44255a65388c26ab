/*
 * test.h - cmocka with the headers that it wants before it, and what every
 * test of ours needs.
 *
 * A test's name is a sentence that says what holds. Random inputs come from
 * test_random with a seed that stands in the test, so that a failure can be
 * seen again.
 */
#ifndef MADAI_TEST_H
#define MADAI_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "error.h"

#define assert_error(error, wanted_kind, wanted_text)                          \
    do {                                                                       \
        assert_string_equal((error).text, (wanted_text));                      \
        assert_int_equal((error).kind, (wanted_kind));                         \
    } while (0)

/* The next number of a sequence (splitmix64). */
static inline uint64_t test_random(uint64_t *seed)
{
    uint64_t mixed = (*seed += 0x9E3779B97F4A7C15);
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31);
}

#endif
