/*
 * writer.c - see writer.h.
 */
#include "writer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "utf8.h"

enum { EXIT_NO_MEMORY = 3, EXIT_PARENT_GONE = 4, ORIGINS_HELD = 256 };

struct buffer {
    char *bytes;
    size_t length, room;
};

struct writer {
    bool (*send)(void *, struct slice);
    void *context;
    struct buffer frame;     /* header and payload of what is being sent */
    struct buffer paragraph; /* clean text of the open one */
    struct buffer text;      /* clean text not yet sent */
    size_t count;            /* bytes of text, sent or not */
    uint32_t paragraphs, page;
    enum origin_kind kind;
    bool is_open, is_close, wants_blank, is_finished;
    /* Of the open paragraph. */
    struct origin *pieces;
    size_t piece_count, piece_room;
    enum origin_kind piece_kind;
    uint32_t piece_page;
    struct origin_box box; /* of the piece being written */
    uint8_t confidence;    /* the same */
    size_t piece_begin, line_begin;
    bool has_pieces;
    char origins[ORIGINS_HELD * ORIGIN_WORDS * 4];
    size_t origin_count;
};

static void *must(void *memory)
{
    if (memory == NULL)
        _exit(EXIT_NO_MEMORY);
    return memory;
}

static void buffer_add(struct buffer *buffer, const char *bytes, size_t length)
{
    size_t needed = buffer->length + length;
    if (needed > buffer->room) {
        size_t room = buffer->room * 2 > needed ? buffer->room * 2 : needed;
        buffer->bytes = must(realloc(buffer->bytes, room + 256));
        buffer->room = room + 256;
    }
    if (length > 0)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length = needed;
}

struct writer *writer_new(bool (*send)(void *, struct slice), void *context)
{
    struct writer *writer = must(calloc(1, sizeof *writer));
    writer->send = send;
    writer->context = context;
    return writer;
}

void writer_free(struct writer *writer)
{
    free(writer->frame.bytes);
    free(writer->paragraph.bytes);
    free(writer->text.bytes);
    free(writer->pieces);
    free(writer);
}

