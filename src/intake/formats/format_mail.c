/*
 * format_mail.c - messages (RFC 5322, MIME), mailboxes (mbox), and pages that a
 * browser saved as a message (MHTML, RFC 2557); by gmime.
 *
 * A message's text is its head and what it shows; its attachments, and the
 * messages of a mailbox, are members.
 */
#include <gmime/gmime.h>
#include <iconv.h>
#include <stdlib.h>
#include <strings.h>

#include "charset.h"
#include "child.h"
#include "html_convert.h"
#include "plain_lines.h"

enum { PART_DEPTH_MAX = 20, MAILBOX_MESSAGES_MAX = CONVERSION_MEMBERS_MAX };

struct message_saying {
    struct writer *writer;
    unsigned parts; /* that were given out as members */
    bool has_text;
};

/* Encodings of heads that are met: loaded, so that they are there later. */
static void prepare_mail(void)
{
    static const char *const names[] = {
        "ISO-8859-1",   "ISO-8859-2",   "ISO-8859-9",   "ISO-8859-15",
        "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1254",
        "WINDOWS-1256", "KOI8-R",       "UTF-16",       "US-ASCII"};
    /* Kept open: that keeps their modules. */
    static iconv_t kept[sizeof names / sizeof *names];
    charset_prepare();
    g_mime_init();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        kept[i] = iconv_open("UTF-8", names[i]);
    (void)kept;
}

static struct slice words_or_none(const char *words)
{
    return slice_of(words != NULL ? words : "");
}

static void say_field(struct message_saying *to, const char *label,
                      const char *fact, const char *value)
{
    if (value == NULL || *value == '\0')
        return;
    char from[40];
    snprintf(from, sizeof from, "header %s", label);
    writer_fact(to->writer, fact, slice_of(value), from);
    writer_words(to->writer, slice_of(label));
    writer_words(to->writer, slice_of(": "));
    writer_words(to->writer, slice_of(value));
    writer_line(to->writer);
}

static void say_addresses(struct message_saying *to, const char *label,
                          const char *fact, InternetAddressList *list)
{
    if (list == NULL || internet_address_list_length(list) == 0)
        return;
    char *words = internet_address_list_to_string(list, NULL, FALSE);
    say_field(to, label, fact, words);
    g_free(words);
}

static void say_head(struct message_saying *to, GMimeMessage *message)
{
    GDateTime *date = g_mime_message_get_date(message);
    writer_begin(to->writer, ORIGIN_HEADER);
    say_addresses(to, "From", "author", g_mime_message_get_from(message));
    say_addresses(to, "To", "to", g_mime_message_get_to(message));
    say_addresses(to, "Cc", "cc", g_mime_message_get_cc(message));
    if (date != NULL) {
        char *iso = g_date_time_format_iso8601(date);
        char *shown = g_date_time_format(date, "%d %B %Y %H:%M");
        writer_fact(to->writer, "published", words_or_none(iso), "header Date");
        writer_words(to->writer, slice_of("Date: "));
        writer_words(to->writer, words_or_none(shown));
        writer_line(to->writer);
        g_free(iso);
        g_free(shown);
    }
    say_field(to, "Subject", "title", g_mime_message_get_subject(message));
    writer_end(to->writer);
    writer_fact(to->writer, "message id",
                words_or_none(g_mime_message_get_message_id(message)),
                "header Message-ID");
    writer_fact(to->writer, "software",
                words_or_none(g_mime_object_get_header(GMIME_OBJECT(message),
                                                       "X-Mailer")),
                "header X-Mailer");
}

/* The bytes of a part with their transfer encoding undone; in memory of the
 * stream, which is yours to unref. */
static GMimeStream *part_bytes(GMimePart *part, struct slice *bytes)
{
    GMimeStream *stream = g_mime_stream_mem_new();
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    *bytes = slice_of("");
    if (content != NULL)
        g_mime_data_wrapper_write_to_stream(content, stream);
    GByteArray *array =
        g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    if (array != NULL && array->len > 0)
        *bytes = (struct slice){(const char *)array->data, array->len};
    return stream;
}

