/*
 * c2pa.h - whether a file carries content credentials (C2PA 2.1, 11.1).
 *
 * A manifest store is a JUMBF box of a type that is the same in every format
 * (A.3 to A.5: JPEG, PNG, TIFF, WebP, PDF), so its sixteen bytes are looked
 * for. In a PDF they may be packed, and are then not seen.
 */
#ifndef MADAI_C2PA_H
#define MADAI_C2PA_H

#include "writer.h"

/* The fact, where there is one: that there is none proves nothing, and is said
 * only of formats in which it would be seen. */
static inline void c2pa_say(struct slice bytes, bool is_sure,
                            struct writer *writer)
{
    static const char store[] =
        "c2pa\x00\x11\x00\x10\x80\x00\x00\xAA\x00\x38\x9B\x71";
    bool is_there =
        bytes.length >= sizeof store - 1 &&
        memmem(bytes.data, bytes.length, store, sizeof store - 1) != NULL;
    if (is_there)
        writer_fact(writer, "C2PA", slice_of("present, not checked"),
                    "the file");
    else if (is_sure)
        writer_fact(writer, "C2PA", slice_of("none"), "the file");
}

#endif
