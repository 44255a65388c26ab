/*
 * time_value.c - times in writing: values, moments, reasons.
 */
#include <stdlib.h>

#include "time_resolve.h"

const char *const time_type_names[] = {"DATE", "TIME", "DURATION", "SET"};

struct time_writer time_writer_on(char *written, size_t room)
{
    written[0] = '\0';
    return (struct time_writer){written, 0, room};
}

void time_put(struct time_writer *writer, const char *text)
{
    for (; *text != '\0' && writer->length + 1 < writer->room; text++)
        writer->written[writer->length++] = *text;
    writer->written[writer->length] = '\0';
}

void time_put_number(struct time_writer *writer, int32_t number,
                     unsigned digits)
{
    char reversed[12];
    char text[12];
    size_t count = 0;
    uint32_t rest = number < 0 ? 0u : (uint32_t)number;
    do {
        reversed[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0 && count + 1 < sizeof reversed);
    while (count < digits && count + 1 < sizeof reversed)
        reversed[count++] = '0';
    for (size_t i = 0; i < count; i++)
        text[i] = reversed[count - 1 - i];
    text[count] = '\0';
    time_put(writer, text);
}

void time_moment_write(struct moment moment, char written[TIME_MOMENT_SIZE])
{
    struct time_writer writer = time_writer_on(written, TIME_MOMENT_SIZE);
    if (moment.day == MOMENT_NONE)
        return;
    struct calendar_date date = calendar_date_of(moment.day);
    time_put_number(&writer, date.year, 4);
    time_put(&writer, "-");
    time_put_number(&writer, date.month, 2);
    time_put(&writer, "-");
    time_put_number(&writer, date.day, 2);
    if (moment.minute < 0)
        return;
    time_put(&writer, "T");
    time_put_number(&writer, moment.minute / 60, 2);
    time_put(&writer, ":");
    time_put_number(&writer, moment.minute % 60, 2);
}

void time_why_write(const struct times *times, uint32_t index,
                    char written[TIME_WHY_SIZE])
{
    static const char *const reasons[] = {
        "as written",
        "from the document's date",
        "from the date of the entry",
        "from the document's date, as what is still to come",
        "counted from t",
        "of the day of t",
        "of the year of t",
        "a length of time",
        "comes again",
        "no day is meant",
        "the date it hangs on is not known",
    };
    const struct time *time = &times->items.items[index];
    struct time_writer writer = time_writer_on(written, TIME_WHY_SIZE);
    time_put(&writer, reasons[time->why]);
    if (time->anchor == TIME_NONE)
        return;
    if (time->why == WHY_AGAIN)
        time_put(&writer, " until t");
    time_put_number(&writer, (int32_t)time->anchor + 1, 1);
}
