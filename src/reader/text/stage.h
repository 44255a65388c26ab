/*
 * stage.h - the stages of text_analyse, in their order. Each fills the list
 * that it is named after, from those before it. All are linear in the length
 * of the text and fail only for memory.
 */
#ifndef MADAI_STAGE_H
#define MADAI_STAGE_H

#include "text.h"

MUST_CHECK bool paragraphs_find(struct text *, struct arena *, struct error *);
MUST_CHECK bool quotations_find(struct text *, struct arena *, struct error *);
MUST_CHECK bool sentences_find(struct text *, struct arena *, struct error *);
/* The heads only: `last` of each label is its `first` + 1 until
 * speakers_extend. */
MUST_CHECK bool speakers_find(struct text *, struct arena *, struct error *);
MUST_CHECK bool parts_find(struct text *, struct arena *, struct error *);
/* How far each label reaches, which depends on the parts. */
MUST_CHECK bool speakers_extend(struct text *, struct arena *, struct error *);
MUST_CHECK bool languages_find(struct text *, struct arena *, struct error *);
MUST_CHECK bool unread_find(struct text *, struct arena *, struct error *);

#endif
