/*
 * format.c - see format.h.
 */
#include "format.h"

struct format {
    const char *magic;
    uint8_t length;
    uint8_t offset;
    const char *name;
    const char *advice;
};

static const char save_as_text[] = "save it as plain text first";
static const char save_as_utf8[] = "save it as UTF-8 first";
static const char unpack[] = "unpack it first";

/* From the formats' own specifications, as file(1) has them. */
static const struct format formats[] = {
    {"%PDF-", 5, 0, "a PDF", save_as_text},
    {"\x89PNG", 4, 0, "a picture (PNG)", NULL},
    {"\xFF\xD8\xFF", 3, 0, "a picture (JPEG)", NULL},
    {"GIF8", 4, 0, "a picture (GIF)", NULL},
    {"WEBP", 4, 8, "a picture (WebP)", NULL},
    {"II*\0", 4, 0, "a picture (TIFF)", NULL},
    {"MM\0*", 4, 0, "a picture (TIFF)", NULL},
    {"ftyp", 4, 4, "a picture or film (MP4, HEIC)", NULL},
    {"\x1A\x45\xDF\xA3", 4, 0, "a film (Matroska, WebM)", NULL},
    {"OggS", 4, 0, "a sound recording (Ogg)", NULL},
    {"ID3", 3, 0, "a sound recording (MP3)", NULL},
    {"WAVE", 4, 8, "a sound recording (WAV)", NULL},
    {"{\\rtf", 5, 0, "a rich text file (RTF)", save_as_text},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, 0,
     "an old Office file (DOC, XLS, PPT)", save_as_text},
    {"SQLite format 3", 15, 0, "a database (SQLite)", NULL},
    {"\x1F\x8B", 2, 0, "a packed file (gzip)", unpack},
    {"BZh", 3, 0, "a packed file (bzip2)", unpack},
    {"\xFD"
     "7zXZ",
     5, 0, "a packed file (xz)", unpack},
    {"\x28\xB5\x2F\xFD", 4, 0, "a packed file (zstd)", unpack},
    {"7z\xBC\xAF\x27\x1C", 6, 0, "an archive (7z)", unpack},
    {"Rar!", 4, 0, "an archive (RAR)", unpack},
    {"\x7F"
     "ELF",
     4, 0, "a program", NULL},
    {"\xFF\xFE", 2, 0, "a text in UTF-16", save_as_utf8},
    {"\xFE\xFF", 2, 0, "a text in UTF-16", save_as_utf8},
};

static bool holds(struct slice bytes, const char *word)
{
    return memmem(bytes.data, bytes.length, word, strlen(word)) != NULL;
}

/* DOCX, ODT and the like are ZIP files; what they hold names them. */
static const char *zip_name(struct slice bytes, const char **advice)
{
    *advice = save_as_text;
    if (holds(bytes, "word/"))
        return "a Word file (DOCX)";
    if (holds(bytes, "opendocument.text"))
        return "a Writer file (ODT)";
    if (holds(bytes, "xl/"))
        return "a spreadsheet (XLSX)";
    if (holds(bytes, "epub+zip"))
        return "an e-book (EPUB)";
    *advice = unpack;
    return "a ZIP archive";
}

/* More than one byte in eight that no text has: controls other than white
 * space, form feed, backspace and escape. */
static bool is_binary(struct slice bytes)
{
    size_t controls = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        controls += byte < 0x08 || (byte >= 0x0E && byte < 0x1B) ||
                    (byte > 0x1B && byte < 0x20);
    }
    return controls > bytes.length / 8;
}

const char *format_not_text(struct slice bytes, const char **advice)
{
    enum { LOOKED_AT = 8192 };
    *advice = NULL;
    if (bytes.length > LOOKED_AT)
        bytes.length = LOOKED_AT;
    if (bytes.length >= 4 && memcmp(bytes.data, "PK\x03\x04", 4) == 0)
        return zip_name(bytes, advice);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        const struct format *format = &formats[i];
        if (bytes.length >= (size_t)format->offset + format->length &&
            memcmp(bytes.data + format->offset, format->magic,
                   format->length) == 0) {
            *advice = format->advice;
            return format->name;
        }
    }
    return is_binary(bytes) ? "no text (or one in UTF-16)" : NULL;
}

bool format_check_text(struct slice bytes, struct error *error)
{
    const char *advice;
    const char *name = format_not_text(bytes, &advice);
    if (bytes.length == 0)
        return error_set(error, ERROR_BAD_INPUT, "empty, nothing to read");
    if (name == NULL)
        return true;
    return error_set(error, ERROR_BAD_INPUT,
                     "this is %s; madai reads plain text only so far%s%s", name,
                     advice != NULL ? ": " : "", advice != NULL ? advice : "");
}
