/*
 * file_text.c - see file_text.h.
 */
#include "file_text.h"

/* Text, places and members at their ceilings, and what grows on the way. */
#define ARENA_CEILING ((size_t)16 << 30)

static bool has_words(struct slice text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] > ' ')
            return true;
    return false;
}

static bool check(const struct conversion *conversion, struct error *error)
{
    if (conversion->is_same || has_words(conversion->text))
        return true;
    if (conversion->has_scan)
        return error_set(error, ERROR_BAD_INPUT,
                         "its pages are pictures, and no writing was "
                         "recognised in them");
    if (conversion->members.count > 0)
        return error_set(error, ERROR_BAD_INPUT,
                         "has no text of its own, only %zu files in it",
                         conversion->members.count);
    return error_set(error, ERROR_BAD_INPUT, "there is no text in it");
}

bool file_text_open(struct slice bytes, const char *name, bool is_unsafe,
                    struct file_text *text, struct error *error)
{
    const struct convert_options options = {name, is_unsafe};
    *text = (struct file_text){.date = {"", 0}, .text = {"", 0}};
    if (!convert_is_plain(bytes, name) &&
        (text->arena = arena_new(ARENA_CEILING)) == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for a text");
    if (!convert(bytes, &options, text->arena, &text->conversion, error))
        return false;
    text->text = text->conversion.text;
    struct slice date = conversion_date(&text->conversion);
    if (date.data != NULL)
        text->date = date;
    return part_marks_of_conversion(&text->conversion, text->arena,
                                    &text->marks, error) &&
           check(&text->conversion, error);
}

void file_text_close(struct file_text *text)
{
    arena_release(text->arena);
    *text = (struct file_text){.arena = NULL};
}
