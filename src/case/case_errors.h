/*
 * case_errors.h - which failures are one document's, and which stop the work.
 */
#ifndef MADAI_CASE_ERRORS_H
#define MADAI_CASE_ERRORS_H

#include "error.h"

/* The document is not as it must be, or too large; the next may be well. */
static inline bool is_refusal(const struct error *error)
{
    return error->kind == ERROR_BAD_INPUT || error->kind == ERROR_NOT_FOUND ||
           error->kind == ERROR_USAGE;
}

#endif
