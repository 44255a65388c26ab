/*
 * draft_nesting.c - which claim is told within which.
 *
 * A claim lies within another when its cue stands in the other's content and
 * all of it within the other's extent; the innermost such is its parent. The
 * parent says more words than the child, so there are no circles. One sweep
 * over the text, with the contents that are open on a stack.
 */
#include "draft.h"

/* A content that is open, or a claim that looks for its parent. */
struct extent {
    struct span tokens;
    uint32_t draft;
};

struct sweep {
    const struct drafts *drafts;
    struct extent *contents, *claims, *open;
    size_t content_count, claim_count, open_count;
};

/* Open contents below this depth are not looked at: no one speaks so. */
enum { OPEN_LOOKED_AT_MAX = 16 };

static int compare_numbers(uint32_t a, uint32_t b) { return (a > b) - (a < b); }

/* By begin; the longer first; then by index. */
static int compare_places(const void *a, const void *b)
{
    const struct extent *one = a;
    const struct extent *two = b;
    int order = compare_numbers(one->tokens.begin, two->tokens.begin);
    if (order == 0)
        order = compare_numbers(two->tokens.end, one->tokens.end);
    return order != 0 ? order : compare_numbers(one->draft, two->draft);
}

static uint32_t words_said(const struct drafts *drafts,
                           const struct draft *draft)
{
    const struct span *contents = draft_contents(drafts, draft);
    uint32_t words = 0;
    for (uint32_t i = 0; i < draft->content_count; i++)
        words += contents[i].end - contents[i].begin;
    return words;
}

/* What has to stand in the parent's content: the cue, else the source, else
 * all that is said. */
static struct span anchor_of(const struct drafts *drafts,
                             const struct draft *draft)
{
    if (!span_is_empty(draft->cue))
        return draft->cue;
    if (!span_is_empty(draft->source))
        return draft->source;
    return draft_contents(drafts, draft)[0];
}

static bool can_hold(const struct drafts *drafts, const struct draft *parent,
                     const struct draft *child)
{
    return parent != child &&
           span_contains(draft_extent(drafts, parent),
                         draft_extent(drafts, child)) &&
           words_said(drafts, parent) > words_said(drafts, child);
}

static bool prepare(struct drafts *drafts, struct arena *arena,
                    struct sweep *sweep, struct error *error)
{
    size_t count = drafts->items.count;
    *sweep = (struct sweep){.drafts = drafts};
    sweep->contents = arena_take(arena, drafts->contents.count,
                                 sizeof *sweep->contents, error);
    sweep->open =
        arena_take(arena, drafts->contents.count, sizeof *sweep->open, error);
    sweep->claims = arena_take(arena, count, sizeof *sweep->claims, error);
    if (sweep->contents == NULL || sweep->open == NULL || sweep->claims == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct draft *draft = &drafts->items.items[i];
        const struct span *contents = draft_contents(drafts, draft);
        for (uint32_t j = 0; j < draft->content_count; j++)
            sweep->contents[sweep->content_count++] =
                (struct extent){contents[j], i};
        sweep->claims[sweep->claim_count++] =
            (struct extent){anchor_of(drafts, draft), i};
    }
    qsort(sweep->contents, sweep->content_count, sizeof *sweep->contents,
          compare_places);
    qsort(sweep->claims, sweep->claim_count, sizeof *sweep->claims,
          compare_places);
    return true;
}

static uint32_t innermost(const struct sweep *sweep, struct extent claim)
{
    const struct draft *drafts = sweep->drafts->items.items;
    size_t least = sweep->open_count > OPEN_LOOKED_AT_MAX
                       ? sweep->open_count - OPEN_LOOKED_AT_MAX
                       : 0;
    for (size_t i = sweep->open_count; i > least; i--) {
        const struct extent *open = &sweep->open[i - 1];
        if (span_contains(open->tokens, claim.tokens) &&
            can_hold(sweep->drafts, &drafts[open->draft], &drafts[claim.draft]))
            return open->draft;
    }
    return READING_NONE;
}

