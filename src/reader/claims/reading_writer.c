/*
 * reading_writer.c - see reading_writer.h. Numbers are written by hand:
 * printf would take its decimal point from the locale.
 */
#include "reading_writer.h"

void writer_flush(struct writer *out)
{
    if (!out->is_failed && out->used > 0)
        out->is_failed = !out->sink.write(
            out->sink.context, (struct slice){out->buffer, out->used},
            out->error);
    out->used = 0;
}

void writer_put(struct writer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (out->used == WRITER_BUFFER_SIZE)
            writer_flush(out);
        out->buffer[out->used++] = *text;
    }
}

void writer_number(struct writer *out, uint64_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    writer_put(out, digits + at);
}

/* Three decimals are more than a confidence is worth. */
void writer_confidence(struct writer *out, const char *key, float value)
{
    float held = value < 0 ? 0 : value > 1 ? 1 : value;
    uint64_t thousandths = (uint64_t)(held * 1000 + 0.5f);
    writer_put(out, ",\"");
    writer_put(out, key);
    writer_put(out, thousandths >= 1000 ? "\":1" : "\":0");
    if (thousandths == 0 || thousandths >= 1000)
        return;
    char decimals[] = {'.', (char)('0' + thousandths / 100),
                       (char)('0' + thousandths / 10 % 10),
                       (char)('0' + thousandths % 10), '\0'};
    writer_put(out, decimals);
}

void writer_string(struct writer *out, struct slice text)
{
    writer_flush(out);
    if (!out->is_failed)
        out->is_failed = !json_write_string(text, out->sink, out->error);
}

/* ,"key":"a3" */
void writer_id(struct writer *out, const char *key, char letter, uint32_t index)
{
    char quoted[] = {'"', letter, '\0'};
    writer_put(out, ",\"");
    writer_put(out, key);
    writer_put(out, "\":");
    writer_put(out, quoted);
    writer_number(out, (uint64_t)index + 1);
    writer_put(out, "\"");
}

void writer_word(struct writer *out, const char *key, const char *word)
{
    writer_put(out, ",\"");
    writer_put(out, key);
    writer_put(out, "\":\"");
    writer_put(out, word);
    writer_put(out, "\"");
}

void writer_text(struct writer *out, const char *key, struct slice text)
{
    if (text.length == 0)
        return;
    writer_put(out, ",\"");
    writer_put(out, key);
    writer_put(out, "\":");
    writer_string(out, text);
}

void writer_span(struct writer *out, struct span span)
{
    writer_put(out, "[");
    writer_number(out, span.begin);
    writer_put(out, ",");
    writer_number(out, span.end);
    writer_put(out, "]");
}

/* ,"key":[[1,2],[3,4]]; nothing when there are no places. */
void writer_places(struct writer *out, const char *key, struct places places)
{
    if (places.count == 0)
        return;
    writer_put(out, ",\"");
    writer_put(out, key);
    writer_put(out, "\":[");
    for (uint32_t i = 0; i < places.count; i++) {
        writer_put(out, i == 0 ? "" : ",");
        writer_span(out, places.items[i]);
    }
    writer_put(out, "]");
}

/* {"id":"a3" - the opening of an object of a list. */
void writer_object(struct writer *out, size_t index, char letter)
{
    char opening[] = {'{', '"', 'i', 'd', '"', ':', '"', letter, '\0'};
    writer_put(out, index == 0 ? "" : ",");
    writer_put(out, opening);
    writer_number(out, (uint64_t)index + 1);
    writer_put(out, "\"");
}
