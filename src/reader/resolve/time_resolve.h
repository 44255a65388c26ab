/*
 * time_resolve.h - from what an expression says to which time is meant.
 *
 * The slots of a frame (time_rule.h) are read as data/time-rules.tsv explains
 * them; days are integers (calendar.h). Only time_find.c calls this.
 */
#ifndef MADAI_TIME_RESOLVE_H
#define MADAI_TIME_RESOLVE_H

#include "calendar.h"
#include "time_find.h"
#include "time_rule.h"

/* Which way a verb near the expression points. */
enum time_tense { TENSE_NONE, TENSE_PAST, TENSE_AHEAD };

/* What later expressions hang on. */
struct time_anchors {
    int32_t document;  /* day, or MOMENT_NONE */
    int32_t entry;     /* of the post or entry, else the document's */
    bool is_entry;     /* entry differs in origin from the document's date */
    bool is_narrative; /* the text tells of years far from the document's */
    uint32_t last_day; /* time with a day, or TIME_NONE */
    uint32_t last;     /* point of any grain, or TIME_NONE */
    uint32_t last_quarter; /* or TIME_NONE */
    uint32_t last_year;    /* time in which a year was written, or TIME_NONE */
    size_t day_paragraph;  /* where `last_day` stands */
    size_t year_paragraph; /* where `last_year` stands */
};

struct time_task {
    const struct time_frame *frame;
    enum time_what what;
    enum time_tense tense;
    const struct times *times; /* those before it */
    const struct time_anchors *anchors;
    size_t paragraph; /* where the expression stands */
};

/* Fills in all of `time` but its span, rule and confidence. False where what
 * is said is no time (31 February). */
bool time_resolve(const struct time_task *, struct time *);

/* Points: time_resolve.c; lengths, sets and references: time_length.c. */
bool time_resolve_length(const struct time_frame *, struct time *);
bool time_resolve_set(const struct time_frame *, struct time *);
void time_resolve_reference(const struct time_frame *, struct time *);

static inline int32_t time_slot(const struct time_frame *frame,
                                enum time_slot slot, int32_t otherwise)
{
    int32_t value = frame->slots[slot];
    return value == SLOT_EMPTY ? otherwise : value;
}

static inline bool time_has(const struct time_frame *frame, enum time_slot slot)
{
    return frame->slots[slot] != SLOT_EMPTY;
}

/* The minute of the day that a frame's clock time says, from 0 to 1440 (24:00);
 * -1 where it has none. */
int32_t time_minute(const struct time_frame *);

/* Values are written piece by piece; what does not fit is left out. */
struct time_writer {
    char *written;
    size_t length, room;
};
struct time_writer time_writer_on(char *written, size_t room);
void time_put(struct time_writer *, const char *);
void time_put_number(struct time_writer *, int32_t number, unsigned digits);

#endif
