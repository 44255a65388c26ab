/*
 * casefile_unsafe.h - takes away what keeps a case when the power goes, so
 * that a test can show that it is missed. For tests alone.
 */
#ifndef MADAI_CASEFILE_UNSAFE_H
#define MADAI_CASEFILE_UNSAFE_H

#include "casefile.h"

/* Writes are no longer forced to the disk. */
MUST_CHECK bool casefile_unsynchronised(struct casefile *, struct error *);

#endif
