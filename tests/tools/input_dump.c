/*
 * input_dump.c - what the network is fed of a text: train/parity holds it
 * against what it was trained on.
 *
 *     input-dump MODEL FILE...
 *
 * One line a file, a JSON list of windows; each a list of tokens: begin, end,
 * shape, before, quotation, then the pieces.
 */
#include <inttypes.h>

#include "windows.h"

static void print_window(const struct windows *windows,
                         const struct window *window)
{
    struct encoder_piece pieces[ENCODER_ROWS];
    uint32_t firsts[ENCODER_ROWS + 1];
    window_fill(windows, window, pieces, firsts);
    const uint32_t words = window->tokens.end - window->tokens.begin;
    firsts[words] = window->rows - 1;
    for (uint32_t i = 0; i < words; i++) {
        const struct span bytes =
            windows->text->tokens.items[window->tokens.begin + i];
        const struct encoder_piece *piece = &pieces[firsts[i]];
        printf("%s[%" PRIu32 ",%" PRIu32 ",%d,%d,%d", i > 0 ? "," : "",
               bytes.begin, bytes.end, piece->shape, piece->before,
               piece->quotation);
        for (uint32_t row = firsts[i]; row < firsts[i + 1]; row++)
            printf(",%" PRIu32, pieces[row].piece);
        printf("]");
    }
}

static bool dump(const struct model *model, const char *path,
                 struct error *error)
{
    struct file file;
    if (!file_read(path, UINT32_MAX - 1, &file, error))
        return false;
    struct arena *arena = arena_new(SIZE_MAX);
    struct text text;
    struct windows windows = {.model = model, .text = &text};
    bool is_read = text_analyse(file.bytes, arena, &text, error);
    if (is_read) {
        windows.quotations = windows_quotations(&text, arena, error);
        is_read = windows.quotations != NULL;
    }
    struct window window;
    const char *before = "[[";
    while (is_read && window_next(&windows, &window)) {
        printf("%s", before);
        print_window(&windows, &window);
        before = "],[";
    }
    if (is_read)
        printf("%s]]\n", text.tokens.count == 0 ? "[[" : "");
    arena_release(arena);
    file_close(&file);
    return is_read;
}

int main(int count, char **arguments)
{
    struct error error = {0};
    struct model *model = count > 2 ? model_open(arguments[1], &error) : NULL;
    bool is_well = model != NULL;
    for (int i = 2; is_well && i < count; i++)
        is_well = dump(model, arguments[i], &error);
    if (!is_well)
        fprintf(stderr, "input-dump: %s\n", error.text);
    model_close(model);
    return is_well ? 0 : 1;
}
