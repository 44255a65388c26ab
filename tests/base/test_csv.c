/*
 * test_csv.c - what was written reads back as it was, and no cell is a formula.
 */
#include "test.h"

#include "csv.h"

static char *written;
static size_t written_length;

/* Writes one row of cells and leaves its bytes in `written`. */
static void write_row(const char *const *cells, size_t count)
{
    FILE *file = open_memstream(&written, &written_length);
    assert_non_null(file);
    csv_write_mark(file);
    csv_write_row(file, cells, count);
    assert_int_equal(fclose(file), 0);
}

/* All rows of the text, their cells with "|" between and "/" behind a row. */
static bool read_all(struct slice text, char words[400], struct error *error)
{
    struct csv csv;
    struct csv_row row;
    bool is_there = true;
    struct arena *arena = arena_new((size_t)1 << 20);
    assert_non_null(arena);
    bool is_read = csv_begin(&csv, text, error);
    words[0] = '\0';
    while (is_read && is_there) {
        is_read = csv_next(&csv, arena, &row, &is_there, error);
        for (size_t i = 0; is_read && i < row.count; i++) {
            size_t at = strlen(words);
            snprintf(words + at, 400 - at, "%s%s", row.items[i],
                     i + 1 < row.count ? "|" : "/");
        }
    }
    arena_release(arena);
    return is_read;
}

static void a_table_is_read_as_spreadsheets_write_it(void **state)
{
    (void)state;
    static const char *const tables[][2] = {
        {"a,b\r\nc,d\r\n", "a|b/c|d/"},
        {"\xEF\xBB\xBF"
         "a;b\nc,d;\n\n\n",
         "a|b/c,d|/"},
        {"a\tb\rc\t\"d\te\"", "a|b/c|d\te/"},
        {"a,\"b \"\"x\"\"\r\nc\"\r\nd,", "a|b \"x\"\r\nc/d|/"},
        {"'=1,'x,''y,'", "=1|'x|'y|'/"},
        {"\"'-2\",\"\"", "-2|/"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct error error = {0};
        char words[400];
        if (!read_all(slice_of(tables[i][0]), words, &error))
            fail_msg("%s", error.text);
        assert_string_equal(words, tables[i][1]);
    }
}

static void what_is_no_table_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct {
        struct slice bytes;
        const char *told;
    } bad[] = {
        {{"a\n\"b\nc", 6}, "line 2: a quote is not closed"},
        {{"a\n\n\"b\"c", 7}, "line 3: words behind a closed quote"},
        {{"a\r\nb\"c\"", 7}, "line 2: a quote within a cell without quotes"},
        {{"a\xE4", 2}, "not UTF-8: save the table as \"CSV UTF-8\""},
        {{"a\0b", 3}, "not a table: a NUL byte"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error error = {0};
        char words[400];
        assert_false(read_all(bad[i].bytes, words, &error));
        assert_error(error, ERROR_BAD_INPUT, bad[i].told);
    }
}

static void no_cell_is_taken_for_a_formula(void **state)
{
    (void)state;
    static const char *const cells[] = {"=HYPERLINK(\"http://x\")",
                                        "+1",
                                        "-1+cmd|' /C calc'!A0",
                                        "@SUM(1)",
                                        "\t=1",
                                        "\r=1",
                                        "\n=1",
                                        "'=1",
                                        "''",
                                        "\xEF\xBC\x9D"
                                        "1",
                                        "\xEF\xBC\x8B"
                                        "1",
                                        "\xEF\xBC\x8D"
                                        "1",
                                        "\xEF\xBC\xA0"
                                        "x"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        struct error error = {0};
        char words[400], expected[400];
        write_row(&cells[i], 1);
        assert_int_equal(written[4], '\'');
        assert_true(
            read_all((struct slice){written, written_length}, words, &error));
        snprintf(expected, sizeof expected, "%s/", cells[i]);
        assert_string_equal(words, expected);
        free(written);
    }
}

static void every_row_reads_back_as_it_was(void **state)
{
    (void)state;
    static const char letters[] = "a'=\",;\n\r\t -";
    uint32_t seed = 20190521;
    for (unsigned round = 0; round < 20000; round++) {
        char cells[3][6], words[400], expected[400];
        const char *row[4] = {cells[0], cells[1], cells[2], "end"};
        struct error error = {0};
        for (size_t i = 0; i < 18; i++) {
            seed = seed * 1664525 + 1013904223;
            cells[i / 6][i % 6] =
                i % 6 == 5 ? '\0' : letters[(seed >> 16) % sizeof letters];
        }
        write_row(row, 4);
        if (!read_all((struct slice){written, written_length}, words, &error))
            fail_msg("%s: %s", error.text, written);
        snprintf(expected, sizeof expected, "%s|%s|%s|end/", row[0], row[1],
                 row[2]);
        assert_string_equal(words, expected);
        free(written);
    }
}

static void bytes_that_are_no_utf8_are_replaced(void **state)
{
    (void)state;
    const char *const cells[] = {"x\xE4y", NULL};
    write_row(cells, 2);
    assert_string_equal(written, "\xEF\xBB\xBF\"x\xEF\xBF\xBDy\",\r\n");
    free(written);
}

static void memory_may_run_out(void **state)
{
    (void)state;
    struct csv csv;
    struct csv_row row;
    bool is_there;
    struct error error = {0};
    struct arena *arena = arena_new(1);
    assert_non_null(arena);
    assert_true(csv_begin(&csv, slice_of("a,b,c\n"), &error));
    assert_false(csv_next(&csv, arena, &row, &is_there, &error));
    assert_int_equal(error.kind, ERROR_LIMIT);
    arena_release(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_read_as_spreadsheets_write_it),
        cmocka_unit_test(what_is_no_table_is_refused_with_its_line),
        cmocka_unit_test(no_cell_is_taken_for_a_formula),
        cmocka_unit_test(every_row_reads_back_as_it_was),
        cmocka_unit_test(bytes_that_are_no_utf8_are_replaced),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
