/*
 * model.c - from the container to a network that is ready to run.
 *
 * Every size in the metadata has a ceiling, and every tensor must have just
 * the size that follows from them.
 */
#include "model_parts.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "numbers in the file are read where they lie");

#define WIDTH_MAX 4096
#define INNER_MAX 16384
#define LAYERS_MAX 64
#define LAYER_MATRICES 4
#define MATRIX_MOST 63 /* more, and sums of pairs would saturate */

/* What is gathered while the layers are read. */
struct builder {
    struct model *model;
    struct product_matrix *matrices;
    size_t count;
    int32_t *next_sums;
};

static bool sizes_read(struct model *model, struct error *error)
{
    const struct model_file *file = &model->file;
    if (!model_file_whole(file, "encoder.width", HEAD_SIZE, WIDTH_MAX,
                          &model->width, error) ||
        !model_file_whole(file, "encoder.heads", 1, WIDTH_MAX, &model->heads,
                          error) ||
        !model_file_whole(file, "encoder.layers", 1, LAYERS_MAX,
                          &model->layer_count, error) ||
        !model_file_whole(file, "encoder.inner", 16, INNER_MAX, &model->inner,
                          error) ||
        !model_file_whole(file, "encoder.positions", 1, KEYS_MAX,
                          &model->positions, error) ||
        !model_file_whole(file, "window", WORD_PIECES_MAX, KEYS_MAX,
                          &model->window, error) ||
        !model_file_whole(file, "context", 0, KEYS_MAX, &model->context, error))
        return false;
    if (model->width != model->heads * HEAD_SIZE || model->inner % 16 != 0)
        return error_set(error, ERROR_CORRUPT,
                         "a width of %zu in %zu heads, inner %zu: not ours",
                         model->width, model->heads, model->inner);
    if (model->window + 2 * model->context + 2 > model->positions)
        return error_set(error, ERROR_CORRUPT,
                         "windows are longer than there are positions");
    return true;
}

static bool piece_number(const struct model *model, const char *path,
                         uint32_t *number, struct error *error)
{
    size_t value;
    if (!model_file_whole(&model->file, path, 0, model->vocabulary.count - 1,
                          &value, error))
        return false;
    *number = (uint32_t)value;
    return true;
}

static bool vocabulary_read(struct model *model, struct error *error)
{
    const struct model_file *file = &model->file;
    struct vocabulary *vocabulary = &model->vocabulary;
    size_t count;
    size_t a_word;
    if (!model_file_whole(file, "pieces.count", 1, 1 << 24, &count, error) ||
        !model_file_whole(file, "pieces.a_word", WORD_PIECES_MAX,
                          WORD_PIECES_MAX, &a_word, error))
        return false;
    vocabulary->count = (uint32_t)count;
    const struct tensor *text = model_file_find(file, "vocabulary.text");
    const struct tensor *table = model_file_find(file, "vocabulary.table");
    if (text == NULL || table == NULL || text->kind != TENSOR_UINT8 ||
        table->kind != TENSOR_UINT32 || text->columns != 1 ||
        table->columns != 1 || (table->rows & (table->rows - 1)) != 0 ||
        table->rows > UINT32_C(1) << 26)
        return error_set(error, ERROR_CORRUPT, "the vocabulary is not whole");
    vocabulary->text = text->numbers;
    vocabulary->table = table->numbers;
    vocabulary->slots = (uint32_t)table->rows;
    vocabulary->starts = model_file_numbers(file, "vocabulary.starts",
                                            TENSOR_UINT32, count + 1, 1, error);
    return vocabulary->starts != NULL &&
           piece_number(model, "pieces.unknown", &vocabulary->unknown, error) &&
           piece_number(model, "pieces.begin", &vocabulary->begin, error) &&
           piece_number(model, "pieces.end", &vocabulary->end, error) &&
           vocabulary_check(vocabulary, text->rows, error);
}

/* The tensor "encoder.<part>.<end>". */
static bool numbers_read(const struct model *model, const void **numbers,
                         enum tensor_kind kind, const size_t sizes[2],
                         const char *part, const char *end, struct error *error)
{
    char name[64];
    snprintf(name, sizeof name, "encoder.%s.%s", part, end);
    *numbers =
        model_file_numbers(&model->file, name, kind, sizes[0], sizes[1], error);
    return *numbers != NULL;
}

static bool table_read(const struct model *model, const float **table,
                       const char *name, size_t rows, struct error *error)
{
    const void *numbers;
    if (!numbers_read(model, &numbers, TENSOR_FLOAT32,
                      (const size_t[]){rows, model->width}, name, "weight",
                      error))
        return false;
    *table = numbers;
    return true;
}

static bool norm_read(const struct model *model, struct norm *norm,
                      const char *name, struct error *error)
{
    const size_t sizes[] = {model->width, 1};
    const void *weight;
    const void *bias;
    if (!numbers_read(model, &weight, TENSOR_FLOAT32, sizes, name, "weight",
                      error) ||
        !numbers_read(model, &bias, TENSOR_FLOAT32, sizes, name, "bias", error))
        return false;
    *norm = (struct norm){weight, bias};
    return true;
}

