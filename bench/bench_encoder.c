/*
 * bench_encoder.c - how fast one core labels a text, and where the time goes.
 *
 *     bench-encoder MODEL FILE [TIMES]
 *
 * Prints the best of TIMES runs over the file: the text alone, all labels
 * (words and pieces a second), and what opening the model costs. Times are of
 * the processor, so that others' work on the machine counts less.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "label.h"
#include "model_parts.h"
#include "text.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static size_t count_pieces(const struct model *model, const struct text *text)
{
    size_t count = 0;
    for (size_t i = 0; i < text->tokens.count; i++) {
        uint32_t pieces[WORD_PIECES_MAX];
        count += vocabulary_split(&model->vocabulary,
                                  slice_at(text->bytes, text->tokens.items[i]),
                                  pieces);
    }
    return count;
}

static bool run(struct labeller *labeller, struct slice bytes,
                struct text *text, struct arena *arena, double times[2],
                struct error *error)
{
    struct labels labels;
    arena_reset(arena);
    const double begin = seconds();
    if (!text_analyse(bytes, arena, text, error))
        return false;
    const double middle = seconds();
    if (!label_text(labeller, text, arena, &labels, error))
        return false;
    const double end = seconds();
    times[0] = middle - begin < times[0] ? middle - begin : times[0];
    times[1] = end - middle < times[1] ? end - middle : times[1];
    return true;
}

static bool bench(const struct model *model, struct slice bytes, long count,
                  struct error *error)
{
    struct labeller *labeller = labeller_new(model, error);
    struct arena *arena = arena_new(SIZE_MAX);
    struct text text = {0};
    double best[2] = {1e9, 1e9};
    bool is_well = labeller != NULL && arena != NULL;
    for (long i = 0; is_well && i < count; i++)
        is_well = run(labeller, bytes, &text, arena, best, error);
    if (is_well) {
        const double words = (double)text.tokens.count;
        const double begin = seconds();
        const double pieces = (double)count_pieces(model, &text);
        printf("%s\n%.0f tokens, %.0f pieces, %.3f a token\n"
               "text   %8.3f ms\npieces %8.3f ms\n"
               "labels %8.3f ms: %.0f tokens a second, %.0f pieces\n",
               model_machine(model), words, pieces, pieces / words,
               best[0] * 1e3, (seconds() - begin) * 1e3, best[1] * 1e3,
               words / best[1], pieces / best[1]);
    }
    arena_release(arena);
    labeller_free(labeller);
    return is_well;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    struct file file = {0};
    if (count < 3) {
        fprintf(stderr, "usage: bench_encoder MODEL FILE [TIMES]\n");
        return 2;
    }
    const double begin = seconds();
    struct model *model = model_open(arguments[1], &error);
    printf("open   %8.3f ms\n", (seconds() - begin) * 1e3);
    const bool is_well =
        model != NULL && file_read(arguments[2], UINT32_MAX, &file, &error) &&
        bench(model, file.bytes, count > 3 ? strtol(arguments[3], NULL, 10) : 5,
              &error);
    if (!is_well)
        fprintf(stderr, "bench_encoder: %s\n", error.text);
    file_close(&file);
    model_close(model);
    return is_well ? 0 : 1;
}
