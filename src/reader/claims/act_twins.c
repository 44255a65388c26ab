/*
 * act_twins.c - acts that tell again of what an earlier one told: the same
 * code, and parties, numbers, names and words that fit.
 *
 * Each act is held against the last LOOK_BACK of its code; the likeliest of
 * those that are likelier the same than not is its twin, and same_as leads to
 * the first of them all.
 */
#include "act_draft.h"

enum { LOOK_BACK = 10, NAMES_MAX = 8 };

static struct slice yes_no(bool is_so) { return slice_of(is_so ? "1" : "0"); }

static bool is_same_word(const struct acts *acts, uint32_t one, uint32_t other)
{
    char buffers[2][WORD_KEY_MAX];
    return slice_equals(
        word_key(acts->text, (struct span){one, one + 1}, buffers[0]),
        word_key(acts->text, (struct span){other, other + 1}, buffers[1]));
}

/* Whether some party of these roles is in both, by actor or by its last word;
 * "none" where either has no such party. */
static const char *shared(const struct acts *acts, const struct act_draft *one,
                          const struct act_draft *other, bool is_doer)
{
    uint32_t counts[2] = {0, 0};
    bool is_shared = false;
    for (uint32_t i = 0; i < one->party_count; i++) {
        const struct act_draft_party *a = &one->parties[i];
        if ((a->role == ROLE_PERPETRATOR) != is_doer || a->role == ROLE_WEAPON)
            continue;
        counts[0]++;
        counts[1] = 0;
        for (uint32_t j = 0; j < other->party_count; j++) {
            const struct act_draft_party *b = &other->parties[j];
            if ((b->role == ROLE_PERPETRATOR) != is_doer ||
                b->role == ROLE_WEAPON)
                continue;
            counts[1]++;
            is_shared |=
                (a->party != PARTY_NONE && a->party == b->party) ||
                is_same_word(acts, a->tokens.end - 1, b->tokens.end - 1);
        }
    }
    return counts[0] == 0 || counts[1] == 0 ? "none" : is_shared ? "yes" : "no";
}

/* The first number among the parties of an act, or TEXT_NONE. */
static uint32_t number_of(const struct acts *acts, const struct act_draft *act)
{
    for (uint32_t i = 0; i < act->party_count; i++)
        for (uint32_t at = act->parties[i].tokens.begin;
             at < act->parties[i].tokens.end; at++)
            if (acts->tags[at] == 'U')
                return at;
    return TEXT_NONE;
}

/* How many names the two sentences have in common; up to 2. */
static uint32_t common_names(const struct acts *acts, struct span one,
                             struct span other)
{
    const struct labels *labels = acts->cast->labels;
    uint32_t common = 0;
    size_t first = cast_name_from(acts->cast, one.begin);
    size_t second = cast_name_from(acts->cast, other.begin);
    for (size_t i = first; i < labels->names.count && i < first + NAMES_MAX &&
                           labels->names.items[i].tokens.begin < one.end;
         i++)
        for (size_t j = second;
             j < labels->names.count && j < second + NAMES_MAX &&
             labels->names.items[j].tokens.begin < other.end;
             j++) {
            uint32_t a = acts->cast->party_of_name[i];
            bool is_party = a != PARTY_NONE;
            common +=
                is_party
                    ? a == acts->cast->party_of_name[j]
                    : is_same_word(acts, labels->names.items[i].tokens.end - 1,
                                   labels->names.items[j].tokens.end - 1);
        }
    return common > 2 ? 2 : common;
}

static const char *distance(size_t sentences)
{
    return sentences == 0   ? "0"
           : sentences == 1 ? "1"
           : sentences < 4  ? "3"
           : sentences < 9  ? "8"
                            : "far";
}

static void add_words(struct act_weighing *weighing, const struct acts *acts,
                      const struct act_draft *one,
                      const struct act_draft *other)
{
    const struct text *text = acts->text;
    uint32_t begin = one->head;
    char voices[2] = {act_voice(acts, one, &begin), ' '};
    voices[1] = act_voice(acts, other, &begin);
    struct span sentence = act_sentence(acts, one->trigger.begin);
    bool is_same = is_same_word(acts, one->head, other->head);
    weigh_add(weighing, "word", yes_no(is_same));
    weigh_add_both(weighing, "wordvoice", yes_no(is_same),
                   (struct slice){voices, 2});
    for (uint32_t at = one->trigger.begin, i = 0; at > sentence.begin && i < 3;
         i++)
        if (acts->tags[--at] == 'D') {
            weigh_add_both(weighing, "determiner", word_at(text, at),
                           (struct slice){voices, 1});
            break;
        }
}

