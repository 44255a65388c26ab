/*
 * test_beside.c - what stands beside a word, against Python: the same bits as
 * docs/model-format.md written out in numpy (train/simulate.py), and the same
 * frames, acts, roles and mentions as PyTorch reads off the same vectors.
 */
#include "beside.h"
#include "heads.h"
#include "label.h"
#include "tiny.h"

#define GOLDEN "tests/golden/model/"
#define SAID_MAX 16384

static const char *const kinds[] = {"none", "verb", "noun", "other",
                                    "auxiliary"};

/* Vectors of the words of vectors.txt, in their bits. */
struct window_vectors {
    size_t words;
    _Alignas(64) float numbers[128 * 64];
};

static uint32_t word_read(FILE *stream, int base)
{
    char word[32];
    assert_int_equal(fscanf(stream, "%31s", word), 1);
    return (uint32_t)strtoul(word, NULL, base);
}

static void vectors_read(struct window_vectors *vectors)
{
    FILE *stream = fopen(GOLDEN "vectors.txt", "r");
    assert_non_null(stream);
    const uint32_t rows = word_read(stream, 10);
    vectors->words = word_read(stream, 10);
    assert_true(vectors->words <= 128 && word_read(stream, 10) == 64);
    for (size_t i = 0; i < 4 * (size_t)rows + vectors->words; i++)
        word_read(stream, 10);
    for (size_t i = 0; i < vectors->words; i++) {
        for (size_t j = 0; j < 64; j++) {
            const uint32_t bits = word_read(stream, 16);
            memcpy(&vectors->numbers[i * 64 + j], &bits, sizeof bits);
        }
        for (size_t j = 0; j < 64; j++)
            word_read(stream, 10);
    }
    fclose(stream);
}

static void compare_scores(const char *kernels,
                           const struct window_vectors *vectors)
{
    struct error error = {0};
    struct beside *beside;
    setenv("MADAI_KERNELS", kernels, 1);
    struct model *model = tiny_open();
    assert_true(beside_new(model, &beside, &error));
    assert_non_null(beside);
    FILE *stream = fopen(GOLDEN "beside.txt", "r");
    assert_non_null(stream);
    const uint32_t word = word_read(stream, 10);
    const uint32_t first = word_read(stream, 10);
    const uint32_t last = word_read(stream, 10);
    beside_begin(beside, vectors->numbers, vectors->words);
    const struct crf_scores scores =
        beside_score(beside, HEAD_ARGUMENTS, word, (struct span){first, last});
    assert_int_equal(scores.words, last - first);
    for (size_t i = 0; i < scores.words; i++)
        for (size_t j = 0; j < head_labels(HEAD_ARGUMENTS); j++) {
            uint32_t bits;
            memcpy(&bits, &scores.scores[i * scores.step + j], sizeof bits);
            if (bits != word_read(stream, 16))
                fail_msg("%s: label %zu of word %zu has another score", kernels,
                         j, i);
        }
    fclose(stream);
    beside_free(beside);
    model_close(model);
    unsetenv("MADAI_KERNELS");
}

static void scores_have_the_same_bits_with_every_kernel(void **state)
{
    (void)state;
    static const char *const kernels[] = {"plain", "sse41", "avx2", "avx512",
                                          "avx512vnni"};
    static struct window_vectors vectors;
    vectors_read(&vectors);
    for (size_t i = 0; i < 5; i++)
        compare_scores(kernels[i], &vectors);
}

/* Lines of what was found, as train/tiny.py writes them. */
static void write_frames(FILE *out, const struct labels *labels)
{
    for (size_t i = 0; i < labels->frames.count; i++) {
        const struct labelled_frame *frame = &labels->frames.items[i];
        fprintf(out, "frame %u %s", frame->predicate, kinds[frame->kind]);
        for (uint32_t j = frame->first; j < frame->first + frame->count; j++) {
            const struct labelled_argument *argument =
                &labels->arguments.items[j];
            fprintf(out, " %s %u %u", label_argument_names[argument->role],
                    argument->tokens.begin, argument->tokens.end);
        }
        fprintf(out, "\n");
    }
}

static void write_acts(FILE *out, const struct labels *labels)
{
    for (size_t i = 0; i < labels->acts.count; i++) {
        const struct labelled_act *act = &labels->acts.items[i];
        if (act->is_likely)
            continue;
        fprintf(out, "act %u %u %s %s %s", act->trigger.begin, act->trigger.end,
                act_code_names[act->code], act_modality_names[act->modality],
                label_polarity_names[act->polarity]);
        for (uint32_t j = act->first; j < act->first + act->count; j++) {
            const struct labelled_participant *participant =
                &labels->participants.items[j];
            fprintf(out, " %s %u %u",
                    label_participant_names[participant->role],
                    participant->tokens.begin, participant->tokens.end);
        }
        fprintf(out, "\n");
    }
    for (size_t i = 0; i < labels->roles.count; i++) {
        const struct labelled_role *role = &labels->roles.items[i];
        fprintf(out, "role %u %u %s\n", role->tokens.begin, role->tokens.end,
                label_role_names[role->role]);
    }
}

static void write_mentions(FILE *out, const struct labels *labels)
{
    for (size_t i = 0; i < labels->mentions.count; i++) {
        const struct labelled_mention *mention = &labels->mentions.items[i];
        fprintf(out, "mention %u %u %u %s ", mention->head,
                mention->tokens.begin, mention->tokens.end,
                mention->kind == MENTION_PERSON ? "person" : "organisation");
        if (mention->antecedent == TEXT_NONE)
            fprintf(out, "-\n");
        else
            fprintf(out, "%u\n", mention->antecedent);
    }
}

