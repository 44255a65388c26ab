/*
 * intervention_parties.c - by whom and to whom: "our letter", "we wrote to
 * the Minister", "a complaint by the union", "your letter".
 */
#include "interventions.h"

enum { SUBJECT_REACH = 14, OBJECT_REACH = 14, OWNER_REACH = 5 };

static void set_party(struct intervention_party *party, uint32_t actor,
                      struct span span)
{
    party->actor = actor;
    party->span = span;
}

static uint32_t speaker_of(const struct reading *reading, uint32_t claim)
{
    if (claim != READING_NONE &&
        reading->claims.items[claim].speaker != READING_NONE)
        return reading->claims.items[claim].speaker;
    return reading->document.issuer;
}

static uint32_t addressee_of(const struct reading *reading)
{
    return reading->document.addressee_count > 0
               ? reading->document.addressees[0]
               : READING_NONE;
}

/* Whom a pronoun of the first or second person means; others nobody. */
static uint32_t pronoun_at(const struct attempt_context *context,
                           uint32_t token, uint32_t claim)
{
    const struct text *text = &context->reading->text;
    uint32_t kinds = word_kinds(text, token);
    if (kinds & WORD_FIRST_PERSON)
        return speaker_of(context->reading, claim);
    if (kinds & WORD_SECOND_PERSON)
        return claim == READING_NONE ||
                       context->reading->claims.items[claim].speaker ==
                           context->reading->document.issuer
                   ? addressee_of(context->reading)
                   : READING_NONE;
    return READING_NONE;
}

/* The last mention within the tokens. */
static const struct mention *
mention_before(const struct attempt_context *context, struct span tokens)
{
    if (span_is_empty(tokens))
        return NULL;
    struct span bytes = text_bytes_of(&context->reading->text, tokens);
    size_t at = mention_from(context->mentions, bytes.end);
    if (at == 0)
        return NULL;
    const struct mention *mention = &context->mentions->items[at - 1];
    return mention->span.begin >= bytes.begin && mention->span.end <= bytes.end
               ? mention
               : NULL;
}

static const struct mention *
mention_behind(const struct attempt_context *context, struct span tokens)
{
    if (span_is_empty(tokens))
        return NULL;
    struct span bytes = text_bytes_of(&context->reading->text, tokens);
    size_t at = mention_from(context->mentions, bytes.begin);
    if (at == context->mentions->count)
        return NULL;
    const struct mention *mention = &context->mentions->items[at];
    return mention->span.begin < bytes.end ? mention : NULL;
}

static struct span before(const struct attempt *attempt, uint32_t at,
                          uint32_t reach)
{
    uint32_t least = attempt->sentence.begin;
    return (struct span){at - least > reach ? at - reach : least, at};
}

static struct span behind(const struct attempt *attempt, uint32_t at,
                          uint32_t reach)
{
    uint32_t most = attempt->sentence.end;
    return (struct span){at,
                         most > at && most - at > reach ? at + reach : most};
}

/* "our complaint", "the union's letter", "a complaint by the union". */
static void owner(const struct attempt_context *context,
                  const struct attempt *attempt, uint32_t claim,
                  struct intervention *made)
{
    const struct text *text = &context->reading->text;
    struct span near = before(attempt, attempt->word.begin, OWNER_REACH);
    for (uint32_t at = near.end; at-- > near.begin;) {
        struct span span = text_bytes_of(text, (struct span){at, at + 1});
        uint32_t kinds = word_kinds(text, at);
        if (kinds & WORD_POSSESSIVE) {
            uint32_t actor = pronoun_at(context, at, claim);
            const struct mention *mention =
                mention_before(context, before(attempt, at + 1, SUBJECT_REACH));
            if (actor == READING_NONE && mention != NULL &&
                !(kinds & WORD_SECOND_PERSON))
                actor = mention->actor;
            set_party(&made->by, actor, span);
            return;
        }
        if (word_is_apostrophe(text, at)) {
            const struct mention *mention =
                mention_before(context, before(attempt, at, OWNER_REACH + 3));
            if (mention != NULL)
                set_party(&made->by, mention->actor, mention->span);
            return;
        }
    }
    uint32_t next = attempt->word.end;
    struct span reach = behind(attempt, next, OWNER_REACH);
    for (uint32_t at = reach.begin; at < reach.end; at++) {
        if (!word_is(text, at, "by") && !word_is(text, at, "from") &&
            !(word_is(text, at, "of") && at == next))
            continue;
        const struct mention *mention =
            mention_behind(context, behind(attempt, at + 1, OWNER_REACH));
        if (mention != NULL)
            set_party(&made->by, mention->actor, mention->span);
        return;
    }
}

