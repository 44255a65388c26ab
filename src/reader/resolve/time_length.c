/*
 * time_length.c - lengths of time, what comes again, and references.
 */
#include "time_resolve.h"

/* A unit of data/time-words.tsv in the letters of TimeML: how many of which,
 * and whether it is one of hours, minutes, seconds. */
struct unit {
    int32_t times;
    const char *letter;
    bool is_clock;
};

static struct unit unit_of(int32_t letter)
{
    switch (letter) {
    case 's':
        return (struct unit){1, "S", true};
    case 'm':
        return (struct unit){1, "M", true};
    case 'h':
        return (struct unit){1, "H", true};
    case 'w':
        return (struct unit){1, "W", false};
    case 'f':
        return (struct unit){2, "W", false};
    case 'e':
        return (struct unit){1, "WE", false};
    case 'M':
        return (struct unit){1, "M", false};
    case 'q':
        return (struct unit){1, "Q", false};
    case 'y':
        return (struct unit){1, "Y", false};
    case 't':
        return (struct unit){10, "Y", false};
    case 'c':
        return (struct unit){100, "Y", false};
    case 'k':
        return (struct unit){1000, "Y", false};
    default:
        return (struct unit){1, "D", false};
    }
}

/* "2.5Y", "XD": `tenths` below 0 are an unknown number. */
static void put_amount(struct time_writer *writer, int32_t tenths,
                       struct unit unit)
{
    if (tenths < 0) {
        time_put(writer, "X");
    } else {
        tenths *= unit.times;
        time_put_number(writer, tenths / 10, 1);
        if (tenths % 10 != 0) {
            time_put(writer, ".");
            time_put_number(writer, tenths % 10, 1);
        }
    }
    time_put(writer, unit.letter);
}

bool time_resolve_length(const struct time_frame *frame, struct time *time)
{
    enum { TENTHS_MOST = 1000000 };
    struct time_writer writer = time_writer_on(time->value, TIME_VALUE_SIZE);
    int32_t letter = time_slot(frame, SLOT_UNIT, 'd');
    struct unit unit = unit_of(letter);
    int32_t tenths = time_slot(frame, SLOT_COUNT_TENTHS, 10);
    int32_t more = time_slot(frame, SLOT_COUNT_TENTHS_2, -1);
    if (tenths > TENTHS_MOST)
        return false;
    if (time_has(frame, SLOT_VAGUE))
        tenths = -1;
    time->type = TIME_DURATION;
    time->why = WHY_LENGTH;
    time_put(&writer, unit.is_clock ? "PT" : "P");
    put_amount(&writer, tenths, unit);
    if (!time_has(frame, SLOT_UNIT_2) || more < 0)
        return true;
    struct unit second = unit_of(time_slot(frame, SLOT_UNIT_2, 'd'));
    if (second.is_clock && !unit.is_clock)
        time_put(&writer, "T");
    put_amount(&writer, more, second);
    return true;
}

static unsigned bits_of(int32_t mask)
{
    unsigned count = 0;
    for (; mask != 0; mask &= mask - 1)
        count++;
    return count;
}

static void put_clock(struct time_writer *writer, int32_t minute)
{
    time_put(writer, "T");
    time_put_number(writer, minute / 60, 2);
    time_put(writer, ":");
    time_put_number(writer, minute % 60, 2);
}

bool time_resolve_set(const struct time_frame *frame, struct time *time)
{
    struct time_writer writer = time_writer_on(time->value, TIME_VALUE_SIZE);
    int32_t mask = time_slot(frame, SLOT_WEEKDAYS, 0);
    time->type = TIME_SET;
    time->why = WHY_AGAIN;
    mask >>= 1; /* weekdays count from 1 */
    time->weekdays = (uint8_t)mask;
    int32_t minute = time_minute(frame);
    if (minute >= 0) {
        put_clock(&writer, minute);
    } else if (bits_of(mask) == 1) {
        time_put(&writer, "XXXX-WXX-");
        time_put_number(&writer, (int32_t)bits_of(mask - 1) + 1, 1);
    } else if (mask != 0) {
        time_put(&writer, "P1W");
    } else if (time_has(frame, SLOT_MONTH)) {
        time_put(&writer, "XXXX-");
        time_put_number(&writer, time_slot(frame, SLOT_MONTH, 1), 2);
    } else if (time_slot(frame, SLOT_UNIT, 'd') == 'e' &&
               !time_has(frame, SLOT_COUNT_TENTHS)) {
        time_put(&writer, "XXXX-WXX-WE");
        time->weekdays = 0x60;
    } else if (time_slot(frame, SLOT_UNIT, 'd') == 'b') {
        time_put(&writer, "XXXX-WXX-WD");
        time->weekdays = 0x1F;
    } else {
        struct unit unit = unit_of(time_slot(frame, SLOT_UNIT, 'd'));
        int32_t tenths = time_slot(frame, SLOT_COUNT_TENTHS, 10);
        if (tenths > 100000)
            return false;
        time_put(&writer, unit.is_clock ? "PT" : "P");
        put_amount(&writer, time_has(frame, SLOT_VAGUE) ? -1 : tenths, unit);
    }
    return true;
}

void time_resolve_reference(const struct time_frame *frame, struct time *time)
{
    static const char *const references[] = {"PRESENT_REF", "PAST_REF",
                                             "FUTURE_REF"};
    struct time_writer writer = time_writer_on(time->value, TIME_VALUE_SIZE);
    int32_t which = time_slot(frame, SLOT_REF, 0);
    time_put(&writer, references[which >= 0 && which <= 2 ? which : 0]);
    time->type = TIME_DATE;
    time->why = WHY_REFERENCE;
}
