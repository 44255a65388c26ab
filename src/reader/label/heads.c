/*
 * heads.c - linear maps, sequences, links.
 *
 * All heads' maps stand side by side in one, so that a word's vector is read
 * once.
 */
#include "heads.h"

#include "exponential.h"

#define LINK_KINDS 2 /* content to cue, cue to source */
/* The maps of several heads side by side: of what is asked of every word, and
 * of what is asked of triggers only. */
enum { MAP_ALL, MAP_TRIGGERS, MAP_COUNT };
#define SCORES_MAX 64 /* labels of a map, rounded up to 16 */

struct map {
    size_t labels;          /* of all its heads, rounded up to 16 */
    float *weight;          /* [width][labels] */
    float bias[SCORES_MAX]; /* of the labels */
};

struct heads {
    const struct kernels *kernels;
    size_t width;
    struct map maps[MAP_COUNT];
    size_t first[HEAD_ARGUMENTS]; /* label of each head in its map */
    bool is_there[HEAD_ARGUMENTS];
    struct crf fields[HEAD_SEQUENCES];
    struct link_kind kinds[LINK_KINDS];
    struct beside *beside; /* NULL where the model has none */

    const float *vectors; /* of the window; borrowed */
    size_t words;
    float *scores; /* [CRF_WORDS_MAX][labels of MAP_ALL] */
    uint8_t tags[CRF_WORDS_MAX];
    struct crf_paths paths;
    struct crf_marginals marginals;
    struct found found[CRF_WORDS_MAX];
    struct found likely[CRF_WORDS_MAX];
    float *ends;              /* of one span */
    float *origins, *targets; /* [CRF_WORDS_MAX][LINK_WIDTH_MAX] */
};

static struct map *map_of(struct heads *heads, enum head head)
{
    return &heads->maps[head < HEAD_CODES ? MAP_ALL : MAP_TRIGGERS];
}

/* Copies one head's map to its place among those of its kind. */
static void head_place(struct heads *heads, enum head head,
                       const struct head_tensors *tensors)
{
    struct map *map = map_of(heads, head);
    float *weight = map->weight + heads->first[head];
    for (size_t row = 0; row < heads->width; row++)
        memcpy(weight + row * map->labels,
               tensors->weight + row * tensors->labels,
               tensors->labels * sizeof(float));
    memcpy(map->bias + heads->first[head], tensors->bias,
           tensors->labels * sizeof(float));
    if (head < HEAD_SEQUENCES)
        crf_set(&heads->fields[head], tensors->labels, tensors->transitions,
                tensors->start);
}

static void *floats_take(size_t count)
{
    const size_t bytes = (count * sizeof(float) + 63) / 64 * 64;
    void *memory = aligned_alloc(64, bytes);
    return memory == NULL ? NULL : memset(memory, 0, bytes);
}

static bool heads_take(struct heads *heads, struct error *error)
{
    bool is_taken = true;
    for (size_t i = 0; i < MAP_COUNT; i++) {
        struct map *map = &heads->maps[i];
        map->labels = (map->labels + 15) / 16 * 16;
        map->weight = floats_take(heads->width * map->labels + 1);
        is_taken = is_taken && map->weight != NULL;
    }
    heads->scores = floats_take(CRF_WORDS_MAX * heads->maps[MAP_ALL].labels);
    heads->ends = floats_take(2 * heads->width);
    heads->origins = floats_take(CRF_WORDS_MAX * LINK_WIDTH_MAX);
    heads->targets = floats_take(CRF_WORDS_MAX * LINK_WIDTH_MAX);
    if (is_taken && heads->scores != NULL && heads->ends != NULL &&
        heads->origins != NULL && heads->targets != NULL)
        return true;
    return error_set(error, ERROR_LIMIT, "out of memory");
}

static bool maps_read(struct heads *heads, const struct model *model,
                      struct error *error)
{
    struct head_tensors tensors[HEAD_ARGUMENTS];
    for (enum head i = 0; i < HEAD_ARGUMENTS; i++) {
        struct map *map = map_of(heads, i);
        if (!head_read(model, i, heads->width, &tensors[i], error))
            return false;
        heads->first[i] = map->labels;
        heads->is_there[i] = tensors[i].labels > 0;
        map->labels += tensors[i].labels;
    }
    if (!heads_take(heads, error))
        return false;
    for (enum head i = 0; i < HEAD_ARGUMENTS; i++)
        if (heads->is_there[i])
            head_place(heads, i, &tensors[i]);
    return true;
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
    bool is_ready = maps_read(heads, model, error) &&
                    beside_new(model, &heads->beside, error);
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
    for (size_t i = 0; i < MAP_COUNT; i++)
        free(heads->maps[i].weight);
    beside_free(heads->beside);
    free(heads->scores);
    free(heads->ends);
    free(heads->origins);
    free(heads->targets);
    free(heads);
}

static void map_run(const struct heads *heads, const struct map *map,
                    const float *vectors, size_t words, float *scores)
{
    _Alignas(64) float bias[SCORES_MAX];
    memcpy(bias, map->bias, sizeof bias);
    heads->kernels->map(vectors, words, heads->width, map->weight, bias, scores,
                        map->labels);
}

