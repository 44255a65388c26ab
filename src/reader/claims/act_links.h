/*
 * act_links.h - joins figures to acts, once both are found. When and where an
 * act was is act_when.h's.
 */
#ifndef MADAI_ACT_LINKS_H
#define MADAI_ACT_LINKS_H

#include "reading.h"

/* The act that a figure counts for, or READING_NONE. */
uint32_t act_of_figure(const struct reading *, const struct figure *);

#endif
