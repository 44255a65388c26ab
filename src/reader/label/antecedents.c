/*
 * antecedents.c - a ring of the last mentions.
 */
#include "antecedents.h"

#include <stdlib.h>

#include "exponential.h"

#define WIDTH_MAX ((size_t)256)
#define DISTANCES 12

/* A mention as it is remembered, at its number modulo the most. */
struct remembered {
    uint32_t token;
    uint32_t pieces[WORD_PIECES_MAX];
    size_t piece_count;
};

struct antecedents {
    const struct model *model;
    size_t width;
    const float *from_weight, *from_bias, *to_weight, *to_bias;
    const float *distance; /* [2 * DISTANCES]: spelled otherwise, alike */
    float none;
    uint32_t count; /* of mentions since the beginning */
    struct remembered mentions[ANTECEDENTS_MOST];
    _Alignas(64) float from[WIDTH_MAX];
    _Alignas(64) float to[ANTECEDENTS_MOST][WIDTH_MAX];
};

static const float *part_read(const struct model *model, const char *part,
                              size_t rows, size_t columns, struct error *error)
{
    char name[64];
    snprintf(name, sizeof name, "antecedent_%s", part);
    return model_file_numbers(&model->file, name, TENSOR_FLOAT32, rows, columns,
                              error);
}

static bool parts_read(struct antecedents *antecedents, struct error *error)
{
    const struct model *model = antecedents->model;
    const size_t inputs = model->width;
    const size_t width = antecedents->width;
    const float *none = NULL;
    const struct {
        const float **numbers;
        const char *name;
        size_t rows, columns;
    } parts[] = {
        {&antecedents->from_weight, "from.weight", inputs, width},
        {&antecedents->from_bias, "from.bias", width, 1},
        {&antecedents->to_weight, "to.weight", inputs, width},
        {&antecedents->to_bias, "to.bias", width, 1},
        {&antecedents->distance, "distance.weight", 2 * (size_t)DISTANCES, 1},
        {&none, "none", 1, 1},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        *parts[i].numbers = part_read(model, parts[i].name, parts[i].rows,
                                      parts[i].columns, error);
        if (*parts[i].numbers == NULL)
            return false;
    }
    antecedents->none = *none;
    return true;
}

bool antecedents_new(const struct model *model, struct antecedents **out,
                     struct error *error)
{
    const struct tensor *from =
        model_file_find(&model->file, "antecedent_from.weight");
    *out = NULL;
    if (from == NULL)
        return true;
    if (from->columns > WIDTH_MAX || from->columns % 16 != 0)
        return error_set(error, ERROR_CORRUPT,
                         "antecedent_from.weight: a width that is not ours");
    struct antecedents *antecedents =
        aligned_alloc(64, (sizeof *antecedents + 63) / 64 * 64);
    if (antecedents == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    memset(antecedents, 0, sizeof *antecedents);
    antecedents->model = model;
    antecedents->width = from->columns;
    if (!parts_read(antecedents, error)) {
        antecedents_free(antecedents);
        return false;
    }
    *out = antecedents;
    return true;
}

void antecedents_free(struct antecedents *antecedents) { free(antecedents); }

void antecedents_begin(struct antecedents *antecedents)
{
    antecedents->count = 0;
}

/* By the log of the distance: 1, 2 to 3, 4 to 7 ... */
static size_t distance_class(uint32_t near, uint32_t far)
{
    size_t class = 0;
    for (uint32_t way = far - near; way > 0 && class < DISTANCES - 1; way >>= 1)
        class ++;
    return class;
}

static bool is_same_word(const struct remembered *a, const struct remembered *b)
{
    return a->piece_count == b->piece_count &&
           memcmp(a->pieces, b->pieces, a->piece_count * sizeof *a->pieces) ==
               0;
}

static float score(const struct antecedents *antecedents, uint32_t number,
                   const struct remembered *mention)
{
    const size_t place = number % ANTECEDENTS_MOST;
    const struct remembered *earlier = &antecedents->mentions[place];
    const size_t class = distance_class(earlier->token, mention->token) +
                         (is_same_word(earlier, mention) ? DISTANCES : 0);
    float product = 0;
    for (size_t i = 0; i < antecedents->width; i++)
        product += antecedents->from[i] * antecedents->to[place][i];
    return product / 10.0f + antecedents->distance[class];
}

/* The best of those that are remembered, or none; equal scores: the first. */
static uint32_t choose(const struct antecedents *antecedents,
                       const struct remembered *mention, float *probability)
{
    float scores[ANTECEDENTS_MOST];
    const uint32_t end = antecedents->count;
    const uint32_t first = end > ANTECEDENTS_MOST ? end - ANTECEDENTS_MOST : 0;
    uint32_t best = ANTECEDENT_NONE;
    float most = 0;
    for (uint32_t i = first; i < end; i++) {
        scores[i - first] = score(antecedents, i, mention);
        if (best == ANTECEDENT_NONE || scores[i - first] > most) {
            most = scores[i - first];
            best = i;
        }
    }
    if (best == ANTECEDENT_NONE || antecedents->none > most) {
        most = antecedents->none;
        best = ANTECEDENT_NONE;
    }
    double sum = exponential((double)antecedents->none - (double)most);
    for (uint32_t i = first; i < end; i++)
        sum += exponential((double)scores[i - first] - (double)most);
    *probability = (float)(1.0 / sum);
    return best;
}

uint32_t antecedents_find(struct antecedents *antecedents, const float *vector,
                          struct slice word, uint32_t token, float *probability)
{
    const struct model *model = antecedents->model;
    const size_t place = antecedents->count % ANTECEDENTS_MOST;
    struct remembered mention = {.token = token};
    mention.piece_count =
        vocabulary_split(&model->vocabulary, word, mention.pieces);
    model->kernels->map(vector, 1, model->width, antecedents->from_weight,
                        antecedents->from_bias, antecedents->from,
                        antecedents->width);
    const uint32_t found = choose(antecedents, &mention, probability);
    antecedents->mentions[place] = mention;
    model->kernels->map(vector, 1, model->width, antecedents->to_weight,
                        antecedents->to_bias, antecedents->to[place],
                        antecedents->width);
    antecedents->count++;
    return found;
}
