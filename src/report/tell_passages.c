/*
 * tell_passages.c - which passages a sentence rests on. See tell.h.
 */
#include "tell.h"

/* How many of the sorted places begin at or before this one. */
static uint32_t count_until(const uint32_t *items, size_t count, uint32_t place)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle] <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static struct passage passage_of(const struct gathered *all, size_t index,
                                 struct span span, const char *finding)
{
    const struct gathered_document *document = &all->documents.items[index];
    uint32_t paragraph = count_until(document->paragraphs.items,
                                     document->paragraphs.count, span.begin);
    uint32_t page = text_map_page(&document->map, span);
    /* Of a text that came as it is, form feeds tell the pages. */
    if (page == 0)
        page = count_until(document->pages.items, document->pages.count,
                           span.begin);
    return (struct passage){
        .document = index,
        .span = span,
        .quote = slice_at(document->text, span),
        .language = document->language,
        .page = page,
        .paragraph = paragraph > 0 ? paragraph : 1,
        .finding = finding,
    };
}

void passages_add(struct passage_set *set, const struct gathered *all,
                  size_t document, struct span span, const char *finding)
{
    struct span whole = sentence_at(&all->documents.items[document], span);
    for (size_t i = 0; i < set->count; i++) {
        struct passage *one = &set->items[i];
        if (one->document != document)
            continue;
        if (span_contains(one->span, whole))
            return;
        if (span_contains(whole, one->span)) {
            *one = passage_of(all, document, whole, finding);
            return;
        }
    }
    if (set->count < TELL_PASSAGES_MAX)
        set->items[set->count++] = passage_of(all, document, whole, finding);
}

static void add_places(struct passage_set *set, const struct gathered *all,
                       size_t document, const struct places *places,
                       const char *finding)
{
    for (size_t i = 0; i < places->count; i++)
        passages_add(set, all, document, places->items[i], finding);
}

/* Content may run over many sentences; each is one passage of the note, so
 * that what the note quotes is a text without gaps. */
void passages_of_claim(struct passage_set *set, const struct gathered *all,
                       size_t index)
{
    const struct gathered_claim *claim = &all->claims.items[index];
    const char *key = claim->finding.key;
    passages_add(set, all, claim->document, claim->finding.span, key);
    add_places(set, all, claim->document, &claim->source, key);
    add_places(set, all, claim->document, &claim->cue, key);
    add_places(set, all, claim->document, &claim->content, key);
}

static void add_saying(struct passage_set *set, const struct gathered *all,
                       size_t index)
{
    enum { DEEP = 8 };
    for (size_t i = 0; i < DEEP && index != GATHERED_NONE; i++) {
        const struct gathered_claim *claim = &all->claims.items[index];
        add_places(set, all, claim->document, &claim->source,
                   claim->finding.key);
        add_places(set, all, claim->document, &claim->cue, claim->finding.key);
        index = claim->parent;
    }
}

static void add_parts(struct passage_set *set, const struct gathered *all,
                      const struct gathered_act *act,
                      const struct gathered_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        add_places(set, all, act->document, &parts->items[i].span,
                   act->finding.key);
}

void passages_of_act(struct passage_set *set, const struct gathered *all,
                     size_t index)
{
    const struct gathered_act *act = &all->acts.items[index];
    const char *key = act->finding.key;
    passages_add(set, all, act->document, act->finding.span, key);
    add_places(set, all, act->document, &act->trigger, key);
    add_parts(set, all, act, &act->perpetrators);
    add_parts(set, all, act, &act->victims);
    add_parts(set, all, act, &act->targets);
    add_saying(set, all, act->claim);
}

void passages_of_figure(struct passage_set *set, const struct gathered *all,
                        size_t index)
{
    const struct gathered_figure *figure = &all->figures.items[index];
    passages_add(set, all, figure->document, figure->finding.span,
                 figure->finding.key);
    add_saying(set, all, figure->claim);
}

void tell_note(struct telling *telling, const struct passage_set *set)
{
    paper_note(telling->paper, set->items, set->count);
}
