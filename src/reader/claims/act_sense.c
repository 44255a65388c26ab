/*
 * act_sense.c - whether an act is said to have happened (modality) and
 * whether that is denied (polarity): by the words before it, the verb group
 * it stands in, and the claim that tells it.
 */
#include "act_network.h"

enum {
    BEFORE = 8,
    AFTER = 3,
    /* Against "actual" and "asserted": to say that something happened that
     * did not is the worse fault. */
    SENSE_LEAN = 6
};

char act_voice(const struct acts *acts, const struct act_draft *act,
               uint32_t *begin)
{
    struct span sentence = act_sentence(acts, act->head);
    uint32_t at = act->head;
    bool has_be = false;
    bool has_other = false;
    bool has_to = false;
    char tag = acts->tags[act->head];
    while (at > sentence.begin && act_tag_is(acts, at - 1, "BHMRT")) {
        at--;
        has_be |= acts->tags[at] == 'B';
        has_other |= act_tag_is(acts, at, "HM");
        has_to |= acts->tags[at] == 'T';
    }
    while (at < act->head && acts->tags[at] == 'R')
        at++; /* "yesterday was shot": the adverb is not the verb's */
    *begin = at;
    if (strchr("VPEG", tag) == NULL)
        return 'n';
    if (has_be && (tag == 'E' || tag == 'P'))
        return 'p';
    if (tag == 'E' && !has_other) /* "arrested two men" is no participle */
        return act_tag_is(acts, act->trigger.end, "DUO") ? 'a' : 'j';
    if (tag == 'G' && !has_be)
        return 'g';
    if (has_to && tag == 'V')
        return 'i';
    return 'a';
}

/* Whether a clause ends between two tokens: a comma, "but", a dash. */
static bool is_border(const struct acts *acts, uint32_t token)
{
    return acts->tags[token] == '.' && !word_is_apostrophe(acts->text, token) &&
           !word_is_quotation_mark(acts->text, token) &&
           !word_is_glued(acts->text, token + 1);
}

/* The words before the trigger and how far, up to a border; further ones of
 * the sentence without a place. */
static void add_before(struct act_weighing *weighing, const struct acts *acts,
                       const struct act_draft *act)
{
    const struct text *text = acts->text;
    struct span sentence = act_sentence(acts, act->trigger.begin);
    bool is_near = true;
    uint32_t steps = 0;
    for (uint32_t at = act->trigger.begin; at > sentence.begin && steps < 24;
         steps++) {
        at--;
        is_near = is_near && !is_border(acts, at);
        if (steps == 0)
            weigh_add(weighing, "l1", word_at(text, at));
        if (steps < BEFORE && is_near)
            weigh_add(weighing, "l", word_at(text, at));
        if (act_tag_is(acts, at, "VPEGMTICWR") ||
            (word_kinds(text, at) & WORD_NEGATION))
            weigh_add(weighing, is_near ? "near" : "far", word_at(text, at));
        if (word_kinds(text, at) & WORD_NEGATION)
            weigh_add(weighing, "negation", slice_of(is_near ? "n" : "f"));
    }
    weigh_add(weighing, "opens", word_at(text, sentence.begin));
}

static void add_group(struct act_weighing *weighing, const struct acts *acts,
                      const struct act_draft *act)
{
    const struct text *text = acts->text;
    struct span sentence = act_sentence(acts, act->trigger.begin);
    uint32_t begin = act->head;
    char voice = act_voice(acts, act, &begin);
    struct slice how = {&voice, 1};
    uint32_t subject = begin > sentence.begin ? begin - 1 : begin;
    weigh_add(weighing, "voice", how);
    weigh_add_both(weighing, "voicetag", how,
                   (struct slice){acts->tags + act->head, 1});
    for (uint32_t at = begin; at < act->head; at++)
        weigh_add(weighing, "group", word_at(text, at));
    if (begin > sentence.begin) {
        weigh_add(weighing, "subject", word_at(text, subject));
        weigh_add_both(weighing, "lead", how, word_at(text, subject));
    }
    for (uint32_t at = act->trigger.end, i = 0; at < sentence.end && i < AFTER;
         at++, i++)
        weigh_add(weighing, "r", word_at(text, at));
    if (slice_equals(word_at(text, sentence.end - 1), slice_of("?")))
        weigh_add(weighing, "is", slice_of("question"));
}

static void add_claim(struct act_weighing *weighing, const struct acts *acts,
                      const struct act_draft *act)
{
    uint32_t begin = act->head;
    char voice = act_voice(acts, act, &begin);
    struct slice how = {&voice, 1};
    weigh_add(weighing, "code", slice_of(act_code_names[act->code]));
    weigh_add(weighing, "key", (struct slice){act->row->key, act->row->length});
    if (act->draft == READING_NONE) {
        weigh_add(weighing, "claim", slice_of("none"));
        return;
    }
    const struct draft *claim = &acts->drafts->items.items[act->draft];
    struct slice speech = slice_of(speech_act_names[claim->act]);
    uint32_t token = 0;
    const struct table_row *row = draft_cue_row(acts->text, claim->cue, &token);
    weigh_add(weighing, "claim", speech);
    weigh_add_both(weighing, "claimvoice", speech, how);
    if (claim->is_denied)
        weigh_add(weighing, "claim", slice_of("denied"));
    if (row != NULL)
        weigh_add(weighing, "cue", (struct slice){row->key, row->length});
    for (uint32_t at = claim->cue.begin; at < claim->cue.end; at++)
        weigh_add(weighing, "cueword", word_at(acts->text, at));
    if (claim->content_count > 0 &&
        act->trigger.begin < draft_contents(acts->drafts, claim)[0].begin + 4) {
        weigh_add(weighing, "opensclaim", speech);
        weigh_add_both(weighing, "opensclaim", speech, how);
    }
}

static uint32_t largest(const int32_t *sums, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (sums[i] > sums[best])
            best = i;
    return best;
}

/* Answers one question of an act, from 0 to `count`. */
static uint32_t ask(const struct acts *acts, const struct act_draft *act,
                    char question, uint32_t count)
{
    struct act_weighing weighing = {.probe = acts->probe, .question = question};
    int32_t sums[WEIGH_CLASSES];
    weigh_add(&weighing, "is", slice_of("act"));
    add_before(&weighing, acts, act);
    add_group(&weighing, acts, act);
    add_claim(&weighing, acts, act);
    if (acts->probe != NULL)
        acts->probe->asked(acts->probe->context, question, act->trigger,
                           (struct span){0, 0}, NULL, count);
    weigh_sum(&weighing, sums, count);
    if (question == 'm')
        act_network_modality(act->seen, sums);
    else
        act_network_polarity(act->seen, sums);
    sums[0] -= SENSE_LEAN;
    return largest(sums, count);
}

void act_sense(struct acts *acts)
{
    for (size_t i = 0; i < acts->items.count; i++) {
        struct act_draft *act = &acts->items.items[i];
        act->modality =
            (enum act_modality)ask(acts, act, 'm', ACT_MODALITY_COUNT);
        act->is_denied = ask(acts, act, 'p', 2) == 1;
    }
}
