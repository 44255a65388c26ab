/*
 * unread.h - what the network sees in places that are not read (links, adverts,
 * other languages) is dropped.
 */
#ifndef MADAI_UNREAD_H
#define MADAI_UNREAD_H

#include "label.h"

/* Leaves nothing of the labels that begins in such a place; links and
 * antecedents that pointed there are none. Linear; nothing where all is
 * read. */
MUST_CHECK bool labels_drop_unread(const struct text *, struct arena *,
                                   struct labels *, struct error *);

#endif
