/*
 * heads.c - linear maps, sequences, links.
 *
 * All heads' maps stand side by side in one, so that a word's vector is read
 * once.
 */
#include "heads.h"

#define SCORES_MAX 48 /* labels of all heads, rounded up to 16 */
#define LINK_KINDS 2  /* content to cue, cue to source */

static const char *const attribution_labels[] = {
    "O", "B-cue", "I-cue", "B-source", "I-source", "B-content", "I-content",
};
static const char *const name_labels[] = {
    "O",       "B-person", "I-person", "B-organisation", "I-organisation",
    "B-place", "I-place",  "B-other",  "I-other",
};
static const struct {
    const char *name;
    const char *const *labels;
    size_t count;
} sets[HEAD_COUNT] = {
    [HEAD_OUTER] = {"outer", attribution_labels, 7},
    [HEAD_INNER] = {"inner", attribution_labels, 7},
    [HEAD_NAMES] = {"names", name_labels, 9},
};

struct heads {
    const struct kernels *kernels;
    size_t width;
    size_t labels;            /* of all heads, rounded up to 16 */
    size_t first[HEAD_COUNT]; /* of each head */
    float *weight;            /* [width][labels] */
    float bias[SCORES_MAX];
    struct crf fields[HEAD_COUNT];
    struct link_kind kinds[LINK_KINDS];

    const float *vectors; /* of the window; borrowed */
    size_t words;
    float *scores; /* [CRF_WORDS_MAX][labels] */
    uint8_t tags[CRF_WORDS_MAX];
    struct crf_paths paths;
    struct crf_marginals marginals;
    struct found found[CRF_WORDS_MAX];
    float *ends;              /* of one span */
    float *origins, *targets; /* [CRF_WORDS_MAX][LINK_WIDTH_MAX] */
};

/* Copies one head's map to its place among all. */
static bool head_read(struct heads *heads, const struct model *model,
                      enum head head, struct error *error)
{
    char name[64];
    const size_t count = sets[head].count;
    if (!model_labels_are(model, sets[head].name, sets[head].labels, count,
                          error))
        return false;
    const float *parts[4];
    const struct {
        const char *suffix;
        size_t rows, columns;
    } tensors[4] = {
        {".weight", model->width, count},
        {".bias", count, 1},
        {"_crf.transitions", count, count},
        {"_crf.start", count, 1},
    };
    for (size_t i = 0; i < 4; i++) {
        snprintf(name, sizeof name, "%s%s", sets[head].name, tensors[i].suffix);
        parts[i] =
            model_file_numbers(&model->file, name, TENSOR_FLOAT32,
                               tensors[i].rows, tensors[i].columns, error);
        if (parts[i] == NULL)
            return false;
    }
    for (size_t row = 0; row < model->width; row++)
        memcpy(heads->weight + row * heads->labels + heads->first[head],
               parts[0] + row * count, count * sizeof(float));
    memcpy(heads->bias + heads->first[head], parts[1], count * sizeof(float));
    crf_set(&heads->fields[head], count, parts[2], parts[3]);
    return true;
}

static void *floats_take(size_t count)
{
    const size_t bytes = (count * sizeof(float) + 63) / 64 * 64;
    void *memory = aligned_alloc(64, bytes);
    return memory == NULL ? NULL : memset(memory, 0, bytes);
}

static bool heads_take(struct heads *heads, struct error *error)
{
    heads->weight = floats_take(heads->width * heads->labels);
    heads->scores = floats_take(CRF_WORDS_MAX * heads->labels);
    heads->ends = floats_take(2 * heads->width);
    heads->origins = floats_take(CRF_WORDS_MAX * LINK_WIDTH_MAX);
    heads->targets = floats_take(CRF_WORDS_MAX * LINK_WIDTH_MAX);
    if (heads->weight != NULL && heads->scores != NULL && heads->ends != NULL &&
        heads->origins != NULL && heads->targets != NULL)
        return true;
    return error_set(error, ERROR_LIMIT, "out of memory");
}

