/*
 * file_kind.c - see file_kind.h.
 */
#include "file_kind.h"

#include <strings.h>

#include "chat_head.h"
#include "utf8.h"

const char *const file_kind_names[FILE_KINDS] = {
    "empty",       "text",  "charset", "html",    "pdf",   "docx",
    "odt",         "rtf",   "mail",    "mbox",    "mhtml", "picture",
    "spreadsheet", "table", "chat",    "archive", "warc",  "other"};

const char *file_kind_helper(enum file_kind kind)
{
    static const char *const helpers[FILE_KINDS] = {
        [FILE_CHARSET] = "text", [FILE_HTML] = "html",
        [FILE_PDF] = "pdf",      [FILE_DOCX] = "office",
        [FILE_ODT] = "office",   [FILE_RTF] = "rtf",
        [FILE_MAIL] = "mail",    [FILE_MBOX] = "mail",
        [FILE_MHTML] = "mail",   [FILE_ARCHIVE] = "archive",
        [FILE_WARC] = "warc",    [FILE_SPREADSHEET] = "sheet",
        [FILE_TABLE] = "text",   [FILE_CHAT] = "text",
        [FILE_PICTURE] = "ocr",
    };
    return helpers[kind];
}

struct magic {
    const char *bytes;
    uint8_t length;
    uint8_t offset;
    enum file_kind kind;
    const char *words;
};

/* From the formats' own specifications, as file(1) has them. */
static const struct magic magics[] = {
    {"%PDF-", 5, 0, FILE_PDF, "a PDF"},
    {"\x89PNG", 4, 0, FILE_PICTURE, "a picture (PNG)"},
    {"\xFF\xD8\xFF", 3, 0, FILE_PICTURE, "a picture (JPEG)"},
    {"GIF8", 4, 0, FILE_PICTURE, "a picture (GIF)"},
    {"WEBP", 4, 8, FILE_PICTURE, "a picture (WebP)"},
    {"II*\0", 4, 0, FILE_PICTURE, "a picture (TIFF)"},
    {"MM\0*", 4, 0, FILE_PICTURE, "a picture (TIFF)"},
    {"ftyp", 4, 4, FILE_OTHER, "a picture or film (MP4, HEIC)"},
    {"\x1A\x45\xDF\xA3", 4, 0, FILE_OTHER, "a film (Matroska, WebM)"},
    {"OggS", 4, 0, FILE_OTHER, "a sound recording (Ogg)"},
    {"ID3", 3, 0, FILE_OTHER, "a sound recording (MP3)"},
    {"WAVE", 4, 8, FILE_OTHER, "a sound recording (WAV)"},
    {"{\\rtf", 5, 0, FILE_RTF, "a rich text file (RTF)"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, 0, FILE_OTHER,
     "an old Office file (DOC, XLS, PPT, MSG)"},
    {"SQLite format 3", 15, 0, FILE_OTHER, "a database (SQLite)"},
    {"\x1F\x8B", 2, 0, FILE_ARCHIVE, "a packed file (gzip)"},
    {"BZh", 3, 0, FILE_ARCHIVE, "a packed file (bzip2)"},
    {"\xFD"
     "7zXZ",
     5, 0, FILE_ARCHIVE, "a packed file (xz)"},
    {"\x28\xB5\x2F\xFD", 4, 0, FILE_ARCHIVE, "a packed file (zstd)"},
    {"7z\xBC\xAF\x27\x1C", 6, 0, FILE_ARCHIVE, "an archive (7z)"},
    {"Rar!", 4, 0, FILE_ARCHIVE, "an archive (RAR)"},
    {"PK\x05\x06", 4, 0, FILE_ARCHIVE, "an empty ZIP archive"},
    {"WARC/1.", 7, 0, FILE_WARC, "a web archive (WARC)"},
    {"\x7F"
     "ELF",
     4, 0, FILE_OTHER, "a program"},
    {"\xFF\xFE", 2, 0, FILE_CHARSET, "a text in UTF-16"},
    {"\xFE\xFF", 2, 0, FILE_CHARSET, "a text in UTF-16"},
};

static bool holds(struct slice bytes, const char *word)
{
    return bytes.length > 0 &&
           memmem(bytes.data, bytes.length, word, strlen(word)) != NULL;
}

/* DOCX, ODT and the like are ZIP files; what they hold names them. The order
 * of their members is free, so the directory at the end is asked as well. */
