/*
 * test_times.c - the rules of data/time-rules.tsv, one by one, by times.txt;
 * and what holds of every text.
 *
 * A line of times.txt is a rule, the document's date or -, and a text in which
 * each time stands in brackets with its value: "on [Monday|2019-05-13]". The
 * rule named must be that of one of them.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "calendar.h"
#include "test.h"
#include "time_find.h"
#include "time_recurrence.h"
#include "time_rule.h"

enum { LINE_ROOM = 4096, RULES_ROOM = 1024 };

static const char *examples;
static bool is_fired[RULES_ROOM];

/* The text with what was found in it in brackets. */
static void mark(const char *words, const char *date, char *out, size_t room,
                 const char *rule, bool *is_used)
{
    struct error error = {0};
    struct text text;
    struct times times;
    struct time_context context = {.date = slice_of(date)};
    struct arena *arena = arena_new(1 << 24);
    size_t used = 0;
    uint32_t at = 0;
    assert_non_null(arena);
    assert_true(text_analyse(slice_of(words), arena, &text, &error));
    assert_true(times_find(&text, &context, arena, &times, &error));
    for (size_t i = 0; i < times.items.count; i++) {
        const struct time *time = &times.items.items[i];
        used += (size_t)snprintf(out + used, room - used, "%.*s[%.*s|%s]",
                                 (int)(time->span.begin - at), words + at,
                                 (int)(time->span.end - time->span.begin),
                                 words + time->span.begin, time->value);
        at = time->span.end;
        *is_used |= strcmp(time_rule_name(time), rule) == 0;
        is_fired[time->rule] = true;
    }
    snprintf(out + used, room - used, "%s", words + at);
    arena_release(arena);
}

/* "[Monday|2019-05-13]" without brackets and value; "\n" is a line break. */
static void plain_of(const char *marked, char *plain)
{
    bool is_value = false;
    for (; *marked != '\0'; marked++) {
        if (*marked == '|')
            is_value = true;
        else if (*marked == ']' && is_value)
            is_value = false;
        else if (!is_value && *marked != '[')
            *plain++ = *marked;
    }
    *plain = '\0';
}

static void unescape(char *line)
{
    char *out = line;
    for (; *line != '\0'; line++)
        if (line[0] == '\\' && line[1] == 'n') {
            *out++ = '\n';
            line++;
        } else {
            *out++ = *line;
        }
    *out = '\0';
}

static unsigned check_line(char *line, unsigned number)
{
    char got[2 * LINE_ROOM];
    char plain[LINE_ROOM];
    char *rest = NULL;
    const char *rule = strtok_r(line, "\t", &rest);
    const char *date = strtok_r(NULL, "\t", &rest);
    char *marked = strtok_r(NULL, "\n", &rest);
    bool is_used = false;
    assert_non_null(marked);
    unescape(marked);
    plain_of(marked, plain);
    mark(plain, strcmp(date, "-") == 0 ? "" : date, got, sizeof got, rule,
         &is_used);
    if (strcmp(got, marked) != 0)
        print_error("times.txt:%u: wanted %s\n  got %s\n", number, marked, got);
    else if (!is_used && strcmp(rule, "-") != 0)
        print_error("times.txt:%u: the rule %s was not used: %s\n", number,
                    rule, got);
    return strcmp(got, marked) != 0 || (!is_used && strcmp(rule, "-") != 0);
}

static void every_example_has_the_times_it_says(void **state)
{
    (void)state;
    FILE *stream = fopen(examples, "r");
    char line[LINE_ROOM];
    unsigned number = 0;
    unsigned wrong = 0;
    assert_non_null(stream);
    while (fgets(line, sizeof line, stream) != NULL) {
        number++;
        if (line[0] != '#' && line[0] != '\n')
            wrong += check_line(line, number);
    }
    fclose(stream);
    assert_int_equal(wrong, 0);
}

/* Behind the examples, which it counts by. */
static void every_rule_has_an_example(void **state)
{
    (void)state;
    for (size_t i = 0; i < time_rule_table.count; i++)
        if (time_rule_table.rows[i].key[0] != '@' && !is_fired[i])
            fail_msg("no example of %s", time_rule_table.rows[i].key);
}

static void find(const char *words, size_t length, const char *date,
                 struct arena *arena, struct text *text, struct times *times)
{
    struct error error = {0};
    struct time_context context = {.date = slice_of(date)};
    assert_true(
        text_analyse((struct slice){words, length}, arena, text, &error));
    assert_true(times_find(text, &context, arena, times, &error));
}

