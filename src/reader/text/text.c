/*
 * text.c - the stages in a row, and finding one's way in what they made.
 */
#include "text.h"

#include <assert.h>

#include "stage.h"
#include "token.h"

bool text_analyse(struct slice bytes, struct arena *arena, struct text *text,
                  struct error *error)
{
    return text_analyse_marked(bytes, NULL, 0, arena, text, error);
}

bool text_analyse_marked(struct slice bytes, const struct part_mark *marks,
                         size_t count, struct arena *arena, struct text *text,
                         struct error *error)
{
    *text = (struct text){.bytes = bytes, .marks = marks, .mark_count = count};
    if (bytes.length >= UINT32_MAX)
        return error_set(error, ERROR_LIMIT, "a text of 4 GiB or more");
    return tokens_find(text, arena, error) &&
           paragraphs_find(text, arena, error) &&
           quotations_find(text, arena, error) &&
           sentences_find(text, arena, error) &&
           speakers_find(text, arena, error) &&
           parts_find(text, arena, error) &&
           speakers_extend(text, arena, error) &&
           languages_find(text, arena, error) &&
           unread_find(text, arena, error);
}

struct span text_bytes_of(const struct text *text, struct span tokens)
{
    assert(tokens.begin < tokens.end && tokens.end <= text->tokens.count);
    return (struct span){text->tokens.items[tokens.begin].begin,
                         text->tokens.items[tokens.end - 1].end};
}

/* The first token that ends behind byte `at`. */
static size_t token_ending_behind(const struct text *text, uint32_t at)
{
    size_t low = 0;
    size_t high = text->tokens.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->tokens.items[middle].end > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

struct span text_tokens_in(const struct text *text, struct span bytes)
{
    size_t begin = token_ending_behind(text, bytes.begin);
    size_t end = bytes.end > bytes.begin
                     ? token_ending_behind(text, bytes.end - 1)
                     : begin;
    /* The last token may begin before the bytes end and end behind them. */
    if (end < text->tokens.count && bytes.end > bytes.begin &&
        text->tokens.items[end].begin < bytes.end)
        end++;
    return (struct span){(uint32_t)begin, (uint32_t)end};
}

/* Index of the span that holds the token, or that it comes before. */
static size_t span_of(const struct span *items, size_t count, size_t token)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle].end > token)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

size_t text_paragraph_of(const struct text *text, size_t token)
{
    return span_of(text->paragraphs.items, text->paragraphs.count, token);
}

size_t text_sentence_of(const struct text *text, size_t token)
{
    return span_of(text->sentences.items, text->sentences.count, token);
}

enum part_kind text_part_of(const struct text *text, size_t token)
{
    uint32_t byte = text->tokens.items[token].begin;
    size_t low = 0;
    size_t high = text->parts.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->parts.items[middle].span.end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low < text->parts.count ? text->parts.items[low].kind : PART_BODY;
}
