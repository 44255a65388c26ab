/*
 * act_find.c - words that tell of an act: the forms of data/acts-lexicon.tsv,
 * and what the words around each say it is: which code, or no act at all.
 */
#include "act_network.h"

enum { AROUND = 7, ACTS_PER_SENTENCE_MAX = 64, DEPTH_TOKENS = 24 };

/* The codes a row may tell of: 0 is no act, else one more than the code. Any
 * act may be a threat ("we will burn it"). */
struct options {
    uint8_t items[ACT_OPTIONS_MAX + 3];
    uint32_t count;
};

static uint8_t code_at(struct slice name)
{
    for (uint8_t i = 0; i < ACT_CODE_COUNT; i++)
        if (slice_equals(name, slice_of(act_code_names[i])))
            return (uint8_t)(i + 1);
    return 0;
}

static bool has_option(const struct options *options, uint8_t option)
{
    return memchr(options->items, option, options->count) != NULL;
}

static struct options options_of(const struct table_row *row)
{
    struct options options = {{0}, 1};
    const char *at = row->columns[0];
    while (*at != '\0' && options.count <= ACT_OPTIONS_MAX) {
        size_t length = strcspn(at, " ");
        uint8_t option = code_at((struct slice){at, length});
        if (!has_option(&options, option))
            options.items[options.count++] = option;
        at += length + (at[length] == ' ');
    }
    if (!has_option(&options, ACT_THREAT + 1) && options.count > 1)
        options.items[options.count++] = ACT_THREAT + 1;
    return options;
}

/* Words of the sentence: those next to the trigger by their place, the rest
 * of the neighbourhood in a bag. */
static void add_neighbours(struct act_weighing *weighing,
                           const struct acts *acts, struct span trigger)
{
    static const char *const places[] = {"l2", "l1", "r1", "r2"};
    static const char *const tags[] = {"tl2", "tl1", "tr1", "tr2"};
    const struct text *text = acts->text;
    struct span sentence = act_sentence(acts, trigger.begin);
    for (int i = 0; i < 4; i++) {
        int64_t at = i < 2 ? (int64_t)trigger.begin - 2 + i
                           : (int64_t)trigger.end - 2 + i;
        bool is_inside = at >= sentence.begin && at < sentence.end;
        struct slice word =
            is_inside ? word_at(text, (uint32_t)at) : slice_of("^");
        struct slice tag =
            is_inside ? (struct slice){acts->tags + at, 1} : word;
        weigh_add(weighing, places[i], word);
        weigh_add(weighing, tags[i], tag);
    }
    uint32_t begin = trigger.begin - sentence.begin > AROUND
                         ? trigger.begin - AROUND
                         : sentence.begin;
    uint32_t end = sentence.end - trigger.end > AROUND ? trigger.end + AROUND
                                                       : sentence.end;
    for (uint32_t at = begin; at < end; at++)
        if ((at < trigger.begin || at >= trigger.end) &&
            strchr("NVPEGAURO", acts->tags[at]) != NULL)
            weigh_add(weighing, "b", word_at(text, at));
}

static void add_circumstances(struct act_weighing *weighing,
                              const struct acts *acts, struct span trigger,
                              const struct table_row *row)
{
    const struct text *text = acts->text;
    struct slice first = {row->columns[0], strcspn(row->columns[0], " ")};
    struct slice key = {row->key, row->length};
    struct slice tag = {acts->tags + trigger.end - 1, 1};
    uint32_t draft = acts->draft_of[trigger.begin];
    weigh_add(weighing, "k", key);
    weigh_add_both(weighing, "kt", key, tag);
    weigh_add(weighing, "first", first);
    weigh_add_both(weighing, "firsttag", first, tag);
    weigh_add(weighing, "codes", slice_of(row->columns[0]));
    weigh_add_both(weighing, "sure", slice_of(row->columns[2]), tag);
    weigh_add(weighing, "sure", slice_of(row->columns[2]));
    weigh_add(weighing, "part",
              slice_of(part_kind_names[text_part_of(text, trigger.begin)]));
    weigh_add(weighing, "kind",
              slice_of(document_kind_names[acts->drafts->kind]));
    if (draft == READING_NONE)
        return;
    const struct draft *claim = &acts->drafts->items.items[draft];
    weigh_add(weighing, "claim", slice_of(speech_act_names[claim->act]));
    if (claim->mode != MODE_INDIRECT)
        weigh_add(weighing, "claim", slice_of("quoted"));
}

/* Asks of which code the trigger tells; false for none. */
static bool choose(const struct acts *acts, struct act_draft *act)
{
    struct act_weighing weighing = {.probe = acts->probe, .question = 't'};
    struct options options = options_of(act->row);
    int32_t sums[WEIGH_CLASSES];
    int32_t allowed[ACT_OPTIONS_MAX + 3];
    uint32_t best = 0;
    if (act->seen != NULL && options.count == 1)
        options.items[options.count++] = (uint8_t)(act->seen->code + 1);
    if (options.count < 2)
        return false;
    add_neighbours(&weighing, acts, act->trigger);
    add_circumstances(&weighing, acts, act->trigger, act->row);
    if (acts->probe != NULL)
        acts->probe->asked(acts->probe->context, 't', act->trigger,
                           (struct span){0, 0}, options.items, options.count);
    weigh_sum(&weighing, sums, WEIGH_CLASSES);
    act_network_code(acts, act->seen, sums);
    for (uint32_t i = 0; i < options.count; i++)
        allowed[i] = sums[options.items[i]];
    for (uint32_t i = 1; i < options.count; i++)
        if (allowed[i] > allowed[best])
            best = i;
    if (best == 0 && acts->probe != NULL) /* who learns sees them all */
        best = 1;
    if (best == 0)
        return false;
    act->code = (enum act_code)(options.items[best] - 1);
    act->probability =
        weigh_confidence(weigh_share(allowed, options.count, best));
    return true;
}