static void add_parties(struct act_weighing *weighing, const struct acts *acts,
                        const struct act_draft *one,
                        const struct act_draft *other)
{
    const char *victims = shared(acts, one, other, false);
    const char *doers = shared(acts, one, other, true);
    uint32_t number = number_of(acts, one);
    uint32_t numbers = number_of(acts, other);
    const char *fit = number == TEXT_NONE || numbers == TEXT_NONE ? "none"
                      : is_same_word(acts, number, numbers)       ? "yes"
                                                                  : "no";
    weigh_add(weighing, "victims", slice_of(victims));
    weigh_add(weighing, "doers", slice_of(doers));
    weigh_add_both(weighing, "both", slice_of(victims), slice_of(doers));
    weigh_add(weighing, "number", slice_of(fit));
    weigh_add_both(weighing, "numbervictims", slice_of(fit), slice_of(victims));
}

static float ask(const struct acts *acts, const struct act_draft *one,
                 const struct act_draft *other, uint32_t rank)
{
    struct act_weighing weighing = {.probe = acts->probe, .question = 's'};
    char digit[2] = {(char)('0' + (rank > 3 ? 3 : rank)), '\0'};
    int32_t sums[2];
    struct span sentence = act_sentence(acts, one->trigger.begin);
    struct span before = act_sentence(acts, other->trigger.begin);
    size_t apart = text_sentence_of(acts->text, one->trigger.begin) -
                   text_sentence_of(acts->text, other->trigger.begin);
    uint32_t names = common_names(acts, sentence, before);
    const char *common = names == 0 ? "0" : names == 1 ? "1" : "2";
    weigh_add(&weighing, "code", slice_of(act_code_names[one->code]));
    weigh_add(&weighing, "rank", slice_of(digit));
    weigh_add(&weighing, "apart", slice_of(distance(apart)));
    weigh_add(&weighing, "names", slice_of(common));
    weigh_add_both(&weighing, "namesrank", slice_of(common), slice_of(digit));
    weigh_add_both(&weighing, "modality",
                   slice_of(act_modality_names[one->modality]),
                   slice_of(act_modality_names[other->modality]));
    weigh_add(&weighing, "denied",
              slice_of(one->is_denied == other->is_denied ? "same" : "other"));
    weigh_add(&weighing, "claim", yes_no(one->draft == other->draft));
    weigh_add(
        &weighing, "part",
        slice_of(
            part_kind_names[text_part_of(acts->text, other->trigger.begin)]));
    add_words(&weighing, acts, one, other);
    add_parties(&weighing, acts, one, other);
    if (acts->probe != NULL)
        acts->probe->asked(acts->probe->context, 's', one->trigger,
                           other->trigger, NULL, 2);
    weigh_sum(&weighing, sums, 2);
    return weigh_share(sums, 2, 1);
}

bool act_twins(struct acts *acts, struct error *error)
{
    uint32_t last[ACT_CODE_COUNT];
    uint32_t *before =
        arena_take(acts->arena, acts->items.count + 1, sizeof *before, error);
    if (before == NULL)
        return false;
    for (size_t i = 0; i < ACT_CODE_COUNT; i++)
        last[i] = READING_NONE;
    for (uint32_t i = 0; i < acts->items.count; i++) {
        struct act_draft *act = &acts->items.items[i];
        float best = 0.5f;
        uint32_t other = last[act->code];
        for (uint32_t rank = 0; other != READING_NONE && rank < LOOK_BACK;
             rank++, other = before[other]) {
            const struct act_draft *twin = &acts->items.items[other];
            float share = ask(acts, act, twin, rank);
            if (share <= best)
                continue;
            best = share;
            act->same_as =
                twin->same_as != READING_NONE ? twin->same_as : other;
        }
        before[i] = last[act->code];
        last[act->code] = i;
    }
    return true;
}
