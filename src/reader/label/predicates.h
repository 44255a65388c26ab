/*
 * predicates.h - frames, acts, MUC-4's roles and mentions of one window, taken
 * over into the labels of the text.
 *
 * As with names, what begins in the core of a window is that window's.
 */
#ifndef MADAI_PREDICATES_H
#define MADAI_PREDICATES_H

#include "antecedents.h"
#include "heads.h"
#include "windows.h"

/* A predicate has no more arguments than this; what comes behind is left out.
 * PropBank's have 9 at most. An act may name more people. */
#define ARGUMENTS_MAX ((size_t)12)
#define PARTICIPANTS_MAX ((size_t)16)

/* What was just scored, and where it goes; all borrowed. */
struct scored_window {
    struct heads *heads;
    const struct text *text;
    const struct window *window;
    struct arena *arena;
    struct labels *labels;
};

/* ERROR_LIMIT. Nothing is added where the model cannot tell. */
MUST_CHECK bool acts_add(const struct scored_window *, struct error *);
MUST_CHECK bool roles_add(const struct scored_window *, struct error *);
MUST_CHECK bool frames_add(const struct scored_window *, struct error *);
MUST_CHECK bool mentions_add(const struct scored_window *, struct antecedents *,
                             bool wants_extents, struct error *);

/* The tokens of a piece of the window, and whether it is the window's own. */
struct span window_tokens(const struct window *, struct span words);
bool window_owns(const struct window *, uint32_t token);

#endif
