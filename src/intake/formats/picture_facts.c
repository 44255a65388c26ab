/*
 * picture_facts.c - see picture_facts.h. Formats: Exif 2.32 (CIPA DC-008), PNG
 * 1.2 (11.3.4), WebP container.
 */
#include "picture_facts.h"

#include <libexif/exif-data.h>
#include <stdlib.h>

#include "c2pa.h"

enum { VALUE_SIZE = 400, EXIF_BYTES_MAX = 65533 };

/* Degrees, minutes and seconds to degrees; false where they are none. */
static bool degrees(const ExifEntry *entry, ExifByteOrder order, double *value)
{
    static const double parts[] = {1, 60, 3600};
    if (entry == NULL || entry->format != EXIF_FORMAT_RATIONAL ||
        entry->components != 3 || entry->size < 24 || entry->data == NULL)
        return false;
    *value = 0;
    for (size_t i = 0; i < 3; i++) {
        const ExifRational part = exif_get_rational(entry->data + 8 * i, order);
        if (part.denominator == 0)
            return false;
        *value += (double)part.numerator / (double)part.denominator / parts[i];
    }
    return *value <= 180;
}

static char reference(ExifContent *content, ExifTag tag)
{
    const ExifEntry *entry = exif_content_get_entry(content, tag);
    return entry != NULL && entry->data != NULL && entry->size > 0
               ? (char)entry->data[0]
               : ' ';
}

static void say_place(ExifData *data, struct writer *writer)
{
    ExifContent *content = data->ifd[EXIF_IFD_GPS];
    const ExifByteOrder order = exif_data_get_byte_order(data);
    double latitude, longitude;
    char words[80];
    if (!degrees(
            exif_content_get_entry(content, (ExifTag)EXIF_TAG_GPS_LATITUDE),
            order, &latitude) ||
        !degrees(
            exif_content_get_entry(content, (ExifTag)EXIF_TAG_GPS_LONGITUDE),
            order, &longitude))
        return;
    if (reference(content, (ExifTag)EXIF_TAG_GPS_LATITUDE_REF) == 'S')
        latitude = -latitude;
    if (reference(content, (ExifTag)EXIF_TAG_GPS_LONGITUDE_REF) == 'W')
        longitude = -longitude;
    snprintf(words, sizeof words, "%.6f, %.6f", latitude, longitude);
    writer_fact(writer, "place (latitude, longitude)", slice_of(words),
                "Exif GPS");
}

/* "2019:05:14 08:00:00" as others write times. */
static void say_time(struct writer *writer, const char *name, char *value)
{
    if (strlen(value) >= 19 && value[4] == ':' && value[7] == ':' &&
        value[10] == ' ') {
        value[4] = value[7] = '-';
        value[10] = 'T';
    }
    writer_fact(writer, name, slice_of(value), "Exif");
}

static void say_entries(ExifData *data, struct writer *writer)
{
    static const struct {
        ExifIfd part;
        ExifTag tag;
        const char *name;
        bool is_time;
    } known[] = {
        {EXIF_IFD_0, EXIF_TAG_MAKE, "camera", false},
        {EXIF_IFD_0, EXIF_TAG_MODEL, "camera", false},
        {EXIF_IFD_0, EXIF_TAG_SOFTWARE, "software", false},
        {EXIF_IFD_0, EXIF_TAG_ARTIST, "author", false},
        {EXIF_IFD_0, EXIF_TAG_COPYRIGHT, "copyright", false},
        {EXIF_IFD_0, EXIF_TAG_IMAGE_DESCRIPTION, "title", false},
        {EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, "taken", true},
        {EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_DIGITIZED, "created", true},
        {EXIF_IFD_0, EXIF_TAG_DATE_TIME, "modified", true},
        {EXIF_IFD_EXIF, EXIF_TAG_OFFSET_TIME_ORIGINAL, "time zone", false},
        {EXIF_IFD_EXIF, EXIF_TAG_BODY_SERIAL_NUMBER, "camera number", false},
    };
    char value[VALUE_SIZE];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        ExifEntry *entry =
            exif_content_get_entry(data->ifd[known[i].part], known[i].tag);
        if (entry == NULL ||
            exif_entry_get_value(entry, value, sizeof value) == NULL)
            continue;
        if (known[i].is_time)
            say_time(writer, known[i].name, value);
        else
            writer_fact(writer, known[i].name, slice_of(value), "Exif");
    }
}

