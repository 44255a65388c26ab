/*
 * test_model.c - what is no whole, unaltered model is refused, and says why.
 */
#include "tiny.h"

#include "model_parts.h"

static uint64_t number_at(const struct copy *copy, size_t at, size_t size)
{
    uint64_t number = 0;
    memcpy(&number, copy->bytes + at, size);
    return number;
}

static void number_put(struct copy *copy, size_t at, size_t size,
                       uint64_t number)
{
    memcpy(copy->bytes + at, &number, size);
}

static size_t table_at(const struct copy *copy)
{
    return (32 + (size_t)number_at(copy, 24, 4) + 7) / 8 * 8;
}

/* Where the tensor's entry stands in the table. */
static size_t entry_at(const struct copy *copy, const char *name)
{
    const size_t count = (size_t)number_at(copy, 12, 4);
    for (size_t i = 0; i < count; i++) {
        const size_t entry = table_at(copy) + 96 * i;
        if (strcmp((const char *)copy->bytes + entry, name) == 0)
            return entry;
    }
    fail_msg("no tensor %s", name);
    return 0;
}

static size_t numbers_at(const struct copy *copy, const char *name)
{
    return (size_t)number_at(copy, entry_at(copy, name) + 80, 8);
}

/* Replaces words of the metadata by others of the same length. */
static void metadata_put(struct copy *copy, const char *old, const char *new)
{
    unsigned char *found = memmem(
        copy->bytes + 32, (size_t)number_at(copy, 24, 4), old, strlen(old));
    assert_non_null(found);
    assert_int_equal(strlen(old), strlen(new));
    memcpy(found, new, strlen(new));
}

static void refused_as(const struct copy *copy, enum error_kind kind,
                       const char *words)
{
    struct error error = {0};
    struct model *model = model_read(
        (struct slice){(const char *)copy->bytes, copy->length}, &error);
    assert_null(model);
    assert_error(error, kind, words);
}

static void a_model_tells_its_name_and_hash(void **state)
{
    (void)state;
    struct error error = {0};
    struct copy copy = tiny_copy();
    char hash[SHA256_HEX_SIZE];
    assert_true(sha256_hex(
        (struct slice){(const char *)copy.bytes, copy.length}, hash, &error));
    struct model *model = tiny_open();
    assert_string_equal(model_sha256(model), hash);
    assert_string_equal(model_name(model), "tiny, made up for tests");
    const float *points;
    assert_int_equal(model_calibration(model, &points), 3);
    assert_true(points[2] == 0.5f && points[3] > 0.39f && points[3] < 0.41f);
    const float *evidence = model_evidence(model);
    assert_true(evidence[EVIDENCE_COUNT - 1] == 0.5f &&
                evidence[EVIDENCE_COUNT] == 0.25f);
    model_close(model);
    tiny_free(&copy);
}

static void kernels_that_are_not_had_are_spoken_of(void **state)
{
    (void)state;
    setenv("MADAI_KERNELS", "avx1024", 1);
    struct model *model = tiny_open();
    assert_non_null(
        strstr(model_machine(model), ", not avx1024 as MADAI_KERNELS asks, "));
    model_close(model);
    unsetenv("MADAI_KERNELS");
}

static void a_missing_file_is_not_found(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(model_open("tests/model/none", &error));
    assert_error(error, ERROR_NOT_FOUND,
                 "cannot open: No such file or directory");
}

static void a_file_of_another_kind_is_refused(void **state)
{
    (void)state;
    struct error error = {0};
    assert_null(model_open("tests/model/tiny.c", &error));
    assert_error(error, ERROR_CORRUPT, "not a model of madai");
}

static void a_file_cut_anywhere_is_refused(void **state)
{
    (void)state;
    struct copy copy = tiny_copy();
    for (size_t length = 0; length < copy.length;
         length += length < 8192 ? 1 : 997) {
        struct error error = {0};
        assert_null(model_read((struct slice){(const char *)copy.bytes, length},
                               &error));
        assert_int_equal(error.kind, ERROR_CORRUPT);
    }
    tiny_free(&copy);
}

static void one_altered_bit_is_refused(void **state)
{
    (void)state;
    struct copy copy = tiny_copy();
    for (size_t at = 0; at < copy.length; at += at < 4096 ? 13 : 1499) {
        struct error error = {0};
        copy.bytes[at] ^= (unsigned char)(1 << at % 8);
        assert_null(model_read(
            (struct slice){(const char *)copy.bytes, copy.length}, &error));
        assert_int_equal(error.kind, ERROR_CORRUPT);
        copy.bytes[at] ^= (unsigned char)(1 << at % 8);
    }
    tiny_free(&copy);
}

/* Altered by somebody who makes the checksum right: refused or, where only
 * weights changed, read; never more than that. */
