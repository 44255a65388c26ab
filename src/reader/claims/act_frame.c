/*
 * act_frame.c - see act_frame.h.
 */
#include "act_frame.h"

#include "lexicon.h"

enum { PHRASE_LONG = 14, REACH = 40 };

static bool is_word_joint(const struct acts *acts, uint32_t at, uint32_t end)
{
    const struct text *text = acts->text;
    struct slice word = word_at(text, at);
    if (word.length != 1 || at + 1 >= end)
        return false;
    if (word.data[0] == '-' || word.data[0] == '/')
        return word_is_glued(text, at) && word_is_glued(text, at + 1);
    if (word.data[0] == '.')
        return word_is_glued(text, at) && word_at(text, at - 1).length <= 3 &&
               word_is_capital(text, at - 1) && word_is_capital(text, at + 1);
    return word.data[0] == '&';
}

/* Whether the word can go on a phrase that began at `begin`. */
static bool goes_on(const struct acts *acts, uint32_t begin, uint32_t at,
                    uint32_t end)
{
    char tag = acts->tags[at];
    char next = at + 1 < end ? acts->tags[at + 1] : '.';
    char last = at > begin ? acts->tags[at - 1] : '.';
    switch (tag) {
    case 'N':
    case 'A':
    case 'U':
        return true;
    case 'D':
        return at == begin || last == 'D';
    case 'S':
        return at > begin;
    case 'E':
    case 'G':
        return strchr("NAEG", next) != NULL && (at == begin || last != 'N');
    case 'R':
        return strchr("AU", next) != NULL && at < begin + 2;
    case '.':
        return at > begin && is_word_joint(acts, at, end);
    default:
        return false;
    }
}

/* A month, or a number behind one. */
static bool is_date(const struct acts *acts, uint32_t at)
{
    return (word_ways(acts->text, at) & (WORD_MONTH | WORD_WEEKDAY)) != 0 ||
           (acts->tags[at] == 'U' && at > 0 &&
            (word_ways(acts->text, at - 1) & WORD_MONTH) != 0);
}

/* The preposition before a phrase, or FRAME_NONE: "that", "because" are none,
 * nor is "after" before somebody who then does something, nor "about" before
 * a number. */
static uint32_t preposition_of(const struct acts *acts, uint32_t begin,
                               uint32_t end)
{
    static const char *const joints[] = {"after", "before", "since", "until",
                                         "as",    "when",   "than",  "for"};
    const struct text *text = acts->text;
    if (begin == 0 || acts->tags[begin - 1] != 'I' ||
        (word_kinds(text, begin - 1) &
         (WORD_PREPOSITION | WORD_OUTER_PREPOSITION)) == 0)
        return FRAME_NONE;
    if (acts->tags[begin] == 'U' && (word_is(text, begin - 1, "about") ||
                                     word_is(text, begin - 1, "around") ||
                                     word_is(text, begin - 1, "over")))
        return FRAME_NONE;
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (word_is(text, begin - 1, joints[i]) &&
            act_tag_is(acts, end, "VPBHM"))
            return FRAME_NONE;
    return begin - 1;
}

/* Where the phrase that opens at `begin` ends; `begin` when none does. */
static uint32_t base_end(const struct acts *acts, uint32_t begin, uint32_t end)
{
    uint32_t at = begin;
    bool has_noun = false;
    if (end - begin > PHRASE_LONG)
        end = begin + PHRASE_LONG;
    if (act_tag_is(acts, begin, "O"))
        return begin + 1;
    if (act_tag_is(acts, begin, "W"))
        return word_kinds(acts->text, begin) & WORD_RELATIVE ? begin + 1
                                                             : begin;
    while (at < end && goes_on(acts, begin, at, end)) {
        if (at > begin && is_date(acts, at - 1) && !is_date(acts, at))
            break; /* "On 3 July soldiers": two phrases */
        has_noun |= act_tag_is(acts, at, "NU");
        at++;
    }
    while (at > begin && acts->tags[at - 1] == 'S')
        at--;
    if (!has_noun && at == begin + 1 && acts->tags[begin] == 'D' &&
        (word_kinds(acts->text, begin) & WORD_POSSESSIVE) == 0 &&
        !word_is(acts->text, begin, "the") && !word_is(acts->text, begin, "a"))
        return at; /* "many", "those", "some" */
    return has_noun ? at : begin;
}

