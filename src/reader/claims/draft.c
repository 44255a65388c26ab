/*
 * draft.c - pieces of drafts: where they end, and what holds them.
 */
#include "draft.h"

static void widen(struct span *extent, struct span piece)
{
    if (span_is_empty(piece))
        return;
    if (piece.begin < extent->begin)
        extent->begin = piece.begin;
    if (piece.end > extent->end)
        extent->end = piece.end;
}

struct span draft_extent(const struct drafts *drafts, const struct draft *draft)
{
    const struct span *contents = draft_contents(drafts, draft);
    struct span extent = {UINT32_MAX, 0};
    widen(&extent, draft->cue);
    widen(&extent, draft->source);
    for (uint32_t i = 0; i < draft->content_count; i++)
        widen(&extent, contents[i]);
    return extent;
}

/* The stop of "p.m." or "Co." belongs to its word. */
static bool is_abbreviation_stop(const struct text *text, uint32_t token)
{
    return token >= 2 && word_is_glued(text, token) &&
           word_at(text, token - 1).length == 1 &&
           word_has_letters(text, token - 1) &&
           slice_equals(word_at(text, token - 2), slice_of(".")) &&
           word_is_glued(text, token - 1);
}

static bool is_edge(const struct text *text, uint32_t token)
{
    struct slice word = word_at(text, token);
    if (word.length == 1 && (word.data[0] == ',' || word.data[0] == '.'))
        return !is_abbreviation_stop(text, token);
    return word_is_quotation_mark(text, token);
}

struct span draft_trim(const struct text *text, struct span tokens)
{
    while (tokens.begin < tokens.end && is_edge(text, tokens.begin))
        tokens.begin++;
    while (tokens.end > tokens.begin && is_edge(text, tokens.end - 1))
        tokens.end--;
    return tokens;
}

bool draft_add_content(struct drafts *drafts, struct draft *draft,
                       struct span tokens, struct error *error)
{
    const struct text *text = drafts->text;
    if (draft->content_count == 0)
        draft->content = (uint32_t)drafts->contents.count;
    while (!span_is_empty(tokens)) {
        size_t paragraph = text_paragraph_of(text, tokens.begin);
        uint32_t end = text->paragraphs.items[paragraph].end;
        struct span piece = {tokens.begin, end < tokens.end ? end : tokens.end};
        tokens.begin = piece.end;
        piece = draft_trim(text, piece);
        if (span_is_empty(piece))
            continue;
        if (!list_push(drafts->arena, &drafts->contents, piece, error))
            return false;
        draft->content_count++;
    }
    return true;
}

uint32_t draft_quotation_at(const struct text *text, uint32_t token)
{
    struct span bytes = text->tokens.items[token];
    size_t low = 0;
    size_t high = text->quotations.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->quotations.items[middle].inside.begin <= bytes.begin)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return TEXT_NONE;
    uint32_t at = (uint32_t)(low - 1);
    while (at != TEXT_NONE &&
           !span_contains(text->quotations.items[at].inside, bytes))
        at = text->quotations.items[at].outer;
    return at;
}

struct span draft_quoted(const struct text *text, uint32_t quotation)
{
    return text_tokens_in(text, text->quotations.items[quotation].inside);
}
