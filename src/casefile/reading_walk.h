/*
 * reading_walk.h - a reading as JSON, with its ids resolved. Of casefile/
 * alone; what it is walked for stands in reading_walk.c.
 */
#ifndef MADAI_READING_WALK_H
#define MADAI_READING_WALK_H

#include "casefile.h"
#include "json.h"

struct reading_walk {
    const json_t *reading;
    json_t *ids;       /* id -> its object */
    json_t *told;      /* id of a claim -> the acts told in it */
    struct slice text; /* borrowed */
    struct arena *arena;
    struct error *error;
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

/* From the first to the last byte of [[b,e],...] or [b,e]; `is_there` is
 * false where nothing is given. ERROR_BAD_INPUT outside the text. */
MUST_CHECK bool walk_span(const struct reading_walk *, const json_t *,
                          struct span *, bool *is_there);

MUST_CHECK bool walk_add(const struct reading_walk *, struct name_list *,
                         const char *separator, struct slice name);
/* The words at the places, each piece. */
MUST_CHECK bool walk_add_span(const struct reading_walk *, struct name_list *,
                              const json_t *spans);
/* The name and roles of the actor of this id. */
MUST_CHECK bool walk_add_actor(const struct reading_walk *, struct name_list *,
                               const json_t *id);
/* Participants: {"span", "actor"} each. */
MUST_CHECK bool walk_add_people(const struct reading_walk *, struct name_list *,
                                const json_t *people);
/* An id or a list of them: places with what they lie within. */
MUST_CHECK bool walk_add_places(const struct reading_walk *, struct name_list *,
                                const json_t *ids);

/* Widens first..last by the times of an id or a list of them. */
void walk_times(const struct reading_walk *, const json_t *ids,
                const char **first, const char **last);

/* NULL for an empty list; else the arena's. False: no memory. */
MUST_CHECK bool walk_names(const struct reading_walk *,
                           const struct name_list *, const char **names);

#endif
