/*
 * draft_run_on.c - quotations that run on over paragraphs: one content in
 * several pieces, whatever the network made of the later paragraphs.
 */
#include "draft.h"

/* The draft of which a content lies in the quotation; the first by index. */
static void find_owners(const struct drafts *drafts, uint32_t *owners)
{
    for (uint32_t i = 0; i < drafts->items.count; i++) {
        const struct draft *draft = &drafts->items.items[i];
        const struct span *contents = draft_contents(drafts, draft);
        if (draft->origin != DRAFT_OUTER && draft->origin != DRAFT_QUOTATION)
            continue;
        for (uint32_t j = 0; j < draft->content_count; j++) {
            uint32_t at = draft_quotation_at(drafts->text, contents[j].begin);
            if (at != TEXT_NONE && owners[at] == READING_NONE)
                owners[at] = i;
        }
    }
}

/* Copies the contents to the end of the list, where one more can follow. */
static bool move_contents(struct drafts *drafts, struct draft *draft,
                          struct error *error)
{
    uint32_t begin = (uint32_t)drafts->contents.count;
    for (uint32_t i = 0; i < draft->content_count; i++) {
        struct span piece = drafts->contents.items[draft->content + i];
        if (!list_push(drafts->arena, &drafts->contents, piece, error))
            return false;
    }
    draft->content = begin;
    return true;
}

/* The cue of the next paragraph may stand between: "...," she said. */
static bool is_free(const struct drafts *drafts, uint32_t owner)
{
    return owner == READING_NONE ||
           drafts->items.items[owner].origin == DRAFT_QUOTATION;
}

bool draft_run_on(struct drafts *drafts, struct error *error)
{
    const struct text *text = drafts->text;
    size_t count = text->quotations.count;
    uint32_t *owners = arena_take(drafts->arena, count, sizeof *owners, error);
    if (owners == NULL)
        return false;
    memset(owners, 0xff, count * sizeof *owners); /* READING_NONE */
    find_owners(drafts, owners);
    uint32_t last = READING_NONE; /* whose contents end the list */
    for (uint32_t i = 0; i < count; i++) {
        uint32_t next = text->quotations.items[i].continued;
        if (next == TEXT_NONE || owners[i] == READING_NONE ||
            owners[i] == owners[next] || !is_free(drafts, owners[next]))
            continue;
        if (owners[next] != READING_NONE)
            drafts->items.items[owners[next]].content_count = 0;
        owners[next] = owners[i];
        struct draft *draft = &drafts->items.items[owners[i]];
        if (last != owners[i] && !move_contents(drafts, draft, error))
            return false;
        last = owners[i];
        if (!draft_add_content(drafts, draft, draft_quoted(text, next), error))
            return false;
    }
    return true;
}
