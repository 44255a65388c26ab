/*
 * conversion_json.c - see conversion_json.h.
 */
#include "conversion_json.h"

#include "sha256.h"

struct writing {
    struct json_sink sink;
    struct error *error;
};

static bool put(const struct writing *to, const char *words)
{
    return to->sink.write(to->sink.context, slice_of(words), to->error);
}

static bool put_string(const struct writing *to, const char *key,
                       const char *value)
{
    return put(to, "\"") && put(to, key) && put(to, "\":") &&
           json_write_string(slice_of(value), to->sink, to->error);
}

static bool put_document(const struct writing *to,
                         const struct conversion *conversion, struct slice id,
                         struct slice original)
{
    char sha256[SHA256_HEX_SIZE], words[160];
    if (!sha256_hex(original, sha256, to->error))
        return false;
    snprintf(words, sizeof words,
             ",\"sha256\":\"%s\",\"bytes\":%zu,\"format\":\"%s\"}", sha256,
             original.length, file_kind_names[conversion->kind]);
    return put(to, "{\"madai\":\"conversion/1\",\"document\":{\"id\":") &&
           json_write_string(id, to->sink, to->error) && put(to, words);
}

static bool put_origin(const struct writing *to, const struct origin *origin,
                       bool is_first)
{
    char words[200];
    const struct origin_box *box = &origin->box;
    size_t length = (size_t)snprintf(
        words, sizeof words, "%s{\"span\":[%u,%u],\"kind\":\"%s\"",
        is_first ? "" : ",", origin->span.begin, origin->span.end,
        origin_kind_names[origin->kind]);
    if (origin->page > 0)
        length += (size_t)snprintf(words + length, sizeof words - length,
                                   ",\"page\":%u", origin->page);
    length += (size_t)snprintf(words + length, sizeof words - length,
                               ",\"paragraph\":%u", origin->paragraph);
    if (box->right > 0)
        length += (size_t)snprintf(words + length, sizeof words - length,
                                   ",\"box\":[%u,%u,%u,%u]", box->left,
                                   box->top, box->right, box->bottom);
    if (origin->confidence > 0)
        snprintf(words + length, sizeof words - length,
                 ",\"confidence\":0.%02u", origin->confidence);
    return put(to, words) && put(to, "}");
}

static bool put_origins(const struct writing *to,
                        const struct conversion *conversion)
{
    if (conversion->origins.count == 0)
        return true;
    if (!put(to, ",\"map\":["))
        return false;
    for (size_t i = 0; i < conversion->origins.count; i++)
        if (!put_origin(to, &conversion->origins.items[i], i == 0))
            return false;
    return put(to, "]");
}

static bool put_facts(const struct writing *to,
                      const struct conversion *conversion)
{
    if (conversion->facts.count == 0)
        return true;
    if (!put(to, ",\"metadata\":["))
        return false;
    for (size_t i = 0; i < conversion->facts.count; i++) {
        const struct fact *fact = &conversion->facts.items[i];
        if (!put(to, i == 0 ? "{" : ",{") ||
            !put_string(to, "name", fact->name) || !put(to, ",") ||
            !put_string(to, "value", fact->value) || !put(to, ",") ||
            !put_string(to, "from", fact->from) || !put(to, "}"))
            return false;
    }
    return put(to, "]");
}

static bool put_members(const struct writing *to,
                        const struct conversion *conversion)
{
    if (conversion->members.count == 0)
        return true;
    if (!put(to, ",\"members\":["))
        return false;
    for (size_t i = 0; i < conversion->members.count; i++) {
        const struct member *member = &conversion->members.items[i];
        char words[160], sha256[SHA256_HEX_SIZE];
        if (!sha256_hex(member->bytes, sha256, to->error))
            return false;
        snprintf(
            words, sizeof words,
            ",\"sha256\":\"%s\",\"bytes\":%zu,\"format\":\"%s\"}", sha256,
            member->bytes.length,
            file_kind_names[file_kind_of(member->bytes, member->name).kind]);
        if (!put(to, i == 0 ? "{" : ",{") ||
            !put_string(to, "name", member->name) || !put(to, words))
            return false;
    }
    return put(to, "]");
}

static bool put_warnings(const struct writing *to,
                         const struct conversion *conversion)
{
    if (conversion->warnings.count == 0)
        return true;
    if (!put(to, ",\"warnings\":["))
        return false;
    for (size_t i = 0; i < conversion->warnings.count; i++)
        if ((i > 0 && !put(to, ",")) ||
            !json_write_string(slice_of(conversion->warnings.items[i]),
                               to->sink, to->error))
            return false;
    return put(to, "]");
}

bool conversion_json_write(const struct conversion *conversion, struct slice id,
                           struct slice original, struct json_sink sink,
                           struct error *error)
{
    const struct writing to = {sink, error};
    return put_document(&to, conversion, id, original) &&
           put(&to, ",\"text\":") &&
           json_write_string(conversion->text, sink, error) &&
           put_origins(&to, conversion) && put_facts(&to, conversion) &&
           put_warnings(&to, conversion) && put_members(&to, conversion) &&
           put(&to, "}");
}

/* Zeros at the end say nothing. */
static bool put_place(const struct writing *to, const struct origin *origin,
                      bool is_first)
{
    const struct origin_box *box = &origin->box;
    const uint32_t numbers[] = {
        origin->span.begin, origin->span.end,  origin->kind, origin->paragraph,
        origin->page,       box->left,         box->top,     box->right,
        box->bottom,        origin->confidence};
    char words[160];
    size_t count = sizeof numbers / sizeof *numbers, length = 0;
    while (count > 4 && numbers[count - 1] == 0)
        count--;
    for (size_t i = 0; i < count; i++)
        length +=
            (size_t)snprintf(words + length, sizeof words - length, "%s%u",
                             i > 0      ? ","
                             : is_first ? "["
                                        : ",[",
                             numbers[i]);
    return put(to, words) && put(to, "]");
}

bool conversion_map_write(const struct conversion *conversion,
                          struct json_sink sink, struct error *error)
{
    const struct writing to = {sink, error};
    if (!put(&to, "{\"madai\":\"map/1\",\"kinds\":["))
        return false;
    for (size_t i = 0; i < ORIGIN_KINDS; i++)
        if (!put(&to, i > 0 ? ",\"" : "\"") ||
            !put(&to, origin_kind_names[i]) || !put(&to, "\""))
            return false;
    if (!put(&to, "],\"places\":["))
        return false;
    for (size_t i = 0; i < conversion->origins.count; i++)
        if (!put_place(&to, &conversion->origins.items[i], i == 0))
            return false;
    return put(&to, "]") && put_facts(&to, conversion) &&
           put_warnings(&to, conversion) && put(&to, "}");
}
