/*
 * act_links.c - which act a figure counts for.
 *
 * A figure belongs to the act of which it is a part ("31 protesters" who were
 * arrested), else to the nearest act of its sentence that does its harm.
 */
#include "act_links.h"

enum {
    NEAR_ACTS = 16, /* of one sentence there are never more */
};

static bool is_part(const struct act *act, struct span figure)
{
    for (uint32_t i = 0; i < act->party_count; i++)
        if (act->parties[i].span.begin < figure.end &&
            figure.begin < act->parties[i].span.end)
            return true;
    return false;
}

static bool does_harm(const struct act *act, enum figure_harm harm)
{
    switch (harm) {
    case HARM_KILLED:
        return act->code == ACT_KILLING || act->code == ACT_DEATH_IN_CUSTODY;
    case HARM_INJURED:
        return act->code >= ACT_SHOOTING && act->code <= ACT_TORTURE;
    case HARM_ARRESTED:
        return act->code == ACT_ARREST;
    case HARM_DETAINED:
        return act->code == ACT_DETENTION || act->code == ACT_ARREST;
    case HARM_MISSING:
        return act->code == ACT_DISAPPEARANCE || act->code == ACT_ABDUCTION;
    default:
        return false;
    }
}

/* The first act whose trigger ends behind a byte; logarithmic. */
static size_t act_from(const struct reading *reading, uint32_t byte)
{
    size_t low = 0;
    size_t high = reading->acts.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reading->acts.items[middle].trigger.end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t apart(struct span one, struct span other)
{
    return one.end <= other.begin   ? other.begin - one.end
           : other.end <= one.begin ? one.begin - other.end
                                    : 0;
}

/* Its bytes; empty where the span has no word. */
static struct span sentence_of(const struct text *text, struct span span)
{
    struct span tokens = text_tokens_in(text, span);
    if (tokens.begin >= tokens.end)
        return (struct span){0, 0};
    return text_bytes_of(
        text, text->sentences.items[text_sentence_of(text, tokens.begin)]);
}

uint32_t act_of_figure(const struct reading *reading,
                       const struct figure *figure)
{
    uint32_t best = READING_NONE;
    uint32_t least = UINT32_MAX;
    struct span sentence = sentence_of(&reading->text, figure->span);
    size_t first = act_from(reading, sentence.begin);
    for (size_t i = first; i < reading->acts.count && i < first + NEAR_ACTS &&
                           reading->acts.items[i].trigger.begin < sentence.end;
         i++) {
        const struct act *act = &reading->acts.items[i];
        uint32_t away = apart(act->trigger, figure->span);
        bool is_in = is_part(act, figure->span);
        bool is_harm = does_harm(act, figure->harm);
        if (!is_in && !is_harm)
            continue;
        /* Both before either; a part before what only does the harm. */
        away += is_in && is_harm ? 0 : is_in ? 1u << 16 : 1u << 20;
        if (away < least) {
            least = away;
            best = (uint32_t)i;
        }
    }
    return best;
}
