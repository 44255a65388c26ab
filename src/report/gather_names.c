/*
 * gather_names.c - names as a report prints them. See gather.h.
 *
 * A letterhead is set in capitals: where the same name stands elsewhere as
 * people write it ("National Constabulary"), that is how it is told. Only the
 * capitals change, never a letter.
 */
#include "gather.h"

#include <ctype.h>

enum {
    NAME_LONGEST = 200,
    INITIALS_LONGEST = 5, /* "KNCHR" is how it is written */
};

static bool is_shouted(const char *name)
{
    size_t letters = 0;
    for (const char *at = name; *at != '\0'; at++) {
        if (*at >= 'a' && *at <= 'z')
            return false;
        letters += *at >= 'A' && *at <= 'Z';
    }
    return letters > INITIALS_LONGEST && strlen(name) <= NAME_LONGEST;
}

static void lower_name(const char *name, char lower[NAME_LONGEST + 1])
{
    size_t i = 0;
    for (; name[i] != '\0' && i < NAME_LONGEST; i++)
        lower[i] = (char)tolower((unsigned char)name[i]);
    lower[i] = '\0';
}

static bool is_letter(char byte)
{
    return (unsigned char)byte >= 0x80 || isalnum((unsigned char)byte);
}

/* Each word of it begins with a capital, but for "of", "the" and the like. */
static bool is_written(struct slice words)
{
    bool begins = true, is_lower = false;
    for (size_t i = 0; i < words.length; i++) {
        char byte = words.data[i];
        if (byte == '\n')
            return false;
        if (begins && byte >= 'a' && byte <= 'z' && i + 3 < words.length &&
            is_letter(words.data[i + 1]) && is_letter(words.data[i + 2]) &&
            is_letter(words.data[i + 3]))
            return false;
        is_lower = is_lower || (byte >= 'a' && byte <= 'z');
        begins = byte == ' ';
    }
    return is_lower;
}

/* The name in the text, as whole words, in capitals and small letters. */
static bool find_written(struct slice text, const char *name,
                         struct slice *found)
{
    size_t length = strlen(name);
    for (size_t at = 0; at + length <= text.length; at++) {
        struct slice here = {text.data + at, length};
        if (tolower((unsigned char)here.data[0]) !=
                tolower((unsigned char)name[0]) ||
            strncasecmp(here.data, name, length) != 0 ||
            (at > 0 && is_letter(text.data[at - 1])) ||
            (at + length < text.length && is_letter(text.data[at + length])) ||
            !is_written(here))
            continue;
        *found = here;
        return true;
    }
    return false;
}

/* Names of the case that are written so, by their small letters. */
static bool remember_written(const struct gathered *all, json_t *written,
                             struct error *error)
{
    char lower[NAME_LONGEST + 1];
    for (size_t i = 0; i < all->actors.count; i++) {
        const char *name = all->actors.items[i].name;
        if (strlen(name) > NAME_LONGEST || is_shouted(name) ||
            !is_written(slice_of(name)))
            continue;
        lower_name(name, lower);
        json_t *value =
            json_object_get(written, lower) == NULL ? json_string(name) : NULL;
        /* NULL: known, or no UTF-8, which no letterhead will match. */
        if (value != NULL && json_object_set_new(written, lower, value) != 0)
            return error_set(error, ERROR_LIMIT, "out of memory");
    }
    return true;
}

static bool write_name(struct gathered *all, const json_t *written,
                       struct gathered_actor *actor, struct error *error)
{
    char lower[NAME_LONGEST + 1];
    struct slice found;
    if (!is_shouted(actor->name))
        return true;
    lower_name(actor->name, lower);
    const char *known = json_string_value(json_object_get(written, lower));
    if (known != NULL)
        found = slice_of(known);
    else if (!find_written(all->documents.items[actor->document].text,
                           actor->name, &found))
        return true;
    actor->name = arena_string(all->arena, found, error);
    return actor->name != NULL;
}

bool gather_names(struct gathered *all, struct error *error)
{
    json_t *written = json_object();
    bool is_well =
        written != NULL || error_set(error, ERROR_LIMIT, "out of memory");
    is_well = is_well && remember_written(all, written, error);
    for (size_t i = 0; is_well && i < all->actors.count; i++)
        is_well = write_name(all, written, &all->actors.items[i], error);
    json_decref(written);
    return is_well;
}

/* Links put the id of a finding behind a name that two parties share; a
 * report tells them apart by their notes. */
static struct slice bare_name(const char *name)
{
    struct slice words = slice_of(name);
    if (words.length == 0 || words.data[words.length - 1] != ')' ||
        memchr(words.data, '#', words.length) == NULL)
        return words;
    for (size_t i = words.length; i-- > 1;)
        if (words.data[i] == '(' && words.data[i - 1] == ' ')
            return (struct slice){words.data, i - 1};
    return words;
}

bool gather_party_names(struct gathered *all, struct error *error)
{
    for (size_t i = 0; i < all->parties.count; i++) {
        struct gathered_party *party = &all->parties.items[i];
        const struct gathered_actor *first = &all->actors.items[party->first];
        struct slice name = bare_name(party->name);
        if (strcasecmp(party->name, first->name) == 0)
            name = slice_of(first->name);
        party->name = arena_string(all->arena, name, error);
        if (party->name == NULL)
            return false;
    }
    for (size_t i = 0; i < all->actors.count; i++) {
        const struct gathered_actor *actor = &all->actors.items[i];
        if (actor->party == GATHERED_NONE || is_shouted(actor->name))
            continue;
        struct gathered_party *party = &all->parties.items[actor->party];
        if (is_shouted(party->name) &&
            strcasecmp(party->name, actor->name) == 0)
            party->name = actor->name;
    }
    return true;
}

bool name_is_proper(const char *name)
{
    return name[0] >= 'A' && name[0] <= 'Z' && is_letter(name[1]) &&
           (is_written(slice_of(name)) || strpbrk(name, "abcdefghijklmnopqrstuv"
                                                        "wxyz") == NULL);
}
