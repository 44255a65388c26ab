/*
 * test_label.c - whole texts through the small model: what holds of any
 * labels, whatever the weights.
 */
#include <fenv.h>
#include <pthread.h>

#include "arena_fail.h"
#include "label.h"
#include "tiny.h"
#include "windows.h"

#define REPORT "tests/label/report.txt"

/* A text with its labels, and all that they live in. */
struct labelled {
    struct arena *arena;
    struct file file;
    struct text text;
    struct labels labels;
};

static void labelled_free(struct labelled *labelled)
{
    arena_release(labelled->arena);
    file_close(&labelled->file);
}

static void analyse(struct labelled *labelled, struct slice bytes)
{
    struct error error = {0};
    labelled->arena = arena_new((size_t)1 << 30);
    assert_non_null(labelled->arena);
    assert_true(text_analyse(bytes, labelled->arena, &labelled->text, &error));
}

static struct labelled analyse_file(const char *path)
{
    struct error error = {0};
    struct labelled labelled = {0};
    assert_true(file_read(path, 1 << 24, &labelled.file, &error));
    analyse(&labelled, labelled.file.bytes);
    return labelled;
}

static void label(const struct model *model, struct labelled *labelled)
{
    struct error error = {0};
    struct labeller *labeller = labeller_new(model, &error);
    assert_non_null(labeller);
    labeller_want_frames(labeller, true);
    labeller_want_extents(labeller, true);
    labeller_want_roles(labeller, true);
    if (!label_text(labeller, &labelled->text, labelled->arena,
                    &labelled->labels, &error))
        fail_msg("%s", error.text);
    labeller_free(labeller);
}

static void assert_same_frames(const struct labels *a, const struct labels *b)
{
    assert_int_equal(a->acts.count, b->acts.count);
    assert_int_equal(a->participants.count, b->participants.count);
    assert_int_equal(a->frames.count, b->frames.count);
    assert_int_equal(a->arguments.count, b->arguments.count);
    assert_int_equal(a->mentions.count, b->mentions.count);
    for (size_t i = 0; i < a->mentions.count; i++)
        assert_true(a->mentions.items[i].antecedent ==
                        b->mentions.items[i].antecedent &&
                    a->mentions.items[i].antecedent_probability ==
                        b->mentions.items[i].antecedent_probability);
    for (size_t i = 0; i < a->acts.count; i++) {
        const struct labelled_act *x = &a->acts.items[i];
        const struct labelled_act *y = &b->acts.items[i];
        assert_true(x->trigger.begin == y->trigger.begin &&
                    x->trigger.end == y->trigger.end && x->code == y->code &&
                    x->modality == y->modality && x->polarity == y->polarity &&
                    x->probability == y->probability &&
                    x->code_probability == y->code_probability);
    }
    for (size_t i = 0; i < a->participants.count; i++) {
        const struct labelled_participant *x = &a->participants.items[i];
        const struct labelled_participant *y = &b->participants.items[i];
        assert_true(x->tokens.begin == y->tokens.begin &&
                    x->tokens.end == y->tokens.end && x->role == y->role &&
                    x->probability == y->probability);
    }
    for (size_t i = 0; i < a->arguments.count; i++) {
        const struct labelled_argument *x = &a->arguments.items[i];
        const struct labelled_argument *y = &b->arguments.items[i];
        assert_true(x->tokens.begin == y->tokens.begin &&
                    x->tokens.end == y->tokens.end && x->role == y->role);
    }
}

static void assert_same_labels(const struct labels *a, const struct labels *b)
{
    assert_same_frames(a, b);
    assert_int_equal(a->names.count, b->names.count);
    assert_int_equal(a->pieces.count, b->pieces.count);
    for (size_t i = 0; i < a->names.count; i++) {
        const struct labelled_name *x = &a->names.items[i];
        const struct labelled_name *y = &b->names.items[i];
        assert_true(x->tokens.begin == y->tokens.begin &&
                    x->tokens.end == y->tokens.end && x->type == y->type &&
                    x->probability == y->probability);
    }
    for (size_t i = 0; i < a->pieces.count; i++) {
        const struct labelled_piece *x = &a->pieces.items[i];
        const struct labelled_piece *y = &b->pieces.items[i];
        assert_true(x->tokens.begin == y->tokens.begin &&
                    x->tokens.end == y->tokens.end && x->role == y->role &&
                    x->layer == y->layer && x->link == y->link &&
                    x->probability == y->probability &&
                    x->link_probability == y->link_probability);
    }
}