static bool embeddings_read(struct model *model, struct error *error)
{
    const void *word;
    const void *scale;
    if (!numbers_read(model, &word, TENSOR_INT8,
                      (const size_t[]){model->vocabulary.count, model->width},
                      "word", "weight", error) ||
        !numbers_read(model, &scale, TENSOR_FLOAT32,
                      (const size_t[]){model->vocabulary.count, 1}, "word",
                      "scale", error))
        return false;
    model->word = word;
    model->word_scale = scale;
    return table_read(model, &model->position, "position", model->positions,
                      error) &&
           table_read(model, &model->shape, "shape", SHAPES, error) &&
           table_read(model, &model->before, "before", BEFORES, error) &&
           table_read(model, &model->quotation, "quotation", QUOTATIONS,
                      error) &&
           norm_read(model, &model->norm, "norm", error);
}

/* The sum of each row of the matrix, which is a column of what it yields;
 * false where a number is too large. */
static bool matrix_sum(const struct product_matrix *matrix, int32_t *sums)
{
    int is_wrong = 0;
    for (size_t i = 0; i < matrix->outputs; i++) {
        const int8_t *row = matrix->numbers + i * matrix->inputs;
        int32_t sum = 0;
        for (size_t j = 0; j < matrix->inputs; j++) {
            sum += row[j];
            is_wrong |= row[j] > MATRIX_MOST || row[j] < -MATRIX_MOST;
        }
        sums[i] = sum;
    }
    return !is_wrong;
}

static bool linear_read(struct builder *builder, struct linear *linear,
                        const char *name, size_t outputs, size_t inputs,
                        struct error *error)
{
    const struct model *model = builder->model;
    const size_t matrix_sizes[] = {outputs, inputs};
    const size_t sizes[] = {outputs, 1};
    const void *numbers;
    const void *scale;
    const void *bias;
    if (!numbers_read(model, &numbers, TENSOR_INT8, matrix_sizes, name,
                      "weight", error) ||
        !numbers_read(model, &scale, TENSOR_FLOAT32, sizes, name, "scale",
                      error) ||
        !numbers_read(model, &bias, TENSOR_FLOAT32, sizes, name, "bias", error))
        return false;
    struct product_matrix *matrix = &builder->matrices[builder->count];
    *matrix = (struct product_matrix){numbers, inputs, outputs};
    if (!matrix_sum(matrix, builder->next_sums))
        return error_set(error, ERROR_CORRUPT,
                         "encoder.%s.weight: a number beyond %d", name,
                         MATRIX_MOST);
    *linear = (struct linear){builder->count++,
                              {builder->next_sums, scale, bias, outputs}};
    builder->next_sums += outputs;
    return true;
}

static bool layer_read(struct builder *builder, size_t number,
                       struct error *error)
{
    const struct model *model = builder->model;
    struct layer *layer = &model->layers[number];
    const struct {
        struct linear *linear;
        const char *name;
        size_t outputs, inputs;
    } parts[LAYER_MATRICES] = {
        {&layer->attention, "attention", 3 * model->width, model->width},
        {&layer->output, "output", model->width, model->width},
        {&layer->up, "up", model->inner, model->width},
        {&layer->down, "down", model->width, model->inner},
    };
    char name[48];
    for (size_t i = 0; i < LAYER_MATRICES; i++) {
        snprintf(name, sizeof name, "layers.%zu.%s", number, parts[i].name);
        if (!linear_read(builder, parts[i].linear, name, parts[i].outputs,
                         parts[i].inputs, error))
            return false;
    }
    snprintf(name, sizeof name, "layers.%zu.norm1", number);
    if (!norm_read(model, &layer->norm1, name, error))
        return false;
    snprintf(name, sizeof name, "layers.%zu.norm2", number);
    return norm_read(model, &layer->norm2, name, error);
}

static bool layers_read(struct model *model, struct error *error)
{
    const size_t sums = model->layer_count * (5 * model->width + model->inner);
    model->layers = calloc(model->layer_count, sizeof *model->layers);
    model->column_sums = aligned_alloc(64, sums * sizeof(int32_t));
    struct builder builder = {
        .model = model,
        .matrices = calloc(model->layer_count * LAYER_MATRICES,
                           sizeof *builder.matrices),
        .next_sums = model->column_sums,
    };
    bool is_read = model->layers != NULL && model->column_sums != NULL &&
                   builder.matrices != NULL;
    if (!is_read)
        error_set(error, ERROR_LIMIT, "out of memory");
    for (size_t i = 0; is_read && i < model->layer_count; i++)
        is_read = layer_read(&builder, i, error);
    if (is_read) {
        model->products = products_new(builder.matrices, builder.count, error);
        is_read = model->products != NULL;
    }
    free(builder.matrices);
    return is_read;
}

