/*
 * weigh.c - trees read from the table, and asked.
 */
#include "weigh.h"

#include <stdlib.h>

#include "table.h"

const char *const weigh_task_names[WEIGH_TASKS] = {
    "actors", "acts", "repeats", "corroborates", "contradicts", "answers"};

/* 1000 / (1 + exp(-x)) for x = 0, 0.25, 0.5, ... 8; between them straight. */
static const int32_t logistic[] = {500, 562, 622, 679, 731,  777, 818, 852, 881,
                                   905, 924, 940, 953, 963,  971, 977, 982, 986,
                                   989, 991, 993, 995, 996,  997, 998, 998, 998,
                                   999, 999, 999, 999, 1000, 1000};
enum { STEP = 250, LAST = sizeof logistic / sizeof *logistic - 1 };

uint32_t weigh_chance(int32_t log_odds)
{
    int64_t size = log_odds < 0 ? -(int64_t)log_odds : log_odds;
    int64_t at = size / STEP;
    int32_t chance = logistic[LAST];
    if (at < LAST)
        chance = logistic[at] + (int32_t)((logistic[at + 1] - logistic[at]) *
                                          (size % STEP) / STEP);
    return (uint32_t)(log_odds < 0 ? 1000 - chance : chance);
}

static int32_t number(const char **at)
{
    char *end;
    long value = strtol(*at, &end, 10);
    *at = *end != '\0' ? end + 1 : end;
    return (int32_t)value;
}

/* "feature:least ..." and the values of the leaves. */
static void read_tree(const struct table_row *row, struct weigh_tree *tree)
{
    const char *questions = row->columns[0], *values = row->columns[1];
    for (int i = 0; i < WEIGH_DEPTH; i++) {
        tree->feature[i] = (uint16_t)(number(&questions) % WEIGH_FEATURES);
        tree->least[i] = number(&questions);
    }
    for (int i = 0; i < 1 << WEIGH_DEPTH; i++)
        tree->value[i] = number(&values);
}

/* "log odds:chance ..." */
static void read_knots(struct weights *weights, int task, const char *words)
{
    uint32_t count = 0;
    while (*words != '\0' && count < WEIGH_KNOTS) {
        struct weigh_knot *knot = &weights->tasks[task].knots[count++];
        knot->log_odds = number(&words);
        knot->chance = number(&words);
    }
    weights->tasks[task].knot_count = count;
}

uint32_t weigh_sure(const struct weights *weights, enum weigh_task task,
                    int32_t log_odds)
{
    const struct weigh_knot *knots = weights->tasks[task].knots;
    uint32_t count = weights->tasks[task].knot_count, i = 0;
    if (count == 0)
        return weigh_chance(log_odds);
    while (i < count && knots[i].log_odds <= log_odds)
        i++;
    if (i == 0)
        return (uint32_t)knots[0].chance;
    if (i == count)
        return (uint32_t)knots[count - 1].chance;
    int64_t along = (int64_t)log_odds - knots[i - 1].log_odds;
    int64_t whole = (int64_t)knots[i].log_odds - knots[i - 1].log_odds;
    return (uint32_t)(knots[i - 1].chance +
                      (knots[i].chance - knots[i - 1].chance) * along /
                          (whole > 0 ? whole : 1));
}

bool weights_read(struct weights *weights, struct arena *arena,
                  struct error *error)
{
    const struct table *table = &link_weight_table;
    *weights = (struct weights){0};
    for (int task = 0; task < WEIGH_TASKS; task++) {
        struct slice name = slice_of(weigh_task_names[task]);
        weights->tasks[task].trees = arena_take(
            arena, table->count, sizeof *weights->tasks[task].trees, error);
        if (weights->tasks[task].trees == NULL)
            return false;
        for (size_t i = 0; i < table->count; i++) {
            const struct table_row *row = &table->rows[i];
            if (row->length <= name.length ||
                memcmp(row->key, name.data, name.length) != 0 ||
                row->key[name.length] != ' ')
                continue;
            const char *bias = row->columns[0];
            if (strcmp(row->key + name.length + 1, "bias") == 0)
                weights->tasks[task].bias = number(&bias);
            else if (strcmp(row->key + name.length + 1, "chances") == 0)
                read_knots(weights, task, row->columns[0]);
            else
                read_tree(
                    row,
                    &weights->tasks[task].trees[weights->tasks[task].count++]);
        }
    }
    return true;
}

int32_t weigh(const struct weights *weights, enum weigh_task task,
              const int32_t *features)
{
    int32_t sum = weights->tasks[task].bias;
    for (uint32_t i = 0; i < weights->tasks[task].count; i++) {
        const struct weigh_tree *tree = &weights->tasks[task].trees[i];
        unsigned leaf = 0;
        for (int k = 0; k < WEIGH_DEPTH; k++)
            leaf = leaf << 1 | (features[tree->feature[k]] >= tree->least[k]);
        sum += tree->value[leaf];
    }
    return sum;
}
