/*
 * test_figures.c - numbers with what belongs to them, and the figures of
 * small texts. Which numbers are figures is learnt; the plain cases here must
 * stay right whatever is learnt anew.
 */
#include "feature.h"
#include "figure.h"
#include "test.h"

/* "span: of harm min..max" of every candidate (`is_weighed` false) or figure,
 * in order. */
static void show(const char *words, bool is_weighed, char *out, size_t room)
{
    struct error error = {0};
    struct text text;
    struct labels labels = {0};
    const struct figure *figures = NULL;
    size_t count = 0;
    struct arena *arena = arena_new(1 << 22);
    assert_non_null(arena);
    out[0] = '\0';
    assert_true(text_analyse(slice_of(words), arena, &text, &error));
    assert_true(
        figures_find(&text, &labels, NULL, 0, arena, &figures, &count, &error));
    for (uint32_t at = 0; !is_weighed && at < text.tokens.count; at++) {
        struct count found;
        struct span all = {0, (uint32_t)text.tokens.count};
        if (!count_at(&text, all, at, &found))
            continue;
        struct slice span =
            slice_at(text.bytes, text_bytes_of(&text, found.tokens));
        struct slice noun = {"-", 1};
        if (!span_is_empty(found.noun))
            noun = slice_at(text.bytes, text_bytes_of(&text, found.noun));
        size_t used = strlen(out);
        snprintf(out + used, room - used, "%s%.*s: %.*s %lld..%lld %s",
                 used > 0 ? "; " : "", (int)span.length, span.data,
                 (int)noun.length, noun.data, (long long)found.low,
                 (long long)found.high,
                 found.hedge == NULL ? "-" : found.hedge->columns[0]);
        at = found.number.end - 1;
    }
    for (size_t i = 0; is_weighed && i < count; i++) {
        struct slice span = slice_at(text.bytes, figures[i].span);
        size_t used = strlen(out);
        used += (size_t)snprintf(out + used, room - used, "%s%.*s: %.*s %s ",
                                 i > 0 ? "; " : "", (int)span.length, span.data,
                                 (int)figures[i].of.length, figures[i].of.data,
                                 figure_harm_names[figures[i].harm]);
        if (figures[i].has_min)
            used += (size_t)snprintf(out + used, room - used, "%lld",
                                     (long long)figures[i].min);
        used += (size_t)snprintf(out + used, room - used, "..");
        if (figures[i].has_max)
            snprintf(out + used, room - used, "%lld",
                     (long long)figures[i].max);
        assert_true(figures[i].confidence > 0 && figures[i].confidence <= 1);
    }
    arena_release(arena);
}

static void check(const char *words, const char *wanted)
{
    char got[1024];
    show(words, false, got, sizeof got);
    assert_string_equal(got, wanted);
}

static void check_figures(const char *words, const char *wanted)
{
    char got[1024];
    show(words, true, got, sizeof got);
    assert_string_equal(got, wanted);
}

static void a_number_has_its_hedge_and_what_it_counts(void **state)
{
    (void)state;
    check("at least 12 porters", "at least 12 porters: porters 12..12 least");
    check("more than 30 people", "more than 30 people: people 30..30 least");
    check("up to 600 students", "up to 600 students: students 600..600 most");
    check("some 150 traders", "some 150 traders: traders 150..150 about");
    check("a crowd of about 300 youths",
          "a crowd of about 300 youths: youths 300..300 about");
    check("50+ pupils", "50+ pupils: pupils 50..50 least");
    check("a further 3 huts", "a further 3 huts: huts 3..3 plain");
    check("eleven rubber rounds",
          "eleven rubber rounds: rubber rounds 11..11 -");
    check("two of the women fell", "two of the women: women 2..2 -");
    check("three of them fell", "three of them: - 3..3 -");
    check("two others", "two others: - 2..2 -");
    check("31 were held", "31: - 31..31 -");
    check("312 head of cattle", "312 head of cattle: cattle 312..312 -");
    check("27 injured persons", "27 injured persons: injured persons 27..27 -");
    check("one body", "one body: body 1..1 -");
    check("2018 at least 61 people",
          "2018: - 2018..2018 -; at least 61 people: people 61..61 least");
}

static void a_range_is_one_number(void **state)
{
    (void)state;
    check("between 5 and 7 huts", "between 5 and 7 huts: huts 5..7 -");
    check("7 or 8 shots", "7 or 8 shots: shots 7..8 -");
    check("some 30 to 40 men", "some 30 to 40 men: men 30..40 about");
    check("50-60 goats", "50-60 goats: goats 50..60 -");
    check("9 and 7 huts", "9: - 9..9 -; 7 huts: huts 7..7 -");
}

static void money_is_counted_by_its_name(void **state)
{
    (void)state;
    check_figures("They robbed him of Rs9,000 and beat him.",
                  "Rs9,000: rupees  9000..9000");
    check_figures("They robbed him of Le 5 million.",
                  "Le 5 million: leones  5000000..5000000");
    check_figures("They robbed him of 300 000 meticais.",
                  "300 000 meticais: meticais  300000..300000");
}

