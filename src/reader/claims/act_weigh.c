/*
 * act_weigh.c - see act_weigh.h.
 */
#include "act_weigh.h"

#include "exponential.h"

static char lower(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return (char)(byte - 'A' + 'a');
    return byte;
}

/* A key in the making; `is_whole` falls when something does not fit. */
struct key {
    char bytes[WEIGH_KEY_MAX];
    size_t length;
    bool is_whole;
};

static void append(struct key *key, struct slice word)
{
    key->is_whole &= key->length + word.length <= sizeof key->bytes;
    if (!key->is_whole)
        return;
    for (size_t i = 0; i < word.length; i++)
        key->bytes[key->length++] = lower(word.data[i]);
}

static void add_key(struct act_weighing *weighing, const struct key *key)
{
    struct slice bytes = {key->bytes, key->length};
    if (!key->is_whole)
        return;
    if (weighing->probe != NULL)
        weighing->probe->feature(weighing->probe->context, bytes);
    const struct table_row *row = table_find(&act_weight_table, bytes);
    for (size_t i = 0; i < weighing->count; i++)
        if (weighing->rows[i] == row)
            return;
    if (row != NULL && weighing->count < WEIGH_FEATURES)
        weighing->rows[weighing->count++] = row;
}

static void open_key(const struct act_weighing *weighing, const char *name,
                     struct key *key)
{
    char question[2] = {weighing->question, ' '};
    key->length = 0;
    key->is_whole = true;
    append(key, (struct slice){question, sizeof question});
    append(key, slice_of(name));
}

void weigh_add(struct act_weighing *weighing, const char *name,
               struct slice value)
{
    struct key key;
    open_key(weighing, name, &key);
    append(&key, slice_of(" "));
    append(&key, value);
    add_key(weighing, &key);
}

void weigh_add_both(struct act_weighing *weighing, const char *name,
                    struct slice one, struct slice two)
{
    struct key key;
    open_key(weighing, name, &key);
    append(&key, slice_of(" "));
    append(&key, one);
    append(&key, slice_of(" "));
    append(&key, two);
    add_key(weighing, &key);
}

/* Reads "0:12 7:-3 ...": a class, its weight. */
static void add_row(const struct table_row *row, int32_t *sums, uint32_t count)
{
    const char *at = row->columns[0];
    while (*at != '\0') {
        uint32_t class = 0;
        int32_t weight = 0;
        for (; *at >= '0' && *at <= '9'; at++)
            class = class * 10 + (uint32_t)(*at - '0');
        at += *at == ':';
        bool is_less = *at == '-';
        for (at += is_less; *at >= '0' && *at <= '9'; at++)
            weight = weight * 10 + (*at - '0');
        if (class < count)
            sums[class] += is_less ? -weight : weight;
        while (*at != '\0' && (*at < '0' || *at > '9'))
            at++;
    }
}

void weigh_sum(const struct act_weighing *weighing, int32_t *sums,
               uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        sums[i] = 0;
    for (uint32_t i = 0; i < weighing->count; i++)
        add_row(weighing->rows[i], sums, count);
}

/* Reads a share in hundred-thousandths and the mark behind it. */
static float read_share(const char **at)
{
    int32_t number = 0;
    for (; **at >= '0' && **at <= '9'; (*at)++)
        number = number * 10 + (**at - '0');
    *at += **at != '\0';
    return (float)number / 100000;
}

/* Piecewise linear over the points "share:right" of the table's curve. */
float weigh_confidence(float share)
{
    const struct table_row *row =
        table_find(&act_weight_table, slice_of("curve"));
    float from = 0;
    float value = 0;
    if (row == NULL)
        return share;
    for (const char *at = row->columns[0]; *at != '\0';) {
        float next = read_share(&at);
        float right = read_share(&at);
        if (share <= next)
            return next > from ? value + (right - value) * (share - from) /
                                             (next - from)
                               : right;
        from = next;
        value = right;
    }
    return value;
}

float weigh_share(const int32_t *sums, uint32_t count, uint32_t one)
{
    double all = 0;
    for (uint32_t i = 0; i < count; i++)
        all += exponential((double)(sums[i] - sums[one]) / WEIGH_UNIT);
    return (float)(1 / all);
}
