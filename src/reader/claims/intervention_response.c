/*
 * intervention_response.c - what came of an intervention: the first words of
 * data/response-words.tsv behind it. An answer that is negated is none.
 */
#include "interventions.h"

enum { SENTENCES_MOST = 3, NEGATION_REACH = 5 };

static bool is_negation(const struct text *text, uint32_t token)
{
    static const char *const words[] = {"no",      "not", "never",  "none",
                                        "neither", "nor", "nobody", "without",
                                        "nothing", "yet", "cannot", "n't"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (word_is(text, token, words[i]))
            return true;
    return (word_kinds(text, token) & WORD_NEGATION) != 0;
}

/* The nearest negation before the words, or their own begin. */
static uint32_t negation_before(const struct text *text, uint32_t begin,
                                uint32_t at)
{
    for (uint32_t i = 1; i <= NEGATION_REACH && at >= begin + i; i++)
        if (is_negation(text, at - i))
            return at - i;
    return at;
}

static enum response_status status_of(const char *column, bool is_negated)
{
    switch (column[0]) {
    case 'n':
        return RESPONSE_NOTHING;
    case 'd':
        return RESPONSE_DENIED;
    case 'i':
        return is_negated ? RESPONSE_NOTHING : RESPONSE_INVESTIGATED;
    case 'p':
        return is_negated ? RESPONSE_NOTHING : RESPONSE_PROSECUTED;
    default:
        break;
    }
    if (strcmp(column, "acted") == 0)
        return is_negated ? RESPONSE_NOTHING : RESPONSE_ACTED;
    if (strcmp(column, "act") == 0)
        return is_negated ? RESPONSE_NOTHING : RESPONSE_UNKNOWN;
    if (strcmp(column, "answer") == 0)
        return is_negated ? RESPONSE_NOTHING : RESPONSE_DENIED;
    return is_negated ? RESPONSE_NOTHING : RESPONSE_ACKNOWLEDGED;
}

/* The first response in the tokens. */
static struct response response_in(const struct text *text, struct span tokens)
{
    for (uint32_t at = tokens.begin; at < tokens.end; at++) {
        uint32_t length = 0;
        const struct table_row *row =
            word_phrase(text, &response_table, at, tokens.end, &length);
        if (row == NULL)
            continue;
        uint32_t negation = negation_before(text, tokens.begin, at);
        enum response_status status = status_of(row->columns[0], negation < at);
        if (status != RESPONSE_UNKNOWN)
            return (struct response){status, {negation, at + length}};
    }
    return (struct response){RESPONSE_UNKNOWN, {tokens.begin, tokens.begin}};
}

/* "did not respond to six e-mails", "acknowledged the second letter". */
static struct response response_before(const struct text *text,
                                       const struct attempt *attempt)
{
    enum { REACH = 8 };
    uint32_t begin = attempt->sentence.begin;
    uint32_t at = attempt->tokens.begin;
    struct response found = response_in(
        text, (struct span){at - begin > REACH ? at - REACH : begin, at});
    /* An answer that came belongs to something else: "in reply, we wrote". */
    if (found.status == RESPONSE_DENIED &&
        found.tokens.end - found.tokens.begin == 1 &&
        !word_is(text, found.tokens.begin, "refused"))
        found.status = RESPONSE_UNKNOWN;
    return found;
}

struct response attempt_response(const struct text *text,
                                 const struct attempt *attempt)
{
    size_t paragraph = text_paragraph_of(text, attempt->tokens.begin);
    size_t sentence = text_sentence_of(text, attempt->tokens.begin);
    bool is_noun = attempt->row->columns[1][0] == 'n';
    struct response found = {RESPONSE_UNKNOWN, {0, 0}};
    if (is_noun)
        found = response_before(text, attempt);
    if (found.status == RESPONSE_UNKNOWN)
        found = response_in(
            text, (struct span){attempt->tokens.end, attempt->sentence.end});
    for (size_t i = 1; i < SENTENCES_MOST && found.status == RESPONSE_UNKNOWN &&
                       sentence + i < text->sentences.count;
         i++) {
        struct span next = text->sentences.items[sentence + i];
        if (text_paragraph_of(text, next.begin) != paragraph)
            break;
        found = response_in(text, next);
    }
    return found;
}