/* Each label set is a list of strings and has a head that wide. */
static bool labels_check(const struct model *model, struct error *error)
{
    json_t *sets = json_object_get(model->file.metadata, "labels");
    const char *name;
    json_t *set;
    if (!json_is_object(sets))
        return error_set(error, ERROR_CORRUPT, "metadata: no label sets");
    json_object_foreach(sets, name, set)
    {
        size_t i;
        json_t *label;
        char head[64];
        json_array_foreach(set, i, label)
        {
            if (!json_is_string(label))
                return error_set(error, ERROR_CORRUPT,
                                 "label set %s: label %zu is no string", name,
                                 i);
        }
        snprintf(head, sizeof head, "%s.weight", name);
        const struct tensor *map = model_file_find(&model->file, head);
        if (map == NULL || map->columns != json_array_size(set))
            return error_set(error, ERROR_CORRUPT,
                             "label set %s: no head of that size", name);
    }
    return true;
}

bool model_has_labels(const struct model *model, const char *name)
{
    const json_t *sets = json_object_get(model->file.metadata, "labels");
    return json_object_get(sets, name) != NULL;
}

bool model_labels_are(const struct model *model, const char *name,
                      const char *const *labels, size_t count,
                      struct error *error)
{
    const json_t *sets = json_object_get(model->file.metadata, "labels");
    const json_t *set = json_object_get(sets, name);
    bool are_same = json_array_size(set) == count;
    for (size_t i = 0; are_same && i < count; i++)
        are_same =
            strcmp(json_string_value(json_array_get(set, i)), labels[i]) == 0;
    if (are_same)
        return true;
    return error_set(error, ERROR_CORRUPT,
                     "label set %s: not the labels this madai knows", name);
}

static bool calibration_read(struct model *model, struct error *error)
{
    const struct tensor *points = model_file_find(&model->file, "calibration");
    if (points == NULL)
        return true;
    if (points->kind != TENSOR_FLOAT32 || points->columns != 2)
        return error_set(error, ERROR_CORRUPT,
                         "calibration: not pairs of float32");
    model->calibration = points->numbers;
    model->calibration_points = points->rows;
    for (size_t i = 2; i < 2 * points->rows; i++)
        if (!(model->calibration[i] >= model->calibration[i - 2]))
            return error_set(error, ERROR_CORRUPT,
                             "calibration: does not rise");
    return true;
}

static bool evidence_read(struct model *model, struct error *error)
{
    const struct tensor *weights =
        model_file_find(&model->file, "evidence.weight");
    if (weights == NULL)
        return true;
    if (weights->kind != TENSOR_FLOAT32 || weights->columns != 1 ||
        weights->rows != EVIDENCE_COUNT + 1)
        return error_set(error, ERROR_CORRUPT,
                         "evidence.weight: not %d x 1 of float32",
                         EVIDENCE_COUNT + 1);
    model->evidence = weights->numbers;
    return true;
}

static bool name_read(struct model *model, struct error *error)
{
    model->name =
        json_string_value(json_object_get(model->file.metadata, "name"));
    return model->name != NULL ||
           error_set(error, ERROR_CORRUPT, "metadata: no name");
}

/* How this machine computes, and whether that is what was asked for. */
static void machine_describe(struct model *model)
{
    const char *wanted = getenv("MADAI_KERNELS");
    const char *name = model->kernels->name;
    if (wanted == NULL || strcmp(wanted, name) == 0)
        snprintf(model->machine, sizeof model->machine, "%s, %s", name,
                 products_name(model->products));
    else
        snprintf(model->machine, sizeof model->machine,
                 "%s, not %.32s as MADAI_KERNELS asks, %s", name, wanted,
                 products_name(model->products));
}

/* Takes over the file, also where it fails. */
static struct model *model_build(struct model_file *file, struct error *error)
{
    struct model *model = calloc(1, sizeof *model);
    if (model == NULL) {
        model_file_close(file);
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    model->file = *file;
    model->kernels = kernels_choose();
    if (name_read(model, error) && sizes_read(model, error) &&
        vocabulary_read(model, error) && embeddings_read(model, error) &&
        labels_check(model, error) && calibration_read(model, error) &&
        evidence_read(model, error) && layers_read(model, error)) {
        machine_describe(model);
        return model;
    }
    model_close(model);
    return NULL;
}

struct model *model_open(const char *path, struct error *error)
{
    struct model_file file;
    return model_file_open(path, &file, error) ? model_build(&file, error)
                                               : NULL;
}

struct model *model_read(struct slice bytes, struct error *error)
{
    struct model_file file;
    return model_file_read(bytes, &file, error) ? model_build(&file, error)
                                                : NULL;
}

void model_close(struct model *model)
{
    if (model == NULL)
        return;
    products_free(model->products);
    free(model->column_sums);
    free(model->layers);
    model_file_close(&model->file);
    free(model);
}

const char *model_sha256(const struct model *model)
{
    return model->file.sha256;
}

const char *model_name(const struct model *model) { return model->name; }

size_t model_calibration(const struct model *model, const float **points)
{
    *points = model->calibration;
    return model->calibration_points;
}

const float *model_evidence(const struct model *model)
{
    return model->evidence;
}

const char *model_machine(const struct model *model) { return model->machine; }
