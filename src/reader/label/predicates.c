/*
 * predicates.c - see predicates.h.
 */
#include "predicates.h"

/* Below this a word is no trigger even to those who have other reasons to
 * think so. */
#define LEAST_TRIGGER 0.1f

struct span window_tokens(const struct window *window, struct span words)
{
    return (struct span){window->tokens.begin + words.begin,
                         window->tokens.begin + words.end};
}

bool window_owns(const struct window *window, uint32_t token)
{
    return token >= window->core.begin && token < window->core.end;
}

/* The words of the window that may stand beside this one: of its paragraph,
 * BESIDE_REACH to either side at most. */
static struct span words_around(const struct scored_window *scored,
                                uint32_t word)
{
    const struct text *text = scored->text;
    const struct span seen = scored->window->tokens;
    const uint32_t token = seen.begin + word;
    const struct span paragraph =
        text->paragraphs.items[text_paragraph_of(text, token)];
    const uint32_t begin =
        paragraph.begin > seen.begin ? paragraph.begin - seen.begin : 0;
    const uint32_t end =
        (paragraph.end < seen.end ? paragraph.end : seen.end) - seen.begin;
    return (struct span){
        word > begin + BESIDE_REACH ? word - BESIDE_REACH : begin,
        end > word + BESIDE_REACH + 1 ? word + BESIDE_REACH + 1 : end};
}

bool roles_add(const struct scored_window *scored, struct error *error)
{
    struct labels *labels = scored->labels;
    const struct found *found;
    if (!heads_have_roles(scored->heads))
        return true;
    const size_t count = heads_find(scored->heads, HEAD_ROLES, &found);
    for (size_t i = 0; i < count; i++) {
        const struct labelled_role role = {
            .tokens = window_tokens(scored->window, found[i].words),
            .role = found[i].type,
            .probability = found[i].probability,
        };
        const uint32_t taken =
            labels->roles.count > 0
                ? labels->roles.items[labels->roles.count - 1].tokens.end
                : 0;
        if (window_owns(scored->window, role.tokens.begin) &&
            role.tokens.begin >= taken &&
            !list_push(scored->arena, &labels->roles, role, error))
            return false;
    }
    return true;
}

static bool participants_add(const struct scored_window *scored, uint32_t word,
                             struct labelled_act *act, struct error *error)
{
    struct labels *labels = scored->labels;
    const struct found *found;
    const size_t count = heads_beside(scored->heads, HEAD_PARTICIPANTS, word,
                                      words_around(scored, word), &found);
    act->first = (uint32_t)labels->participants.count;
    act->count =
        (uint32_t)(count < PARTICIPANTS_MAX ? count : PARTICIPANTS_MAX);
    for (size_t i = 0; i < act->count; i++) {
        const struct labelled_participant participant = {
            .tokens = window_tokens(scored->window, found[i].words),
            .role = (enum participant_role)found[i].type,
            .probability = found[i].probability,
        };
        if (!list_push(scored->arena, &labels->participants, participant,
                       error))
            return false;
    }
    return true;
}

static bool act_add(const struct scored_window *scored,
                    const struct found *trigger, struct error *error)
{
    struct heads *heads = scored->heads;
    struct labels *labels = scored->labels;
    const uint32_t word = trigger->words.begin;
    struct labelled_act act = {
        .trigger = window_tokens(scored->window, trigger->words),
        .is_likely = trigger->is_likely,
        .probability = trigger->probability,
    };
    const uint32_t taken =
        labels->acts.count > 0
            ? labels->acts.items[labels->acts.count - 1].trigger.end
            : 0;
    if (!window_owns(scored->window, act.trigger.begin) ||
        act.trigger.begin < taken)
        return true;
    act.code =
        (uint8_t)heads_word(heads, HEAD_CODES, word, &act.code_probability);
    act.modality = (uint8_t)heads_word(heads, HEAD_MODALITIES, word,
                                       &act.modality_probability);
    act.polarity = (uint8_t)heads_word(heads, HEAD_POLARITIES, word,
                                       &act.polarity_probability);
    return participants_add(scored, word, &act, error) &&
           list_push(scored->arena, &labels->acts, act, error);
}

