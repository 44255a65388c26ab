/*
 * test_police.c - what police are said to do, of readings made by hand.
 */
#include "police.h"
#include "test.h"

/* An act of a sentence: the words that tell of it, and who did it. */
struct told {
    enum act_code code;
    const char *trigger, *doer; /* words of the text; no doer: NULL */
    bool is_denied;
    float confidence;
};

struct example {
    const char *text;
    struct told acts[3];
    uint32_t act_count;
    int labels; /* of the last sentence */
};

static struct span place_of(const char *text, const char *words)
{
    const char *at = strstr(text, words);
    assert_non_null(at);
    const uint32_t begin = (uint32_t)(at - text);
    return (struct span){begin, begin + (uint32_t)strlen(words)};
}

static void check(const struct example *example)
{
    struct error error = {0};
    struct act_party parties[3];
    struct reading reading = {0};
    struct arena *arena = arena_new((size_t)1 << 22);
    assert_non_null(arena);
    assert_true(
        text_analyse(slice_of(example->text), arena, &reading.text, &error));
    for (uint32_t i = 0; i < example->act_count; i++) {
        const struct told *told = &example->acts[i];
        struct act act = {.code = told->code,
                          .trigger = place_of(example->text, told->trigger),
                          .parties = &parties[i],
                          .party_count = told->doer != NULL,
                          .is_denied = told->is_denied,
                          .confidence = told->confidence};
        if (told->doer != NULL)
            parties[i] =
                (struct act_party){.span = place_of(example->text, told->doer),
                                   .actor = READING_NONE,
                                   .role = ROLE_PERPETRATOR};
        assert_true(list_push(arena, &reading.acts, act, &error));
    }
    assert_true(police_take(arena, &reading, &error));
    const int found = reading.police[reading.text.sentences.count - 1] &
                      ((1 << POLICE_LABEL_COUNT) - 1);
    if (found != example->labels)
        fail_msg("%s: %d, not %d", example->text, found, example->labels);
    arena_release(arena);
}

enum {
    FORCE = POLICE_FORCE | POLICE_ANY_ACTION,
    KILL = POLICE_KILL | FORCE,
    ARREST = POLICE_ARREST | POLICE_ANY_ACTION,
};

static void what_is_theirs_is_told_of_them(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Officers beat him.",
         {{ACT_BEATING, "beat", "Officers", false, 0.9f}},
         1,
         FORCE},
        {"Thieves beat him.",
         {{ACT_BEATING, "beat", "Thieves", false, 0.9f}},
         1,
         0},
        {"The army opened fire.",
         {{ACT_SHOOTING, "opened fire", "The army", false, 0.9f}},
         1,
         FORCE},
        {"The police escorting them killed two.",
         {{ACT_KILLING, "killed", "The police escorting them", false, 0.9f}},
         1,
         KILL},
        {"The police lost two men.",
         {{ACT_KILLING, "lost", "The police", false, 0.3f}},
         1,
         POLICE_ANY_ACTION},
        {"The rain fell.", {{0}}, 0, 0},
        {"The rain fell on the constables.", {{0}}, 0, POLICE_ANY_ACTION},
        {"The general use of force is a service.", {{0}}, 0, 0},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        check(&examples[i]);
}

static void what_only_police_do_needs_no_name(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Forty people were arrested.",
         {{ACT_ARREST, "arrested", NULL, false, 0.9f}},
         1,
         ARREST},
        {"Nobody was arrested.",
         {{ACT_ARREST, "arrested", NULL, true, 0.9f}},
         1,
         0},
        {"The fair was held.",
         {{ACT_DETENTION, "held", NULL, false, 0.3f}},
         1,
         0},
        {"Rebels arrested him.",
         {{ACT_ARREST, "arrested", "Rebels", false, 0.9f}},
         1,
         0},
        {"Tear gas was fired.",
         {{ACT_TEAR_GAS, "Tear gas", NULL, false, 0.9f}},
         1,
         FORCE},
        {"Two died.", {{ACT_KILLING, "died", NULL, false, 0.9f}}, 1, 0},
        {"Two died in police firing.",
         {{ACT_KILLING, "died", NULL, false, 0.9f}},
         1,
         KILL},
        {"Two died when officers opened fire.",
         {{ACT_KILLING, "died", NULL, false, 0.9f},
          {ACT_SHOOTING, "opened fire", "officers", false, 0.9f}},
         2,
         KILL},
        {"The police opened fire. Two were hurt in the firing.",
         {{ACT_SHOOTING, "opened fire", "The police", false, 0.9f},
          {ACT_SHOOTING, "the firing", NULL, false, 0.9f}},
         2,
         FORCE},
        {"A gang came. Two were hurt in the firing.",
         {{ACT_SHOOTING, "the firing", NULL, false, 0.9f}},
         1,
         0},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        check(&examples[i]);
}

static void who_should_have_acted_and_did_not_fails(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"Constables looked the other way.",
         {{0}},
         0,
         POLICE_FAIL | POLICE_ANY_ACTION},
        {"The government failed to protect them.", {{0}}, 0, POLICE_FAIL},
        {"The plumber failed to protect them.", {{0}}, 0, 0},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        check(&examples[i]);
}

static void an_empty_text_has_no_sentences(void **state)
{
    (void)state;
    struct error error = {0};
    struct reading reading = {0};
    struct arena *arena = arena_new((size_t)1 << 20);
    assert_true(text_analyse(slice_of(""), arena, &reading.text, &error));
    assert_true(police_take(arena, &reading, &error));
    assert_non_null(reading.police);
    arena_release(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_theirs_is_told_of_them),
        cmocka_unit_test(what_only_police_do_needs_no_name),
        cmocka_unit_test(who_should_have_acted_and_did_not_fails),
        cmocka_unit_test(an_empty_text_has_no_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
