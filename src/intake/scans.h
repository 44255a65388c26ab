/*
 * scans.h - what was recognised in pictures of pages takes its place in the
 * text of the document that they are pages of.
 */
#ifndef MADAI_SCANS_H
#define MADAI_SCANS_H

#include "conversion.h"
#include "error.h"

/* A page and what its picture says; `conversion` is the arena's. */
struct scanned {
    uint32_t page;
    struct conversion conversion;
};

struct scans {
    struct scanned *items; /* pages rising */
    size_t count, capacity;
    unsigned failed;  /* pages in which nothing could be looked for */
    struct error why; /* of the first of them */
};

/* Puts each page's text before that of later pages (before the footnotes, which
 * stand behind all), with its places and warnings. */
MUST_CHECK bool scans_merge(const struct scans *, struct arena *,
                            struct conversion *, struct error *);

#endif