static void find_parents(struct drafts *drafts, struct sweep *sweep)
{
    size_t next = 0;
    for (size_t i = 0; i < sweep->claim_count; i++) {
        struct extent claim = sweep->claims[i];
        while (next < sweep->content_count &&
               sweep->contents[next].tokens.begin <= claim.tokens.begin) {
            while (sweep->open_count > 0 &&
                   sweep->open[sweep->open_count - 1].tokens.end <=
                       sweep->contents[next].tokens.begin)
                sweep->open_count--;
            sweep->open[sweep->open_count++] = sweep->contents[next++];
        }
        while (sweep->open_count > 0 &&
               sweep->open[sweep->open_count - 1].tokens.end <=
                   claim.tokens.begin)
            sweep->open_count--;
        drafts->items.items[claim.draft].parent = innermost(sweep, claim);
    }
}

/* The network found it twice, within and without: once is enough. Claims are
 * in order of their cues. */
static void drop_doubles(struct drafts *drafts, const struct sweep *sweep)
{
    struct span last = {0, 0};
    for (size_t i = 0; i < sweep->claim_count; i++) {
        struct draft *draft = &drafts->items.items[sweep->claims[i].draft];
        if (!span_is_empty(draft->cue) && draft->origin == DRAFT_OUTER)
            last = draft->cue;
        if (draft->origin != DRAFT_INNER)
            continue;
        bool is_double = span_overlaps(last, draft->cue);
        for (size_t j = i + 1; j < sweep->claim_count && !is_double; j++) {
            const struct draft *next =
                &drafts->items.items[sweep->claims[j].draft];
            if (sweep->claims[j].tokens.begin >= draft->cue.end)
                break;
            is_double = next->origin == DRAFT_OUTER &&
                        span_overlaps(next->cue, draft->cue);
        }
        if (is_double)
            draft->content_count = 0;
    }
}

/* The words of a claim in the order of the text, the longer first, and of
 * two alike the one that says more. */
struct rank {
    struct span extent;
    uint32_t words, draft;
};

static int compare_ranks(const void *a, const void *b)
{
    const struct rank *one = a;
    const struct rank *two = b;
    int order = compare_numbers(one->extent.begin, two->extent.begin);
    if (order == 0)
        order = compare_numbers(two->extent.end, one->extent.end);
    if (order == 0)
        order = compare_numbers(two->words, one->words);
    return order != 0 ? order : compare_numbers(one->draft, two->draft);
}

/* Puts the drafts in order, parents before children, without those that
 * were dropped, and gives parents their new indexes. */
static bool put_in_order(struct drafts *drafts, struct arena *arena,
                         struct error *error)
{
    size_t count = drafts->items.count;
    struct rank *ranks = arena_take(arena, count, sizeof *ranks, error);
    uint32_t *place = arena_take(arena, count, sizeof *place, error);
    struct draft *sorted = arena_take(arena, count, sizeof *sorted, error);
    size_t kept = 0;
    if (ranks == NULL || place == NULL || sorted == NULL)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct draft *draft = &drafts->items.items[i];
        if (draft->content_count > 0 && !draft->is_void)
            ranks[kept++] = (struct rank){draft_extent(drafts, draft),
                                          words_said(drafts, draft), i};
    }
    qsort(ranks, kept, sizeof *ranks, compare_ranks);
    for (uint32_t i = 0; i < kept; i++) {
        sorted[i] = drafts->items.items[ranks[i].draft];
        place[ranks[i].draft] = i;
    }
    for (uint32_t i = 0; i < kept; i++)
        if (sorted[i].parent != READING_NONE)
            sorted[i].parent = place[sorted[i].parent];
    if (kept > 0)
        memcpy(drafts->items.items, sorted, kept * sizeof *sorted);
    drafts->items.count = kept;
    return true;
}

static bool nest(struct drafts *drafts, struct arena *arena,
                 struct error *error)
{
    struct sweep sweep;
    if (!prepare(drafts, arena, &sweep, error))
        return false;
    drop_doubles(drafts, &sweep);
    if (!put_in_order(drafts, arena, error))
        return false;
    arena_reset(arena);
    if (!prepare(drafts, arena, &sweep, error))
        return false;
    find_parents(drafts, &sweep);
    return put_in_order(drafts, arena, error);
}

bool draft_nesting(struct drafts *drafts, struct error *error)
{
    /* What it needs is as much again as the drafts; not to be kept. */
    struct arena *arena = arena_new(SIZE_MAX);
    if (arena == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    bool is_nested = nest(drafts, arena, error);
    arena_release(arena);
    return is_nested;
}
