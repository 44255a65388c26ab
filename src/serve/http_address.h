/*
 * http_address.h - what a client asks for, taken apart strictly: a path in
 * pieces and a query in names and values, each decoded once.
 *
 * The library hands over addresses as they came; nothing else of ours decodes
 * them. Refused: what does not begin with one '/', a piece that is '.' or
 * '..' or has a '/' in it once decoded, escapes that are none, NUL and other
 * control characters, bytes that are no UTF-8, a name twice.
 */
#ifndef MADAI_HTTP_ADDRESS_H
#define MADAI_HTTP_ADDRESS_H

#include "arena.h"
#include "slice.h"

enum {
    ADDRESS_BYTES_MAX = 4096,
    ADDRESS_PIECES_MAX = 8,
    ADDRESS_VALUES_MAX = 16,
};

struct http_address {
    const char *pieces[ADDRESS_PIECES_MAX]; /* the arena's */
    size_t piece_count;                     /* 0: "/" itself */
    const char *names[ADDRESS_VALUES_MAX];
    const char *values[ADDRESS_VALUES_MAX];
    size_t value_count;
};

/* ERROR_USAGE: a bad address; ERROR_LIMIT. */
MUST_CHECK bool address_parse(struct slice, struct arena *,
                              struct http_address *, struct error *);

/* The value of this name; NULL where it is not given. */
const char *address_value(const struct http_address *, const char *name);

/* A number from 0 to `most`; `usual` where it is not given. ERROR_USAGE. */
MUST_CHECK bool address_number(const struct http_address *, const char *name,
                               uint64_t usual, uint64_t most, uint64_t *,
                               struct error *);

/* ERROR_USAGE where a name is given that is not among these. */
MUST_CHECK bool address_only(const struct http_address *,
                             const char *const *names, size_t count,
                             struct error *);

#endif
