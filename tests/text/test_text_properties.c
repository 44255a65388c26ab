/*
 * test_text_properties.c - what holds of all texts, tried on some thousand
 * invented ones.
 */
#include "test.h"

#include "check_text.h"

enum { TEXTS = 1500, BYTES_MOST = 3000 };

static char bytes[BYTES_MOST];

static struct text analyse(struct arena *arena, size_t length)
{
    struct error error = {0};
    struct text text;
    assert_true(
        text_analyse((struct slice){bytes, length}, arena, &text, &error));
    return text;
}

static void all_invariants_hold(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 24);
    for (uint32_t seed = 0; seed < TEXTS; seed++) {
        arena_reset(arena);
        struct text text =
            analyse(arena, text_invent(seed, bytes, sizeof bytes));
        const char *fault = text_fault(&text);
        if (fault != NULL)
            fail_msg("seed %u: %s", seed, fault);
    }
    arena_release(arena);
}

/* Marks as a page, or an attacker who wrote one, may have them. */
static void marks_of_any_place_leave_the_invariants(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 24);
    for (uint32_t seed = 0; seed < TEXTS / 5; seed++) {
        enum { MARKS = 20 };
        struct part_mark marks[MARKS];
        struct error error = {0};
        struct text text;
        size_t length = text_invent(seed, bytes, sizeof bytes);
        uint32_t at = 0, chance = seed * 7919 + 1;
        for (size_t i = 0; i < MARKS; i++) {
            chance = chance * 1664525 + 1013904223;
            marks[i].span.begin = at + (chance >> 16) % 90;
            marks[i].span.end = marks[i].span.begin + (chance >> 8) % 120;
            marks[i].kind = (enum part_kind)((chance >> 24) % (PART_TABLE + 1));
            at = marks[i].span.end;
        }
        arena_reset(arena);
        assert_true(text_analyse_marked((struct slice){bytes, length}, marks,
                                        MARKS, arena, &text, &error));
        const char *fault = text_fault(&text);
        if (fault != NULL)
            fail_msg("seed %u: %s", seed, fault);
    }
    arena_release(arena);
}

#define SAME(list)                                                             \
    (a->list.count == b->list.count &&                                         \
     (a->list.count == 0 ||                                                    \
      memcmp(a->list.items, b->list.items,                                     \
             a->list.count * sizeof *a->list.items) == 0))

static bool is_same(const struct text *a, const struct text *b)
{
    return SAME(tokens) && SAME(paragraphs) && SAME(sentences) &&
           a->quotations.count == b->quotations.count &&
           a->labels.count == b->labels.count && SAME(parts);
}

static void the_same_bytes_give_the_same_text(void **state)
{
    (void)state;
    struct arena *one = arena_new(1 << 24);
    struct arena *two = arena_new(1 << 24);
    for (uint32_t seed = 0; seed < TEXTS / 10; seed++) {
        size_t length = text_invent(seed, bytes, sizeof bytes);
        struct text a = analyse(one, length);
        struct text b = analyse(two, length);
        assert_true(is_same(&a, &b));
        arena_reset(one);
    }
    arena_release(one);
    arena_release(two);
}

/* The lines of invented texts are not wrapped by hand when one is long. */
static size_t make_unwrapped(size_t length)
{
    memset(bytes, 'w', 130);
    bytes[130] = '\n';
    return length < 131 ? 131 : length;
}

static void a_prefix_has_the_sentences_of_the_whole(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1 << 26);
    for (uint32_t seed = 0; seed < TEXTS / 20; seed++) {
        arena_reset(arena);
        size_t length = make_unwrapped(text_invent(seed, bytes, sizeof bytes));
        struct text whole = analyse(arena, length);
        for (size_t i = 0; i < whole.paragraphs.count; i++) {
            struct span paragraph = whole.paragraphs.items[i];
            struct text prefix =
                analyse(arena, text_bytes_of(&whole, paragraph).end);
            assert_int_equal(prefix.paragraphs.count, i + 1);
            assert_int_equal(prefix.sentences.count,
                             text_sentence_of(&whole, paragraph.end - 1) + 1);
            assert_memory_equal(prefix.sentences.items, whole.sentences.items,
                                prefix.sentences.count *
                                    sizeof *prefix.sentences.items);
        }
    }
    arena_release(arena);
}

static void line_breaks_of_all_systems_are_one(void **state)
{
    (void)state;
    static char unix_bytes[BYTES_MOST];
    struct arena *arena = arena_new(1 << 26);
    for (uint32_t seed = 0; seed < TEXTS / 10; seed++) {
        arena_reset(arena);
        size_t length = text_invent(seed, unix_bytes, sizeof bytes / 2);
        size_t wide = 0;
        for (size_t i = 0; i < length; i++) {
            if (unix_bytes[i] == '\r')
                unix_bytes[i] = ' ';
            bytes[i] = unix_bytes[i];
        }
        struct text narrow = analyse(arena, length);
        for (size_t i = 0; i < length; i++) {
            if (unix_bytes[i] == '\n')
                bytes[wide++] = '\r';
            bytes[wide++] = unix_bytes[i];
        }
        struct text windows = analyse(arena, wide);
        assert_int_equal(narrow.paragraphs.count, windows.paragraphs.count);
        assert_int_equal(narrow.sentences.count, windows.sentences.count);
        assert_int_equal(narrow.quotations.count, windows.quotations.count);
        assert_int_equal(narrow.parts.count, windows.parts.count);
    }
    arena_release(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_invariants_hold),
        cmocka_unit_test(marks_of_any_place_leave_the_invariants),
        cmocka_unit_test(the_same_bytes_give_the_same_text),
        cmocka_unit_test(a_prefix_has_the_sentences_of_the_whole),
        cmocka_unit_test(line_breaks_of_all_systems_are_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