static bool is_passive(const struct text *text, const struct attempt *attempt)
{
    uint32_t at = attempt->tokens.begin;
    return at > attempt->sentence.begin &&
           (word_is(text, at - 1, "was") || word_is(text, at - 1, "were") ||
            word_is(text, at - 1, "been") || word_is(text, at - 1, "is") ||
            word_is(text, at - 1, "are"));
}

/* "We would like to bring": near enough, they speak of themselves, also where
 * it is not known who they are. */
static bool first_person(const struct attempt_context *context,
                         struct span near, uint32_t claim,
                         struct intervention *made)
{
    const struct text *text = &context->reading->text;
    for (uint32_t at = near.end; at-- > near.begin && near.end - at <= 6;) {
        uint32_t kinds = word_kinds(text, at);
        uint32_t actor = kinds & WORD_SUBJECT ? pronoun_at(context, at, claim)
                                              : READING_NONE;
        bool is_first = kinds & WORD_SUBJECT && kinds & WORD_FIRST_PERSON;
        if (actor == READING_NONE && !is_first)
            continue;
        set_party(&made->by, actor,
                  text_bytes_of(text, (struct span){at, at + 1}));
        return true;
    }
    return false;
}

/* Where the words before a verb begin that belong to it: "had never". */
static uint32_t before_auxiliaries(const struct text *text, uint32_t begin,
                                   uint32_t at)
{
    enum { AUXILIARIES_MOST = 3 };
    for (uint32_t i = 0;
         i < AUXILIARIES_MOST && at > begin &&
         word_kinds(text, at - 1) & (WORD_AUXILIARY | WORD_NEGATION);
         i++)
        at--;
    return at;
}

/* The phrase that ends at the token, and whom it names where that is known. */
static bool set_phrase(const struct attempt_context *context,
                       struct span tokens, struct intervention_party *party)
{
    const struct text *text = &context->reading->text;
    struct span phrase = phrase_before(text, tokens.begin, tokens.end);
    if (span_is_empty(phrase) || phrase.end != tokens.end)
        return false;
    struct span bytes = text_bytes_of(text, phrase);
    const struct mention *mention = mention_before(context, phrase);
    bool is_named = mention != NULL && mention->span.end == bytes.end;
    set_party(party, is_named ? mention->actor : READING_NONE, bytes);
    return true;
}

/* "His wife complained", "she has complained". */
static bool phrase_of_subject(const struct attempt_context *context,
                              const struct attempt *attempt,
                              struct intervention *made)
{
    uint32_t begin = attempt->sentence.begin;
    uint32_t at = before_auxiliaries(&context->reading->text, begin,
                                     attempt->tokens.begin);
    return set_phrase(context, (struct span){begin, at}, &made->by);
}

/* "The Minister did not answer four calls": whom they went to. */
static void silent_one(const struct attempt_context *context,
                       const struct attempt *attempt, struct intervention *made)
{
    const struct text *text = &context->reading->text;
    uint32_t begin = attempt->sentence.begin;
    struct response response = attempt_response(text, attempt);
    if (response.status != RESPONSE_NOTHING ||
        response.tokens.end > attempt->tokens.begin)
        return;
    uint32_t at = before_auxiliaries(text, begin, response.tokens.begin);
    (void)set_phrase(context, (struct span){begin, at}, &made->to);
}

