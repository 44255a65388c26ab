/*
 * unread.c - see unread.h.
 */
#include "unread.h"

/* Drops items of a list whose `token` stands in a place that is not read. */
#define DROP(text, list, token_of)                                             \
    do {                                                                       \
        size_t kept_ = 0;                                                      \
        for (size_t i_ = 0; i_ < (list)->count; i_++)                          \
            if (!text_is_unread(text, (list)->items[i_].token_of))             \
                (list)->items[kept_++] = (list)->items[i_];                    \
        (list)->count = kept_;                                                 \
    } while (0)

/* New indexes for old ones; TEXT_NONE for what is dropped. */
static uint32_t *places_of(size_t count, struct arena *arena,
                           struct error *error)
{
    return arena_take(arena, count + 1, sizeof(uint32_t), error);
}

static bool drop_pieces(const struct text *text, struct arena *arena,
                        struct labels *labels, struct error *error)
{
    struct labelled_piece *items = labels->pieces.items;
    uint32_t *places = places_of(labels->pieces.count, arena, error);
    uint32_t kept = 0;
    if (places == NULL)
        return false;
    for (size_t i = 0; i < labels->pieces.count; i++) {
        bool goes = text_is_unread(text, items[i].tokens.begin);
        places[i] = goes ? TEXT_NONE : kept;
        if (!goes)
            items[kept++] = items[i];
    }
    labels->pieces.count = kept;
    for (size_t i = 0; i < kept; i++)
        if (items[i].link != TEXT_NONE)
            items[i].link = places[items[i].link];
    return true;
}

static bool drop_mentions(const struct text *text, struct arena *arena,
                          struct labels *labels, struct error *error)
{
    struct labelled_mention *items = labels->mentions.items;
    uint32_t *places = places_of(labels->mentions.count, arena, error);
    uint32_t kept = 0;
    if (places == NULL)
        return false;
    for (size_t i = 0; i < labels->mentions.count; i++) {
        bool goes = text_is_unread(text, items[i].tokens.begin);
        places[i] = goes ? TEXT_NONE : kept;
        if (!goes)
            items[kept++] = items[i];
    }
    labels->mentions.count = kept;
    for (size_t i = 0; i < kept; i++)
        if (items[i].antecedent != TEXT_NONE)
            items[i].antecedent = places[items[i].antecedent];
    return true;
}

bool labels_drop_unread(const struct text *text, struct arena *arena,
                        struct labels *labels, struct error *error)
{
    if (text->unread.count == 0)
        return true;
    DROP(text, &labels->names, tokens.begin);
    DROP(text, &labels->acts, trigger.begin);
    DROP(text, &labels->roles, tokens.begin);
    DROP(text, &labels->frames, predicate);
    return drop_pieces(text, arena, labels, error) &&
           drop_mentions(text, arena, labels, error);
}