static size_t line_length(struct slice text)
{
    const char *stop = memchr(text.data, '\n', text.length);
    return stop != NULL ? (size_t)(stop - text.data) + 1 : text.length;
}

/* "> > words": what an earlier message said. */
static size_t quote_marks(struct slice line)
{
    size_t at = 0, marks = 0;
    while (at < line.length &&
           (line.data[at] == '>' || (line.data[at] == ' ' && marks > 0))) {
        marks += line.data[at] == '>';
        at++;
    }
    return marks > 0 ? at : 0;
}

/* Lines that end with a blank go on (RFC 3676, format=flowed). */
static void say_flowed(struct writer *writer, struct slice text, bool is_flowed,
                       enum origin_kind kind)
{
    char *copy = is_flowed ? malloc(text.length + 1) : NULL;
    if (copy == NULL) {
        plain_lines_say(writer, text, kind);
        return;
    }
    memcpy(copy, text.data, text.length);
    for (size_t i = 1; i < text.length; i++) {
        size_t before = copy[i - 1] == '\r' && i > 1 ? i - 2 : i - 1;
        bool is_signature =
            before >= 2 && copy[before - 1] == '-' && copy[before - 2] == '-';
        if (copy[i] == '\n' && copy[before] == ' ' && !is_signature) {
            copy[i] = ' ';
            copy[i - 1] = ' ';
        }
    }
    plain_lines_say(writer, (struct slice){copy, text.length}, kind);
    free(copy);
}

/* Runs of quoted lines are marked as such. */
static void say_plain(struct writer *writer, struct slice text, bool is_flowed)
{
    char *quoted = malloc(text.length + 1);
    if (quoted == NULL)
        return;
    while (text.length > 0) {
        size_t run = 0, length = 0;
        bool is_quoted = quote_marks(text) > 0;
        while (run < text.length) {
            const struct slice rest = {text.data + run, text.length - run};
            const struct slice line = {rest.data, line_length(rest)};
            const size_t marks = quote_marks(line);
            if ((marks > 0) != is_quoted)
                break;
            memcpy(quoted + length, line.data + marks, line.length - marks);
            length += line.length - marks;
            run += line.length;
        }
        say_flowed(writer, (struct slice){quoted, length}, is_flowed,
                   is_quoted ? ORIGIN_QUOTED : ORIGIN_BODY);
        text = (struct slice){text.data + run, text.length - run};
    }
    free(quoted);
}

static void say_text(struct message_saying *to, GMimePart *part, bool is_html)
{
    struct slice bytes;
    const char *why;
    const char *charset =
        g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
    const char *format =
        g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "format");
    GMimeStream *stream = part_bytes(part, &bytes);
    if (is_html) {
        if (!html_convert_message(bytes, charset, to->writer, &why))
            writer_warn(to->writer, "a part was not read: %s", why);
    } else {
        struct slice text =
            charset_decode(bytes, charset != NULL ? charset : "utf-8");
        if (text.data == NULL)
            text = charset_decode(bytes, "windows-1252");
        say_plain(to->writer, text,
                  format != NULL && strcasecmp(format, "flowed") == 0);
        free((char *)(uintptr_t)text.data);
    }
    to->has_text = true;
    g_object_unref(stream);
}

static void give_part(struct message_saying *to, GMimePart *part)
{
    struct slice bytes;
    char unnamed[32];
    const char *name = g_mime_part_get_filename(part);
    GMimeStream *stream = part_bytes(part, &bytes);
    snprintf(unnamed, sizeof unnamed, "part %u", ++to->parts);
    if (bytes.length > 0) {
        writer_member(to->writer, slice_of(name != NULL ? name : unnamed));
        writer_member_bytes(to->writer, bytes);
    }
    g_object_unref(stream);
}