static void figures_have_harm_and_bounds(void **state)
{
    (void)state;
    check_figures("At least four people were killed when police opened fire.",
                  "At least four people: people killed 4..");
    check_figures("Nine officers were injured, two of them seriously.",
                  "Nine officers: officers injured 9..9; two of them: officers "
                  "injured 2..2");
    check_figures("Police arrested 31 people in the market.",
                  "31 people: people arrested 31..31");
    check_figures("Dozens were wounded.", "Dozens: people injured 24..");
}

static void what_counts_nothing_is_no_figure(void **state)
{
    (void)state;
    check_figures("On 3 May 2019 at 08:25 he was on Route 4.", "");
    check_figures("Ref 71/2019, page 6", "");
    check_figures("He is 34 years old.", "");
    check_figures("It took 3 hours.", "");
    check_figures("", "");
}

/* Every word of the table stands in a candidate as it should. */
static void every_hedge_can_loosen_a_number(void **state)
{
    (void)state;
    for (size_t i = 0; i < hedge_table.count; i++) {
        const struct table_row *row = &hedge_table.rows[i];
        char words[96];
        char got[256];
        bool is_behind = strcmp(row->columns[1], "behind") == 0;
        snprintf(words, sizeof words, is_behind ? "7%s%s" : "%s%s7",
                 is_behind ? (row->key[0] == '+' ? "" : " ") : row->key,
                 is_behind ? row->key : " ");
        show(words, false, got, sizeof got);
        if (strstr(got, row->columns[0]) == NULL || strstr(got, words) != got)
            fail_msg("%s: %s", words, got);
    }
}

static void every_currency_is_money(void **state)
{
    (void)state;
    for (size_t i = 0; i < currency_table.count; i++) {
        const struct table_row *row = &currency_table.rows[i];
        struct error error = {0};
        struct text text;
        struct count count;
        char words[96];
        char capital = row->key[0];
        bool is_found = false;
        struct arena *arena = arena_new(1 << 20);
        if (capital >= 'a' && capital <= 'z')
            capital = (char)(capital - 32);
        snprintf(words, sizeof words, "%c%s 700", capital, row->key + 1);
        assert_non_null(arena);
        assert_true(text_analyse(slice_of(words), arena, &text, &error));
        struct span all = {0, (uint32_t)text.tokens.count};
        for (uint32_t at = 0; !is_found && at < all.end; at++)
            is_found = count_at(&text, all, at, &count);
        if (!is_found || count.money == NULL ||
            strcmp(count.money->columns[0], row->columns[0]) != 0)
            fail_msg("%s", words);
        arena_release(arena);
    }
}

static void find(void *context, struct slice key)
{
    struct slice *wanted = context;
    if (slice_equals(*wanted, key))
        *wanted = (struct slice){"", 0};
}

static bool gives(const char *words, const char *feature)
{
    struct error error = {0};
    struct text text;
    struct labels labels = {0};
    struct slice wanted = slice_of(feature);
    struct arena *arena = arena_new(1 << 20);
    assert_non_null(arena);
    assert_true(text_analyse(slice_of(words), arena, &text, &error));
    struct count_context context = {.text = &text, .labels = &labels};
    for (size_t i = 0; i < text.sentences.count; i++)
        for (uint32_t at = text.sentences.items[i].begin;
             at < text.sentences.items[i].end; at++) {
            struct count count;
            if (count_at(&text, text.sentences.items[i], at, &count))
                count_features(&context, &count, find, &wanted);
        }
    arena_release(arena);
    return wanted.length == 0;
}

static void every_word_of_harm_and_every_counted_word_is_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < harm_table.count; i++) {
        char words[96], feature[96];
        snprintf(words, sizeof words, "7 %s", harm_table.rows[i].key);
        snprintf(feature, sizeof feature, "rh %s",
                 harm_table.rows[i].columns[0]);
        if (!gives(words, feature))
            fail_msg("%s", words);
    }
    for (size_t i = 0; i < count_word_table.count; i++) {
        const struct table_row *row = &count_word_table.rows[i];
        char words[96], feature[96];
        bool is_phrase = strpbrk(row->key, " .-'%") != NULL;
        snprintf(words, sizeof words, "%s 7 x", row->key);
        snprintf(feature, sizeof feature, "ca1 %s", row->columns[0]);
        if (!is_phrase && !gives(words, feature))
            fail_msg("%s", words);
    }
}

static void every_row_of_weights_has_seven(void **state)
{
    (void)state;
    for (size_t i = 0; i < figure_word_table.count; i++) {
        const char *at = figure_word_table.rows[i].columns[0];
        size_t weights = 1;
        assert_int_equal(strspn(at, "-0123456789 "), strlen(at));
        for (; *at != '\0'; at++)
            weights += *at == ' ';
        assert_int_equal(weights, 1 + HARM_COUNT);
        assert_non_null(strchr(figure_word_table.rows[i].key, ' '));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_has_its_hedge_and_what_it_counts),
        cmocka_unit_test(a_range_is_one_number),
        cmocka_unit_test(money_is_counted_by_its_name),
        cmocka_unit_test(figures_have_harm_and_bounds),
        cmocka_unit_test(what_counts_nothing_is_no_figure),
        cmocka_unit_test(every_hedge_can_loosen_a_number),
        cmocka_unit_test(every_currency_is_money),
        cmocka_unit_test(every_word_of_harm_and_every_counted_word_is_seen),
        cmocka_unit_test(every_row_of_weights_has_seven),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