struct heads *heads_new(const struct model *model, struct error *error)
{
    struct heads *heads = aligned_alloc(64, (sizeof *heads + 63) / 64 * 64);
    if (heads == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    memset(heads, 0, sizeof *heads);
    heads->kernels = model->kernels;
    heads->width = model->width;
    for (size_t i = 0; i < HEAD_COUNT; i++) {
        heads->first[i] = heads->labels;
        heads->labels += sets[i].count;
    }
    heads->labels = (heads->labels + 15) / 16 * 16;
    bool is_ready = heads_take(heads, error);
    for (enum head i = 0; is_ready && i < HEAD_COUNT; i++)
        is_ready = head_read(heads, model, i, error);
    for (size_t i = 0; is_ready && i < LINK_KINDS; i++)
        is_ready = link_kind_read(model, i, &heads->kinds[i], error);
    if (is_ready)
        return heads;
    heads_free(heads);
    return NULL;
}

void heads_free(struct heads *heads)
{
    if (heads == NULL)
        return;
    free(heads->weight);
    free(heads->scores);
    free(heads->ends);
    free(heads->origins);
    free(heads->targets);
    free(heads);
}

void heads_score(struct heads *heads, const float *vectors, size_t words)
{
    _Alignas(64) float bias[SCORES_MAX];
    memcpy(bias, heads->bias, sizeof bias);
    heads->vectors = vectors;
    heads->words = words;
    heads->kernels->map(vectors, words, heads->width, heads->weight, bias,
                        heads->scores, heads->labels);
}

static size_t pieces_find(struct heads *heads, enum head head)
{
    const struct crf *field = &heads->fields[head];
    const struct crf_scores scores = {heads->scores + heads->first[head],
                                      heads->labels, heads->words};
    crf_decode(field, scores, &heads->paths, heads->tags);
    struct span words = {0, 0};
    size_t type;
    size_t count = 0;
    while (
        crf_piece_next(heads->tags, heads->words, words.end, &words, &type)) {
        if (count == 0)
            crf_sum(field, scores, &heads->marginals);
        heads->found[count++] = (struct found){
            .words = words,
            .type = (uint8_t)type,
            .probability =
                (float)crf_piece(field, &heads->marginals, words, 2 * type + 1),
            .link = TEXT_NONE,
        };
    }
    return count;
}

/* The vectors of all pieces of one role, one after another. */
static size_t pieces_map(struct heads *heads, const struct link_kind *kind,
                         size_t count, enum piece_role role, bool is_origin,
                         float *vectors)
{
    size_t mapped = 0;
    for (size_t i = 0; i < count; i++)
        if (heads->found[i].type == role)
            link_map(kind, heads->vectors, heads->found[i].words, is_origin,
                     heads->ends, vectors + mapped++ * kind->width);
    return mapped;
}

/* Links each piece of role `from` to one of role `to`. */
static void pieces_link(struct heads *heads, size_t count, size_t number,
                        enum piece_role from, enum piece_role to,
                        bool may_be_none)
{
    const struct link_kind *kind = &heads->kinds[number];
    const size_t origins =
        pieces_map(heads, kind, count, from, true, heads->origins);
    if (origins == 0)
        return;
    pieces_map(heads, kind, count, to, false, heads->targets);
    const float *vector = heads->origins;
    for (size_t i = 0; i < count; i++) {
        struct found *origin = &heads->found[i];
        if (origin->type != from)
            continue;
        float scores[CRF_WORDS_MAX];
        uint32_t candidates[CRF_WORDS_MAX];
        size_t n = 0;
        for (size_t j = 0; j < count; j++) {
            if (heads->found[j].type != to)
                continue;
            scores[n] =
                link_score(kind, vector, heads->targets + n * kind->width,
                           origin->words, heads->found[j].words);
            candidates[n++] = (uint32_t)j;
        }
        const size_t best = link_choose(kind, scores, n, may_be_none,
                                        &origin->link_probability);
        if (best != LINK_NONE)
            origin->link = candidates[best];
        vector += kind->width;
    }
}

size_t heads_find(struct heads *heads, enum head head,
                  const struct found **found)
{
    const size_t count = pieces_find(heads, head);
    if (head != HEAD_NAMES) {
        pieces_link(heads, count, 0, PIECE_CONTENT, PIECE_CUE, false);
        pieces_link(heads, count, 1, PIECE_CUE, PIECE_SOURCE, true);
    }
    *found = heads->found;
    return count;
}
