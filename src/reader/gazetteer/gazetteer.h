/*
 * gazetteer.h - the places of the world by name: the mapped file that
 * docs/gazetteer-format.md describes.
 *
 * Nothing in the file is believed. Sizes are checked and the checksum is
 * counted when it is opened; after that every offset is checked where it is
 * used, so that a file made to deceive gives wrong places at worst. A
 * gazetteer is immutable, and shared by all threads.
 */
#ifndef MADAI_GAZETTEER_H
#define MADAI_GAZETTEER_H

#include "error.h"
#include "slice.h"

#define GAZETTEER_BYTES_MAX ((size_t)1 << 28)
#define GAZETTEER_NONE UINT32_MAX

struct gazetteer; /* opaque */

/* In the order of the file's numbers. */
enum place_kind {
    PLACE_OTHER,
    PLACE_CONTINENT,
    PLACE_OCEAN,
    PLACE_SEA,
    PLACE_GULF,
    PLACE_BAY,
    PLACE_CHANNEL,
    PLACE_LAKE,
    PLACE_LAKES,
    PLACE_MOUNTAIN,
    PLACE_MOUNTAINS,
    PLACE_DESERT,
    PLACE_VALLEY,
    PLACE_ISLAND,
    PLACE_PENINSULA,
    PLACE_REGION,
    PLACE_COUNTRY,
    PLACE_STATE,
    PLACE_PROVINCE,
    PLACE_COUNTY,
    PLACE_DISTRICT,
    PLACE_DEPARTMENT,
    PLACE_DIVISION,
    PLACE_PREFECTURE,
    PLACE_GOVERNORATE,
    PLACE_COMMUNE,
    PLACE_MUNICIPALITY,
    PLACE_CANTON,
    PLACE_PARISH,
    PLACE_EMIRATE,
    PLACE_ATOLL,
    PLACE_OBLAST,
    PLACE_BOROUGH,
    PLACE_CITY,
    PLACE_TOWN,
    PLACE_VILLAGE,
    PLACE_QUARTER,
    PLACE_CONSTITUENCY,
    PLACE_WARD,
    PLACE_LOCALITY,
    PLACE_AREA,
    PLACE_KINDS,
};
extern const char *const place_kind_names[];

enum place_flag {
    PLACE_SEAT_OF_COUNTRY = 1 << 0,
    PLACE_SEAT_OF_FIRST = 1 << 1,
    PLACE_SEAT_OF_SECOND = 1 << 2,
    PLACE_IS_ROUGH = 1 << 3, /* the point is that of what it lies in */
};

/* How a name stands to its place. */
enum name_relation {
    NAME_IS_OWN,
    NAME_IS_ANOTHER,
    NAME_IS_SHORT,        /* without its "County" */
    NAME_IS_ADJECTIVE,    /* of its people and things: "Kenyan" */
    NAME_IS_BEHIND_COMMA, /* "Durham, NC" */
};

struct gazetteer_place {
    struct slice name; /* borrowed from the gazetteer */
    enum place_kind kind;
    bool has_point;
    int32_t lat, lon;   /* ten-thousandths of a degree */
    uint32_t within;    /* index of what it lies in, or GAZETTEER_NONE */
    unsigned size;      /* four steps for each doubling of its people; 0 where
                           their number is not known */
    unsigned flags;     /* enum place_flag */
    unsigned source;    /* see gazetteer_reference */
    uint32_t reference; /* see gazetteer_reference */
};

/* What a name may mean. */
struct meaning {
    uint32_t place;
    enum name_relation relation;
};

/* ERROR_NOT_FOUND, ERROR_IO, ERROR_LIMIT or ERROR_CORRUPT. Cost: reads the
 * file once for its checksum. Yours to close. */
MUST_CHECK struct gazetteer *gazetteer_open(const char *path, struct error *);
/* The same for bytes in memory, which stay yours and outlive it. */
MUST_CHECK struct gazetteer *gazetteer_read(struct slice, struct error *);
void gazetteer_close(struct gazetteer *); /* NULL is allowed */

/* The checksum that the file ends with, in hexadecimal: SHA-256 of all that
 * stands before it. */
const char *gazetteer_checksum(const struct gazetteer *);
size_t gazetteer_count(const struct gazetteer *);

/* The place of this index; false where there is none. */
MUST_CHECK bool gazetteer_place_at(const struct gazetteer *, uint32_t index,
                                   struct gazetteer_place *);

/* Whose number this is and which, "geonames:184745", into `words`; cut where
 * it does not fit. */
enum { GAZETTEER_REFERENCE_SIZE = 64 };
void gazetteer_reference(const struct gazetteer *,
                         const struct gazetteer_place *,
                         char words[GAZETTEER_REFERENCE_SIZE]);

/* What a folded name (fold.h) may mean, at most `most` of it, the likelier
 * first as the file has them; gives how many. Cost: logarithmic. */
size_t gazetteer_find(const struct gazetteer *, struct slice key,
                      struct meaning *, size_t most);

/* Calls `each` with every name that begins with `prefix`, in order, until it
 * says no. */
void gazetteer_walk(const struct gazetteer *, struct slice prefix,
                    bool (*each)(void *context, struct slice key),
                    void *context);

/* Into `found` the one name that differs from `key` by one slip (a letter
 * more, less or other, or two exchanged) behind its first three letters.
 * False where there is none, or more than one. Keys of fewer than six letters
 * have none. Cost: the names with the same three letters. */
enum { FOLD_SIZE = 64 };
MUST_CHECK bool gazetteer_find_slip(const struct gazetteer *, struct slice key,
                                    char found[FOLD_SIZE], size_t *length);

#endif