/* The verb of a noun that tells of the act itself ("opened fire", "carried
 * out an attack", "staged a protest"): what stands to the verb stands to it. */
static uint32_t light_verb(const struct acts *acts, struct span trigger)
{
    static const char *const verbs[] = {
        "open",      "opens",      "opened",    "opening",    "carry",
        "carried",   "carries",    "launch",    "launched",   "stage",
        "staged",    "staging",    "hold",      "held",       "holding",
        "make",      "made",       "commit",    "commits",    "commit",
        "committed", "committing", "mount",     "mounted",    "set",
        "setting",   "conduct",    "conducted", "conducting", "lead",
        "led",       "use",        "used",      "using",      "resort",
        "resorted",  "fire",       "fired",     "firing",     "throw",
        "threw",     "lob",        "lobbed",    "hurl",       "hurled",
        "put",       "inflict",    "inflicted", "impose",     "imposed",
        "declare",   "declared",   "issue",     "issued",     "file",
        "filed",     "bring",      "brought",   "unleash",    "unleashed",
        "suffer",    "suffered",   "sustain",   "sustained",  "receive",
        "received",  "take",       "took",      "taken",      "perpetrated"};
    const struct text *text = acts->text;
    struct span sentence = act_sentence(acts, trigger.begin);
    uint32_t at = trigger.begin;
    if (!act_tag_is(acts, trigger.end - 1, "NAR"))
        return trigger.end - 1;
    for (int steps = 0; at > sentence.begin && steps < 5; steps++) {
        at--;
        for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
            if (act_tag_is(acts, at, "VPEG") && word_is(text, at, verbs[i]))
                return at;
        if (!act_tag_is(acts, at, "DAUNRI"))
            break;
    }
    return trigger.end - 1;
}

/* The word of a trigger that its subject and object stand to: its verb. */
static uint32_t head_of(const struct acts *acts, struct span trigger)
{
    for (uint32_t at = trigger.begin; at < trigger.end; at++)
        if (act_tag_is(acts, at, "VPEG"))
            return at;
    return light_verb(acts, trigger);
}

/* Whether the act before is only the light verb of this one. */
static bool is_light(const struct acts *acts, const struct act_draft *act)
{
    size_t count = acts->items.count;
    return acts->probe == NULL && count > 0 && act->head < act->trigger.begin &&
           acts->items.items[count - 1].trigger.begin == act->head &&
           acts->items.items[count - 1].trigger.end == act->head + 1;
}

/* Which claim a token stands in, the innermost: parents come before their
 * children, so that the last to write is the innermost. */
static bool paint_claims(struct acts *acts, struct error *error)
{
    const struct drafts *drafts = acts->drafts;
    size_t count = acts->text->tokens.count;
    size_t left = (count + 1) * DEPTH_TOKENS;
    acts->draft_of =
        arena_take(acts->arena, count + 1, sizeof *acts->draft_of, error);
    if (acts->draft_of == NULL)
        return false;
    for (size_t i = 0; i <= count; i++)
        acts->draft_of[i] = READING_NONE;
    for (uint32_t i = 0; i < drafts->items.count; i++) {
        const struct draft *draft = &drafts->items.items[i];
        const struct span *contents = draft_contents(drafts, draft);
        for (uint32_t j = 0; j < draft->content_count; j++)
            for (uint32_t at = contents[j].begin;
                 at < contents[j].end && left > 0; at++, left--)
                acts->draft_of[at] = i;
    }
    return true;
}

/* The words of the lexicon that begin here, else those that only the network
 * takes for a trigger. */
static bool trigger_at(const struct acts *acts, uint32_t at, uint32_t end,
                       struct act_draft *act)
{
    uint32_t length = 1;
    act->row = word_phrase(acts->text, &act_lexicon_table, at, end, &length);
    act->trigger = (struct span){at, at + length};
    act->seen = act_network_at(acts, act->trigger);
    if (act->row != NULL)
        return true;
    if (act->seen == NULL || act->seen->trigger.begin != at ||
        acts->probe != NULL)
        return false;
    act->row = act_network_row(act->seen);
    act->trigger = act->seen->trigger;
    if (act->trigger.end > end)
        act->trigger.end = end;
    return act->row != NULL;
}

static bool find_in_sentence(struct acts *acts, struct span sentence,
                             struct error *error)
{
    uint32_t found = 0;
    uint32_t length = 1;
    for (uint32_t at = sentence.begin;
         at < sentence.end && found < ACTS_PER_SENTENCE_MAX; at += length) {
        struct act_draft act = {.draft = acts->draft_of[at],
                                .same_as = READING_NONE};
        if (!trigger_at(acts, at, sentence.end, &act)) {
            length = 1;
            continue;
        }
        length = act.trigger.end - at;
        if (!choose(acts, &act))
            continue;
        act.head = head_of(acts, act.trigger);
        if (is_light(acts, &act)) /* "lobbed teargas" is one act */
            acts->items.count--;
        found++;
        if (!list_push(acts->arena, &acts->items, act, error))
            return false;
    }
    return true;
}

bool act_find(struct acts *acts, struct error *error)
{
    if (!paint_claims(acts, error))
        return false;
    for (size_t i = 0; i < acts->text->sentences.count; i++)
        if (!text_is_unread(acts->text, acts->text->sentences.items[i].begin) &&
            !find_in_sentence(acts, acts->text->sentences.items[i], error))
            return false;
    return true;
}
