/*
 * test_claims_acts.c - the tables of acts, and what always holds of acts.
 */
#include "act_weigh.h"
#include "test.h"

#include "marked_text.h"
#include "reading.h"

/* What was asked of the one text of a test. */
struct asked {
    const struct text *text;
    struct slice key;
    bool is_asked; /* of which act the key tells */
};

static void no_feature(void *context, struct slice key)
{
    (void)context;
    (void)key;
}

static void note(void *context, char question, struct span trigger,
                 struct span other, const uint8_t *options, uint32_t count)
{
    struct asked *asked = context;
    char buffer[WORD_KEY_MAX];
    (void)other;
    (void)options;
    (void)count;
    if (question == 't' &&
        slice_equals(word_key(asked->text, trigger, buffer), asked->key))
        asked->is_asked = true;
}

/* Whether the reader asks of which act a row's key tells, between words that
 * say nothing. */
static bool is_asked(const struct table_row *row)
{
    char bytes[WORD_KEY_MAX + 16];
    struct error error = {0};
    struct labels labels = {0};
    struct reading reading = {0};
    struct read_options options = {0};
    struct asked asked = {&reading.text, {row->key, row->length}, false};
    struct act_probe probe = {&asked, no_feature, note};
    struct reading_basis basis = {.labels = &labels, .act_probe = &probe};
    struct arena *arena = arena_new(1 << 22);
    int length = snprintf(bytes, sizeof bytes, "Zzz %s zzz.", row->key);
    assert_non_null(arena);
    assert_true(text_analyse((struct slice){bytes, (size_t)length}, arena,
                             &reading.text, &error));
    assert_true(reading_assemble(&basis, &options, arena, &reading, &error));
    arena_release(arena);
    return asked.is_asked;
}

static bool is_act(const struct table_row *row)
{
    return strcmp(row->columns[0], "-") != 0;
}

static void every_row_of_the_lexicon_can_fire(void **state)
{
    (void)state;
    for (size_t i = 0; i < act_lexicon_table.count; i++) {
        const struct table_row *row = &act_lexicon_table.rows[i];
        if (is_asked(row) != is_act(row))
            fail_msg("%s", row->key);
    }
}

static void every_code_of_the_lexicon_is_one_of_the_reading(void **state)
{
    (void)state;
    for (size_t i = 0; i < act_lexicon_table.count; i++) {
        const struct table_row *row = &act_lexicon_table.rows[i];
        const char *at = row->columns[0];
        bool is_known = true;
        while (*at != '\0' && is_act(row)) {
            size_t length = strcspn(at, " ");
            bool is_code = false;
            for (size_t j = 0; j < ACT_CODE_COUNT; j++)
                is_code |= slice_equals((struct slice){at, length},
                                        slice_of(act_code_names[j]));
            is_known &= is_code;
            at += length + (at[length] == ' ');
        }
        assert_non_null(row->columns[2]);
        if (!is_known ||
            (strcmp(row->columns[1], "do") != 0 &&
             strcmp(row->columns[1], "suffer") != 0) ||
            strlen(row->columns[2]) != 1 ||
            strchr("slw", row->columns[2][0]) == NULL)
            fail_msg("%s: %s", row->key, row->columns[0]);
    }
}

static void a_share_is_the_same_whatever_the_largest_sum(void **state)
{
    (void)state;
    const int32_t sums[] = {0, 16, -4000}, shifted[] = {900, 916, -4000};
    assert_true(weigh_share(sums, 3, 1) > 0.731f);
    assert_true(weigh_share(sums, 3, 1) < 0.732f);
    assert_true(weigh_share(shifted, 3, 1) > 0.731f);
    assert_true(weigh_share(shifted, 3, 1) < 0.732f);
    assert_true(weigh_share(sums, 3, 2) < 0.001f);
}

/* What the network would say of a text, and the reading made of it. */
struct seen {
    struct arena *arena;
    struct labels labels;
    struct reading reading;
};

