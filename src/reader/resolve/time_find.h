/*
 * time_find.h - the times that a text tells: what stands where, which day or
 * hour is meant, and why.
 *
 * Types and values are those of TimeML (TIMEX3): DATE, TIME, DURATION, SET;
 * "2019-05-13", "2019-05-13T15:15", "2019-05-13TNI", "2019-W20", "P3D",
 * "PRESENT_REF". Prepositions stay outside of a time, words of a guess ("about
 * 3 p.m.") inside; the ends of a range are two times; a clock time and its day
 * are one where they stand together.
 *
 * What is told is recognised by the rules of data/time-rules.tsv and resolved
 * against, in this order: itself; the last time told ("the next day"); the
 * date of the post or entry that it stands in; the document's date. Without any
 * of them the unknown part of the value is X, and `why` says so. The order of
 * the work follows HeidelTime (J. Strötgen, M. Gertz, "Multilingual and
 * cross-domain temporal tagging", 2013), the tense of the sentence included.
 *
 * Times do not overlap, and stand in the order of the text. Memory: some 90
 * bytes for each; time about linear in the text.
 */
#ifndef MADAI_TIME_FIND_H
#define MADAI_TIME_FIND_H

#include "arena.h"
#include "text.h"

enum time_type { TIME_DATE, TIME_TIME, TIME_DURATION, TIME_SET };
extern const char *const time_type_names[];

/* How fine a point of time is. */
enum time_grain {
    GRAIN_NONE, /* a length, a reference, what comes again */
    GRAIN_CENTURY,
    GRAIN_DECADE,
    GRAIN_YEAR,
    GRAIN_HALF,
    GRAIN_QUARTER,
    GRAIN_SEASON,
    GRAIN_MONTH,
    GRAIN_WEEK,
    GRAIN_WEEKEND,
    GRAIN_DAY,
    GRAIN_PART, /* of a day */
    GRAIN_MINUTE,
};

/* How a value was found. */
enum time_why {
    WHY_WRITTEN,       /* nothing but itself was needed */
    WHY_DOCUMENT,      /* counted from the document's date, or its year */
    WHY_ENTRY,         /* the same, of the post or entry it stands in */
    WHY_DOCUMENT_NEXT, /* the one after the document's date, by the tense */
    WHY_TIME,          /* counted from `anchor` */
    WHY_DAY_OF,        /* a clock time or part of the day of `anchor` */
    WHY_YEAR_OF,       /* the year, or month and year, of `anchor` */
    WHY_LENGTH,        /* a length of time */
    WHY_AGAIN,         /* comes again; `anchor` ends it */
    WHY_REFERENCE,     /* "now", "recently" */
    WHY_UNKNOWN,       /* the date that it hangs on is not known */
};

struct moment {
    int32_t day;    /* of calendar.h; MOMENT_NONE: none */
    int16_t minute; /* of the day, or -1 */
};
#define MOMENT_NONE INT32_MIN
#define TIME_NONE UINT32_MAX

enum { TIME_VALUE_SIZE = 24, TIME_MOMENT_SIZE = 17, TIME_WHY_SIZE = 96 };

struct time {
    struct span span; /* bytes */
    char value[TIME_VALUE_SIZE];
    struct moment first, last; /* of points; what the words allow */
    uint8_t type;              /* enum time_type */
    uint8_t grain;             /* enum time_grain */
    uint8_t why;               /* enum time_why */
    uint8_t weekdays; /* of a set: Monday's bit is 1; 0: by its value */
    uint32_t anchor;  /* another time, or TIME_NONE */
    uint16_t rule;    /* in data/time-rules.tsv, as sorted by name */
    float confidence; /* that value and place hold */
};

struct times {
    LIST(struct time) items;
};

/* What is known beside the text. */
struct time_context {
    struct slice date; /* YYYY-MM-DD, or empty */
    /* Spans of names of persons, in bytes and in order: no time is found in
     * "April Mwangi". May be NULL. */
    const struct span *persons;
    size_t person_count;
};

/* Finds all times. False only for ERROR_LIMIT. */
MUST_CHECK bool times_find(const struct text *, const struct time_context *,
                           struct arena *, struct times *, struct error *);

/* The times that begin within the bytes (a sentence, a paragraph, a scene), as
 * indexes [begin, end); logarithmic. */
struct span times_in(const struct times *, struct span bytes);

/* Which time a passage has: the nearest within the sentence that holds the
 * byte, of points before lengths, then the last point before it in the same
 * paragraph; TIME_NONE where there is none. */
uint32_t time_near(const struct times *, const struct text *, uint32_t byte);

/* The name of the rule that found it; lives for ever. */
const char *time_rule_name(const struct time *);

/* "2019-05-13", or "2019-05-13T15:15"; empty for none. */
void time_moment_write(struct moment, char written[TIME_MOMENT_SIZE]);

/* For a person: "the document's date is 2019-05-13", "counted from t4". */
void time_why_write(const struct times *, uint32_t time,
                    char written[TIME_WHY_SIZE]);

#endif
