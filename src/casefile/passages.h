/*
 * passages.h - what search finds: a text in paragraphs and headings, long
 * ones cut between sentences.
 */
#ifndef MADAI_PASSAGES_H
#define MADAI_PASSAGES_H

#include "casefile.h"
#include "json.h"

/* Longer ones are cut: a hit should fit on a screen. */
#define PASSAGE_BYTES_MAX 1000

struct passages {
    struct span *items; /* rising */
    size_t count;
    size_t capacity;
    int64_t *ids; /* beside items; 0 before they are stored */
};

/* Cuts the text along the parts and sentences of its reading, which may have
 * none. Every letter of the text is in just one passage. */
MUST_CHECK bool passages_cut(const json_t *reading, struct slice text,
                             struct arena *, struct passages *, struct error *);

/* Stores them, in order, and lets search find them. */
MUST_CHECK bool passages_insert(struct casefile *, int64_t document,
                                struct slice text, const struct passages *,
                                struct error *);

/* The id of the one that the place begins in, as passage_at finds it among
 * those stored. */
int64_t passages_at(const struct passages *, uint32_t place);

/* Forgets a document's passages; `text` is what they were cut from. */
MUST_CHECK bool passages_delete(struct casefile *, int64_t document,
                                struct slice text, struct error *);

/* The passage that the place begins in; 0 where there is none. */
MUST_CHECK bool passage_at(struct casefile *, int64_t document, uint32_t place,
                           int64_t *id, struct error *);

#endif
