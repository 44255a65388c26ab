/*
 * speaker.c - see speaker.h.
 */
#include "speaker.h"

enum {
    NAMES_BACK_MAX = 40,
    TOKENS_BACK_MAX = 160,
    OFFICE_BACK_MAX = 40,
    SUBJECT_SENTENCES = 3
};

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

/* Index of the quotation around a token, innermost, or TEXT_NONE. */
static uint32_t quotation_of(const struct text *text, uint32_t token)
{
    struct span bytes = text->tokens.items[token];
    size_t low = 0;
    size_t high = text->quotations.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->quotations.items[middle].span.begin <= bytes.begin)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t at = low == 0 ? TEXT_NONE : (uint32_t)(low - 1);
    while (at != TEXT_NONE &&
           !span_contains(text->quotations.items[at].span, bytes))
        at = text->quotations.items[at].outer;
    return at;
}

/* Whom somebody names in a quotation is not whom the writer goes on about. */
static bool is_others_word(const struct text *text, uint32_t word,
                           uint32_t pronoun)
{
    uint32_t quotation = quotation_of(text, word);
    return quotation != TEXT_NONE &&
           !span_contains(text->quotations.items[quotation].span,
                          text->tokens.items[pronoun]);
}

/* Somebody who may be meant, and where. */
struct candidate {
    uint32_t party;
    uint32_t place;
};

/* The last party of a type that was named before `token`: the subject of
 * this sentence or of the two before, else whoever was named last. */
static struct candidate last_named(const struct cast *cast, uint32_t token,
                                   enum actor_type type, enum gender gender)
{
    const struct text *text = cast->text;
    const struct labels *labels = cast->labels;
    size_t sentence = text_sentence_of(text, token);
    size_t at = cast_name_from(cast, token);
    struct candidate any = {PARTY_NONE, 0};
    for (size_t steps = 0; at > 0 && steps < NAMES_BACK_MAX; steps++) {
        const struct span name = labels->names.items[--at].tokens;
        uint32_t party = cast->party_of_name[at];
        bool is_near =
            text_sentence_of(text, name.begin) + SUBJECT_SENTENCES > sentence;
        if (token - name.begin > TOKENS_BACK_MAX ||
            (!is_near && any.party != PARTY_NONE))
            break;
        if (party == PARTY_NONE || cast->parties.items[party].type != type ||
            !fits(cast, party, gender) ||
            is_others_word(text, name.begin, token))
            continue;
        if (any.party == PARTY_NONE)
            any = (struct candidate){party, name.begin};
        if (is_near && opens_sentence(cast, name))
            return (struct candidate){party, name.begin};
    }
    return any;
}

/* The one heard last or, if spoken of since as a subject, that one. */
static struct candidate last_of(const struct cast *cast,
                                const struct speaker_memory *memory,
                                uint32_t token, enum actor_type type,
                                enum gender gender)
{
    struct candidate named = last_named(cast, token, type, gender);
    uint32_t heard = memory->last[type].party;
    uint32_t place = memory->last[type].token;
    if (heard != PARTY_NONE && token >= place &&
        token - place <= TOKENS_BACK_MAX && fits(cast, heard, gender) &&
        (named.party == PARTY_NONE || place >= named.place))
        return (struct candidate){heard, place};
    return named;
}

static enum gender pronoun_gender(const struct text *text, uint32_t token)
{
    if (word_is(text, token, "he") || word_is(text, token, "his") ||
        word_is(text, token, "him"))
        return GENDER_HE;
    if (word_is(text, token, "she") || word_is(text, token, "her"))
        return GENDER_SHE;
    return GENDER_UNKNOWN;
}

