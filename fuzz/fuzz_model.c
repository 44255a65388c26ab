/*
 * fuzz_model.c - weight files that somebody altered on purpose: refused, or
 * read and run on a text without harm.
 *
 * The input says what is altered in the small model of the tests: records of
 * four bytes, a place (three of them, the low byte first; beyond the end it
 * is counted from the start of the metadata) and the new byte. Length and
 * checksum are made right, else nothing would be reached behind them.
 */
#include <assert.h>

#include <openssl/sha.h>

#include "file.h"
#include "fuzz.h"
#include "label.h"
#include "model.h"

#define HEAD ((size_t)32)
#define DIGEST ((size_t)32)

static unsigned char *altered(struct slice model, const uint8_t *bytes,
                              size_t length)
{
    unsigned char *copy = aligned_alloc(64, (model.length + 63) / 64 * 64);
    if (copy == NULL)
        abort();
    memcpy(copy, model.data, model.length);
    for (size_t i = 0; i + 4 <= length; i += 4) {
        const size_t at =
            bytes[i] | (size_t)bytes[i + 1] << 8 | (size_t)bytes[i + 2] << 16;
        copy[at < model.length ? at : HEAD + at % 4096] = bytes[i + 3];
    }
    for (size_t i = 0; i < 8; i++)
        copy[16 + i] = (unsigned char)(model.length >> (8 * i));
    SHA256(copy, model.length - DIGEST, copy + model.length - DIGEST);
    return copy;
}

static void run(const struct model *model)
{
    struct error error = {0};
    struct labeller *labeller = labeller_new(model, &error);
    if (labeller == NULL) {
        assert(error.kind == ERROR_CORRUPT || error.kind == ERROR_LIMIT);
        return;
    }
    struct arena *arena = arena_new((size_t)1 << 26);
    struct text text;
    struct labels labels;
    const bool is_read =
        text_analyse(slice_of("\"It was so,\" the police said in Nairobi."),
                     arena, &text, &error) &&
        label_text(labeller, &text, arena, &labels, &error);
    assert(is_read);
    for (size_t i = 0; i < labels.pieces.count; i++)
        assert(labels.pieces.items[i].tokens.end <= text.tokens.count);
    arena_release(arena);
    labeller_free(labeller);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct file tiny;
    struct error error = {0};
    if (tiny.bytes.data == NULL &&
        !file_read(TINY_PATH, (size_t)1 << 24, &tiny, &error))
        abort();
    unsigned char *copy = altered(tiny.bytes, bytes, length);
    struct model *model = model_read(
        (struct slice){(const char *)copy, tiny.bytes.length}, &error);
    if (model == NULL)
        assert(error.kind != ERROR_NONE && error.text[0] != '\0');
    else
        run(model);
    model_close(model);
    free(copy);
    return 0;
}