void heads_score(struct heads *heads, const float *vectors, size_t words)
{
    heads->vectors = vectors;
    heads->words = words;
    map_run(heads, &heads->maps[MAP_ALL], vectors, words, heads->scores);
    if (heads->beside != NULL)
        beside_begin(heads->beside, vectors, words);
}

/* The pieces of a sequence, without links. */
static size_t sequence_find(struct heads *heads, const struct crf *field,
                            struct crf_scores scores, bool has_probability)
{
    crf_decode(field, scores, &heads->paths, heads->tags);
    struct span words = {0, 0};
    size_t type;
    size_t count = 0;
    while (
        crf_piece_next(heads->tags, scores.words, words.end, &words, &type)) {
        if (count == 0 && has_probability)
            crf_sum(field, scores, &heads->marginals);
        heads->found[count] = (struct found){
            .words = words, .type = (uint8_t)type, .link = TEXT_NONE};
        if (has_probability)
            heads->found[count].probability =
                (float)crf_piece(field, &heads->marginals, words, 2 * type + 1);
        count++;
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

static struct crf_scores scores_of(const struct heads *heads, enum head head)
{
    return (struct crf_scores){heads->scores + heads->first[head],
                               heads->maps[MAP_ALL].labels, heads->words};
}

size_t heads_find(struct heads *heads, enum head head,
                  const struct found **found)
{
    const size_t count = sequence_find(heads, &heads->fields[head],
                                       scores_of(heads, head), true);
    if (head == HEAD_OUTER || head == HEAD_INNER) {
        pieces_link(heads, count, 0, PIECE_CONTENT, PIECE_CUE, false);
        pieces_link(heads, count, 1, PIECE_CUE, PIECE_SOURCE, true);
    }
    *found = heads->found;
    return count;
}

/* Adds the single word, by its most probable type. */
static void add_likely(struct heads *heads, const struct crf *field,
                       uint32_t word, float least, size_t *count)
{
    struct found best = {
        .words = {word, word + 1}, .link = TEXT_NONE, .is_likely = true};
    for (size_t type = 0; 2 * type + 1 < field->labels; type++) {
        const float probability = (float)crf_piece(field, &heads->marginals,
                                                   best.words, 2 * type + 1);
        if (probability > best.probability) {
            best.probability = probability;
            best.type = (uint8_t)type;
        }
    }
    if (best.probability >= least)
        heads->likely[(*count)++] = best;
}

size_t heads_find_likely(struct heads *heads, enum head head, float least,
                         const struct found **found)
{
    const struct crf *field = &heads->fields[head];
    const struct found *sure;
    const size_t sure_count = heads_find(heads, head, &sure);
    size_t count = 0;
    uint32_t word = 0;
    if (sure_count == 0)
        crf_sum(field, scores_of(heads, head), &heads->marginals);
    for (size_t i = 0; i <= sure_count; i++) {
        const uint32_t end =
            i < sure_count ? sure[i].words.begin : (uint32_t)heads->words;
        for (; word < end; word++)
            add_likely(heads, field, word, least, &count);
        if (i < sure_count) {
            heads->likely[count++] = sure[i];
            word = sure[i].words.end;
        }
    }
    *found = heads->likely;
    return count;
}

bool heads_have_frames(const struct heads *heads)
{
    return heads->is_there[HEAD_PREDICATES] &&
           beside_has(heads->beside, HEAD_ARGUMENTS);
}

bool heads_have_acts(const struct heads *heads)
{
    return heads->is_there[HEAD_ACTS] && heads->is_there[HEAD_CODES] &&
           heads->is_there[HEAD_MODALITIES] &&
           heads->is_there[HEAD_POLARITIES] &&
           beside_has(heads->beside, HEAD_PARTICIPANTS);
}

bool heads_have_roles(const struct heads *heads)
{
    return heads->is_there[HEAD_ROLES];
}

bool heads_have_mentions(const struct heads *heads)
{
    return heads->is_there[HEAD_MENTIONS] &&
           beside_has(heads->beside, HEAD_EXTENTS);
}

const float *heads_vector(const struct heads *heads, uint32_t word)
{
    return heads->vectors + word * heads->width;
}

/* The best of the scores, and its share of e to all of them. */
static size_t best_of(const float *scores, size_t count, float *probability)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (scores[i] > scores[best])
            best = i;
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += exponential((double)scores[i] - (double)scores[best]);
    *probability = (float)(1.0 / sum);
    return best;
}

size_t heads_word(struct heads *heads, enum head head, uint32_t word,
                  float *probability)
{
    _Alignas(64) float scores[SCORES_MAX];
    const struct map *map = map_of(heads, head);
    const float *found = heads->scores + word * map->labels;
    if (head >= HEAD_CODES) {
        map_run(heads, map, heads->vectors + word * heads->width, 1, scores);
        found = scores;
    }
    return best_of(found + heads->first[head], head_labels(head), probability);
}

size_t heads_beside(struct heads *heads, enum head head, uint32_t word,
                    struct span among, const struct found **found)
{
    const size_t count =
        sequence_find(heads, beside_field(heads->beside, head),
                      beside_score(heads->beside, head, word, among),
                      head == HEAD_PARTICIPANTS);
    for (size_t i = 0; i < count; i++) {
        heads->found[i].words.begin += among.begin;
        heads->found[i].words.end += among.begin;
    }
    *found = heads->found;
    return count;
}
