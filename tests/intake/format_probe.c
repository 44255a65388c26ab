/*
 * format_probe.c - a converter that tries to get out: its document is the name
 * of a probe, or of something that a broken converter might say.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "child.h"
#include "probes.h"

static void send_raw(char type, const char *bytes, size_t length,
                     uint32_t claimed)
{
    char header[FRAME_HEADER] = {type};
    frame_put_u32(header + 1, claimed);
    if (write(1, header, sizeof header) < 0 || write(1, bytes, length) < 0)
        _exit(9);
}

static void send_origin(uint32_t begin, uint32_t end, uint32_t kind)
{
    char bytes[ORIGIN_WORDS * 4] = {0};
    frame_put_u32(bytes, begin);
    frame_put_u32(bytes + 4, end);
    frame_put_u32(bytes + 16, kind);
    send_raw(FRAME_ORIGINS, bytes, sizeof bytes, sizeof bytes);
}

/* Frames that no writer makes. */
static bool lie(struct slice what, struct writer *writer)
{
    static const char control[] = "a\x1b[31mb", half[] = "\xE2\x80";
    if (slice_equals(what, slice_of("lie: control")))
        send_raw(FRAME_TEXT, control, 6, 6);
    else if (slice_equals(what, slice_of("lie: half a character")))
        send_raw(FRAME_TEXT, half, 2, 2);
    else if (slice_equals(what, slice_of("lie: length")))
        send_raw(FRAME_TEXT, "abc", 3, UINT32_MAX);
    else if (slice_equals(what, slice_of("lie: type")))
        send_raw('?', "", 0, 0);
    else if (slice_equals(what, slice_of("lie: door")))
        send_raw(FRAME_DOOR, "\xFF\0\0\0", 4, 4);
    else if (slice_equals(what, slice_of("lie: bytes of no member")))
        send_raw(FRAME_BYTES, "abc", 3, 3);
    else if (slice_equals(what, slice_of("lie: half a fact")))
        send_raw(FRAME_FACT, "title", 5, 5);
    else if (slice_equals(what, slice_of("lie: place outside")))
        send_origin(0, 100, 0);
    else if (slice_equals(what, slice_of("lie: place backwards")))
        send_origin(2, 1, 0);
    else if (slice_equals(what, slice_of("lie: place of no kind")))
        send_origin(0, 0, 99);
    else if (slice_equals(what, slice_of("lie: stop")))
        _exit(0);
    else if (slice_equals(what, slice_of("lie: after the end"))) {
        writer_finish(writer);
        send_raw(FRAME_TEXT, "abc", 3, 3);
    } else if (slice_equals(what, slice_of("lie: flood"))) {
        static char text[FRAME_BYTES_MAX];
        memset(text, 'a', sizeof text);
        for (;;)
            send_raw(FRAME_TEXT, text, sizeof text, sizeof text);
    } else
        return false;
    return true;
}

static void convert_probe(struct slice bytes, enum file_kind kind,
                          struct writer *writer)
{
    (void)kind;
    if (lie(bytes, writer))
        return;
    if (slice_equals(bytes, slice_of("crash")))
        abort();
    for (size_t i = 0; i < probe_count; i++)
        if (slice_equals(bytes, slice_of(probes[i].name)))
            writer_words(writer,
                         slice_of(probes[i].escapes() ? "escaped" : "held"));
}

/* As a converter of PDFs has it: some folders may be read. */
static const char *const folders[] = {"/usr/share/fonts", NULL};

const struct converter converter = {.folders = PROBE_READS ? folders : NULL,
                                    .convert = convert_probe};
