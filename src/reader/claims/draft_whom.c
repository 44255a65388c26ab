/*
 * draft_whom.c - what claims tell of the mentions in them: who speaks, and in
 * whose words each stands. What whom.h makes of it is whom pronouns mean.
 */
#include "draft.h"

enum { TOLD_TIMES = 24 }; /* of each mention at most, in all */

/* The first mention whose head is at the token or behind it. */
static uint32_t mention_from(const struct labels *labels, uint32_t token)
{
    size_t low = 0;
    size_t high = labels->mentions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (labels->mentions.items[middle].head < token)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* The mention that a source is: of its head, else its first one. */
static uint32_t source_of(const struct cast *cast, struct span source)
{
    uint32_t mention = whom_mention_at(cast, phrase_head(cast->text, source));
    if (mention != WHOM_NONE)
        return mention;
    mention = mention_from(cast->labels, source.begin);
    bool is_inside = mention < cast->labels->mentions.count &&
                     cast->labels->mentions.items[mention].head < source.end;
    return is_inside ? mention : WHOM_NONE;
}

/* Claims told within others come behind them: the innermost stays. */
static void place_draft(const struct drafts *drafts, const struct cast *cast,
                        const struct draft *draft, struct whom_place *places,
                        size_t *left)
{
    const struct labels *labels = cast->labels;
    const struct span *contents = draft_contents(drafts, draft);
    uint32_t source = span_is_empty(draft->source)
                          ? WHOM_NONE
                          : source_of(cast, draft->source);
    if (source != WHOM_NONE)
        places[source].is_source = true;
    for (uint32_t i = 0; i < draft->content_count; i++)
        for (uint32_t at = mention_from(labels, contents[i].begin);
             *left > 0 && at < labels->mentions.count &&
             labels->mentions.items[at].head < contents[i].end;
             at++, (*left)--)
            places[at].teller = source;
}

bool draft_whom(const struct drafts *drafts, struct cast *cast,
                const struct whom_probe *probe, struct error *error)
{
    const struct labels *labels = cast->labels;
    size_t count = labels->mentions.count;
    size_t left = count * TOLD_TIMES;
    struct whom_place *places =
        arena_take(drafts->arena, count, sizeof *places, error);
    if (places == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        places[i] = (struct whom_place){
            .teller = WHOM_NONE,
            .is_quoted = draft_quotation_at(drafts->text,
                                            labels->mentions.items[i].head) !=
                         TEXT_NONE};
    for (size_t i = 0; i < drafts->items.count; i++)
        place_draft(drafts, cast, &drafts->items.items[i], places, &left);
    return whom_find(cast, places, probe, error);
}
