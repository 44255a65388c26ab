/*
 * conversion_json.h - a conversion as one JSON object: docs/intake.md.
 */
#ifndef MADAI_CONVERSION_JSON_H
#define MADAI_CONVERSION_JSON_H

#include "conversion.h"
#include "json.h"

/* In one line, without its end. `id` is what the document is called; `original`
 * its bytes, of which the hash is told. */
MUST_CHECK bool conversion_json_write(const struct conversion *,
                                      struct slice id, struct slice original,
                                      struct json_sink, struct error *);

/* What is kept of it beside its text: places, facts and warnings, as "map/1" of
 * docs/case-file-format.md, in one line. */
MUST_CHECK bool conversion_map_write(const struct conversion *,
                                     struct json_sink, struct error *);

#endif
