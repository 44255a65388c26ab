/*
 * model_search.h - which weight file, and which gazetteer, to use where nobody
 * names one.
 *
 * In this order: $MADAI_MODEL or $MADAI_GAZETTEER; share/madai/ beside or above
 * the folder that this program or library lies in (the installed place,
 * wherever the prefix was moved to); model/ above it (the build tree);
 * /usr/local/share/madai and /usr/share/madai. No path of the build is compiled
 * in.
 */
#ifndef MADAI_MODEL_SEARCH_H
#define MADAI_MODEL_SEARCH_H

#include <limits.h>

#include "error.h"
#include "gazetteer.h"
#include "model.h"

/* The files' names in all of those places. */
#define MODEL_FILE "madai.model"
#define GAZETTEER_FILE "madai.gazetteer"

/* `given`, or the first of the places that has a file, into `path`.
 * ERROR_NOT_FOUND says where it was looked for. A path that was given or
 * stands in $MADAI_MODEL is taken as it is, whether it is there or not. */
MUST_CHECK bool model_search(const char *given, char path[PATH_MAX],
                             struct error *);

/* model_open, with the path in what it says. */
MUST_CHECK struct model *model_open_at(const char *path, struct error *);

/* The same for the gazetteer. */
MUST_CHECK bool gazetteer_search(const char *given, char path[PATH_MAX],
                                 struct error *);

/* Opens it. Where none was named and none is found, or the name is "none",
 * it is NULL, and that is no error: places are found then, and not placed.
 * Yours to close. */
MUST_CHECK bool gazetteer_open_if(const char *given, struct gazetteer **,
                                  struct error *);

#endif