static struct kind_found kind_of_zip(struct slice bytes)
{
    static const struct {
        const char *word;
        struct kind_found found;
    } kinds[] = {
        {"word/document.xml", {FILE_DOCX, "a Word file (DOCX)"}},
        {"opendocument.text", {FILE_ODT, "a Writer file (ODT)"}},
        {"xl/workbook.xml", {FILE_SPREADSHEET, "a spreadsheet (XLSX)"}},
        {"opendocument.spreadsheet", {FILE_ODT, "a spreadsheet (ODS)"}},
        {"ppt/presentation.xml", {FILE_OTHER, "a presentation (PPTX)"}},
        {"opendocument.presentation", {FILE_ODT, "a presentation (ODP)"}},
        {"epub+zip", {FILE_OTHER, "an e-book (EPUB)"}},
    };
    struct slice ends[2] = {bytes, bytes};
    if (bytes.length > FILE_LOOKED_AT) {
        ends[0].length = FILE_LOOKED_AT;
        ends[1].data = bytes.data + bytes.length - FILE_LOOKED_AT;
        ends[1].length = FILE_LOOKED_AT;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (holds(ends[0], kinds[i].word) || holds(ends[1], kinds[i].word))
            return kinds[i].found;
    return (struct kind_found){FILE_ARCHIVE, "a ZIP archive"};
}

static bool begins_folded(struct slice bytes, const char *word)
{
    size_t length = strlen(word);
    return bytes.length >= length && strncasecmp(bytes.data, word, length) == 0;
}

static struct slice skip_blank(struct slice bytes)
{
    if (begins_folded(bytes, "\xEF\xBB\xBF"))
        bytes = (struct slice){bytes.data + 3, bytes.length - 3};
    while (bytes.length > 0 && strchr(" \t\r\n", *bytes.data) != NULL &&
           *bytes.data != '\0')
        bytes = (struct slice){bytes.data + 1, bytes.length - 1};
    return bytes;
}

/* A page as a browser saves it or a crawler gets it. A text that only speaks
 * of tags begins with a word. */
static bool is_html(struct slice bytes, const char *suffix)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head",
                                         "<body"};
    bytes = skip_blank(bytes);
    /* Comments and an XML declaration may stand before it. */
    while (begins_folded(bytes, "<!--") || begins_folded(bytes, "<?xml")) {
        const char *end = memmem(bytes.data, bytes.length,
                                 bytes.data[1] == '?' ? "?>" : "-->",
                                 bytes.data[1] == '?' ? 2 : 3);
        if (end == NULL)
            break;
        size_t used = (size_t)(end - bytes.data) + 2;
        bytes =
            skip_blank((struct slice){bytes.data + used, bytes.length - used});
        if (bytes.length > 0 && *bytes.data == '>')
            bytes =
                skip_blank((struct slice){bytes.data + 1, bytes.length - 1});
    }
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (begins_folded(bytes, starts[i]))
            return true;
    return bytes.length > 0 && *bytes.data == '<' &&
           (strcasecmp(suffix, "html") == 0 || strcasecmp(suffix, "htm") == 0 ||
            strcasecmp(suffix, "xhtml") == 0);
}

/* The name of the header field that a line begins with; 0 for none. */
static size_t field_name_length(struct slice line)
{
    size_t length = 0;
    while (length < line.length && line.data[length] > ' ' &&
           line.data[length] < 0x7F && line.data[length] != ':')
        length++;
    return length > 0 && length < line.length && line.data[length] == ':'
               ? length
               : 0;
}

/* What only a message has in its head: a letter that somebody typed with
 * From and Date above it is a text. */