static void give_message(struct message_saying *to, GMimeMessagePart *part)
{
    char name[40];
    GMimeMessage *message = g_mime_message_part_get_message(part);
    if (message == NULL)
        return;
    char *words = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
    snprintf(name, sizeof name, "message %u.eml", ++to->parts);
    if (words != NULL) {
        writer_member(to->writer, slice_of(name));
        writer_member_bytes(to->writer, slice_of(words));
    }
    g_free(words);
}

static bool is_type(GMimeObject *object, const char *type, const char *subtype)
{
    GMimeContentType *found = g_mime_object_get_content_type(object);
    return found != NULL && g_mime_content_type_is_type(found, type, subtype);
}

static bool is_attached(GMimeObject *object)
{
    const char *how = g_mime_object_get_disposition(object);
    return how != NULL && strcasecmp(how, "attachment") == 0;
}

static void say_part(struct message_saying *to, GMimeObject *object,
                     unsigned depth);

/* Of the same thing said in several ways the plain one, where it has one. */
static void say_alternative(struct message_saying *to, GMimeMultipart *parts,
                            unsigned depth)
{
    GMimeObject *best = NULL;
    int count = g_mime_multipart_get_count(parts);
    for (int i = 0; i < count; i++) {
        GMimeObject *part = g_mime_multipart_get_part(parts, i);
        if (best == NULL || is_type(part, "text", "plain") ||
            (is_type(part, "text", "html") && !is_type(best, "text", "plain")))
            best = part;
    }
    if (best != NULL)
        say_part(to, best, depth + 1);
}

static void say_multipart(struct message_saying *to, GMimeMultipart *parts,
                          unsigned depth)
{
    int count = g_mime_multipart_get_count(parts);
    if (is_type(GMIME_OBJECT(parts), "multipart", "alternative")) {
        say_alternative(to, parts, depth);
        return;
    }
    if (is_type(GMIME_OBJECT(parts), "multipart", "encrypted"))
        writer_warn(to->writer, "is encrypted: only its head can be read");
    for (int i = 0; i < count; i++)
        say_part(to, g_mime_multipart_get_part(parts, i), depth + 1);
}

static void say_part(struct message_saying *to, GMimeObject *object,
                     unsigned depth)
{
    if (depth > PART_DEPTH_MAX) {
        writer_warn(to->writer, "its parts are nested more than %d deep",
                    (int)PART_DEPTH_MAX);
    } else if (GMIME_IS_MULTIPART(object)) {
        say_multipart(to, GMIME_MULTIPART(object), depth);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        give_message(to, GMIME_MESSAGE_PART(object));
    } else if (GMIME_IS_PART(object)) {
        bool is_html = is_type(object, "text", "html");
        bool is_shown = !is_attached(object) &&
                        (is_html || is_type(object, "text", "plain"));
        if (is_shown)
            say_text(to, GMIME_PART(object), is_html);
        else if (!is_type(object, "application", "pgp-signature") &&
                 !is_type(object, "application", "pkcs7-signature"))
            give_part(to, GMIME_PART(object));
    }
}