bool acts_add(const struct scored_window *scored, struct error *error)
{
    /* What is found is borrowed until the next question. */
    struct found triggers[CRF_WORDS_MAX];
    const struct found *found;
    if (!heads_have_acts(scored->heads))
        return true;
    const size_t count =
        heads_find_likely(scored->heads, HEAD_ACTS, LEAST_TRIGGER, &found);
    memcpy(triggers, found, count * sizeof *found);
    for (size_t i = 0; i < count; i++)
        if (!act_add(scored, &triggers[i], error))
            return false;
    return true;
}

static bool arguments_add(const struct scored_window *scored, uint32_t word,
                          struct labelled_frame *frame, struct error *error)
{
    struct labels *labels = scored->labels;
    const struct found *found;
    frame->first = (uint32_t)labels->arguments.count;
    if (frame->kind == PREDICATE_AUXILIARY)
        return true;
    const size_t count = heads_beside(scored->heads, HEAD_ARGUMENTS, word,
                                      words_around(scored, word), &found);
    frame->count = (uint32_t)(count < ARGUMENTS_MAX ? count : ARGUMENTS_MAX);
    for (size_t i = 0; i < frame->count; i++) {
        const struct labelled_argument argument = {
            window_tokens(scored->window, found[i].words), found[i].type};
        if (!list_push(scored->arena, &labels->arguments, argument, error))
            return false;
    }
    return true;
}

bool frames_add(const struct scored_window *scored, struct error *error)
{
    const struct window *window = scored->window;
    if (!heads_have_frames(scored->heads))
        return true;
    for (uint32_t token = window->core.begin; token < window->core.end;
         token++) {
        const uint32_t word = token - window->tokens.begin;
        struct labelled_frame frame = {.predicate = token};
        frame.kind = (enum predicate_kind)heads_word(
            scored->heads, HEAD_PREDICATES, word, &frame.probability);
        if (frame.kind == PREDICATE_NONE)
            continue;
        if (!arguments_add(scored, word, &frame, error) ||
            !list_push(scored->arena, &scored->labels->frames, frame, error))
            return false;
    }
    return true;
}

/* The piece that holds the word, else the word alone. */
static struct span extent_of(const struct scored_window *scored, uint32_t word)
{
    const struct found *found;
    const size_t count = heads_beside(scored->heads, HEAD_EXTENTS, word,
                                      words_around(scored, word), &found);
    for (size_t i = 0; i < count; i++)
        if (found[i].words.begin <= word && word < found[i].words.end)
            return found[i].words;
    return (struct span){word, word + 1};
}

bool mentions_add(const struct scored_window *scored,
                  struct antecedents *antecedents, bool wants_extents,
                  struct error *error)
{
    const struct window *window = scored->window;
    const struct text *text = scored->text;
    for (uint32_t token = window->core.begin; token < window->core.end;
         token++) {
        const uint32_t word = token - window->tokens.begin;
        struct labelled_mention mention = {.head = token};
        mention.kind = (enum mention_kind)heads_word(
            scored->heads, HEAD_MENTIONS, word, &mention.probability);
        if (mention.kind != MENTION_PERSON &&
            mention.kind != MENTION_ORGANISATION)
            continue;
        struct span words = {word, word + 1};
        if (wants_extents)
            words = extent_of(scored, word);
        mention.tokens = window_tokens(window, words);
        mention.antecedent =
            antecedents_find(antecedents, heads_vector(scored->heads, word),
                             slice_at(text->bytes, text->tokens.items[token]),
                             token, &mention.antecedent_probability);
        if (!list_push(scored->arena, &scored->labels->mentions, mention,
                       error))
            return false;
    }
    return true;
}
