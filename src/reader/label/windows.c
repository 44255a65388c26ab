/*
 * windows.c - packing paragraphs, and the pieces of a window.
 */
#include "windows.h"

#include "word_features.h"

/* A cut at the end of a sentence leaves at least so many tokens before it:
 * else a window could come to nothing but a heading and a number. */
#define CUT_LEAST 20

static struct slice token_bytes(const struct text *text, size_t token)
{
    return slice_at(text->bytes, text->tokens.items[token]);
}

static size_t token_pieces(const struct windows *windows, size_t token)
{
    uint32_t pieces[WORD_PIECES_MAX];
    return vocabulary_split(&windows->model->vocabulary,
                            token_bytes(windows->text, token), pieces);
}

const uint8_t *windows_quotations(const struct text *text, struct arena *arena,
                                  struct error *error)
{
    uint8_t *states =
        arena_take(arena, text->tokens.count, sizeof *states, error);
    for (size_t i = 0; states != NULL && i < text->paragraphs.count; i++) {
        const struct span paragraph = text->paragraphs.items[i];
        enum word_quotation inside = QUOTATION_NONE;
        for (size_t token = paragraph.begin; token < paragraph.end; token++)
            states[token] =
                (uint8_t)word_quotation(token_bytes(text, token), &inside);
    }
    return states;
}

/* The token behind the last one from `begin` on that fits; `room` is what is
 * left then. */
static uint32_t tokens_fit(const struct windows *windows, uint32_t begin,
                           uint32_t end, size_t *room)
{
    uint32_t token = begin;
    for (; token < end; token++) {
        const size_t pieces = token_pieces(windows, token);
        if (pieces > *room)
            break;
        *room -= pieces;
    }
    return token;
}

/* Where to cut a paragraph of which only [begin, full) fits. */
static uint32_t cut_at(const struct text *text, uint32_t begin, uint32_t full)
{
    const struct span sentence =
        text->sentences.items[text_sentence_of(text, full)];
    return sentence.begin > begin + CUT_LEAST ? sentence.begin : full;
}

/* Whole paragraphs as far as they fit; part of one that is too long. */
static uint32_t core_end(struct windows *windows, uint32_t begin)
{
    const struct text *text = windows->text;
    size_t room = windows->model->window;
    uint32_t end = begin;
    while (windows->paragraph < text->paragraphs.count) {
        const uint32_t stop = text->paragraphs.items[windows->paragraph].end;
        const uint32_t full = tokens_fit(windows, end, stop, &room);
        if (full == stop) {
            end = stop;
            windows->paragraph++;
        } else {
            return end > begin ? end : cut_at(text, begin, full);
        }
    }
    return end;
}

/* Widens the window by up to `context` pieces on either side. */
static void window_widen(const struct windows *windows, struct window *window)
{
    const uint32_t count = (uint32_t)windows->text->tokens.count;
    size_t room = windows->model->context;
    window->tokens.end = tokens_fit(windows, window->core.end, count, &room);
    room = windows->model->context;
    for (uint32_t token = window->core.begin; token > 0; token--) {
        const size_t pieces = token_pieces(windows, token - 1);
        if (pieces > room)
            break;
        room -= pieces;
        window->tokens.begin = token - 1;
    }
}

bool window_next(struct windows *windows, struct window *window)
{
    const uint32_t begin = windows->next;
    if (begin >= windows->text->tokens.count)
        return false;
    const uint32_t end = core_end(windows, begin);
    windows->next = end;
    window->core = window->tokens = (struct span){begin, end};
    if (windows->model->context > 0)
        window_widen(windows, window);
    window->rows = 2;
    for (uint32_t i = window->tokens.begin; i < window->tokens.end; i++)
        window->rows += (uint32_t)token_pieces(windows, i);
    return true;
}

static enum word_before before_of(const struct text *text, uint32_t token)
{
    const struct span *tokens = text->tokens.items;
    const size_t paragraph = text_paragraph_of(text, token);
    if (text->paragraphs.items[paragraph].begin == token)
        return BEFORE_BREAK;
    return tokens[token - 1].end == tokens[token].begin ? BEFORE_NOTHING
                                                        : BEFORE_SPACE;
}

void window_fill(const struct windows *windows, const struct window *window,
                 struct encoder_piece *pieces, uint32_t *firsts)
{
    const struct vocabulary *vocabulary = &windows->model->vocabulary;
    uint32_t row = 0;
    pieces[row++] = (struct encoder_piece){.piece = vocabulary->begin};
    for (uint32_t i = window->tokens.begin; i < window->tokens.end; i++) {
        const struct slice word = token_bytes(windows->text, i);
        struct encoder_piece piece = {
            .shape = (uint8_t)word_shape(word),
            .before = (uint8_t)before_of(windows->text, i),
            .quotation = windows->quotations[i],
        };
        uint32_t numbers[WORD_PIECES_MAX];
        const size_t count = vocabulary_split(vocabulary, word, numbers);
        *firsts++ = row;
        for (size_t j = 0; j < count; j++) {
            piece.piece = numbers[j];
            pieces[row++] = piece;
        }
    }
    pieces[row] = (struct encoder_piece){.piece = vocabulary->end};
}