static void seen_open(struct seen *seen, const char *text)
{
    *seen = (struct seen){.arena = arena_new(1 << 22)};
    assert_non_null(seen->arena);
    marked_text(slice_of(text), seen->arena, &seen->reading.text,
                &seen->labels);
    seen->labels.has_acts = true;
}

static void see_act(struct seen *seen, struct span trigger, enum act_code code,
                    float probability)
{
    struct error error = {0};
    const struct labelled_act act = {
        .trigger = trigger,
        .code = (uint8_t)code,
        .probability = probability,
        .code_probability = 0.99f,
        .modality_probability = 0.99f,
        .polarity_probability = 0.99f,
        .first = (uint32_t)seen->labels.participants.count};
    assert_true(list_push(seen->arena, &seen->labels.acts, act, &error));
}

/* Of the act seen last. */
static void see_party(struct seen *seen, struct span tokens,
                      enum participant_role role)
{
    struct error error = {0};
    const struct labelled_participant one = {tokens, role, 0.99f};
    assert_true(
        list_push(seen->arena, &seen->labels.participants, one, &error));
    seen->labels.acts.items[seen->labels.acts.count - 1].count++;
}

static void seen_read(struct seen *seen)
{
    struct error error = {0};
    struct read_options options = {0};
    struct reading_basis basis = {.labels = &seen->labels};
    assert_true(reading_assemble(&basis, &options, seen->arena, &seen->reading,
                                 &error));
}

static void what_the_network_sees_surely_is_an_act_with_its_parties(void **s)
{
    (void)s;
    struct seen seen;
    seen_open(&seen, "The men zapped the teacher.");
    see_act(&seen, (struct span){2, 3}, ACT_KILLING, 0.99f);
    see_party(&seen, (struct span){0, 2}, PARTICIPANT_PERPETRATOR);
    see_party(&seen, (struct span){3, 5}, PARTICIPANT_VICTIM);
    seen_read(&seen);
    assert_int_equal(seen.reading.acts.count, 1);
    const struct act *act = &seen.reading.acts.items[0];
    assert_int_equal(act->code, ACT_KILLING);
    assert_int_equal(act->trigger.begin, 8);
    assert_int_equal(act->trigger.end, 14);
    assert_int_equal(act->party_count, 2);
    assert_int_equal(act->parties[0].role, ROLE_PERPETRATOR);
    assert_int_equal(act->parties[0].span.begin, 0);
    assert_int_equal(act->parties[1].role, ROLE_VICTIM);
    assert_int_equal(act->parties[1].span.end, 26);
    arena_release(seen.arena);
}

static void what_the_network_doubts_is_no_act_by_itself(void **s)
{
    (void)s;
    struct seen seen;
    seen_open(&seen, "The men zapped the teacher.");
    see_act(&seen, (struct span){2, 3}, ACT_KILLING, 0.4f);
    seen_read(&seen);
    assert_int_equal(seen.reading.acts.count, 0);
    arena_release(seen.arena);
}

static void words_of_the_lexicon_need_no_network(void **s)
{
    (void)s;
    struct seen seen;
    seen_open(&seen, "Soldiers killed the teacher.");
    seen.labels.has_acts = false;
    seen_read(&seen);
    assert_int_equal(seen.reading.acts.count, 1);
    assert_int_equal(seen.reading.acts.items[0].code, ACT_KILLING);
    arena_release(seen.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_the_lexicon_can_fire),
        cmocka_unit_test(every_code_of_the_lexicon_is_one_of_the_reading),
        cmocka_unit_test(a_share_is_the_same_whatever_the_largest_sum),
        cmocka_unit_test(
            what_the_network_sees_surely_is_an_act_with_its_parties),
        cmocka_unit_test(what_the_network_doubts_is_no_act_by_itself),
        cmocka_unit_test(words_of_the_lexicon_need_no_network),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
