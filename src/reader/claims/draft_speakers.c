/*
 * draft_speakers.c - who is meant by each source, in order of the text, so
 * that "he" can be the one heard before; and whose the quotations are that
 * have no source.
 */
#include "draft.h"

/* A quotation without a cue belongs to a speaker at most this many tokens
 * away. */
enum { NEIGHBOUR_TOKENS_MAX = 400 };

static bool is_quoted(const struct draft *draft)
{
    return draft->mode != MODE_INDIRECT && draft->parent == READING_NONE;
}

/* The speaker of the nearest quotation before, else of the next one. */
static uint32_t neighbour(const struct drafts *drafts, size_t index)
{
    const struct draft *items = drafts->items.items;
    struct span own = draft_extent(drafts, &items[index]);
    for (size_t i = index; i > 0; i--) {
        struct span other = draft_extent(drafts, &items[i - 1]);
        if (own.begin > other.end + NEIGHBOUR_TOKENS_MAX)
            break;
        if (is_quoted(&items[i - 1]))
            return items[i - 1].speaker;
    }
    return READING_NONE;
}

/* "Your suggestion is rejected", "you are reminded": a letter that says so
 * in the passive and names nobody does it itself. */
static bool is_own_voice(const struct drafts *drafts, const struct draft *draft)
{
    const struct text *text = drafts->text;
    return span_is_empty(draft->source) && draft->parent == READING_NONE &&
           draft->cue.end - draft->cue.begin >= 2 &&
           (word_is(text, draft->cue.begin, "is") ||
            word_is(text, draft->cue.begin, "are"));
}

/* Whose "I" it is: the speaker of the words in quotation marks, or behind a
 * label, in which the claim is told. */
static uint32_t quoted_speaker(const struct drafts *drafts,
                               const struct draft *draft)
{
    const struct text *text = drafts->text;
    struct span extent = draft_extent(drafts, draft);
    while (draft->parent != READING_NONE) {
        draft = &drafts->items.items[draft->parent];
        bool is_within = draft->mode == MODE_DIRECT ||
                         (draft->mode == MODE_MIXED &&
                          draft_quotation_at(text, extent.begin) != TEXT_NONE);
        if (is_within)
            return draft->speaker;
    }
    return PARTY_NONE;
}

static bool resolve(struct drafts *drafts, struct cast *cast, size_t index,
                    struct speaker_memory *memory,
                    struct speaker_context *context, struct error *error)
{
    struct draft *draft = &drafts->items.items[index];
    uint32_t party = PARTY_NONE;
    context->enclosing = quoted_speaker(drafts, draft);
    if (!speaker_resolve(cast, memory, context, draft->source, &party, error))
        return false;
    if (draft->origin == DRAFT_QUOTATION)
        party = neighbour(drafts, index);
    else if (is_own_voice(drafts, draft))
        party = context->issuer;
    draft->speaker = party;
    if (party != PARTY_NONE && draft->parent == READING_NONE)
        speaker_note(memory, cast, party, draft_extent(drafts, draft).begin);
    return true;
}

/* Quotations that come before their speaker is named. */
static void look_ahead(struct drafts *drafts)
{
    struct draft *items = drafts->items.items;
    uint32_t next = READING_NONE;
    uint32_t begin = 0;
    for (size_t i = drafts->items.count; i > 0; i--) {
        struct draft *draft = &items[i - 1];
        struct span extent = draft_extent(drafts, draft);
        if (draft->origin == DRAFT_QUOTATION &&
            draft->speaker == READING_NONE && next != READING_NONE &&
            begin < extent.end + NEIGHBOUR_TOKENS_MAX)
            draft->speaker = next;
        if (draft->origin != DRAFT_QUOTATION && is_quoted(draft)) {
            next = draft->speaker;
            begin = extent.begin;
        }
    }
}

bool draft_speakers(struct drafts *drafts, struct cast *cast, uint32_t issuer,
                    uint32_t addressee, struct error *error)
{
    struct speaker_memory memory;
    struct speaker_context context = {PARTY_NONE, issuer, addressee};
    speaker_forget(&memory);
    for (size_t i = 0; i < drafts->items.count; i++)
        if (!resolve(drafts, cast, i, &memory, &context, error))
            return false;
    look_ahead(drafts);
    return true;
}
