/*
 * convert.h - untrusted bytes to text: the front door of intake.
 *
 * Plain UTF-8 is only checked, here and at memory speed; all else goes to a
 * helper (helper.h).
 */
#ifndef MADAI_CONVERT_H
#define MADAI_CONVERT_H

#include "conversion.h"
#include "error.h"

struct convert_options {
    const char *name; /* the file's; data, "" for none */
    bool is_unsafe;   /* --unsafe-parsing */
};

/* The conversion of these bytes, which must stay as long as it: a text that is
 * the same is not copied. All else of it is the arena's.
 * ERROR_BAD_INPUT: what it is, and why it cannot be read; ERROR_NOT_FOUND: no
 * helper is installed; ERROR_LIMIT, ERROR_IO: the machine. Thread-safe for
 * different arenas. */
MUST_CHECK bool convert(struct slice bytes, const struct convert_options *,
                        struct arena *, struct conversion *, struct error *);

/* Whether the bytes can be read without a helper: then convert costs a look. */
bool convert_is_plain(struct slice bytes, const char *name);

/* Whether convert would try at all, or say that nothing reads this. */
bool convert_is_readable(struct slice bytes, const char *name);

#endif
