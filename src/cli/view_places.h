/*
 * view_places.h - the places of a reading for a person: each once, where it
 * lies, and why that one is meant (`madai read --places`).
 */
#ifndef MADAI_VIEW_PLACES_H
#define MADAI_VIEW_PLACES_H

#include "view.h"

/* False where the sink refused, with its error, or memory is out. */
MUST_CHECK bool view_places_write(const struct reading *,
                                  const struct view_options *, struct json_sink,
                                  struct error *);

#endif
