/*
 * act_network.c - see act_network.h.
 */
#include "act_network.h"

/* Chosen by F on corpus/dev, since the network knows the train part by heart.
 */
enum {
    UNSEEN_TRIGGER = 12, /* for no act, where the network sees none */
    LOG_ODDS_MOST = 5 * WEIGH_UNIT,
};
#define LEAST_PARTY 0.2f
#define LEAST_ALONE 0.5f /* of a trigger that is no word of the lexicon */

/* The natural logarithm of p to 1 - p in WEIGH_UNITs, held within
 * +-LOG_ODDS_MOST: by halving, without the C library. */
static int32_t log_odds(float p)
{
    int32_t low = -LOG_ODDS_MOST;
    int32_t high = LOG_ODDS_MOST;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        int32_t sums[2] = {middle, 0};
        if (weigh_share(sums, 2, 0) < p)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct labelled_act *act_network_at(const struct acts *acts,
                                          struct span tokens)
{
    const struct labels *labels = acts->labels;
    size_t low = 0;
    size_t high = labels->acts.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (labels->acts.items[middle].trigger.end <= tokens.begin)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == labels->acts.count ||
        labels->acts.items[low].trigger.begin >= tokens.end)
        return NULL;
    return &labels->acts.items[low];
}

void act_network_code(const struct acts *acts, const struct labelled_act *seen,
                      int32_t *sums)
{
    if (!acts->labels->has_acts)
        return;
    if (seen == NULL) {
        sums[0] += UNSEEN_TRIGGER;
        return;
    }
    sums[0] -= log_odds(seen->probability);
    sums[seen->code + 1] += log_odds(seen->code_probability);
}

void act_network_modality(const struct labelled_act *seen, int32_t *sums)
{
    if (seen != NULL)
        sums[seen->modality] += log_odds(seen->modality_probability);
}

void act_network_polarity(const struct labelled_act *seen, int32_t *sums)
{
    if (seen != NULL)
        sums[seen->polarity] += log_odds(seen->polarity_probability);
}

bool act_network_party(const struct acts *acts, const struct labelled_act *seen,
                       uint32_t *at, struct span *tokens, enum act_role *role)
{
    while (*at < seen->count) {
        const struct labelled_participant *one =
            &acts->labels->participants.items[seen->first + (*at)++];
        if (one->probability < LEAST_PARTY)
            continue;
        *tokens = one->tokens;
        *role = (enum act_role)one->role;
        return true;
    }
    return false;
}

const struct table_row *act_network_row(const struct labelled_act *seen)
{
    /* No key of a table; a subject that does, if anything. */
    static const struct table_row rows[] = {
        {"", 0, 0, {"", "do", "w"}},
    };
    if (seen == NULL ||
        seen->probability * seen->code_probability < LEAST_ALONE)
        return NULL;
    return &rows[0];
}