static void sealed_alterations_do_no_harm(void **state)
{
    (void)state;
    struct copy copy = tiny_copy();
    uint64_t seed = 3;
    const size_t end = table_at(&copy) + 96 * number_at(&copy, 12, 4);
    for (size_t i = 0; i < 3000; i++) {
        const size_t at = test_random(&seed) % end;
        const unsigned char before = copy.bytes[at];
        copy.bytes[at] = (unsigned char)test_random(&seed);
        tiny_seal(&copy);
        struct error error = {0};
        struct model *model = model_read(
            (struct slice){(const char *)copy.bytes, copy.length}, &error);
        if (model == NULL)
            assert_int_equal(error.kind, ERROR_CORRUPT);
        model_close(model);
        copy.bytes[at] = before;
    }
    tiny_free(&copy);
}

struct alteration {
    const char *words;  /* of the error */
    const char *tensor; /* whose entry or numbers are altered, or NULL */
    size_t at;          /* in the entry; from 96 on, in the numbers */
    size_t size;
    uint64_t number;
    const char *old, *new; /* of the metadata */
};

static void check_alterations(const struct alteration *alterations,
                              size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct alteration *a = &alterations[i];
        struct copy copy = tiny_copy();
        if (a->old != NULL)
            metadata_put(&copy, a->old, a->new);
        else if (a->tensor == NULL)
            number_put(&copy, a->at, a->size, a->number);
        else if (a->at < 96)
            number_put(&copy, entry_at(&copy, a->tensor) + a->at, a->size,
                       a->number);
        else
            number_put(&copy, numbers_at(&copy, a->tensor) + a->at - 96,
                       a->size, a->number);
        tiny_seal(&copy);
        refused_as(&copy, ERROR_CORRUPT, a->words);
        tiny_free(&copy);
    }
}

#define LENGTH_OF(array) (sizeof(array) / sizeof *(array))

static void a_wrong_head_is_refused(void **state)
{
    (void)state;
    static const struct alteration cases[] = {
        {"not a model of madai", NULL, 0, 1, 'M', NULL, NULL},
        {"format version 2, where this madai reads 1", NULL, 8, 4, 2, NULL,
         NULL},
        {"more tensors than any model has", NULL, 12, 4, 5000, NULL, NULL},
        {"the metadata is longer than the file", NULL, 24, 4, UINT32_MAX, NULL,
         NULL},
        {"the table is longer than the file", NULL, 12, 4, 4000, NULL, NULL},
        {"metadata: byte 1: not JSON: invalid token near 'x'", NULL, 32, 1, 'x',
         NULL, NULL},
    };
    check_alterations(cases, LENGTH_OF(cases));
}

static void a_wrong_length_is_refused(void **state)
{
    (void)state;
    struct copy copy = tiny_copy();
    char words[128];
    number_put(&copy, 16, 8, copy.length + 64);
    snprintf(words, sizeof words, "the file has %zu bytes, its head says %zu",
             copy.length, copy.length + 64);
    refused_as(&copy, ERROR_CORRUPT, words);
    copy.length -= 64;
    tiny_seal(&copy);
    struct error error = {0};
    assert_null(model_read(
        (struct slice){(const char *)copy.bytes, copy.length}, &error));
    assert_int_equal(error.kind, ERROR_CORRUPT);
    tiny_free(&copy);
}

static void a_wrong_checksum_is_refused(void **state)
{
    (void)state;
    struct copy copy = tiny_copy();
    copy.bytes[copy.length - 1] ^= 1;
    refused_as(&copy, ERROR_CORRUPT,
               "the checksum is wrong: the file was altered or did not "
               "arrive whole");
    tiny_free(&copy);
}

static void a_wrong_table_is_refused(void **state)
{
    (void)state;
    const char *bias = "encoder.norm.bias";
    const struct alteration cases[] = {
        {"a tensor has no proper name", bias, 0, 1, 0, NULL, NULL},
        {"encoder.norm.bias: unknown kind 9", bias, 56, 4, 9, NULL, NULL},
        {"encoder.norm.bias: not where it should be", bias, 80, 8, 64, NULL,
         NULL},
        {"encoder.norm.bias: not where it should be", bias, 80, 8, UINT64_MAX,
         NULL, NULL},
        {"encoder.norm.bias: 0 times 1 numbers do not fit", bias, 64, 8, 0,
         NULL, NULL},
        {"encoder.norm.bias: 18446744073709551615 times 1 numbers do not fit",
         bias, 64, 8, UINT64_MAX, NULL, NULL},
        {"encoder.norm.bias: 64 times 4611686018427387904 numbers do not fit",
         bias, 72, 8, UINT64_C(1) << 62, NULL, NULL},
        {"encoder.norm.bias: has a number that is not finite", bias, 96, 4,
         0x7FC00000, NULL, NULL},
        {"encoder.norm.bias: has a number that is not finite", bias, 100, 4,
         0xFF800000, NULL, NULL},
        {"encoder.norm.bias: missing", bias, 8, 1, 'N', NULL, NULL},
        {"encoder.norm.bias: 64 times 1 of uint32, not 64 times 1 of float32",
         bias, 56, 4, TENSOR_UINT32, NULL, NULL},
    };
    check_alterations(cases, LENGTH_OF(cases));
}

