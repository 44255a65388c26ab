/*
 * annexes.h - the texts of a paper's documents as files of their own, names
 * replaced by codes as in the paper.
 */
#ifndef MADAI_ANNEXES_H
#define MADAI_ANNEXES_H

#include "paper.h"

/* Makes the folder, which must not be there yet, with D1.txt, D2.txt ... and
 * SHA256SUMS, which sha256sum -c reads. The texts are those that the paper was
 * made of, each held against its hash then. ERROR_USAGE, ERROR_IO. */
MUST_CHECK bool annexes_write(const struct paper *,
                              const struct protected_names *,
                              const char *folder, struct error *);

#endif
