/*
 * test_claims_interventions.c - what was done to get an answer, and the paper
 * that a letter answers. Which words are interventions is learnt; what belongs
 * to one is by rules, which these tests hold.
 */
#include "test.h"

#include "interventions.h"
#include "marked_text.h"

struct found {
    struct arena *arena;
    struct reading reading;
};

static struct found read_marked(const char *marked)
{
    struct found found = {.arena = arena_new(1 << 26)};
    assert_non_null(found.arena);
    marked_reading(slice_of(marked), "", found.arena, &found.reading);
    return found;
}

/* The candidate whose passage this is. */
static struct attempt attempt_of(const struct reading *reading,
                                 const char *passage)
{
    const struct text *text = &reading->text;
    for (size_t i = 0; i < text->sentences.count; i++) {
        struct span sentence = text->sentences.items[i];
        for (uint32_t at = sentence.begin; at < sentence.end; at++) {
            struct attempt attempt;
            if (!attempt_at(text, sentence, at, &attempt))
                continue;
            struct slice words =
                slice_at(text->bytes, text_bytes_of(text, attempt.tokens));
            if (slice_equals(words, slice_of(passage)))
                return attempt;
            at = attempt.tokens.end - 1;
        }
    }
    fail_msg("no candidate: %s", passage);
    return (struct attempt){0};
}

static void check_response(const char *words, const char *passage,
                           enum response_status status, const char *answer)
{
    struct found found = read_marked(words);
    struct attempt attempt = attempt_of(&found.reading, passage);
    struct response response = attempt_response(&found.reading.text, &attempt);
    assert_int_equal(response.status, status);
    if (status != RESPONSE_UNKNOWN) {
        struct slice said =
            slice_at(found.reading.text.bytes,
                     text_bytes_of(&found.reading.text, response.tokens));
        assert_true(slice_equals(said, slice_of(answer)));
    }
    arena_release(found.arena);
}

static void what_came_of_it_stands_near(void **state)
{
    (void)state;
    check_response("We wrote to the Board. It has not answered.", "wrote",
                   RESPONSE_NOTHING, "not answered");
    check_response("Our complaint is under investigation.", "complaint",
                   RESPONSE_INVESTIGATED, "under investigation");
    check_response("The Board did not respond to six emails.", "emails",
                   RESPONSE_NOTHING, "not respond");
    check_response("We sent a letter. The clerk refused to take it.",
                   "sent a letter", RESPONSE_DENIED, "refused");
    check_response("We sent a letter on Monday.", "sent a letter",
                   RESPONSE_UNKNOWN, "");
    check_response("We sent a letter.\n\nNobody has answered the phone.",
                   "sent a letter", RESPONSE_UNKNOWN, "");
}

static void a_carrier_belongs_to_its_noun(void **state)
{
    (void)state;
    struct found found = read_marked("They lodged a formal complaint there.");
    struct attempt attempt =
        attempt_of(&found.reading, "lodged a formal complaint");
    assert_string_equal(attempt.row->columns[0], "complaint");
    assert_non_null(attempt.carrier);
    arena_release(found.arena);
    found = read_marked("They lodged nothing.");
    for (uint32_t at = 0; at < found.reading.text.tokens.count; at++)
        assert_false(attempt_at(&found.reading.text,
                                found.reading.text.sentences.items[0], at,
                                &attempt));
    arena_release(found.arena);
}

static void check_parties(const char *marked, const char *passage,
                          const char *by, const char *to)
{
    struct found found = read_marked(marked);
    struct mention_list mentions;
    struct error error = {0};
    struct intervention made = {.by = {.actor = READING_NONE},
                                .to = {.actor = READING_NONE}};
    assert_true(
        mentions_in_order(&mentions, &found.reading, found.arena, &error));
    struct attempt_context context = {&found.reading, &mentions, NULL};
    struct attempt attempt = attempt_of(&found.reading, passage);
    attempt_parties(&context, &attempt, READING_NONE, &made);
    const uint32_t actors[] = {made.by.actor, made.to.actor};
    const char *const wanted[] = {by, to};
    for (size_t i = 0; i < 2; i++) {
        struct slice name = {"", 0};
        if (actors[i] != READING_NONE)
            name = found.reading.actors.items[actors[i]].name;
        if (!slice_equals(name, slice_of(wanted[i])))
            fail_msg("%s: %.*s", wanted[i], (int)name.length, name.data);
    }
    arena_release(found.arena);
}

static void by_whom_and_to_whom_follow_the_grammar(void **state)
{
    (void)state;
    check_parties("[p Rose Tando] wrote to the [o Water Board] on Monday.",
                  "wrote", "Rose Tando", "Water Board");
    check_parties("[p Rose Tando] asked the [o Water Board] why.", "asked",
                  "Rose Tando", "Water Board");
    check_parties("A complaint by [p Rose Tando] to the [o Water Board] lies.",
                  "complaint", "Rose Tando", "Water Board");
    check_parties("The letter was sent, and a petition of [p Rose Tando] too.",
                  "petition", "Rose Tando", "");
    check_parties("The [o Water Board] did not answer four calls.", "calls", "",
                  "Water Board");
}

