/*
 * case_key.h - the key of a case, opened with its owner's passphrase.
 */
#ifndef MADAI_CASE_KEY_H
#define MADAI_CASE_KEY_H

#include "casefile.h"
#include "signing_key.h"

/* The key in force. ERROR_USAGE where there is none yet. signing_key_close
 * it. */
MUST_CHECK bool case_key_open(struct casefile *, const char *passphrase_file,
                              struct signing_key *, struct error *);

/* The bytes to a file that must not be there, "-" for standard output. */
MUST_CHECK bool case_write_file(const char *path, struct slice, struct error *);

#endif
