/*
 * lines.c - strict readers: what one writer would not have written is refused.
 */
#include "lines.h"

#include <assert.h>
#include <sodium.h>
#include <stdarg.h>

bool line_take(struct slice *text, const char *prefix, struct slice *value)
{
    size_t skip = strlen(prefix);
    const char *end =
        text->length == 0 ? NULL : memchr(text->data, '\n', text->length);
    if (end == NULL || (size_t)(end - text->data) < skip ||
        memcmp(text->data, prefix, skip) != 0)
        return false;
    size_t length = (size_t)(end - text->data);
    *value = (struct slice){text->data + skip, length - skip};
    *text = (struct slice){end + 1, text->length - length - 1};
    return true;
}

bool decimal_read(struct slice text, uint64_t *number)
{
    uint64_t value = 0;
    if (text.length == 0 || text.length > DECIMAL_DIGITS_MAX ||
        (text.length > 1 && text.data[0] == '0'))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.data[i] - '0');
    }
    *number = value;
    return true;
}

/* libsodium 1.0.18 takes some bytes above 127 for letters: its comparisons
 * are made for 0 to 127. */
static bool is_ascii(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((text.data[i] & 0x80) != 0)
            return false;
    return true;
}

bool base64_read_most(struct slice text, void *bytes, size_t most,
                      size_t *length)
{
    return is_ascii(text) &&
           sodium_base642bin(bytes, most, text.data, text.length, NULL, length,
                             NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
}

bool base64_read(struct slice text, void *bytes, size_t size)
{
    size_t length;
    return base64_read_most(text, bytes, size, &length) && length == size;
}

bool arena_print(struct arena *arena, struct slice *text, struct error *error,
                 const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    assert(length >= 0);
    char *room = arena_take(arena, (size_t)length + 1, 1, error);
    if (room == NULL)
        return false;
    va_start(values, format);
    vsnprintf(room, (size_t)length + 1, format, values);
    va_end(values);
    *text = (struct slice){room, (size_t)length};
    return true;
}
