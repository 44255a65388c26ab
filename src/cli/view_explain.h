/*
 * view_explain.h - how a text came to be read as it is, sentence by sentence:
 * its words, what the network sees in them, what the lexicon knows, what is
 * made of both. docs/reader.md goes through one such sentence.
 */
#ifndef MADAI_VIEW_EXPLAIN_H
#define MADAI_VIEW_EXPLAIN_H

#include "view.h"

/* The reading has READING_LABELS and READING_FRAMES. Time grows with the text
 * and what is found in it. */
MUST_CHECK bool view_explain(const struct reading *,
                             const struct view_options *, struct json_sink,
                             struct error *);

#endif
