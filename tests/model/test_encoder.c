/*
 * test_encoder.c - the encoder against Python, with every build of the
 * kernels: the same bits as docs/model-format.md written out in numpy
 * (train/simulate.py), and close to the network in float.
 */
#include <math.h>

#include "encoder.h"
#include "tiny.h"

#define OFF_MOST 0.15f /* of numbers up to 4.4: bytes are coarse */
#define OFF_MEAN 0.03f /* root of the mean square */

/* What tests/golden/model/vectors.txt holds. */
struct golden {
    uint32_t rows, words;
    size_t width;
    struct encoder_piece pieces[ENCODER_ROWS];
    uint32_t firsts[ENCODER_ROWS];
    uint32_t exact[ENCODER_ROWS * 64]; /* bits of floats */
    float plain[ENCODER_ROWS * 64];
};

static struct golden golden;

static unsigned long number_read(FILE *stream, int base)
{
    char word[32];
    char *end;
    assert_int_equal(fscanf(stream, "%31s", word), 1);
    unsigned long number = strtoul(word, &end, base);
    assert_true(*end == '\0');
    return number;
}

static int golden_read(void **state)
{
    (void)state;
    FILE *stream = fopen("tests/golden/model/vectors.txt", "r");
    assert_non_null(stream);
    golden.rows = (uint32_t)number_read(stream, 10);
    golden.words = (uint32_t)number_read(stream, 10);
    golden.width = number_read(stream, 10);
    assert_true(golden.rows <= ENCODER_ROWS && golden.width == 64);
    for (size_t i = 0; i < golden.rows; i++) {
        golden.pieces[i].piece = (uint32_t)number_read(stream, 10);
        golden.pieces[i].shape = (uint8_t)number_read(stream, 10);
        golden.pieces[i].before = (uint8_t)number_read(stream, 10);
        golden.pieces[i].quotation = (uint8_t)number_read(stream, 10);
    }
    for (size_t i = 0; i < golden.words; i++)
        golden.firsts[i] = (uint32_t)number_read(stream, 10);
    for (size_t i = 0; i < golden.words; i++) {
        for (size_t j = 0; j < golden.width; j++)
            golden.exact[i * golden.width + j] =
                (uint32_t)number_read(stream, 16);
        for (size_t j = 0; j < golden.width; j++)
            assert_int_equal(
                fscanf(stream, "%f", &golden.plain[i * golden.width + j]), 1);
    }
    fclose(stream);
    return 0;
}

static void compare_window(const float *vectors)
{
    double sum = 0;
    const size_t count = golden.words * golden.width;
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, &vectors[i], sizeof bits);
        if (bits != golden.exact[i])
            fail_msg("number %zu of word %zu has other bits", i % golden.width,
                     i / golden.width);
        const float off = vectors[i] - golden.plain[i];
        assert_true(off < OFF_MOST && off > -OFF_MOST);
        sum += (double)(off * off);
    }
    assert_true(sqrt(sum / (double)count) < (double)OFF_MEAN);
}

/* One window alone, then three of them in one run: they fill several blocks
 * of a product and end inside one. */
static void compare_kernels(const char *name)
{
    struct error error = {0};
    setenv("MADAI_KERNELS", name, 1);
    struct model *model = tiny_open();
    struct encoder *encoder = encoder_new(model, &error);
    assert_non_null(encoder);
    struct encoder_batch batch = {
        1, {golden.rows}, {golden.words}, golden.pieces, golden.firsts};
    const float *vectors = encoder_run(encoder, &batch, &error);
    assert_non_null(vectors);
    compare_window(vectors);

    static struct encoder_piece pieces[ENCODER_ROWS];
    static uint32_t firsts[ENCODER_ROWS];
    batch = (struct encoder_batch){.pieces = pieces, .firsts = firsts};
    for (size_t i = 0; i < 3; i++) {
        memcpy(pieces + i * golden.rows, golden.pieces,
               golden.rows * sizeof *pieces);
        memcpy(firsts + i * golden.words, golden.firsts,
               golden.words * sizeof *firsts);
        batch.rows[i] = golden.rows;
        batch.words[i] = golden.words;
        batch.window_count++;
    }
    vectors = encoder_run(encoder, &batch, &error);
    assert_non_null(vectors);
    for (size_t i = 0; i < 3; i++)
        compare_window(vectors + i * golden.words * golden.width);
    encoder_free(encoder);
    model_close(model);
    unsetenv("MADAI_KERNELS");
}

static void plain_kernels_are_exact(void **state)
{
    (void)state;
    compare_kernels("plain");
}

static void sse41_kernels_are_exact(void **state)
{
    (void)state;
    compare_kernels("sse41");
}

static void avx2_kernels_are_exact(void **state)
{
    (void)state;
    compare_kernels("avx2");
}

static void avx512_kernels_are_exact(void **state)
{
    (void)state;
    compare_kernels("avx512");
}

static void avx512vnni_kernels_are_exact(void **state)
{
    (void)state;
    compare_kernels("avx512vnni");
}

/* A window of one word, and the longest that there can be. */
static void windows_of_any_length_run(void **state)
{
    (void)state;
    struct error error = {0};
    struct model *model = tiny_open();
    struct encoder *encoder = encoder_new(model, &error);
    assert_non_null(encoder);
    struct encoder_piece pieces[128];
    uint32_t firsts[128];
    for (uint32_t i = 0; i < 128; i++) {
        pieces[i] = golden.pieces[i % golden.rows];
        firsts[i] = i;
    }
    for (uint32_t rows = 2; rows <= 128; rows++) {
        const struct encoder_batch batch = {1, {rows}, {rows}, pieces, firsts};
        const float *vectors = encoder_run(encoder, &batch, &error);
        assert_non_null(vectors);
        for (size_t i = 0; i < rows * golden.width; i++)
            assert_true(isfinite(vectors[i]));
    }
    encoder_free(encoder);
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_kernels_are_exact),
        cmocka_unit_test(sse41_kernels_are_exact),
        cmocka_unit_test(avx2_kernels_are_exact),
        cmocka_unit_test(avx512_kernels_are_exact),
        cmocka_unit_test(avx512vnni_kernels_are_exact),
        cmocka_unit_test(windows_of_any_length_run),
    };
    return cmocka_run_group_tests(tests, golden_read, NULL);
}
