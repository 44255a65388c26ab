/*
 * export_words.c - see export.h: an act in words.
 */
#include "export.h"

static void add_part(const struct gathered *all, struct output *output,
                     size_t document, const struct gathered_part *part)
{
    struct slice text = all->documents.items[document].text;
    if (output->count > 0)
        output_add(output, "; ");
    if (part->actor != GATHERED_NONE) {
        const struct gathered_actor *actor = &all->actors.items[part->actor];
        output_add(output, actor->party != GATHERED_NONE
                               ? all->parties.items[actor->party].name
                               : actor->name);
        return;
    }
    for (size_t i = 0; i < part->span.count; i++) {
        output_add(output, i > 0 ? " " : "");
        output_slice(output, slice_at(text, part->span.items[i]));
    }
}

static void add_parts(const struct gathered *all, struct output *output,
                      size_t document, const struct gathered_parts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        add_part(all, output, document, &parts->items[i]);
}

static const char *string_of(const struct output *output, struct error *error)
{
    return output->is_failed
               ? NULL
               : arena_string(output->arena, output_bytes(output), error);
}

const char *involved_names(const struct gathered *all, size_t document,
                           const struct gathered_parts *parts,
                           struct error *error)
{
    struct output output;
    output_begin(&output, all->arena, error);
    add_parts(all, &output, document, parts);
    return string_of(&output, error);
}

static const char *speaker_of(const struct gathered *all,
                              const struct gathered_act *act)
{
    const struct gathered_document *document =
        &all->documents.items[act->document];
    size_t who = act->claim != GATHERED_NONE
                     ? all->claims.items[act->claim].speaker
                     : document->issuer;
    if (who != GATHERED_NONE)
        return all->actors.items[who].name;
    return document->publisher != NULL ? document->publisher
                                       : document->row.facts.name;
}

/* What a range of days says of the date: a day, a month, a year. */
static const char *date_of(const struct gathered *all,
                           const struct gathered_act *act, unsigned *precision,
                           struct error *error)
{
    *precision = 3;
    if (!is_day(act->first) || !is_day(act->last))
        return NULL;
    size_t length = 4;
    if (strncmp(act->first, act->last, 10) == 0) {
        *precision = 1;
        length = 10;
    } else if (strncmp(act->first, act->last, 7) == 0) {
        *precision = 2;
        length = 7;
    } else if (strncmp(act->first, act->last, 4) != 0) {
        return NULL;
    }
    return arena_string(all->arena, (struct slice){act->first, length}, error);
}

bool act_words(const struct gathered *all, size_t index,
               struct act_words *words, struct error *error)
{
    const struct gathered_act *act = &all->acts.items[index];
    const struct gathered_document *document =
        &all->documents.items[act->document];
    struct output doers, sufferers;
    output_begin(&doers, all->arena, error);
    output_begin(&sufferers, all->arena, error);
    add_parts(all, &doers, act->document, &act->perpetrators);
    add_parts(all, &sufferers, act->document, &act->victims);
    add_parts(all, &sufferers, act->document, &act->targets);
    words->doers = string_of(&doers, error);
    words->sufferers = string_of(&sufferers, error);
    words->speaker = speaker_of(all, act);
    words->date = date_of(all, act, &words->precision, error);
    words->words = arena_string(
        all->arena,
        slice_at(document->text, sentence_at(document, act->finding.span)),
        error);
    return words->doers != NULL && words->sufferers != NULL &&
           words->words != NULL;
}