static bool is_message_field(struct slice line)
{
    static const char *const fields[] = {
        "mime-version:", "message-id:",    "received:", "return-path:",
        "delivered-to:", "x-mozilla-",     "x-gmail-",  "content-type:",
        "x-mailer:",     "dkim-signature:"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (begins_folded(line, fields[i]))
            return true;
    return false;
}

/* A head of fields with an empty line after it, or cut by the look. */
static bool has_message_head(struct slice bytes)
{
    bool has_field = false;
    unsigned fields = 0;
    while (bytes.length > 0) {
        const char *stop = memchr(bytes.data, '\n', bytes.length);
        size_t length =
            stop != NULL ? (size_t)(stop - bytes.data) + 1 : bytes.length;
        struct slice line = {bytes.data, length};
        bytes = (struct slice){bytes.data + length, bytes.length - length};
        if (line.length > 0 && (*line.data == '\n' || *line.data == '\r'))
            break;
        if (*line.data == ' ' || *line.data == '\t')
            continue; /* goes on from the line before */
        if (stop != NULL && field_name_length(line) == 0)
            return false;
        fields++;
        has_field = has_field || is_message_field(line);
    }
    return has_field && fields >= 2;
}

static struct kind_found kind_of_mail(struct slice bytes, const char *suffix)
{
    const struct kind_found none = {FILE_TEXT, "a text"};
    bool is_named = strcasecmp(suffix, "eml") == 0 ||
                    strcasecmp(suffix, "mht") == 0 ||
                    strcasecmp(suffix, "mhtml") == 0;
    if (begins_folded(bytes, "From ")) {
        const char *stop = memchr(bytes.data, '\n', bytes.length);
        if (stop == NULL)
            return none;
        size_t used = (size_t)(stop - bytes.data) + 1;
        struct slice rest = {bytes.data + used, bytes.length - used};
        bool is_box = strcasecmp(suffix, "mbox") == 0 || has_message_head(rest);
        return is_box ? (struct kind_found){FILE_MBOX, "a mailbox (mbox)"}
                      : none;
    }
    if (!has_message_head(bytes) && !(is_named && field_name_length(bytes) > 0))
        return none;
    /* Browsers save pages as messages whose parts are the page's files. */
    if (holds(bytes, "multipart/related") &&
        (holds(bytes, "Snapshot-Content-Location") ||
         holds(bytes, "Saved by") || strcasecmp(suffix, "mht") == 0 ||
         strcasecmp(suffix, "mhtml") == 0))
        return (struct kind_found){FILE_MHTML, "a saved page (MHTML)"};
    return (struct kind_found){FILE_MAIL, "a message (e-mail)"};
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

/* UTF-16 without its mark: every other byte of a Latin text is 0. */
static bool is_wide(struct slice bytes)
{
    size_t zeros[2] = {0, 0}, pairs = bytes.length / 2;
    for (size_t i = 0; i < pairs * 2; i++)
        zeros[i % 2] += bytes.data[i] == 0;
    return pairs >= 4 && ((zeros[0] > pairs * 3 / 4 && zeros[1] < pairs / 8) ||
                          (zeros[1] > pairs * 3 / 4 && zeros[0] < pairs / 8));
}

/* Bytes above 127 that make no UTF-8, and hardly any that do: an encoding of
 * old. A UTF-8 text with a few broken bytes stays one. */
static bool is_charset(struct slice bytes)
{
    size_t valid = 0, invalid = 0;
    for (size_t at = 0; at < bytes.length;) {
        struct utf8 unit = utf8_at(bytes, at);
        valid += unit.code_point != UTF8_INVALID && unit.length > 1;
        invalid += unit.code_point == UTF8_INVALID;
        at += unit.length;
    }
    return invalid > 0 && invalid > 2 * valid;
}

static const char *suffix_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL ? dot + 1 : "";
}

static struct kind_found kind_of_text(struct slice bytes, struct slice start,
                                      const char *suffix)
{
    if (is_wide(start))
        return (struct kind_found){FILE_CHARSET, "a text in UTF-16"};
    if (is_binary(start))
        return (struct kind_found){FILE_OTHER, "no text"};
    if (is_html(start, suffix))
        return (struct kind_found){FILE_HTML, "a web page (HTML)"};
    struct kind_found mail = kind_of_mail(start, suffix);
    if (mail.kind != FILE_TEXT)
        return mail;
    if (chat_is_one(start))
        return (struct kind_found){FILE_CHAT, "a chat (WhatsApp)"};
    if (strcasecmp(suffix, "csv") == 0 || strcasecmp(suffix, "tsv") == 0)
        return (struct kind_found){FILE_TABLE, "a table (CSV)"};
    if (is_charset(bytes))
        return (struct kind_found){FILE_CHARSET, "a text that is not UTF-8"};
    return (struct kind_found){FILE_TEXT, "a text"};
}

struct kind_found file_kind_of(struct slice bytes, const char *name)
{
    struct slice start = bytes;
    if (bytes.length == 0)
        return (struct kind_found){FILE_EMPTY, "empty"};
    if (start.length > FILE_LOOKED_AT)
        start.length = FILE_LOOKED_AT;
    if (start.length >= 4 && memcmp(start.data, "PK\x03\x04", 4) == 0)
        return kind_of_zip(bytes);
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const struct magic *magic = &magics[i];
        if (start.length >= (size_t)magic->offset + magic->length &&
            memcmp(start.data + magic->offset, magic->bytes, magic->length) ==
                0)
            return (struct kind_found){magic->kind, magic->words};
    }
    return kind_of_text(bytes, start, suffix_of(name));
}