/* Who says "I" where no quotation is open. */
static uint32_t first_person(const struct cast *cast,
                             const struct speaker_context *context,
                             uint32_t token)
{
    const struct text *text = cast->text;
    bool is_one = word_is(text, token, "i") || word_is(text, token, "my") ||
                  word_is(text, token, "me");
    if (context->enclosing != PARTY_NONE)
        return context->enclosing;
    if (context->issuer == PARTY_NONE ||
        (is_one && context->writer != PARTY_NONE &&
         cast->parties.items[context->issuer].type != ACTOR_PERSON))
        return context->writer;
    return context->issuer;
}

/* Whose the somebody is of whom is spoken: "my aunt", "his brother". Without
 * a look for offices, so that one does not lead to the next without end. */
static uint32_t owner_before(const struct cast *cast,
                             const struct speaker_memory *memory,
                             const struct speaker_context *context,
                             uint32_t token)
{
    const struct text *text = cast->text;
    uint32_t kinds = word_kinds(text, token);
    if (!(kinds & WORD_POSSESSIVE))
        return PARTY_NONE;
    if (kinds & WORD_FIRST_PERSON)
        return first_person(cast, context, token);
    enum gender gender = pronoun_gender(text, token);
    return gender == GENDER_UNKNOWN
               ? PARTY_NONE
               : last_of(cast, memory, token, ACTOR_PERSON, gender).party;
}

/* Whether "he" or "she" can be this "boy", "aunt", "officer". */
static bool fits_noun(const struct text *text, struct span phrase,
                      enum gender gender)
{
    enum gender known = cast_noun_gender(text, phrase.end - 1);
    return gender == GENDER_UNKNOWN || known == GENDER_UNKNOWN ||
           known == gender;
}

