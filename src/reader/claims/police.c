/*
 * police.c - see police.h.
 */
#include "police.h"

#include "cast.h"

const char *const police_label_names[POLICE_LABEL_COUNT] = {
    "KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION"};

/* Below this an arrest whose doer is not named may be a meeting that was
 * "held", and a killing may be lives that were saved; chosen by F on
 * police/dev. */
#define LEAST_SURE 0.6f

/* Beside the labels, while they are made: the police of the sentence fired. */
enum { HAVE_FIRED = 1 << POLICE_LABEL_COUNT };

enum doer { DOER_UNNAMED, DOER_POLICE, DOER_OTHER };

static uint8_t labels_of(enum act_code code)
{
    switch (code) {
    case ACT_KILLING:
        return POLICE_KILL | POLICE_FORCE | POLICE_ANY_ACTION;
    case ACT_ATTEMPTED_KILLING:
    case ACT_SHOOTING:
    case ACT_BEATING:
    case ACT_WOUNDING:
    case ACT_ATTACK:
    case ACT_TEAR_GAS:
    case ACT_USE_OF_FORCE:
    case ACT_TORTURE:
        return POLICE_FORCE | POLICE_ANY_ACTION;
    case ACT_ARREST:
    case ACT_DETENTION:
        return POLICE_ARREST | POLICE_ANY_ACTION;
    case ACT_FAILURE:
        return POLICE_FAIL;
    default:
        return POLICE_ANY_ACTION;
    }
}

/* What a row of the table of classes says of the words that stand alone:
 * "police", "officers", "the army"; not "force" or "service", which are many
 * things, nor "general", "captain". */
static bool is_police_row(const struct table_row *row)
{
    bool is_said = false;
    if (row == NULL)
        return false;
    enum actor_class class = cast_class_of_row(row, &is_said);
    bool is_name = strchr(row->columns[1], 'n') != NULL;
    bool is_title = strchr(row->columns[1], 't') != NULL;
    return is_said && ((class == CLASS_POLICE && (is_name || is_title)) ||
                       (class == CLASS_MILITARY && is_name));
}

/* "the police escorting them", "police bullets": what the words open with. */
static bool opens_with_police(const struct text *text, struct span tokens)
{
    uint32_t length = 0;
    while (tokens.begin + 1 < tokens.end &&
           (word_kinds(text, tokens.begin) & WORD_DETERMINER))
        tokens.begin++;
    return is_police_row(
        word_phrase(text, &class_table, tokens.begin, tokens.end, &length));
}

static bool is_police(const struct reading *reading,
                      const struct act_party *party)
{
    const struct text *text = &reading->text;
    struct span tokens = text_tokens_in(text, party->span);
    if (party->actor != READING_NONE &&
        reading->actors.items[party->actor].class == CLASS_POLICE)
        return true;
    return tokens.begin < tokens.end &&
           (opens_with_police(text, tokens) ||
            is_police_row(cast_class_row(text, tokens, 't')) ||
            is_police_row(cast_class_row(text, tokens, 'n')));
}

static enum doer doer_of(const struct reading *reading, const struct act *act)
{
    enum doer doer = DOER_UNNAMED;
    for (uint32_t i = 0; i < act->party_count; i++) {
        if (act->parties[i].role != ROLE_PERPETRATOR)
            continue;
        if (is_police(reading, &act->parties[i]))
            return DOER_POLICE;
        doer = DOER_OTHER;
    }
    return doer;
}

static bool is_real(const struct act *act)
{
    return !act->is_denied && (act->modality == MODALITY_ACTUAL ||
                               act->modality == MODALITY_ATTEMPTED);
}

/* What an act of which nobody is said to have done it tells of police. */
static uint8_t labels_unnamed(const struct act *act, bool have_fired)
{
    if (!is_real(act))
        return 0;
    switch (act->code) {
    case ACT_ARREST:
    case ACT_DETENTION:
        return act->confidence >= LEAST_SURE ? labels_of(act->code) : 0;
    case ACT_TEAR_GAS:
    case ACT_DISPERSAL:
        return labels_of(act->code);
    case ACT_SHOOTING: /* "the firing" */
        return have_fired ? labels_of(act->code) : 0;
    default:
        return 0;
    }
}

