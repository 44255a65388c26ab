/*
 * reading_writer.h - the pieces of JSON that readings are written with, for
 * reading_json.c and the files that write one layer each.
 *
 * A failure stays: everything after it is left out, and reading_json_write
 * reports it. Functions that take a key write a comma before it.
 */
#ifndef MADAI_READING_WRITER_H
#define MADAI_READING_WRITER_H

#include "reading.h"
#include "reading_json.h"

enum { WRITER_BUFFER_SIZE = 4096 };

/* Collects small pieces before they go to the sink. */
struct writer {
    struct json_sink sink;
    struct error *error; /* set once, when the sink fails */
    bool is_failed;
    size_t used;
    char buffer[WRITER_BUFFER_SIZE];
};

void writer_flush(struct writer *);
/* JSON as it is. */
void writer_put(struct writer *, const char *text);
void writer_number(struct writer *, uint64_t number);
/* Any bytes, as a JSON string. */
void writer_string(struct writer *, struct slice text);
/* [1,2] */
void writer_span(struct writer *, struct span);
/* ,"key":"word" where the word needs no escape */
void writer_word(struct writer *, const char *key, const char *word);
/* ,"key":"text"; nothing where the text is empty */
void writer_text(struct writer *, const char *key, struct slice text);
/* ,"key":0.75 from 0 to 1, three decimals */
void writer_confidence(struct writer *, const char *key, float value);
/* ,"key":"a3" */
void writer_id(struct writer *, const char *key, char letter, uint32_t index);
/* ,"key":[[1,2],[3,4]]; nothing when there are no places */
void writer_places(struct writer *, const char *key, struct places);
/* {"id":"a3" - the opening of an object of a list, with a comma before it
 * unless it is the first */
void writer_object(struct writer *, size_t index, char letter);

/* The layers that have a file of their own, each with a comma and its key
 * before it. */
void reading_json_acts(struct writer *, const struct reading *);
void reading_json_figures(struct writer *, const struct reading *);
void reading_json_times(struct writer *, const struct reading *);
void reading_json_places(struct writer *, const struct reading *);
void reading_json_interventions(struct writer *, const struct reading *);
void reading_json_citations(struct writer *, const struct reading *);
void reading_json_frames(struct writer *, const struct reading *);
void reading_json_mentions(struct writer *, const struct reading *);
void reading_json_roles(struct writer *, const struct reading *);

#endif
