/*
 * links.c - scores of links, and the choice among them.
 */
#include "links.h"

#include "exponential.h"

static const float *numbers_of(const struct model *model, const char *format,
                               size_t number, size_t rows, size_t columns,
                               struct error *error)
{
    char name[64];
    snprintf(name, sizeof name, "link_%s.%zu.%s", format, number,
             columns == 1 ? "bias" : "weight");
    return model_file_numbers(&model->file, name, TENSOR_FLOAT32, rows, columns,
                              error);
}

bool link_kind_read(const struct model *model, size_t number,
                    struct link_kind *kind, struct error *error)
{
    char name[64];
    snprintf(name, sizeof name, "link_from.%zu.weight", number);
    const struct tensor *map = model_file_find(&model->file, name);
    if (map == NULL || map->columns > LINK_WIDTH_MAX || map->columns % 16 != 0)
        return error_set(error, ERROR_CORRUPT,
                         "%s: missing, or of a width that is not ours", name);
    kind->inputs = 2 * model->width;
    kind->width = map->columns;
    kind->kernels = model->kernels;
    kind->from_weight =
        numbers_of(model, "from", number, kind->inputs, kind->width, error);
    kind->from_bias = numbers_of(model, "from", number, kind->width, 1, error);
    kind->to_weight =
        numbers_of(model, "to", number, kind->inputs, kind->width, error);
    kind->to_bias = numbers_of(model, "to", number, kind->width, 1, error);
    const float *distance =
        model_file_numbers(&model->file, "link_distance.weight", TENSOR_FLOAT32,
                           LINK_DISTANCES, 2, error);
    const float *none = model_file_numbers(&model->file, "link_none",
                                           TENSOR_FLOAT32, 2, 1, error);
    if (kind->from_weight == NULL || kind->from_bias == NULL ||
        kind->to_weight == NULL || kind->to_bias == NULL || distance == NULL ||
        none == NULL)
        return false;
    for (size_t i = 0; i < LINK_DISTANCES; i++)
        kind->distance[i] = distance[2 * i + number];
    kind->none = none[number];
    return true;
}

void link_map(const struct link_kind *kind, const float *words,
              struct span span, bool is_origin, float *ends, float *out)
{
    const size_t width = kind->inputs / 2;
    memcpy(ends, words + span.begin * width, width * sizeof *ends);
    memcpy(ends + width, words + (span.end - 1) * width, width * sizeof *ends);
    kind->kernels->map(
        ends, 1, kind->inputs, is_origin ? kind->from_weight : kind->to_weight,
        is_origin ? kind->from_bias : kind->to_bias, out, kind->width);
}

/* From the first words where the target does not begin before the origin,
 * else from the last; classes grow with the power 1.5 of two. */
size_t link_distance(struct span origin, struct span target)
{
    const int64_t way = target.begin >= origin.begin
                            ? (int64_t)target.begin - origin.begin
                            : (int64_t)target.end - origin.end;
    const uint64_t far = (uint64_t)(way < 0 ? -way : way) + 1;
    size_t class = 0;
    while (class < LINK_DISTANCES / 2 - 1 &&
           UINT64_C(4) << (2 * class) <= far * far * far)
        class ++;
    return class + (way >= 0 ? LINK_DISTANCES / 2 : 0);
}

float link_score(const struct link_kind *kind, const float *origin_vector,
                 const float *target_vector, struct span origin,
                 struct span target)
{
    float product = 0;
    for (size_t i = 0; i < kind->width; i++)
        product += origin_vector[i] * target_vector[i];
    return product / 10.0f + kind->distance[link_distance(origin, target)];
}

size_t link_choose(const struct link_kind *kind, const float *scores,
                   size_t count, bool may_be_none, float *probability)
{
    size_t best = count > 0 ? 0 : LINK_NONE;
    float most = kind->none;
    for (size_t i = 0; i < count; i++) {
        if (scores[i] > scores[best])
            best = i;
        most = scores[i] > most ? scores[i] : most;
    }
    if (may_be_none && (best == LINK_NONE || !(scores[best] > kind->none)))
        best = LINK_NONE;
    double sum = exponential((double)kind->none - (double)most);
    for (size_t i = 0; i < count; i++)
        sum += exponential((double)scores[i] - (double)most);
    const float chosen = best == LINK_NONE ? kind->none : scores[best];
    *probability = (float)(exponential((double)chosen - (double)most) / sum);
    return best;
}