/* The text of the golden files, labelled. */
struct labelled {
    struct arena *arena;
    struct file file;
    struct text text;
    struct labels labels;
};

static void label(const struct model *model, bool wants_frames,
                  struct labelled *labelled)
{
    struct error error = {0};
    struct labeller *labeller = labeller_new(model, &error);
    assert_non_null(labeller);
    labeller_want_frames(labeller, wants_frames);
    labeller_want_extents(labeller, wants_frames);
    labeller_want_roles(labeller, wants_frames);
    labelled->arena = arena_new((size_t)1 << 26);
    assert_true(
        file_read(GOLDEN "text.txt", 1 << 20, &labelled->file, &error) &&
        text_analyse(labelled->file.bytes, labelled->arena, &labelled->text,
                     &error) &&
        label_text(labeller, &labelled->text, labelled->arena,
                   &labelled->labels, &error));
    labeller_free(labeller);
}

static void labelled_free(struct labelled *labelled)
{
    arena_release(labelled->arena);
    file_close(&labelled->file);
}

static void frames_acts_roles_and_mentions_are_those_of_pytorch(void **state)
{
    (void)state;
    struct error error = {0};
    struct model *model = tiny_open();
    struct labelled labelled = {0};
    label(model, true, &labelled);
    char found[SAID_MAX] = {0};
    FILE *out = fmemopen(found, sizeof found, "w");
    assert_non_null(out);
    write_frames(out, &labelled.labels);
    write_acts(out, &labelled.labels);
    write_mentions(out, &labelled.labels);
    fclose(out);
    struct file wanted;
    assert_true(file_read(GOLDEN "said.txt", SAID_MAX, &wanted, &error));
    if (strlen(found) != wanted.bytes.length ||
        memcmp(found, wanted.bytes.data, wanted.bytes.length) != 0)
        fail_msg("other than said.txt:\n%s", found);
    assert_true(labelled.labels.acts.count > 1 &&
                labelled.labels.participants.count > 1 &&
                labelled.labels.roles.count > 2 &&
                labelled.labels.frames.count > 5 &&
                labelled.labels.mentions.count > 5);
    file_close(&wanted);
    labelled_free(&labelled);
    model_close(model);
}

static void frames_are_found_for_who_wants_them(void **state)
{
    (void)state;
    struct model *model = tiny_open();
    struct labelled labelled = {0};
    label(model, false, &labelled);
    assert_int_equal(labelled.labels.frames.count, 0);
    assert_int_equal(labelled.labels.arguments.count, 0);
    assert_true(labelled.labels.mentions.count > 5);
    for (size_t i = 0; i < labelled.labels.mentions.count; i++) {
        const struct labelled_mention *mention =
            &labelled.labels.mentions.items[i];
        assert_int_equal(mention->tokens.begin, mention->head);
        assert_int_equal(mention->tokens.end, mention->head + 1);
    }
    assert_true(labelled.labels.acts.count > 1);
    labelled_free(&labelled);
    model_close(model);
}

/* Puts another name of the same length wherever the old one stands. */
static void rename_all(struct copy *copy, const char *old, const char *new)
{
    const size_t length = strlen(old);
    unsigned char *at = copy->bytes;
    size_t renamed = 0;
    while ((at = memmem(at, copy->length - (size_t)(at - copy->bytes), old,
                        length)) != NULL) {
        memcpy(at, new, length);
        renamed++;
    }
    assert_true(renamed > 0);
}

static void a_model_without_the_later_heads_is_read_as_before(void **state)
{
    (void)state;
    struct error error = {0};
    struct model *whole = tiny_open();
    struct copy copy = tiny_copy();
    rename_all(&copy, "argument_from", "xrgument_from");
    rename_all(&copy, "roles", "xoles");
    tiny_seal(&copy);
    struct model *model = model_read(
        (struct slice){(const char *)copy.bytes, copy.length}, &error);
    assert_non_null(model);
    struct labelled labelled = {0}, wanted = {0};
    label(model, true, &labelled);
    label(whole, true, &wanted);
    assert_int_equal(labelled.labels.frames.count, 0);
    assert_int_equal(labelled.labels.acts.count, 0);
    assert_int_equal(labelled.labels.roles.count, 0);
    assert_int_equal(labelled.labels.names.count, wanted.labels.names.count);
    assert_int_equal(labelled.labels.pieces.count, wanted.labels.pieces.count);
    labelled_free(&labelled);
    labelled_free(&wanted);
    model_close(model);
    model_close(whole);
    tiny_free(&copy);
}

static void heads_that_are_not_whole_are_refused(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"argument_distance", "xrgument_distance"},
        {"arguments_crf.start", "xrguments_crf.start"},
        {"participants.bias", "xarticipants.bias"},
        {"act_modalities.bias", "xct_modalities.bias"},
        {"\"auxiliary\"", "\"auxiliarx\""},
        {"B-weapon", "B-Weapon"},
        {"antecedent_none", "xntecedent_none"},
        {"extents.bias", "xxtents.bias"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct error error = {0};
        struct copy copy = tiny_copy();
        rename_all(&copy, names[i][0], names[i][1]);
        tiny_seal(&copy);
        struct model *model = model_read(
            (struct slice){(const char *)copy.bytes, copy.length}, &error);
        assert_non_null(model);
        assert_null(labeller_new(model, &error));
        assert_int_equal(error.kind, ERROR_CORRUPT);
        model_close(model);
        tiny_free(&copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_have_the_same_bits_with_every_kernel),
        cmocka_unit_test(frames_acts_roles_and_mentions_are_those_of_pytorch),
        cmocka_unit_test(frames_are_found_for_who_wants_them),
        cmocka_unit_test(a_model_without_the_later_heads_is_read_as_before),
        cmocka_unit_test(heads_that_are_not_whole_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
