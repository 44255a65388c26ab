/*
 * tell_act.c - an act in a sentence of its own where the passage is plain,
 * else its passage word for word. See tell.h.
 */
#include "tell.h"
#include "tell_words.h"

/* A phrase that can be taken over into the sentence. */
struct phrase {
    const struct gathered_part *part;
    struct span span;
    const struct gathered_actor *actor; /* or NULL */
    bool is_pronoun;
};

/* What the sentence will say; made before anything is written. */
struct act_plan {
    const struct gathered_act *act;
    const struct gathered_document *document;
    struct span sentence;
    struct slice trigger;
    const char *frame;
    enum number number;
    struct phrase whom, by, with;
    bool has_by, has_with;
};

static bool take_phrase(const struct gathered *all, const struct act_plan *plan,
                        const struct gathered_part *part, struct phrase *phrase)
{
    enum { LONGEST = 160 };
    struct slice words;
    if (part->span.count != 1 || part->span.is_cut)
        return false;
    *phrase = (struct phrase){.part = part, .span = part->span.items[0]};
    words = slice_at(plan->document->text, phrase->span);
    if (words.length == 0 || words.length > LONGEST ||
        span_overlaps(phrase->span, plan->act->trigger.items[0]) ||
        memchr(words.data, '\n', words.length) != NULL ||
        sentence_has_reserve(words))
        return false;
    if (part->actor != GATHERED_NONE)
        phrase->actor = &all->actors.items[part->actor];
    phrase->is_pronoun = phrase_is_pronoun(words);
    /* Whom a pronoun means must have a name in the document, and a person
     * must have looked; "one of them" means nobody outside its sentence. */
    if (!phrase->is_pronoun)
        return !phrase_points_back(words);
    return plan->act->finding.is_reviewed && phrase->actor != NULL &&
           phrase->actor->is_named && name_is_proper(phrase->actor->name);
}

/* Only one sufferer, one doer, one means: lists are given word for word. */
static bool take_people(const struct gathered *all, struct act_plan *plan)
{
    const struct gathered_act *act = plan->act;
    const struct gathered_parts *whom =
        act->victims.count > 0 ? &act->victims : &act->targets;
    if (whom->count != 1 || act->perpetrators.count > 1 ||
        !take_phrase(all, plan, &whom->items[0], &plan->whom))
        return false;
    if (act->perpetrators.count == 1) {
        const struct gathered_part *doer = &act->perpetrators.items[0];
        if ((doer->degree != NULL && strcmp(doer->degree, "direct") != 0) ||
            !take_phrase(all, plan, doer, &plan->by))
            return false;
        plan->has_by = true;
    }
    plan->has_with =
        act->weapons.count == 1 &&
        take_phrase(all, plan, &act->weapons.items[0], &plan->with) &&
        !plan->with.is_pronoun;
    return true;
}

/* Who speaks must stand there by name: "preliminary investigations" are not
 * the force that tells of them. */
static bool source_is_plain(const struct gathered *all,
                            const struct gathered_claim *claim)
{
    if (claim->source.count == 0)
        return claim->speaker != GATHERED_NONE;
    if (claim->source.count > 1 || claim->speaker == GATHERED_NONE)
        return claim->source.count == 1;
    const char *name = all->actors.items[claim->speaker].name;
    struct slice phrase = slice_at(all->documents.items[claim->document].text,
                                   claim->source.items[0]);
    return slice_has_word_of(phrase, name) ||
           (claim->finding.is_reviewed && phrase_is_pronoun(phrase));
}

/* Somebody must have said it plainly: each saying is shown, and none of them
 * is itself denied, asked, ordered or promised. */
static bool saying_is_plain(const struct gathered *all,
                            const struct gathered_act *act)
{
    static const char *const plain[] = {"assert",   "accuse", "report",
                                        "announce", "admit",  "condemn"};
    enum { DEEP = 8 };
    size_t index = act->claim;
    if (act->has_hidden_claim)
        return false;
    for (size_t i = 0; index != GATHERED_NONE; i++) {
        const struct gathered_claim *claim = &all->claims.items[index];
        bool is_plain = claim->act == NULL;
        for (size_t j = 0; j < sizeof plain / sizeof *plain && !is_plain; j++)
            is_plain = strcmp(claim->act, plain[j]) == 0;
        if (!is_plain || claim->is_denied || claim->finding.is_changed ||
            i >= DEEP || !source_is_plain(all, claim))
            return false;
        index = claim->parent;
    }
    return true;
}

