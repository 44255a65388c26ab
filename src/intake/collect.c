/*
 * collect.c - see collect.h.
 */
#include "collect.h"

#include "sandbox_part.h"
#include "utf8.h"

enum { FACT_BYTES_MAX = 8192, WARNING_BYTES_MAX = 500, NAME_BYTES_MAX = 1000 };

void collect_begin(struct collect *collect, struct arena *arena,
                   struct conversion *conversion, size_t input)
{
    *collect = (struct collect){
        .arena = arena, .conversion = conversion, .input = input};
}

void collect_release(struct collect *collect)
{
    free(collect->held);
    free(collect->picture);
    collect->held = collect->picture = NULL;
}

static bool broken(struct error *error, const char *rule)
{
    return error_set(error, ERROR_BAD_INPUT,
                     "its converter broke a rule (%s): the file may be made to "
                     "do harm",
                     rule);
}

/* What text may not hold: controls, and the marks by which text can be made
 * to look like other text (Unicode TR 36, bidirectional overrides). */
static bool is_allowed(uint32_t code_point)
{
    if (code_point < 0x20)
        return code_point == '\n' || code_point == '\t';
    return code_point != UTF8_INVALID && code_point != 0x7F &&
           !(code_point >= 0x80 && code_point < 0xA0) &&
           !(code_point >= 0x202A && code_point <= 0x202E) &&
           !(code_point >= 0x2066 && code_point <= 0x2069);
}

static bool is_clean(struct slice text)
{
    for (size_t at = 0; at < text.length;) {
        struct utf8 unit = utf8_at(text, at);
        if (!is_allowed(unit.code_point))
            return false;
        at += unit.length;
    }
    return true;
}

static bool unpack(struct collect *collect, size_t count, struct error *error)
{
    collect->unpacked += count;
    if (collect->unpacked > CONVERSION_RATIO_FREE &&
        collect->unpacked / CONVERSION_RATIO_MAX > collect->input)
        return error_set(error, ERROR_BAD_INPUT,
                         "unpacks to more than %d times its size",
                         CONVERSION_RATIO_MAX);
    return true;
}

static bool take_text(struct collect *collect, struct slice text,
                      struct error *error)
{
    size_t needed = collect->text.count + text.length;
    if (!is_clean(text))
        return broken(error, "text that is no clean UTF-8");
    if (needed > CONVERSION_TEXT_MAX)
        return error_set(error, ERROR_BAD_INPUT,
                         "holds more than %zu MiB of text",
                         CONVERSION_TEXT_MAX >> 20);
    if (!unpack(collect, text.length, error) ||
        !list_reserve_(collect->arena, (void **)&collect->text.items,
                       &collect->text.capacity, needed, 1, error))
        return false;
    memcpy(collect->text.items + collect->text.count, text.data, text.length);
    collect->text.count = needed;
    return true;
}

static bool take_origin(struct collect *collect, const char *bytes,
                        struct error *error)
{
    struct conversion *conversion = collect->conversion;
    uint32_t words[ORIGIN_WORDS];
    for (size_t i = 0; i < ORIGIN_WORDS; i++)
        words[i] = frame_get_u32(bytes + 4 * i);
    uint32_t before =
        conversion->origins.count > 0
            ? conversion->origins.items[conversion->origins.count - 1].span.end
            : 0;
    const struct origin origin = {{words[0], words[1]},
                                  words[2],
                                  words[3],
                                  (enum origin_kind)words[4],
                                  {words[5], words[6], words[7], words[8]},
                                  (uint8_t)words[9]};
    if (origin.span.begin < before || origin.span.end < origin.span.begin ||
        words[4] >= ORIGIN_KINDS || words[9] > 99)
        return broken(error, "an origin out of order");
    if (conversion->origins.count == CONVERSION_ORIGINS_MAX)
        return error_set(error, ERROR_BAD_INPUT, "has more than %zu lines",
                         CONVERSION_ORIGINS_MAX);
    return list_push(collect->arena, &conversion->origins, origin, error);
}

static bool take_origins(struct collect *collect, struct slice bytes,
                         struct error *error)
{
    const size_t size = (size_t)ORIGIN_WORDS * 4;
    if (bytes.length % size != 0)
        return broken(error, "half an origin");
    for (size_t at = 0; at < bytes.length; at += size)
        if (!take_origin(collect, bytes.data + at, error))
            return false;
    return true;
}

/* The arena's; a line end is none in one line of words. */
static const char *clean_words(struct collect *collect, struct slice words,
                               struct error *error)
{
    char *copy = NULL;
    if (!is_clean(words))
        broken(error, "words that are no clean UTF-8");
    else
        copy = arena_string(collect->arena, words, error);
    for (char *at = copy; at != NULL && *at != '\0'; at++)
        if (*at == '\n' || *at == '\t')
            *at = ' ';
    return copy;
}