static void check_link(const struct labels *labels, size_t i)
{
    const struct labelled_piece *piece = &labels->pieces.items[i];
    assert_true(piece->link_probability >= 0.0f &&
                piece->link_probability <= 1.0f);
    if (piece->link == TEXT_NONE)
        return;
    assert_true(piece->link < labels->pieces.count);
    const struct labelled_piece *target = &labels->pieces.items[piece->link];
    assert_int_equal(target->layer, piece->layer);
    assert_true((piece->role == PIECE_CONTENT && target->role == PIECE_CUE) ||
                (piece->role == PIECE_CUE && target->role == PIECE_SOURCE));
}

/* Those beside a word: in its paragraph, near it, in order. */
static void check_beside(const struct labelled *labelled, uint32_t word,
                         struct span tokens, uint32_t *taken)
{
    const struct text *text = &labelled->text;
    const struct span paragraph =
        text->paragraphs.items[text_paragraph_of(text, word)];
    assert_true(tokens.begin >= *taken && tokens.begin < tokens.end);
    assert_true(span_contains(paragraph, tokens));
    assert_true(tokens.begin + 40 >= word && tokens.end <= word + 41);
    *taken = tokens.end;
}

static void check_acts(const struct labelled *labelled)
{
    const struct labels *labels = &labelled->labels;
    uint32_t last = 0;
    size_t count = 0;
    for (size_t i = 0; i < labels->acts.count; i++) {
        const struct labelled_act *act = &labels->acts.items[i];
        uint32_t taken = 0;
        assert_true(act->trigger.begin >= last &&
                    act->trigger.begin < act->trigger.end &&
                    act->trigger.end <= labelled->text.tokens.count);
        assert_true(act->probability > 0.0f && act->probability <= 1.0f &&
                    act->code_probability > 0.0f &&
                    act->code_probability <= 1.0f);
        assert_true(act->code < ACT_CODE_COUNT && act->first == count);
        for (uint32_t j = act->first; j < act->first + act->count; j++)
            check_beside(labelled, act->trigger.begin,
                         labels->participants.items[j].tokens, &taken);
        last = act->trigger.end;
        count += act->count;
    }
    assert_int_equal(count, labels->participants.count);
}

static void check_frames(const struct labelled *labelled)
{
    const struct labels *labels = &labelled->labels;
    size_t count = 0;
    for (size_t i = 0; i < labels->frames.count; i++) {
        const struct labelled_frame *frame = &labels->frames.items[i];
        uint32_t taken = 0;
        assert_true(frame->predicate < labelled->text.tokens.count);
        assert_true(i == 0 || frame->predicate > frame[-1].predicate);
        assert_true(frame->kind != PREDICATE_NONE && frame->first == count);
        for (uint32_t j = frame->first; j < frame->first + frame->count; j++) {
            assert_true(labels->arguments.items[j].role < ARGUMENT_COUNT);
            check_beside(labelled, frame->predicate,
                         labels->arguments.items[j].tokens, &taken);
        }
        count += frame->count;
    }
    assert_int_equal(count, labels->arguments.count);
}

static void check_mentions(const struct labelled *labelled)
{
    const struct labels *labels = &labelled->labels;
    for (size_t i = 0; i < labels->mentions.count; i++) {
        const struct labelled_mention *mention = &labels->mentions.items[i];
        uint32_t taken = 0;
        assert_true(i == 0 || mention->head > mention[-1].head);
        check_beside(labelled, mention->head, mention->tokens, &taken);
        assert_true(mention->tokens.begin <= mention->head &&
                    mention->head < mention->tokens.end);
        assert_true(mention->antecedent == TEXT_NONE ||
                    mention->antecedent < i);
        assert_true(mention->antecedent_probability > 0.0f &&
                    mention->antecedent_probability <= 1.0f);
    }
}

static void check_labels(const struct labelled *labelled)
{
    const size_t tokens = labelled->text.tokens.count;
    const struct labels *labels = &labelled->labels;
    uint32_t taken = 0;
    for (size_t i = 0; i < labels->names.count; i++) {
        const struct labelled_name *name = &labels->names.items[i];
        assert_true(name->tokens.begin >= taken &&
                    name->tokens.begin < name->tokens.end &&
                    name->tokens.end <= tokens);
        assert_true(name->probability > 0.0f && name->probability <= 1.0f);
        taken = name->tokens.end;
    }
    enum piece_layer layer = LAYER_OUTER;
    taken = 0;
    for (size_t i = 0; i < labels->pieces.count; i++) {
        const struct labelled_piece *piece = &labels->pieces.items[i];
        if (piece->layer != layer)
            taken = 0;
        assert_true(piece->layer >= layer);
        layer = piece->layer;
        assert_true(piece->tokens.begin >= taken &&
                    piece->tokens.begin < piece->tokens.end &&
                    piece->tokens.end <= tokens);
        assert_true(piece->probability > 0.0f && piece->probability <= 1.0f);
        taken = piece->tokens.end;
        check_link(labels, i);
    }
    check_acts(labelled);
    check_frames(labelled);
    check_mentions(labelled);
}

