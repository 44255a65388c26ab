/*
 * link_origins.c - what goes back to one origin.
 */
#include "link_run.h"

enum { COPY_LEAST = 400 }; /* thousandths of a text that lie in another */

/* Texts that hold each other's go back to one. */
bool run_copies(struct run *run)
{
    run->text_of = arena_take(run->arena, run->document_count,
                              sizeof *run->text_of, run->error);
    if (run->text_of == NULL ||
        !copies_find(run->documents, run->document_count, COPY_LEAST,
                     run->arena, &run->copies, run->error))
        return false;
    for (uint32_t i = 0; i < run->document_count; i++)
        run->text_of[i] = i;
    for (size_t i = 0; i < run->copies.count; i++) {
        uint32_t one = run->copies.items[i].one,
                 other = run->copies.items[i].other;
        while (run->text_of[one] != one)
            one = run->text_of[one];
        while (run->text_of[other] != other)
            other = run->text_of[other];
        if (one < other)
            run->text_of[other] = one;
        else
            run->text_of[one] = other;
    }
    for (uint32_t i = 0; i < run->document_count; i++)
        run->text_of[i] = run->text_of[run->text_of[i]];
    return true;
}

bool run_origins(struct run *run)
{
    (void)run;
    return true;
}