static bool add_phrase(struct act_phrases *phrases, struct act_phrase phrase)
{
    if (phrases->count == FRAME_PHRASES_MAX)
        return false;
    phrases->items[phrases->count++] = phrase;
    return true;
}

uint32_t act_head_of(const struct acts *acts, struct span base)
{
    uint32_t head = base.end - 1;
    while (head > base.begin && !act_tag_is(acts, head, "NUODAW"))
        head--;
    return head;
}

/* "Rotich" of "Rotich's house", "his" of "his house". */
static void add_owner(const struct acts *acts, struct act_phrase phrase,
                      struct act_phrases *phrases)
{
    struct span base = phrase.base;
    if (act_tag_is(acts, base.begin, "D") &&
        (word_kinds(acts->text, base.begin) & WORD_POSSESSIVE)) {
        phrase.tokens = phrase.base = (struct span){base.begin, base.begin + 1};
    } else {
        uint32_t at = base.begin;
        while (at < base.end && acts->tags[at] != 'S')
            at++;
        if (at == base.end || at == base.begin)
            return;
        phrase.tokens = phrase.base = (struct span){base.begin, at};
    }
    phrase.head = act_head_of(acts, phrase.base);
    phrase.is_owner = true;
    (void)add_phrase(phrases, phrase);
}

/* The phrase with what "of" adds to it. */
static uint32_t whole_end(const struct acts *acts, uint32_t end,
                          uint32_t sentence_end)
{
    for (int i = 0; i < 2; i++) {
        if (end + 1 >= sentence_end || !word_is(acts->text, end, "of"))
            break;
        uint32_t next = base_end(acts, end + 1, sentence_end);
        if (next == end + 1)
            break;
        end = next;
    }
    return end;
}

static bool is_joined(const struct acts *acts, const struct act_phrases *before,
                      uint32_t begin)
{
    const struct text *text = acts->text;
    uint32_t at = begin;
    if (before->count == 0)
        return false;
    while (at > before->sentence.begin && begin - at < 2 &&
           (acts->tags[at - 1] == 'C' ||
            slice_equals(word_at(text, at - 1), slice_of(","))))
        at--;
    const struct act_phrase *last = &before->items[before->count - 1];
    return at < begin && last->tokens.end == at && !last->is_owner;
}

void act_phrases_find(const struct acts *acts, struct span sentence,
                      struct act_phrases *phrases)
{
    uint32_t at = sentence.begin;
    phrases->sentence = sentence;
    phrases->count = 0;
    while (at < sentence.end && phrases->count < FRAME_PHRASES_MAX) {
        uint32_t end = base_end(acts, at, sentence.end);
        if (end == at) {
            at++;
            continue;
        }
        struct act_phrase phrase = {
            .tokens = {at, whole_end(acts, end, sentence.end)},
            .base = {at, end},
            .preposition = at > sentence.begin ? preposition_of(acts, at, end)
                                               : FRAME_NONE,
            .is_joined = is_joined(acts, phrases, at)};
        phrase.head = act_head_of(acts, phrase.base);
        add_owner(acts, phrase, phrases);
        if (!add_phrase(phrases, phrase))
            return;
        at = end; /* what follows "of" is a phrase of its own as well */
    }
}

static char step_of(const struct acts *acts, uint32_t at)
{
    char tag = acts->tags[at];
    if (strchr("VPEGBHM", tag) != NULL)
        return 'v';
    if (tag == 'W' || tag == 'C')
        return (char)(tag == 'W' ? 'w' : 'c');
    return slice_equals(word_at(acts->text, at), slice_of(",")) ? ',' : '\0';
}