static uint32_t sentence_of(const struct reading *reading,
                            const struct act *act)
{
    struct span tokens = text_tokens_in(&reading->text, act->trigger);
    return (uint32_t)text_sentence_of(&reading->text, tokens.begin);
}

/* Whether the police of the text shoot anywhere in it. */
static bool police_fired(const struct reading *reading)
{
    for (size_t i = 0; i < reading->acts.count; i++)
        if (reading->acts.items[i].code == ACT_SHOOTING &&
            doer_of(reading, &reading->acts.items[i]) == DOER_POLICE)
            return true;
    return false;
}

static void label_acts(const struct reading *reading)
{
    const bool have_fired = police_fired(reading);
    for (size_t i = 0; i < reading->acts.count; i++) {
        const struct act *act = &reading->acts.items[i];
        enum doer doer = doer_of(reading, act);
        uint8_t *labels = &reading->police[sentence_of(reading, act)];
        if (doer == DOER_POLICE &&
            (act->code != ACT_KILLING || act->confidence >= LEAST_SURE))
            *labels |= labels_of(act->code);
        else if (doer == DOER_UNNAMED)
            *labels |= labels_unnamed(act, have_fired);
        if (act->code == ACT_SHOOTING && doer == DOER_POLICE)
            *labels |= HAVE_FIRED;
    }
}

/* "97 died in police firing": who is killed where the police fired, with
 * nobody else said to have done it, died of it. */
static void label_deaths(const struct reading *reading)
{
    for (size_t i = 0; i < reading->acts.count; i++) {
        const struct act *act = &reading->acts.items[i];
        uint8_t *labels = &reading->police[sentence_of(reading, act)];
        if (act->code == ACT_KILLING && (*labels & HAVE_FIRED) != 0 &&
            act->confidence >= LEAST_SURE && is_real(act) &&
            doer_of(reading, act) == DOER_UNNAMED)
            *labels |= labels_of(ACT_KILLING);
    }
}

/* Whether words tell first of all of this act, and not only where others
 * speak for it. */
static bool is_telling(const struct text *text, uint32_t at, uint32_t end,
                       enum act_code code)
{
    const char *name = act_code_names[code];
    uint32_t length = 0;
    const struct table_row *row =
        word_phrase(text, &act_lexicon_table, at, end, &length);
    return row != NULL && row->columns[2][0] != 'w' &&
           strncmp(row->columns[0], name, strlen(name)) == 0;
}

static uint8_t labels_of_words(const struct text *text, struct span sentence)
{
    bool has_police = false;
    bool has_rulers = false;
    bool have_fired = false;
    bool is_failed = false;
    for (uint32_t at = sentence.begin; at < sentence.end; at++) {
        uint32_t length = 0;
        bool is_said = false;
        const struct table_row *row =
            word_phrase(text, &class_table, at, sentence.end, &length);
        if (is_police_row(row)) { /* "police bullets" */
            has_police = true;
            have_fired |=
                is_telling(text, at + length, sentence.end, ACT_SHOOTING);
        }
        has_rulers |=
            row != NULL && cast_class_of_row(row, &is_said) == CLASS_GOVERNMENT;
        is_failed |= is_telling(text, at, sentence.end, ACT_FAILURE);
    }
    return (
        uint8_t)((has_police ? POLICE_ANY_ACTION : 0) |
                 (have_fired ? POLICE_FORCE | HAVE_FIRED : 0) |
                 (is_failed && (has_police || has_rulers) ? POLICE_FAIL : 0));
}

bool police_take(struct arena *arena, struct reading *reading,
                 struct error *error)
{
    const struct text *text = &reading->text;
    reading->police = arena_take(arena, text->sentences.count + 1, 1, error);
    if (reading->police == NULL)
        return false;
    for (size_t i = 0; i < text->sentences.count; i++)
        reading->police[i] = labels_of_words(text, text->sentences.items[i]);
    label_acts(reading);
    label_deaths(reading);
    return true;
}