/* `bytes` is a JPEG, or begins with "Exif" and two zeros. */
static unsigned say_exif(struct slice bytes, struct writer *writer)
{
    unsigned orientation = 1;
    ExifData *data = exif_data_new();
    if (data == NULL)
        return orientation;
    /* As it stands: mending it would change what the file says. */
    exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
    exif_data_load_data(data, (const unsigned char *)bytes.data,
                        (unsigned)bytes.length);
    const ExifEntry *entry =
        exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
    if (entry != NULL && entry->format == EXIF_FORMAT_SHORT &&
        entry->size >= 2 && entry->data != NULL)
        orientation =
            exif_get_short(entry->data, exif_data_get_byte_order(data));
    say_entries(data, writer);
    say_place(data, writer);
    exif_data_unref(data);
    return orientation;
}

/* The bare data of a chunk, under the head that libexif wants. */
static unsigned say_bare_exif(struct slice bytes, struct writer *writer)
{
    static const char head[] = "Exif\0";
    if (bytes.length < 8 || bytes.length > EXIF_BYTES_MAX - sizeof head)
        return 1;
    if (memcmp(bytes.data, head, sizeof head) == 0)
        return say_exif(bytes, writer);
    char *whole = malloc(bytes.length + sizeof head);
    if (whole == NULL)
        return 1;
    memcpy(whole, head, sizeof head);
    memcpy(whole + sizeof head, bytes.data, bytes.length);
    const unsigned orientation =
        say_exif((struct slice){whole, bytes.length + sizeof head}, writer);
    free(whole);
    return orientation;
}

/* Key, a zero, Latin-1 words. */
static void say_png_words(struct slice chunk, struct writer *writer)
{
    static const struct {
        const char *key, *name;
    } known[] = {{"Author", "author"},      {"Title", "title"},
                 {"Software", "software"},  {"Creation Time", "created"},
                 {"Comment", "comment"},    {"Description", "description"},
                 {"Copyright", "copyright"}};
    const char *stop = memchr(chunk.data, '\0', chunk.length);
    char value[VALUE_SIZE * 2];
    size_t length = 0;
    if (stop == NULL)
        return;
    for (const char *at = stop + 1;
         at < chunk.data + chunk.length && length + 2 < sizeof value; at++) {
        const unsigned char byte = (unsigned char)*at;
        if (byte >= 0x80)
            value[length++] = (char)(0xC0 | byte >> 6);
        value[length++] = (char)(byte >= 0x80 ? 0x80 | (byte & 0x3F) : byte);
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(chunk.data, known[i].key) == 0)
            writer_fact(writer, known[i].name, (struct slice){value, length},
                        "PNG text");
}

static uint32_t big_endian(const char *bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++)
        value = value << 8 | (unsigned char)bytes[i];
    return value;
}

/* Chunks: length, four letters, bytes, check. */
static unsigned say_png(struct slice bytes, struct writer *writer)
{
    enum { SIGNATURE = 8, AROUND = 12 };
    unsigned orientation = 1;
    for (size_t at = SIGNATURE; at + AROUND <= bytes.length;) {
        const size_t length = big_endian(bytes.data + at);
        const char *type = bytes.data + at + 4;
        if (length > bytes.length - at - AROUND)
            break;
        const struct slice chunk = {bytes.data + at + 8, length};
        if (memcmp(type, "tEXt", 4) == 0)
            say_png_words(chunk, writer);
        else if (memcmp(type, "eXIf", 4) == 0)
            orientation = say_bare_exif(chunk, writer);
        at += AROUND + length;
    }
    return orientation;
}

/* RIFF: four letters, length (lowest first), bytes, made even. */
static unsigned say_webp(struct slice bytes, struct writer *writer)
{
    unsigned orientation = 1;
    for (size_t at = 12; at + 8 <= bytes.length;) {
        const size_t length = frame_get_u32(bytes.data + at + 4);
        if (length > bytes.length - at - 8)
            break;
        if (memcmp(bytes.data + at, "EXIF", 4) == 0)
            orientation = say_bare_exif(
                (struct slice){bytes.data + at + 8, length}, writer);
        at += 8 + length + (length & 1);
    }
    return orientation;
}

unsigned picture_facts_say(struct slice bytes, struct writer *writer)
{
    bool is_jpeg =
        bytes.length > 3 && memcmp(bytes.data, "\xFF\xD8\xFF", 3) == 0;
    bool is_png = bytes.length > 8 && memcmp(bytes.data, "\x89PNG", 4) == 0;
    bool is_webp = bytes.length > 12 && memcmp(bytes.data + 8, "WEBP", 4) == 0;
    bool is_tiff = bytes.length > 4 && (memcmp(bytes.data, "II*", 3) == 0 ||
                                        memcmp(bytes.data, "MM\0*", 4) == 0);
    c2pa_say(bytes, is_jpeg || is_png || is_webp || is_tiff, writer);
    if (is_jpeg && bytes.length <= UINT32_MAX)
        return say_exif(bytes, writer);
    return is_png    ? say_png(bytes, writer)
           : is_webp ? say_webp(bytes, writer)
                     : 1;
}