/* The words that tell of the act it is about, or none. */
static void check_about(const char *marked, const char *passage,
                        const char *wanted)
{
    struct found found = read_marked(marked);
    struct attempt attempt = attempt_of(&found.reading, passage);
    struct intervention made = {.about = NULL};
    struct error error = {0};
    struct slice words = {"", 0};
    assert_true(
        attempt_about(&found.reading, &attempt, found.arena, &made, &error));
    if (made.about_count > 0)
        words = slice_at(found.reading.text.bytes,
                         found.reading.acts.items[made.about[0]].trigger);
    if (!slice_equals(words, slice_of(wanted)))
        fail_msg("%s: %.*s", wanted, (int)words.length, words.data);
    arena_release(found.arena);
}

static void what_it_is_about_stands_behind_it_or_just_before(void **state)
{
    (void)state;
    check_about("We complained about the beating of two traders.", "complained",
                "beating");
    check_about(
        "Police shot dead two traders on Monday. We wrote to the Board.",
        "wrote", "shot dead");
    check_about("Police shot dead two traders on Monday.\n\nWe wrote to the "
                "Board.",
                "wrote", "");
    check_about("We wrote that we would come.", "wrote", "");
}

static void a_reply_names_the_letter_that_it_answers(void **state)
{
    (void)state;
    struct found found = read_marked(
        "[o MINISTRY OF WATER]\n\n5 June 2018\n\nMs [p Ann Akoth]\nSecretary, "
        "[o Lake Farmers Union]\n\nDear Ms [p Akoth],\n\nYour letter Ref. "
        "LFU/5 of 22 May 2018 refers. The pumps run.\n\nYours "
        "sincerely,\n\n[p Abdi Noor]\nDirector\n");
    const struct document_answered *answers = &found.reading.document.answers;
    assert_true(answers->is_known);
    assert_int_equal(answers->kind, INTERVENTION_LETTER);
    assert_string_equal(answers->date, "2018-05-22");
    assert_int_not_equal(answers->by, READING_NONE);
    struct slice words = slice_at(found.reading.text.bytes, answers->span);
    assert_true(
        slice_equals(words, slice_of("Your letter Ref. LFU/5 of 22 May 2018")));
    arena_release(found.arena);
    found = read_marked("Your letter of 22 May 2018 refers.");
    assert_false(found.reading.document.answers.is_known);
    arena_release(found.arena);
}

/* Every row can fire: as a candidate, or as a carrier with a noun. */
static void every_word_of_the_table_makes_a_candidate(void **state)
{
    (void)state;
    for (size_t i = 0; i < intervention_table.count; i++) {
        const struct table_row *row = &intervention_table.rows[i];
        bool is_carrier = row->columns[1][0] == 'c';
        char words[128];
        snprintf(words, sizeof words, "%s%s", row->key,
                 is_carrier ? " a letter" : "");
        struct found found = read_marked(words);
        struct span all = {0, (uint32_t)found.reading.text.tokens.count};
        struct attempt attempt;
        assert_true(attempt_at(&found.reading.text, all, 0, &attempt));
        assert_true((is_carrier ? attempt.carrier : attempt.row) == row);
        arena_release(found.arena);
    }
}

static void every_response_of_the_table_is_seen(void **state)
{
    (void)state;
    for (size_t i = 0; i < response_table.count; i++) {
        const struct table_row *row = &response_table.rows[i];
        char words[128];
        snprintf(words, sizeof words, "We wrote, no %s.", row->key);
        struct found found = read_marked(words);
        struct attempt attempt = attempt_of(&found.reading, "wrote");
        struct response response =
            attempt_response(&found.reading.text, &attempt);
        if (response.status == RESPONSE_UNKNOWN)
            fail_msg("%s", words);
        arena_release(found.arena);
    }
}

static void every_row_of_weights_has_ten(void **state)
{
    (void)state;
    for (size_t i = 0; i < intervention_weight_table.count; i++) {
        const char *at = intervention_weight_table.rows[i].columns[0];
        size_t weights = 1;
        assert_int_equal(strspn(at, "-0123456789 "), strlen(at));
        for (; *at != '\0'; at++)
            weights += *at == ' ';
        assert_int_equal(weights, 1 + INTERVENTION_KINDS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_came_of_it_stands_near),
        cmocka_unit_test(a_carrier_belongs_to_its_noun),
        cmocka_unit_test(by_whom_and_to_whom_follow_the_grammar),
        cmocka_unit_test(what_it_is_about_stands_behind_it_or_just_before),
        cmocka_unit_test(a_reply_names_the_letter_that_it_answers),
        cmocka_unit_test(every_word_of_the_table_makes_a_candidate),
        cmocka_unit_test(every_response_of_the_table_is_seen),
        cmocka_unit_test(every_row_of_weights_has_ten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