/* "shot at", "fired towards": another verb than "shot". */
static bool goes_on_with_at(const struct act_plan *plan)
{
    char lower[WORD_LOWER];
    size_t at = plan->act->trigger.items[0].end;
    if (word_next(plan->document->text, &at, lower) == 0)
        return false;
    return strcmp(lower, "at") == 0 || strncmp(lower, "toward", 6) == 0 ||
           strcmp(lower, "over") == 0 || strcmp(lower, "near") == 0 ||
           strcmp(lower, "into") == 0 || strcmp(lower, "in") == 0;
}

/* Words of a headline in capitals read badly in a sentence. */
static bool is_upper(struct slice words)
{
    for (size_t i = 0; i < words.length; i++)
        if (words.data[i] >= 'A' && words.data[i] <= 'Z')
            return true;
    return false;
}

/* The words between two places: at most three, without a comma. */
static bool is_short_gap(struct slice text, uint32_t begin, uint32_t end)
{
    char lower[WORD_LOWER];
    enum { WORDS = 3, BYTES = 40 };
    if (end < begin || end - begin > BYTES)
        return false;
    struct slice gap = {text.data + begin, end - begin};
    size_t words = 0;
    for (size_t at = 0; word_next(gap, &at, lower) > 0;)
        words++;
    return words <= WORDS && memchr(gap.data, ',', gap.length) == NULL &&
           memchr(gap.data, '\xE2', gap.length) == NULL &&
           memchr(gap.data, '"', gap.length) == NULL;
}

/* Whether one of the last two words before the place is this, or that. */
static bool comes_after(struct slice text, uint32_t begin, uint32_t place,
                        const char *this, const char *that)
{
    char lower[WORD_LOWER], before[2][WORD_LOWER] = {"", ""};
    struct slice gap = {text.data + begin, place - begin};
    for (size_t at = 0; word_next(gap, &at, lower) > 0;) {
        memcpy(before[0], before[1], WORD_LOWER);
        memcpy(before[1], lower, WORD_LOWER);
    }
    for (size_t i = 0; i < 2; i++)
        if (strcmp(before[i], this) == 0 || strcmp(before[i], that) == 0)
            return true;
    return false;
}

/* Whether the grammar of the passage makes the one the agent and the other
 * what it is done to: "A shot B", "B was shot", "B was shot by A". That people
 * died when officers fired does not say that officers killed them. */
static bool roles_are_plain(const struct act_plan *plan)
{
    struct slice text = plan->document->text;
    struct span verb = plan->act->trigger.items[0];
    struct span whom = plan->whom.span, by = plan->by.span;
    if (whom.begin < plan->sentence.begin || whom.end > plan->sentence.end)
        return false;
    if (strcmp(plan->frame, "alone") == 0)
        return whom.end <= verb.begin && verb.begin - whom.end <= 40;
    if (plan->has_by && by.end <= verb.begin)
        return whom.begin >= verb.end &&
               is_short_gap(text, by.end, verb.begin) &&
               is_short_gap(text, verb.end, whom.begin);
    if (whom.end > verb.begin ||
        !comes_after(text, whom.end, verb.begin, "was", "were"))
        return false;
    return !plan->has_by ||
           (by.begin >= verb.end && by.begin - verb.end <= 60 &&
            comes_after(text, verb.end, by.begin, "by", "by"));
}

static bool act_plan(const struct telling *telling, size_t index,
                     struct act_plan *plan)
{
    const struct gathered *all = telling->all;
    const struct gathered_act *act = &all->acts.items[index];
    *plan = (struct act_plan){.act = act,
                              .document = &all->documents.items[act->document]};
    if (act->is_denied || act->finding.is_changed || act->finding.is_added ||
        (act->modality != NULL && strcmp(act->modality, "actual") != 0) ||
        act->trigger.count != 1 || act->trigger.is_cut ||
        !saying_is_plain(all, act))
        return false;
    plan->trigger = slice_at(plan->document->text, act->trigger.items[0]);
    plan->sentence = sentence_at(plan->document, act->trigger.items[0]);
    plan->frame = is_upper(plan->trigger) ? NULL : verb_frame(plan->trigger);
    if (plan->frame == NULL ||
        sentence_has_reserve(slice_at(plan->document->text, plan->sentence)) ||
        !take_people(all, plan) || !roles_are_plain(plan))
        return false;
    bool is_alone = strcmp(plan->frame, "alone") == 0;
    if (is_alone && plan->has_by)
        return false;
    if (strcmp(plan->frame, "passive-at") == 0 && goes_on_with_at(plan))
        return false;
    plan->number = phrase_number(
        slice_at(plan->document->text, plan->whom.span), plan->whom.actor);
    return is_alone || plan->number != NUMBER_UNKNOWN;
}