static bool send_to_parent(void *context, struct slice frame)
{
    (void)context;
    while (frame.length > 0) {
        ssize_t count = write(STDOUT_FILENO, frame.data, frame.length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        frame.data += count;
        frame.length -= (size_t)count;
    }
    return true;
}

struct writer *writer_to_parent(void)
{
    return writer_new(send_to_parent, NULL);
}

/* One frame of at most FRAME_BYTES_MAX. */
static void send_frame(struct writer *writer, enum frame_type type,
                       struct slice bytes)
{
    char header[FRAME_HEADER] = {(char)type};
    frame_put_u32(header + 1, (uint32_t)bytes.length);
    writer->frame.length = 0;
    buffer_add(&writer->frame, header, sizeof header);
    buffer_add(&writer->frame, bytes.data, bytes.length);
    if (!writer->send(writer->context, (struct slice){writer->frame.bytes,
                                                      writer->frame.length}))
        _exit(EXIT_PARENT_GONE);
}

/* Where a piece of at most `most` bytes may end: not within a character. */
static size_t cut(struct slice bytes, size_t most)
{
    size_t length = bytes.length < most ? bytes.length : most;
    while (length > 0 && length < bytes.length &&
           ((unsigned char)bytes.data[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static void send_text(struct writer *writer)
{
    struct slice left = {writer->text.bytes, writer->text.length};
    while (left.length > 0) {
        size_t length = cut(left, FRAME_BYTES_MAX);
        send_frame(writer, FRAME_TEXT, (struct slice){left.data, length});
        left = (struct slice){left.data + length, left.length - length};
    }
    writer->text.length = 0;
}

static void send_origins(struct writer *writer)
{
    if (writer->origin_count > 0)
        send_frame(writer, FRAME_ORIGINS,
                   (struct slice){writer->origins,
                                  writer->origin_count * ORIGIN_WORDS * 4});
    writer->origin_count = 0;
}

static void put_origin(struct writer *writer, const struct origin *origin)
{
    const uint32_t words[ORIGIN_WORDS] = {
        origin->span.begin, origin->span.end,  origin->page,
        origin->paragraph,  origin->kind,      origin->box.left,
        origin->box.top,    origin->box.right, origin->box.bottom,
        origin->confidence};
    char *to = writer->origins + writer->origin_count * ORIGIN_WORDS * 4;
    for (size_t i = 0; i < ORIGIN_WORDS; i++)
        frame_put_u32(to + 4 * i, words[i]);
    if (++writer->origin_count == ORIGINS_HELD)
        send_origins(writer);
}

/* What a character becomes: itself, a blank, or nothing (0). */
static uint32_t clean(uint32_t code_point)
{
    if (code_point == UTF8_INVALID)
        return 0xFFFD;
    if (code_point <= 0x20 || code_point == 0xA0 || code_point == 0x2028 ||
        code_point == 0x2029 || code_point == 0x85 || code_point == 0x3000 ||
        (code_point >= 0x2000 && code_point <= 0x200A) ||
        code_point == 0x202F || code_point == 0x205F)
        return ' ';
    if (code_point == 0x7F || (code_point >= 0x80 && code_point < 0xA0) ||
        code_point == 0xAD || code_point == 0x200B || code_point == 0x2060 ||
        code_point == 0xFEFF || code_point == 0xFFFC ||
        (code_point >= 0x200E && code_point <= 0x200F) ||
        (code_point >= 0x202A && code_point <= 0x202E) ||
        (code_point >= 0x2066 && code_point <= 0x2069) ||
        (code_point >= 0xFDD0 && code_point <= 0xFDEF) ||
        (code_point & 0xFFFE) == 0xFFFE)
        return 0;
    return code_point;
}

/* Clean bytes at the end of `to`; `wants_blank` is a blank that stands before
 * the next character, if one comes. */
static void add_clean(struct buffer *to, size_t line_begin, bool *wants_blank,
                      struct slice words)
{
    for (size_t at = 0; at < words.length;) {
        struct utf8 unit = utf8_at(words, at);
        uint32_t code_point = clean(unit.code_point);
        if (code_point == ' ') {
            *wants_blank = to->length > line_begin;
        } else if (code_point != 0) {
            char bytes[4];
            if (*wants_blank)
                buffer_add(to, " ", 1);
            *wants_blank = false;
            buffer_add(to, bytes, utf8_encode(code_point, bytes));
        }
        at += unit.length;
    }
}

static void begin(struct writer *writer, enum origin_kind kind, bool is_close)
{
    writer_end(writer);
    writer->kind = kind;
    writer->is_close = is_close;
    writer->is_open = true;
    writer->wants_blank = false;
    writer->line_begin = writer->piece_begin = 0;
    writer->has_pieces = false;
    writer->piece_kind = kind;
    writer->piece_page = writer->page;
    writer->box = (struct origin_box){0, 0, 0, 0};
    writer->confidence = 0;
}

void writer_begin(struct writer *writer, enum origin_kind kind)
{
    begin(writer, kind, false);
}

void writer_begin_close(struct writer *writer, enum origin_kind kind)
{
    begin(writer, kind, true);
}

void writer_words(struct writer *writer, struct slice words)
{
    if (!writer->is_open)
        begin(writer, ORIGIN_BODY, false);
    add_clean(&writer->paragraph, writer->line_begin, &writer->wants_blank,
              words);
}

/* The piece that ends here (a line of the page, words of one kind) has an
 * origin of its own, where the paragraph has pieces. */
static void end_piece(struct writer *writer)
{
    if (writer->has_pieces && writer->paragraph.length > writer->piece_begin) {
        if (writer->piece_count == writer->piece_room) {
            writer->piece_room = writer->piece_room * 2 + 16;
            writer->pieces = must(realloc(
                writer->pieces, writer->piece_room * sizeof *writer->pieces));
        }
        writer->pieces[writer->piece_count++] =
            (struct origin){.span = {(uint32_t)writer->piece_begin,
                                     (uint32_t)writer->paragraph.length},
                            .page = writer->piece_page,
                            .kind = writer->piece_kind,
                            .box = writer->box,
                            .confidence = writer->confidence};
    }
    writer->piece_begin = writer->paragraph.length;
}

/* Words that go on in the same line of text (a hyphen undone, a line that runs
 * on) may still lie elsewhere on the page. */
static void begin_piece(struct writer *writer)
{
    writer->has_pieces = true;
    end_piece(writer);
    if (writer->wants_blank)
        buffer_add(&writer->paragraph, " ", 1);
    writer->wants_blank = false;
    writer->piece_begin = writer->paragraph.length;
    writer->piece_page = writer->page;
}

void writer_line(struct writer *writer)
{
    if (!writer->is_open || writer->paragraph.length == writer->line_begin)
        return;
    end_piece(writer);
    buffer_add(&writer->paragraph, "\n", 1);
    writer->line_begin = writer->piece_begin = writer->paragraph.length;
    writer->wants_blank = false;
}

void writer_box(struct writer *writer, struct origin_box box)
{
    begin_piece(writer);
    writer->box = box;
    writer->confidence = 0;
}

void writer_confidence(struct writer *writer, uint8_t percent)
{
    writer->confidence = percent;
}

void writer_kind(struct writer *writer, enum origin_kind kind)
{
    begin_piece(writer);
    writer->piece_kind = kind;
}

static void put_origins(struct writer *writer, size_t at)
{
    const struct origin whole = {
        .span = {(uint32_t)at, (uint32_t)(at + writer->paragraph.length)},
        .page = writer->page,
        .paragraph = ++writer->paragraphs,
        .kind = writer->kind};
    if (writer->piece_count == 0)
        put_origin(writer, &whole);
    for (size_t i = 0; i < writer->piece_count; i++) {
        struct origin piece = whole;
        piece.span.begin = (uint32_t)at + writer->pieces[i].span.begin;
        piece.span.end = (uint32_t)at + writer->pieces[i].span.end;
        piece.kind = writer->pieces[i].kind;
        piece.page = writer->pieces[i].page;
        piece.box = writer->pieces[i].box;
        piece.confidence = writer->pieces[i].confidence;
        if (piece.span.end > whole.span.end)
            piece.span.end = whole.span.end;
        if (piece.span.begin < piece.span.end)
            put_origin(writer, &piece);
    }
}

void writer_end(struct writer *writer)
{
    if (!writer->is_open)
        return;
    end_piece(writer);
    struct buffer *paragraph = &writer->paragraph;
    while (paragraph->length > 0 &&
           (paragraph->bytes[paragraph->length - 1] == '\n' ||
            paragraph->bytes[paragraph->length - 1] == ' '))
        paragraph->length--;
    if (paragraph->length > 0) {
        const char *gap = writer->is_close ? "\n" : "\n\n";
        size_t length = writer->count > 0 ? strlen(gap) : 0;
        if (writer->count + length + paragraph->length > CONVERSION_TEXT_MAX)
            _exit(EXIT_NO_MEMORY);
        buffer_add(&writer->text, gap, length);
        put_origins(writer, writer->count + length);
        buffer_add(&writer->text, paragraph->bytes, paragraph->length);
        writer->count += length + paragraph->length;
    }
    paragraph->length = 0;
    writer->piece_count = 0;
    writer->is_open = false;
    if (writer->text.length > FRAME_BYTES_MAX / 2)
        send_text(writer);
}

bool writer_is_open(const struct writer *writer) { return writer->is_open; }

bool writer_has_words(const struct writer *writer)
{
    return writer->is_open && writer->paragraph.length > 0;
}

void writer_page(struct writer *writer, uint32_t page) { writer->page = page; }

size_t writer_count(const struct writer *writer) { return writer->count; }

void writer_fact(struct writer *writer, const char *name, struct slice value,
                 const char *from)
{
    enum { VALUE_MAX = 4000 };
    struct buffer fact = {0};
    bool wants_blank = false;
    buffer_add(&fact, name, strlen(name) + 1);
    size_t begin = fact.length;
    value.length = cut(value, VALUE_MAX);
    add_clean(&fact, begin, &wants_blank, value);
    if (fact.length > begin) {
        buffer_add(&fact, "", 1);
        add_clean(&fact, fact.length, &wants_blank, slice_of(from));
        send_frame(writer, FRAME_FACT, (struct slice){fact.bytes, fact.length});
    }
    free(fact.bytes);
}

/* Words of ours with pieces of the document's in them: clean, and short. */
static void __attribute__((format(printf, 3, 0)))
send_words(struct writer *writer, enum frame_type type, const char *format,
           va_list values)
{
    enum { WORDS_MAX = 400 };
    char words[WORDS_MAX];
    struct buffer said = {0};
    bool wants_blank = false;
    vsnprintf(words, sizeof words, format, values);
    add_clean(&said, 0, &wants_blank, slice_of(words));
    struct slice whole = {said.bytes, said.length};
    whole.length = cut(whole, WORDS_MAX);
    send_frame(writer, type, whole);
    free(said.bytes);
}

void writer_warn(struct writer *writer, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    send_words(writer, FRAME_WARNING, format, values);
    va_end(values);
}

void writer_scan(struct writer *writer)
{
    send_frame(writer, FRAME_SCAN, slice_of(""));
}

void writer_picture(struct writer *writer, uint32_t page)
{
    char bytes[4];
    frame_put_u32(bytes, page);
    send_frame(writer, FRAME_PICTURE, (struct slice){bytes, sizeof bytes});
}

void writer_member(struct writer *writer, struct slice name)
{
    enum { NAME_MAX_BYTES = 400 };
    struct buffer said = {0};
    bool wants_blank = false;
    name.length = cut(name, NAME_MAX_BYTES);
    add_clean(&said, 0, &wants_blank, name);
    send_frame(writer, FRAME_MEMBER, (struct slice){said.bytes, said.length});
    free(said.bytes);
}

void writer_member_bytes(struct writer *writer, struct slice bytes)
{
    while (bytes.length > 0) {
        size_t length =
            bytes.length < FRAME_BYTES_MAX ? bytes.length : FRAME_BYTES_MAX;
        send_frame(writer, FRAME_BYTES, (struct slice){bytes.data, length});
        bytes = (struct slice){bytes.data + length, bytes.length - length};
    }
}

void writer_finish(struct writer *writer)
{
    if (writer->is_finished)
        return;
    writer_end(writer);
    send_text(writer);
    send_origins(writer);
    send_frame(writer, FRAME_END, slice_of(""));
    writer->is_finished = true;
}

void writer_refuse(struct writer *writer, const char *format, ...)
{
    va_list values;
    if (writer->is_finished)
        return;
    va_start(values, format);
    send_words(writer, FRAME_REFUSED, format, values);
    va_end(values);
    writer->is_finished = true;
}

bool writer_is_finished(const struct writer *writer)
{
    return writer->is_finished;
}
