/*
 * print.c - see print.h.
 */
#include "print.h"

#include <errno.h>
#include <stdio.h>

#include "terminal.h"
#include "utf8.h"

void print_plain(struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        struct terminal_glyph glyph = terminal_glyph(unit.code_point);
        fwrite(glyph.bytes, 1, glyph.length, stdout);
        at += unit.length;
    }
}

void print_words(const char *words)
{
    if (words != NULL)
        print_plain(slice_of(words));
}

void print_field(const char *label, const char *words)
{
    if (words == NULL || *words == '\0')
        return;
    printf("%-14s ", label);
    print_words(words);
    putchar('\n');
}

void print_escaped(const char *words)
{
    for (; *words != '\0'; words++) {
        unsigned char byte = (unsigned char)*words;
        if (byte < 0x20 || byte == 0x7F || byte == '\\')
            printf("\\x%02x", byte);
        else
            putchar(byte);
    }
}

static bool write_out(void *context, struct slice bytes, struct error *error)
{
    (void)context;
    if (fwrite(bytes.data, 1, bytes.length, stdout) == bytes.length)
        return true;
    return error_errno(error, errno, "standard output");
}

struct json_sink print_sink(void)
{
    return (struct json_sink){write_out, NULL};
}

bool print_json(json_t *value, struct error *error)
{
    if (value == NULL)
        return error_set(error, ERROR_LIMIT, "no memory to write JSON");
    bool is_written = json_write(value, print_sink(), error);
    json_decref(value);
    putchar('\n');
    return is_written;
}