/* Writing ---------------------------------------------------------------- */

static bool is_name(const struct act_plan *plan, const struct phrase *phrase)
{
    return phrase->actor != NULL && name_is_proper(phrase->actor->name) &&
           slice_equals(slice_at(plan->document->text, phrase->span),
                        slice_of(phrase->actor->name));
}

/* A name stands as it is, a pronoun gives way to the name it means, all else
 * is quoted. */
static void tell_phrase(struct telling *telling, const struct act_plan *plan,
                        const struct phrase *phrase)
{
    struct paper *paper = telling->paper;
    struct slice text = plan->document->text;
    struct slice words = slice_at(text, phrase->span);
    if (phrase->is_pronoun) {
        paper_print(paper, "[%s]", phrase->actor->name);
        return;
    }
    if (is_name(plan, phrase)) {
        bool is_body = phrase->actor->type != NULL &&
                       strcmp(phrase->actor->type, "person") != 0;
        if (is_body && phrase->actor->has_article)
            paper_text(paper, "the ");
        paper_text(paper, phrase->actor->name);
        return;
    }
    paper_text(paper, "“");
    struct span sentence = sentence_at(plan->document, phrase->span);
    sentence.begin += (uint32_t)list_number(slice_at(text, sentence));
    if (is_lowered(text, phrase->span, phrase->span.begin == sentence.begin)) {
        char first[4] = {'[', (char)(words.data[0] + 32), ']', '\0'};
        paper_text(paper, first);
        words.data++;
        words.length--;
    }
    paper_slice(paper, words, RUN_QUOTE, plan->document->language);
    paper_text(paper, "”");
}

/* Whether the words already say the day in full. */
static bool says_year(struct slice words, const char *date)
{
    return date != NULL && memmem(words.data, words.length, date, 4) != NULL;
}

/* A time or a place that another sentence gives is in the heading, as what
 * was worked out; the sentence keeps to its own. */
static void tell_time(struct telling *telling, const struct gathered_act *act,
                      struct span sentence)
{
    char words[TELL_DATE];
    if (act->time == GATHERED_NONE)
        return;
    const struct gathered_time *time = &telling->all->times.items[act->time];
    if (time->span.count != 1 || !span_contains(sentence, time->span.items[0]))
        return;
    bool is_point = time->type == NULL || strcmp(time->type, "DATE") == 0 ||
                    strcmp(time->type, "TIME") == 0;
    date_words(act->first, act->last, words);
    if (!is_point || words[0] == '\0' || time->span.count != 1)
        return;
    bool is_range = act->first != NULL && act->last != NULL &&
                    strncmp(act->first, act->last, 10) != 0;
    paper_print(telling->paper, is_range || words[0] > '9' ? ", %s" : " on %s",
                words);
    const struct gathered_document *document =
        &telling->all->documents.items[time->document];
    struct slice said = slice_at(document->text, time->span.items[0]);
    if (said.length == 0 || said.length > 60 || says_year(said, act->first))
        return;
    paper_text(telling->paper, " (“");
    paper_slice(telling->paper, said, RUN_QUOTE, document->language);
    paper_text(telling->paper, "”)");
}

static void tell_place(struct telling *telling, const struct gathered_act *act,
                       struct span sentence)
{
    if (act->place == GATHERED_NONE)
        return;
    const struct gathered_place *place =
        &telling->all->places.items[act->place];
    struct slice text = telling->all->documents.items[place->document].text;
    if (place->span.count != 1 || place->name == NULL ||
        !span_contains(sentence, place->span.items[0]))
        return;
    struct slice before = word_before_place(text, place->span.items[0].begin);
    struct slice words = slice_at(text, place->span.items[0]);
    if (memchr(before.data, '\n', before.length) != NULL ||
        (before.length > 1 &&
         is_upper((struct slice){before.data + 1, before.length - 1})))
        before.length = 0;
    /* Without its preposition it may be the place of something else. */
    if (before.length == 0 || words.length > 80 ||
        memchr(words.data, '\n', words.length) != NULL)
        return;
    char first = before.data[0];
    char lower[2] = {first >= 'A' && first <= 'Z' ? (char)(first + 32) : first,
                     '\0'};
    paper_text(telling->paper, " ");
    paper_text(telling->paper, lower);
    paper_slice(telling->paper,
                (struct slice){before.data + 1, before.length - 1}, RUN_PLAIN,
                NULL);
    paper_text(telling->paper, " ");
    paper_slice(telling->paper, words, RUN_PLAIN, NULL);
}

