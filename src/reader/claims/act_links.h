/*
 * act_links.h - joins acts to times and places, and figures to acts, once all
 * are found. Time grows with their number.
 */
#ifndef MADAI_ACT_LINKS_H
#define MADAI_ACT_LINKS_H

#include "reading.h"

/* Sets `time` of every act: of its sentence, else of its paragraph. */
void act_times(struct reading *);

/* Sets `place` of every act: what the sentence names close behind it. */
void act_places(struct reading *);

/* The act that a figure counts for, or READING_NONE. */
uint32_t act_of_figure(const struct reading *, const struct figure *);

#endif
