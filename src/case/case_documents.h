/*
 * case_documents.h - originals of a case become texts and readings; what lies
 * in them (attachments) becomes documents of their own. Of case_add.c and
 * case_reread.c alone.
 */
#ifndef MADAI_CASE_DOCUMENTS_H
#define MADAI_CASE_DOCUMENTS_H

#include "case_add.h"

/* A document to read. */
struct pending {
    int64_t document;
    const char *path;  /* to tell; NULL: the document's name */
    unsigned depth;    /* in how many others it lies */
    uint32_t *members; /* how many all of its tree has so far; NULL: none */
};
struct pendings {
    struct pending *items;
    size_t count, capacity;
};

/* Reads them, in order; the list grows by what is found in them. A document
 * that has a text is read from it, unless `converts_again`: then its original
 * is converted, and another text than before becomes a new version. One that
 * cannot be read is told as refused, or where it has a path, or lies in
 * another, as unread. */
MUST_CHECK bool case_read_documents(const struct case_add *, struct arena *,
                                    struct pendings *, bool converts_again,
                                    struct error *);

/* Whether the document has a reading. */
MUST_CHECK bool case_has_reading(struct casefile *, int64_t document, bool *has,
                                 struct error *);

#endif
