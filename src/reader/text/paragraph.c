/*
 * paragraph.c - which line breaks end a paragraph, and which only wrap it.
 *
 * Two breaks in a row always end one. A single break does too, unless the
 * text looks wrapped by hand: most lines long, none very long. Then the break
 * behind a line that is nearly full does not. train/text.py does the same;
 * the network knows paragraphs so cut.
 *
 * Line lengths are code points, without white space at the end.
 */
#include "stage.h"
#include "token.h"

enum {
    WRAPPED_LINES_LEAST = 3,
    WRAPPED_LENGTH_LEAST = 40,
    WRAPPED_LENGTH_MOST = 120,
};

/* Lengths of the lines of a text, one after the other. */
struct line_walk {
    struct slice text;
    size_t at;
    bool is_second; /* of the two breaks that a form feed stands for */
    bool is_over;
};

/* False behind the last line. */
static bool line_length_next(struct line_walk *walk, size_t *length)
{
    *length = 0;
    if (walk->is_over)
        return false;
    if (walk->is_second) {
        walk->is_second = false;
        return true;
    }
    for (size_t count = 0; walk->at < walk->text.length;) {
        struct utf8 unit = utf8_at(walk->text, walk->at);
        unsigned flags = character_flags(unit.code_point);
        walk->at += unit.length;
        if (flags & CHARACTER_BREAK) {
            walk->is_second = unit.code_point == '\f';
            if (unit.code_point == '\r' && walk->at < walk->text.length &&
                walk->text.data[walk->at] == '\n')
                walk->at++;
            return true;
        }
        count++;
        if (!(flags & CHARACTER_SPACE))
            *length = count;
    }
    walk->is_over = true;
    return true;
}

/* The longest line that another follows directly, in a text wrapped by hand;
 * 0 for any other text. */
static size_t wrap_width(struct slice bytes)
{
    struct line_walk walk = {.text = bytes};
    size_t inner = 0;
    size_t long_inner = 0;
    size_t width = 0;
    size_t before = 0;
    for (size_t length; line_length_next(&walk, &length); before = length) {
        if (length > WRAPPED_LENGTH_MOST)
            return 0;
        if (before == 0 || length == 0)
            continue;
        inner++;
        long_inner += before >= WRAPPED_LENGTH_LEAST;
        width = before > width ? before : width;
    }
    bool is_wrapped =
        long_inner >= WRAPPED_LINES_LEAST && 2 * long_inner >= inner;
    return is_wrapped ? width : 0;
}

/* The line breaks between two tokens. */
struct breaks {
    size_t count; /* a form feed counts for two, \r\n for one */
    size_t first_end;
    size_t last_end;
};

static struct breaks breaks_in(struct slice bytes, size_t begin, size_t end)
{
    struct breaks found = {0};
    for (size_t at = begin; at < end;) {
        struct utf8 unit = utf8_at(bytes, at);
        at += unit.length;
        if (!(character_flags(unit.code_point) & CHARACTER_BREAK))
            continue;
        if (unit.code_point == '\r' && at < end && bytes.data[at] == '\n')
            at++;
        found.count += unit.code_point == '\f' ? 2 : 1;
        if (found.first_end == 0)
            found.first_end = at;
        found.last_end = at;
    }
    return found;
}

static struct utf8 character_in(struct slice bytes, size_t at)
{
    return at < bytes.length ? utf8_at(bytes, at) : (struct utf8){0, 0};
}

static bool is_bullet(uint32_t code_point)
{
    return code_point == 0x2022 || code_point == '-' || code_point == '*' ||
           code_point == 0x2013 || code_point == 0xB7;
}

/* Whether a bullet with white space behind it, or "12." "(a)" "b)" stands
 * at `at`. */
static bool is_item(struct slice bytes, size_t at)
{
    struct utf8 unit = character_in(bytes, at);
    if (is_bullet(unit.code_point)) {
        unit = character_in(bytes, at + unit.length);
        unsigned flags = character_flags(unit.code_point);
        return flags & CHARACTER_SPACE && !(flags & CHARACTER_BREAK);
    }
    if (unit.code_point == '(') {
        at += unit.length;
        unit = character_in(bytes, at);
    }
    size_t digits = 0;
    while (digits < 4 && character_flags(unit.code_point) & CHARACTER_NUMBER) {
        digits++;
        at += unit.length;
        unit = character_in(bytes, at);
    }
    if (digits == 0) {
        if (!(character_flags(unit.code_point) & CHARACTER_LETTER))
            return false;
        unit = character_in(bytes, at + unit.length);
    }
    return unit.code_point == '.' || unit.code_point == ')';
}

bool paragraphs_find(struct text *text, struct arena *arena,
                     struct error *error)
{
    size_t width = wrap_width(text->bytes);
    size_t line_begin = 0;
    size_t first = 0;
    const struct span *tokens = text->tokens.items;
    for (size_t i = 1; i < text->tokens.count; i++) {
        if (tokens[i].begin == tokens[i - 1].end)
            continue;
        struct breaks breaks =
            breaks_in(text->bytes, tokens[i - 1].end, tokens[i].begin);
        if (breaks.count == 0)
            continue;
        struct span line = {(uint32_t)line_begin, tokens[i - 1].end};
        line_begin = breaks.last_end;
        if (breaks.count == 1 && width > 0 &&
            breaks.first_end == tokens[i].begin &&
            10 * utf8_count(slice_at(text->bytes, line)) >= 6 * width &&
            !is_item(text->bytes, tokens[i].begin))
            continue;
        struct span paragraph = {(uint32_t)first, (uint32_t)i};
        if (!list_push(arena, &text->paragraphs, paragraph, error))
            return false;
        first = i;
    }
    struct span last = {(uint32_t)first, (uint32_t)text->tokens.count};
    return text->tokens.count == 0 ||
           list_push(arena, &text->paragraphs, last, error);
}
