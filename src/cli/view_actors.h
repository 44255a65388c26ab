/*
 * view_actors.h - the actors of a reading for a person: each once, what kind
 * of party it is, its offices, and how the text speaks of it
 * (`madai read --actors`).
 */
#ifndef MADAI_VIEW_ACTORS_H
#define MADAI_VIEW_ACTORS_H

#include "view.h"

/* False where the sink refused, with its error, or memory is out. */
MUST_CHECK bool view_actors_write(const struct reading *,
                                  const struct view_options *, struct json_sink,
                                  struct error *);

#endif
