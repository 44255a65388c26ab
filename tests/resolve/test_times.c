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

int main(int argc, char **argv)
{
    assert(argc == 2);
    examples = argv[1];
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_has_the_times_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
