/*
 * part_marks.h - from what a page says that its pieces are (intake's origins,
 * or the places of a stored map) to the marks that the reader takes.
 *
 * Both sides call kinds by the names of READING.md; what has no such name
 * (footnotes, tracked changes) is for the reader to tell.
 */
#ifndef MADAI_PART_MARKS_H
#define MADAI_PART_MARKS_H

#include "conversion.h"
#include "text.h"
#include "text_map.h"

struct part_marks {
    struct part_mark *items; /* the arena's */
    size_t count, capacity;
};

MUST_CHECK bool part_marks_of_conversion(const struct conversion *,
                                         struct arena *, struct part_marks *,
                                         struct error *);
MUST_CHECK bool part_marks_of_map(const struct text_map *, struct arena *,
                                  struct part_marks *, struct error *);

#endif