static void wrong_sizes_are_refused(void **state)
{
    (void)state;
    static const struct alteration cases[] = {
        {"metadata: no name", NULL, 0, 0, 0, "\"name\"", "\"Name\""},
        {"metadata: no number \"window\"", NULL, 0, 0, 0, "\"window\":100",
         "\"window\":\"a\""},
        {"metadata: \"window\" is not from 12 to 512", NULL, 0, 0, 0,
         "\"window\":100", "\"window\":999"},
        {"windows are longer than there are positions", NULL, 0, 0, 0,
         "\"window\":100", "\"window\":127"},
        {"metadata: \"layers\" is not from 1 to 64", NULL, 0, 0, 0,
         "\"layers\":2", "\"layers\":0"},
        {"encoder.layers.2.attention.weight: missing", NULL, 0, 0, 0,
         "\"layers\":2", "\"layers\":3"},
        {"a width of 64 in 3 heads, inner 128: not ours", NULL, 0, 0, 0,
         "\"heads\":2", "\"heads\":3"},
        {"encoder.layers.0.up.weight: 128 times 64 of int8, not 112 times 64 "
         "of int8",
         NULL, 0, 0, 0, "\"inner\":128", "\"inner\":112"},
        {"encoder.layers.1.down.weight: a number beyond 63",
         "encoder.layers.1.down.weight", 96, 1, 64, NULL, NULL},
        {"encoder.layers.1.down.weight: a number beyond 63",
         "encoder.layers.1.down.weight", 99, 1, 0x80, NULL, NULL},
    };
    check_alterations(cases, LENGTH_OF(cases));
}

static void a_wrong_vocabulary_is_refused(void **state)
{
    (void)state;
    static const struct alteration cases[] = {
        {"metadata: no number \"unknown\"", NULL, 0, 0, 0, "\"unknown\"",
         "\"Unknown\""},
        {"metadata: \"a_word\" is not from 12 to 12", NULL, 0, 0, 0,
         "\"a_word\":12", "\"a_word\":13"},
        {"the vocabulary is not whole", "vocabulary.table", 8 + 3, 1, 'X', NULL,
         NULL},
        {"the vocabulary does not fill its text", "vocabulary.starts", 96, 4, 1,
         NULL, NULL},
        {"piece 4 ends early", "vocabulary.starts", 96 + 20, 4, 1, NULL, NULL},
        {"slot 0 of the vocabulary holds no piece", "vocabulary.table", 96, 4,
         UINT32_MAX, NULL, NULL},
    };
    check_alterations(cases, LENGTH_OF(cases));
}

static void a_vocabulary_table_without_room_is_refused(void **state)
{
    (void)state;
    struct copy copy = tiny_copy();
    const size_t entry = entry_at(&copy, "vocabulary.table");
    const size_t slots = (size_t)number_at(&copy, entry + 64, 8);
    for (size_t i = 0; i < slots; i++)
        number_put(&copy, numbers_at(&copy, "vocabulary.table") + 4 * i, 4, 1);
    tiny_seal(&copy);
    refused_as(&copy, ERROR_CORRUPT, "the table of the vocabulary is too full");
    tiny_free(&copy);
}

static void wrong_label_sets_are_refused(void **state)
{
    (void)state;
    static const struct alteration cases[] = {
        {"metadata: no label sets", NULL, 0, 0, 0, "\"labels\"", "\"Labels\""},
        {"label set outer: label 0 is no string", NULL, 0, 0, 0,
         "\"outer\":[\"O\"", "\"outer\":[123"},
        {"label set inner: no head of that size", NULL, 0, 0, 0,
         "\"inner\":[\"O\",\"B-cue\"", "\"inner\":[\"O,,,B-cue\""},
        {"label set nAmes: no head of that size", NULL, 0, 0, 0, "\"names\"",
         "\"nAmes\""},
        {"calibration: not pairs of float32", "calibration", 56, 4,
         TENSOR_UINT32, NULL, NULL},
        {"calibration: does not rise", "calibration", 96 + 8, 4, 0xBF800000,
         NULL, NULL},
        {"evidence.weight: not 11 x 1 of float32", "evidence.weight", 56, 4,
         TENSOR_UINT32, NULL, NULL},
    };
    check_alterations(cases, LENGTH_OF(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_tells_its_name_and_hash),
        cmocka_unit_test(kernels_that_are_not_had_are_spoken_of),
        cmocka_unit_test(a_missing_file_is_not_found),
        cmocka_unit_test(a_file_of_another_kind_is_refused),
        cmocka_unit_test(a_file_cut_anywhere_is_refused),
        cmocka_unit_test(one_altered_bit_is_refused),
        cmocka_unit_test(sealed_alterations_do_no_harm),
        cmocka_unit_test(a_wrong_head_is_refused),
        cmocka_unit_test(a_wrong_length_is_refused),
        cmocka_unit_test(a_wrong_checksum_is_refused),
        cmocka_unit_test(a_wrong_table_is_refused),
        cmocka_unit_test(wrong_sizes_are_refused),
        cmocka_unit_test(a_wrong_vocabulary_is_refused),
        cmocka_unit_test(a_vocabulary_table_without_room_is_refused),
        cmocka_unit_test(wrong_label_sets_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
