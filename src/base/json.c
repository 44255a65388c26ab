/*
 * json.c - jansson's reader and writer behind our limits and errors.
 */
#include "json.h"

#include <stdarg.h>

#include "utf8.h"

/* jansson and json_decref recurse; this bounds them, whatever limit the
 * library was built with. Strings are skipped; bad JSON is left to jansson,
 * which reads no further than this has looked. */
static bool json_check_depth(struct slice text, struct error *error)
{
    size_t depth = 0;
    bool is_string = false;
    for (size_t i = 0; i < text.length; i++) {
        char byte = text.data[i];
        if (byte == '\\' && is_string)
            i++;
        else if (byte == '"')
            is_string = !is_string;
        else if (is_string)
            continue;
        else if (byte == '[' || byte == '{')
            depth++;
        else if ((byte == ']' || byte == '}') && depth > 0)
            depth--;
        if (depth > JSON_DEPTH_MAX)
            return error_set(error, ERROR_LIMIT,
                             "byte %zu: JSON nested deeper than %d levels", i,
                             JSON_DEPTH_MAX);
    }
    return true;
}

json_t *json_read(struct slice text, struct error *error)
{
    if (text.length > JSON_BYTES_MAX) {
        error_set(error, ERROR_LIMIT, "JSON longer than %zu bytes",
                  JSON_BYTES_MAX);
        return NULL;
    }
    if (!json_check_depth(text, error))
        return NULL;
    json_error_t why;
    json_t *value = json_loadb(
        text.length > 0 ? text.data : "", text.length,
        JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &why);
    /* Where memory is out jansson most often says nothing. */
    if (value == NULL && (why.text[0] == '\0' ||
                          json_error_code(&why) == json_error_out_of_memory))
        error_set(error, ERROR_LIMIT, "no memory for the JSON");
    else if (value == NULL)
        error_set(error, ERROR_BAD_INPUT, "byte %d: not JSON: %s", why.position,
                  why.text);
    return value;
}

json_t *json_make(struct error *error, const char *format, ...)
{
    /* jansson leaves the code as it is where memory is out. */
    json_error_t why = {.line = 0};
    va_list values;
    va_start(values, format);
    json_t *value = json_vpack_ex(&why, 0, format, values);
    va_end(values);
    if (value == NULL && (json_error_code(&why) == json_error_invalid_utf8 ||
                          json_error_code(&why) == json_error_null_value))
        error_set(error, ERROR_BAD_INPUT,
                  "words that are missing, or no UTF-8");
    else if (value == NULL)
        error_set(error, ERROR_LIMIT, "no memory for JSON");
    return value;
}

bool json_put_words(json_t *object, const char *const *keys,
                    const char *const *values, size_t count,
                    struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (values[i] == NULL || *values[i] == '\0')
            continue;
        json_t *value = json_make(error, "s", values[i]);
        if (value == NULL)
            return false;
        if (json_object_set_new(object, keys[i], value) != 0)
            return error_set(error, ERROR_LIMIT, "no memory for JSON");
    }
    return true;
}

/* What jansson's callback carries. */
struct json_dump {
    struct json_sink sink;
    struct error *error;
    bool is_told; /* the sink has set the error */
};

/* jansson 2.14 goes on after a failure in a key, and says that all is well:
 * so nothing is written after the first, and `is_told` is what counts. */
static int json_dump_chunk(const char *bytes, size_t length, void *context)
{
    struct json_dump *dump = context;
    if (!dump->is_told &&
        dump->sink.write(dump->sink.context, (struct slice){bytes, length},
                         dump->error))
        return 0;
    dump->is_told = true;
    return -1;
}

static bool json_dump_to(const json_t *value, size_t flags,
                         struct json_sink sink, struct error *error)
{
    struct json_dump dump = {.sink = sink, .error = error};
    bool is_dumped =
        json_dump_callback(value, json_dump_chunk, &dump,
                           flags | JSON_COMPACT | JSON_ENCODE_ANY) == 0;
    if (!is_dumped && !dump.is_told)
        error_set(error, ERROR_LIMIT, "no memory to write JSON");
    return is_dumped && !dump.is_told;
}

bool json_write(const json_t *value, struct json_sink sink, struct error *error)
{
    return json_dump_to(value, 0, sink, error);
}

struct json_room {
    struct arena *arena;
    LIST(char) bytes;
};

static bool json_add(void *context, struct slice bytes, struct error *error)
{
    struct json_room *room = context;
    for (size_t i = 0; i < bytes.length; i++)
        if (!list_push(room->arena, &room->bytes, bytes.data[i], error))
            return false;
    return true;
}

char *json_text(const json_t *value, enum json_order order, struct arena *arena,
                struct error *error)
{
    struct json_room room = {.arena = arena};
    struct json_sink sink = {json_add, &room};
    if (!json_dump_to(value, order == JSON_SORTED ? JSON_SORT_KEYS : 0, sink,
                      error) ||
        !json_add(&room, (struct slice){"", 1}, error))
        return NULL;
    return room.bytes.items;
}

/* The escape of a byte, or an empty slice where it stands for itself. */
static struct slice json_escape(unsigned char byte, char room[8])
{
    static const char short_bytes[] = "\"\\\b\f\n\r\t";
    static const char short_names[] = "\"\\bfnrt";
    const char *found = byte == 0 ? NULL : strchr(short_bytes, byte);
    if (found != NULL)
        return (struct slice){
            room, (size_t)snprintf(room, 8, "\\%c",
                                   short_names[found - short_bytes])};
    if (byte < 0x20 || byte == 0x7F)
        return (struct slice){room, (size_t)snprintf(room, 8, "\\u%04x", byte)};
    return (struct slice){room, 0};
}

bool json_write_string(struct slice text, struct json_sink sink,
                       struct error *error)
{
    size_t written = 0; /* bytes of the text that have gone out */
    if (!sink.write(sink.context, slice_of("\""), error))
        return false;
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        char room[8];
        struct slice escape = {room, 0};
        if (unit.code_point == UTF8_INVALID)
            escape = json_escape(0x1A, room);
        else if (unit.length == 1)
            escape = json_escape((unsigned char)unit.code_point, room);
        at += unit.length;
        if (escape.length == 0)
            continue;
        struct slice plain = {text.data + written, at - unit.length - written};
        if ((plain.length > 0 && !sink.write(sink.context, plain, error)) ||
            !sink.write(sink.context, escape, error))
            return false;
        written = at;
    }
    struct slice rest = {text.data + written, text.length - written};
    return (rest.length == 0 || sink.write(sink.context, rest, error)) &&
           sink.write(sink.context, slice_of("\""), error);
}
