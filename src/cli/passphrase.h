/*
 * passphrase.h - asked for on the terminal without showing it, or read from a
 * file. Never on a command line, where others see it.
 */
#ifndef MADAI_PASSPHRASE_H
#define MADAI_PASSPHRASE_H

#include "error.h"
#include "slice.h"

enum { PASSPHRASE_SIZE = 1024 };

struct passphrase {
    char bytes[PASSPHRASE_SIZE];
    size_t length;
};

/* The first line of `file`, or asked for where that is NULL; twice, where it
 * `is_new`. ERROR_USAGE: empty, too long, not the same twice, no terminal. */
MUST_CHECK bool passphrase_get(const char *file, bool is_new,
                               struct passphrase *, struct error *);
void passphrase_wipe(struct passphrase *);

#endif