static void add_names(struct passage_set *set, const struct gathered *all,
                      const struct act_plan *plan)
{
    if (plan->whom.is_pronoun)
        passages_add(set, all, plan->act->document, plan->whom.actor->named,
                     plan->act->finding.key);
    if (plan->has_by && plan->by.is_pronoun)
        passages_add(set, all, plan->act->document, plan->by.actor->named,
                     plan->act->finding.key);
}

static void tell_on_whose_word(struct telling *telling,
                               const struct gathered_act *act)
{
    struct paper *paper = telling->paper;
    if (telling->was_told && telling->was_composed &&
        telling->last_document == act->document &&
        telling->last_claim == act->claim) {
        paper_text(paper, "By the same account, ");
        return;
    }
    paper_text(paper, "According to ");
    if (act->claim != GATHERED_NONE)
        tell_speaker(telling, act->claim);
    else
        tell_publisher(telling, act->document);
    paper_text(paper, ", ");
}

static void tell_plan(struct telling *telling, const struct act_plan *plan)
{
    struct paper *paper = telling->paper;
    const struct gathered_act *act = plan->act;
    tell_on_whose_word(telling, act);
    tell_phrase(telling, plan, &plan->whom);
    if (strcmp(plan->frame, "alone") == 0)
        paper_text(paper, " ");
    else
        paper_text(paper, plan->number == NUMBER_MANY ? " were " : " was ");
    paper_slice(paper, plan->trigger, RUN_PLAIN, NULL);
    if (plan->has_by) {
        paper_text(paper, " by ");
        tell_phrase(telling, plan, &plan->by);
    }
    if (plan->has_with) {
        paper_text(paper, " with ");
        tell_phrase(telling, plan, &plan->with);
    }
    tell_place(telling, act, plan->sentence);
    tell_time(telling, act, plan->sentence);
    paper_text(paper, ".");
}

bool act_is_reviewed(const struct gathered *all, size_t index)
{
    const struct gathered_act *act = &all->acts.items[index];
    bool is_reviewed = act->finding.is_reviewed;
    enum { DEEP = 8 };
    size_t claim = act->claim;
    for (size_t i = 0; i < DEEP && claim != GATHERED_NONE; i++) {
        is_reviewed =
            is_reviewed && all->claims.items[claim].finding.is_reviewed;
        claim = all->claims.items[claim].parent;
    }
    return is_reviewed;
}

/* Whether the sentence has to be given word for word because of another act
 * that stands in it: then saying one of them in our words says it twice. */
static bool is_quoted_anyway(const struct telling *telling, size_t index,
                             struct span sentence)
{
    const struct gathered *all = telling->all;
    const struct gathered_act *act = &all->acts.items[index];
    struct act_plan plan;
    if (act->incident == GATHERED_NONE)
        return false;
    const struct gathered_incident *incident =
        &all->incidents.items[act->incident];
    for (size_t i = 0; i < incident->act_count; i++) {
        size_t other = incident->acts[i];
        if (other != index && !all->acts.items[other].is_denied &&
            all->acts.items[other].document == act->document &&
            span_overlaps(all->acts.items[other].finding.span, sentence) &&
            !act_plan(telling, other, &plan))
            return true;
    }
    return false;
}

bool tell_act(struct telling *telling, size_t index)
{
    const struct gathered *all = telling->all;
    const struct gathered_act *act = &all->acts.items[index];
    struct act_plan plan;
    struct passage_set set = {.count = 0};
    bool is_composed = act_plan(telling, index, &plan);
    struct span sentence = sentence_at(plan.document, act->finding.span);
    is_composed =
        is_composed && !is_quoted_anyway(telling, index, plan.sentence);
    if (!is_composed && tell_was_quoted(telling, act->document, sentence))
        return false;
    passages_of_act(&set, all, index);
    if (telling->was_told)
        paper_text(telling->paper, " ");
    paper_sentence(telling->paper, !act_is_reviewed(all, index));
    if (is_composed) {
        tell_plan(telling, &plan);
        add_names(&set, all, &plan);
    } else {
        set.count = 0;
        passages_add(&set, all, act->document, sentence, act->finding.key);
        tell_quote(telling, act->document, sentence);
    }
    tell_note(telling, &set);
    paper_sentence_end(telling->paper);
    telling->was_told = true;
    telling->last_document = act->document;
    telling->last_claim = act->claim;
    telling->was_composed = is_composed;
    telling->was_quoted = !is_composed;
    return true;
}