static GMimeMessage *parse(struct slice bytes)
{
    GMimeStream *stream =
        g_mime_stream_mem_new_with_buffer(bytes.data, bytes.length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

static void convert_message(struct slice bytes, struct writer *writer)
{
    struct message_saying to = {.writer = writer};
    GMimeMessage *message = parse(bytes);
    if (message == NULL) {
        writer_refuse(writer, "is no message, though it begins like one");
        return;
    }
    say_head(&to, message);
    GMimeObject *body = g_mime_message_get_mime_part(message);
    if (body != NULL)
        say_part(&to, body, 0);
    if (!to.has_text)
        writer_warn(writer, "has no text but its head");
    g_object_unref(message);
}

/* The first page in a tree of parts; NULL. */
static GMimePart *find_page(GMimeObject *object, unsigned depth)
{
    if (depth > PART_DEPTH_MAX)
        return NULL;
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart *parts = GMIME_MULTIPART(object);
        int count = g_mime_multipart_get_count(parts);
        for (int i = 0; i < count; i++) {
            GMimePart *page =
                find_page(g_mime_multipart_get_part(parts, i), depth + 1);
            if (page != NULL)
                return page;
        }
        return NULL;
    }
    return GMIME_IS_PART(object) &&
                   (is_type(object, "text", "html") ||
                    is_type(object, "application", "xhtml+xml"))
               ? GMIME_PART(object)
               : NULL;
}

static void say_saving(struct writer *writer, GMimeMessage *message)
{
    GDateTime *date = g_mime_message_get_date(message);
    const char *address = g_mime_object_get_header(GMIME_OBJECT(message),
                                                   "Snapshot-Content-Location");
    if (address == NULL)
        address =
            g_mime_object_get_header(GMIME_OBJECT(message), "Content-Location");
    writer_fact(writer, "address", words_or_none(address),
                "header Content-Location");
    if (date == NULL)
        return;
    char *iso = g_date_time_format_iso8601(date);
    writer_fact(writer, "saved", words_or_none(iso), "header Date");
    g_free(iso);
}

static void convert_saved_page(struct slice bytes, struct writer *writer)
{
    const char *why = "holds no page";
    GMimeMessage *message = parse(bytes);
    GMimeObject *body =
        message != NULL ? g_mime_message_get_mime_part(message) : NULL;
    GMimePart *page = body != NULL ? find_page(body, 0) : NULL;
    bool is_said = false;
    if (page != NULL) {
        struct slice html;
        GMimeStream *stream = part_bytes(page, &html);
        say_saving(writer, message);
        is_said = html_convert(html,
                               g_mime_object_get_content_type_parameter(
                                   GMIME_OBJECT(page), "charset"),
                               writer, &why);
        g_object_unref(stream);
    }
    if (!is_said)
        writer_refuse(writer, "%s", why);
    if (message != NULL)
        g_object_unref(message);
}

static bool begins_message(struct slice line)
{
    return line.length > 5 && memcmp(line.data, "From ", 5) == 0;
}

/* Messages begin with "From " after an empty line; the reader of each looks
 * no further. */
static void convert_mailbox(struct slice bytes, struct writer *writer)
{
    unsigned count = 0;
    bool was_empty = true;
    size_t begin = SIZE_MAX;
    for (size_t at = 0; at <= bytes.length;) {
        const struct slice rest = {bytes.data + at, bytes.length - at};
        const struct slice line = {rest.data, line_length(rest)};
        bool is_next = was_empty && begins_message(line);
        if ((is_next || at == bytes.length) && begin != SIZE_MAX) {
            char name[40];
            snprintf(name, sizeof name, "%05u.eml", ++count);
            writer_member(writer, slice_of(name));
            writer_member_bytes(writer,
                                (struct slice){bytes.data + begin, at - begin});
        }
        if (at == bytes.length || count == MAILBOX_MESSAGES_MAX)
            break;
        if (is_next)
            begin = at + line.length;
        was_empty =
            line.length == 1 || (line.length == 2 && *line.data == '\r');
        at += line.length;
    }
    if (count == MAILBOX_MESSAGES_MAX)
        writer_warn(writer, "holds more messages; the first %u were taken",
                    count);
}

static void convert_mail(struct slice bytes, enum file_kind kind,
                         struct writer *writer)
{
    if (kind == FILE_MBOX)
        convert_mailbox(bytes, writer);
    else if (kind == FILE_MHTML)
        convert_saved_page(bytes, writer);
    else
        convert_message(bytes, writer);
}

const struct converter converter = {.prepare = prepare_mail,
                                    .convert = convert_mail};
