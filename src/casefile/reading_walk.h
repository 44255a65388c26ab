/*
 * reading_walk.h - a reading as JSON, with its ids resolved. Of casefile/
 * alone; what it is walked for stands in reading_walk.c.
 */
#ifndef MADAI_READING_WALK_H
#define MADAI_READING_WALK_H

#include "casefile.h"
#include "json.h"

/* What fails on the way (a place outside the text, no memory) is in the error,
 * and is_failed stays: all calls after it do nothing. Whoever walks asks once,
 * at the end of what he wants. */
struct reading_walk {
    const json_t *reading;
    json_t *ids;       /* id -> its object */
    json_t *told;      /* id of a claim -> the acts told in it */
    struct slice text; /* borrowed */
    struct arena *arena;
    struct error *error;
    bool is_failed;
};

/* Names that come together, each once, parted by "; " or blanks. */
struct name_list {
    char *items;
    size_t count;
    size_t capacity;
};

MUST_CHECK bool reading_walk_begin(struct reading_walk *, const json_t *,
                                   struct slice text, struct arena *,
                                   struct error *);
void reading_walk_end(struct reading_walk *);

/* The object of this id, which may be NULL; NULL where there is none. */
const json_t *walk_by_id(const struct reading_walk *, const json_t *id);

/* From the first to the last byte of [[b,e],...] or [b,e]; false where nothing
 * is given, or it fails: ERROR_BAD_INPUT outside the text. */
bool walk_span(struct reading_walk *, const json_t *, struct span *);

void walk_add(struct reading_walk *, struct name_list *, const char *separator,
              struct slice name);
/* The words at the places, each piece. */
void walk_add_span(struct reading_walk *, struct name_list *,
                   const json_t *spans);
/* The name and roles of the actor of this id. */
void walk_add_actor(struct reading_walk *, struct name_list *,
                    const json_t *id);
/* Participants: {"span", "actor"} each. */
void walk_add_people(struct reading_walk *, struct name_list *,
                     const json_t *people);
/* An id or a list of them: places with what they lie within. */
void walk_add_places(struct reading_walk *, struct name_list *,
                     const json_t *ids);

/* Widens first..last by the times of an id or a list of them. */
void walk_times(const struct reading_walk *, const json_t *ids,
                const char **first, const char **last);

/* NULL for an empty list; else the arena's. */
const char *walk_names(struct reading_walk *, const struct name_list *);

/* A string of the reading, which ends with it, as one of the arena's; NULL for
 * NULL. */
const char *walk_keep(struct reading_walk *, const char *);

#endif
