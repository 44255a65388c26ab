/*
 * view_findings.h - behind the text of a document, in short lists: how many,
 * and what was done about it.
 */
#ifndef MADAI_VIEW_FINDINGS_H
#define MADAI_VIEW_FINDINGS_H

#include "layout.h"
#include "view.h"

/* Figures of at least options->min_confidence; nothing where there are
 * none. */
void view_figures(struct layout *, const struct reading *,
                  const struct view_options *);
/* Interventions, and what came of them; the same. */
void view_interventions(struct layout *, const struct reading *,
                        const struct view_options *);

#endif