static bool take_fact(struct collect *collect, struct slice bytes,
                      struct error *error)
{
    struct slice pieces[3];
    size_t count = 0, begin = 0;
    for (size_t at = 0; at <= bytes.length && count < 3; at++)
        if (at == bytes.length || bytes.data[at] == '\0') {
            pieces[count++] = (struct slice){bytes.data + begin, at - begin};
            begin = at + 1;
        }
    if (count != 3 || bytes.length > FACT_BYTES_MAX)
        return broken(error, "half a fact");
    if (collect->conversion->facts.count == CONVERSION_FACTS_MAX)
        return true; /* nobody reads so many; the first are the file's own */
    const struct fact fact = {clean_words(collect, pieces[0], error),
                              clean_words(collect, pieces[1], error),
                              clean_words(collect, pieces[2], error)};
    return fact.name != NULL && fact.value != NULL && fact.from != NULL &&
           list_push(collect->arena, &collect->conversion->facts, fact, error);
}

static bool take_warning(struct collect *collect, struct slice bytes,
                         struct error *error)
{
    if (bytes.length > WARNING_BYTES_MAX)
        return broken(error, "a long warning");
    if (collect->conversion->warnings.count == CONVERSION_WARNINGS_MAX)
        return true;
    const char *words = clean_words(collect, bytes, error);
    return words != NULL &&
           list_push(collect->arena, &collect->conversion->warnings, words,
                     error);
}

/* The bytes of the member that is open become its own. */
static void close_member(struct collect *collect)
{
    if (!collect->has_member)
        return;
    struct conversion *conversion = collect->conversion;
    conversion->members.items[conversion->members.count - 1].bytes =
        (struct slice){collect->member.items, collect->member.count};
    collect->member.items = NULL;
    collect->member.count = collect->member.capacity = 0;
    collect->has_member = false;
}

/* The picture that is open is whole: somebody looks at it. */
static bool close_picture(struct collect *collect, struct error *error)
{
    const struct slice picture = {collect->picture, collect->picture_count};
    if (!collect->has_picture)
        return true;
    collect->has_picture = false;
    return collect->look == NULL || picture.length == 0 ||
           collect->look(collect->context, collect->page, picture, error);
}

static bool take_picture(struct collect *collect, struct slice bytes,
                         struct error *error)
{
    if (bytes.length != 4)
        return broken(error, "a picture of no page");
    if (++collect->pictures > COLLECT_PICTURES_MAX)
        return error_set(error, ERROR_BAD_INPUT,
                         "has more than %d pages without text",
                         COLLECT_PICTURES_MAX);
    close_member(collect);
    collect->page = frame_get_u32(bytes.data);
    collect->picture_count = 0;
    return collect->has_picture = true;
}

/* One buffer serves for all of them. */
static bool take_picture_bytes(struct collect *collect, struct slice bytes,
                               struct error *error)
{
    size_t needed = collect->picture_count + bytes.length;
    if (needed > COLLECT_PICTURE_MAX)
        return broken(error, "a picture of a size that no page has");
    if (needed > collect->picture_room) {
        char *grown = realloc(collect->picture, needed * 2);
        if (grown == NULL)
            return error_set(error, ERROR_LIMIT, "no memory for a picture");
        collect->picture = grown;
        collect->picture_room = needed * 2;
    }
    if (bytes.length > 0)
        memcpy(collect->picture + collect->picture_count, bytes.data,
               bytes.length);
    collect->picture_count = needed;
    return true;
}

static bool take_member(struct collect *collect, struct slice bytes,
                        struct error *error)
{
    close_member(collect);
    if (bytes.length > NAME_BYTES_MAX)
        return broken(error, "a long name");
    if (collect->conversion->members.count == CONVERSION_MEMBERS_MAX)
        return error_set(error, ERROR_BAD_INPUT, "holds more than %d files",
                         CONVERSION_MEMBERS_MAX);
    struct member member = {.name = clean_words(collect, bytes, error),
                            .bytes = {"", 0}};
    if (member.name == NULL ||
        !list_push(collect->arena, &collect->conversion->members, member,
                   error))
        return false;
    collect->has_member = true;
    return true;
}

static bool take_bytes(struct collect *collect, struct slice bytes,
                       struct error *error)
{
    if (collect->has_picture)
        return take_picture_bytes(collect, bytes, error);
    size_t needed = collect->member.count + bytes.length;
    if (!collect->has_member)
        return broken(error, "bytes of no member");
    if (!unpack(collect, bytes.length, error) ||
        !list_reserve_(collect->arena, (void **)&collect->member.items,
                       &collect->member.capacity, needed, 1, error))
        return false;
    if (bytes.length > 0)
        memcpy(collect->member.items + collect->member.count, bytes.data,
               bytes.length);
    collect->member.count = needed;
    return true;
}

