/*
 * draft_twins.c - a headline that names its source tells what the body tells
 * again: one claim, the body's.
 */
#include "draft.h"

/* How many claims of the body are compared with a headline's. */
enum { BODY_CLAIMS_MAX = 24, WORDS_MAX = 32 };

static bool is_headline(const struct text *text, uint32_t token)
{
    return text_part_of(text, token) == PART_HEADLINE;
}

/* Words of substance: no function words, no marks. */
static size_t words_of(const struct drafts *drafts, const struct draft *draft,
                       uint64_t words[WORDS_MAX])
{
    const struct text *text = drafts->text;
    const struct span *contents = draft_contents(drafts, draft);
    size_t count = 0;
    for (uint32_t i = 0; i < draft->content_count; i++)
        for (uint32_t at = contents[i].begin;
             at < contents[i].end && count < WORDS_MAX; at++)
            if (word_has_letters(text, at) &&
                (word_kinds(text, at) & ~(uint32_t)WORD_NUMBER &
                 ~(uint32_t)WORD_DETERMINER) == 0 &&
                word_at(text, at).length > 2)
                words[count++] = word_hash(text, (struct span){at, at + 1}, 0);
    return count;
}

/* Half the headline's words of substance, two at least, are the body's. */
static bool says_the_same(const struct drafts *drafts,
                          const struct draft *headline,
                          const struct draft *body)
{
    uint64_t ours[WORDS_MAX];
    uint64_t theirs[WORDS_MAX];
    size_t count = words_of(drafts, headline, ours);
    size_t others = words_of(drafts, body, theirs);
    size_t shared = 0;
    for (size_t i = 0; i < count; i++) {
        size_t j = 0;
        while (j < others && ours[i] != theirs[j])
            j++;
        shared += j < others;
    }
    return shared >= 2 && shared * 2 >= count;
}

bool draft_twins(struct drafts *drafts, uint32_t **twins, struct error *error)
{
    size_t count = drafts->items.count;
    const struct draft *items = drafts->items.items;
    *twins = arena_take(drafts->arena, count, sizeof **twins, error);
    if (*twins == NULL)
        return false;
    for (size_t i = 0; i < count; i++) {
        (*twins)[i] = READING_NONE;
        if (items[i].parent != READING_NONE ||
            !is_headline(drafts->text, draft_extent(drafts, &items[i]).begin))
            continue;
        size_t most = i + 1 + BODY_CLAIMS_MAX;
        for (size_t j = i + 1; j < count && j < most; j++) {
            if (items[j].parent != READING_NONE ||
                is_headline(drafts->text,
                            draft_extent(drafts, &items[j]).begin) ||
                !says_the_same(drafts, &items[i], &items[j]))
                continue;
            (*twins)[i] = (uint32_t)j;
            break;
        }
    }
    return true;
}
