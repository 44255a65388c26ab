/*
 * child.h - the frame of a helper program: begin, shut in, convert, end.
 *
 * A converter is one file with one function that takes any bytes. Its main
 * names it and says what must be loaded before the door closes.
 */
#ifndef MADAI_CHILD_H
#define MADAI_CHILD_H

#include "writer.h"

struct converter {
    /* Loads what the library would open later; NULL: nothing. */
    void (*prepare)(void);
    /* Folders that may be read afterwards; see sandbox.h. */
    const char *const *folders;
    /* Says all there is and ends with writer_finish or writer_refuse. */
    void (*convert)(struct slice bytes, enum file_kind, struct writer *);
};

/* The whole of main. Never comes back. */
_Noreturn void child_run(const struct converter *, int argc, char **argv);

#endif