static bool take_refusal(struct collect *collect, struct slice bytes,
                         struct error *error)
{
    if (bytes.length > WARNING_BYTES_MAX || !is_clean(bytes))
        return broken(error, "a long reason");
    collect->has_ended = true;
    return error_set(error, ERROR_BAD_INPUT, "%.*s", (int)bytes.length,
                     bytes.data);
}

static bool take_frame(struct collect *collect, char type, struct slice bytes,
                       struct error *error)
{
    if (collect->has_ended)
        return broken(error, "words after the end");
    if (!collect->has_begun && type != FRAME_DOOR)
        return broken(error, "no word of its sandbox");
    if (type != FRAME_BYTES && !close_picture(collect, error))
        return false;
    switch ((enum frame_type)type) {
    case FRAME_DOOR:
        if (collect->has_begun || bytes.length != 4)
            return broken(error, "two words of its sandbox");
        collect->has_begun = true;
        collect->in_force = frame_get_u32(bytes.data);
        return true;
    case FRAME_TEXT:
        return take_text(collect, bytes, error);
    case FRAME_ORIGINS:
        return take_origins(collect, bytes, error);
    case FRAME_FACT:
        return take_fact(collect, bytes, error);
    case FRAME_WARNING:
        return take_warning(collect, bytes, error);
    case FRAME_MEMBER:
        return take_member(collect, bytes, error);
    case FRAME_BYTES:
        return take_bytes(collect, bytes, error);
    case FRAME_PICTURE:
        return take_picture(collect, bytes, error);
    case FRAME_SCAN:
        return collect->conversion->has_scan = true;
    case FRAME_REFUSED:
        return take_refusal(collect, bytes, error);
    case FRAME_END:
        return collect->has_ended = true;
    }
    return broken(error, "a frame of no type");
}

static bool hold(struct collect *collect, struct slice bytes,
                 struct error *error)
{
    size_t needed = collect->held_count + bytes.length;
    if (needed > collect->held_room) {
        char *grown = realloc(collect->held, needed);
        if (grown == NULL)
            return error_set(error, ERROR_LIMIT, "no memory for a frame");
        collect->held = grown;
        collect->held_room = needed;
    }
    memcpy(collect->held + collect->held_count, bytes.data, bytes.length);
    collect->held_count = needed;
    return true;
}

/* Whole frames at the beginning of `bytes`; `used` is how much they were. */
static bool take_whole(struct collect *collect, struct slice bytes,
                       size_t *used, struct error *error)
{
    *used = 0;
    while (bytes.length - *used >= FRAME_HEADER) {
        const char *frame = bytes.data + *used;
        size_t length = frame_get_u32(frame + 1);
        if (length > FRAME_BYTES_MAX)
            return broken(error, "a frame of no length");
        if (bytes.length - *used - FRAME_HEADER < length)
            return true;
        if (!take_frame(collect, *frame,
                        (struct slice){frame + FRAME_HEADER, length}, error))
            return false;
        *used += FRAME_HEADER + length;
    }
    return true;
}

bool collect_take(struct collect *collect, struct slice bytes,
                  struct error *error)
{
    size_t used;
    if (collect->held_count == 0) {
        if (!take_whole(collect, bytes, &used, error))
            return false;
        bytes = (struct slice){bytes.data + used, bytes.length - used};
        return bytes.length == 0 || hold(collect, bytes, error);
    }
    if (!hold(collect, bytes, error))
        return false;
    struct slice held = {collect->held, collect->held_count};
    if (!take_whole(collect, held, &used, error))
        return false;
    memmove(collect->held, collect->held + used, held.length - used);
    collect->held_count = held.length - used;
    return true;
}

static bool is_border(struct slice text, uint32_t at)
{
    return at == text.length || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

bool collect_end(struct collect *collect, struct error *error)
{
    struct conversion *conversion = collect->conversion;
    struct slice text = {collect->text.items, collect->text.count};
    if (!collect->has_ended || collect->held_count > 0)
        return error_set(error, ERROR_BAD_INPUT,
                         "its converter stopped before the end");
    close_member(collect);
    conversion->text = text.length > 0 ? text : slice_of("");
    for (size_t i = 0; i < conversion->origins.count; i++) {
        struct span span = conversion->origins.items[i].span;
        if (span.end > text.length || !is_border(text, span.begin) ||
            !is_border(text, span.end))
            return broken(error, "an origin outside the text");
    }
    return true;
}
