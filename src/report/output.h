/*
 * output.h - bytes of a file while it is made, in an arena. As with a paper,
 * the first failure is kept and told at the end.
 */
#ifndef MADAI_OUTPUT_H
#define MADAI_OUTPUT_H

#include "arena.h"
#include "error.h"
#include "slice.h"

struct output {
    struct arena *arena; /* borrowed */
    struct error *error;
    bool is_failed;
    char *items;
    size_t count, capacity;
};

void output_begin(struct output *, struct arena *, struct error *);
void output_add(struct output *, const char *words);
void output_slice(struct output *, struct slice);
void output_print(struct output *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* & < > " as XML and HTML want them; what no XML may hold (control bytes,
 * bytes that are no UTF-8) as U+FFFD. */
void output_xml(struct output *, struct slice);
struct slice output_bytes(const struct output *);

#endif
