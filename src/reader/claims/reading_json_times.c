/*
 * reading_json_times.c - "times" of a reading.
 */
#include "reading_writer.h"

static void put_moment(struct writer *out, const char *key,
                       struct moment moment)
{
    char written[TIME_MOMENT_SIZE];
    time_moment_write(moment, written);
    if (written[0] != '\0')
        writer_word(out, key, written);
}

void reading_json_times(struct writer *out, const struct reading *reading)
{
    const struct times *times = &reading->times;
    writer_put(out, ",\"times\":[");
    for (uint32_t i = 0; i < times->items.count; i++) {
        const struct time *time = &times->items.items[i];
        char why[TIME_WHY_SIZE];
        writer_object(out, i, 't');
        writer_put(out, ",\"span\":[");
        writer_span(out, time->span);
        writer_put(out, "]");
        writer_word(out, "type", time_type_names[time->type]);
        writer_word(out, "value", time->value);
        put_moment(out, "first", time->first);
        put_moment(out, "last", time->last);
        time_why_write(times, i, why);
        writer_word(out, "why", why);
        writer_confidence(out, "confidence", time->confidence);
        writer_put(out, "}");
    }
    writer_put(out, "]");
}
