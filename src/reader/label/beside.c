/*
 * beside.c - a map of either word, a distance, gelu, a gate, one more map.
 *
 * The gate lets the predicate say which of the numbers matter to it: the maps
 * alone can only add. It learns in fewer passes (docs/measurements.md).
 */
#include "beside.h"

#include <stdlib.h>

#include "label.h"

#define WIDTH_MAX ((size_t)256)
#define LABELS_MAX ((size_t)48) /* of a head, rounded up to 16 */
#define KINDS ((size_t)HEAD_COUNT - HEAD_ARGUMENTS)

/* A head whose columns were filled up to a multiple of 16. */
struct map {
    size_t labels;
    float *weight; /* [width][labels]; NULL where the model has none */
    _Alignas(64) float bias[LABELS_MAX];
    struct crf field;
};

struct beside {
    const struct kernels *kernels;
    size_t inputs, width;
    const float *from_weight, *from_bias, *to_weight, *to_bias;
    const float *gate_weight, *gate_bias;
    const float *distance; /* [BESIDE_WORDS][width] */
    struct map maps[KINDS];

    const float *vectors; /* of the window; borrowed */
    size_t words;
    bool is_mapped;
    float *origin, *gate; /* [width]: of the word itself */
    float *beside; /* [CRF_WORDS_MAX][width]: of all words of the window */
    float *joined; /* [BESIDE_WORDS][width] */
    float *scores; /* [BESIDE_WORDS][LABELS_MAX] */
};

_Static_assert(2 * ARGUMENT_COUNT + 1 <= LABELS_MAX, "room for all labels");

static size_t number_of(enum head head) { return head - HEAD_ARGUMENTS; }

static const float *part_read(const struct model *model, const char *part,
                              size_t rows, size_t columns, struct error *error)
{
    char name[64];
    snprintf(name, sizeof name, "argument_%s", part);
    return model_file_numbers(&model->file, name, TENSOR_FLOAT32, rows, columns,
                              error);
}

static bool parts_read(struct beside *beside, const struct model *model,
                       struct error *error)
{
    const size_t width = beside->width;
    const struct {
        const float **numbers;
        const char *name;
        size_t rows, columns;
    } parts[] = {
        {&beside->from_weight, "from.weight", model->width, width},
        {&beside->from_bias, "from.bias", width, 1},
        {&beside->to_weight, "to.weight", model->width, width},
        {&beside->to_bias, "to.bias", width, 1},
        {&beside->gate_weight, "gate.weight", model->width, width},
        {&beside->gate_bias, "gate.bias", width, 1},
        {&beside->distance, "distance.weight", BESIDE_WORDS, width},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        *parts[i].numbers = part_read(model, parts[i].name, parts[i].rows,
                                      parts[i].columns, error);
        if (*parts[i].numbers == NULL)
            return false;
    }
    return true;
}

static float *floats_take(size_t count, struct error *error)
{
    const size_t bytes = (count * sizeof(float) + 63) / 64 * 64;
    float *floats = aligned_alloc(64, bytes);
    if (floats == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    return memset(floats, 0, bytes);
}

static bool map_read(struct beside *beside, const struct model *model,
                     enum head head, struct error *error)
{
    struct map *map = &beside->maps[number_of(head)];
    struct head_tensors tensors;
    if (!head_read(model, head, beside->width, &tensors, error))
        return false;
    if (tensors.labels == 0)
        return true;
    map->labels = (tensors.labels + 15) / 16 * 16;
    map->weight = floats_take(beside->width * map->labels, error);
    if (map->weight == NULL)
        return false;
    for (size_t row = 0; row < beside->width; row++)
        memcpy(map->weight + row * map->labels,
               tensors.weight + row * tensors.labels,
               tensors.labels * sizeof(float));
    memcpy(map->bias, tensors.bias, tensors.labels * sizeof(float));
    crf_set(&map->field, tensors.labels, tensors.transitions, tensors.start);
    return true;
}

static bool scratch_take(struct beside *beside, struct error *error)
{
    beside->origin = floats_take(beside->width, error);
    if (beside->origin != NULL)
        beside->gate = floats_take(beside->width, error);
    if (beside->gate != NULL)
        beside->beside = floats_take(CRF_WORDS_MAX * beside->width, error);
    if (beside->beside != NULL)
        beside->joined = floats_take(BESIDE_WORDS * beside->width, error);
    if (beside->joined != NULL)
        beside->scores = floats_take(BESIDE_WORDS * LABELS_MAX, error);
    return beside->scores != NULL;
}

bool beside_new(const struct model *model, struct beside **out,
                struct error *error)
{
    const struct tensor *from =
        model_file_find(&model->file, "argument_from.weight");
    *out = NULL;
    if (from == NULL)
        return true;
    if (from->columns > WIDTH_MAX || from->columns % 16 != 0)
        return error_set(error, ERROR_CORRUPT,
                         "argument_from.weight: a width that is not ours");
    struct beside *beside = aligned_alloc(64, (sizeof *beside + 63) / 64 * 64);
    if (beside == NULL)
        return error_set(error, ERROR_LIMIT, "out of memory");
    memset(beside, 0, sizeof *beside);
    beside->kernels = model->kernels;
    beside->inputs = model->width;
    beside->width = from->columns;
    if (parts_read(beside, model, error) &&
        map_read(beside, model, HEAD_ARGUMENTS, error) &&
        map_read(beside, model, HEAD_PARTICIPANTS, error) &&
        map_read(beside, model, HEAD_EXTENTS, error) &&
        scratch_take(beside, error)) {
        *out = beside;
        return true;
    }
    beside_free(beside);
    return false;
}

void beside_free(struct beside *beside)
{
    if (beside == NULL)
        return;
    for (size_t i = 0; i < KINDS; i++)
        free(beside->maps[i].weight);
    free(beside->origin);
    free(beside->gate);
    free(beside->beside);
    free(beside->joined);
    free(beside->scores);
    free(beside);
}

bool beside_has(const struct beside *beside, enum head head)
{
    return beside != NULL && beside->maps[number_of(head)].weight != NULL;
}

const struct crf *beside_field(const struct beside *beside, enum head head)
{
    return &beside->maps[number_of(head)].field;
}

void beside_begin(struct beside *beside, const float *vectors, size_t words)
{
    beside->vectors = vectors;
    beside->words = words;
    beside->is_mapped = false;
}

struct crf_scores beside_score(struct beside *beside, enum head head,
                               uint32_t word, struct span among)
{
    const struct kernels *kernels = beside->kernels;
    const struct map *map = &beside->maps[number_of(head)];
    const size_t inputs = beside->inputs;
    const size_t width = beside->width;
    const size_t count = among.end - among.begin;
    const size_t nearest = among.begin + BESIDE_REACH - word;
    const float *own = beside->vectors + word * inputs;
    if (!beside->is_mapped)
        kernels->map(beside->vectors, beside->words, inputs, beside->to_weight,
                     beside->to_bias, beside->beside, width);
    beside->is_mapped = true;
    kernels->map(own, 1, inputs, beside->from_weight, beside->from_bias,
                 beside->origin, width);
    kernels->map(own, 1, inputs, beside->gate_weight, beside->gate_bias,
                 beside->gate, width);
    kernels->join(
        beside->origin, beside->gate, beside->beside + among.begin * width,
        beside->distance + nearest * width, count, width, beside->joined);
    kernels->map(beside->joined, count, width, map->weight, map->bias,
                 beside->scores, map->labels);
    return (struct crf_scores){beside->scores, map->labels, count};
}
