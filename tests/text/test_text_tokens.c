/*
 * test_text_tokens.c - words, marks, white space and the borders of
 * paragraphs, as the network was trained with them.
 */
#include "test.h"

#include "check_text.h"

static struct arena *arena;
static struct text text;

static void analyse(const char *bytes, size_t length)
{
    struct error error = {0};
    arena_reset(arena);
    assert_true(
        text_analyse((struct slice){bytes, length}, arena, &text, &error));
    assert_null(text_fault(&text));
}

/* The tokens of a text with a | between them, ¶ where a paragraph begins. */
static void assert_cut(const char *bytes, const char *wanted)
{
    char cut[512];
    size_t length = 0;
    analyse(bytes, strlen(bytes));
    for (size_t i = 0, paragraph = 0; i < text.tokens.count; i++) {
        struct slice token = slice_at(text.bytes, text.tokens.items[i]);
        bool is_first = i > 0 && paragraph + 1 < text.paragraphs.count &&
                        text.paragraphs.items[paragraph + 1].begin == i;
        paragraph += is_first;
        length += (size_t)snprintf(cut + length, sizeof cut - length, "%s%.*s",
                                   i == 0     ? ""
                                   : is_first ? "¶"
                                              : "|",
                                   (int)token.length, token.data);
    }
    cut[length] = '\0';
    assert_string_equal(cut, wanted);
}

static void a_word_is_letters_and_numbers(void **state)
{
    (void)state;
    assert_cut("Sh500 2nd 3.15 a_b don't", "Sh500|2nd|3|.|15|a|_|b|don|'|t");
}

static void marks_and_joiners_go_on_with_a_word(void **state)
{
    (void)state;
    assert_cut("e\xCC\x81t\xC3\xA9 co\xC2\xADop ab\xE2\x80\x8D"
               "c",
               "e\xCC\x81t\xC3\xA9|co\xC2\xADop|ab\xE2\x80\x8D"
               "c");
    /* ... but do not begin one. */
    assert_cut("\xCC\x81x", "\xCC\x81|x");
}

static void every_other_character_is_a_token(void **state)
{
    (void)state;
    assert_cut("“No!”—🎉🎉", "“|No|!|”|—|🎉|🎉");
}

static void white_space_is_more_than_blanks(void **state)
{
    (void)state;
    assert_cut("\xEF\xBB\xBF"
               "a\xC2\xA0"
               "b\xE2\x80\x8B"
               "c\x1C"
               "d\te",
               "a|b|c|d|e");
}

static void a_byte_that_is_no_utf8_is_a_token(void **state)
{
    (void)state;
    assert_cut("a\xFF\xC3 b\xE2\x80", "a|\xFF|\xC3|b|\xE2|\x80");
    assert_int_equal(text.invalid_bytes, 4);
}

static void a_nul_is_a_character(void **state)
{
    (void)state;
    analyse("a\0b", 3);
    assert_int_equal(text.tokens.count, 3);
}

static void each_line_is_a_paragraph(void **state)
{
    (void)state;
    assert_cut("a b\nc\r\nd\re\xE2\x80\xA8"
               "f\n\ng\fh",
               "a|b¶c¶d¶e¶f¶g¶h");
}

#define LONG "wwwwwwwww wwwwwwwww wwwwwwwww wwwwwwwww www"

static void full_lines_of_a_wrapped_text_run_on(void **state)
{
    (void)state;
    analyse(LONG "\n" LONG "\n" LONG "\n" LONG, 4 * sizeof LONG - 1);
    assert_int_equal(text.paragraphs.count, 1);
    /* Two lines alone are not enough to tell. */
    analyse(LONG "\n" LONG "\n" LONG, 3 * sizeof LONG - 1);
    assert_int_equal(text.paragraphs.count, 3);
}

static void a_short_line_ends_a_paragraph_of_a_wrapped_text(void **state)
{
    (void)state;
    static const char bytes[] =
        LONG "\n" LONG "\n" LONG "\n" LONG "\nshort\n" LONG;
    analyse(bytes, sizeof bytes - 1);
    assert_int_equal(text.paragraphs.count, 2);
}

static void items_begin_paragraphs_of_a_wrapped_text(void **state)
{
    (void)state;
    static const char *const items[] = {"- ", "• ", "12. ", "(a) ", "b) ", " "};
    static const char *const words[] = {"-", "•x ", "12345. ", "ab) ", "x "};
    for (size_t i = 0; i < 11; i++) {
        bool is_item = i < 6;
        char bytes[512];
        int length =
            snprintf(bytes, sizeof bytes, "%s\n%s\n%s\n%s\n%s%s", LONG, LONG,
                     LONG, LONG, is_item ? items[i] : words[i - 6], LONG);
        analyse(bytes, (size_t)length);
        assert_int_equal(text.paragraphs.count, is_item ? 2 : 1);
    }
}

static void one_very_long_line_shows_that_nothing_is_wrapped(void **state)
{
    (void)state;
    static const char bytes[] =
        LONG "\n" LONG "\n" LONG "\n" LONG "\n\n" LONG LONG LONG;
    analyse(bytes, sizeof bytes - 1);
    assert_int_equal(text.paragraphs.count, 5);
}

static void tokens_are_found_by_their_bytes(void **state)
{
    (void)state;
    analyse("ab  cd", 6);
    struct span found = text_tokens_in(&text, (struct span){1, 5});
    assert_int_equal(found.begin, 0);
    assert_int_equal(found.end, 2);
    found = text_tokens_in(&text, (struct span){2, 4});
    assert_int_equal(found.begin, found.end);
    found = text_tokens_in(&text, (struct span){3, 3});
    assert_int_equal(found.begin, found.end);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_letters_and_numbers),
        cmocka_unit_test(marks_and_joiners_go_on_with_a_word),
        cmocka_unit_test(every_other_character_is_a_token),
        cmocka_unit_test(white_space_is_more_than_blanks),
        cmocka_unit_test(a_byte_that_is_no_utf8_is_a_token),
        cmocka_unit_test(a_nul_is_a_character),
        cmocka_unit_test(each_line_is_a_paragraph),
        cmocka_unit_test(full_lines_of_a_wrapped_text_run_on),
        cmocka_unit_test(a_short_line_ends_a_paragraph_of_a_wrapped_text),
        cmocka_unit_test(items_begin_paragraphs_of_a_wrapped_text),
        cmocka_unit_test(one_very_long_line_shows_that_nothing_is_wrapped),
        cmocka_unit_test(tokens_are_found_by_their_bytes),
    };
    arena = arena_new(1 << 24);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(arena);
    return failed;
}