static void labels_lie_in_the_text_and_do_not_overlap(void **state)
{
    (void)state;
    struct model *model = tiny_open();
    struct labelled labelled = analyse_file(REPORT);
    label(model, &labelled);
    check_labels(&labelled);
    assert_true(labelled.labels.names.count > 5 &&
                labelled.labels.pieces.count > 5);
    labelled_free(&labelled);
    model_close(model);
}

static void the_same_text_has_the_same_labels(void **state)
{
    (void)state;
    struct model *model = tiny_open();
    struct labelled one = analyse_file(REPORT);
    struct labelled two = analyse_file(REPORT);
    label(model, &one);
    label(model, &two);
    assert_same_labels(&one.labels, &two.labels);
    labelled_free(&one);
    labelled_free(&two);
    model_close(model);
}

static void the_callers_rounding_does_not_matter(void **state)
{
    (void)state;
    struct model *model = tiny_open();
    struct labelled one = analyse_file(REPORT);
    struct labelled two = analyse_file(REPORT);
    label(model, &one);
    fesetround(FE_UPWARD);
    label(model, &two);
    assert_int_equal(fegetround(), FE_UPWARD);
    fesetround(FE_TONEAREST);
    assert_same_labels(&one.labels, &two.labels);
    labelled_free(&one);
    labelled_free(&two);
    model_close(model);
}

struct worker {
    const struct model *model;
    struct labelled labelled;
};

static void *work(void *argument)
{
    struct worker *worker = argument;
    for (int i = 0; i < 3; i++) {
        struct error error = {0};
        struct labeller *labeller = labeller_new(worker->model, &error);
        if (labeller == NULL)
            abort();
        labeller_want_frames(labeller, true);
        labeller_want_extents(labeller, true);
        labeller_want_roles(labeller, true);
        if (!label_text(labeller, &worker->labelled.text,
                        worker->labelled.arena, &worker->labelled.labels,
                        &error))
            abort();
        labeller_free(labeller);
    }
    return NULL;
}

static void threads_share_a_model(void **state)
{
    (void)state;
    struct model *model = tiny_open();
    struct labelled alone = analyse_file(REPORT);
    label(model, &alone);
    struct worker workers[4];
    pthread_t threads[4];
    for (size_t i = 0; i < 4; i++) {
        workers[i] = (struct worker){model, analyse_file(REPORT)};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]),
                         0);
    }
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_same_labels(&alone.labels, &workers[i].labelled.labels);
        labelled_free(&workers[i].labelled);
    }
    labelled_free(&alone);
    model_close(model);
}

static void no_memory_is_a_limit(void **state)
{
    (void)state;
    struct error error = {0};
    struct model *model = tiny_open();
    struct labeller *labeller = labeller_new(model, &error);
    struct labelled labelled = analyse_file(REPORT);
    labeller_want_frames(labeller, true);
    labeller_want_extents(labeller, true);
    labeller_want_roles(labeller, true);
    size_t failures = 0;
    for (;; failures++) {
        struct error failed = {0};
        arena_fail_at(labelled.arena, failures + 1);
        if (label_text(labeller, &labelled.text, labelled.arena,
                       &labelled.labels, &failed))
            break;
        assert_error(failed, ERROR_LIMIT, "out of memory");
    }
    assert_true(failures > 5);
    check_labels(&labelled);
    labeller_free(labeller);
    labelled_free(&labelled);
    model_close(model);
}

static void an_empty_text_has_no_labels(void **state)
{
    (void)state;
    struct model *model = tiny_open();
    static const char *const texts[] = {"", " \n\n \t"};
    for (size_t i = 0; i < 2; i++) {
        struct labelled labelled = {0};
        analyse(&labelled, slice_of(texts[i]));
        label(model, &labelled);
        assert_int_equal(labelled.labels.names.count, 0);
        assert_int_equal(labelled.labels.pieces.count, 0);
        labelled_free(&labelled);
    }
    model_close(model);
}

