/*
 * work.h - documents read side by side, and written in their order.
 *
 * Each worker has a labeller and an arena of its own; the model is shared.
 */
#ifndef MADAI_WORK_H
#define MADAI_WORK_H

#include "command.h"
#include "input.h"
#include "queue.h"
#include "ticker.h"
#include "view.h"

struct work {
    const struct model *model;
    const struct gazetteer *gazetteer; /* or NULL */
    struct input *input;
    struct queue *queue;
    struct tally *tally;
    struct slice date; /* for documents that bring none */
    bool is_json;
    bool has_text;   /* with --with-text */
    bool is_unsafe;  /* --unsafe-parsing */
    unsigned layers; /* of enum reading_layer, for JSON */
    struct view_options view;
    /* Below: the outcome. */
    _Atomic bool is_out; /* memory or the machine, for some document */
};

/* Reads all there is, with `threads` workers. False, with the error, where
 * not even the first could start. */
MUST_CHECK bool work_do(struct work *, unsigned threads, struct error *);

#endif
