/*
 * intervention_about.c - which acts an intervention is about: those that its
 * sentence names behind "about", "over", "against" …, else the last one told
 * just before it ("Two men were shot on Monday. We wrote to the Ministry.").
 *
 * Only what is said to have happened counts. Of the acts of corpus train that
 * are linked in this way, by its own acts and interventions, three in five are
 * what is meant; those told farther off are left out, since hardly any would
 * be right.
 */
#include "interventions.h"

enum { ABOUT_MOST = 8 };

static bool is_lead(const struct text *text, uint32_t token)
{
    static const char *const words[] = {
        "about",      "over",      "against", "into",    "of", "on",
        "concerning", "regarding", "why",     "whether", "who"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word_is(text, token, words[i]))
            return true;
    return false;
}

/* And is more likely an act than none. */
static bool has_happened(const struct act *act)
{
    return act->modality == MODALITY_ACTUAL && !act->is_denied &&
           act->confidence >= 0.5F;
}

/* The first telling of the same act: links go there. Chains are short, since
 * an act is the same as an earlier one. */
static uint32_t first_telling(const struct reading *reading, uint32_t act)
{
    while (reading->acts.items[act].same_as != READING_NONE)
        act = reading->acts.items[act].same_as;
    return act;
}

/* The first act whose trigger begins at a byte or behind it; logarithmic. */
static uint32_t act_from(const struct reading *reading, uint32_t byte)
{
    size_t low = 0;
    size_t high = reading->acts.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reading->acts.items[middle].trigger.begin < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

struct about {
    uint32_t acts[ABOUT_MOST];
    uint32_t count;
};

static void take(struct about *about, uint32_t act)
{
    for (uint32_t i = 0; i < about->count; i++)
        if (about->acts[i] == act)
            return;
    if (about->count < ABOUT_MOST)
        about->acts[about->count++] = act;
}

/* "complained about the beating of two traders" */
static void take_behind(const struct reading *reading,
                        const struct attempt *attempt, struct about *about)
{
    const struct text *text = &reading->text;
    uint32_t act = act_from(reading, text_bytes_of(text, attempt->tokens).end);
    bool is_led = false;
    for (uint32_t at = attempt->tokens.end; at < attempt->sentence.end; at++) {
        struct span bytes = text_bytes_of(text, (struct span){at, at + 1});
        /* What is said in it need not be what it is about. */
        if (word_is(text, at, "that"))
            return;
        is_led = is_led || is_lead(text, at);
        for (; act < reading->acts.count &&
               reading->acts.items[act].trigger.begin < bytes.end;
             act++)
            if (is_led && has_happened(&reading->acts.items[act]))
                take(about, first_telling(reading, act));
    }
}

/* The last that happened in the same sentence or the one before it. */
static void take_before(const struct reading *reading,
                        const struct attempt *attempt, struct about *about)
{
    const struct text *text = &reading->text;
    uint32_t begin = attempt->sentence.begin;
    if (begin > 0 &&
        text_paragraph_of(text, begin - 1) == text_paragraph_of(text, begin))
        begin = text->sentences.items[text_sentence_of(text, begin - 1)].begin;
    uint32_t from = text_bytes_of(text, (struct span){begin, begin + 1}).begin;
    uint32_t act =
        act_from(reading, text_bytes_of(text, attempt->tokens).begin);
    /* Of one sentence there are never more than a few. */
    for (uint32_t seen = 0; act-- > 0 && seen < 16; seen++) {
        if (reading->acts.items[act].trigger.begin < from)
            return;
        if (!has_happened(&reading->acts.items[act]))
            continue;
        take(about, first_telling(reading, act));
        return;
    }
}

bool attempt_about(const struct reading *reading, const struct attempt *attempt,
                   struct arena *arena, struct intervention *made,
                   struct error *error)
{
    struct about about = {.count = 0};
    take_behind(reading, attempt, &about);
    if (about.count == 0)
        take_before(reading, attempt, &about);
    if (about.count == 0)
        return true;
    uint32_t *acts = arena_take(arena, about.count, sizeof *acts, error);
    if (acts == NULL)
        return false;
    memcpy(acts, about.acts, about.count * sizeof *acts);
    made->about = acts;
    made->about_count = about.count;
    return true;
}
