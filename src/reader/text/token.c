/*
 * token.c - cutting a text into words and marks.
 *
 * The text is walked twice, first to count: the list of tokens is by far the
 * largest thing made of a text, and so has exactly the room it needs.
 */
#include "token.h"

bool token_next(struct slice bytes, size_t at, struct span *token)
{
    struct utf8 unit = {0};
    unsigned flags = CHARACTER_SPACE;
    for (; at < bytes.length; at += unit.length) {
        unit = utf8_at(bytes, at);
        flags = character_flags(unit.code_point);
        if (!(flags & CHARACTER_SPACE))
            break;
    }
    if (at >= bytes.length)
        return false;
    size_t end = at + unit.length;
    if (flags & CHARACTER_WORD) {
        const unsigned inside = CHARACTER_WORD | CHARACTER_INSIDE;
        for (; end < bytes.length; end += unit.length) {
            unit = utf8_at(bytes, end);
            if (!(character_flags(unit.code_point) & inside))
                break;
        }
    }
    *token = (struct span){(uint32_t)at, (uint32_t)end};
    return true;
}

bool tokens_find(struct text *text, struct arena *arena, struct error *error)
{
    size_t count = 0;
    struct span token = {0, 0};
    while (token_next(text->bytes, token.end, &token))
        count++;
    if (!list_reserve_(arena, (void **)&text->tokens.items,
                       &text->tokens.capacity, count,
                       sizeof *text->tokens.items, error))
        return false;
    token = (struct span){0, 0};
    while (token_next(text->bytes, token.end, &token))
        text->tokens.items[text->tokens.count++] = token;
    text->invalid_bytes = utf8_count_invalid(text->bytes);
    return true;
}

uint32_t token_code(const struct text *text, size_t token)
{
    if (token >= text->tokens.count)
        return 0;
    return utf8_at(text->bytes, text->tokens.items[token].begin).code_point;
}

unsigned token_flags(const struct text *text, size_t token)
{
    return character_flags(token_code(text, token));
}

struct slice token_bytes(const struct text *text, size_t token)
{
    return slice_at(text->bytes, text->tokens.items[token]);
}

bool token_has_gap(const struct text *text, size_t token)
{
    const struct span *items = text->tokens.items;
    return token == 0 || token >= text->tokens.count ||
           items[token - 1].end != items[token].begin;
}

bool token_opens_block(const struct text *text, size_t token)
{
    if (token == 0)
        return true;
    unsigned breaks = 0;
    for (size_t at = text->tokens.items[token - 1].end;
         at < text->tokens.items[token].begin && breaks < 2;) {
        struct utf8 unit = utf8_at(text->bytes, at);
        at += unit.length;
        if (!(character_flags(unit.code_point) & CHARACTER_BREAK))
            continue;
        /* A token follows, so that `at` is within the text. */
        if (unit.code_point == '\r' && text->bytes.data[at] == '\n')
            at++;
        breaks += unit.code_point == '\f' ? 2 : 1;
    }
    return breaks >= 2;
}

size_t token_length(const struct text *text, size_t token, size_t most)
{
    struct slice bytes = token_bytes(text, token);
    size_t count = 0;
    for (size_t at = 0; at < bytes.length && count < most; count++)
        at += utf8_at(bytes, at).length;
    return count;
}

bool token_is_capitals(const struct text *text, size_t token)
{
    struct slice bytes = token_bytes(text, token);
    unsigned found = 0;
    for (size_t at = 0; at < bytes.length;) {
        struct utf8 unit = utf8_at(bytes, at);
        found |= character_flags(unit.code_point);
        if (found & CHARACTER_LOWER)
            return false;
        at += unit.length;
    }
    return found & CHARACTER_UPPER;
}

bool token_is_capitalised(const struct text *text, size_t token)
{
    unsigned flags = token_flags(text, token);
    if (flags & CHARACTER_UPPER)
        return true;
    if (!(flags & CHARACTER_LOWER))
        return false;
    struct slice bytes = token_bytes(text, token);
    size_t second = utf8_at(bytes, 0).length;
    return second < bytes.length &&
           character_flags(utf8_at(bytes, second).code_point) & CHARACTER_UPPER;
}

struct slice token_lower(const struct text *text, size_t token,
                         char buffer[TOKEN_WORD_SIZE])
{
    struct slice bytes = token_bytes(text, token);
    size_t length = 0;
    for (size_t at = 0; at < bytes.length;) {
        struct utf8 unit = utf8_at(bytes, at);
        if (length + 4 > TOKEN_WORD_SIZE || unit.code_point == UTF8_INVALID)
            return (struct slice){buffer, 0};
        length +=
            utf8_encode(character_lower(unit.code_point), buffer + length);
        at += unit.length;
    }
    return (struct slice){buffer, length};
}
