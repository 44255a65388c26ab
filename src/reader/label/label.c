/*
 * label.c - windows through the encoder and the heads, and put together.
 *
 * Invariants
 *   1. A piece belongs to the window in whose core it begins; where windows
 *      overlap, what another one sees of it is left out.
 *   2. Pieces of one layer, and names, do not overlap.
 *   3. A link to a piece of another window is kept as a place, and becomes an
 *      index when all pieces are known.
 */
#include "label.h"

#include <fenv.h>

#include "predicates.h"
#include "word_features.h"

struct labeller {
    const struct model *model;
    struct encoder *encoder;
    struct heads *heads;
    struct encoder_batch batch;
    struct window windows[ENCODER_WINDOWS];
    struct encoder_piece pieces[ENCODER_ROWS];
    uint32_t firsts[ENCODER_ROWS];
    size_t rows, words; /* of the batch so far */
    bool wants_frames, wants_extents, wants_roles;
    struct antecedents *antecedents; /* NULL where the model has none */
};

/* A link whose target another window has to find. */
struct open_link {
    uint32_t piece;
    struct span target;
    enum piece_role role;
};

typedef LIST(struct labelled_piece) piece_list;

/* One text being labelled. */
struct job {
    struct labeller *labeller;
    const struct text *text;
    const uint8_t *quotations;
    struct arena *arena;
    struct labels *labels;
    piece_list pieces[2]; /* of each layer */
    LIST(struct open_link) open[2];
    uint32_t seen; /* behind the last token of the window before */
};

struct labeller *labeller_new(const struct model *model, struct error *error)
{
    struct labeller *labeller = calloc(1, sizeof *labeller);
    if (labeller == NULL) {
        error_set(error, ERROR_LIMIT, "out of memory");
        return NULL;
    }
    labeller->model = model;
    labeller->heads = heads_new(model, error);
    if (labeller->heads != NULL)
        labeller->encoder = encoder_new(model, error);
    if (labeller->encoder != NULL &&
        antecedents_new(model, &labeller->antecedents, error))
        return labeller;
    labeller_free(labeller);
    return NULL;
}

void labeller_free(struct labeller *labeller)
{
    if (labeller == NULL)
        return;
    encoder_free(labeller->encoder);
    heads_free(labeller->heads);
    antecedents_free(labeller->antecedents);
    free(labeller);
}

const struct model *labeller_model(const struct labeller *labeller)
{
    return labeller->model;
}

void labeller_want_frames(struct labeller *labeller, bool is_wanted)
{
    labeller->wants_frames = is_wanted;
}

void labeller_want_extents(struct labeller *labeller, bool is_wanted)
{
    labeller->wants_extents = is_wanted;
}

void labeller_want_roles(struct labeller *labeller, bool is_wanted)
{
    labeller->wants_roles = is_wanted;
}

bool labeller_has_mentions(const struct labeller *labeller)
{
    return labeller->antecedents != NULL &&
           heads_have_mentions(labeller->heads);
}

bool labeller_has_frames(const struct labeller *labeller)
{
    return heads_have_frames(labeller->heads);
}

static bool names_add(struct job *job, const struct window *window,
                      struct error *error)
{
    const struct found *found;
    const size_t count = heads_find(job->labeller->heads, HEAD_NAMES, &found);
    for (size_t i = 0; i < count; i++) {
        struct labelled_name name = {
            .tokens = window_tokens(window, found[i].words),
            .type = (enum name_type)found[i].type,
            .probability = found[i].probability,
        };
        const size_t before = job->labels->names.count;
        const uint32_t taken =
            before > 0 ? job->labels->names.items[before - 1].tokens.end : 0;
        if (!window_owns(window, name.tokens.begin) ||
            name.tokens.begin < taken)
            continue;
        if (!list_push(job->arena, &job->labels->names, name, error))
            return false;
    }
    return true;
}

/* Whether a paragraph was cut before this token in the midst of a sentence
 * or of a quotation: a content on either side is then one. */
static bool is_rough_seam(const struct job *job, uint32_t token)
{
    const struct text *text = job->text;
    if (text->paragraphs.items[text_paragraph_of(text, token)].begin == token)
        return false;
    return text->sentences.items[text_sentence_of(text, token)].begin !=
               token ||
           job->quotations[token] != QUOTATION_NONE;
}

