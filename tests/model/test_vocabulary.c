/*
 * test_vocabulary.c - word pieces are those of the Python twin.
 */
#include "model_parts.h"
#include "tiny.h"

static void compare_line(const struct vocabulary *vocabulary, struct slice line)
{
    struct error error = {0};
    json_t *pair = json_read(line, &error);
    assert_non_null(pair);
    const json_t *word = json_array_get(pair, 0);
    const json_t *wanted = json_array_get(pair, 1);
    uint32_t pieces[WORD_PIECES_MAX];
    const size_t count = vocabulary_split(
        vocabulary,
        (struct slice){json_string_value(word), json_string_length(word)},
        pieces);
    if (count != json_array_size(wanted))
        fail_msg("%s: %zu pieces", json_string_value(word), count);
    for (size_t i = 0; i < count; i++)
        if (pieces[i] !=
            (uint32_t)json_integer_value(json_array_get(wanted, i)))
            fail_msg("%s: piece %zu is %u", json_string_value(word), i,
                     pieces[i]);
    json_decref(pair);
}

static void words_have_the_pieces_of_the_python_twin(void **state)
{
    (void)state;
    struct error error = {0};
    struct file file;
    struct model *model = tiny_open();
    assert_true(
        file_read("tests/golden/model/pieces.jsonl", 1 << 20, &file, &error));
    struct slice rest = file.bytes;
    size_t lines = 0;
    while (rest.length > 0) {
        const char *end = memchr(rest.data, '\n', rest.length);
        const size_t length = (size_t)(end - rest.data);
        compare_line(&model->vocabulary, (struct slice){rest.data, length});
        rest = (struct slice){end + 1, rest.length - length - 1};
        lines++;
    }
    assert_true(lines > 80);
    file_close(&file);
    model_close(model);
}

static void every_piece_is_found_by_its_bytes(void **state)
{
    (void)state;
    struct model *model = tiny_open();
    const struct vocabulary *vocabulary = &model->vocabulary;
    for (uint32_t i = 0; i < vocabulary->count; i++) {
        const struct slice piece = {
            (const char *)vocabulary->text + vocabulary->starts[i],
            vocabulary->starts[i + 1] - vocabulary->starts[i]};
        assert_int_equal(vocabulary_find(vocabulary, piece), i);
    }
    assert_int_equal(vocabulary_find(vocabulary, slice_of("no such piece")),
                     vocabulary->count);
    model_close(model);
}

static void bytes_that_are_no_utf8_are_unknown(void **state)
{
    (void)state;
    struct model *model = tiny_open();
    uint32_t pieces[WORD_PIECES_MAX];
    for (int byte = 0x80; byte < 0x100; byte++) {
        const char word[1] = {(char)byte};
        assert_int_equal(vocabulary_split(&model->vocabulary,
                                          (struct slice){word, 1}, pieces),
                         1);
        assert_int_equal(pieces[0], model->vocabulary.unknown);
    }
    model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_have_the_pieces_of_the_python_twin),
        cmocka_unit_test(every_piece_is_found_by_its_bytes),
        cmocka_unit_test(bytes_that_are_no_utf8_are_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
