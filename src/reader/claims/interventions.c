/*
 * interventions.c - see interventions.h: candidates weighed one by one.
 */
#include "interventions.h"

const char *const intervention_kind_names[] = {
    "complaint", "report", "communication", "petition",     "lawsuit",
    "statement", "letter", "appeal",        "investigation"};
const char *const response_status_names[] = {
    "",           "none", "denied", "acknowledged", "investigated",
    "prosecuted", "acted"};

/* Below even: recall is dear, and the confidence says how sure it is. */
enum { SUMS = 1 + INTERVENTION_KINDS, LEAST_SUM = -12 };

/* Shares of interventions of the right kind by the sum, on the train matters
 * of the corpus, each quarter weighed by what the others taught
 * (train/findings.py --check). */
static float confidence_of(int32_t sum)
{
    static const struct {
        int32_t sum;
        float confidence;
    } steps[] = {{LEAST_SUM, 0.27f}, {-4, 0.43f}, {4, 0.62f}, {20, 0.74f}};
    size_t step = 0;
    while (step + 1 < sizeof steps / sizeof *steps &&
           sum >= steps[step + 1].sum)
        step++;
    return steps[step].confidence;
}

struct finder {
    struct reading *reading;
    struct arena *arena;
    struct attempt_context context;
    struct claim_finder tellers; /* a second sweep, for those that are kept */
    LIST(struct intervention) items;
};

/* The point of time that stands nearest, in the same sentence. */
static uint32_t time_of(const struct reading *reading, struct span sentence,
                        struct span span)
{
    struct span among = times_in(&reading->times, sentence);
    uint32_t best = READING_NONE;
    uint32_t least = UINT32_MAX;
    for (uint32_t i = among.begin; i < among.end; i++) {
        const struct time *time = &reading->times.items.items[i];
        uint32_t far = time->span.begin >= span.begin
                           ? time->span.begin - span.begin
                           : span.begin - time->span.begin;
        if ((time->type == TIME_DATE || time->type == TIME_TIME) &&
            far < least) {
            least = far;
            best = i;
        }
    }
    return best;
}

static bool add(struct finder *finder, const struct attempt *attempt,
                enum intervention_kind kind, int32_t sum, struct error *error)
{
    const struct text *text = &finder->reading->text;
    struct span span = text_bytes_of(text, attempt->tokens);
    uint32_t claim =
        claim_at(&finder->tellers, (struct span){span.end - 1, span.end});
    struct response response = attempt_response(text, attempt);
    struct intervention made = {
        .kind = kind,
        .span = span,
        .by = {.actor = READING_NONE},
        .to = {.actor = READING_NONE},
        .time = time_of(finder->reading, text_bytes_of(text, attempt->sentence),
                        span),
        .sentence = (uint32_t)text_sentence_of(text, attempt->tokens.begin),
        .status = response.status,
        .confidence = confidence_of(sum),
    };
    if (response.status != RESPONSE_UNKNOWN)
        made.response = text_bytes_of(text, response.tokens);
    attempt_parties(&finder->context, attempt, claim, &made);
    return attempt_about(finder->reading, attempt, finder->arena, &made,
                         error) &&
           list_push(finder->arena, &finder->items, made, error);
}

static bool weigh(struct finder *finder, const struct attempt *attempt,
                  struct error *error)
{
    struct weighing weighing = {.table = &intervention_weight_table};
    int32_t sums[SUMS];
    attempt_features(&finder->context, attempt, weighing_take, &weighing);
    weighing_sums(&weighing, sums, SUMS);
    size_t kind = weighing_best(sums + 1, INTERVENTION_KINDS);
    return sums[0] <= LEAST_SUM ||
           add(finder, attempt, (enum intervention_kind)kind, sums[0], error);
}

bool interventions_find(struct reading *reading, struct arena *arena,
                        struct arena *scratch, struct error *error)
{
    struct mention_list mentions;
    struct claim_finder claims;
    struct finder finder = {
        .reading = reading,
        .arena = arena,
        .context = {reading, &mentions, &claims},
    };
    if (!mentions_in_order(&mentions, reading, scratch, error) ||
        !claim_finder_init(&claims, reading, scratch, error) ||
        !claim_finder_init(&finder.tellers, reading, scratch, error))
        return false;
    for (size_t i = 0; i < reading->text.sentences.count; i++) {
        struct span sentence = reading->text.sentences.items[i];
        if (text_is_unread(&reading->text, sentence.begin))
            continue;
        for (uint32_t at = sentence.begin; at < sentence.end; at++) {
            struct attempt attempt;
            if (!attempt_at(&reading->text, sentence, at, &attempt))
                continue;
            if (!weigh(&finder, &attempt, error))
                return false;
            at = attempt.tokens.end - 1;
        }
    }
    reading->interventions = finder.items.items;
    reading->intervention_count = finder.items.count;
    return true;
}