/* What lies between two tokens, each kind once in a row. */
static void path_between(const struct acts *acts, uint32_t begin, uint32_t end,
                         char path[FRAME_PATH_MAX + 1])
{
    size_t length = 0;
    for (uint32_t at = begin; at < end && length < FRAME_PATH_MAX; at++) {
        char step = step_of(acts, at);
        if (step != '\0' && (length == 0 || path[length - 1] != step))
            path[length++] = step;
    }
    path[length] = '\0';
}

/* A phrase that holds the trigger itself: what is left of it on either side,
 * or nothing. */
static bool cut_at_trigger(const struct acts *acts, const struct act_draft *act,
                           struct act_argument *argument)
{
    struct span trigger = act->trigger;
    if (argument->tokens.begin < trigger.begin) {
        argument->tokens.end = trigger.begin;
        while (argument->tokens.end > argument->tokens.begin &&
               act_tag_is(acts, argument->tokens.end - 1, "SDA."))
            argument->tokens.end--;
        argument->side = 'c';
    } else {
        argument->tokens.begin = trigger.end;
        argument->side = 'm';
        if (argument->tokens.begin < argument->tokens.end &&
            word_is(acts->text, trigger.end, "of"))
            return false; /* that phrase comes by itself */
    }
    if (span_is_empty(argument->tokens))
        return false;
    argument->head = act_head_of(acts, argument->tokens);
    return true;
}

/* Places one phrase before or behind the predicate. */
static bool place(const struct acts *acts, const struct act_phrase *phrase,
                  const struct act_draft *act, uint32_t group,
                  struct act_argument *argument)
{
    struct span trigger = act->trigger;
    *argument = (struct act_argument){.tokens = phrase->tokens,
                                      .head = phrase->head,
                                      .preposition = phrase->preposition,
                                      .is_joined = phrase->is_joined};
    if (phrase->tokens.begin < trigger.end &&
        phrase->tokens.end > trigger.begin) {
        if (phrase->base.end <= trigger.begin)
            argument->tokens = phrase->base; /* "the family of the killed" */
        else if (!cut_at_trigger(acts, act, argument))
            return false;
    }
    if (argument->side != '\0')
        return true;
    if (argument->tokens.end <= trigger.begin) {
        uint32_t end = group < trigger.begin ? group : trigger.begin;
        argument->side = phrase->is_owner ? 'o' : 'l';
        path_between(acts, argument->tokens.end, end, argument->path);
        return trigger.begin - argument->tokens.end < REACH;
    }
    uint32_t begin =
        phrase->preposition != FRAME_NONE && phrase->preposition >= trigger.end
            ? phrase->preposition
            : argument->tokens.begin;
    argument->side = 'r';
    path_between(acts, trigger.end, begin, argument->path);
    return argument->tokens.begin - trigger.end < REACH;
}

/* A phrase that no preposition leads, and no other has taken in. */
static bool is_bare(const struct act_argument *argument)
{
    return argument->preposition == FRAME_NONE && !argument->is_joined;
}

/* Those joined to one before stand as it does; ranks are counted outwards. */
static void finish(struct act_frame *frame)
{
    uint32_t left = 0;
    uint32_t right = 0;
    for (uint32_t i = 1; i < frame->count; i++) {
        struct act_argument *argument = &frame->arguments[i];
        const struct act_argument *before = argument - 1;
        if (!argument->is_joined || before->side != argument->side ||
            argument->side != 'r')
            continue;
        argument->preposition = before->preposition;
        memcpy(argument->path, before->path, sizeof argument->path);
    }
    for (uint32_t i = 0; i < frame->count; i++)
        if (frame->arguments[i].side == 'r') {
            frame->arguments[i].rank = right;
            right += is_bare(&frame->arguments[i]);
        }
    for (uint32_t i = frame->count; i-- > 0;)
        if (frame->arguments[i].side == 'l') {
            frame->arguments[i].rank = left;
            left += is_bare(&frame->arguments[i]);
        }
}

