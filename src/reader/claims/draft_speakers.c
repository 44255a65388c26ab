/*
 * draft_speakers.c - who is meant by each source, in order of the text, so
 * that "he" can be the one heard before; and whose the quotations are that
 * have no source.
 */
#include "draft.h"

/* A quotation without a cue belongs to a speaker at most this many tokens
 * away. */
enum { NEIGHBOUR_TOKENS_MAX = 400 };
/* Of the forms of a verb in data/speech-verbs.tsv. */
enum { PARTICIPLE = 1u << 3 };

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

/* "Vendors are warned", "the public is requested": who is named is spoken to,
 * and the document itself speaks. */
static void turn_passive(const struct drafts *drafts, struct draft *draft)
{
    static const char *const acts[] = {"demand", "warn", "order"};
    const struct text *text = drafts->text;
    uint32_t token = 0;
    const struct table_row *row = draft_cue_row(text, draft->cue, &token);
    struct span source = draft->source;
    if (row == NULL || draft->cue.end - draft->cue.begin < 2 ||
        span_is_empty(source) || source.end > draft->cue.begin ||
        (!word_is(text, draft->cue.begin, "is") &&
         !word_is(text, draft->cue.begin, "are")) ||
        word_is(text, draft->cue.end - 1, "by") ||
        (row->forms & PARTICIPLE) == 0)
        return;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(row->columns[1], acts[i]) == 0) {
            draft->source = (struct span){0, 0};
            if (span_is_empty(draft->addressee))
                draft->addressee = source;
        }
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
    if (draft->parent == READING_NONE && context->issuer != PARTY_NONE)
        turn_passive(drafts, draft);
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

/* "I, Rose Tando", "my name is Rose Tando", "interview with Rose Tando": who
 * is to speak. */
static bool is_introduced(const struct text *text, uint32_t name)
{
    static const char *const pairs[][2] = {
        {"i", ","},          {"undersigned", ","},  {"name", "is"},
        {"testimony", "of"}, {"statement", "of"},   {"affidavit", "of"},
        {"interview", "of"}, {"interview", "with"}, {"complainant", ":"},
        {"deponent", ":"},   {"witness", ":"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && name >= 2; i++)
        if (word_is(text, name - 2, pairs[i][0]) &&
            (word_is(text, name - 1, pairs[i][1]) ||
             slice_equals(word_at(text, name - 1), slice_of(pairs[i][1]))))
            return true;
    return false;
}

/* Whose name is a byline or a signature, or is introduced so. */
static bool is_writer(const struct cast *cast, size_t name)
{
    uint32_t begin = cast->labels->names.items[name].tokens.begin;
    uint32_t party = cast->party_of_name[name];
    return party != PARTY_NONE &&
           cast->parties.items[party].type == ACTOR_PERSON &&
           (text_part_of(cast->text, begin) == PART_BYLINE ||
            is_introduced(cast->text, begin));
}

struct draft_writers draft_writers_of(const struct cast *cast)
{
    struct draft_writers writers = {0, PARTY_NONE, PARTY_NONE};
    for (size_t i = 0; i < cast->labels->names.count; i++) {
        if (!is_writer(cast, i))
            continue;
        writers.first = cast->party_of_name[i];
        break;
    }
    return writers;
}

uint32_t draft_writer_at(const struct cast *cast, struct draft_writers *writers,
                         uint32_t token)
{
    const struct labels *labels = cast->labels;
    for (; writers->next < labels->names.count &&
           labels->names.items[writers->next].tokens.begin < token;
         writers->next++)
        if (is_writer(cast, writers->next))
            writers->last = cast->party_of_name[writers->next];
    return writers->last != PARTY_NONE ? writers->last : writers->first;
}

bool draft_speakers(struct drafts *drafts, struct cast *cast, uint32_t issuer,
                    uint32_t addressee, struct error *error)
{
    struct speaker_memory memory;
    struct speaker_context context = {PARTY_NONE, issuer, addressee,
                                      PARTY_NONE};
    struct draft_writers writers = draft_writers_of(cast);
    speaker_forget(&memory);
    for (size_t i = 0; i < drafts->items.count; i++) {
        uint32_t begin = draft_extent(drafts, &drafts->items.items[i]).begin;
        context.writer = draft_writer_at(cast, &writers, begin);
        if (!resolve(drafts, cast, i, &memory, &context, error))
            return false;
    }
    look_ahead(drafts);
    return true;
}
