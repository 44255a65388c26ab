/*
 * error.c - setting and prefixing errors.
 *
 * Invariant: `text` always ends in NUL, and a text that was too long is cut
 * between two characters, never within one.
 */
#include "error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts off a last character of which only the first bytes found room. */
static void error_cut(char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && length - start < 3 &&
           ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length - (start - 1) < wanted)
        text[start - 1] = '\0';
}

static void error_write(struct error *error, const char *format, va_list values)
    __attribute__((format(printf, 2, 0)));

static void error_write(struct error *error, const char *format, va_list values)
{
    int wanted = vsnprintf(error->text, sizeof error->text, format, values);
    if (wanted < 0)
        error->text[0] = '\0';
    else if ((size_t)wanted >= sizeof error->text)
        error_cut(error->text, sizeof error->text - 1);
}

bool error_set_(struct error *error, enum error_kind kind, const char *format,
                ...)
{
    va_list values;
    va_start(values, format);
    error->kind = kind;
    error_write(error, format, values);
    va_end(values);
    return false;
}

bool error_prefix_(struct error *error, const char *format, ...)
{
    char below[sizeof error->text];
    memcpy(below, error->text, sizeof below);
    va_list values;
    va_start(values, format);
    error_write(error, format, values);
    va_end(values);

    size_t length = strlen(error->text);
    size_t room = sizeof error->text - length;
    int wanted = snprintf(error->text + length, room, ": %s", below);
    if (wanted < 0)
        error->text[length] = '\0';
    else if ((size_t)wanted >= room)
        error_cut(error->text, sizeof error->text - 1);
    return false;
}

bool error_errno_(struct error *error, int number, const char *doing)
{
    enum error_kind kind = number == ENOENT || number == ENOTDIR
                               ? ERROR_NOT_FOUND
                           : number == ENOMEM ? ERROR_LIMIT
                                              : ERROR_IO;
    char words[128];
    const char *reason = strerror_r(number, words, sizeof words);
    return error_set(error, kind, "%s: %s", doing, reason);
}
