/*
 * contents.h - bytes in the case, known by their hash, kept in chunks.
 *
 * Chunks are small enough that a passage can be read from the middle of a
 * large text without the rest, and no SQLite limit bounds a document.
 */
#ifndef MADAI_CONTENTS_H
#define MADAI_CONTENTS_H

#include "casefile.h"
#include "json.h"
#include "sha256.h"

#define CONTENT_CHUNK ((size_t)65536)
#define CONTENT_CHUNKS_MAX ((uint64_t)1 << 24) /* a terabyte */

/* Keeps the bytes, whose hash is `sha256`, unless they are there already; and
 * reads them back. Within a transaction. */
MUST_CHECK bool content_keep(struct casefile *, struct slice,
                             const char *sha256, int64_t *id, struct error *);

/* Reads what is stored to its end and hashes it. ERROR_TAMPERED where it is
 * not what its hash says; ERROR_NOT_FOUND. `sink`, which may be NULL, gets
 * the bytes as they come, before it is known that they are right. */
MUST_CHECK bool content_check(struct casefile *, int64_t id,
                              const struct json_sink *sink, struct error *);

/* All bytes, hashed, in the arena. ERROR_TAMPERED, ERROR_LIMIT. */
MUST_CHECK bool content_read(struct casefile *, int64_t id, struct arena *,
                             struct slice *, struct error *);

/* The bytes [begin, end), as far as the content goes, unhashed: a passage is
 * checked by its own hash. In the arena. */
MUST_CHECK bool content_part(struct casefile *, int64_t id, struct span,
                             struct arena *, struct slice *, struct error *);

/* Erases it, unless a document or text still uses it. */
MUST_CHECK bool content_erase(struct casefile *, int64_t id, struct error *);

#endif
