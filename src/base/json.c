/*
 * json.c - jansson's reader and writer behind our limits and errors.
 */
#include "json.h"

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

/* What jansson's callback carries. */
struct json_dump {
    struct json_sink sink;
    struct error *error;
    bool is_told; /* the sink has set the error */
};

static int json_dump_chunk(const char *bytes, size_t length, void *context)
{
    struct json_dump *dump = context;
    if (dump->sink.write(dump->sink.context, (struct slice){bytes, length},
                         dump->error))
        return 0;
    dump->is_told = true;
    return -1;
}

bool json_write(const json_t *value, struct json_sink sink, struct error *error)
{
    struct json_dump dump = {.sink = sink, .error = error};
    if (json_dump_callback(value, json_dump_chunk, &dump,
                           JSON_COMPACT | JSON_ENCODE_ANY) == 0)
        return true;
    if (!dump.is_told)
        error_set(error, ERROR_LIMIT, "no memory to write JSON");
    return false;
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
