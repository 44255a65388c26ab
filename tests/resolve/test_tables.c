/*
 * test_tables.c - tables compiled by tools/table.c: every key is found, and
 * the columns say what the code expects of them.
 */
#include "actor.h"
#include "table.h"
#include "test.h"

static const struct table *const tables[] = {&word_table,
                                             &speech_table,
                                             &class_table,
                                             &wrongdoing_table,
                                             &act_word_table,
                                             &number_table,
                                             &law_table,
                                             &instrument_table,
                                             &country_table,
                                             &hedge_table,
                                             &currency_table,
                                             &harm_table,
                                             &count_word_table,
                                             &figure_word_table,
                                             &time_word_table,
                                             &time_rule_table,
                                             &holiday_table,
                                             &intervention_table,
                                             &intervention_weight_table,
                                             &response_table,
                                             &time_trust_table,
                                             &tag_table,
                                             &act_lexicon_table,
                                             &act_weight_table};

static void every_key_of_every_table_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        for (size_t j = 0; j < tables[i]->count; j++) {
            const struct table_row *row = &tables[i]->rows[j];
            struct slice key = {row->key, row->length};
            assert_ptr_equal(table_find(tables[i], key), row);
        }
}

static void a_key_that_is_in_no_row_is_not_found(void **state)
{
    (void)state;
    const char *const keys[] = {"", "a key that no table has", "zzz", "SAID"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        assert_null(table_find(&speech_table, slice_of(keys[i])));
}

static void the_longest_of_several_beginnings_is_found(void **state)
{
    (void)state;
    const char bytes[] = "shot dead in the";
    const size_t ends[] = {4, 9, 12, 16};
    uint32_t count = 4;
    assert_ptr_equal(table_longest(&act_lexicon_table, bytes, ends, &count),
                     table_find(&act_lexicon_table, slice_of("shot dead")));
    assert_int_equal(count, 2);
    count = 1;
    assert_ptr_equal(table_longest(&act_lexicon_table, bytes, ends, &count),
                     table_find(&act_lexicon_table, slice_of("shot")));
    count = 4;
    assert_null(table_longest(&number_table, bytes, ends, &count));
    assert_int_equal(count, 0);
}

static void forms_tell_which_key_of_the_row_was_met(void **state)
{
    (void)state;
    assert_int_equal(table_find(&speech_table, slice_of("say"))->forms, 1);
    assert_int_equal(table_find(&speech_table, slice_of("said"))->forms, 12);
}

static void every_class_is_one_of_the_reading(void **state)
{
    (void)state;
    for (size_t i = 0; i < class_table.count; i++) {
        const char *name = class_table.rows[i].columns[0];
        bool is_known = strcmp(name, "-") == 0;
        for (size_t j = 0; j < ACTOR_CLASS_COUNT; j++)
            is_known |= strcmp(name, actor_class_names[j]) == 0;
        if (!is_known)
            fail_msg("%s: %s", class_table.rows[i].key, name);
        assert_int_equal(strspn(class_table.rows[i].columns[1], "ntgkdr"),
                         strlen(class_table.rows[i].columns[1]));
    }
}

static void every_speech_verb_has_part_act_and_shapes(void **state)
{
    (void)state;
    for (size_t i = 0; i < speech_table.count; i++) {
        const char *const *columns = speech_table.rows[i].columns;
        assert_non_null(columns[2]);
        assert_true(strcmp(columns[0], "verb") == 0 ||
                    strcmp(columns[0], "noun") == 0 ||
                    strcmp(columns[0], "phrase") == 0);
        assert_int_equal(strspn(columns[2], "-tzwioqarpfsN"),
                         strlen(columns[2]));
    }
}

static void every_word_of_an_act_has_a_weight_for_each(void **state)
{
    (void)state;
    for (size_t i = 0; i < act_word_table.count; i++) {
        const char *at = act_word_table.rows[i].columns[0];
        size_t weights = 0;
        assert_non_null(strchr(act_word_table.rows[i].key, ' '));
        for (; *at != '\0'; weights++) {
            at += *at == '-';
            assert_true(strspn(at, "0123456789") > 0);
            assert_true(strspn(at, "0123456789") < 5);
            at += strspn(at, "0123456789");
            at += *at == ' ' && at[1] != '\0';
        }
        assert_int_equal(weights, 15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_of_every_table_is_found),
        cmocka_unit_test(a_key_that_is_in_no_row_is_not_found),
        cmocka_unit_test(the_longest_of_several_beginnings_is_found),
        cmocka_unit_test(forms_tell_which_key_of_the_row_was_met),
        cmocka_unit_test(every_class_is_one_of_the_reading),
        cmocka_unit_test(every_speech_verb_has_part_act_and_shapes),
        cmocka_unit_test(every_word_of_an_act_has_a_weight_for_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