/* Whether the token is part of some noun phrase ("the wounded men"). */
static bool is_in_phrase(const struct act_phrases *phrases, uint32_t token)
{
    for (uint32_t i = 0; i < phrases->count; i++)
        if (phrases->items[i].base.begin <= token &&
            token < phrases->items[i].base.end)
            return true;
    return false;
}

/* The last phrase that ends at or before `end`, with no preposition where it
 * is to be bare; FRAME_NONE where there is none behind `least`. */
static uint32_t phrase_left(const struct act_phrases *phrases, uint32_t least,
                            uint32_t end, bool is_bare_only)
{
    for (uint32_t i = phrases->count; i-- > 0;) {
        const struct act_phrase *phrase = &phrases->items[i];
        if (phrase->base.end > end || phrase->is_owner)
            continue;
        if (phrase->base.begin < least)
            break;
        if (!is_bare_only || phrase->preposition == FRAME_NONE)
            return i;
    }
    return FRAME_NONE;
}

/* Where the nearest verb left of `at` stands, outside of noun phrases; or
 * FRAME_NONE. */
static uint32_t verb_left(const struct acts *acts,
                          const struct act_phrases *phrases, uint32_t at)
{
    while (at > phrases->sentence.begin)
        if (act_tag_is(acts, --at, "VPEGB") && !is_in_phrase(phrases, at))
            return at;
    return FRAME_NONE;
}

/* Where the group of the verb at `at` begins. */
static uint32_t group_left(const struct acts *acts,
                           const struct act_phrases *phrases, uint32_t at)
{
    while (at > phrases->sentence.begin && act_tag_is(acts, at - 1, "BHMRT"))
        at--;
    return at;
}

/* The subject of a verb group: the bare phrase before it ("who" too); of a
 * verb behind "and", "to", "by" or a comma, where no
 * phrase stands between, the subject of the verb before. */
static uint32_t subject_of(const struct acts *acts,
                           const struct act_phrases *phrases, uint32_t group)
{
    for (int steps = 0; steps < 4; steps++) {
        uint32_t verb = verb_left(acts, phrases, group);
        uint32_t least =
            verb == FRAME_NONE ? phrases->sentence.begin : verb + 1;
        uint32_t near = phrase_left(phrases, least, group, true);
        bool is_to = acts->tags[group] == 'T';
        bool is_led = group > phrases->sentence.begin &&
                      act_tag_is(acts, group - 1, "CI");
        if (near != FRAME_NONE && (!is_led || is_to || verb == FRAME_NONE))
            return near;
        if (verb == FRAME_NONE)
            return FRAME_NONE;
        group = group_left(acts, phrases, verb);
    }
    return FRAME_NONE;
}

/* The subject of the act's own verb; of a noun none. */
static uint32_t own_subject(const struct acts *acts,
                            const struct act_phrases *phrases,
                            const struct act_draft *act, char voice)
{
    if (voice == 'n')
        return FRAME_NONE;
    return subject_of(acts, phrases, group_left(acts, phrases, act->head));
}

/* "gold and machines were stolen": both are the subject. */
static bool is_joined_up_to(const struct act_phrases *phrases, uint32_t first,
                            uint32_t last)
{
    for (uint32_t i = last; i > first; i--)
        if (!phrases->items[i].is_joined)
            return false;
    return true;
}

void act_frame_find(const struct acts *acts, const struct act_phrases *phrases,
                    const struct act_draft *act, struct act_frame *frame)
{
    uint32_t group = act->head;
    frame->voice = act_voice(acts, act, &group);
    frame->count = 0;
    uint32_t subject = own_subject(acts, phrases, act, frame->voice);
    for (uint32_t i = 0; i < phrases->count; i++) {
        struct act_argument *argument = &frame->arguments[frame->count];
        if (!place(acts, &phrases->items[i], act, group, argument))
            continue;
        argument->is_subject = subject != FRAME_NONE && i <= subject &&
                               is_joined_up_to(phrases, i, subject);
        frame->count++;
    }
    finish(frame);
}
