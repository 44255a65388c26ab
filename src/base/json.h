/*
 * json.h - JSON by jansson, with our errors, and JSON text as it is made.
 *
 * Objects keep the order of their keys. A reading can be large: its text goes
 * out through a sink.
 */
#ifndef MADAI_JSON_H
#define MADAI_JSON_H

#include <jansson.h>

#include "arena.h"
#include "error.h"
#include "slice.h"

/* More than a text can have, so a longer value is no document of ours. */
#define JSON_BYTES_MAX ((size_t)1 << 30)
#define JSON_DEPTH_MAX 512

/* Where JSON text goes: false and an error stop the writing. */
struct json_sink {
    bool (*write)(void *context, struct slice, struct error *);
    void *context;
};

/* Parses exactly one value, which may be of any type, with white space
 * around it. Refused with ERROR_BAD_INPUT and the place ("byte 17: ..."):
 * what is no JSON, bytes that are no UTF-8, the same key twice; with
 * ERROR_LIMIT: more than JSON_BYTES_MAX bytes or JSON_DEPTH_MAX levels.
 * Strings may hold U+0000: use json_string_length. Yours to json_decref. */
MUST_CHECK json_t *json_read(struct slice, struct error *);

/* jansson's json_pack: an "s" that is NULL or no UTF-8 is ERROR_BAD_INPUT, all
 * else that fails is no memory. Yours to json_decref. */
MUST_CHECK json_t *json_make(struct error *, const char *format, ...);

/* A member for each that says something; neither NULL nor "" does. */
MUST_CHECK bool json_put_words(json_t *object, const char *const *keys,
                               const char *const *values, size_t count,
                               struct error *);

/* Writes the value in one line, without a line break at the end. */
MUST_CHECK bool json_write(const json_t *, struct json_sink, struct error *);

/* The same as a string in the arena, for values that are small; with sorted
 * keys it says the same of equal values. NULL: no memory. */
enum json_order { JSON_AS_IT_IS, JSON_SORTED };
MUST_CHECK char *json_text(const json_t *, enum json_order, struct arena *,
                           struct error *);

/* Writes the text as a JSON string, with its quotation marks. A byte that is
 * no UTF-8 becomes U+001A SUBSTITUTE, which is one byte too: offsets into
 * the text hold for what a reader of the JSON gets. */
MUST_CHECK bool json_write_string(struct slice, struct json_sink,
                                  struct error *);

#endif
