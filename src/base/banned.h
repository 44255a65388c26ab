/*
 * banned.h - functions that make it easy to be wrong, as compile errors.
 *
 * Force-included before every source of ours (see meson.build). It brings in
 * the headers that declare these functions first, so that only our calls
 * are met. What to use instead stands in the name of the error.
 */
#ifndef MADAI_BANNED_H
#define MADAI_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define BANNED(name, instead) banned_##name##_use_##instead

/* Write without knowing how much room there is. */
#undef strcpy
#define strcpy(...) BANNED(strcpy, snprintf_or_memcpy)
#undef strcat
#define strcat(...) BANNED(strcat, snprintf_or_memcpy)
#undef strncpy
#define strncpy(...) BANNED(strncpy, snprintf_or_memcpy)
#undef strncat
#define strncat(...) BANNED(strncat, snprintf_or_memcpy)
#undef sprintf
#define sprintf(...) BANNED(sprintf, snprintf)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf, vsnprintf)
#undef gets
#define gets(...) BANNED(gets, getline)

/* Cannot say that the input was no number. */
#undef atoi
#define atoi(...) BANNED(atoi, strtol)
#undef atol
#define atol(...) BANNED(atol, strtol)
#undef atoll
#define atoll(...) BANNED(atoll, strtoll)
#undef atof
#define atof(...) BANNED(atof, strtod)

/* Keep hidden state that threads share. */
#undef strtok
#define strtok(...) BANNED(strtok, slices)
#undef strerror
#define strerror(...) BANNED(strerror, error_errno)
#undef rand
#define rand(...) BANNED(rand, a_generator_with_a_seed)
#undef gmtime
#define gmtime(...) BANNED(gmtime, gmtime_r)
#undef localtime
#define localtime(...) BANNED(localtime, localtime_r)
#undef ctime
#define ctime(...) BANNED(ctime, strftime)
#undef asctime
#define asctime(...) BANNED(asctime, strftime)

/* Give names that another process can take first. */
#undef tmpnam
#define tmpnam(...) BANNED(tmpnam, mkstemp)
#undef mktemp
#define mktemp(...) BANNED(mktemp, mkstemp)

#endif
