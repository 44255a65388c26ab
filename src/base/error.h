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

/* Sets kind and words. Always returns false: `return error_set(...);` */
bool error_set(struct error *, enum error_kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "words: " before what is there. Always returns false. */
bool error_prefix(struct error *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Says what the machine said: error_errno(error, errno, "cannot open") gives
 * "cannot open: Permission denied". The kind follows the number. Always
 * returns false. */
bool error_errno(struct error *, int number, const char *doing);

#define MUST_CHECK __attribute__((warn_unused_result))

#endif
