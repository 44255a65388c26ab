/*
 * error.h - what went wrong, said once where it happened.
 *
 * A function that can fail takes `struct error *` last and returns false
 * (or NULL). On success the error is untouched, so calls chain with &&.
 * Each layer that knows more puts its words before those below it
 * (error_prefix), so that a person reads "annex.txt: line 3: not JSON".
 * Nothing below serve and cli prints.
 */
#ifndef MADAI_ERROR_H
#define MADAI_ERROR_H

#include <stdbool.h>

enum error_kind {
    ERROR_NONE,
    ERROR_NOT_FOUND, /* no such file, record, model */
    ERROR_BAD_INPUT, /* the document or line is not what it should be */
    ERROR_USAGE,     /* the command or call was wrong */
    ERROR_LIMIT,     /* a stated ceiling, or memory, was reached */
    ERROR_IO,        /* the machine: disk, pipe, permission */
    ERROR_CORRUPT,   /* unreadable: a model or case file is damaged */
    ERROR_TAMPERED,  /* readable, but not what was recorded */
};

struct error {
    enum error_kind kind;
    char text[256]; /* UTF-8, NUL-terminated, cut at a character border */
};

/* error_set(error, kind, format, ...) sets kind and words;
 * error_prefix(error, format, ...) puts "words: " before what is there;
 * error_errno(error, errno, "cannot open") says what the machine said,
 * "cannot open: Permission denied", and the kind follows the number.
 * All are false: `return error_set(...);`. They are macros so that compilers
 * and analysers see the false where they look at the caller. */
#define error_set(...) error_false_(error_set_(__VA_ARGS__))
#define error_prefix(...) error_false_(error_prefix_(__VA_ARGS__))
#define error_errno(...) error_false_(error_errno_(__VA_ARGS__))

bool error_set_(struct error *, enum error_kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool error_prefix_(struct error *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
bool error_errno_(struct error *, int number, const char *doing);

static inline bool error_false_(bool always_false)
{
    (void)always_false;
    return false;
}

#define MUST_CHECK __attribute__((warn_unused_result))

#endif
