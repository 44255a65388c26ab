/*
 * intervention_features.c - candidates of interventions, and what is seen of
 * each: t its word, k the kind of its row, s its shape, v its carrier; a1 the
 * word before it, b1 behind, ca1 ca2 cb1 cb2 what kind of party words there
 * are; f function words near; r what came of it; by and to the classes of the
 * nearest actors; doc, part, voice, is. Few kinds on purpose: with all words
 * around it, what is learnt from some 250 interventions does not carry over.
 */
#include "interventions.h"

#include "token.h"

enum { AROUND = 3, NEAR = 8, CARRIER_REACH = 6, ACTOR_REACH = 80 };

static bool is_carrier(const struct table_row *row)
{
    return row->columns[1][0] == 'c';
}

bool attempt_at(const struct text *text, struct span sentence, uint32_t at,
                struct attempt *attempt)
{
    uint32_t length = 0;
    uint32_t next = at;
    const struct table_row *row =
        word_phrase(text, &intervention_table, at, sentence.end, &length);
    if (row == NULL)
        return false;
    *attempt = (struct attempt){.tokens = {at, at + length},
                                .word = {at, at + length},
                                .sentence = sentence,
                                .row = row};
    /* A carrier or a verb with the noun that says what it was: "sent a
     * letter", "asked four questions". */
    for (next = at + length;
         row->columns[1][0] != 'n' && next < sentence.end &&
         next < at + length + CARRIER_REACH && word_has_letters(text, next);
         next++) {
        uint32_t noun_length = 0;
        const struct table_row *noun = word_phrase(
            text, &intervention_table, next, sentence.end, &noun_length);
        if (noun == NULL || noun->columns[1][0] != 'n')
            continue;
        attempt->carrier = row;
        attempt->row = noun;
        attempt->word = (struct span){next, next + noun_length};
        attempt->tokens.end = next + noun_length;
        return true;
    }
    return !is_carrier(row);
}

static void give_around(const struct feature_sink *sink,
                        const struct text *text, const struct attempt *attempt)
{
    struct span sentence = attempt->sentence;
    struct span tokens = attempt->tokens;
    if (tokens.begin > sentence.begin)
        feature_word(sink, "a1", "ca1", &class_table, text, tokens.begin - 1);
    else
        feature_give(sink, "a1", slice_of("-"));
    if (tokens.end < sentence.end)
        feature_word(sink, "b1", "cb1", &class_table, text, tokens.end);
    else
        feature_give(sink, "b1", slice_of("-"));
    for (uint32_t i = 1; i < AROUND; i++) {
        const char *class =
            tokens.begin > sentence.begin + i
                ? feature_class(&class_table, text, tokens.begin - i - 1)
                : NULL;
        if (class != NULL)
            feature_give(sink, "ca2", slice_of(class));
        class = tokens.end + i < sentence.end
                    ? feature_class(&class_table, text, tokens.end + i)
                    : NULL;
        if (class != NULL)
            feature_give(sink, "cb2", slice_of(class));
    }
    uint32_t begin = tokens.begin - sentence.begin > NEAR ? tokens.begin - NEAR
                                                          : sentence.begin;
    for (uint32_t at = begin; at < tokens.begin; at++)
        if (word_kinds(text, at) &
            (WORD_SUBJECT | WORD_POSSESSIVE | WORD_AUXILIARY | WORD_NEGATION))
            feature_word(sink, "f", "cf", &class_table, text, at);
}

static const char *class_of(const struct attempt_context *context,
                            uint32_t actor)
{
    return actor_class_names[context->reading->actors.items[actor].table_class];
}

static void give_actors(const struct feature_sink *sink,
                        const struct attempt_context *context,
                        const struct attempt *attempt)
{
    const struct text *text = &context->reading->text;
    struct span bytes = text_bytes_of(text, attempt->tokens);
    struct span sentence = text_bytes_of(text, attempt->sentence);
    size_t at = mention_from(context->mentions, bytes.begin);
    if (at > 0 && context->mentions->items[at - 1].span.begin >= sentence.begin)
        feature_give(sink, "by",
                     slice_of(class_of(
                         context, context->mentions->items[at - 1].actor)));
    at = mention_from(context->mentions, bytes.end);
    if (at < context->mentions->count &&
        context->mentions->items[at].span.begin < sentence.end &&
        context->mentions->items[at].span.begin < bytes.end + ACTOR_REACH)
        feature_give(
            sink, "to",
            slice_of(class_of(context, context->mentions->items[at].actor)));
}

static void give_place(const struct feature_sink *sink,
                       struct attempt_context *context,
                       const struct attempt *attempt)
{
    const struct text *text = &context->reading->text;
    const struct reading_document *document = &context->reading->document;
    struct span bytes = text_bytes_of(text, attempt->tokens);
    uint32_t claim =
        claim_at(context->claims, (struct span){bytes.end - 1, bytes.end});
    size_t paragraph = text_paragraph_of(text, attempt->tokens.begin);
    feature_give(sink, "doc", slice_of(document_kind_names[document->kind]));
    feature_give(
        sink, "part",
        slice_of(part_kind_names[text_part_of(text, attempt->tokens.begin)]));
    feature_give(sink, "voice",
                 slice_of(claim == READING_NONE ? "own" : "claim"));
    if (document->addressee_count > 0)
        feature_give(sink, "is", slice_of("addressed"));
    if (paragraph < 12)
        feature_give(sink, "is", slice_of("early"));
    if (attempt->tokens.begin == attempt->sentence.begin)
        feature_give(sink, "is", slice_of("first"));
}

void attempt_features(struct attempt_context *context,
                      const struct attempt *attempt,
                      void (*take)(void *, struct slice), void *of_take)
{
    static const char *const statuses[] = {
        "-",          "none", "denied", "acknowledged", "investigated",
        "prosecuted", "acted"};
    const struct feature_sink sink = {take, of_take};
    const struct text *text = &context->reading->text;
    char buffer[WORD_KEY_MAX];
    struct response response = attempt_response(text, attempt);
    feature_give(&sink, "is", slice_of("candidate"));
    feature_give(&sink, "t", word_key(text, attempt->word, buffer));
    feature_give(&sink, "k", slice_of(attempt->row->columns[0]));
    feature_give(&sink, "s", slice_of(attempt->row->columns[1]));
    if (attempt->carrier != NULL)
        feature_give(&sink, "v", slice_of(attempt->carrier->key));
    feature_give(&sink, "r", slice_of(statuses[response.status]));
    give_around(&sink, text, attempt);
    give_actors(&sink, context, attempt);
    give_place(&sink, context, attempt);
}