/* Windows */

static void check_windows(const struct model *model,
                          const struct labelled *labelled)
{
    struct error error = {0};
    const size_t most = model->window + 2 * model->context + 2;
    struct windows windows = {.model = model,
                              .text = &labelled->text,
                              .quotations = windows_quotations(
                                  &labelled->text, labelled->arena, &error)};
    struct window window;
    uint32_t next = 0;
    while (window_next(&windows, &window)) {
        struct encoder_piece pieces[ENCODER_ROWS];
        uint32_t firsts[ENCODER_ROWS];
        assert_int_equal(window.core.begin, next);
        assert_true(window.core.end > next && window.rows <= most);
        assert_true(span_contains(window.tokens, window.core));
        next = window.core.end;
        window_fill(&windows, &window, pieces, firsts);
        const uint32_t words = window.tokens.end - window.tokens.begin;
        assert_int_equal(pieces[0].piece, model->vocabulary.begin);
        assert_int_equal(pieces[window.rows - 1].piece, model->vocabulary.end);
        for (uint32_t i = 0; i < words; i++)
            assert_true(firsts[i] > (i > 0 ? firsts[i - 1] : 0) &&
                        firsts[i] < window.rows - 1);
    }
    assert_int_equal(next, labelled->text.tokens.count);
}

/* The small model with some context around its windows. */
static struct model *tiny_with_context(struct copy *copy)
{
    struct error error = {0};
    *copy = tiny_copy();
    char *found = memmem(copy->bytes, 1024, "\"context\":0", 11);
    assert_non_null(found);
    found[10] = '9';
    tiny_seal(copy);
    struct model *model = model_read(
        (struct slice){(const char *)copy->bytes, copy->length}, &error);
    assert_non_null(model);
    return model;
}

static void repeat(struct labelled *labelled, const char *piece, size_t times)
{
    const size_t length = strlen(piece);
    char *bytes = malloc(length * times + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < times; i++)
        memcpy(bytes + i * length, piece, length + 1);
    *labelled = (struct labelled){0};
    labelled->file.bytes = (struct slice){bytes, length * times};
    analyse(labelled, labelled->file.bytes);
}

static void windows_cover_every_token_once(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "word ",
        "\"",
        "[",
        "said. He said ",
        "a\n\n",
        "\xFF",
        "\u5317",
        "unsaidunsaidunsaidunsaid ",
        "One. Two? Three! ",
    };
    struct copy copy;
    struct model *models[] = {tiny_open(), tiny_with_context(&copy)};
    for (size_t i = 0; i < 2; i++) {
        struct labelled labelled = analyse_file(REPORT);
        check_windows(models[i], &labelled);
        labelled_free(&labelled);
        for (size_t j = 0; j < sizeof pieces / sizeof *pieces; j++) {
            repeat(&labelled, pieces[j], 1000);
            check_windows(models[i], &labelled);
            label(models[i], &labelled);
            check_labels(&labelled);
            labelled_free(&labelled);
        }
        model_close(models[i]);
    }
    tiny_free(&copy);
}

static void with_context_labels_still_do_not_overlap(void **state)
{
    (void)state;
    struct copy copy;
    struct model *model = tiny_with_context(&copy);
    struct labelled labelled = analyse_file(REPORT);
    label(model, &labelled);
    check_labels(&labelled);
    assert_true(labelled.labels.pieces.count > 5);
    labelled_free(&labelled);
    model_close(model);
    tiny_free(&copy);
}

static void a_long_paragraph_is_cut_between_sentences(void **state)
{
    (void)state;
    struct model *model = tiny_open();
    struct labelled labelled;
    repeat(&labelled, "The police said that it was so. ", 100);
    struct windows windows = {.model = model, .text = &labelled.text};
    struct window window;
    while (window_next(&windows, &window))
        assert_int_equal(window.core.end % 8, 0);
    labelled_free(&labelled);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_lie_in_the_text_and_do_not_overlap),
        cmocka_unit_test(the_same_text_has_the_same_labels),
        cmocka_unit_test(the_callers_rounding_does_not_matter),
        cmocka_unit_test(threads_share_a_model),
        cmocka_unit_test(no_memory_is_a_limit),
        cmocka_unit_test(an_empty_text_has_no_labels),
        cmocka_unit_test(windows_cover_every_token_once),
        cmocka_unit_test(with_context_labels_still_do_not_overlap),
        cmocka_unit_test(a_long_paragraph_is_cut_between_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