/* Whether this piece, which the window found, goes on with the last one of
 * the windows before, whose sight ended at that one's end. */
static bool goes_on(const struct job *job, const struct window *window,
                    const struct labelled_piece *last, enum piece_role role,
                    struct span tokens)
{
    if (last->role != role || last->tokens.end != job->seen ||
        last->tokens.begin >= window->core.begin)
        return false;
    if (tokens.begin < last->tokens.end)
        return tokens.end > last->tokens.end;
    return tokens.begin == last->tokens.end && role == PIECE_CONTENT &&
           is_rough_seam(job, tokens.begin);
}

/* Takes over a piece of the window; `*place` is its index in the layer, or
 * TEXT_NONE where it belongs to another window. */
static bool piece_add(struct job *job, const struct window *window,
                      enum piece_layer layer, const struct found *found,
                      uint32_t *place, struct error *error)
{
    piece_list *pieces = &job->pieces[layer];
    struct labelled_piece piece = {
        .tokens = window_tokens(window, found->words),
        .role = (enum piece_role)found->type,
        .layer = layer,
        .probability = found->probability,
        .link = TEXT_NONE,
        .link_probability = found->link_probability,
    };
    *place = TEXT_NONE;
    if (pieces->count > 0) {
        struct labelled_piece *last = &pieces->items[pieces->count - 1];
        if (goes_on(job, window, last, piece.role, piece.tokens)) {
            last->tokens.end = piece.tokens.end;
            *place = (uint32_t)(pieces->count - 1);
            return true;
        }
        if (piece.tokens.begin < last->tokens.end)
            return true;
    }
    if (!window_owns(window, piece.tokens.begin))
        return true;
    *place = (uint32_t)pieces->count;
    return list_push(job->arena, pieces, piece, error);
}

static bool layer_add(struct job *job, const struct window *window,
                      enum piece_layer layer, struct error *error)
{
    const struct found *found;
    uint32_t places[CRF_WORDS_MAX];
    const size_t count =
        heads_find(job->labeller->heads,
                   layer == LAYER_OUTER ? HEAD_OUTER : HEAD_INNER, &found);
    for (size_t i = 0; i < count; i++)
        if (!piece_add(job, window, layer, &found[i], &places[i], error))
            return false;
    for (size_t i = 0; i < count; i++) {
        if (places[i] == TEXT_NONE || found[i].link == TEXT_NONE)
            continue;
        struct labelled_piece *piece = &job->pieces[layer].items[places[i]];
        if (piece->link != TEXT_NONE)
            continue; /* joined to one that has its link */
        piece->link = places[found[i].link];
        piece->link_probability = found[i].link_probability;
        const struct found *target = &found[found[i].link];
        const struct open_link open = {places[i],
                                       window_tokens(window, target->words),
                                       (enum piece_role)target->type};
        if (piece->link == TEXT_NONE &&
            !list_push(job->arena, &job->open[layer], open, error))
            return false;
    }
    return true;
}

/* The piece of this role that the tokens touch, or TEXT_NONE. */
static uint32_t piece_at(const piece_list *pieces, struct span tokens,
                         enum piece_role role)
{
    size_t low = 0;
    size_t high = pieces->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (pieces->items[middle].tokens.end <= tokens.begin)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < pieces->count && pieces->items[low].tokens.begin < tokens.end;
         low++)
        if (pieces->items[low].role == role)
            return (uint32_t)low;
    return TEXT_NONE;
}

static bool window_add(struct job *job, const struct window *window,
                       struct error *error)
{
    const struct scored_window scored = {job->labeller->heads, job->text,
                                         window, job->arena, job->labels};
    return names_add(job, window, error) &&
           layer_add(job, window, LAYER_OUTER, error) &&
           layer_add(job, window, LAYER_INNER, error) &&
           acts_add(&scored, error) &&
           (!job->labeller->wants_roles || roles_add(&scored, error)) &&
           (!job->labeller->wants_frames || frames_add(&scored, error)) &&
           (!labeller_has_mentions(job->labeller) ||
            mentions_add(&scored, job->labeller->antecedents,
                         job->labeller->wants_extents, error));
}