/* "My brother is a cop": says what he is, and is no one else. */
static bool is_predicate(const struct text *text, uint32_t determiner)
{
    static const char *const forms[] = {"is", "are",  "was",   "were",
                                        "be", "been", "being", "as"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (determiner > 0 && word_is(text, determiner - 1, forms[i]))
            return true;
    return false;
}

/* Whether a person (or persons) by office or kin, without a name, is spoken
 * of in the words that end before `end`: "my cousin", "two people". */
static bool is_office(const struct cast *cast, uint32_t least, uint32_t end,
                      uint32_t token, bool is_plural, struct span *phrase)
{
    const struct text *text = cast->text;
    uint32_t length = 0;
    const struct table_row *row =
        word_phrase_before(text, &class_table, least, end, &length);
    uint32_t begin = end - length;
    if (row == NULL || strchr(row->columns[1], 't') == NULL || begin <= least ||
        word_is_glued(text, begin) || word_is_capital(text, end))
        return false;
    if (begin > least + 1 && word_has_letters(text, begin - 1) &&
        !(word_kinds(text, begin - 1) & WORD_DETERMINER))
        begin--; /* one word between: "an old man" */
    if (!(word_kinds(text, begin - 1) & WORD_DETERMINER) ||
        is_predicate(text, begin - 1) || is_others_word(text, begin, token))
        return false;
    *phrase = (struct span){begin - 1, end};
    size_t name = cast_name_from(cast, begin);
    return phrase_is_plural(text, *phrase) == is_plural &&
           (name >= cast->labels->names.count ||
            cast->labels->names.items[name].tokens.begin >= end);
}

/* "My cousin" at the head of a sentence, or behind its "And", is what it
 * speaks of; a nurse that somebody told is not. */
static bool is_subject(const struct cast *cast, struct span phrase)
{
    const struct text *text = cast->text;
    size_t sentence = text_sentence_of(text, phrase.begin);
    return phrase.begin - text->sentences.items[sentence].begin <= 1;
}

/* The phrase with what belongs to its head: "the officer at the gate". */
static struct span whole_office(const struct text *text, struct span phrase,
                                uint32_t token)
{
    size_t sentence = text_sentence_of(text, phrase.begin);
    uint32_t end = text->sentences.items[sentence].end;
    struct span whole =
        phrase_after(text, phrase.begin, end < token ? end : token);
    return whole.end > phrase.end && phrase_head(text, whole) == phrase.end - 1
               ? whole
               : phrase;
}

/* "My cousin teaches there. She ...", "the words of the Cabinet Secretary
 * ... What he said": somebody without a name who was spoken of later than
 * the other candidate. */
static bool office_since(struct cast *cast, const struct speaker_memory *memory,
                         const struct speaker_context *context, uint32_t token,
                         bool is_plural, enum gender gender,
                         struct candidate *last, struct error *error)
{
    uint32_t least = token > OFFICE_BACK_MAX ? token - OFFICE_BACK_MAX : 0;
    struct span phrase;
    if (last->party != PARTY_NONE && last->place > least)
        least = last->place;
    for (uint32_t end = token; end > least + 1; end--) {
        if (!is_office(cast, least, end, token, is_plural, &phrase) ||
            !fits_noun(cast->text, phrase, gender) ||
            (last->party != PARTY_NONE && !is_subject(cast, phrase)))
            continue;
        last->place = phrase.begin;
        return cast_phrase(cast, whole_office(cast->text, phrase, token),
                           owner_before(cast, memory, context, phrase.begin),
                           &last->party, error);
    }
    return true;
}

static bool person_of(struct cast *cast, const struct speaker_memory *memory,
                      const struct speaker_context *context, uint32_t token,
                      enum gender gender, uint32_t *party, struct error *error)
{
    struct candidate last = last_of(cast, memory, token, ACTOR_PERSON, gender);
    bool is_well =
        office_since(cast, memory, context, token, false, gender, &last, error);
    *party = last.party;
    return is_well;
}

/* A group heard of or spoken of last, else an organisation. */
static bool plural_of(struct cast *cast, const struct speaker_memory *memory,
                      const struct speaker_context *context, uint32_t token,
                      uint32_t *party, struct error *error)
{
    struct candidate last =
        last_of(cast, memory, token, ACTOR_GROUP, GENDER_UNKNOWN);
    if (!office_since(cast, memory, context, token, true, GENDER_UNKNOWN, &last,
                      error))
        return false;
    if (last.party == PARTY_NONE)
        last = last_of(cast, memory, token, ACTOR_ORGANISATION, GENDER_UNKNOWN);
    *party = last.party;
    return true;
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
    return cast_phrase(cast, phrase, PARTY_NONE, party, error);
}

/* "the school's register", "the agency's report", "reports in sections of
 * the media", "its report": whose thing it is that speaks. */
static struct span owner_of(const struct text *text, struct span thing)
{
    uint32_t head = phrase_head(text, thing);
    struct span none = {thing.end, thing.end};
    for (uint32_t at = thing.begin + 1; at + 1 < head; at++)
        if (word_is_apostrophe(text, at) && at > thing.begin)
            return (struct span){thing.begin, at};
    for (uint32_t at = head + 1; at + 1 < thing.end; at++)
        if (word_is(text, at, "by") || word_is(text, at, "from") ||
            word_is(text, at, "in") || word_is(text, at, "of"))
            return phrase_after(text, at + 1, thing.end);
    return none;
}

/* A pronoun that was resolved is a mention; it may tell the gender. */
static bool note_pronoun(struct cast *cast, uint32_t token, uint32_t party,
                         struct error *error)
{
    if (party == PARTY_NONE)
        return true;
    struct party *found = &cast->parties.items[party];
    if (found->gender == GENDER_UNKNOWN && found->type == ACTOR_PERSON)
        found->gender = pronoun_gender(cast->text, token);
    return cast_mention(cast, (struct span){token, token + 1}, party, error);
}

/* The party that a pronoun is weighed to mean, told from the phrase that it
 * goes back to where that has none yet; PARTY_NONE where nothing is known. */
static bool seen_party(struct cast *cast, uint32_t token, uint32_t *party,
                       struct error *error)
{
    uint32_t mention = whom_meant(cast, token);
    *party = PARTY_NONE;
    if (mention == WHOM_NONE)
        return true;
    uint32_t head = cast->labels->mentions.items[mention].head;
    *party = whom_named(cast, head);
    return *party != PARTY_NONE ||
           cast_phrase(cast, cast_phrase_around(cast->text, head), PARTY_NONE,
                       party, error);
}

static bool resolve_pronoun(struct cast *cast,
                            const struct speaker_memory *memory,
                            const struct speaker_context *context,
                            uint32_t token, uint32_t *party,
                            struct error *error)
{
    const struct text *text = cast->text;
    uint32_t kinds = word_kinds(text, token);
    *party = PARTY_NONE;
    if ((kinds & WORD_RELATIVE) && !(kinds & WORD_DETERMINER))
        return resolve_relative(cast, token, party, error);
    if (!(kinds & (WORD_FIRST_PERSON | WORD_SECOND_PERSON)) &&
        !seen_party(cast, token, party, error))
        return false;
    if (*party != PARTY_NONE)
        return note_pronoun(cast, token, *party, error);
    if (kinds & WORD_FIRST_PERSON)
        *party = first_person(cast, context, token);
    else if (kinds & WORD_SECOND_PERSON)
        *party =
            context->enclosing == PARTY_NONE ? context->addressee : PARTY_NONE;
    else if (pronoun_gender(text, token) != GENDER_UNKNOWN) {
        if (!person_of(cast, memory, context, token,
                       pronoun_gender(text, token), party, error))
            return false;
    } else if (word_is(text, token, "it") || word_is(text, token, "its"))
        *party =
            last_of(cast, memory, token, ACTOR_ORGANISATION, GENDER_UNKNOWN)
                .party;
    else if (word_is(text, token, "they") || word_is(text, token, "their") ||
             word_is(text, token, "them"))
        return plural_of(cast, memory, context, token, party, error) &&
               note_pronoun(cast, token, *party, error);
    else
        *party = PARTY_NONE;
    return note_pronoun(cast, token, *party, error);
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

static bool resolve_thing(struct cast *cast,
                          const struct speaker_memory *memory,
                          const struct speaker_context *context,
                          struct span thing, uint32_t *party,
                          struct error *error)
{
    const struct text *text = cast->text;
    struct span owner = owner_of(text, thing);
    *party = PARTY_NONE;
    if (word_kinds(text, thing.begin) & WORD_POSSESSIVE)
        return resolve_pronoun(cast, memory, context, thing.begin, party,
                               error);
    if (span_is_empty(owner))
        *party = context->issuer;
    else
        return cast_phrase(cast, owner, PARTY_NONE, party, error);
    return true;
}

static bool resolve_phrase(struct cast *cast,
                           const struct speaker_memory *memory,
                           const struct speaker_context *context,
                           struct span phrase, uint32_t *party,
                           struct error *error)
{
    const struct text *text = cast->text;
    uint32_t owner = PARTY_NONE;
    while (phrase.begin < phrase.end && !word_has_letters(text, phrase.begin))
        phrase.begin++;
    if (phrase.end > phrase.begin + 2 && word_is(text, phrase.end - 1, "s") &&
        word_is_apostrophe(text, phrase.end - 2))
        phrase.end -= 2;
    if (span_is_empty(phrase))
        return true;
    if ((word_kinds(text, phrase.begin) & WORD_POSSESSIVE) &&
        cast_head_name(cast, phrase) == cast->labels->names.count &&
        !resolve_pronoun(cast, memory, context, phrase.begin, &owner, error))
        return false;
    return cast_phrase(cast, phrase, owner, party, error);
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
    if (cast_class_row(text, source, 'd') != NULL &&
        cast_head_name(cast, source) == cast->labels->names.count)
        return resolve_thing(cast, memory, context, source, party, error);
    return resolve_phrase(cast, memory, context, source, party, error);
}
