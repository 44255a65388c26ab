/*
 * key_change.c - one note that two keys sign.
 */
#include "key_change.h"

#include "json.h"
#include "lines.h"

#define HEAD "madai/key-change/v1"

struct text {
    struct arena *arena;
    LIST(char) bytes;
};

static bool text_add(void *context, struct slice bytes, struct error *error)
{
    struct text *text = context;
    for (size_t i = 0; i < bytes.length; i++)
        if (!list_push(text->arena, &text->bytes, bytes.data[i], error))
            return false;
    return true;
}

static bool note_write(struct arena *arena, const struct signing_key *before,
                       const struct signing_key *after, struct slice *note,
                       struct error *error)
{
    char keys[2][NOTE_KEY_TEXT_SIZE] = {"none"};
    const struct signing_key *signers[2] = {after, before};
    struct slice text;
    if (before != NULL)
        note_key_write(&before->key, keys[0]);
    note_key_write(&after->key, keys[1]);
    return arena_print(arena, &text, error, HEAD "\n%s\n%s\n", keys[0],
                       keys[1]) &&
           note_sign(arena, text, signers, before != NULL ? 2 : 1, note, error);
}

static bool keys_can_follow(const struct note_key *before,
                            const struct note_key *after)
{
    return strcmp(before->name, after->name) == 0 &&
           memcmp(before->public_key, after->public_key,
                  sizeof after->public_key) != 0;
}

bool key_change_write(struct arena *arena, const struct signing_key *before,
                      const struct signing_key *after, struct slice *body,
                      struct error *error)
{
    struct text text = {.arena = arena};
    struct json_sink sink = {text_add, &text};
    struct slice note;
    if (before != NULL && !keys_can_follow(&before->key, &after->key))
        return error_set(error, ERROR_USAGE,
                         "a key changes into another of the same name");
    if (!note_write(arena, before, after, &note, error) ||
        !text_add(&text, slice_of("{\"note\":"), error) ||
        !json_write_string(note, sink, error) ||
        !text_add(&text, slice_of("}"), error))
        return false;
    *body = (struct slice){text.bytes.items, text.bytes.count};
    return true;
}

static bool change_parse(struct slice text, struct key_change *change)
{
    struct error ignored;
    struct slice head, before, after;
    if (!line_take(&text, HEAD, &head) || head.length > 0 ||
        !line_take(&text, "", &before) || !line_take(&text, "", &after) ||
        text.length > 0 || !note_key_read(after, &change->after, &ignored))
        return false;
    change->has_before = !slice_equals(before, slice_of("none"));
    if (!change->has_before)
        return true;
    return note_key_read(before, &change->before, &ignored) &&
           keys_can_follow(&change->before, &change->after);
}

static bool change_open(struct slice bytes, struct key_change *change,
                        struct error *error)
{
    struct note note;
    *change = (struct key_change){0};
    if (!note_split(bytes, &note, error))
        return false;
    if (!change_parse(note.text, change))
        return error_set(error, ERROR_CORRUPT, "not a change of keys");
    if (note_check(&note, &change->after, error) &&
        (!change->has_before || note_check(&note, &change->before, error)))
        return true;
    /* A signature that is missing is as bad as one that is wrong. */
    error->kind = ERROR_TAMPERED;
    return false;
}

bool key_change_read(struct slice body, struct key_change *change,
                     struct error *error)
{
    json_t *object = json_read(body, error);
    const json_t *note = json_object_get(object, "note");
    bool is_read = false;
    if (object == NULL && error->kind == ERROR_BAD_INPUT)
        error->kind = ERROR_CORRUPT;
    else if (object == NULL)
        ; /* too deep, or no memory */
    else if (!json_is_string(note) || json_object_size(object) != 1)
        error_set(error, ERROR_CORRUPT, "not a change of keys");
    else
        is_read = change_open(
            (struct slice){json_string_value(note), json_string_length(note)},
            change, error);
    json_decref(object);
    return is_read;
}
