/*
 * reading_json_places.c - "places" of a reading: what the gazetteer says of
 * each, and why it is meant.
 */
#include "reading_writer.h"

#include "place_words.h"

/* ,"lat":-0.3031 in ten-thousandths, without zeros at the end. */
static void put_degrees(struct writer *out, const char *key, int32_t value)
{
    enum { DEGREE = 10000, DIGITS = 4 };
    const uint32_t size = value < 0 ? 0u - (uint32_t)value : (uint32_t)value;
    char decimals[DIGITS + 2] = ".";
    uint32_t rest = size % DEGREE;
    size_t length = 1;
    for (uint32_t unit = DEGREE / 10; rest > 0; unit /= 10) {
        decimals[length++] = (char)('0' + rest / unit);
        rest %= unit;
    }
    decimals[length] = '\0';
    writer_put(out, ",\"");
    writer_put(out, key);
    writer_put(out, value < 0 ? "\":-" : "\":");
    writer_number(out, size / DEGREE);
    writer_put(out, length > 1 ? decimals : "");
}

static void put_within(struct writer *out, const struct gazetteer *gazetteer,
                       const struct place *place)
{
    struct slice names[PLACE_WITHIN_MAX];
    const size_t count = place_within(gazetteer, place, names);
    for (size_t i = 0; i < count; i++) {
        writer_put(out, i == 0 ? ",\"within\":[" : ",");
        writer_string(out, names[i]);
    }
    writer_put(out, count > 0 ? "]" : "");
}

static void put_place(struct writer *out, const struct gazetteer *gazetteer,
                      const struct place *place, struct slice text)
{
    char reference[GAZETTEER_REFERENCE_SIZE];
    char why[PLACE_WHY_SIZE];
    int32_t lat, lon;
    struct gazetteer_place found;
    writer_text(out, "name", place_name(gazetteer, place, text));
    if (place_kind(gazetteer, place) != NULL)
        writer_word(out, "kind", place_kind(gazetteer, place));
    if (place_point(gazetteer, place, &lat, &lon)) {
        put_degrees(out, "lat", lat);
        put_degrees(out, "lon", lon);
    }
    if (!place->is_at && place->index != GAZETTEER_NONE &&
        gazetteer_place_at(gazetteer, place->index, &found)) {
        gazetteer_reference(gazetteer, &found, reference);
        writer_text(out, "gazetteer", slice_of(reference));
    }
    put_within(out, gazetteer, place);
    writer_text(out, "why", place_why(gazetteer, place, why));
    writer_confidence(out, "confidence", place->confidence);
}

void reading_json_places(struct writer *out, const struct reading *reading)
{
    writer_put(out, ",\"places\":[");
    for (size_t i = 0; i < reading->places.count; i++) {
        const struct place *place = &reading->places.items[i];
        writer_object(out, i, 'p');
        writer_places(out, "span", (struct places){&place->span, 1});
        put_place(out, reading->gazetteer, place, reading->text.bytes);
        writer_put(out, "}");
    }
    writer_put(out, "]");
}
