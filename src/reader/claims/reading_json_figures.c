/*
 * reading_json_figures.c - "figures" of a reading.
 */
#include "reading_writer.h"

static void write_bound(struct writer *out, const char *key, int64_t value)
{
    writer_put(out, ",\"");
    writer_put(out, key);
    writer_put(out, "\":");
    writer_number(out, (uint64_t)value);
}

/* ,"claims":["c3"]: a list, as the reading has it, of the one that says it. */
static void write_claim(struct writer *out, uint32_t claim)
{
    writer_put(out, ",\"claims\":[\"c");
    writer_number(out, (uint64_t)claim + 1);
    writer_put(out, "\"]");
}

void reading_json_figures(struct writer *out, const struct reading *reading)
{
    writer_put(out, ",\"figures\":[");
    for (size_t i = 0; i < reading->figure_count; i++) {
        const struct figure *figure = &reading->figures[i];
        writer_object(out, i, 'f');
        writer_put(out, ",\"span\":[");
        writer_span(out, figure->span);
        writer_put(out, "]");
        writer_text(out, "of", figure->of);
        if (figure->harm != HARM_NONE)
            writer_word(out, "harm", figure_harm_names[figure->harm]);
        if (figure->has_min)
            write_bound(out, "min", figure->min);
        if (figure->has_max)
            write_bound(out, "max", figure->max);
        if (figure->is_approximate)
            writer_put(out, ",\"approximate\":true");
        if (figure->act != READING_NONE)
            writer_id(out, "act", 'i', figure->act);
        if (figure->claim != READING_NONE)
            write_claim(out, figure->claim);
        writer_confidence(out, "confidence", figure->confidence);
        writer_put(out, "}");
    }
    writer_put(out, "]");
}