static bool batch_run(struct job *job, struct error *error)
{
    struct labeller *labeller = job->labeller;
    struct encoder_batch *batch = &labeller->batch;
    if (batch->window_count == 0)
        return true;
    const float *vectors = encoder_run(labeller->encoder, batch, error);
    if (vectors == NULL)
        return false;
    for (size_t i = 0; i < batch->window_count; i++) {
        const struct window *window = &labeller->windows[i];
        heads_score(labeller->heads, vectors, batch->words[i]);
        if (!window_add(job, window, error))
            return false;
        job->seen = window->tokens.end;
        vectors += batch->words[i] * labeller->model->width;
    }
    batch->window_count = 0;
    labeller->rows = labeller->words = 0;
    return true;
}

static void batch_add(struct labeller *labeller, const struct windows *windows,
                      const struct window *window)
{
    struct encoder_batch *batch = &labeller->batch;
    const uint32_t words = window->tokens.end - window->tokens.begin;
    window_fill(windows, window, labeller->pieces + labeller->rows,
                labeller->firsts + labeller->words);
    labeller->windows[batch->window_count] = *window;
    batch->rows[batch->window_count] = window->rows;
    batch->words[batch->window_count] = words;
    batch->window_count++;
    labeller->rows += window->rows;
    labeller->words += words;
}

static bool windows_label(struct job *job, struct error *error)
{
    struct labeller *labeller = job->labeller;
    struct windows windows = {.model = labeller->model,
                              .text = job->text,
                              .quotations = job->quotations};
    struct window window;
    labeller->batch = (struct encoder_batch){.pieces = labeller->pieces,
                                             .firsts = labeller->firsts};
    labeller->rows = labeller->words = 0;
    while (window_next(&windows, &window)) {
        if ((labeller->rows + window.rows > ENCODER_ROWS ||
             labeller->batch.window_count == ENCODER_WINDOWS) &&
            !batch_run(job, error))
            return false;
        batch_add(labeller, &windows, &window);
    }
    return batch_run(job, error);
}

/* Both layers in one list: the inner one is put behind the outer one. */
static bool layers_join(struct job *job, struct error *error)
{
    for (int layer = 0; layer < 2; layer++)
        for (size_t i = 0; i < job->open[layer].count; i++) {
            const struct open_link *open = &job->open[layer].items[i];
            piece_list *pieces = &job->pieces[layer];
            struct labelled_piece *piece = &pieces->items[open->piece];
            if (piece->link == TEXT_NONE)
                piece->link = piece_at(pieces, open->target, open->role);
        }
    const piece_list *inner = &job->pieces[LAYER_INNER];
    const uint32_t first = (uint32_t)job->pieces[LAYER_OUTER].count;
    bool is_joined = true;
    for (size_t i = 0; is_joined && i < inner->count; i++) {
        struct labelled_piece piece = inner->items[i];
        if (piece.link != TEXT_NONE)
            piece.link += first;
        is_joined =
            list_push(job->arena, &job->pieces[LAYER_OUTER], piece, error);
    }
    job->labels->pieces.items = job->pieces[LAYER_OUTER].items;
    job->labels->pieces.count = job->pieces[LAYER_OUTER].count;
    job->labels->pieces.capacity = job->pieces[LAYER_OUTER].capacity;
    return is_joined;
}

bool label_text(struct labeller *labeller, const struct text *text,
                struct arena *arena, struct labels *labels, struct error *error)
{
    struct job job = {.labeller = labeller,
                      .text = text,
                      .quotations = windows_quotations(text, arena, error),
                      .arena = arena,
                      .labels = labels};
    *labels = (struct labels){.has_acts = heads_have_acts(labeller->heads)};
    if (job.quotations == NULL)
        return false;
    if (labeller->antecedents != NULL)
        antecedents_begin(labeller->antecedents);
    /* A program that uses the library may have set another rounding, or
     * small numbers to zero. */
    fenv_t before;
    fegetenv(&before);
    fesetenv(FE_DFL_ENV);
    const int threads = products_one_thread();
    const bool is_labelled =
        windows_label(&job, error) && layers_join(&job, error);
    products_threads(threads);
    fesetenv(&before);
    return is_labelled;
}
