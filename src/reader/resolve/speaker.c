/*
 * speaker.c - see speaker.h.
 */
#include "speaker.h"

enum { NAMES_BACK_MAX = 40, TOKENS_BACK_MAX = 160 };

void speaker_forget(struct speaker_memory *memory)
{
    for (size_t i = 0; i <= ACTOR_GROUP; i++) {
        memory->last[i].party = PARTY_NONE;
        memory->last[i].token = 0;
    }
}

void speaker_note(struct speaker_memory *memory, const struct cast *cast,
                  uint32_t party, uint32_t token)
{
    enum actor_type type = cast->parties.items[party].type;
    memory->last[type].party = party;
    memory->last[type].token = token;
}

static bool fits(const struct cast *cast, uint32_t party, enum gender gender)
{
    enum gender known = cast->parties.items[party].gender;
    return gender == GENDER_UNKNOWN || known == GENDER_UNKNOWN ||
           known == gender;
}

/* A name that opens its sentence (after a title or an article) is likely
 * its subject; one that stands elsewhere is not. */
static bool opens_sentence(const struct cast *cast, struct span name)
{
    const struct text *text = cast->text;
    size_t sentence = text_sentence_of(text, name.begin);
    uint32_t begin = text->sentences.items[sentence].begin;
    return name.begin - begin <= 5;
}

/* The last party of a type that was named before `token`: subjects first. */
static uint32_t last_named(const struct cast *cast, uint32_t token,
                           enum actor_type type, enum gender gender,
                           uint32_t *place)
{
    const struct labels *labels = cast->labels;
    size_t at = cast_name_from(cast, token);
    uint32_t any = PARTY_NONE;
    for (size_t steps = 0; at > 0 && steps < NAMES_BACK_MAX; steps++) {
        const struct span name = labels->names.items[--at].tokens;
        uint32_t party = cast->party_of_name[at];
        if (token - name.begin > TOKENS_BACK_MAX)
            break;
        if (party == PARTY_NONE || cast->parties.items[party].type != type ||
            !fits(cast, party, gender))
            continue;
        if (any == PARTY_NONE) {
            any = party;
            *place = name.begin;
        }
        if (!opens_sentence(cast, name))
            continue;
        *place = name.begin;
        return party;
    }
    return any;
}

/* The one heard last or, if named since as a subject, the one named. */
static uint32_t last_of(const struct cast *cast,
                        const struct speaker_memory *memory, uint32_t token,
                        enum actor_type type, enum gender gender)
{
    uint32_t place = 0;
    uint32_t named = last_named(cast, token, type, gender, &place);
    uint32_t heard = memory->last[type].party;
    if (heard != PARTY_NONE && token >= memory->last[type].token &&
        token - memory->last[type].token <= TOKENS_BACK_MAX &&
        fits(cast, heard, gender) &&
        (named == PARTY_NONE || memory->last[type].token >= place))
        return heard;
    return named;
}

static uint32_t plural_of(const struct cast *cast,
                          const struct speaker_memory *memory, uint32_t token)
{
    uint32_t group = memory->last[ACTOR_GROUP].party;
    if (group != PARTY_NONE && token >= memory->last[ACTOR_GROUP].token &&
        token - memory->last[ACTOR_GROUP].token <= TOKENS_BACK_MAX)
        return group;
    return last_of(cast, memory, token, ACTOR_ORGANISATION, GENDER_UNKNOWN);
}

/* "the Alliance, which", "a cop, who": the phrase before the pronoun. */
static bool resolve_relative(struct cast *cast, uint32_t token, uint32_t *party,
                             struct error *error)
{
    const struct text *text = cast->text;
    size_t sentence = text_sentence_of(text, token);
    uint32_t begin = text->sentences.items[sentence].begin;
    uint32_t end = token;
    if (end > begin && slice_equals(word_at(text, end - 1), slice_of(",")))
        end--;
    struct span phrase = phrase_before(text, begin, end);
    *party = PARTY_NONE;
    if (span_is_empty(phrase))
        return true;
    if (phrase.end - phrase.begin == 1 &&
        (word_kinds(text, phrase.begin) & WORD_SUBJECT))
        return true;
    return cast_phrase(cast, phrase, party, error);
}

static bool resolve_pronoun(struct cast *cast,
                            const struct speaker_memory *memory,
                            const struct speaker_context *context,
                            uint32_t token, uint32_t *party,
                            struct error *error)
{
    const struct text *text = cast->text;
    uint32_t kinds = word_kinds(text, token);
    if ((kinds & WORD_RELATIVE) && !(kinds & WORD_DETERMINER))
        return resolve_relative(cast, token, party, error);
    if (kinds & WORD_FIRST_PERSON)
        *party = context->enclosing != PARTY_NONE ? context->enclosing
                                                  : context->issuer;
    else if (kinds & WORD_SECOND_PERSON)
        *party =
            context->enclosing == PARTY_NONE ? context->addressee : PARTY_NONE;
    else if (word_is(text, token, "he") || word_is(text, token, "his"))
        *party = last_of(cast, memory, token, ACTOR_PERSON, GENDER_HE);
    else if (word_is(text, token, "she") || word_is(text, token, "her"))
        *party = last_of(cast, memory, token, ACTOR_PERSON, GENDER_SHE);
    else if (word_is(text, token, "it") || word_is(text, token, "its"))
        *party =
            last_of(cast, memory, token, ACTOR_ORGANISATION, GENDER_UNKNOWN);
    else if (word_is(text, token, "they") || word_is(text, token, "their"))
        *party = plural_of(cast, memory, token);
    else
        *party = PARTY_NONE;
    if (*party == PARTY_NONE)
        return true;
    struct party *found = &cast->parties.items[*party];
    if (found->gender == GENDER_UNKNOWN && found->type == ACTOR_PERSON)
        found->gender = word_is(text, token, "he")    ? GENDER_HE
                        : word_is(text, token, "she") ? GENDER_SHE
                                                      : GENDER_UNKNOWN;
    return cast_mention(cast, (struct span){token, token + 1}, *party, error);
}

static bool is_pronoun(const struct text *text, struct span source)
{
    uint32_t kinds = word_kinds(text, source.begin);
    if (source.end - source.begin != 1)
        return false;
    return (kinds & (WORD_SUBJECT | WORD_OBJECT | WORD_POSSESSIVE)) != 0 &&
           (kinds & (WORD_FIRST_PERSON | WORD_SECOND_PERSON |
                     WORD_THIRD_PERSON | WORD_RELATIVE)) != 0;
}

bool speaker_resolve(struct cast *cast, const struct speaker_memory *memory,
                     const struct speaker_context *context, struct span source,
                     uint32_t *party, struct error *error)
{
    const struct text *text = cast->text;
    *party = PARTY_NONE;
    if (span_is_empty(source))
        return true;
    if (is_pronoun(text, source))
        return resolve_pronoun(cast, memory, context, source.begin, party,
                               error);
    for (uint32_t at = source.begin; at < source.end; at++)
        if (word_has_letters(text, at))
            return cast_phrase(cast, source, party, error);
    return true;
}