/* "We wrote", "the union, which wrote": who did it. */
static void subject(const struct attempt_context *context,
                    const struct attempt *attempt, uint32_t claim,
                    struct intervention *made)
{
    const struct text *text = &context->reading->text;
    struct span near = before(attempt, attempt->tokens.begin, SUBJECT_REACH);
    if (is_passive(text, attempt)) {
        struct span reach = behind(attempt, attempt->tokens.end, OBJECT_REACH);
        for (uint32_t at = reach.begin; at < reach.end; at++)
            if (word_is(text, at, "by")) {
                const struct mention *mention = mention_behind(
                    context, behind(attempt, at + 1, OWNER_REACH));
                if (mention != NULL)
                    set_party(&made->by, mention->actor, mention->span);
                return;
            }
        return;
    }
    if (first_person(context, near, claim, made) ||
        phrase_of_subject(context, attempt, made))
        return;
    const struct mention *mention = mention_before(context, near);
    if (mention != NULL)
        set_party(&made->by, mention->actor, mention->span);
}

/* Whether the word brings whom it is to. */
static bool leads_to(const struct text *text, uint32_t token)
{
    return word_is(text, token, "to") || word_is(text, token, "with") ||
           word_is(text, token, "before") || word_is(text, token, "at");
}

/* "to the attention of …", "lay before …": the next word is whom. */
static bool ends_open(const struct text *text, const struct attempt *attempt)
{
    uint32_t last = attempt->tokens.end - 1;
    return word_is(text, last, "before") || word_is(text, last, "to") ||
           word_is(text, last, "attention");
}

/* "to the Minister", "asked the company": whom it went to. */
static void receiver(const struct attempt_context *context,
                     const struct attempt *attempt, uint32_t claim,
                     struct intervention *made)
{
    const struct text *text = &context->reading->text;
    bool is_object =
        attempt->row->columns[1][0] == 'o' || ends_open(text, attempt);
    struct span reach = behind(attempt, attempt->tokens.end, OBJECT_REACH);
    for (uint32_t at = reach.begin; at < reach.end; at++) {
        bool is_lead = leads_to(text, at) || (is_object && at == reach.begin);
        if (!is_lead)
            continue;
        uint32_t first = at + (leads_to(text, at) || word_is(text, at, "of"));
        uint32_t actor =
            first < reach.end && word_kinds(text, first) & WORD_OBJECT
                ? pronoun_at(context, first, claim)
                : READING_NONE;
        if (actor != READING_NONE && actor != made->by.actor) {
            set_party(&made->to, actor,
                      text_bytes_of(text, (struct span){first, first + 1}));
            return;
        }
        const struct mention *mention =
            mention_behind(context, behind(attempt, first, OWNER_REACH));
        if (mention != NULL && mention->actor != made->by.actor) {
            set_party(&made->to, mention->actor, mention->span);
            return;
        }
        struct span phrase = phrase_after(text, first, reach.end);
        if (!span_is_empty(phrase) && !leads_to(text, phrase.begin) &&
            word_kinds(text, phrase.begin) &
                (WORD_DETERMINER | WORD_POSSESSIVE)) {
            set_party(&made->to, READING_NONE, text_bytes_of(text, phrase));
            return;
        }
    }
}

void attempt_parties(const struct attempt_context *context,
                     const struct attempt *attempt, uint32_t claim,
                     struct intervention *made)
{
    const struct reading *reading = context->reading;
    bool is_noun = attempt->row->columns[1][0] == 'n';
    if (is_noun)
        owner(context, attempt, claim, made);
    if (made->by.actor == READING_NONE &&
        (!is_noun || attempt->carrier != NULL))
        subject(context, attempt, claim, made);
    receiver(context, attempt, claim, made);
    if (is_noun && made->to.actor == READING_NONE &&
        span_is_empty(made->to.span))
        silent_one(context, attempt, made);
    /* "COMPLAINT" over a complaint. */
    if (is_noun && made->by.actor == READING_NONE &&
        span_is_empty(made->by.span) &&
        text_part_of(&reading->text, attempt->tokens.begin) == PART_HEADLINE)
        made->by.actor = reading->document.issuer;
    /* "We write", "your letter": the document itself and what it answers. */
    bool is_own = made->by.actor != READING_NONE &&
                  made->by.actor == reading->document.issuer;
    bool is_theirs = made->by.actor != READING_NONE &&
                     made->by.actor == addressee_of(reading);
    if (made->to.actor == READING_NONE && span_is_empty(made->to.span) &&
        is_theirs)
        made->to.actor = reading->document.issuer;
    else if (made->to.actor == READING_NONE && span_is_empty(made->to.span) &&
             is_own && claim == READING_NONE)
        made->to.actor = addressee_of(reading);
}
