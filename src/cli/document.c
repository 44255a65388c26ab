/*
 * document.c - from an item of the input to a text with an id and a date.
 */
#include <stdlib.h>

#include "date.h"
#include "input.h"
#include "utf8.h"

/* The last part of the path, since a reading must not tell where on whose
 * machine the file lay; bytes that are no UTF-8 become question marks. */
static bool document_name(struct document *document, const char *path,
                          struct error *error)
{
    const char *slash = strrchr(path, '/');
    struct slice name = slice_of(slash != NULL ? slash + 1 : path);
    document->name = malloc(name.length + 1);
    if (document->name == NULL)
        return error_set(error, ERROR_LIMIT, "no memory for the name");
    for (size_t at = 0; at < name.length;) {
        struct utf8 unit = utf8_at(name, at);
        memcpy(document->name + at, name.data + at, unit.length);
        if (unit.code_point == UTF8_INVALID)
            document->name[at] = '?';
        at += unit.length;
    }
    document->name[name.length] = '\0';
    document->id = (struct slice){document->name, name.length};
    return true;
}

static bool document_from_file(const char *path, bool is_unsafe,
                               struct document *document, struct error *error)
{
    if (!document_name(document, path, error))
        return false;
    if (!file_read(path, TEXT_BYTES_MAX, &document->file, error))
        return false;
    if (!file_text_open(document->file.bytes, document->name, is_unsafe,
                        &document->converted, error))
        return false;
    document->text = document->converted.text;
    document->claimed_date = document->converted.date;
    return true;
}

/* A member that may be left out or null, but else must be a string. */
static bool string_of(const json_t *object, const char *key,
                      struct slice *value, struct error *error)
{
    const json_t *member = json_object_get(object, key);
    *value = (struct slice){"", 0};
    if (member == NULL || json_is_null(member))
        return true;
    if (!json_is_string(member))
        return error_set(error, ERROR_BAD_INPUT, "\"%s\" is no string", key);
    *value =
        (struct slice){json_string_value(member), json_string_length(member)};
    return true;
}

static bool document_from_line(struct slice bytes, struct document *document,
                               struct error *error)
{
    document->line = json_read(bytes, error);
    if (document->line == NULL)
        return false;
    const json_t *about = json_object_get(document->line, "document");
    const json_t *text = json_object_get(document->line, "text");
    if (!json_is_object(document->line))
        return error_set(error, ERROR_BAD_INPUT, "not a JSON object");
    if (about != NULL && !json_is_object(about))
        return error_set(error, ERROR_BAD_INPUT, "\"document\" is no object");
    if (!string_of(about, "id", &document->id, error) ||
        !string_of(about, "date", &document->date, error))
        return false;
    document->date = date_of_moment(document->date);
    if (document->date.length > 0 && !date_is_valid(document->date))
        return error_set(error, ERROR_BAD_INPUT,
                         "\"date\" is not a day as YYYY-MM-DD");
    if (!json_is_string(text))
        return error_set(error, ERROR_BAD_INPUT, "\"text\" is missing");
    return string_of(document->line, "text", &document->text, error);
}

bool document_open(const struct input_item *item, bool is_unsafe,
                   struct document *document, struct error *error)
{
    const char *path =
        strcmp(item->path, "-") == 0 ? "standard input" : item->path;
    *document = (struct document){
        .id = {"", 0}, .date = {"", 0}, .claimed_date = {"", 0}};
    bool is_open = item->error.kind == ERROR_NONE;
    if (!is_open)
        *error = item->error;
    else if (item->line == 0)
        is_open = document_from_file(item->path, is_unsafe, document, error);
    else
        is_open = document_from_line((struct slice){item->bytes, item->length},
                                     document, error);
    if (!is_open && item->line > 0)
        error_prefix(error, "line %llu", (unsigned long long)item->line);
    if (!is_open)
        error_prefix(error, "%s", path);
    return is_open;
}

void document_close(struct document *document)
{
    file_text_close(&document->converted);
    free(document->name);
    if (document->file.bytes.data != NULL)
        file_close(&document->file);
    json_decref(document->line);
    *document = (struct document){0};
}
