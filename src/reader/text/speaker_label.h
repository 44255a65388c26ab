/*
 * speaker_label.h - what a transcript has between speeches.
 */
#ifndef MADAI_SPEAKER_LABEL_H
#define MADAI_SPEAKER_LABEL_H

#include "text.h"

/* "(Laughter)", "[Applause]" as a paragraph of its own: not said, and the
 * speech goes on behind it. */
bool is_stage_direction(const struct text *, struct span paragraph);

#endif
