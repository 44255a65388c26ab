/*
 * output.c - see output.h.
 */
#include "output.h"

#include <assert.h>
#include <stdarg.h>

#include "utf8.h"

void output_begin(struct output *output, struct arena *arena,
                  struct error *error)
{
    *output = (struct output){.arena = arena, .error = error};
}

void output_slice(struct output *output, struct slice bytes)
{
    if (output->is_failed || bytes.length == 0)
        return;
    output->is_failed = !list_reserve_(
        output->arena, (void **)&output->items, &output->capacity,
        output->count + bytes.length, 1, output->error);
    if (output->is_failed)
        return;
    memcpy(output->items + output->count, bytes.data, bytes.length);
    output->count += bytes.length;
}

void output_add(struct output *output, const char *words)
{
    output_slice(output, slice_of(words));
}

void output_print(struct output *output, const char *format, ...)
{
    char words[4096];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    if ((size_t)length < sizeof words) {
        output_slice(output, (struct slice){words, (size_t)length});
        return;
    }
    char *room =
        output->is_failed
            ? NULL
            : arena_take(output->arena, (size_t)length + 1, 1, output->error);
    output->is_failed = room == NULL;
    if (room == NULL)
        return;
    va_start(arguments, format);
    vsnprintf(room, (size_t)length + 1, format, arguments);
    va_end(arguments);
    output_slice(output, (struct slice){room, (size_t)length});
}

void output_xml(struct output *output, struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        uint32_t code = unit.code_point;
        struct slice bytes = {text.data + at, unit.length};
        at += unit.length;
        if (code == '&')
            output_add(output, "&amp;");
        else if (code == '<')
            output_add(output, "&lt;");
        else if (code == '>')
            output_add(output, "&gt;");
        else if (code == '"')
            output_add(output, "&quot;");
        else if (code == UTF8_INVALID || code == 0xFFFE || code == 0xFFFF ||
                 (code < 0x20 && code != '\t' && code != '\n' && code != '\r'))
            output_add(output, "\xEF\xBF\xBD");
        else
            output_slice(output, bytes);
    }
}

struct slice output_bytes(const struct output *output)
{
    return (struct slice){output->items != NULL ? output->items : "",
                          output->count};
}