/* Words of the tables in any order: times lie in the text, in order, and do
 * not overlap; and come out again the same. */
static void any_words_have_times_in_order(void **state)
{
    (void)state;
    static const char *const words[] = {
        "the ", "last", " ",    "Monday", "31",   "February ", "at ",
        "5",    ":",    "30",   " p.m. ", "-",    "2019",      "every ",
        "two ", "days", "ago ", "of ",    "and ", "\n",        "week ",
        "\xff", "’",    "99",   "half ",  "next", ", ",        "BC "};
    uint64_t seed = 11;
    char made[2000];
    for (int round = 0; round < 400; round++) {
        struct arena *arena = arena_new(1 << 24);
        struct text text;
        struct times times, again;
        size_t length = 0;
        while (length + 20 < sizeof made) {
            const char *word =
                words[test_random(&seed) % (sizeof words / sizeof *words)];
            memcpy(made + length, word, strlen(word));
            length += strlen(word);
        }
        find(made, length, round % 2 == 0 ? "2019-05-15" : "", arena, &text,
             &times);
        find(made, length, round % 2 == 0 ? "2019-05-15" : "", arena, &text,
             &again);
        assert_int_equal(times.items.count, again.items.count);
        uint32_t at = 0;
        for (size_t i = 0; i < times.items.count; i++) {
            const struct time *time = &times.items.items[i];
            assert_true(time->span.begin >= at);
            assert_true(time->span.end > time->span.begin);
            assert_true(time->span.end <= length);
            assert_true(time->value[0] != '\0');
            assert_true(time->confidence > 0 && time->confidence < 1);
            assert_true(time->anchor == TIME_NONE ||
                        time->anchor < times.items.count);
            assert_string_equal(time->value, again.items.items[i].value);
            at = time->span.end;
        }
        arena_release(arena);
    }
}

static void what_comes_again_has_its_days(void **state)
{
    (void)state;
    static const char words[] =
        "They march every Monday and Thursday until 30 May 2019.";
    struct arena *arena = arena_new(1 << 24);
    struct text text;
    struct times times;
    struct recurrence recurrence;
    size_t count = 0;
    find(words, sizeof words - 1, "2019-05-15", arena, &text, &times);
    assert_true(
        time_recurrence(&times, 0, calendar_day(2019, 5, 15), &recurrence));
    for (int32_t day = recurrence.first; day != MOMENT_NONE;
         day = recurrence_next(&recurrence, day), count++)
        assert_true(calendar_weekday(day) == 1 || calendar_weekday(day) == 4);
    assert_int_equal(recurrence.first, calendar_day(2019, 5, 16));
    assert_int_equal(count, 5);
    arena_release(arena);
}

static void the_time_of_a_passage_is_the_nearest_in_its_sentence(void **state)
{
    (void)state;
    static const char words[] =
        "On 3 May 2019 he was taken, and on 9 May 2019 he was found. He died.";
    struct arena *arena = arena_new(1 << 24);
    struct text text;
    struct times times;
    find(words, sizeof words - 1, "", arena, &text, &times);
    assert_int_equal(time_near(&times, &text, 22), 0);
    assert_int_equal(time_near(&times, &text, 53), 1);
    assert_int_equal(time_near(&times, &text, 64), 1);
    assert_int_equal(times_in(&times, (struct span){20, 60}).begin, 1);
    arena_release(arena);
}

static void want_of_memory_is_an_error(void **state)
{
    (void)state;
    static const char words[] = "On 3 May 2019 he was taken.";
    struct error error = {0};
    struct arena *arena = arena_new(1 << 20);
    struct arena *small = arena_new(16);
    struct text text;
    struct times times;
    struct time_context context = {.date = slice_of("")};
    assert_true(text_analyse(slice_of(words), arena, &text, &error));
    assert_false(times_find(&text, &context, small, &times, &error));
    assert_int_equal(error.kind, ERROR_LIMIT);
    arena_release(small);
    arena_release(arena);
}

int main(int argc, char **argv)
{
    assert(argc == 2);
    examples = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_has_the_times_it_says),
        cmocka_unit_test(every_rule_has_an_example),
        cmocka_unit_test(any_words_have_times_in_order),
        cmocka_unit_test(what_comes_again_has_its_days),
        cmocka_unit_test(the_time_of_a_passage_is_the_nearest_in_its_sentence),
        cmocka_unit_test(want_of_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
