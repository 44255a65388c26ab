/*
 * format_warc.c - web archives: WARC 1.0 and 1.1 (ISO 28500), unpacked.
 *
 * Each answer of a server that is a page, a document or a picture is a member
 * under its address; when it was captured is a fact of the archive. A record
 * that says "as it was before" (revisit) has nothing to read.
 */
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#include "child.h"

struct record {
    struct slice type, address, date;
    size_t length; /* of the block */
    bool is_whole; /* it says its length */
};

/* A line without its end; `rest` is what follows. */
static struct slice take_line(struct slice *rest)
{
    const char *stop = memchr(rest->data, '\n', rest->length);
    size_t length = stop != NULL ? (size_t)(stop - rest->data) : rest->length;
    struct slice line = {rest->data, length};
    length += stop != NULL;
    *rest = (struct slice){rest->data + length, rest->length - length};
    if (line.length > 0 && line.data[line.length - 1] == '\r')
        line.length--;
    return line;
}

/* The value, where the line is the field of this name. */
static bool is_field(struct slice line, const char *name, struct slice *value)
{
    size_t length = strlen(name);
    if (line.length <= length || line.data[length] != ':' ||
        strncasecmp(line.data, name, length) != 0)
        return false;
    for (length++; length < line.length && line.data[length] == ' ';)
        length++;
    *value = (struct slice){line.data + length, line.length - length};
    return true;
}

static size_t number_of(struct slice digits, bool *is_number)
{
    size_t value = 0;
    *is_number = digits.length > 0;
    for (size_t i = 0; i < digits.length; i++) {
        if (!isdigit((unsigned char)digits.data[i]) || value > SIZE_MAX / 16) {
            *is_number = false;
            break;
        }
        value = value * 10 + (size_t)(digits.data[i] - '0');
    }
    return value;
}

static struct record take_head(struct slice *rest)
{
    struct record record = {
        .type = {"", 0}, .address = {"", 0}, .date = {"", 0}};
    while (rest->length > 0) {
        struct slice value;
        const struct slice line = take_line(rest);
        if (line.length == 0)
            break;
        if (is_field(line, "WARC-Type", &value))
            record.type = value;
        else if (is_field(line, "WARC-Target-URI", &value))
            record.address = value;
        else if (is_field(line, "WARC-Date", &value))
            record.date = value;
        else if (is_field(line, "Content-Length", &value))
            record.length = number_of(value, &record.is_whole);
    }
    /* WARC 1.0 allowed the address in angle brackets. */
    if (record.address.length > 2 && record.address.data[0] == '<')
        record.address =
            (struct slice){record.address.data + 1, record.address.length - 2};
    return record;
}

/* Chunked transfer (RFC 9112): sizes in hexadecimal before each piece. */
static void say_chunks(struct writer *writer, struct slice body)
{
    while (body.length > 0) {
        char digits[20];
        const struct slice line = take_line(&body);
        snprintf(digits, sizeof digits, "%.*s",
                 (int)(line.length < 16 ? line.length : 16), line.data);
        size_t size = strtoul(digits, NULL, 16);
        if (size == 0)
            return;
        size = size < body.length ? size : body.length;
        writer_member_bytes(writer, (struct slice){body.data, size});
        body = (struct slice){body.data + size, body.length - size};
        take_line(&body);
    }
}

struct answer {
    bool is_wanted, is_chunked;
};

static bool begins(struct slice value, const char *word)
{
    return value.length >= strlen(word) &&
           strncasecmp(value.data, word, strlen(word)) == 0;
}

/* What a server says of what it sends; `body` is left at the first byte. */
static struct answer take_answer(struct slice *body)
{
    struct answer answer = {.is_wanted = false};
    const struct slice status = take_line(body);
    bool is_well = status.length > 12 && begins(status, "HTTP/") &&
                   memmem(status.data, 13, " 200", 4) != NULL;
    while (body->length > 0) {
        struct slice value;
        const struct slice line = take_line(body);
        if (line.length == 0)
            break;
        if (is_field(line, "Content-Type", &value))
            answer.is_wanted =
                is_well &&
                (begins(value, "text/html") || begins(value, "text/plain") ||
                 begins(value, "application/xhtml") ||
                 begins(value, "application/pdf") ||
                 begins(value, "application/msword") ||
                 begins(value, "application/vnd.") ||
                 begins(value, "application/rtf"));
        else if (is_field(line, "Transfer-Encoding", &value))
            answer.is_chunked = begins(value, "chunked");
    }
    return answer;
}

struct warc {
    struct writer *writer;
    unsigned members, revisits, passed;
};

static void say_record(struct warc *to, const struct record *record,
                       struct slice block)
{
    char fact[1000];
    struct answer answer = {.is_wanted = true};
    if (begins(record->type, "revisit"))
        to->revisits++;
    bool is_answer = begins(record->type, "response");
    if (!is_answer && !begins(record->type, "resource"))
        return;
    if (is_answer && begins(block, "HTTP/"))
        answer = take_answer(&block);
    if (!answer.is_wanted || block.length == 0 ||
        to->members == CONVERSION_MEMBERS_MAX) {
        to->passed++;
        return;
    }
    to->members++;
    writer_member(to->writer, record->address);
    if (answer.is_chunked)
        say_chunks(to->writer, block);
    else
        writer_member_bytes(to->writer, block);
    snprintf(fact, sizeof fact, "%.*s %.*s", (int)(record->date.length & 63),
             record->date.data,
             (int)(record->address.length < 900 ? record->address.length : 900),
             record->address.data);
    writer_fact(to->writer, "captured", slice_of(fact), "WARC-Date");
}

static void convert_warc(struct slice bytes, enum file_kind kind,
                         struct writer *writer)
{
    struct warc to = {.writer = writer};
    (void)kind;
    while (bytes.length > 0) {
        const struct slice line = take_line(&bytes);
        if (line.length == 0)
            continue; /* two of them part records */
        if (!begins(line, "WARC/")) {
            writer_warn(writer, "is broken behind %u records",
                        to.members + to.passed);
            break;
        }
        const struct record record = take_head(&bytes);
        size_t length =
            record.length < bytes.length ? record.length : bytes.length;
        if (!record.is_whole || length < record.length)
            writer_warn(writer, "a record is cut short");
        say_record(&to, &record, (struct slice){bytes.data, length});
        bytes = (struct slice){bytes.data + length, bytes.length - length};
    }
    if (to.revisits > 0)
        writer_warn(writer, "%u records say only that a page had not changed",
                    to.revisits);
    if (to.members == 0)
        writer_refuse(writer, "holds no page or document that could be read");
}

const struct converter converter = {.convert = convert_warc};
